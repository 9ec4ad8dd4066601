/** Common given names of English, German, French, Spanish and Italian address books, and Latin spellings of Russian ones; lower case. */
export const WESTERN_GIVEN_NAMES: ReadonlySet<string> = new Set(
  (
    'james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew joshua ' +
    'kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin ' +
    'samuel gregory frank alexander raymond patrick jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle ethan walter noah ' +
    'jeremy christian keith roger terry sean gerald harold carl arthur lawrence dylan jesse bryan billy bruce ralph roy eugene louis philip bobby johnny ' +
    'simon martin ian oliver liam lucas max leo felix oscar hugo victor ' +
    'mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily donna michelle carol ' +
    'amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha ' +
    'katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan ' +
    'evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail alice julia judy sophia ' +
    'grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie kayla alexis lori claire lucy kate jane ' +
    'hans klaus jurgen jürgen wolfgang dieter günter gunter helmut uwe stefan andreas thorsten matthias sebastian tobias florian lukas jens sven dirk ' +
    'ursula monika renate brigitte ingrid petra sabine gabriele claudia heike anke silke katrin birgit ute greta heidi ' +
    'jean pierre jacques philippe alain bernard francois françois michel nicolas laurent olivier julien thierry pascal antoine guillaume luc rene rené ' +
    'nathalie isabelle sylvie catherine valerie valérie celine céline sophie camille chloe chloé manon helene hélène ' +
    'juan carlos luis jorge pedro miguel francisco javier antonio manuel rafael fernando sergio pablo alejandro josé jesús diego andrés ' +
    'carmen ana isabel pilar lucia lucía cristina marta elena rosa paula sofia sofía ' +
    'marco giuseppe giovanni luca matteo francesco alessandro lorenzo paolo stefano roberto giulia chiara francesca alessia valentina ' +
    'ivan petr sergey sergei alexey aleksei alexei dmitry dmitri vladimir mikhail nikolay nikolai yuri yury oleg igor pavel konstantin maxim maksim roman ' +
    'olga tatiana tatyana irina svetlana natalia natalya ekaterina yulia galina lyudmila nadezhda marina oksana anastasia ' +
    'søren soren lars nils björn bjorn anders erik mikael jan johan kristina astrid ingrid kari'
  ).split(' '),
);

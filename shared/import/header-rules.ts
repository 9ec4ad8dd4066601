/** Reads a header by its words when no list knows it: «моб. тел. секретаря», “Contact's work e-mail 2”. */
import { headerTokens } from './header-key.ts';

const has = (tokens: readonly string[], pattern: RegExp): boolean => tokens.some((token) => pattern.test(token));

const PHONE =
  /^(?:тел|телефон\p{L}*|тэлефон\p{L}*|тлф|phone|phones|telephone|tel|telefon\p{L}*|telefoon|моб|мобил\p{L}*|мобільн\p{L}*|сот|сотов\p{L}*|mobile|mobil|mobiel|cell|cellphone|cellulare|celular|handy\p{L}*|komork\p{L}*|факс\p{L}*|fax|telefax|телефакс|пейджер|pager|whatsapp|ватсап)$/u;
const EMAIL = /^(?:email|emails|почта|почты|мейл|мыло|мэйл|имейл|mail|емейл|емаил|эмейл)$/;
const HOME =
  /^(?:дом|домашн\p{L}*|домашній|home|личн\p{L}*|private|personal|частн\p{L}*|privat\p{L}*|domicile|particular|casa|domow\p{L}*)$/u;
const WORK =
  /^(?:раб|рабоч\p{L}*|work|business|office|офис\p{L}*|служебн\p{L}*|корп|корпоратив\p{L}*|corporate|городск\p{L}*|стационарн\p{L}*|робоч\p{L}*|geschaftlich|dienstlich|buro|bureau|professionnel\p{L}*|trabajo|oficina|ufficio|lavoro|biuro|sluzbow\p{L}*)$/u;
const MOBILE =
  /^(?:моб|мобил\p{L}*|мобільн\p{L}*|сот|сотов\p{L}*|mobile|mobil|mobiel|cell|cellphone|gsm|movil|portable|cellulare|celular|handy\p{L}*|komork\p{L}*|cep)$/u;
const FAX = /^(?:факс\p{L}*|fax|телефакс)$/u;
const OTHER =
  /^(?:друг\p{L}*|other|доп|дополнит\p{L}*|alt|alternate|alternative|secondary|альтернатив\p{L}*|второй|2|3|4)$/u;
const ASSISTANT = /^(?:секретар\p{L}*|помощник\p{L}*|ассистент\p{L}*|assistant|secretary|приемн\p{L}*)$/u;
const COMPANY =
  /^(?:организаци\p{L}*|компани\p{L}*|фирм\p{L}*|предприяти\p{L}*|контрагент\p{L}*|юрлиц\p{L}*|company|organi[sz]ation\p{L}*|firm|employer|account|клиент\p{L}*|поставщик\p{L}*|заказчик\p{L}*|client|customer|supplier|учреждени\p{L}*|общества)$/u;
const PERSON =
  /^(?:контакт\p{L}*|contact|contacts|person|лицо|лица|сотрудник\p{L}*|представител\p{L}*|директор\p{L}*|руководител\p{L}*|employee|менеджер\p{L}*)$/u;
/** Whoever the column tells of, it is not the person of the row. */
const SOMEBODY =
  /^(?:супруг\p{L}*|жены|мужа|детей|ребен\p{L}*|сына|доч\p{L}*|матери|отца|родител\p{L}*|родственник\p{L}*|spouse|wife|husband|child|childs|children|mother|mothers|father|fathers|parent|parents|son|daughter|kid|kids|emergency|экстренн\p{L}*)$/u;
/** Things that bear names too. */
const THING =
  /^(?:пользовател\p{L}*|user|файл\p{L}*|file|домен\p{L}*|domain|сервер\p{L}*|server|host|проект\p{L}*|project|продукт\p{L}*|product|товар\p{L}*|мероприят\p{L}*|event|питом\p{L}*|pet|списк\p{L}*|list|групп\p{L}*|group)$/u;
/** Who of our own looks after the row. */
const KEEPER =
  /^(?:ответственн\p{L}*|відповідальн\p{L}*|owner|owners|куратор\p{L}*|responsible|assignee|created|modified|creator|автор\p{L}*|создал\p{L}*)$/u;
/** Columns about a value and not the value: consent, checks, kinds, counts. */
const ABOUT =
  /^(?:согласи\p{L}*|рассыл\p{L}*|подписк\p{L}*|подписан\p{L}*|пользовательск\p{L}*|персональных|opt|optout|consent|subscribed?|subscription|unsubscribed?|newsletter|verified|valid|validated|bounced?|sent|opened|clicked|do|валидн\p{L}*|проверен\p{L}*|подтвержд\p{L}*|количество|кол|count|число|quantity)$/u;
const JOB = /^(?:должност\p{L}*|должн|position|job|jobtitle)$/u;
const PERSON_NAME = /^(?:фио|имя|фамилия)$/u;
const ORGANISATION = /^(?:организация|компания|фирма|предприятие|учреждение|company|organi[sz]ation|firm)$/u;
const KIND = /^(?:type|тип|вид|kind)$/;
const DAY = /^(?:дата|date|datetime|time|время|since|timestamp)$/;
const ID = /^(?:id|ид|guid|uuid|uid)$/;
const CONTRACT = /^(?:договор\p{L}*|дог|контракт\p{L}*|contract|agreement|соглашени\p{L}*)$/u;

const PARTS: readonly (readonly [RegExp, string])[] = [
  [/^(?:индекс|zip|postcode|zipcode|postal)$/, 'postcode'],
  [/^(?:улица|ул|street|дом|strasse|road)$/, 'street'],
  [/^(?:город|city|town|нп|населенный)$/, 'city'],
  [/^(?:область|обл|край|регион|region|state|province|county|субъект|район|республика)$/, 'region'],
  [/^(?:страна|country)$/, 'country'],
];

/** The series number written in a header («Телефон 2»), 0 when there is none. */
const numberIn = (tokens: readonly string[]): number => Number(tokens.find((token) => /^\d$/.test(token)) ?? 0);

function phone(tokens: readonly string[]): string {
  if (has(tokens, ASSISTANT)) return 'phone.assistant';
  if (has(tokens, FAX) && !has(tokens, /^(?:тел|телефон\p{L}*|phone|tel)$/u))
    return has(tokens, HOME) ? 'phone.faxHome' : has(tokens, OTHER) ? 'phone.faxOther' : 'phone.fax';
  const second = numberIn(tokens) > 1;
  if (has(tokens, MOBILE)) return second ? 'phone.mobile2' : 'phone.mobile';
  if (has(tokens, HOME) && !has(tokens, /^личн\p{L}*$/u)) return second ? 'phone.home2' : 'phone.home';
  if (has(tokens, /^личн\p{L}*|personal|private$/u)) return 'phone.mobile';
  if (has(tokens, /^(?:прям\p{L}*|direct)$/u)) return 'phone.direct';
  if (has(tokens, WORK)) return second ? 'phone.work2' : 'phone.work';
  if (has(tokens, /^(?:whatsapp|ватсап)$/)) return 'phone.mobile';
  if (has(tokens, /^(?:пейджер|pager)$/)) return 'phone.pager';
  if (has(tokens, COMPANY) && !has(tokens, PERSON)) return 'phone.main';
  if (has(tokens, OTHER)) return numberIn(tokens) > 2 ? 'phone.other2' : 'phone.other';
  return 'phone';
}

function address(tokens: readonly string[]): string | null {
  const part = PARTS.find(([pattern]) => has(tokens, pattern))?.[1];
  const whole = has(tokens, /^(?:адрес\p{L}*|address|addr|местонахождени\p{L}*)$/u);
  if (!part && !whole) return null;
  if (has(tokens, /^(?:юр|юридич\p{L}*|legal|registered|регистрац\p{L}*)$/u) && !part) return 'org.legalAddress';
  if (has(tokens, /^(?:факт|фактич\p{L}*|actual)$/u) && !part) return 'org.actualAddress';
  const kind = has(tokens, WORK)
    ? '.work'
    : has(tokens, /^(?:home|домашн\p{L}*|private|прожив\p{L}*)$/u) || (has(tokens, /^дом$/) && has(tokens, /^адрес$/))
      ? '.home'
      : has(tokens, /^mailing$/) || (has(tokens, /^почтов\p{L}*$/u) && part !== 'postcode')
        ? '.mailing'
        : has(tokens, /^billing$/)
          ? '.billing'
          : has(tokens, /^(?:other|друг\p{L}*)$/u)
            ? '.other'
            : '';
  const chosen =
    part === 'street' && has(tokens, /^дом$/) && !has(tokens, /^(?:улица|ул|street)$/) && whole
      ? 'formatted'
      : (part ?? 'formatted');
  if (chosen === 'street' && numberIn(tokens) > 1) return `address${kind}.street${Math.min(3, numberIn(tokens))}`;
  return `address${kind}.${chosen}`;
}

function contract(tokens: readonly string[]): string | null {
  if (has(tokens, /^(?:оконч\p{L}*|end|expir\p{L}*|завершен\p{L}*|истека\p{L}*|until)$/u)) return 'contract.end';
  if (has(tokens, /^(?:начал\p{L}*|start|effective)$/u)) return 'contract.start';
  if (has(tokens, /^(?:срок\p{L}*|term|действи\p{L}*|validity)$/u)) return 'contract.term';
  if (has(tokens, /^(?:сумм\p{L}*|стоимост\p{L}*|цен\p{L}*|amount|value|price)$/u)) return 'contract.amount';
  if (has(tokens, /^(?:пролонг\p{L}*|автопролонг\p{L}*|продлен\p{L}*|renew\p{L}*)$/u)) return 'contract.renewal';
  if (has(tokens, /^(?:предмет\p{L}*|subject|title)$/u)) return 'contract.subject';
  if (has(tokens, /^(?:статус|status)$/)) return 'contract.status';
  if (has(tokens, /^(?:номер|number|no|n)$/)) return 'contract.number';
  if (has(tokens, /^(?:дата|date|signed|заключ\p{L}*|подпис\p{L}*)$/u)) return 'contract.date';
  if (has(tokens, /^(?:валют\p{L}*|currency)$/u)) return 'contract.currency';
  return tokens.length <= 2 ? 'contract.number' : null;
}

/** Fields that hold days; a header that says «date» is none of the others. */
const DAYS = /^(?:birthday|anniversary|contract|lastContact|created|modified|extra|ignored)/;

/**
 * A field for the words of a header, or null. Answers are guesses of good quality, not certainties. `extra` is an
 * answer too: the words tell that the column is none of the row's own.
 */
export function fieldByRule(header: string): string | null {
  const tokens = headerTokens(header);
  if (tokens.length === 0 || tokens.length > 8) return null;
  const found = byWords(tokens);
  if (found === null || tokens.length === 1) return found;
  if (!DAYS.test(found) && has(tokens, DAY)) return null;
  const reach = /^(?:phone|email|link|contacts|birthday)/.test(found);
  if (has(tokens, SOMEBODY)) {
    if (reach || found === 'org.name' || found === 'party') return 'extra';
    if (found.startsWith('name.'))
      return has(tokens, /^(?:супруг\p{L}*|жены|мужа|spouse|wife|husband)$/u)
        ? 'spouse'
        : has(tokens, /^(?:дет\p{L}*|ребен\p{L}*|сына|доч\p{L}*|child\p{L}*|son|daughter|kids?)$/u)
          ? 'children'
          : 'extra';
  }
  if (reach && found !== 'birthday' && has(tokens, KEEPER)) return 'extra';
  if (found.startsWith('email') && has(tokens, ASSISTANT)) return 'extra';
  if ((reach || found === 'contract.number') && has(tokens, KIND)) return 'extra';
  if (/^(?:owner|name\.|org\.name$|party$|jobTitle$|source$)/.test(found) && has(tokens, ID)) return 'extra';
  if (has(tokens, ABOUT)) return null;
  return found;
}

function byWords(tokens: readonly string[]): string | null {
  const isPhone = has(tokens, PHONE);
  const isEmail = has(tokens, EMAIL);
  if (isPhone && isEmail) return 'contacts';
  if (isEmail && !has(tokens, /^(?:почтов\p{L}*|postal)$/u)) {
    if (has(tokens, /^(?:type|тип)$/)) return 'ignored';
    if (has(tokens, COMPANY) && !has(tokens, PERSON)) return 'org.email';
    return has(tokens, HOME)
      ? 'email.home'
      : has(tokens, WORK)
        ? 'email.work'
        : has(tokens, OTHER)
          ? 'email.other'
          : 'email';
  }
  if (has(tokens, /^(?:доб|добавочн\p{L}*|ext|extension|внутр\p{L}*)$/u)) return 'phone.extension';
  if (isPhone) return phone(tokens);
  if (has(tokens, /^(?:рожд\p{L}*|birth|birthday|birthdate|dob|др)$/u)) {
    if (has(tokens, /^(?:год|year)$/)) return 'birthday.year';
    if (has(tokens, /^(?:месяц|month)$/)) return 'birthday.month';
    return has(tokens, /^место$/) ? null : 'birthday';
  }
  if (has(tokens, CONTRACT)) {
    const found = contract(tokens);
    if (found) return found;
  }
  // The head's own number is none of the company's.
  if (has(tokens, /^инн$/))
    return has(tokens, PERSON) || has(tokens, /^(?:физлиц\p{L}*|физическ\p{L}*)$/u) ? 'extra' : 'org.inn';
  if (has(tokens, /^кпп$/)) return 'org.kpp';
  if (has(tokens, /^(?:огрн|огрнип)$/)) return 'org.ogrn';
  const place = address(tokens);
  if (place) return place;
  const isJob = has(tokens, JOB);
  // «Организация, должность»: the cell is parted when it is read.
  if (isJob && has(tokens, PERSON_NAME)) return 'name.full';
  if (isJob && has(tokens, COMPANY) && !has(tokens, PERSON) && has(tokens, ORGANISATION)) return 'org.name';
  if (isJob) return 'jobTitle';
  // Capitals part words: “LinkedIn” comes as two.
  if (has(tokens, /^linkedin$/) || (has(tokens, /^linked$/) && has(tokens, /^in$/))) return 'link.linkedin';
  for (const kind of ['telegram', 'viber', 'skype', 'icq', 'facebook', 'instagram'] as const)
    if (has(tokens, new RegExp(`^${kind}$`))) return `link.${kind}`;
  if (has(tokens, /^(?:телеграм\p{L}*|тг)$/u)) return 'link.telegram';
  if (has(tokens, /^(?:вконтакте|вк)$/)) return 'link.vk';
  if (has(tokens, /^(?:сайт\p{L}*|website|site|url|www|homepage|веб|web)$/u))
    return has(tokens, COMPANY) ? 'org.website' : 'link.web';
  if (has(tokens, /^(?:комментар\p{L}*|коммент|примечан\p{L}*|прим|заметк\p{L}*|notes?|comments?|remarks?)$/u))
    return 'notes';
  if (
    has(tokens, /^(?:последн\p{L}*|last)$/u) &&
    has(tokens, /^(?:контакт\p{L}*|contact\p{L}*|звон\p{L}*|встреч\p{L}*|meeting|call|activity|касани\p{L}*)$/u)
  )
    return 'lastContact';
  if (has(tokens, /^(?:ответственн\p{L}*|owner|куратор\p{L}*|responsible)$/u)) return 'owner';
  if (has(tokens, /^фио$/) || (has(tokens, /^ф$/) && has(tokens, /^и$/) && has(tokens, /^о$/)))
    return has(tokens, ASSISTANT) ? 'assistant.name' : 'name.full';
  const family =
    has(tokens, /^(?:фамилия|surname|lastname)$/) || (has(tokens, /^(?:last|family)$/) && has(tokens, /^name$/));
  const given = has(tokens, /^(?:имя|firstname)$/) || (has(tokens, /^(?:first|given)$/) && has(tokens, /^name$/));
  if (family && given) return 'name.full';
  if (family) return 'name.family';
  if (given && !has(tokens, THING)) return has(tokens, COMPANY) ? 'name.full' : 'name.given';
  if (has(tokens, /^отчество$/)) return 'name.patronymic';
  if (has(tokens, COMPANY))
    return has(tokens, PERSON)
      ? has(tokens, /^(?:менеджер\p{L}*|manager)$/u)
        ? 'owner'
        : 'name.full'
      : has(tokens, /^(?:id|код|code|номер)$/)
        ? 'org.externalId'
        : has(tokens, /^(?:тип|вид|статус|type|status|size|размер)$/)
          ? null
          : has(tokens, /^(?:клиент\p{L}*|поставщик\p{L}*|заказчик\p{L}*|контрагент\p{L}*|client|customer|supplier)$/u)
            ? 'party'
            : 'org.name';
  if (has(tokens, /^(?:контактное)$/) || (has(tokens, PERSON) && has(tokens, /^(?:name|имя|лицо)$/)))
    return 'name.full';
  if (has(tokens, /^(?:отдел|подразделени\p{L}*|департамент\p{L}*|department|dept)$/u)) return 'department';
  if (has(tokens, /^(?:тег\p{L}*|метк\p{L}*|tags?|категори\p{L}*|categor\p{L}*)$/u)) return 'tags';
  return null;
}

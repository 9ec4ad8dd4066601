/**
 * Words from which the letter statistics of the encoding detector are counted, and whose presence is strong evidence
 * by itself. Written for contact lists: headers, companies, jobs, streets, towns.
 */

export const RUSSIAN_WORDS: readonly string[] = (
  'фамилия имя отчество фио телефон телефоны мобильный рабочий домашний сотовый факс почта эл электронная адрес адреса ' +
  'организация компания контрагент клиент клиенты поставщик поставщики наименование полное название должность отдел ' +
  'подразделение город область край район республика улица ул дом квартира кв корпус офис индекс страна регион дата ' +
  'рождения день рождения комментарий комментарии примечание примечания заметки контакт контакты контактное лицо менеджер ' +
  'куратор ответственный статус договор договора сумма срок действия окончания начала пролонгация руб рублей тыс млн ' +
  'инн кпп огрн бик расчетный счет банк юридический фактический юр факт сайт веб страница источник категория категории ' +
  'сфера деятельности отрасль пол язык супруг дети обращение суффикс теги группа группы номер код ссылка вид тип ' +
  'директор генеральный финансовый коммерческий исполнительный главный бухгалтер инженер специалист ведущий руководитель ' +
  'начальник заместитель помощник секретарь юрист юрисконсульт закупки закупок продажи продаж снабжения снабжение ' +
  'логистика логист маркетинг маркетолог аналитик экономист технолог механик энергетик производства производство завод ' +
  'фабрика комбинат предприятие общество ограниченной ответственностью акционерное закрытое открытое ооо оао зао пао ао ип ' +
  'тоо фгуп муп гуп филиал представительство управление департамент министерство администрация университет институт школа ' +
  'больница поликлиника торговый дом группа холдинг строй строительная компания сервис услуги транспорт транспортная ' +
  'логистическая металл нефть газ энерго мебель продукты стройматериалы агро пром маш тех спец трейд восток запад север юг ' +
  'москва санкт петербург новосибирск екатеринбург казань нижний новгород челябинск самара омск ростов дону уфа красноярск ' +
  'воронеж пермь волгоград краснодар саратов тюмень тольятти ижевск барнаул ульяновск иркутск хабаровск ярославль ' +
  'владивосток махачкала томск оренбург кемерово новокузнецк рязань астрахань пенза киров липецк чебоксары калининград ' +
  'тула курск ставрополь сочи улан удэ тверь магнитогорск брянск иваново белгород сургут владимир чита архангельск калуга ' +
  'смоленск волжский мурманск вологда череповец россия российская федерация беларусь минск казахстан алматы астана киев ' +
  'ленина мира советская гагарина кирова пушкина гоголя лесная садовая школьная молодежная центральная набережная проспект ' +
  'переулок шоссе площадь бульвар проезд тупик строение этаж помещение подъезд ' +
  'ромашка вектор альфа бета гамма прогресс рассвет заря победа маяк луч спектр гарант лидер эталон феникс импульс ' +
  'да нет истина ложь мужской женский действующий активный новый постоянный важный не звонить перезвонить встреча ' +
  'познакомились выставка конференция обсудили отправить предложение согласование подписан до конца года январь января ' +
  'февраль февраля март марта апрель апреля май мая июнь июня июль июля август августа сентябрь сентября октябрь октября ' +
  'ноябрь ноября декабрь декабря понедельник вторник среда четверг пятница и в на по с для от до к о при или из за это так ' +
  'итого всего страница лист отчет период основной дополнительный другой прямой добавочный доб раб моб сот дом тел'
).split(' ');

/** Words with Ukrainian letters: they tell koi8-u from koi8-r. */
export const UKRAINIAN_WORDS: readonly string[] = (
  'прізвище ім батькові організація адреса місто вулиця київ львів харків одеса україна дніпро вінниця телефон пошта ' +
  'посада примітки сергій андрій олексій дмитро наталія олена юлія іванна ірина євген євгенія шевченко коваленко бойко ' +
  'мельник поліщук їжакевич володимир михайло підприємство відділ керівник'
).split(' ');

/** Western European words and names that contain letters outside ASCII. */
export const WESTERN_WORDS: readonly string[] = (
  'müller schröder jäger bäcker köhler krüger schäfer günther jürgen björn jörg käthe böhm größe straße köln münchen ' +
  'düsseldorf nürnberg göttingen tübingen würzburg zürich österreich geschäftsführer geschäftsführerin löwe vögel hübner ' +
  'weiß groß voß fuß kürschner lübeck thüringen württemberg baden für über büro größer übersetzer käufer verkäufer ' +
  'françois françoise jérôme rené renée andré andrée hélène thérèse geneviève zoé chloé noémie léa léo théo loïc maël ' +
  'gaël gaëlle joël noël anaïs cécile frédéric frédérique stéphane stéphanie sébastien valérie benoît aurélie céline ' +
  'émilie éric étienne élodie élise édouard éléonore grégory mélanie véronique béatrice gérard hervé désiré bénédicte ' +
  'société générale crédit orléans besançon nîmes sète saint-étienne île-de-france directrice général prénom téléphone ' +
  'numéro adresse métier départ déjà très forêt château hôtel être côté garçon leçon façade reçu français française ' +
  'josé maría garcía gonzález rodríguez fernández lópez martínez sánchez pérez gómez jiménez hernández álvarez muñoz ' +
  'núñez peña ibáñez ramírez vázquez domínguez suárez díaz gutiérrez méndez sofía lucía andrés jesús ángel óscar íñigo ' +
  'málaga córdoba cádiz león ávila cáceres españa teléfono dirección compañía año señor señora niño mañana teléfonos ' +
  'joão antónio conceição gonçalves magalhães simões araújo são paulo brasília guimarães fundação comunicação assunção ' +
  'césar inês luís mário sérgio cláudia patrícia vitória ' +
  'nicolò niccolò forlì cantù società città perché università qualità ' +
  'åse øyvind håkon bjørn søren jørgen kjær nørgaard østergaard åberg åström lindström sjöberg nyström öberg göran sören ' +
  'mårten pär växjö malmö göteborg jönköping norrköping københavn tromsø ålesund århus sæther næss blåbær malmström ' +
  'ægir þór guðmundur sigurður björk hämäläinen mäkinen mäkelä järvinen jyväskylä hyvinkää pöyry päivi äijälä ' +
  'daniël zoë citroën coöperatie noël brontë'
).split(' ');

/** Central European words and names that windows-1250 has and windows-1252 has not. */
export const CENTRAL_WORDS: readonly string[] = (
  'wałęsa łukasz michał paweł stanisław bogusława małgorzata agnieszka grażyna józef zażółć gęślą jaźń święty żółty źródło ' +
  'dąbrowski wiśniewski wójcik kamiński lewandowski zieliński szymański woźniak kozłowski jabłoński król wróbel więcek ' +
  'łódź kraków wrocław poznań gdańsk częstochowa białystok rzeszów gdyńia ulica spółka imię dział książka nazwisko ' +
  'dvořák novák svoboda černý procházka kučera veselý horák němec pokorný růžička beneš fiala sedláček zdeněk jiří ' +
  'tomáš lukáš matěj ondřej františek václav vojtěch štěpán kateřina lenka božena zdeňka plzeň brno ostrava kladno děčín ' +
  'příjmení jméno společnost město čapek škoda řezníček hašek ďáblice ťuhýk ňouma ľubomír ľudovít žilina košice ' +
  'nagy kovács szabó tóth horváth kiss erdős szűcs győr székesfehérvár pécs gyöngyös őry ügyvezető cégnév név cím ' +
  'horvat kovačević babić marić jurić novak kovačič zupančič šimić đorđević jovanović petrović nikolić živković čačak ' +
  'niš ljubljana šibenik ionuț ștefan țepeș'
).split(' ');

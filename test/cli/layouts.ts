/** Files of the layouts that people export, each with the same two people in it. */

/** The person as every layout tells it; empty where a layout has no column for it. */
export interface Someone {
  readonly given: string;
  readonly patronymic: string;
  readonly family: string;
  readonly organisation: string;
  readonly job: string;
  readonly work: string;
  readonly mobile: string;
  readonly email: string;
  readonly street: string;
  readonly city: string;
  readonly postcode: string;
  readonly country: string;
  readonly birthday: string;
  readonly notes: string;
}
export const IVANOV: Someone = {
  given: 'Иван',
  patronymic: 'Петрович',
  family: 'Иванов',
  organisation: 'ООО «Ромашка»',
  job: 'Директор',
  work: '+7 495 123-45-67',
  mobile: '8 (916) 765-43-21',
  email: 'ivanov@romashka.ru',
  street: 'ул. Ленина, д. 5',
  city: 'Тверь',
  postcode: '170100',
  country: 'Россия',
  birthday: '12.03.1975',
  notes: 'Любит; точность, и "кавычки"',
};
export const SMITH: Someone = {
  given: 'Mary',
  patronymic: 'Ann',
  family: 'Smith',
  organisation: 'Acme Ltd',
  job: 'Sales Director',
  work: '+44 20 7946 0958',
  mobile: '+44 7911 123456',
  email: 'mary.smith@acme.example',
  street: '1 High Street',
  city: 'London',
  postcode: 'SW1A 1AA',
  country: 'United Kingdom',
  birthday: '25.12.1980',
  notes: 'Met at the fair',
};

type Column = readonly [header: string, value: (one: Someone) => string];
export interface Layout {
  readonly name: string;
  /** Preset that the report names; undefined where a table is nobody's. */
  readonly preset?: string | RegExp;
  readonly language: 'ru' | 'en';
  readonly delimiter: ',' | ';' | '\t';
  readonly before?: string;
  readonly after?: string;
  readonly columns: readonly Column[];
  /** What the layout has no column for. */
  readonly without?: readonly (keyof Someone)[];
}

const empty = (...headers: readonly string[]): readonly Column[] =>
  headers.map((header) => [header, () => ''] as const);
const as =
  (text: string): Column[1] =>
  () =>
    text;
const iso = (one: Someone): string => one.birthday.split('.').reverse().join('-');
const american = ({ birthday }: Someone): string => {
  const [day = '', month = '', year = ''] = birthday.split('.');
  return `${Number(month)}/${Number(day)}/${year}`;
};
const full = (one: Someone): string => `${one.family} ${one.given} ${one.patronymic}`;
const address = (one: Someone): string => `${one.postcode}, ${one.city}, ${one.street}`;

export const LAYOUTS: readonly Layout[] = [
  {
    name: 'Outlook, Russian',
    preset: 'outlook-ru',
    language: 'ru',
    delimiter: ',',
    columns: [
      ...empty('Обращение'),
      ['Имя', (o) => o.given],
      ['Отчество', (o) => o.patronymic],
      ['Фамилия', (o) => o.family],
      ...empty('Суффикс'),
      ['Организация', (o) => o.organisation],
      ...empty('Отдел'),
      ['Должность', (o) => o.job],
      ['Улица (раб. адрес)', (o) => o.street],
      ...empty('Улица 2 (раб. адрес)'),
      ['Город (раб. адрес)', (o) => o.city],
      ...empty('Область (раб. адрес)'),
      ['Индекс (раб. адрес)', (o) => o.postcode],
      ['Страна или регион (раб. адрес)', (o) => o.country],
      ...empty('Улица (дом. адрес)', 'Улица  2 (другой адрес)', 'Телефон помощника', 'Рабочий факс'),
      ['Рабочий телефон', (o) => o.work],
      ...empty('Телефон раб. 2', 'Домашний телефон'),
      ['Телефон переносной', (o) => o.mobile],
      ['Важность', as('Обычная')],
      ...empty('Веб-страница', 'Годовщина'),
      ['День рождения', (o) => o.birthday],
      ...empty('Дети'),
      ['Заметки', (o) => o.notes],
      ['Пол', as('не указан')],
      ['Частное', as('Ложь')],
      ['Адрес эл. почты', (o) => o.email],
      ['Тип эл. почты', as('SMTP')],
      ['Краткое имя эл. почты', (o) => `${o.given} ${o.family} (${o.email})`],
      ...empty('Адрес 2 эл. почты', 'Язык'),
    ],
  },
  {
    name: 'Outlook, English',
    preset: 'outlook-en',
    language: 'en',
    delimiter: ',',
    columns: [
      ...empty('Title'),
      ['First Name', (o) => o.given],
      ['Middle Name', (o) => o.patronymic],
      ['Last Name', (o) => o.family],
      ...empty('Suffix'),
      ['Company', (o) => o.organisation],
      ...empty('Department'),
      ['Job Title', (o) => o.job],
      ['Business Street', (o) => o.street],
      ...empty('Business Street 2', 'Business Street 3'),
      ['Business City', (o) => o.city],
      ...empty('Business State'),
      ['Business Postal Code', (o) => o.postcode],
      ['Business Country/Region', (o) => o.country],
      ...empty("Assistant's Phone", 'Business Fax'),
      ['Business Phone', (o) => o.work],
      ...empty('Business Phone 2', 'Home Phone'),
      ['Mobile Phone', (o) => o.mobile],
      ['Birthday', american],
      ...empty('Categories'),
      ['E-mail Address', (o) => o.email],
      ['E-mail Type', as('SMTP')],
      ['E-mail Display Name', (o) => `${o.given} ${o.family}`],
      ['Gender', as('Unspecified')],
      ['Notes', (o) => o.notes],
      ['Priority', as('Normal')],
      ['Private', as('False')],
      ...empty('Spouse', 'Web Page'),
    ],
  },
  {
    name: 'Google Contacts, old',
    preset: 'google-old',
    language: 'en',
    delimiter: ',',
    columns: [
      ['Name', (o) => `${o.given} ${o.patronymic} ${o.family}`],
      ['Given Name', (o) => o.given],
      ['Additional Name', (o) => o.patronymic],
      ['Family Name', (o) => o.family],
      ...empty('Yomi Name', 'Name Prefix', 'Name Suffix', 'Initials', 'Nickname', 'Short Name', 'Maiden Name'),
      ['Birthday', iso],
      ...empty('Gender', 'Location', 'Billing Information', 'Occupation'),
      ['Notes', (o) => o.notes],
      ...empty('Language', 'Photo'),
      ['Group Membership', as('* myContacts ::: Clients')],
      ['E-mail 1 - Type', as('* Work')],
      ['E-mail 1 - Value', (o) => o.email],
      ['Phone 1 - Type', as('Work')],
      ['Phone 1 - Value', (o) => o.work],
      ['Phone 2 - Type', as('Mobile')],
      ['Phone 2 - Value', (o) => o.mobile],
      ['Address 1 - Type', as('Work')],
      ['Address 1 - Formatted', address],
      ['Address 1 - Street', (o) => o.street],
      ['Address 1 - City', (o) => o.city],
      ...empty('Address 1 - PO Box', 'Address 1 - Region'),
      ['Address 1 - Postal Code', (o) => o.postcode],
      ['Address 1 - Country', (o) => o.country],
      ['Organization 1 - Type', as('')],
      ['Organization 1 - Name', (o) => o.organisation],
      ...empty('Organization 1 - Yomi Name'),
      ['Organization 1 - Title', (o) => o.job],
    ],
  },
  {
    name: 'Google Contacts, new',
    preset: 'google-new',
    language: 'en',
    delimiter: ',',
    columns: [
      ['First Name', (o) => o.given],
      ['Middle Name', (o) => o.patronymic],
      ['Last Name', (o) => o.family],
      ...empty(
        'Phonetic First Name',
        'Phonetic Middle Name',
        'Phonetic Last Name',
        'Name Prefix',
        'Name Suffix',
        'Nickname',
        'File As',
      ),
      ['Organization Name', (o) => o.organisation],
      ['Organization Title', (o) => o.job],
      ...empty('Organization Department'),
      ['Birthday', iso],
      ['Notes', (o) => o.notes],
      ...empty('Photo'),
      ['Labels', as('Clients ::: * myContacts')],
      ['E-mail 1 - Label', as('* Work')],
      ['E-mail 1 - Value', (o) => o.email],
      ['Phone 1 - Label', as('Work')],
      ['Phone 1 - Value', (o) => o.work],
      ['Phone 2 - Label', as('Mobile')],
      ['Phone 2 - Value', (o) => o.mobile],
      ['Address 1 - Label', as('Work')],
      ['Address 1 - Formatted', address],
      ['Address 1 - Street', (o) => o.street],
      ['Address 1 - City', (o) => o.city],
      ...empty('Address 1 - PO Box', 'Address 1 - Region'),
      ['Address 1 - Postal Code', (o) => o.postcode],
      ['Address 1 - Country', (o) => o.country],
    ],
  },
  {
    name: 'LinkedIn',
    preset: 'linkedin',
    language: 'en',
    delimiter: ',',
    before:
      'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing, ""you"" will see."\n\n',
    columns: [
      ['First Name', (o) => o.given],
      ['Last Name', (o) => o.family],
      ['URL', (o) => `https://www.linkedin.com/in/${o.family === 'Иванов' ? 'ivanov' : 'smith'}`],
      ['Email Address', (o) => o.email],
      ['Company', (o) => o.organisation],
      ['Position', (o) => o.job],
      ['Connected On', as('12 Mar 2024')],
    ],
    without: ['patronymic', 'work', 'mobile', 'street', 'city', 'postcode', 'country', 'birthday', 'notes'],
  },
  {
    name: 'HubSpot',
    preset: /^hubspot/,
    language: 'en',
    delimiter: ',',
    columns: [
      ['Record ID', (o) => (o.family === 'Иванов' ? '101' : '102')],
      ['First Name', (o) => o.given],
      ['Last Name', (o) => o.family],
      ['Email', (o) => o.email],
      ['Phone Number', (o) => o.work],
      ['Mobile Phone Number', (o) => o.mobile],
      ['Job Title', (o) => o.job],
      ['Company Name', (o) => o.organisation],
      ['Contact owner', as('Anna Owner')],
      ['Lead Status', as('Open')],
      ['Lifecycle Stage', as('Lead')],
      ['Create Date', as('2024-01-02 10:00')],
      ['City', (o) => o.city],
      ...empty('State/Region'),
      ['Postal Code', (o) => o.postcode],
      ['Country/Region', (o) => o.country],
    ],
    without: ['patronymic', 'street', 'birthday', 'notes'],
  },
  {
    name: 'Salesforce',
    preset: /^salesforce/,
    language: 'en',
    delimiter: ',',
    columns: [
      ...empty('Salutation'),
      ['First Name', (o) => o.given],
      ['Last Name', (o) => o.family],
      ['Title', (o) => o.job],
      ['Account Name', (o) => o.organisation],
      ['Mailing Street', (o) => o.street],
      ['Mailing City', (o) => o.city],
      ...empty('Mailing State/Province (text only)'),
      ['Mailing Zip/Postal Code', (o) => o.postcode],
      ['Mailing Country', (o) => o.country],
      ['Phone', (o) => o.work],
      ...empty('Fax'),
      ['Mobile', (o) => o.mobile],
      ['Email', (o) => o.email],
      ['Account Owner', as('Anna Owner')],
      ['Birthdate', american],
      ['Lead Source', as('Web')],
      ['Description', (o) => o.notes],
    ],
    after: '\n"Grand Totals (2 records)"\n"Confidential Information - Do Not Distribute"\n',
    without: ['patronymic'],
  },
  {
    name: 'Bitrix24, Russian',
    preset: 'bitrix24-ru',
    language: 'ru',
    delimiter: ';',
    columns: [
      ['ID', (o) => (o.family === 'Иванов' ? '11' : '12')],
      ...empty('Обращение'),
      ['Имя', (o) => o.given],
      ['Отчество', (o) => o.patronymic],
      ['Фамилия', (o) => o.family],
      ['Имя, Фамилия', (o) => `${o.given} ${o.family}`],
      ['Дата рождения', (o) => o.birthday],
      ...empty('Фотография'),
      ['Компания', (o) => o.organisation],
      ['Должность', (o) => o.job],
      ['Адрес', address],
      ['Комментарий', (o) => o.notes],
      ['Тип контакта', as('Клиенты')],
      ['Источник', as('Звонок')],
      ['Ответственный', as('Анна Старшая')],
      ['Доступен для всех', as('да')],
      ['Рабочий телефон', (o) => o.work],
      ['Мобильный телефон', (o) => o.mobile],
      ['Рабочий e-mail', (o) => o.email],
      ...empty('Частный e-mail', 'Контакт Telegram'),
    ],
    without: ['street', 'city', 'postcode', 'country'],
  },
  {
    name: 'amoCRM, Russian',
    preset: 'amocrm-ru',
    language: 'ru',
    delimiter: ';',
    columns: [
      ['ID', (o) => (o.family === 'Иванов' ? '21' : '22')],
      ['Ответственный', as('Анна Старшая')],
      ['Дата создания сделки', as('01.02.2024 10:00:00')],
      ['Теги', as('клиент')],
      ['Примечание', (o) => o.notes],
      ['Полное имя контакта', full],
      ['Компания контакта', (o) => o.organisation],
      ['Рабочий телефон', (o) => o.work],
      ['Мобильный телефон', (o) => o.mobile],
      ['Рабочий email', (o) => o.email],
      ...empty('Личный email', 'Web'),
      ['Адрес', address],
      ['Должность', (o) => o.job],
      ['Город', (o) => o.city],
      ['utm_source', as('')],
    ],
    without: ['street', 'postcode', 'country', 'birthday'],
  },
  {
    name: 'Thunderbird, Russian',
    preset: 'thunderbird-ru',
    language: 'ru',
    delimiter: ',',
    columns: [
      ['Имя', (o) => o.given],
      ['Фамилия', (o) => o.family],
      ['Отображаемое имя', (o) => `${o.given} ${o.family}`],
      ...empty('Псевдоним'),
      ['Адрес электронной почты', (o) => o.email],
      ...empty('Альтернативный адрес электронной почты'),
      ['Рабочий телефон', (o) => o.work],
      ...empty('Домашний телефон', 'Номер факса', 'Номер пейджера'),
      ['Номер сотового телефона', (o) => o.mobile],
      ['Адрес (раб.)', (o) => o.street],
      ['Город (раб.)', (o) => o.city],
      ...empty('Штат (раб.)'),
      ['Почтовый индекс (раб.)', (o) => o.postcode],
      ['Страна (раб.)', (o) => o.country],
      ['Организация', (o) => o.organisation],
      ['Должность', (o) => o.job],
      ['Год рождения', (o) => o.birthday.slice(6)],
      ['Месяц рождения', (o) => String(Number(o.birthday.slice(3, 5)))],
      ['День рождения', (o) => String(Number(o.birthday.slice(0, 2)))],
      ['Заметки', (o) => o.notes],
    ],
    without: ['patronymic'],
  },
  {
    name: 'home-made, Russian',
    language: 'ru',
    delimiter: ';',
    before: 'Контакты клиентов на 01.06.2026\n\n',
    columns: [
      ['№', (o) => (o.family === 'Иванов' ? '1' : '2')],
      ['Ф.И.О.', full],
      ['Контрагент', (o) => o.organisation],
      ['Должность', (o) => o.job],
      ['Тел.', (o) => o.work],
      ['Моб.', (o) => o.mobile],
      ['Эл. почта', (o) => o.email],
      ['Город', (o) => o.city],
      ['Дата рождения', (o) => o.birthday],
      ['Примечание', (o) => o.notes],
    ],
    after: '\nИтого;2\n',
    without: ['street', 'postcode', 'country'],
  },
];

const quoted = (text: string, delimiter: string): string =>
  /["\n\r]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;

/** The layout's file as text. */
export function layoutText(
  { columns, delimiter, before = '', after = '' }: Layout,
  people: readonly Someone[] = [IVANOV, SMITH],
): string {
  const lines = [
    columns.map(([header]) => quoted(header, delimiter)),
    ...people.map((one) => columns.map(([, value]) => quoted(value(one), delimiter))),
  ];
  return `${before}${lines.map((line) => line.join(delimiter)).join('\n')}\n${after}`;
}

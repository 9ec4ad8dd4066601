/** Outlook's contact export, English and Russian. The double spaces of the Russian headers are genuine. */

const address = (kind: string, label: string): string =>
  [
    'street: % Street',
    'street2: % Street 2',
    'street3: % Street 3',
    'city: % City',
    'region: % State',
    'postcode: % Postal Code',
    'country: % Country/Region | % Country',
    'poBox: % Address PO Box',
  ]
    .map((line) => `address.${kind}.${line.replaceAll('%', label)}`)
    .join('\n');

export const OUTLOOK_EN = `
name.prefix: Title
name.given: First Name
name.patronymic: Middle Name
name.family: Last Name
name.suffix: Suffix
org.name: Company
department: Department
jobTitle: Job Title
${address('work', 'Business')}
${address('home', 'Home')}
${address('other', 'Other')}
phone.assistant: Assistant's Phone
phone.fax: Business Fax
phone.work: Business Phone
phone.work2: Business Phone 2
phone.callback: Callback
phone.car: Car Phone
phone.main: Company Main Phone
phone.faxHome: Home Fax
phone.home: Home Phone
phone.home2: Home Phone 2
phone.isdn: ISDN
phone.mobile: Mobile Phone
phone.faxOther: Other Fax
phone.other: Other Phone
phone.pager: Pager
phone.primary: Primary Phone
phone.radio: Radio Phone
phone.tty: TTY/TDD Phone
phone.telex: Telex
custom: Account | Billing Information | Keywords | Mileage | User 1 | User 2 | User 3 | User 4 | Internet Free Busy | Location | Office Location | Organizational ID Number
anniversary: Anniversary
assistant.name: Assistant's Name
birthday: Birthday
tags: Categories
children: Children
ignored: Directory Server | E-mail Type | E-mail 2 Type | E-mail 3 Type | Priority | Private | Sensitivity
email.work: E-mail Address
email.other: E-mail 2 Address | E-mail 3 Address
email.display: E-mail Display Name | E-mail 2 Display Name | E-mail 3 Display Name
gender: Gender
governmentId: Government ID Number
hobby: Hobby
name.initials: Initials
language: Language
manager.name: Manager's Name
notes: Notes
profession: Profession
source: Referred By
spouse: Spouse
link.web: Web Page
`;

export const OUTLOOK_RU = `
name.prefix: Обращение
name.given: Имя
name.patronymic: Отчество
name.family: Фамилия
name.suffix: Суффикс
org.name: Организация
department: Отдел
jobTitle: Должность
address.work.street: Улица (раб. адрес)
address.work.street2: Улица 2 (раб. адрес)
address.work.street3: Улица 3 (раб. адрес)
address.work.city: Город (раб. адрес)
address.work.region: Область (раб. адрес)
address.work.postcode: Индекс (раб. адрес)
address.work.country: Страна или регион (раб. адрес) | Страна (раб. адрес)
address.work.poBox: Почтовый ящик (раб. адрес)
address.home.street: Улица (дом. адрес)
address.home.street2: Улица 2 (дом. адрес)
address.home.street3: Улица 3 (дом. адрес)
address.home.city: Город (дом. адрес)
address.home.region: Область (дом. адрес)
address.home.postcode: Почтовый код (дом.) | Индекс (дом. адрес)
address.home.country: Страна или регион (дом. адрес) | Страна (дом. адрес)
address.home.poBox: Почтовый ящик (дом. адрес)
address.other.street: Улица (другой адрес)
address.other.street2: Улица  2 (другой адрес)
address.other.street3: Улица  3 (другой адрес)
address.other.city: Город  (другой адрес)
address.other.region: Область  (другой адрес)
address.other.postcode: Индекс  (другой адрес)
address.other.country: Страна или регион  (другой адрес) | Страна (другой адрес)
address.other.poBox: Почтовый ящик (другой адрес)
phone.assistant: Телефон помощника
phone.fax: Рабочий факс
phone.work: Рабочий телефон
phone.work2: Телефон раб. 2
phone.callback: Обратный вызов
phone.car: Телефон в машине
phone.main: Основной телефон организации
phone.faxHome: Домашний факс
phone.home: Домашний телефон
phone.home2: Телефон дом. 2
phone.isdn: ISDN
phone.mobile: Телефон переносной
phone.faxOther: Другой факс
phone.other: Другой телефон
phone.pager: Пейджер
phone.primary: Основной телефон
phone.radio: Радиотелефон
phone.tty: Телетайп/телефон с титрами
phone.telex: Телекс
ignored: Важность | Отложено | Пометка | Сервер каталогов | Частное | Тип эл. почты | Тип 2 эл. почты | Тип 3 эл. почты
link.web: Веб-страница
anniversary: Годовщина
birthday: День рождения
children: Дети
notes: Заметки
assistant.name: Имя помощника
name.initials: Инициалы
tags: Категории
custom: Ключевые слова | Код организации | Личный код | Пользователь 1 | Пользователь 2 | Пользователь 3 | Пользователь 4 | Расположение | Расположение комнаты | Расстояние | Сведения о доступности в Интернете | Счет | Счета
gender: Пол
profession: Профессия
manager.name: Руководитель
spouse: Супруг(а)
hobby: Хобби
email.work: Адрес эл. почты
email.other: Адрес 2 эл. почты | Адрес 3 эл. почты
email.display: Краткое имя эл. почты | Краткое 2 имя эл. почты | Краткое 3 имя эл. почты
language: Язык
`;

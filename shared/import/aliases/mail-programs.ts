/** Thunderbird and Roundcube address books in Russian; Thunderbird in English; Yandex and Mail.ru exports. */

export const THUNDERBIRD_RU = `
name.given: Имя
name.family: Фамилия
name.display: Отображаемое имя
name.nickname: Псевдоним
email: Адрес электронной почты | Основной адрес электронной почты
email.other: Альтернативный адрес электронной почты | Дополнительный адрес электронной почты
phone.work: Рабочий телефон
phone.home: Домашний телефон
phone.fax: Номер факса
phone.pager: Номер пейджера
phone.mobile: Номер сотового телефона
address.home.street: Адрес | Домашний адрес
address.home.street2: Домашний адрес 2 | Адрес 2
address.home.city: Город
address.home.region: Штат
address.home.postcode: Почтовый индекс
address.home.country: Страна
address.work.street: Адрес (раб.) | Рабочий адрес
address.work.street2: Рабочий адрес 2
address.work.city: Город (раб.)
address.work.region: Штат (раб.)
address.work.postcode: Почтовый индекс (раб.)
address.work.country: Страна (раб.)
org.name: Организация
jobTitle: Должность
department: Подразделение
link.web: Веб-страница 1
link.work: Веб-страница 2
birthday.year: Год рождения
birthday.month: Месяц рождения
birthday.day: День рождения
notes: Заметки
custom: Дополнительное поле 1 | Дополнительное поле 2 | Дополнительное поле 3 | Дополнительное поле 4
`;

export const THUNDERBIRD_EN = `
name.given: First Name
name.family: Last Name
name.display: Display Name
name.nickname: Nickname
email: Primary Email
email.other: Secondary Email
link.other: Screen Name
phone.work: Work Phone
phone.home: Home Phone
phone.fax: Fax Number
phone.pager: Pager Number
phone.mobile: Mobile Number
address.home.street: Home Address
address.home.street2: Home Address 2
address.home.city: Home City
address.home.region: Home State
address.home.postcode: Home ZipCode
address.home.country: Home Country
address.work.street: Work Address
address.work.street2: Work Address 2
address.work.city: Work City
address.work.region: Work State
address.work.postcode: Work ZipCode
address.work.country: Work Country
jobTitle: Job Title
department: Department
org.name: Organization
link.web: Web Page 1
link.work: Web Page 2
birthday.year: Birth Year
birthday.month: Birth Month
birthday.day: Birth Day
custom: Custom 1 | Custom 2 | Custom 3 | Custom 4
notes: Notes
`;

/** Exports of customer systems: HubSpot, Salesforce (labels and API names), Bitrix24, amoCRM. */

export const HUBSPOT_CONTACTS = `
externalId: Record ID | Contact ID
name.given: First Name
name.family: Last Name
email: Email
phone: Phone Number
phone.mobile: Mobile Phone Number
jobTitle: Job Title
org.name: Company Name | Associated Company
owner: Contact owner
status: Lead Status | Lifecycle Stage
source: Original Source | Original Traffic Source
created: Create Date
modified: Last Modified Date
lastContact: Last Activity Date
address.city: City
address.region: State/Region
address.postcode: Postal Code
address.country: Country/Region
address.street: Street Address
link.web: Website URL
org.externalId: Associated Company IDs
custom: Associated Deal
role: Buying Role
ignored: Associated Contact IDs
`;

export const HUBSPOT_COMPANIES = `
org.externalId: Record ID
org.name: Company name
org.website: Company domain name | Website URL
owner: Company owner
org.industry: Industry
org.phone: Phone Number
created: Create Date
`;

export const HUBSPOT_DEALS = `
deal.id: Record ID
deal.name: Deal Name
deal.stage: Deal Stage
deal.amount: Amount
owner: Deal owner
deal.closed: Close Date
deal.pipeline: Pipeline
org.externalId: Associated Company IDs
ignored: Associated Contact IDs
`;

export const SALESFORCE = `
name.prefix: Salutation
name.given: First Name
name.patronymic: Middle Name
name.family: Last Name
name.suffix: Suffix
jobTitle: Title
org.name: Account Name
address.mailing.street: Mailing Street
address.mailing.city: Mailing City
address.mailing.region: Mailing State/Province | Mailing State/Province (text only) | Mailing State
address.mailing.postcode: Mailing Zip/Postal Code | Mailing Postal Code
address.mailing.country: Mailing Country | Mailing Country (text only)
address.other.street: Other Street
address.other.city: Other City
address.other.region: Other State/Province | Other State/Province (text only) | Other State
address.other.postcode: Other Zip/Postal Code | Other Postal Code
address.other.country: Other Country | Other Country (text only)
phone.work: Phone
phone.fax: Fax
phone.mobile: Mobile
email: Email
owner: Contact Owner
ignored: Account Owner
department: Department
manager.name: Reports To
phone.assistant: Asst. Phone | Assistant Phone
assistant.name: Assistant | Assistant's Name
phone.other: Other Phone
phone.home: Home Phone
birthday: Birthdate
source: Lead Source
notes: Description
lastContact: Last Activity
created: Created Date
externalId: Contact ID
org.externalId: Account ID
`;

export const SALESFORCE_API = `
externalId: Id
ignored: IsDeleted | MasterRecordId | SystemModstamp | PhotoUrl | ReportsToId
org.externalId: AccountId
name.prefix: Salutation
name.given: FirstName
name.patronymic: MiddleName
name.family: LastName
name.suffix: Suffix
address.mailing.street: MailingStreet
address.mailing.city: MailingCity
address.mailing.region: MailingState
address.mailing.postcode: MailingPostalCode
address.mailing.country: MailingCountry
address.other.street: OtherStreet
address.other.city: OtherCity
address.other.region: OtherState
address.other.postcode: OtherPostalCode
address.other.country: OtherCountry
phone.work: Phone
phone.fax: Fax
phone.mobile: MobilePhone
phone.home: HomePhone
phone.other: OtherPhone
phone.assistant: AssistantPhone
email: Email
jobTitle: Title
department: Department
assistant.name: AssistantName
source: LeadSource
birthday: Birthdate
notes: Description
owner: OwnerId
created: CreatedDate
createdBy: CreatedById
modified: LastModifiedDate
modifiedBy: LastModifiedById
lastContact: LastActivityDate
`;

export const BITRIX24_RU = `
externalId: ID
name.prefix: Обращение
name.given: Имя
name.patronymic: Отчество
name.family: Фамилия
name.display: Имя, Фамилия
birthday: Дата рождения
ignored: Фотография | Доступен для всех | Экспорт
org.name: Компания
jobTitle: Должность
address.formatted: Адрес
notes: Комментарий
contactType: Тип контакта
source: Источник
source.details: Дополнительно об источнике
owner: Ответственный
created: Дата создания
modified: Дата изменения
createdBy: Кем создан
modifiedBy: Кем изменен
phone.work: Рабочий телефон
phone.mobile: Мобильный телефон
phone.home: Домашний телефон
phone.fax: Номер факса
phone.pager: Номер пейджера
phone.mailing: Телефон для рассылок
phone.other: Другой телефон
email.work: Рабочий e-mail
email.home: Частный e-mail
email.mailing: E-mail для рассылок
email.other: Другой e-mail
link.work: Корпоративный сайт
link.home: Личная страница
link.facebook: Страница Facebook
link.vk: Страница ВКонтакте
link.telegram: Контакт Telegram
link.viber: Контакт Viber
link.skype: Контакт Skype
link.whatsapp: Контакт WhatsApp
link.web: Другой сайт
link.other: Другой контакт
`;

export const AMOCRM_RU = `
externalId: ID
deal.name: Название сделки
deal.amount: Бюджет | Бюджет ₸ | Бюджет ₽ | Бюджет, руб.
owner: Ответственный | Ответственный за контакт
created: Дата создания сделки | Дата создания контакта
createdBy: Кем создана сделка | Кем создан контакт
modified: Дата редактирования
modifiedBy: Кем редактирована | Кем редактирован
deal.closed: Дата закрытия
tags: Теги
notes: Примечание | Примечание 2 | Примечание 3 | Примечание 4 | Примечание 5
deal.stage: Этап сделки
deal.pipeline: Воронка
name.full: Полное имя контакта
org.name: Компания контакта | Компания
phone.work: Рабочий телефон
phone.direct: Рабочий прямой телефон
phone.mobile: Мобильный телефон
phone.fax: Факс
phone.home: Домашний телефон
phone.other: Другой телефон
email.work: Рабочий email
email.home: Личный email
email.other: Другой email
link.web: Web
address.formatted: Адрес
jobTitle: Должность
address.city: Город
source: Источник
link.skype: Skype
link.icq: ICQ
custom: utm_source | utm_medium | utm_campaign | utm_term | utm_content | utm_referrer | roistat | referrer | openstat_service | openstat_campaign | openstat_ad | openstat_source | from | gclientid | _ym_uid | _ym_counter | gclid | yclid | fbclid
`;

/** Headers of tables that people make by hand, Russian and English. Endless variants are left to the rules in header-rules.ts. */

export const HOME_MADE_RU = `
name.full: ФИО | Ф.И.О. | Участник | ФИО участника | Гость | Слушатель | Делегат | Спикер | Врач | Собственник | Фамилия Имя Отчество | Фамилия, имя, отчество | ФИО контакта | ФИО контактного лица | Контактное лицо | Контактные лица | Контакт | Полное имя | Имя и фамилия | Фамилия и имя | Фамилия Имя | Имя Фамилия | Сотрудник | Представитель | Имя контакта | ФИО клиента | ФИО представителя | Персона | Собеседник | ФИО сотрудника | Директор | Генеральный директор | ФИО директора | ФИО руководителя | Кто | С кем
name.family: Фамилия | Фамилия контакта | Фам
name.given: Имя | Имя контактного лица
name.patronymic: Отчество | Отч
name.prefix: Обращение
name.nickname: Прозвище | Ник
name.maiden: Девичья фамилия
party: Контрагент | Клиент | Поставщик | Партнер | Заказчик | Покупатель | Подрядчик | Наименование | Название | Контрагент (наименование) | Дилер | Арендатор
org.name: Организация | Компания | Фирма | Предприятие | Юр. лицо | Юрлицо | Юридическое лицо | Название компании | Название организации | Наименование организации | Наименование компании | Наименование предприятия | Наименование контрагента | Наименование клиента | Наименование поставщика | Место работы | Работодатель | Учреждение | Краткое наименование | Сокращенное наименование | Наименование юр. лица | Название фирмы | Орг | Орг-ция | Орг-я
org.fullName: Полное наименование | Полное название | Полное наименование организации | Юридическое название | Официальное название | Полное юридическое наименование
department: Отдел | Подразделение | Департамент | Служба | Управление
jobTitle: Должность | Должн | Позиция | Пост | Должность контактного лица | Должность контакта
org.industry: Сфера | Сфера деятельности | Отрасль | Вид деятельности | Направление | Специализация | Бизнес | Направление деятельности
phone: Тел. | Телефон | Телефоны | Телефон/факс | Тел/факс | Номер телефона | Контактный телефон | Контактные телефоны | Контактный тел. | № телефона | Номер | Телефон 1 | Тел 1 | Телефон контакта | Телефон контактного лица
phone.other: Доп. телефон | Дополнительный телефон | Другой телефон | Телефон 2 | Тел 2 | Второй телефон
phone.other2: Телефон 3 | Тел 3
phone.mobile: Моб. | Моб. тел. | Мобильный | Мобильный телефон | Сот. | Сотовый | Сотовый телефон | Сот. тел. | Телефон моб. | Мобила | Мобильник | Личный телефон | Тел. моб. | Мобильный номер
phone.mobile2: Мобильный 2 | Моб. 2
phone.work: Рабочий телефон | Раб. тел. | Рабочий | Телефон рабочий | Тел. раб. | Городской телефон | Городской | Телефон офиса | Офис | Стационарный телефон | Служебный телефон | Телефон организации | Телефон компании
phone.home: Домашний телефон | Дом. тел. | Телефон домашний | Домашний
phone.fax: Факс
phone.extension: Доб. | Добавочный | Внутренний номер | Вн. номер | Вн. тел. | Внутренний телефон | Добавочный номер
email: Эл. почта | Почта | Мейл | E-mail | Email | Мыло | Электронная почта | Эл. адрес | Электронный адрес | Адрес электронной почты | Имейл | Емейл | Емайл | Мэйл | Майл | Почта (e-mail) | Эл почта
email.work: Рабочая почта | Рабочий e-mail | Корпоративная почта
email.home: Личная почта | Личный e-mail
contacts: Контакты | Контактные данные | Контактная информация | Телефон/e-mail | Телефон, e-mail | Телефон, почта | Связь | Как связаться
address.formatted: Адрес | Адрес полностью | Полный адрес | Местонахождение | Место нахождения | Адрес офиса | Адрес доставки
address.mailing.formatted: Почтовый адрес
address.city: Город | Город/Регион | Населенный пункт | Нас. пункт | Город, регион
address.region: Регион | Область | Край | Субъект РФ | Республика
address.postcode: Индекс | Почтовый индекс
address.street: Улица | Улица, дом
address.country: Страна
org.legalAddress: Юр. адрес | Юридический адрес | Адрес юридический | Адрес регистрации | Адрес (юр.)
org.actualAddress: Факт. адрес | Фактический адрес | Адрес фактический | Адрес (факт.)
birthday: День рождения | Дата рождения | ДР | Д.р. | Д/р | Рожд. | Дата рожд. | Родился
anniversary: Годовщина
gender: Пол
notes: Комментарий | Комментарии | Примечание | Примечания | Заметки | Заметка | Прим. | Примеч. | Коммент | Описание | Дополнительно | Доп. информация | Дополнительная информация | Инфо | Информация | Разное | Пометки | Комм. | Дополнительные сведения | История | О чем говорили
tags: Теги | Метки | Категория | Категории | Группа | Группы | Сегмент | Ярлыки
language: Язык
spouse: Супруг | Супруга | Супруг(а) | Жена | Муж
children: Дети
assistant.name: Помощник | Ассистент | Секретарь
manager.name: Руководитель | Начальник
role: Роль | Роль в сделке
source: Источник | Откуда | Откуда узнали | Канал
owner: Менеджер | Отв. | Отв-ный | Отв. менеджер | Отв. лицо | Куратор | Ответственный | Ответственный менеджер | Ведущий менеджер | Закреплен за | Наш менеджер | Аккаунт-менеджер | Исполнитель
status: Статус | Статус клиента | Состояние | Этап
externalId: ID | Код | Код 1С | Внешний код | Внешний ID | ID контакта | Идентификатор | Код контрагента
ignored: № | № п/п | № п.п. | п/п | Номер п/п | N п/п | №№ | Фото | Фотография | NN | N
org.inn: ИНН | Код налогоплательщика | ИНН юр. лица | ИНН/КПП | ИНН, КПП | ИНН/КПП/ОГРН | ИНН организации | ИНН контрагента | ИНН клиента
org.kpp: КПП
org.ogrn: ОГРН | ОГРНИП | ОГРН/ОГРНИП | ОГРН(ИП)
org.okpo: ОКПО
org.bik: БИК | БИК банка
org.account: Расчетный счет | Р/с | Р/счет | Р.с. | Номер счета | Рас. счет
org.corrAccount: Корр. счет | К/с | Корреспондентский счет | Кор. счет | Корсчет
org.bank: Банк | Наименование банка
org.website: Сайт компании | Сайт организации | Веб-сайт
link.web: Сайт | Веб-страница | Web-сайт | Интернет-сайт | WWW | Сайт (URL) | Интернет
link.telegram: Телеграм | Телеграмм | ТГ | Telegram | Ник в Telegram
link.whatsapp: WhatsApp | Ватсап | Вотсап
link.viber: Viber | Вайбер
link.skype: Skype | Скайп
link.icq: ICQ | Аська
link.vk: ВК | ВКонтакте | VK
link.linkedin: LinkedIn | Линкедин
link.facebook: Facebook | Фейсбук
link.instagram: Instagram | Инстаграм
link.other: Соцсети | Мессенджер | Мессенджеры | Социальные сети
lastContact: Дата последнего контакта | Последний контакт | Последний звонок | Дата последней встречи | Последняя встреча | Дата контакта | Последнее касание
created: Дата создания | Создан | Дата добавления | Дата внесения
modified: Дата изменения | Изменен
contract.number: № договора | Номер договора | Договор | Договор № | № дог. | Номер дог. | Номер контракта | № контракта | Контракт | Номер и дата договора | Реквизиты договора
contract.date: Дата договора | Дата заключения | Дата подписания | Дата заключения договора | Дата подписания договора | Дата дог. | от
contract.term: Срок действия | Срок действия договора | Срок договора | Срок
contract.start: Дата начала | Начало действия | Действует с | Дата начала действия | Начало договора
contract.end: Дата окончания | Действует до | Окончание | Дата окончания договора | Срок окончания | Действителен до | Дата завершения | Окончание договора | Истекает
contract.amount: Сумма | Сумма договора | Стоимость | Цена договора | Сумма контракта | Стоимость договора
contract.currency: Валюта | Валюта договора
contract.renewal: Пролонгация | Автопролонгация | Продление | Условия пролонгации
contract.subject: Предмет договора | Предмет | Предмет контракта
contract.status: Статус договора
deal.name: Сделка | Название сделки
deal.stage: Этап сделки | Стадия сделки | Стадия
deal.amount: Бюджет | Сумма сделки
`;

export const HOME_MADE_EN = `
name.full: Full Name | Contact | Contact Name | Contact Person | Person | Name | Client Name | Employee | Representative | Attendee | Guest | Guest Name | Participant | Participant Name | Attendee Name | Delegate | Speaker
name.given: First Name | Given Name | First | Forename | Firstname | FName
name.family: Last Name | Surname | Family Name | Last | Lastname | LName
name.patronymic: Middle Name | Patronymic | Middle | Second Name
name.prefix: Salutation | Prefix | Mr/Ms | Honorific
name.suffix: Suffix
name.nickname: Nickname | Nick | Alias
name.maiden: Maiden Name
party: Client | Customer | Supplier | Vendor | Partner | Counterparty
org.name: Company | Organization | Organisation | Company Name | Organization Name | Organisation Name | Employer | Firm | Business | Account | Account Name | Business Name | Client Company | Institution | Current Company
org.fullName: Legal Name | Full Company Name | Registered Name
department: Department | Dept | Division | Team | Business Unit
jobTitle: Job Title | Title | Job Title / Role | Title / Role | Position | Job | Role/Title | Designation | Job Position | Headline
profession: Profession | Occupation
org.industry: Industry | Sector | Field | Line of Business
phone: Phone | Tel | Telephone | Phone Number | Contact Number | Phone No | Phone # | Tel. No. | Telephone Number | Phones | Phone 1 | Number
phone.other: Other Phone | Phone 2 | Alternate Phone | Alt Phone | Secondary Phone
phone.other2: Phone 3
phone.mobile: Mobile | Cell | Cell Phone | Mobile Phone | Cellphone | Mobile Number | Cell Number | Mob | Mobile No | Handy | GSM
phone.work: Work Phone | Business Phone | Office Phone | Office | Office Tel | Landline | Work | Phone (Work) | Direct Phone | Company Phone
phone.direct: Direct | Direct Line | Direct Dial | DID
phone.home: Home Phone | Home | Private Phone | Phone (Home)
phone.main: Switchboard | Main Phone
phone.fax: Fax | Fax Number | Work Fax | Business Fax
phone.extension: Ext | Extension | Ext.
email: Email | E-mail | Mail | Email Address | E-mail Address | Emails | Electronic Mail | Email 1 | Primary Email
email.work: Work Email | Business Email | Office Email | Corporate Email | Work E-mail
email.home: Personal Email | Home Email | Private Email
email.other: Other Email | Email 2 | Alternate Email | Secondary Email | Email 3
contacts: Contacts | Contact Details | Contact Info | Contact Information
address.formatted: Address | Full Address | Location | Addresses
address.work.formatted: Work Address | Business Address | Office Address | Company Address
address.home.formatted: Home Address
address.mailing.formatted: Mailing Address | Postal Address
address.billing.formatted: Billing Address
org.legalAddress: Legal Address | Registered Address | Registered Office
address.street: Street | Street Address | Address Line 1 | Address 1 | Address1
address.street2: Address Line 2 | Address 2 | Street 2 | Address2
address.city: City | Town | City/Town
address.region: State | Region | Province | County | State/Province | State/Region
address.postcode: Zip | Zip Code | Postal Code | Postcode | ZIP/Postal Code | Post Code
address.country: Country | Country/Region
birthday: Birthday | Date of Birth | DOB | Birth Date | Birthdate | Born | B-day
anniversary: Anniversary
gender: Gender | Sex
notes: Notes | Note | Comment | Comments | Remarks | Description | Remark | Memo | Additional Info | Info | Details
tags: Tags | Labels | Category | Categories | Group | Groups | Segment | Keywords
language: Language | Preferred Language
spouse: Spouse | Partner Name | Wife | Husband
children: Children | Kids
assistant.name: Assistant | Assistant Name | Secretary
manager.name: Manager | Reports To | Boss | Supervisor
role: Role | Decision Role
source: Source | Lead Source | Referred By | Origin
owner: Owner | Account Manager | Responsible | Assigned To | Relationship Manager | Sales Rep | Account Owner
status: Status | Lead Status | Stage
externalId: ID | External ID | Record ID | Contact ID | Customer ID | UID | GUID
ignored: # | No | No. | Photo | Picture | Row
org.inn: INN | Tax ID | TIN
org.vat: VAT | VAT ID | VAT Number | VAT No
org.kpp: KPP
org.ogrn: OGRN | Registration Number | Company Number
org.bik: BIK | BIC | SWIFT
org.account: Bank Account | Account Number | IBAN
org.bank: Bank | Bank Name
org.website: Company Website | Company Domain | Company URL
org.externalId: Company ID
link.web: Website | Web Site | Web | Homepage | URL | Web Page | Site | Domain
link.linkedin: LinkedIn | LinkedIn URL | LinkedIn Profile | Profile URL
link.telegram: Telegram
link.whatsapp: WhatsApp
link.viber: Viber
link.skype: Skype | Skype Name
link.icq: ICQ
link.vk: VK
link.facebook: Facebook
link.instagram: Instagram
link.x: Twitter | X (Twitter)
lastContact: Last Contact | Last Contact Date | Last Contacted | Last Meeting | Last Activity | Last Activity Date
created: Created | Created At | Created Time | Create Time | Create Date | Created Date | Date Added | Creation Date
modified: Modified | Modified Time | Updated | Updated At | Last Modified | Modified Date
contract.number: Contract | Contract No | Contract Number | Contract # | Agreement | Agreement Number | Contract ID
contract.date: Contract Date | Signed | Date Signed | Signed On | Agreement Date | Signature Date
contract.term: Term | Contract Term | Validity
contract.start: Start Date | Contract Start | Effective Date | Valid From | Contract Start Date
contract.end: End Date | Contract End | Expiry | Expiry Date | Expires | Expiration Date | Valid Until | Contract End Date
contract.amount: Amount | Contract Value | Value | Contract Amount | Total Value | Sum
contract.currency: Currency
contract.renewal: Renewal | Auto-renewal | Auto Renew | Auto-renew
contract.subject: Subject | Contract Subject | Contract Title
contract.status: Contract Status
deal.name: Deal | Deal Name | Opportunity
deal.stage: Deal Stage
deal.amount: Deal Amount | Budget
`;

/**
 * The commonest headers of an address book in other languages, kept apart from ours. Words that mean something else in
 * English or Russian are left out; Latin letters are compared without their marks.
 */

export const GERMAN = `
name.full: Ansprechpartner | Ansprechpartnerin | Ansprechperson | Vollständiger Name | Vor- und Nachname | Name, Vorname | Vorname Nachname | Nachname, Vorname
name.given: Vorname
name.family: Nachname | Familienname | Zuname
name.prefix: Anrede | Titel
org.name: Firma | Unternehmen | Organisation | Firmenname
jobTitle: Stellung | Berufsbezeichnung | Funktion | Tätigkeit
department: Abteilung
phone: Telefon | Telefonnummer | Tel.-Nr. | Telefonnr. | Rufnummer
phone.work: Telefon geschäftlich | Telefon (geschäftlich) | Festnetz | Telefon Büro
phone.mobile: Mobiltelefon | Handynummer | Mobilnummer | Handy-Nr. | Mobil
phone.home: Telefon privat | Telefon (privat)
phone.fax: Telefax | Faxnummer | Fax geschäftlich
email: E-Mail-Adresse
address.formatted: Adresse | Anschrift
address.street: Straße | Strasse | Straße/Nr. | Straße und Hausnummer | Straße, Hausnummer | Straße Hausnr.
address.postcode: PLZ | Postleitzahl
address.city: Ort | Stadt | Wohnort
address.region: Bundesland
address.country: Land
birthday: Geburtstag | Geburtsdatum | Geb.-Datum | Geb.datum | Geb.
notes: Notizen | Notiz | Bemerkung | Bemerkungen | Anmerkungen | Anmerkung | Kommentar
link.web: Webseite | Internetseite
tags: Kategorien | Kategorie | Gruppe
externalId: Kundennr. | Kundennummer | Kd-Nr.
lastContact: Letzter Kontakt
contract.number: Vertragsnummer | Vertragsnr.
contract.start: Vertragsbeginn
contract.end: Vertragsende
org.vat: USt-IdNr. | Umsatzsteuer-ID | Ust-ID
`;

export const ROMANCE = `
name.full: Nom complet | Nom et prénom | Nom Prénom | Prénom Nom | Prénom et nom | Nom du contact | Nombre completo | Nombre y apellidos | Apellidos y nombre | Persona de contacto | Nome e cognome | Cognome e nome | Nominativo | Referente | Nome completo | Nom, Prénom
name.given: Prénom | Prénoms | Nombre | Nome
name.family: Nom de famille | Nom | Apellido | Apellidos | Cognome | Sobrenome
name.prefix: Civilité | Tratamiento
org.name: Société | Entreprise | Raison sociale | Empresa | Razón social | Azienda | Società | Ditta | Ragione sociale
jobTitle: Fonction | Poste | Cargo | Puesto | Ruolo | Qualifica | Mansione
department: Département | Departamento | Reparto
phone: Téléphone | Tél. | Tél. fixe | Téléphone fixe | Numéro de téléphone | Teléfono | Teléfono fijo | Telefono | Telefono fisso | Telefone
phone.work: Téléphone professionnel | Téléphone (bureau) | Tél. bureau | Teléfono del trabajo | Telefono ufficio
phone.mobile: Portable | Tél. portable | Téléphone portable | Téléphone mobile | Móvil | Teléfono móvil | Cellulare | Telefono cellulare | Celular | Telemóvel
phone.home: Téléphone domicile | Teléfono particular | Telefono casa
phone.fax: Télécopie
email: Adresse e-mail | Adresse mail | Courriel | Adresse de messagerie | Correo electrónico | Correo | Dirección de correo electrónico | Posta elettronica | Indirizzo e-mail | Indirizzo email
address.formatted: Dirección | Indirizzo | Endereço | Morada
address.street: Rue | Calle
address.postcode: Code postal | CP | Código postal | CAP | CEP
address.city: Ville | Ciudad | Población | Localidad | Comune | Città | Cidade
address.region: Région | Provincia
address.country: Pays | País | Paese | Nazione
birthday: Date de naissance | Date d'anniversaire | Anniversaire | Fecha de nacimiento | Fecha nacimiento | Cumpleaños | Data di nascita | Data de nascimento
notes: Remarques | Remarque | Commentaires | Commentaire | Notas | Observaciones | Comentarios | Observações
link.web: Site web | Página web | Sito web
tags: Catégories | Catégorie | Categorías | Categoria
externalId: N° client
lastContact: Dernier contact | Último contacto | Ultimo contatto
org.vat: N° TVA | Partita IVA | P.IVA | CIF | NIF | CNPJ
`;

export const POLISH_CZECH_DUTCH_TURKISH = `
name.full: Imię i nazwisko | Nazwisko i imię | Osoba kontaktowa | Jméno a příjmení | Příjmení a jméno | Kontaktní osoba | Contactpersoon | Adı Soyadı | Ad Soyad | İsim Soyisim | İlgili kişi | Yetkili kişi
name.given: Imię | Jméno | Voornaam | Adı | İsim
name.family: Nazwisko | Příjmení | Achternaam | Soyadı | Soyad | Soyisim
org.name: Nazwa firmy | Organizacja | Instytucja | Společnost | Bedrijf | Bedrijfsnaam | Şirket | Firma Adı | Şirket Adı | Kurum
jobTitle: Stanowisko | Funkcja | Pozice | Funkce | Functie | Ünvan | Unvanı | Pozisyon | Görevi
department: Dział | Oddělení | Afdeling | Departman
phone: Nr telefonu | Numer telefonu | Telefon stacjonarny | Telefonní číslo | Telefoon | Telefoonnummer | Telefon No | Telefon Numarası
phone.mobile: Telefon komórkowy | Komórka | Tel. kom. | Mobiel | Cep | Cep Telefonu | Cep Tel
phone.work: Telefon służbowy | İş Telefonu | İş Tel
phone.home: Ev Telefonu
email: Adres e-mail | E-posta | E-posta Adresi | E-mailadres
address.formatted: Adres | Adresa
address.street: Ulica | Ulice | Straat
address.postcode: Kod pocztowy | PSČ | Posta Kodu
address.city: Miasto | Miejscowość | Město | Plaats | Woonplaats | Şehir
address.region: Województwo
address.country: Kraj | Země | Ülke
birthday: Data urodzenia | Urodziny | Datum narození | Narozeniny | Geboortedatum | Doğum Tarihi | Doğum günü
notes: Uwagi | Notatki | Poznámka | Poznámky | Opmerkingen | Opmerking | Notlar | Açıklama
org.vat: NIP | DIČ | BTW-nummer
`;

export const UKRAINIAN_BELARUSIAN_KAZAKH = `
name.full: ПІБ | П.І.Б. | Прізвище, ім'я, по батькові | Прізвище та ім'я | Прізвище ім'я | Контактна особа | ПІБ контактної особи | Прозвішча, імя, імя па бацьку | Аты-жөні | Т.А.Ә. | Тегі, аты, әкесінің аты | Байланыс тұлғасы
name.family: Прізвище | Прозвішча | Тегі
name.given: Ім'я | Імя | Аты
name.patronymic: По батькові | Імя па бацьку | Әкесінің аты
party: Клієнт | Постачальник | Найменування | Назва | Кліент
org.name: Організація | Компанія | Підприємство | Установа | Назва компанії | Назва організації | Місце роботи | Арганізацыя | Кампанія | Прадпрыемства | Ұйым | Ұйымның атауы | Мекеме
jobTitle: Посада | Пасада | Лауазымы | Лауазым
department: Відділ | Підрозділ | Аддзел | Бөлім
phone: Тэлефон | Телефон нөмірі | Телефони | Контактний телефон | Байланыс телефоны
phone.mobile: Моб. телефон | Мобільний телефон | Мобільний | Мабільны тэлефон | Ұялы телефон
phone.work: Робочий телефон | Жұмыс телефоны
email: Ел. пошта | Електронна пошта | Пошта | Эл. пошта | Электронная пошта | Электрондық пошта
address.formatted: Адреса | Адрас | Мекенжайы | Мекен-жайы
address.city: Місто | Населений пункт | Горад | Қала | Қаласы
address.postcode: Поштовий індекс | Індекс | Паштовы індэкс
address.street: Вулиця | Вуліца
address.country: Країна | Краіна
birthday: Дата народження | День народження | Дата нараджэння | Туған күні
notes: Примітки | Примітка | Коментар | Коментарі | Нотатки | Заўвагі | Заўвага | Ескерту
owner: Відповідальний | Адказны
contract.date: Дата договору
contract.amount: Сума | Сума договору
contract.number: Номер договору
org.okpo: ЄДРПОУ | Код ЄДРПОУ | Код за ЄДРПОУ
org.vat: УНП | УНН
`;

/** Files of strangers: each row of these tables is a class of file that somebody really keeps, and what it means. */
import { describe, expect, it } from 'vitest';
import type { RowPlan } from '../../../shared/import/plan.ts';
import { matchHeader } from '../../../shared/import/header-match.ts';
import { inferDateOrder, parseDateText } from '../../../shared/import/values/dates.ts';
import { parseFullName } from '../../../shared/import/values/names.ts';
import { parsePhones } from '../../../shared/import/values/phones.ts';
import { codes, importInto, jobs, MemoryVault } from '../../fixtures/import/work.ts';

type Elements = Record<string, Record<string, string>>;
const values = (set: unknown, key = 'value'): string[] =>
  Object.values((set ?? {}) as Elements).map((one) => one[key] ?? '');
const extra = (record: Record<string, unknown> | undefined): Record<string, string> =>
  Object.fromEntries(Object.values((record?.['extra'] ?? {}) as Elements).map((one) => [one['header'], one['value']]));

async function read(file: string | Uint8Array, vault = new MemoryVault(), name = 'contacts.csv') {
  const imported = await importInto(vault, file, { name });
  const { columns } = imported.reading;
  return {
    ...imported,
    fields: columns.map((column) => column.field),
    field: (header: string) => columns.find((column) => column.header === header)?.field,
    names: vault.people.map((person) => person['name']),
    companies: vault.organisations.map((one) => one['name']),
  };
}
const excluded = (plan: RowPlan): readonly string[] => codes(plan).filter((code) => code.includes(':skipped'));
describe('headers', () => {
  it.each([
    // Somebody else's.
    ['Телефон супруги', 'extra'],
    ['Дата рождения ребёнка', 'extra'],
    ['Emergency Contact Phone', 'extra'],
    ['E-mail секретаря', 'extra'],
    ['Телефон ответственного', 'extra'],
    ['Contact Owner.id', 'extra'],
    ['Руководитель - ИНН', 'extra'],
    ['Имя супруги', 'spouse'],
    ['Менеджер контрагента', 'owner'],
    // About a value, and no value.
    ['Email Opt Out', undefined],
    ['Согласие на e-mail рассылку', undefined],
    ['Пользовательское соглашение', undefined],
    ['Phone Verified', undefined],
    ['Тип телефона', 'extra'],
    ['Тип договора', 'extra'],
    ['Became a Customer Date', undefined],
    ['Место рождения', undefined],
    ['Имя домена', undefined],
    // Whose column it is stands in front.
    ['Person - Organization', 'org.name'],
    ['Person - Email - Work', 'email.work'],
    ['Organization - Name', 'org.name'],
    ['Person - Open deals', undefined],
    ['Реквизит: ИНН', 'org.inn'],
    ['Mailing Zip', 'address.mailing.postcode'],
    // Marks over Latin letters do not matter.
    ['Prenom', 'name.given'],
    ['SOYADI', 'name.family'],
    ['Şehir', 'address.city'],
  ])('«%s» is %s', (header, field) => {
    expect(matchHeader(header)?.field).toBe(field);
  });

  it.each([
    [
      'de',
      'Titel;Vorname;Name;Firma;Telefon dienstlich;Geb.-Datum\nDr.;Käthe;Größl;Müller GmbH;+49 351 123456;3.4.1975',
      { given: 'Käthe', family: 'Größl', prefix: 'Dr.' },
      'Müller GmbH',
      '1975-04-03',
    ],
    [
      'fr',
      'Nom;Prénom;Société;Tél. portable;Date de naissance\nNoël;Jérôme;Dupont SARL;+33 6 12 34 56 79;25/12/1970',
      { given: 'Jérôme', family: 'Noël' },
      'Dupont SARL',
      '1970-12-25',
    ],
    [
      'es',
      'Nombre y apellidos;Empresa;Móvil;Fecha nacimiento\nPeña, José;Construcciones Ibáñez S.L.;+34 612 345 678;23/04/1968',
      { given: 'José', family: 'Peña' },
      'Construcciones Ibáñez S.L.',
      '1968-04-23',
    ],
    [
      'pl',
      'Imię;Nazwisko;Nazwa firmy;Telefon komórkowy;Data urodzenia;NIP\nŁukasz;Świątek;Żabka sp. z o.o.;+48 601 234 567;13.02.1980;5252344078',
      { given: 'Łukasz', family: 'Świątek' },
      'Żabka sp. z o.o.',
      '1980-02-13',
    ],
    [
      'tr',
      'Adı;Soyadı;Şirket;Cep Telefonu;Doğum Tarihi\nAyşe;Öztürk;Çelik A.Ş.;+90 532 111 22 33;25.04.1991',
      { given: 'Ayşe', family: 'Öztürk' },
      'Çelik A.Ş.',
      '1991-04-25',
    ],
    [
      'uk',
      "Прізвище;Ім'я;По батькові;Організація;Телефон;Дата народження\nГудзь;Євген;Іванович;ТОВ «Крок»;067 765 43 21;24.08.1991",
      { given: 'Євген', family: 'Гудзь', patronymic: 'Іванович' },
      'ТОВ «Крок»',
      '1991-08-24',
    ],
    [
      'be',
      'Прозвішча;Імя;Імя па бацьку;Арганізацыя;Тэлефон;Дата нараджэння\nКаваленка;Алесь;Пятровіч;ААТ «Прыбор»;+375 29 123-45-67;24.08.1991',
      { given: 'Алесь', family: 'Каваленка', patronymic: 'Пятровіч' },
      'ААТ «Прыбор»',
      '1991-08-24',
    ],
    [
      'kk',
      'Аты-жөні;Ұйым;Телефон;Туған күні\nӘлібек Нұрланұлы Сәрсенов;«Телеком» АҚ;8 (727) 250-11-22;24.08.1991',
      { given: 'Әлібек', family: 'Сәрсенов', patronymic: 'Нұрланұлы' },
      '«Телеком» АҚ',
      '1991-08-24',
    ],
  ])('of an address book in %s are read', async (_, text, name, company, birthday) => {
    const { vault, names, companies } = await read(text);
    expect(names).toEqual([name]);
    expect(companies).toEqual([company]);
    expect(vault.people[0]?.['birthday']).toBe(birthday);
    expect(values(vault.people[0]?.['phones'], 'e164')).toEqual([expect.stringMatching(/^\+\d{11,12}$/)]);
  });

  it('in a language nobody taught us stand over two kinds of values, and never become a person', async () => {
    const { reading, rows } = await read(
      'Vezetéknév;Keresztnév;Mobilszám;Drótposta\nNagy;Éva;+36 30 123 4567;eva@x.hu\n',
    );
    expect(reading.headerRow).toBe(1);
    expect(rows).toMatchObject({ read: 1, created: 1 });
  });

  it('lose against values that contradict a guess', async () => {
    const { field, vault } = await read(
      'First Name,Last Name,Persona,Client since,Agreement accepted,Паспорт,NIF,IMEI,Office no.\nGrace,Hopper,Engineer,2024-03-09,yes,4509 123456,5252344078,490154203237518,+1 202 555 0143\n',
    );
    for (const header of ['Client since', 'Agreement accepted', 'Паспорт', 'IMEI']) expect(field(header)).toBe('extra');
    expect(field('Persona')).not.toMatch(/^name/);
    expect(field('Office no.')).toBe('phone');
    expect(values(vault.people[0]?.['phones'], 'e164')).toEqual(['+12025550143']);
    expect(vault.of('contract')).toEqual([]);
  });

  it('of a colleague do not give the row’s person another telephone', async () => {
    const { vault } = await read(
      'Организация;Менеджер;Телефон менеджера;Контактное лицо;Телефон\nООО Ель;Смирнова;84950000001;Лесов Пётр;84951234567\n',
    );
    expect(values(vault.people[0]?.['phones'], 'e164')).toEqual(['+74951234567']);
    expect(extra(vault.people[0])).toMatchObject({ 'Телефон менеджера': '84950000001' });
  });

  it('that name two things part the cell', async () => {
    const { vault } = await read(
      'Участник;Организация, должность\nСафина Гульнара;АО «Татэнерго», начальник отдела\nКим Олег;директор, ООО «Старт»\n',
    );
    expect(jobs(vault)).toEqual({ Сафина: 'АО «Татэнерго»', Ким: 'ООО «Старт»' });
    expect(vault.of('affiliation').map((one) => one.data['jobTitle'])).toEqual(['начальник отдела', 'директор']);
  });
});

describe('values', () => {
  it.each([
    ['8 9О3 123-45-б7', '+79031234567'],
    ['8903123456', undefined],
    ['8 (727) 250-11-22', '+77272501122'],
    ['8 916 111 22 33 до 18:00', '+79161112233'],
    ['8 916 111-22-33 с 9 до 18', '+79161112233'],
    ['?? 495 123-45-67 ???. 12', '+74951234567'],
    ['8 916 111 22 33 (Мария, жена)', '+79161112233'],
  ])('telephone «%s» is %s and nobody else’s', (text, e164) => {
    const { phones } = parsePhones(text);
    expect(phones.map((phone) => phone.e164)).toEqual([e164]);
  });

  it('days with points and with slashes are decided apart, and columns help each other', async () => {
    const mixed = inferDateOrder(['12.03.1980', '3/14/85'], 'dmy');
    const options = { epoch: 1900, birthday: true, today: '2026-01-01', ...mixed } as const;
    expect(parseDateText('12.03.1980', options)).toEqual({ kind: 'date', date: '1980-03-12' });
    expect(parseDateText('3/4/85', options)).toEqual({ kind: 'date', date: '1985-03-04' });
    const { vault, plan } = await read(
      'First Name,Last Name,Birthday,Last Contact\nAnn,Lee,03/04/1980,12/25/2023\nBob,Fox,05/06/1981,01/31/2024\n',
    );
    expect(vault.people.map((person) => person['birthday'])).toEqual(['1980-03-04', '1981-05-06']);
    expect(codes(plan)).toContain('0:dateOrderMonth');
  });

  it.each([
    ['García Márquez, Gabriel', { family: 'García Márquez', given: 'Gabriel' }],
    ['J. R. R. Tolkien', { family: 'Tolkien', given: 'J. R. R.' }],
    ['Mr Smith', { family: 'Smith', prefix: 'Mr' }],
    ['де Бур Ян', { family: 'де Бур', given: 'Ян' }],
    ['Ян де Бур', { family: 'де Бур', given: 'Ян' }],
    ['2) Иванов Пётр', { family: 'Иванов', given: 'Пётр' }],
    ['Иванов ИИ', { family: 'Иванов', given: 'И.', patronymic: 'И.' }],
  ])('name «%s»', (text, name) => {
    expect(parseFullName(text).name).toMatchObject(name);
  });

  it('of a name on two lines are one person, and what stands beside a name is kept', async () => {
    const { names, vault } = await read('ФИО;Телефон\n"Петров\nОлег";89161112233\n');
    expect(names).toEqual([{ family: 'Петров', given: 'Олег' }]);
    const two = await read('Имя,Телефон\n"Иван, Олег",89161234567\nПётр,89161234568\n');
    expect(JSON.stringify(two.vault.people[0])).toContain('Олег');
    expect(vault.people).toHaveLength(1);
  });

  it('that say «сам» or «нет» in place of a name make nobody', async () => {
    const { vault, companies } = await read(
      'Поставщик;Контакт;Телефон\nИП Гусев П.П.;сам;84967123456\nООО Ель;нет;84951234567\n',
    );
    expect(vault.people).toEqual([]);
    expect(companies).toEqual(['ИП Гусев П.П.', 'ООО Ель']);
  });

  it('of several rows about one new person stand line below line, and come once', async () => {
    const text = 'Название сделки;ФИО;Телефон\nЛес;Лесов Пётр;89161112233\nДрова;Лесов Пётр;89161112233\n';
    const { vault } = await read(text);
    expect(extra(vault.people[0])).toEqual({ 'Название сделки': 'Лес\nДрова' });
    expect((await read(text, vault)).rows).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });
});

describe('who is who', () => {
  it('ids of two unnamed sources join nobody, ids of one do', async () => {
    const vault = new MemoryVault();
    await read('ID;ФИО;Телефон\n1;Иванов Иван;89161112233\n', vault);
    expect((await read('ID;ФИО;Телефон\n1;Петрова Анна;89161112255\n', vault)).rows).toMatchObject({ created: 1 });
    expect((await read('ID;ФИО;Телефон\n1;Иванов Иван;89161119999\n', vault)).rows).toMatchObject({ updated: 1 });
    const firms = new MemoryVault();
    await read('Код;Контрагент\n001;ООО Ель\n', firms);
    expect((await read('Код;Контрагент\n001;ООО Сосна\n', firms)).rows).toMatchObject({ created: 1 });
    expect((await read('Код;Контрагент\n001;Ель\n', firms)).rows).toMatchObject({ unchanged: 1 });
  });

  it('the id in a list of deals is no person’s', async () => {
    const { vault } = await read('ID;Название сделки;ФИО;Телефон\n1;Лес;Лесов Пётр;89161112233\n');
    expect(vault.people[0]?.['externalIds']).toBeUndefined();
  });

  it('rows that agree in everything but the birthday are named', async () => {
    const { plan, rows } = await read(
      'ФИО;Email;Телефон;Дата рождения\nИванов Иван Иванович;i@i.ru;89161234567;01.02.1980\nИванов Иван Иванович;i@i.ru;89161234567;05.06.1985\n',
    );
    expect(rows).toMatchObject({ created: 2 });
    expect(codes(plan)).toContain('3:maybePersonInFile');
  });
});

describe('shapes of tables', () => {
  it.each([
    [
      'a header in a second language',
      'First Name,Last Name,Email\nИмя,Фамилия,Почта\nИван,Иванов,i@i.ru\n',
      ['2:skippedRepeatedHeader'],
      1,
    ],
    [
      'another table below',
      'Организация;ИНН;Телефон\nООО Ель;7707083893;84951234567\n\nКонтакты\nФИО;E-mail\nЛесов Пётр;l@el.ru\n',
      ['4:skippedOtherTable', '5:skippedOtherTable', '6:skippedOtherTable'],
      1,
    ],
    [
      'words of one kind after a gap are data',
      'Название;Тип;Телефон\nООО Ель;Партнер;84951234567\n\nДилер;Партнер;\nСосна;Поставщик;84951234568\n',
      [],
      3,
    ],
    [
      'folders of a catalogue',
      'Код;Наименование;Это группа\n001;Покупатели;Истина\n002;ООО Ель;Ложь\n',
      ['2:skippedFolder'],
      1,
    ],
    [
      'lines below a report',
      'First Name,Last Name,Account Name,Email\nRuth,Gins,Columbia,r@c.com\n\nContacts by Account,,,\nFiltered By: all,,,\nAcme Trading,,,\n',
      ['4:skippedFooter', '5:skippedFooter', '6:skippedFooter'],
      1,
    ],
    [
      'remarks below a list',
      'ФИО;Телефон;Почта\nИванов Иван;89161234567;i@i.ru\n* уволены;;\nОбновлено: Смирнова, 12.05.2024;;\n',
      ['3:skippedFooter', '4:skippedFooter'],
      1,
    ],
    [
      'names of departments over their people',
      'ФИО;Телефон;Почта\nОтдел продаж;;\nИванов Иван;89161112233;i@i.ru\nПоставщики;;\nОрлова Анна;89161112234;o@o.ru\n',
      ['2:skippedGroupName', '4:skippedGroupName'],
      2,
    ],
    [
      'a person alone after a gap is a person',
      'ФИО;Телефон;Почта\nИванов Иван;89161234567;i@i.ru\n\nСидоров Олег;;\n',
      [],
      2,
    ],
  ])('%s', async (_, text, expected, created) => {
    const { plan, rows } = await read(text);
    expect(excluded(plan)).toEqual(expected);
    expect(rows).toMatchObject({ created });
  });

  it.each([
    [
      'of people',
      'ФИО;Иванов Иван;Петрова Анна\nКомпания;Луч;Мир\nТелефон;89161234567;89161234568\nEmail;i@i.ru;p@p.ru\n',
      ['Иванов', 'Петрова'],
    ],
    [
      'of one person, with a title',
      'Карточка клиента;\n;\nФамилия;Громов\nИмя;Егор\nТелефон;89161234567\nЛюбимый цвет;синий\n',
      ['Громов'],
    ],
  ])('a table on its side %s is turned', async (_, text, families) => {
    const { plan, names, vault } = await read(text);
    expect(names.map((name) => (name as Record<string, string>)['family'])).toEqual(families);
    expect(codes(plan)).toContain('0:turnedTable');
    expect(values(vault.people[0]?.['phones'], 'e164')).toEqual(['+79161234567']);
  });

  it('a table that stands is not turned, whatever its first column says', async () => {
    const { plan } = await read(
      'Отдел;Телефон;Почта\nТелефон;89161234567;a@a.ru\nФакс;89161234568;b@b.ru\nАдрес;89161234569;c@c.ru\n',
    );
    expect(codes(plan)).not.toContain('0:turnedTable');
  });

  it('two tables side by side do not mix their people', async () => {
    const { vault, plan } = await read('ФИО;Телефон;;ФИО;Телефон\nИванов Пётр;89161110001;;Орлова Анна;89161110002\n');
    expect(values(vault.people[0]?.['phones'], 'e164')).toEqual(['+79161110001']);
    expect(extra(vault.people[0])).toEqual({ 'ФИО (2)': 'Орлова Анна', 'Телефон (2)': '89161110002' });
    expect(codes(plan)).toContain('0:sideBySide');
  });

  it.each([
    [
      'cards',
      'ФИО: Лесов Пётр\nТелефон: 89161112233\nEmail: l@el.ru\n\nФИО: Борова Анна\nТелефон: 89161112234\n',
      ['Лесов', 'Борова'],
    ],
    ['fields in single quotes', "'ФИО','Телефон'\n'Лесов Пётр','89161112233'\n", ['Лесов']],
    [
      'names and telephones without a sign between',
      'Лесов Пётр 89161112233\nБорова Анна 89161112234\n',
      ['Лесов', 'Борова'],
    ],
    ['a line of addresses', 'Лесов Пётр <l@el.ru>; Борова Анна <b@el.ru>', ['Лесов', 'Борова']],
  ])('%s are read', async (_, text, families) => {
    const { names } = await read(text);
    expect(names.map((name) => (name as Record<string, string>)['family'])).toEqual(families);
  });

  it('the header is found below a long preamble', async () => {
    const preamble = Array.from({ length: 60 }, (_, i) => `Комментарий отчёта, строка ${i};;`).join('\n');
    const { reading } = await read(`${preamble}\nФИО;Телефон;Почта\nИванов Иван;89161112233;i@i.ru\n`);
    expect(reading.headerRow).toBe(61);
  });
});

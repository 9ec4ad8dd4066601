import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PersonName } from '../../../shared/model/records.ts';
import { codes, importInto, MemoryVault } from '../../fixtures/import/work.ts';

const sum = (rows: { created: number; updated: number; unchanged: number; skipped: number; failed: number }): number =>
  rows.created + rows.updated + rows.unchanged + rows.skipped + rows.failed;
const start = (text: string, options?: Parameters<typeof importInto>[2]) =>
  importInto(new MemoryVault(), text, options);
const values = (set: unknown): readonly Record<string, unknown>[] =>
  Object.values((set ?? {}) as Record<string, Record<string, unknown>>);

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('a plan', () => {
  it('makes people, their organisation, job, contract and keeps what has no place', async () => {
    const { vault, rows } = await start(
      'ФИО;Организация;ИНН;Должность;Моб.;E-mail;Город;ДР;Комментарий;Менеджер;№ договора;Дата договора;Сумма;Любимый цвет\n' +
        'Иванов Иван Иванович;ООО "Ромашка";7707083893;Директор;8 (916) 123-45-67;ivan@x.ru;Москва;01.02.80;Любит чай;Петрова;12-А;01.02.2024;1 200,50;синий\n',
    );
    expect(rows).toEqual({ read: 1, created: 1, updated: 0, unchanged: 0, skipped: 0, failed: 0 });
    const [person] = vault.people;
    expect(person).toMatchObject({
      name: { family: 'Иванов', given: 'Иван', patronymic: 'Иванович' },
      birthday: '1980-02-01',
      summary: 'Любит чай',
      owner: 'Петрова',
    });
    expect(values(person?.['phones'])).toMatchObject([{ e164: '+79161234567', label: 'mobile' }]);
    expect(values(person?.['emails'])).toMatchObject([{ value: 'ivan@x.ru' }]);
    expect(values(person?.['addresses'])).toMatchObject([{ city: 'Москва' }]);
    expect(values(person?.['extra'])).toEqual([{ header: 'Любимый цвет', value: 'синий' }]);
    expect(vault.organisations).toMatchObject([{ name: 'ООО "Ромашка"', legalIds: { inn: '7707083893' } }]);
    expect(vault.of('affiliation')[0]?.data).toMatchObject({ jobTitle: 'Директор', primary: true });
    expect(vault.of('contract')[0]?.data).toMatchObject({
      number: '12-А',
      signedOn: '2024-02-01',
      value: { minor: 120050, currency: 'RUB' },
    });
  });
  it.each([
    // The year has begun in Kamchatka and not yet in Newfoundland; by UTC it is 31 December.
    ['Asia/Kamchatka', '2026-12-31T12:30:00Z', '2027-02-01'],
    ['America/St_Johns', '2027-01-01T03:00:00Z', '1927-02-01'],
  ])('reads a birth year of two digits by the year that it is here: %s', async (zone, now, birthday) => {
    vi.stubEnv('TZ', zone);
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) });
    const { vault } = await start('ФИО;Дата рождения\nИванов Иван;01.02.27\n');
    expect(vault.people).toMatchObject([{ birthday }]);
  });
  it('joins sure duplicates by filling what is empty', async () => {
    const { vault, rows, plan } = await start(
      'ФИО;Телефон;E-mail;Город\nИванов Иван;89161234567;;Москва\nИванов Иван Петрович;+7 916 123-45-67;i@x.ru;\n',
    );
    expect(rows).toMatchObject({ created: 1, updated: 1 });
    expect(vault.people).toHaveLength(1);
    expect(vault.people[0]).toMatchObject({ name: { family: 'Иванов', given: 'Иван', patronymic: 'Петрович' } });
    expect(codes(plan)).toContain('3:joinedInFile');
  });
  it('keeps doubtful pairs apart and names them', async () => {
    const { vault, plan } = await start(
      'ФИО;E-mail;Телефон\nИванов Иван;a@x.ru;\nИванов Иван;b@y.ru;\nПетрова Анна;one@x.ru;\nПетров Пётр;one@x.ru;\n',
    );
    expect(vault.people).toHaveLength(4);
    expect(codes(plan)).toEqual(['3:maybePersonInFile', '5:maybePersonInFile']);
    expect(plan.duplicates.map((one) => one.band)).toEqual(['maybe', 'maybe']);
  });
  it.each([
    ['another patronymic', 'Иванов Иван Иванович;1980-01-01', 'Иванов Иван Петрович;1980-01-01'],
    ['another birthday', 'Иванов Иван Иванович;1980-01-01', 'Иванов Иван Иванович;1981-05-05'],
  ])('%s forbids joining whatever else agrees', async (_, first, second) => {
    const { vault } = await start(`ФИО;ДР;Телефон;E-mail\n${first};89161234567;i@x.ru\n${second};89161234567;i@x.ru\n`);
    expect(vault.people).toHaveLength(2);
  });
  it('never joins on a first name alone', async () => {
    const { vault } = await start('Имя;Телефон\nИван;89161234567\nИван;89031234567\n');
    expect(vault.people).toHaveLength(2);
  });
  it('meets ё and е, initials, transliteration and role mailboxes as people do', async () => {
    const { vault } = await start(
      'ФИО;Телефон;E-mail;Организация\nФёдоров Семён;89161234567;info@x.ru;ООО Ромашка\nФедоров С.;89161234567;;Ромашка\nFedorov Semen;89161234567;;\nКозлов Олег;;info@x.ru;ООО Ромашка\n',
    );
    expect(vault.people).toHaveLength(2);
    expect(values(vault.people[0]?.['otherNames'])).toMatchObject([{ family: 'Fedorov', given: 'Semen' }]);
    expect(vault.organisations).toHaveLength(1);
  });
  it('takes four spellings of a company for one, and another legal form for a doubt', async () => {
    const { vault, plan } = await start(
      'Название;Телефон\nООО "Ромашка";84951234567\nРомашка, ООО;\nRomashka LLC;\n«РОМАШКА»;\nАО "Ромашка";84957654321\n',
    );
    expect(vault.organisations.map((one) => one['name'])).toEqual(['ООО "Ромашка"', 'АО "Ромашка"']);
    expect(codes(plan)).toContain('6:maybeOrganisationInFile');
  });
  it('keeps companies with different tax numbers apart, and one number together', async () => {
    const { vault } = await start(
      'Название;ИНН\nООО Ромашка;7707083893\nООО Ромашка;7736050003\nПАО Сбербанк;7707083893\n',
    );
    expect(vault.organisations).toHaveLength(2);
  });
  it('tells people from companies in one column', async () => {
    const { vault } = await start(
      'Клиент;Телефон\nООО "Ромашка";84951234567\nИванов Иван Петрович;89161234567\nИП Сидоров А. А.;89031234567\n',
    );
    expect(vault.people).toMatchObject([{ name: { family: 'Иванов' } }]);
    expect(vault.organisations).toHaveLength(2);
  });
  it('drops no row silently: phone-only rows are people, empty rows are named', async () => {
    const { vault, rows, plan } = await start('ФИО;Телефон;Сумма\n;89161234567;\n;;\n-;;5\nИтого;;5\n');
    expect(vault.people).toHaveLength(1);
    expect(rows).toEqual({ read: 3, created: 1, updated: 0, unchanged: 0, skipped: 2, failed: 0 });
    expect(codes(plan)).toEqual(['4:nothingToImport', '5:skippedTotal']);
  });
  it('keeps every value of a cell and of equal columns', async () => {
    const { vault } = await start(
      'ФИО;Телефон;Телефон;E-mail\nИванов Иван;89161234567, 84951234567;89031234567;a@x.ru; b@x.ru\n'.replace(
        'a@x.ru; b@x.ru',
        '"a@x.ru; b@x.ru"',
      ),
    );
    expect(values(vault.people[0]?.['phones']).map((phone) => phone['e164'])).toEqual([
      '+79161234567',
      '+74951234567',
      '+79031234567',
    ]);
    expect(values(vault.people[0]?.['emails']).map((email) => email['value'])).toEqual(['a@x.ru', 'b@x.ru']);
  });
  it('reports damage and never repairs it by invention', async () => {
    const { vault, plan } = await start(
      'ФИО;Телефон;ИНН;Организация;ДР\nИванов Иван;7.9161E+10;274062111;ООО А;до конца года\nPeтров Пётр;нет;7707083894;ООО Б;#Н/Д\n',
    );
    expect(codes(plan)).toEqual(
      expect.arrayContaining([
        '2:phoneDamaged',
        '2:legalIdRestoredZero',
        '2:dateNotRead',
        '3:legalIdWrongCheck',
        '3:mixedLetters',
      ]),
    );
    expect(values(vault.people[0]?.['phones'])).toMatchObject([{ value: '7.9161E+10' }]);
    expect(values(vault.people[0]?.['phones'])[0]).not.toHaveProperty('e164');
  });
  it('asks once about a column whose dates may be read in two ways', async () => {
    const { plan } = await start('Name,Birthday,Email\nJohn Smith,1/2/1980,j@x.com\nAnn Lee,3/4/1981,a@x.com\n');
    expect(codes(plan).filter((code) => code.includes('dateOrder'))).toEqual(['0:dateOrderDay']);
  });
  it('reads a birthday in three columns and Google labels beside their values', async () => {
    const { vault } = await start(
      'Имя,Фамилия,Год рождения,Месяц рождения,День рождения,Псевдоним,Номер сотового телефона\nИван,Иванов,1980,2,9,Ваня,89161234567\n',
    );
    expect(vault.people[0]).toMatchObject({ birthday: '1980-02-09', name: { nickname: 'Ваня' } });
    const google = await start(
      'First Name,Last Name,Labels,Phone 1 - Label,Phone 1 - Value,E-mail 1 - Label,E-mail 1 - Value\nИван,Иванов,* myContacts ::: Клиенты,Рабочий,+7 495 123-45-67 ::: +7 495 765-43-21,* Home,i@x.ru\n',
    );
    expect(values(google.vault.people[0]?.['phones'])).toMatchObject([{ label: 'work' }, { label: 'work' }]);
    expect(values(google.vault.people[0]?.['emails'])).toMatchObject([{ label: 'home' }]);
    expect(Object.keys(google.vault.people[0]?.['tags'] as object)).toEqual(['Клиенты']);
  });
  it('reads local telephones by the country the file speaks of, and invents none', async () => {
    const phones = async (text: string) =>
      (await start(text)).vault.people.flatMap((person) => values(person['phones']).map((phone) => phone['e164']));
    expect(await phones('Name,Phone\nJohn Smith,(415) 555-2671\nMary Jones,917-555-2672\n')).toEqual([
      '+14155552671',
      '+19175552672',
    ]);
    expect(await phones('Name,Phone\nIvan Petrov,8 916 123-45-67\nAnna Petrova,9031234567\n')).toEqual([
      '+79161234567',
      '+79031234567',
    ]);
    expect(await phones('Name,Phone\nJohn Smith,4155552671\n')).toEqual([undefined]);
    expect(await phones('Name,Phone\nHans Meier,+49 89 1234567\nGreta Meier,089 7654321\n')).toEqual([
      '+49891234567',
      '+49897654321',
    ]);
  });
  it('finds names and companies that stand in the wrong column', async () => {
    const { vault } = await start('Фамилия;Имя;Телефон\nИванов Иван;;89161234567\nПетров;Пётр Ильич;89031234567\n');
    expect(vault.people.map((person) => person['name'])).toEqual([
      { family: 'Иванов', given: 'Иван' },
      { family: 'Петров', given: 'Пётр', patronymic: 'Ильич' },
    ]);
    const mixed = await start('ФИО;Телефон\nИванов Иван;89161234567\nООО "Ромашка";84951234567\n');
    expect([mixed.vault.people.length, mixed.vault.organisations.length]).toEqual([1, 1]);
  });
  it('knows people of the vault, and policies say what happens to them', async () => {
    const first = 'ФИО;Телефон;E-mail;Город\nИванов Иван;89161234567;;Москва\n';
    const second =
      'ФИО;Телефон;E-mail;Город;Пол\nИванов Иван;89161234567;i@x.ru;Тверь;м\nНовый Человек;89031234567;;;\n';
    for (const [policy, expected] of [
      ['fill', { created: 1, updated: 1, skipped: 0 }],
      ['skip', { created: 1, updated: 0, skipped: 1 }],
      ['separate', { created: 2, updated: 0, skipped: 0 }],
    ] as const) {
      const vault = new MemoryVault();
      await importInto(vault, first);
      const { rows } = await importInto(vault, second, { policy });
      expect(rows).toMatchObject(expected);
      expect(sum(rows)).toBe(rows.read);
    }
  });
  it('makes a skipped row’s company when a later row needs it', async () => {
    const vault = new MemoryVault();
    await importInto(vault, 'ФИО;E-mail\nИванов Иван;i@x.ru\n');
    await importInto(
      vault,
      'ФИО;E-mail;Организация\nИванов Иван;i@x.ru;ООО Ромашка\nПетров Пётр;p@x.ru;ООО Ромашка\nСидоров Олег;s@x.ru;Ромашка\n',
      { policy: 'skip' },
    );
    expect(vault.organisations).toHaveLength(1);
  });
});

describe('the same file again', () => {
  it.each([
    [
      'people with everything',
      'ФИО;Организация;Должность;Телефон;E-mail;Город;ДР;Комментарий;Пол;Метки;Сайт;№ договора;Сумма\nИванов Иван Иванович;ООО "Ромашка";Директор;89161234567;i@x.ru;Москва;1980;чай;м;VIP, опт;x.ru;12;5,5\nИванов И.И.;Ромашка;;89161234567;;;;;;;;;\n',
    ],
    ['names alone', 'ФИО\nИванов Иван\nПетров Пётр\nПетров Пётр Ильич\nОльга\n'],
    ['doubtful twins', 'ФИО;E-mail\nИванов Иван;a@x.ru\nИванов Иван;b@x.ru\nПетров Пётр;a@x.ru\n'],
    ['companies', 'Название;ИНН;Юр. адрес;Телефон\nООО А;7707083893;Москва;84951234567\nАО А;;;\nИП Иванов;;;\n'],
    [
      'LinkedIn without e-mail',
      'First Name,Last Name,URL,Email Address,Company,Position,Connected On\nJohn,Smith,https://www.linkedin.com/in/js,,Acme,CEO,12 Mar 2024\nJohn,Smith,https://www.linkedin.com/in/js2,,Beta,CTO,12 Mar 2024\n',
    ],
    ['jobs without an employer', 'ФИО;Должность\nИванов Иван;Директор\nПетров Пётр;Бухгалтер\n'],
    ['telephones alone', 'Телефон\n89161234567\n84951234567\n123-45-67\n'],
    [
      'deals',
      'ID;Название сделки;Бюджет;Полное имя контакта;Компания контакта;Мобильный телефон;Теги;Этап сделки;Воронка\n1;Поставка;5000;Иванов Иван;ООО А;89161234567;опт;Новая;Основная\n',
    ],
  ])('changes nothing: %s', async (_, text) => {
    const vault = new MemoryVault();
    const first = await importInto(vault, text);
    expect(first.changes.length).toBeGreaterThan(0);
    const again = await importInto(vault, text);
    expect(again.changes).toEqual([]);
    expect(again.rows).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: first.rows.read - first.rows.skipped,
      skipped: first.rows.skipped,
    });
  });
  it('changes nothing when it is read a second time with its rows in another order', async () => {
    const rows = [
      'Иванов Иван;89161234567;a@x.ru',
      'Петров Пётр;89031234567;b@x.ru',
      'Сидорова Анна;89261234567;c@x.ru',
    ];
    const vault = new MemoryVault();
    await importInto(vault, `ФИО;Телефон;E-mail\n${rows.join('\n')}\n`);
    expect((await importInto(vault, `ФИО;Телефон;E-mail\n${[...rows].reverse().join('\n')}\n`)).changes).toEqual([]);
  });
});

const cell = fc.oneof(
  fc.constantFrom(
    '',
    '-',
    'Иванов Иван',
    'Иванов И.И.',
    'Петрова Анна Сергеевна',
    'John Smith',
    'ООО "Ромашка"',
    'Ромашка',
    'i@x.ru',
    'info@x.ru',
    'a@b.ru; c@d.ru',
    '89161234567',
    '+7 495 123-45-67 доб. 5',
    '7.9E+10',
    '01.02.1980',
    '31.02.2020',
    'Итого',
    'Страница 2',
    '#Н/Д',
    '__proto__',
    '7707083893',
    '1 200,50',
    '"',
    ';',
    'Директор',
  ),
  fc.string({ maxLength: 12 }),
);
const header = fc.constantFrom(
  'ФИО',
  'Имя',
  'Фамилия',
  'Организация',
  'Клиент',
  'Телефон',
  'E-mail',
  'ДР',
  'Должность',
  'ИНН',
  'Комментарий',
  'Сумма',
  '№ договора',
  'Город',
  'Адрес',
  'Контакты',
  'Метки',
  '__proto__',
  'Что-то',
);
const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const anyTable = fc
  .tuple(
    fc.array(header, { minLength: 1, maxLength: 6 }),
    fc.array(fc.array(cell, { minLength: 1, maxLength: 7 }), { maxLength: 12 }),
  )
  .map(([headers, rows]) => [headers, ...rows].map((row) => row.map(quote).join(';')).join('\n'));

describe('whatever the table holds', () => {
  it('the counts add up, every row is accounted for, and a second time changes nothing', {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, async (text) => {
        const vault = new MemoryVault();
        const first = await importInto(vault, text).catch((error: unknown) => {
          if ((error as { error?: { code?: string } }).error?.code === 'import.empty') return null;
          throw error;
        });
        if (!first) return;
        expect(sum(first.rows)).toBe(first.rows.read);
        expect(first.rows.read).toBe(first.reading.rowsTotal);
        expect(first.plan.planned.length + first.plan.notSaved.size).toBe(first.rows.read);
        for (const row of first.plan.notSaved.keys())
          expect(first.plan.problems.some((problem) => problem.row === row)).toBe(true);
        const again = await importInto(vault, text);
        expect(again.changes).toEqual([]);
      }),
      { numRuns: 1000 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
  it('a name survives the way into a record', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('Щукин', 'Ёжиков', 'Рыжих', 'Шевченко'),
        fc.constantFrom('Юрий', 'Алёна', 'Пётр'),
        fc.constantFrom('Ильич', 'Ивановна', 'Петрович'),
        async (family, given, patronymic) => {
          const { vault } = await start(`ФИО;Телефон\n${family} ${given} ${patronymic};89161234567\n`);
          expect(vault.people[0]?.['name'] as PersonName).toEqual({ family, given, patronymic });
        },
      ),
      { numRuns: 36 },
    );
  });
});

import { existsSync, openSync, ftruncateSync, closeSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as XLSX from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { openVaultService } from '../../electron/vault/service.ts';
import { IVANOV, LAYOUTS, type Layout, layoutText, SMITH, type Someone } from './layouts.ts';
import { encoded, folder, PASSPHRASE, rapport } from './support.ts';

interface Report {
  encoding: string;
  delimiter: string;
  sheet: string;
  headerRow: number;
  preset: string;
  columns: { header: string; field: string; confidence: number }[];
  rows: { read: number; created: number; updated: number; unchanged: number; skipped: number; failed: number };
  problems: { row: number; column: string; message: string; code: string }[];
  batch: string;
}
interface Refusal {
  error: { code: string; message: string; readings?: { encoding: string; sample: string }[] };
}
interface Person {
  name: { family?: string; given?: string; patronymic?: string };
  birthday?: string;
  summary?: string;
  source: string;
  phones: { e164: string; label: string }[];
  emails: { value: string }[];
  addresses?: { city?: string; street?: string; postcode?: string; country?: string; formatted?: string }[];
  affiliations: { jobTitle?: string; organisationName?: string }[];
}

const addsUp = ({ rows }: Report): boolean =>
  rows.read === rows.created + rows.updated + rows.unchanged + rows.skipped + rows.failed;

function file(dir: string, name: string, content: string | Uint8Array): string {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
}
const into = (dir: string): readonly string[] => ['--vault', join(dir, 'vault'), '--json'];

async function run(path: string, dir: string, ...more: readonly string[]): Promise<Report> {
  const result = await rapport(['import', path, ...into(dir), ...more]);
  expect(result.stderr).toBe('');
  expect(result.code).toBe(0);
  const report = result.json<Report>();
  expect(addsUp(report)).toBe(true);
  return report;
}
const people = async (dir: string): Promise<Person[]> =>
  (await rapport(['list', 'people', ...into(dir)])).json<Person[]>();

/** Fields that every layout must recognise, by what the person has there. */
const MUST: Partial<Record<keyof Someone, RegExp>> = {
  given: /^name\.(given|full)$/,
  family: /^name\.(family|full)$/,
  organisation: /^org\.name$/,
  job: /^jobTitle$/,
  work: /^phone/,
  mobile: /^phone/,
  email: /^email/,
  city: /^address/,
  birthday: /^birthday/,
  notes: /^notes$/,
};

function expectPerson(found: Person | undefined, one: Someone, { without = [] }: Layout): void {
  const has = (part: keyof Someone): boolean => !without.includes(part);
  expect(found?.name.family).toBe(one.family);
  expect([found?.name.given, found?.name.patronymic].filter(Boolean).join(' ')).toBe(
    has('patronymic') ? `${one.given} ${one.patronymic}` : one.given,
  );
  expect(found?.affiliations).toMatchObject([{ jobTitle: one.job, organisationName: one.organisation }]);
  expect(found?.emails.map((email) => email.value)).toEqual([one.email]);
  if (has('work'))
    expect(found?.phones.find(({ label }) => label === 'work')?.e164).toBe(one.work.replaceAll(/[^+\d]/g, ''));
  if (has('mobile'))
    expect(found?.phones.find(({ label }) => label === 'mobile')?.e164).toBe(
      one.mobile.replace(/^8/, '+7').replaceAll(/[^+\d]/g, ''),
    );
  if (has('birthday')) expect(found?.birthday).toBe(one.birthday.split('.').reverse().join('-'));
  if (has('notes')) expect(found?.summary).toBe(one.notes);
  const [address] = found?.addresses ?? [];
  for (const part of ['city', 'street', 'postcode', 'country'] as const) {
    if (has(part)) expect(address?.[part] ?? address?.formatted).toContain(one[part]);
  }
  expect(found?.source).toMatch(/^import:/);
}

/** Milliseconds: several processes at the same time on a small machine. */
const SLOW = 180_000;

describe('import of the layouts that people export', () => {
  it.concurrent.for(LAYOUTS.map((layout) => [layout.name, layout] as const))(
    '%s: every column lands where it belongs, and a second import finds nothing to do',
    { timeout: SLOW },
    async ([, layout], { onTestFinished }) => {
      const dir = folder(onTestFinished);
      const text = layoutText(layout);
      const path = file(
        dir,
        'contacts.csv',
        layout.language === 'ru' ? encoded(text.replaceAll('\n', '\r\n'), 'windows-1251') : text,
      );
      const report = await run(path, dir);
      expect(report.encoding).toBe(layout.language === 'ru' ? 'windows-1251' : 'utf-8');
      expect(report.delimiter).toBe(layout.delimiter);
      if (layout.preset !== undefined) expect(report.preset).toMatch(layout.preset);
      expect(report.headerRow).toBe((layout.before ?? '').split('\n').length);
      expect(report.rows).toMatchObject({ created: 2, updated: 0, unchanged: 0, failed: 0 });
      expect(report.batch).not.toBe('');
      for (const [header, value] of layout.columns) {
        const parts = (Object.keys(MUST) as (keyof Someone)[]).filter(
          (part) => value(IVANOV) === IVANOV[part] && value(SMITH) === SMITH[part],
        );
        const [part] = parts;
        if (part)
          expect(
            report.columns.find((column) => column.header === header.replaceAll(/ +/g, ' '))?.field,
            header,
          ).toMatch(MUST[part] as RegExp);
      }
      const found = await people(dir);
      expect(found).toHaveLength(2);
      for (const one of [IVANOV, SMITH])
        expectPerson(
          found.find(({ name }) => name.family === one.family),
          one,
          layout,
        );
      const again = await run(path, dir);
      expect(again.rows).toMatchObject({ created: 0, updated: 0, unchanged: 2, failed: 0 });
      expect(again.batch).toBe('');
    },
  );
});

const TABLE =
  'Фамилия;Имя;Телефон;Эл. почта\nИванов;Иван;8 916 123-45-67;ivanov@romashka.ru\nПетрова;Анна;8 916 123-45-68;petrova@romashka.ru\n';

describe('import command', () => {
  it('reports exactly what was promised to scripts', async () => {
    const dir = folder();
    const report = await run(file(dir, 'a.csv', TABLE), dir);
    expect(Object.keys(report)).toEqual(
      expect.arrayContaining([
        'encoding',
        'delimiter',
        'sheet',
        'headerRow',
        'preset',
        'columns',
        'rows',
        'problems',
        'batch',
      ]),
    );
    expect(report.columns).toEqual([
      { header: 'Фамилия', field: 'name.family', confidence: 1 },
      { header: 'Имя', field: 'name.given', confidence: 1 },
      { header: 'Телефон', field: 'phone', confidence: 1 },
      { header: 'Эл. почта', field: 'email', confidence: 1 },
    ]);
    expect(report.rows).toEqual({ read: 2, created: 2, updated: 0, unchanged: 0, skipped: 0, failed: 0 });
    const hits = await rapport(['search', 'иванов', ...into(dir)]);
    expect(hits.json<{ title: string }[]>().map((hit) => hit.title)).toEqual(['Иванов Иван']);
  });

  it('saves nothing in a dry run, and makes no vault for it', async () => {
    const dir = folder();
    const path = file(dir, 'a.csv', TABLE);
    const dry = await run(path, dir, '--dry-run');
    expect(dry.rows.created).toBe(2);
    expect(dry.batch).toBe('');
    expect(existsSync(join(dir, 'vault'))).toBe(false);
    await run(path, dir);
    const other = file(
      dir,
      'b.csv',
      TABLE.replace('Петрова', 'Сидорова').replace('45-68', '45-69').replace('petrova', 'sidorova'),
    );
    expect((await run(other, dir, '--dry-run')).rows).toMatchObject({ created: 1, unchanged: 1 });
    expect(await people(dir)).toHaveLength(2);
  });

  it('joins sure duplicates by filling empty fields and keeps doubtful ones apart, by name', async () => {
    const dir = folder();
    await run(file(dir, 'a.csv', TABLE), dir);
    const more = file(
      dir,
      'b.csv',
      'Фамилия;Имя;Отчество;Телефон;Эл. почта\nИванов;Иван;Петрович;+7 (916) 123-45-67;second@romashka.ru\nПетрова;Анна;;;\nИванов;Иван;Петрович;;second@romashka.ru\n',
    );
    const report = await run(more, dir);
    expect(report.rows).toMatchObject({ read: 3, skipped: 0, failed: 0 });
    const found = await people(dir);
    const ivanov = found.filter(({ name }) => name.family === 'Иванов');
    expect(ivanov).toHaveLength(1);
    expect(ivanov[0]?.name.patronymic).toBe('Петрович');
    expect(ivanov[0]?.emails.map((email) => email.value)).toEqual(['ivanov@romashka.ru', 'second@romashka.ru']);
    expect(report.rows.updated).toBe(1);
    const named = report.problems.filter(({ row }) => row === 3).map(({ message }) => message);
    const petrova = found.filter(({ name }) => name.family === 'Петрова');
    expect(petrova.length === 1 || named.some((message) => message.includes('Петрова'))).toBe(true);
  });

  it('follows the policy: skip leaves rows out, separate makes them anew, overwrite replaces', async () => {
    const dir = folder();
    await run(file(dir, 'a.csv', 'Фамилия;Имя;Эл. почта;Пол\nИванов;Иван;i@x.ru;м\n'), dir);
    const changed = file(dir, 'b.csv', 'Фамилия;Имя;Эл. почта;Пол\nИванов;Иван;i@x.ru;ж\n');
    expect((await run(changed, dir, '--policy', 'skip')).rows).toMatchObject({ skipped: 1, created: 0 });
    const filled = await run(changed, dir);
    expect(filled.rows).toMatchObject({ unchanged: 1 });
    expect(filled.problems.map(({ code }) => code)).toContain('keptExisting');
    expect((await run(changed, dir, '--policy', 'overwrite')).rows).toMatchObject({ updated: 1 });
    expect((await run(changed, dir, '--policy', 'separate')).rows).toMatchObject({ created: 1 });
    expect(await people(dir)).toHaveLength(2);
  });

  it('can be taken back: what was created goes, what was filled returns, and the file can come again', async () => {
    const dir = folder();
    await run(file(dir, 'a.csv', TABLE), dir);
    const second = file(
      dir,
      'b.csv',
      'Фамилия;Имя;Отчество;Эл. почта\nИванов;Иван;Петрович;ivanov@romashka.ru\nНовиков;Олег;;novikov@x.ru\n',
    );
    const { batch } = await run(second, dir);
    const vault = openVaultService({ dir: join(dir, 'vault') });
    await vault.open({ secret: PASSPHRASE });
    const undone = await vault.undo(batch, { actor: 'tester' });
    await vault.close();
    expect(undone.kept).toEqual([]);
    expect(undone.errored).toEqual([]);
    const found = await people(dir);
    expect(new Set(found.map(({ name }) => name.family))).toEqual(new Set(['Иванов', 'Петрова']));
    expect(found).toHaveLength(2);
    expect(found.find(({ name }) => name.family === 'Иванов')?.name.patronymic).toBeUndefined();
    expect((await run(second, dir)).rows).toMatchObject({ created: 1, updated: 1 });
  });

  it('reads workbooks: the sheet asked for, numbers as telephone numbers, days as days', async () => {
    const dir = folder();
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['Сводка'], ['ничего']]), 'Сводка');
    const sheet = XLSX.utils.aoa_to_sheet([
      ['ФИО', 'Организация', 'Телефон', 'Дата рождения'],
      ['Иванов Иван Петрович', 'ООО «Ромашка»', 79161234567, { t: 'n', v: 27465, z: 'dd.mm.yyyy' }],
    ]);
    XLSX.utils.book_append_sheet(book, sheet, 'Контакты');
    const path = file(dir, 'book.xlsx', XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array);
    const report = await run(path, dir, '--sheet', 'Контакты');
    expect(report.sheet).toBe('Контакты');
    expect(await people(dir)).toMatchObject([
      {
        birthday: '1975-03-12',
        phones: [{ e164: '+79161234567' }],
        name: { family: 'Иванов', given: 'Иван', patronymic: 'Петрович' },
      },
    ]);
    const absent = await rapport(['import', path, ...into(dir), '--sheet', 'Лист9']);
    expect(absent.code).toBe(1);
    expect(absent.json<Refusal>().error).toMatchObject({ code: 'import.noSuchSheet' });
    expect(absent.stderr).toContain('Контакты');
  });
});

describe('refusals of the import command', () => {
  const refused = async (
    path: string,
    dir: string,
    env: Record<string, string | undefined> = {},
    ...more: readonly string[]
  ) => {
    const result = await rapport(['import', path, ...into(dir), ...more], env);
    expect(result.code).toBe(1);
    const { error } = result.json<Refusal>();
    expect(error.message).not.toBe('');
    expect(error.message).not.toContain('{{');
    expect(result.stderr).toBe(`rapport: ${error.message}\n`);
    expect(existsSync(join(dir, 'vault', 'vault.db'))).toBe(false);
    return error;
  };

  it('does not guess an encoding: it shows the readings, and reads by the one chosen', async () => {
    const dir = folder();
    // «ас», «рё», «ЮЯ» or “àñ”: nothing in the file tells which.
    const path = file(dir, 'x.csv', Uint8Array.of(...Buffer.from('a;b\n1;'), 0xe0, 0xf1, 0x0a));
    const error = await refused(path, dir);
    expect(error.code).toBe('import.encodingUnsure');
    expect(error.readings?.length).toBeGreaterThan(1);
    for (const { encoding, sample } of error.readings ?? []) {
      expect(sample).toContain(new TextDecoder(encoding).decode(Uint8Array.of(0xe0, 0xf1)));
    }
    expect((await run(path, dir, '--encoding', 'koi8-r', '--dry-run')).encoding).toBe('koi8-r');
  });

  it('refuses what is no spreadsheet, in the language asked for', async () => {
    const dir = folder();
    const binary = file(
      dir,
      'program.csv',
      Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256),
    );
    expect((await refused(binary, dir)).code).toMatch(/^import\./);
    expect((await refused(join(dir, 'missing.csv'), dir)).code).toBe('import.missing');
    expect((await refused(join(dir, 'missing.csv'), dir, { RAPPORT_LANGUAGE: 'ru' })).message).toMatch(
      /Файла «missing\.csv» нет/,
    );
    expect(
      (
        await refused(join(dir, 'missing.csv'), dir, {
          RAPPORT_LANGUAGE: undefined,
          LC_ALL: undefined,
          LC_MESSAGES: undefined,
          LANG: 'ru_RU.UTF-8',
        })
      ).message,
    ).toMatch(/нет/);
    expect((await refused(dir, dir)).code).toBe('import.notASpreadsheet');
    expect((await refused(file(dir, 'empty.csv', ''), dir)).code).toBe('import.empty');
  });

  it('refuses a file of one gigabyte before reading it', async () => {
    const dir = folder();
    const path = join(dir, 'huge.csv');
    const handle = openSync(path, 'w');
    ftruncateSync(handle, 1_000_000_000);
    closeSync(handle);
    expect(await refused(path, dir)).toMatchObject({ code: 'import.tooLarge', megabytes: 1000 });
  });

  it('refuses a workbook that is cut off, and one with 16,384 columns', async () => {
    const dir = folder();
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(
      book,
      XLSX.utils.aoa_to_sheet([
        ['Фамилия', 'Имя'],
        ['Иванов', 'Иван'],
      ]),
      'A',
    );
    const whole = XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array;
    expect((await refused(file(dir, 'cut.xlsx', whole.slice(0, whole.length / 2)), dir)).code).toMatch(/^import\./);
    const wide = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(
      wide,
      XLSX.utils.aoa_to_sheet([Array.from({ length: 16_384 }, (_, i) => `c${i}`), ['x']]),
      'A',
    );
    expect(
      (await refused(file(dir, 'wide.xlsx', XLSX.write(wide, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array), dir))
        .code,
    ).toBe('import.tooManyColumns');
  });

  it('says so when there is nothing to open the vault with, and when the passphrase is wrong', async () => {
    const dir = folder();
    const path = file(dir, 'a.csv', TABLE);
    expect((await refused(path, dir, { RAPPORT_PASSPHRASE: undefined })).code).toBe('cli.noKeySource');
    await run(path, dir);
    const wrong = await rapport(['import', path, ...into(dir)], { RAPPORT_PASSPHRASE: 'something else' });
    expect(wrong.code).toBe(1);
    expect(wrong.json<Refusal>().error.code).toBe('vault.wrongPassphrase');
  });

  it('takes unknown options for wrong usage', async () => {
    const dir = folder();
    const path = file(dir, 'a.csv', TABLE);
    const wrong = [
      ['--policy', 'maybe'],
      ['--encoding', 'klingon'],
      ['--header-row', 'first'],
      ['--colour', 'red'],
    ];
    for (const options of wrong) {
      const result = await rapport(['import', path, ...into(dir), ...options]);
      expect(result.code).toBe(2);
      expect(result.stdout).toBe('');
      expect(result.stderr).toMatch(/Usage/);
    }
    expect((await rapport(['import', path, '--json'])).code).toBe(2);
    expect(existsSync(join(dir, 'vault'))).toBe(false);
  });
});

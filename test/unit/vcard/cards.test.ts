/** Files of business cards that are odd, broken or large: what is read of them, what is said, and that no card harms another. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSpreadsheet } from '../../../electron/import/open-spreadsheet.ts';
import { workerReader } from '../../../electron/import/worker-reader.ts';
import { readCards } from '../../../shared/import/vcard/cards.ts';
import { AppFailure } from '../../../shared/result.ts';
import { codes, importInto, type Imported, MemoryVault } from '../../fixtures/import/work.ts';

type Name = Readonly<Record<string, string>>;
const card = (lines: string, version = '3.0'): string =>
  `BEGIN:VCARD\nVERSION:${version}\n${lines.trim()}\nEND:VCARD\n`;
const read = (file: string | Uint8Array, vault = new MemoryVault()): Promise<Imported> =>
  importInto(vault, file, { name: 'contacts.vcf' });
const names = ({ vault }: Imported): readonly (string | undefined)[] =>
  vault.people.map((one) => (one['name'] as Name)['family']);
const extras = ({ vault }: Imported, at = 0): Record<string, string> =>
  Object.fromEntries(
    Object.values((vault.people[at]?.['extra'] ?? {}) as Record<string, { header: string; value: string }>).map(
      (one) => [one.header, one.value],
    ),
  );
const parsed = (file: string) => readCards(new TextEncoder().encode(file));
async function refusal(bytes: Uint8Array, name: string): Promise<string> {
  try {
    await openSpreadsheet(bytes, name);
    return 'opened';
  } catch (error) {
    expect(error).toBeInstanceOf(AppFailure);
    return (error as AppFailure).error.code;
  }
}

describe('lines', () => {
  const folded = 'BEGIN:VCARD\nVERSION:3.0\nN:Щукин;Пётр;;;\nNOTE:один \n два\n\tтри\nEND:VCARD\n';
  it.each([
    ['CRLF', '\r\n'],
    ['LF', '\n'],
    ['CR', '\r'],
  ])('end in %s and are unfolded', (_, end) => {
    const [one] = parsed(folded.replaceAll('\n', end)).cards;
    expect(one?.properties.find((property) => property.name === 'NOTE')?.value).toBe('один дватри');
  });
  it('of the oldest version keep the space at which they were broken', () => {
    const [one] = parsed('BEGIN:VCARD\nVERSION:2.1\nNOTE:один\n два\nEND:VCARD\n').cards;
    expect(one?.properties[0]?.value).toBe('один два');
  });
  it('are read the same however a line is folded', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
        fc.array(fc.nat(400), { maxLength: 6 }),
        (text, cuts) => {
          const value = text.replace(/[\r\n\0]/g, ' ').replaceAll('\\', '/');
          fc.pre(value.trim() !== '');
          const bytes = [...new TextEncoder().encode(`NOTE:x${value}x`)];
          for (const at of cuts.map((cut) => 6 + (cut % (bytes.length - 6))).sort((a, b) => b - a))
            bytes.splice(at, 0, 13, 10, 32);
          const file = [
            ...new TextEncoder().encode('BEGIN:VCARD\r\nVERSION:4.0\r\n'),
            ...bytes,
            ...new TextEncoder().encode('\r\nEND:VCARD\r\n'),
          ];
          const [one] = readCards(Uint8Array.from(file), 'utf-8').cards;
          expect(one?.properties[0]?.value).toBe(`x${value}x`);
        },
      ),
    );
  });
  it('that careless programs broke go on with the note; others are kept and named with their number', async () => {
    const imported = await read(card('N:Щукин;Пётр;;;\nNOTE:первая\nвторая строка\nTEL:+79161112233\nчто-то ещё'));
    expect(imported.vault.people[0]?.['summary']).toBe('первая\nвторая строка');
    expect(extras(imported)).toEqual({ vCard: 'что-то ещё' });
    expect(imported.plan.problems).toMatchObject([{ row: 1, code: 'cardLineNotRead', params: { at: 7 }, line: 1 }]);
  });
});

describe('who a card is about', () => {
  it.each([
    ['only FN', 'FN:Щукин Пётр Ильич', { family: 'Щукин', given: 'Пётр', patronymic: 'Ильич' }],
    ['only N', 'N:Щукин;Пётр;Ильич;проф.;', { family: 'Щукин', given: 'Пётр', patronymic: 'Ильич', prefix: 'проф.' }],
    ['an empty N', 'N:;;;;\nFN:Jane Doe', { given: 'Jane', family: 'Doe' }],
    [
      'everything in one part',
      'N:;Щукин Пётр Ильич;;;\nFN:Щукин Пётр Ильич',
      { family: 'Щукин', given: 'Пётр', patronymic: 'Ильич' },
    ],
    [
      'several values of a part',
      'N:Doe;Jane;Mary,Ann;Dr.;PhD,MBA',
      { family: 'Doe', given: 'Jane Mary Ann', prefix: 'Dr.', suffix: 'PhD MBA' },
    ],
    ['letters that shout', 'N:ЩУКИН;ПЁТР;;;', { family: 'Щукин', given: 'Пётр' }],
  ])('%s', async (_, lines, name) => {
    expect((await read(card(lines))).vault.people[0]?.['name']).toEqual(name);
  });
  it.each([
    ['KIND:org', 'KIND:org\nFN:Ромашка\nORG:Ромашка;Склад\nNICKNAME:Цветок', '4.0'],
    [
      'a card that shows as a company',
      'N:;;;;\nFN:Ромашка\nORG:Ромашка;Склад\nX-ABShowAs:COMPANY\nNICKNAME:Цветок',
      '3.0',
    ],
    ['a name that is the company', 'N:Ромашка;;;;\nFN:Ромашка\nORG:Ромашка;Склад\nNICKNAME:Цветок', '3.0'],
  ])('%s is an organisation, and what reaches the card reaches it', async (_, lines, version) => {
    const { vault } = await read(
      card(`${lines}\nTEL;TYPE=WORK:+74957654321\nTITLE:Опт\nUID:x-1\nADR:;;Мира 1;Тверь;;;`, version),
    );
    expect(vault.people).toEqual([]);
    const [one] = vault.organisations;
    expect(one).toMatchObject({
      name: 'Ромашка',
      externalIds: { vcard: 'x-1' },
      addresses: { work: { city: 'Тверь' } },
    });
    expect(Object.values(one?.['phones'] ?? {})).toMatchObject([{ e164: '+74957654321' }]);
    expect(one?.['extra']).toMatchObject({
      NICKNAME: { value: 'Цветок' },
      TITLE: { value: 'Опт' },
      department: { value: 'Склад' },
    });
  });
  it('a legal form alone tells a company', async () => {
    const { vault } = await read(card('N:;ООО Вектор;;;\nFN:ООО Вектор\nTEL:+74957654321'));
    expect(vault.people).toEqual([]);
    expect(vault.organisations).toMatchObject([{ name: 'ООО Вектор' }]);
  });
  it('a person of a company that shows as the company is both', async () => {
    const { vault } = await read(card('N:Щукин;Пётр;;;\nORG:Вектор\nX-ABShowAs:COMPANY'));
    expect(vault.people).toHaveLength(1);
    expect(vault.organisations).toMatchObject([{ name: 'Вектор' }]);
  });
  it('groups are left out with the reason', async () => {
    const imported = await read(
      card('KIND:group\nFN:Друзья\nMEMBER:urn:uuid:1', '4.0') +
        card('N:Щукин;Пётр;;;\nX-ADDRESSBOOKSERVER-KIND:group') +
        card('N:Жук;Степан;;;'),
    );
    expect(imported.rows).toMatchObject({ read: 3, created: 1, skipped: 2 });
    expect(codes(imported.plan)).toEqual(['1:skippedGroup', '2:skippedGroup']);
  });
  it('a card of a secretary within a card stays with it', async () => {
    const nested =
      'N:Щукин;Пётр\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nN:Жданова;Алёна\nTEL;WORK:+74951112233\nEND:VCARD\nTEL:+79161112233';
    const inner = 'N:Щукин;Пётр\nAGENT:BEGIN:VCARD\\nFN:Жданова Алёна\\nTEL:+74951112233\\nEND:VCARD\nTEL:+79161112233';
    for (const [lines, version, agent] of [
      [nested, '2.1', 'Жданова Алёна, +74951112233'],
      [inner, '3.0', 'Жданова Алёна, +74951112233'],
    ] as const) {
      const imported = await read(card(lines, version));
      expect(imported.rows).toMatchObject({ read: 1, created: 1 });
      expect(Object.keys(imported.vault.people[0]?.['phones'] ?? {})).toEqual(['+79161112233']);
      expect(extras(imported)).toEqual({ AGENT: agent });
    }
  });
});

describe('values', () => {
  it.each([
    ['1980-01-02', '1980-01-02'],
    ['19800102', '1980-01-02'],
    ['1980-01-02T00:00:00Z', '1980-01-02'],
    ['19800102T235959+0300', '1980-01-02'],
    ['--0102', '--01-02'],
    ['--01-02', '--01-02'],
    ['1604-01-02', '--01-02'],
    ['1980', '1980'],
    ['1980-01', '1980-01'],
    ['02.01.1980', '1980-01-02'],
  ])('the birthday %s', async (written, date) => {
    const imported = await read(card(`N:Щукин;Пётр;;;\nBDAY:${written}`, '4.0'));
    expect(imported.vault.people[0]?.['birthday']).toBe(date);
    expect(imported.plan.problems).toEqual([]);
  });
  it.each([
    ['BDAY;VALUE=text:в мае', 'в мае'],
    ['BDAY:---02', '---02'],
    ['BDAY:19801340', '1980-13-40'],
  ])('a birthday that is no day is kept as text and named: %s', async (line, kept) => {
    const imported = await read(card(`N:Щукин;Пётр;;;\n${line}`, '4.0'));
    expect(imported.vault.people[0]?.['birthday']).toBeUndefined();
    expect(extras(imported)).toEqual({ BDAY: kept });
    expect(codes(imported.plan)).toEqual(['1:dateNotRead']);
  });
  it('telephones: URIs with extensions, short numbers, types in every spelling, faxes', async () => {
    const imported = await read(
      card(
        'N:Щукин;Пётр;;;\nTEL;VALUE=uri;TYPE=work:tel:+7-495-123-45-67;ext=12\nTEL;TYPE="voice,cell":89161112233\nTEL;HOME;FAX:+74951112233\nTEL;TYPE=pager:+74951112244\nTEL:112',
        '4.0',
      ),
    );
    expect(Object.values(imported.vault.people[0]?.['phones'] ?? {})).toMatchObject([
      { e164: '+74951234567', extension: '12', label: 'work' },
      { e164: '+79161112233', label: 'mobile' },
      { e164: '+74951112233', label: 'faxHome' },
      { e164: '+74951112244', label: 'pager' },
    ]);
    expect(imported.plan.problems).toMatchObject([{ row: 1, column: 'TEL 5', code: 'phoneNotRead', line: 1 }]);
    expect(extras(imported)).toEqual({ 'TEL 5': '112' });
  });
  it('unknown properties are kept under their names, housekeeping is not', async () => {
    const imported = await read(
      card(
        'N:Щукин;Пётр;;;\nX-SHOE-SIZE:43\nX-SHOE-SIZE:44\nGEO:geo:55.7,37.6\nREV:20240101T000000Z\nPRODID:x\nX-IMAGEHASH:abc\nROLE:Снабжение\nTITLE:Инженер',
        '4.0',
      ),
    );
    expect(extras(imported)).toEqual({ 'X-SHOE-SIZE': '43\n44', GEO: 'geo:55.7,37.6', ROLE: 'Снабжение' });
    expect(imported.vault.of('affiliation')[0]?.data).toMatchObject({ jobTitle: 'Инженер' });
  });
  it('messengers of every kind', async () => {
    const imported = await read(
      card(
        'N:Щукин;Пётр;;;\nX-SKYPE:petr\nX-JABBER:p@j.example\nIMPP:telegram:@petr\nX-SOCIALPROFILE;TYPE=vk:https://vk.com/petr\nX-VIBER:+79161112233',
      ),
    );
    expect(Object.keys(imported.vault.people[0]?.['links'] ?? {}).sort()).toEqual([
      'other:jabber:p@j.example',
      'skype:petr',
      'telegram:@petr',
      'viber:+79161112233',
      'vk:https://vk.com/petr',
    ]);
  });
  it('names that mean something to JavaScript are names', async () => {
    const imported = await read(
      card('N:constructor;__proto__;;;\nX-__PROTO__:a\n__PROTO__.TEL;TYPE=constructor:+79161112233\nTOSTRING:b'),
    );
    expect(imported.rows).toMatchObject({ created: 1 });
    expect(Object.keys(imported.vault.people[0]?.['phones'] ?? {})).toEqual(['+79161112233']);
  });
});

describe('broken files', () => {
  it('a card without an end, garbage between cards, a file cut off: the others are whole', async () => {
    const file = `мусор\nTEL:+7000\n\n${card('N:Первый;А;;;')}--boundary--\nBEGIN:VCARD\nVERSION:3.0\nN:Второй;Б;;;\nTEL:+79161112233\n${card('N:Третий;В;;;')}END:VCARD\nBEGIN:VCARD\nVERSION:3.0\nN:Четвёртый;Г;;;\nNOTE:обор`;
    const imported = await importInto(new MemoryVault(), file, { name: 'broken.vcf' });
    expect(names(imported)).toEqual(['Первый', 'Второй', 'Третий', 'Четвёртый']);
    expect(imported.plan.problems).toMatchObject([
      { row: 0, code: 'cardStray', params: { count: 4 } },
      { row: 2, code: 'cardNoEnd', line: 9 },
      { row: 4, code: 'cardNoEnd', line: 18 },
    ]);
  });
  it('a soft break at the end of a card swallows nothing', () => {
    const { cards } = parsed(
      'BEGIN:VCARD\nVERSION:2.1\nNOTE;ENCODING=QUOTED-PRINTABLE:a=\nEND:VCARD\nBEGIN:VCARD\nVERSION:2.1\nN:B\nEND:VCARD\n',
    );
    expect(cards.map((one) => one.properties.map((property) => property.value))).toEqual([['a'], ['B']]);
  });
  it('no bytes make it fail, and the words of whole cards survive what stands around them', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 8 }), (pieces) => {
        const whole = [...new TextEncoder().encode('\nBEGIN:VCARD\nVERSION:3.0\nN:Whole;Card;;;\nEND:VCARD\n')];
        const file = Uint8Array.from(pieces.flatMap((piece) => [...piece, ...whole]));
        const { cards } = readCards(file, 'utf-8');
        const found = cards.filter((one) => one.properties.some((property) => property.value === 'Whole;Card;;;'));
        expect(found).toHaveLength(pieces.length);
      }),
    );
  });
  it('one card with thousands of values is read, and the next one, too', async () => {
    const many = Array.from({ length: 1500 }, (_, i) => `TEL:+7916${String(1_000_000 + i)}\nX-A${i}:${i}`).join('\n');
    const imported = await read(card(`N:Первый;А;;;\n${many}`) + card('N:Второй;Б;;;'));
    expect(names(imported)).toEqual(['Первый', 'Второй']);
    expect(imported.reading.columns.length).toBeLessThan(450);
    expect(codes(imported.plan)).toContain('1:cardTooMany');
    const kept = extras(imported);
    expect(kept['X-…']).toContain('X-A1400: 1400');
    expect(kept['TEL']?.split('\n')).toHaveLength(1460);
  });
  it.each([
    ['an empty file', '', 'x.vcf', 'import.empty'],
    ['words without a card', 'просто слова', 'x.vcf', 'import.noCards'],
  ])('%s is refused', async (_, text, name, code) => {
    expect(await refusal(new TextEncoder().encode(text), name)).toBe(code);
  });
  it('an empty card says nothing, and that is said in words about cards', async () => {
    const imported = await read(card('') + card('N:Щукин;Пётр;;;'));
    expect(imported.rows).toMatchObject({ read: 2, created: 1, skipped: 1 });
    expect(codes(imported.plan)).toEqual(['1:nothingToImport']);
  });
  it('the content decides and not the name', async () => {
    const opened = await openSpreadsheet(new TextEncoder().encode(card('N:Щукин;Пётр;;;')), 'contacts.csv');
    expect(opened.kind).toBe('vcard');
  });
});

describe('the same file again', () => {
  const FILE =
    card(
      'N:Щукин;Пётр;Ильич;;\nTEL;CELL:+79161112233\nBDAY:--0512\nORG:Вектор;Отдел\nTITLE:Инженер\nADR:;;Мира 1;Тверь;;;\nX-FOO:1\nUID:a\nCATEGORIES:a,b\nNOTE:один\\nдва',
    ) +
    card('FN:АО Заря\nTEL:+74951112233\nUID:b') +
    card('EMAIL:only@mail.example\nUID:c');
  it('changes nothing', async () => {
    const { vault, rows } = await read(FILE);
    expect(rows).toMatchObject({ read: 3, created: 3 });
    const again = await read(FILE, vault);
    expect(again.rows).toMatchObject({ read: 3, unchanged: 3 });
    expect(again.changes).toEqual([]);
  });
  it('finds by its id somebody whose name and telephone changed', async () => {
    const { vault } = await read(card('N:Щукина;Анна;;;\nTEL:+79161112233\nUID:a'));
    const again = await read(card('N:Жукова;Анна;;;\nTEL:+79995554433\nUID:a'), vault);
    expect(again.rows).toMatchObject({ created: 0, updated: 1 });
    expect(vault.people).toHaveLength(1);
  });
});

it('twenty thousand cards with photographs go through the worker', { timeout: 300_000 }, async () => {
  const photo = ` ${'A'.repeat(74)}\r\n`.repeat(4);
  const one = (i: number): string =>
    `BEGIN:VCARD\r\nVERSION:3.0\r\nN:Фамилия${i};Имя;Отчество;;\r\nFN:Имя Фамилия${i}\r\nTEL;TYPE=CELL:+7916${String(i).padStart(7, '0')}\r\nEMAIL;TYPE=WORK:p${i}@mail.example\r\nORG:Компания ${i % 500}\r\nNOTE:Заметка номер ${i}\r\nUID:uid-${i}\r\nPHOTO;ENCODING=b;TYPE=JPEG:AAAA\r\n${photo}END:VCARD\r\n`;
  const bytes = new TextEncoder().encode(Array.from({ length: 20_000 }, (_, i) => one(i)).join(''));
  const hooks = { signal: new AbortController().signal, progress: () => undefined };
  const reader = await workerReader().open('all.vcf', bytes, {}, hooks);
  try {
    expect(reader.reading).toMatchObject({ kind: 'vcard', rowsTotal: 20_000, preset: 'vcard' });
    expect(reader.reading.problems).toMatchObject([{ row: 0, code: 'cardMedia', params: { count: 20_000 } }]);
    expect(await reader.rows(19_999, 1, false)).toMatchObject([{ row: 20_000 }]);
  } finally {
    reader.close();
  }
});

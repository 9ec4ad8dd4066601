import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SummaryInput } from '../../shared/compose/compose.ts';
import type { Meeting, PromiseRecord, Visibility } from '../../shared/model/records.ts';
import type { Block } from '../../shared/note/blocks.ts';
import { makePage, openPrinter, type Printer } from './printer.ts';
import { readPdf, squeezed } from './read-pdf.ts';

let printer: Printer;
beforeAll(async () => {
  printer = await openPrinter();
});
afterAll(() => printer.close());

const stamp = { createdAt: 1, changedAt: 1 };
const paragraph = (text: string, visibility: Visibility = 'client'): Block => ({
  type: 'paragraph',
  visibility,
  runs: [{ text }],
});
const promise = (i: number): PromiseRecord => ({
  ...stamp,
  id: `p${String(i).padStart(3, '0')}`,
  text: `Поручение ${i}: проверить готовность участка и сообщить`,
  side: i % 2 ? 'ours' : 'theirs',
  owner: { name: `Ответственный ${i}` },
  due: '2026-06-15',
  visibility: 'client',
  status: i % 3 ? 'open' : 'done',
});
const meeting: Meeting = {
  ...stamp,
  id: 'm',
  title: 'Третий склад: сроки',
  start: '2026-05-31T14:00',
  timeZone: 'Europe/Moscow',
  organisation: 'o',
  attendees: { a: { name: 'Анна Соколова', side: 'theirs', presence: 'present', order: 0 } },
  decisions: { a: { text: 'Запустить первую очередь', order: 0, visibility: 'client' } },
  agenda: { a: { text: 'Сроки', order: 0, visibility: 'client' } },
};
const input = (more: Partial<SummaryInput> = {}): SummaryInput => ({
  meeting,
  blocks: [
    { type: 'heading', level: 2, visibility: 'client', runs: [{ text: 'Ход работ' }] },
    paragraph('Стеллажи готовы.'),
  ],
  promises: [promise(1), promise(2)],
  people: {},
  organisations: { o: { name: 'Ромашка' } },
  brand: { name: 'Ладья', confidentiality: 'Коммерческая тайна' },
  language: 'ru',
  layout: 'standard',
  today: '2026-06-01',
  ...more,
});
const printed = async (
  more: Partial<SummaryInput> = {},
): Promise<{ pdf: ReturnType<typeof readPdf>; bytes: Uint8Array }> => {
  const bytes = await printer.print(makePage(input(more)).html);
  return { pdf: readPdf(bytes), bytes };
};

describe('the printed summary', () => {
  it('has title, language, tags, outline and real headings, lists and tables', async () => {
    const { pdf, bytes } = await printed();
    expect(pdf.title).toBe('Резюме встречи: Третий склад: сроки');
    expect(pdf.language).toBe('ru');
    expect(pdf.tagged).toBe(true);
    expect(pdf.everything).toContain(
      Buffer.from('<rdf:li xml:lang="x-default">Резюме встречи: Третий склад: сроки</rdf:li>').toString('latin1'),
    );
    for (const type of ['H1', 'H2', 'H3', 'P', 'L', 'LI', 'Table', 'TR', 'TH', 'TD'])
      expect(pdf.structure).toContain(type);
    expect(pdf.outline).toEqual(expect.arrayContaining(['Решения', 'Поручения', 'Ход работ']));
    expect(bytes.length).toBeLessThan(300_000);
  });
  it('carries only its own fonts, as real fonts, and nothing about the machine', async () => {
    const { pdf } = await printed();
    expect(pdf.fonts).toEqual(['GolosText-Regular', 'PTSerif-Bold', 'PTSerif-Regular']);
    expect(pdf.everything).not.toContain('/Type3');
    expect(pdf.information).toContain('/Creator (Rapport)');
    expect(pdf.information).not.toMatch(/Mozilla|Linux|Chrome|\/Author/u);
  });
  it('numbers its pages in its own language and marks confidentiality on each', async () => {
    for (const [language, label] of [
      ['ru', 'стр.|из'],
      ['en', 'page|of'],
    ] as const) {
      const [page, of] = label.split('|');
      const { pdf } = await printed({ language, promises: Array.from({ length: 40 }, (_, i) => promise(i)) });
      expect(pdf.pages.length).toBeGreaterThan(2);
      for (const [i, text] of pdf.pages.entries()) {
        expect(squeezed(text)).toContain(`${page}${i + 1}${of}${pdf.pages.length}`);
        expect(squeezed(text)).toContain('Коммерческаятайна');
      }
    }
  });
  it('repeats the head of a long table and splits no row', async () => {
    const { pdf } = await printed({ promises: Array.from({ length: 200 }, (_, i) => promise(i)) });
    const pages = pdf.pages.map(squeezed);
    const rows = pages.map((text) => text.match(/Поручение\d+:/gu)?.length ?? 0);
    expect(rows.reduce((sum, n) => sum + n, 0)).toBe(200);
    for (const [i, text] of pages.entries()) {
      if ((rows[i] ?? 0) === 0) continue;
      expect(text).toContain('Чтосделать');
      // A split row would leave its end on the next page.
      expect(text.match(/проверитьготовностьучасткаисообщить/gu)).toHaveLength(rows[i] as number);
      expect(text.match(/Ответственный\d+/gu)).toHaveLength(rows[i] as number);
    }
  });
  it('gives back the text that was put in, in the scripts its fonts have', async () => {
    const texts = [
      'Съешь же ещё этих мягких французских булок, да выпей чаю.',
      'Жебракують філософи при ґанку церкви в Гадячі, ще й шатро їхнє п’яне знаємо.',
      'Әр қазақтың арманы – ғылым, өнер, үлгі, ұлт, һәм бірлік.',
      'Zażółć gęślą jaźń; Příliš žluťoučký kůň; Árvíztűrő tükörfúrógép; Voilà, cœur naïf.',
      '1 234 567,89 ₽ = 99,5 % € £ № 5 §',
    ];
    const page = makePage(input({ blocks: texts.map((text) => paragraph(text)) }));
    expect(page.missing).toEqual([]);
    const all = squeezed(readPdf(await printer.print(page.html)).pages.join(''));
    for (const text of texts)
      expect(all).toContain(
        squeezed(text)
          .replaceAll("'", '’')
          .replace(/–/gu, /ғ/u.test(text) ? '—' : '–'),
      );
  });
  it('is set page by page for one, two and many pages', async () => {
    const long = (n: number): readonly Block[] =>
      Array.from({ length: n }, (_, i) => paragraph(`Абзац ${i}. ${'Стеллажи готовы. '.repeat(12)}`));
    expect((await printed({ layout: 'brief' })).pdf.pages).toHaveLength(1);
    expect((await printed({ blocks: long(12) })).pdf.pages).toHaveLength(2);
    expect((await printed({ blocks: long(150) })).pdf.pages.length).toBeGreaterThan(10);
  });
  it('stays on the paper, whatever is written without a space', async () => {
    const word = 'Ы'.repeat(300);
    const everywhere = input({
      meeting: {
        ...meeting,
        title: word,
        place: word,
        summary: word,
        attendees: { a: { name: word, role: word, side: 'theirs', presence: 'present', order: 0 } },
        agenda: { a: { text: word, order: 0, visibility: 'client' } },
        decisions: { a: { text: word, order: 0, visibility: 'client' } },
        nextMeeting: { start: '2026-06-14T10:00', place: word, note: word },
      },
      organisations: { o: { name: word } },
      brand: { name: word, address: word, details: word, footer: word, confidentiality: word },
      blocks: [
        { type: 'heading', level: 2, visibility: 'client', runs: [{ text: word }] },
        paragraph(word),
        { type: 'item', list: 'ordered', number: 1, depth: 0, visibility: 'client', runs: [{ text: word }] },
        { type: 'item', list: 'task', depth: 1, visibility: 'client', runs: [{ text: word }] },
        { type: 'quote', visibility: 'client', runs: [{ text: word }] },
        { type: 'code', visibility: 'client', runs: [{ text: word }] },
      ],
      promises: [{ ...promise(1), text: word, owner: { name: word } }],
    });
    for (const layout of ['brief', 'standard', 'protocol', 'internal'] as const)
      expect(await printer.overflow(makePage({ ...everywhere, layout }).html)).toBe(0);
  });
  it('holds the facts of the meeting as a list that can be read aloud', async () => {
    const { pdf } = await printed({ blocks: [], promises: [], meeting: { ...meeting, agenda: {}, decisions: {} } });
    // Date, time, client, day of making; nothing else in this document is a list.
    expect(pdf.structure.filter((type) => type === 'LI')).toHaveLength(4);
  });
  it('bears no sign of a missing picture when the logo is damaged', async () => {
    const logo = `data:image/png;base64,${Buffer.from('\x89PNG\r\n\x1a\n damaged').toString('base64')}`;
    const { pdf } = await printed({ brand: { name: 'Ладья', logo } });
    expect(pdf.everything).not.toContain('/Figure');
    expect(squeezed(pdf.pages.join(''))).not.toContain('Логотип');
  });
  it('loads nothing, even when the logo and the text try to', async () => {
    const evil = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="http://evil.example/a.png" width="9" height="9"/></svg>',
    ).toString('base64');
    const page = makePage(
      input({
        brand: { name: '<img src=http://evil.example/b.png>', logo: `data:image/svg+xml;base64,${evil}` },
        blocks: [paragraph('<script src="http://evil.example/c.js"></script><iframe src="file:///etc/hostname">')],
      }),
    );
    const pdf = readPdf(await printer.print(page.html));
    expect(printer.refused).toEqual([]);
    expect(squeezed(pdf.pages.join(''))).toContain('<scriptsrc=');
  });
  it('bears the watermark and the marks in the internal layout', async () => {
    const { pdf } = await printed({ layout: 'internal', blocks: [paragraph('Бригада слабая.', 'private')] });
    for (const text of pdf.pages) expect(squeezed(text)).toContain('ВНУТРЕННИЙ');
    expect(squeezed(pdf.pages.join(''))).toContain('Бригадаслабая.личное');
  });
});

describe('closed text', () => {
  it('is nowhere in the file: not in text, structure, outline, information or streams', async () => {
    for (const layout of ['brief', 'standard', 'protocol'] as const) {
      const secrets = ['Tajnadocs', 'Sekretikq', 'Zakrytoxw'];
      const blocks: readonly Block[] = [
        paragraph('Otkrytoqq for everyone'),
        { type: 'heading', level: 2, visibility: 'private', runs: [{ text: secrets[0] as string }] },
        {
          type: 'item',
          list: 'task',
          depth: 0,
          checked: true,
          visibility: 'internal',
          runs: [{ text: secrets[1] as string, href: `https://e.example/${secrets[1]}` }],
        },
        paragraph(secrets[2] as string, 'private'),
      ];
      const bytes = await printer.print(
        makePage(
          input({
            layout,
            blocks,
            meeting: {
              ...meeting,
              decisions: { a: { text: secrets[0] as string, order: 0, visibility: 'internal' } },
              agenda: { a: { text: secrets[1] as string, order: 0, visibility: 'private' } },
            },
            promises: [{ ...promise(1), text: secrets[2] as string, visibility: 'internal' }, promise(2)],
          }),
        ).html,
      );
      const pdf = readPdf(bytes);
      const hex = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();
      const haystack = [
        pdf.everything,
        ...pdf.pages.map(squeezed),
        ...pdf.outline,
        Buffer.from(bytes).toString('latin1'),
      ].join('\n');
      for (const secret of secrets) {
        expect(haystack).not.toContain(secret);
        expect(haystack.toUpperCase()).not.toContain(hex(secret));
      }
      // The brief layout has no discussion.
      expect(squeezed(pdf.pages.join('')).includes('Otkrytoqq')).toBe(layout !== 'brief');
    }
  });
});

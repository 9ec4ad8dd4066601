import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeSummary, type SummaryInput } from '../../../shared/compose/compose.ts';
import type { SummaryLayout } from '../../../shared/compose/document.ts';
import { summaryFileName } from '../../../shared/compose/file-name.ts';
import { barePage, summaryHtml } from '../../../shared/compose/html.ts';
import { escapeHtml } from '../../../shared/compose/page.ts';
import { cssString, textColour } from '../../../shared/compose/page-style.ts';
import type { Meeting, PromiseRecord, Visibility } from '../../../shared/model/records.ts';
import type { Block } from '../../../shared/note/blocks.ts';

const base = { createdAt: 1, changedAt: 1 };
const meeting: Meeting = {
  ...base,
  id: 'm1',
  title: 'Третий склад',
  start: '2026-05-31T14:00',
  end: '2026-05-31T15:30',
  timeZone: 'Europe/Moscow',
  place: 'Самара',
  organisation: 'o1',
  summary: 'Запуск в два этапа.',
  attendees: {
    a: { name: 'Ирина Лебедева', role: 'Секретарь', side: 'ours', presence: 'present', order: 3 },
    b: { person: 'p1', side: 'theirs', presence: 'present', role: 'Председатель', order: 1 },
    c: { person: 'p2', side: 'theirs', presence: 'absent', order: 0 },
  },
  agenda: {
    x: { text: 'Сроки', order: 0, visibility: 'client' },
    y: { text: 'Наш торг', order: 1, visibility: 'private' },
  },
  decisions: {
    d2: { text: 'Вторая очередь в июле', order: 2, visibility: 'client' },
    d1: { text: 'Первая очередь в июне', order: 1, visibility: 'client' },
    d3: { text: 'Скидку не давать', order: 3, visibility: 'internal' },
  },
  nextMeeting: { start: '2026-06-15T11:00', place: 'Самара, склад' },
};
const promise = (id: string, more: Partial<PromiseRecord>): PromiseRecord => ({
  ...base,
  id,
  text: `Дело ${id}`,
  side: 'ours',
  visibility: 'client',
  status: 'open',
  ...more,
});
const blocks: readonly Block[] = [
  { type: 'heading', level: 2, visibility: 'client', runs: [{ text: 'Ход работ' }] },
  { type: 'paragraph', visibility: 'client', runs: [{ text: 'Стеллажи готовы.' }] },
  { type: 'paragraph', visibility: 'internal', runs: [{ text: 'Бригада слабая.' }] },
  { type: 'paragraph', visibility: 'private', runs: [{ text: 'Устал.' }] },
];
const input = (more: Partial<SummaryInput> = {}): SummaryInput => ({
  meeting,
  blocks,
  promises: [
    promise('p-late', { due: '2026-07-01', owner: { person: 'p1' }, side: 'theirs' }),
    promise('p-soon', { due: '2026-06-01', owner: { name: 'Ирина Лебедева' } }),
    promise('p-none', { status: 'done', doneOn: '2026-05-31' }),
    promise('p-dropped', { status: 'dropped' }),
    promise('p-inner', { visibility: 'internal' }),
  ],
  people: {
    p1: {
      name: { family: 'Соколова', given: 'Анна', patronymic: 'Игоревна' },
      jobTitle: 'Директор',
      organisation: 'o1',
    },
    p2: { name: { family: 'Ким', given: 'Елена' }, organisation: 'o1' },
  },
  organisations: { o1: { name: 'Ромашка' } },
  brand: { name: 'Ладья', colour: '#2f5d50' },
  language: 'ru',
  layout: 'standard',
  today: '2026-06-01',
  ...more,
});

describe('a summary for a client', () => {
  const { document, leftOut, included } = composeSummary(input());
  it('holds decisions in order, action items by date, and whose they are in words', () => {
    expect(document.decisions.map((d) => `${d.number} ${d.text}`)).toEqual([
      '1 Первая очередь в\u00a0июне',
      '2 Вторая очередь в\u00a0июле',
    ]);
    expect(document.actions.map((a) => [a.task, a.owner, a.organisation, a.sideLabel, a.dueLabel])).toEqual([
      ['Дело p-soon', 'Ирина Лебедева', 'Ладья', 'наша сторона', '01.06.2026'],
      ['Дело p-late', 'А.\u00a0И.\u00a0Соколова', 'Ромашка', 'другая сторона', '01.07.2026'],
      ['Дело p-none', 'не назначен', 'Ладья', 'наша сторона', 'без срока'],
    ]);
  });
  it('groups attendees by side, present before absent', () => {
    expect(document.attendees.map((g) => [g.title, g.people.map((p) => p.name)])).toEqual([
      ['Ромашка', ['Соколова Анна Игоревна', 'Ким Елена']],
      ['Ладья', ['Ирина Лебедева']],
    ]);
  });
  it('lists what stays out and counts what goes in', () => {
    expect(leftOut.map((item) => [item.kind, item.visibility, item.text])).toEqual([
      ['paragraph', 'internal', 'Бригада слабая.'],
      ['paragraph', 'private', 'Устал.'],
      ['agenda', 'private', 'Наш торг'],
      ['decision', 'internal', 'Скидку не давать'],
      ['promise', 'internal', 'Дело p-inner'],
    ]);
    expect(included).toEqual({ paragraphs: 2, decisions: 2, promises: 3 });
  });
  it('names the file by date, client and kind', () => {
    expect(summaryFileName(document)).toBe('2026-05-31 Ромашка – Резюме встречи.pdf');
    expect(summaryFileName(composeSummary(input({ layout: 'internal' })).document)).toBe(
      '2026-05-31 Ромашка – ВНУТРЕННЯЯ запись встречи.pdf',
    );
  });
  it('takes anything without a clear mark for not meant for the client', () => {
    const unmarked = { text: 'без пометки', order: 0 } as never;
    const odd = { text: 'странная пометка', order: 1, visibility: 'Client' } as never;
    const made = composeSummary(
      input({
        meeting: { ...meeting, decisions: { a: unmarked, b: odd }, agenda: {} },
        promises: [{ ...base, id: 'x', text: 'без пометки' }],
        blocks: [],
      }),
    );
    expect(made.document.decisions).toEqual([]);
    expect(made.document.actions).toEqual([]);
    expect(made.leftOut).toHaveLength(3);
  });
  it('says so when a closed word stands in the document', () => {
    const made = composeSummary(
      input({
        blocks: [{ type: 'paragraph', visibility: 'private', runs: [{ text: 'Торгуемся с Громовым до 900 000 ₽' }] }],
        meeting: { ...meeting, summary: 'Решает Громов, сумма 900000 ₽.' },
      }),
    );
    expect(made.leaks).toEqual(['900\u00a0000'.replace('\u00a0', ' '), 'Громовым']);
  });
});

describe('the formal protocol', () => {
  const { document } = composeSummary(input({ layout: 'protocol' }));
  const html = summaryHtml(document, { fontsCss: '' });
  it('names chair and secretary and leaves lines for their signatures', () => {
    expect(document.facts.map((f) => `${f.label}: ${f.value}`)).toContain('Председатель: Соколова Анна Игоревна');
    expect(document.signatures).toEqual([
      { label: 'Председатель', name: 'А.\u00a0И.\u00a0Соколова' },
      { label: 'Секретарь', name: 'Ирина Лебедева' },
    ]);
  });
  it('follows the order of a Russian protocol', () => {
    const order = ['Протокол', 'Присутствовали', 'Повестка дня', 'Слушали', 'Постановили', 'Поручения', 'Подписи'];
    const places = order.map((word) => html.indexOf(`${word}`, html.indexOf('<main>')));
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });
});

describe('the internal layout', () => {
  it('holds everything with its mark, a watermark, and a warning on every page', () => {
    const { document, leftOut } = composeSummary(input({ layout: 'internal' }));
    const html = summaryHtml(document, { fontsCss: '' });
    expect(leftOut).toEqual([]);
    for (const text of [
      'Бригада слабая.',
      'Устал.',
      'Наш торг',
      'Скидку не\u00a0давать',
      'Дело p-inner',
      'ВНУТРЕННИЙ',
      'личное',
    ]) {
      expect(html).toContain(text);
    }
    expect(html).toContain(cssString(document.confidentiality));
  });
});

describe('the page', () => {
  it('is complete and asks for nothing', () => {
    const html = summaryHtml(composeSummary(input()).document, { fontsCss: '' });
    expect(html).toMatch(/^<!doctype html>\n<html lang="ru">/u);
    expect(html).toContain('<title>Резюме встречи: Третий склад</title>');
    expect(html).toContain("default-src 'none'");
    expect(html).toContain('<th scope="col"');
    expect(html).not.toMatch(/<script|<link|<iframe|style="|\son\w+=|(?:src|href)="(?!data:|https?:|mailto:)/iu);
  });
  it('shows any text as text: markup and style endings are never taken for structure', () => {
    const nasty = '</style></title><script>alert(1)</script><img src=x onerror=alert(1)>"\'&';
    const made = composeSummary(
      input({
        meeting: {
          ...meeting,
          title: nasty,
          place: nasty,
          summary: nasty,
          attendees: { a: { name: nasty, role: nasty, side: 'theirs', presence: 'present', order: 0 } },
          decisions: { a: { text: nasty, order: 0, visibility: 'client' } },
          nextMeeting: { note: nasty },
        },
        blocks: [
          { type: 'paragraph', visibility: 'client', runs: [{ text: nasty, bold: true, href: 'https://e.ru/"><b>' }] },
        ],
        organisations: { o1: { name: nasty } },
        brand: {
          name: nasty,
          address: nasty,
          footer: nasty,
          confidentiality: nasty,
          colour: 'red;}',
          logo: `data:image/svg+xml;base64,"><b>`,
        },
      }),
    );
    const html = summaryHtml(made.document, { fontsCss: '' });
    expect(html).not.toMatch(/<script|<img|onerror=alert\(1\)>(?!&)/iu);
    expect(html.match(/<\/style>/gu)).toHaveLength(1);
    expect(html.match(/<\/title>/gu)).toHaveLength(1);
    expect(barePage(made.document).text).toContain(nasty.replaceAll('"', '»').slice(0, 30));
  });
  it('writes CSS strings that nothing can end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(cssString(text)).toMatch(/^"(?:[A-Za-z0-9]|\\[0-9a-f]+ )*"$/u);
        expect(escapeHtml(text)).not.toMatch(/[<>"'\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u);
      }),
      { numRuns: 1000 },
    );
  });
  it('leaves controls of pasted text out and keeps its lines', () => {
    const made = composeSummary(
      input({
        blocks: [
          {
            type: 'paragraph',
            visibility: 'client',
            runs: [{ text: 'раз\u000bдва\u2028три\u0000\u0008\ufeff\u0085четыре' }],
          },
        ],
      }),
    );
    const page = barePage(made.document);
    expect(page.html).toContain('раз<br>два<br>три<br>четыре');
    expect(page.text).not.toContain('\ufffd');
  });
  it('reads as it is meant: nothing forces letters and figures into the other direction', () => {
    const made = composeSummary(input({ meeting: { ...meeting, title: 'Цена \u202e001\u202c ₽ שלום' } }));
    const { html } = barePage(made.document);
    expect(html).not.toMatch(/\u202d|\u202e|\\202e /u);
    expect(html).toContain('שלום');
  });
  it('keeps the whole mark of a trade secret, with its owner and address', () => {
    const mark =
      'Коммерческая тайна. Общество с ограниченной ответственностью «Ладья», 119019, Москва, улица Знаменка, дом 7';
    const made = composeSummary(input({ brand: { name: 'Ладья', confidentiality: mark } }));
    expect(summaryHtml(made.document, { fontsCss: '' })).toContain(cssString(made.document.confidentiality));
  });
  it('darkens a pale brand colour until it can be read', () => {
    expect(textColour('#ffff00')).not.toBe('#ffff00');
    expect(textColour('#123456')).toBe('#123456');
  });
});

describe('closed text', () => {
  it('never appears in a client page, in any layout or place, over random notes', () => {
    const layouts = fc.constantFrom<SummaryLayout>('brief', 'standard', 'protocol');
    const mark = fc.constantFrom<Visibility>('client', 'internal', 'private');
    const kind = fc.constantFrom('paragraph', 'heading', 'quote', 'code', 'item', 'nested');
    const entry = fc.record({ mark, kind });
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 8 }),
        fc.array(mark, { maxLength: 4 }),
        fc.array(mark, { maxLength: 4 }),
        fc.array(mark, { maxLength: 4 }),
        layouts,
        fc.constantFrom('ru' as const, 'en' as const),
        (notes, decisions, agenda, promises, layout, language) => {
          // Every text carries a word of its own, so that finding it means that this very text got in.
          let n = 0;
          const closed: string[] = [];
          const open: string[] = [];
          const word = (visibility: Visibility, printed = true): string => {
            const made = `${visibility === 'client' ? 'Otkryto' : 'Tajna'}${n++}q`;
            if (visibility !== 'client') closed.push(made);
            else if (printed) open.push(made);
            return made;
          };
          const made = composeSummary(
            input({
              layout,
              language,
              meeting: {
                ...meeting,
                agenda: Object.fromEntries(
                  agenda.map((v, i) => [`a${i}`, { text: word(v, layout !== 'brief'), order: i, visibility: v }]),
                ),
                decisions: Object.fromEntries(
                  decisions.map((v, i) => [`d${i}`, { text: word(v), order: i, visibility: v }]),
                ),
              },
              blocks: notes.map(({ mark: v, kind: k }): Block => {
                const runs = [
                  {
                    text: word(v, layout !== 'brief'),
                    bold: true as const,
                    href: v === 'client' ? 'https://e.ru/' : `https://e.ru/${word(v)}`,
                  },
                ];
                if (k === 'item' || k === 'nested')
                  return { type: 'item', list: 'bullet', depth: k === 'nested' ? 1 : 0, visibility: v, runs };
                return k === 'heading'
                  ? { type: k, level: 2, visibility: v, runs }
                  : { type: k as 'paragraph', visibility: v, runs };
              }),
              promises: promises.map((v, i) =>
                promise(`x${i}`, { text: word(v), visibility: v, note: word('private') }),
              ),
            }),
          );
          const html = summaryHtml(made.document, { fontsCss: '' });
          for (const text of closed) expect(html).not.toContain(text);
          for (const text of open) expect(html).toContain(text);
          expect(JSON.stringify(made.document)).not.toContain('Tajna');
        },
      ),
      { numRuns: 1200 },
    );
  });
});

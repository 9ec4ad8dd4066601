/** Documents of contracts: what they say, and what the client's sheet never says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeSheet, type SheetInput } from '../../../shared/compose/contract-sheet.ts';
import { reportFileName } from '../../../shared/compose/file-name.ts';
import { composeTimeline } from '../../../shared/compose/portfolio-timeline.ts';
import { composeRenewals, renewalsOf } from '../../../shared/compose/renewals-report.ts';
import { bareReport, type ReportDocument, reportHtml } from '../../../shared/compose/report.ts';
import { rowDeadlines } from '../../../shared/contracts/row-deadlines.ts';
import { totals } from '../../../shared/contracts/value.ts';
import type { Contract } from '../../../shared/model/records.ts';
import {
  brand,
  contract,
  portfolioOf,
  promises,
  rowOf,
  sheetInput,
  TODAY,
} from '../../fixtures/contracts/documents.ts';

const plain = (document: ReportDocument): string => bareReport(document).text.replaceAll(/[\u00a0\u202f\s]+/gu, ' ');
const html = (document: ReportDocument): string => reportHtml(document, { fontsCss: '' });

describe('the internal sheet', () => {
  it.each(['ru', 'en'] as const)('holds everything that the record holds (%s)', (language) => {
    const text = plain(composeSheet(sheetInput({ language })));
    for (const part of [
      'Сопровождение складской системы',
      'ВЛ-24/118',
      'ООО «Волга-Логистика»',
      'АО «Речной порт»',
      'Мария Орлова',
      'Объёмы растут, замены нет',
      'Третий склад',
      'Торговались три недели',
      'Подготовить запасной тариф',
      'Отчёт о работе за квартал',
      'Проверка резервных копий',
      'Сейф, папка 7',
      'Ирина Лебедева',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/contractDocuments\.|contractDates\.|undefined|\{\{/u);
  });

  it('marks every page as internal and derives the day to act on', () => {
    const document = composeSheet(sheetInput());
    expect([document.watermark, document.confidentiality]).toEqual([
      'ВНУТРЕННИЙ',
      'Внутренний документ. Не передавать за пределы компании',
    ]);
    const text = plain(document);
    // 28 June is a Sunday: safe on Friday the 26th; five days of delivery, two working days of approval.
    for (const part of [
      '28.06.2026',
      '26.06.2026',
      '17 июня 2026 г.',
      'статья 193 ГК РФ',
      '1,046959182',
      '230 331,02 ₽',
    ])
      expect(text).toContain(part);
  });

  it('says why there are no dates', () => {
    const { start: _, ...rest } = contract;
    const broken: Contract = rest;
    const document = composeSheet(sheetInput({ contract: broken, row: rowOf(broken, 'Волга') }));
    expect(plain(document)).toContain('Даты не вычислены: Поле обязательно.');
  });

  it('has a name that says what it is and for whom it is not', () => {
    expect(reportFileName(composeSheet(sheetInput()))).toBe(
      '2026-02-11 ООО «Волга-Логистика» ВЛ-24 118 – ВНУТРЕННЯЯ карточка договора.pdf',
    );
    expect(reportFileName(composeSheet(sheetInput({ audience: 'client', language: 'en' })))).toBe(
      '2026-02-11 ООО «Волга-Логистика» ВЛ-24 118 – Contract particulars.pdf',
    );
  });
});

describe('the client’s sheet', () => {
  const client = (more: Partial<SheetInput> = {}): ReportDocument =>
    composeSheet(sheetInput({ audience: 'client', ...more }));

  it('holds what both sides have on paper and what is marked for the client', () => {
    const text = plain(client());
    for (const part of [
      'Сопровождение складской системы',
      'Передать акт за январь',
      'Запуск третьего склада',
      'Третий склад',
      'Соколова Анна Игоревна',
      '29.08.2025 – 28.08.2026',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/ВНУТРЕННИЙ|Внутренний документ/u);
  });

  it('holds no deadline, decision, reason, note, internal promise or milestone, place or derivation', () => {
    const page = html(client());
    for (const part of [
      '28.06.2026',
      '26.06.2026',
      '17.06.2026',
      '17 июня',
      'Объёмы растут',
      'Торговались',
      'запасной тариф',
      'резервных копий',
      'Сейф',
      'Юристы',
      'Проект уведомления',
      'п. 9.2',
      'ГК РФ',
      'Пётр Белов',
      '230',
    ])
      expect(page.replaceAll(/[\u00a0\u202f]/gu, ' ')).not.toContain(part);
  });

  it('does not show that we have decided to leave', () => {
    const leaving: Contract = {
      ...contract,
      convenienceNotice: { months: 1 },
      decisions: {
        ...contract.decisions,
        d2: { date: '2026-02-01', kind: 'terminateEarly', author: 'Мария Орлова', reason: 'Уходим' },
      },
      milestones: {
        m: {
          title: 'Передача дел',
          relative: { to: 'end', direction: 'before', period: { days: 10 } },
          order: 0,
          visibility: 'client',
        },
      },
    };
    const house = composeSheet(sheetInput({ contract: leaving }));
    expect(plain(house)).toContain('Прекращается');
    const staying: Contract = { ...leaving, decisions: contract.decisions ?? {} };
    expect(html(client({ contract: leaving }))).toBe(html(client({ contract: staying })));
  });

  it('never holds a trace of anything internal, wherever it is written', () => {
    const secret = fc.integer({ min: 10 ** 9, max: 10 ** 10 }).map((n) => `Tajna${n.toString(36)}`);
    const visibility = fc.constantFrom('internal', 'private', undefined, 'Client', '');
    fc.assert(
      fc.property(secret, visibility, fc.constantFrom('ru', 'en'), (word, mark, language) => {
        const shut: Contract = {
          ...contract,
          owner: word,
          deputy: word,
          tags: { [word]: true },
          clauses: { notice: word, term: word, end: word, value: word },
          renewalText: word,
          snoozes: { 'c1-term-1': { until: '2026-03-01', reason: word, author: word } },
          decisions: {
            x: { date: '2025-06-10', kind: 'renew', author: word, reason: word },
            y: { date: '2026-02-01', kind: 'terminate', author: word, reason: word },
          },
          amendments: {
            a: {
              number: '1',
              title: 'Открытое',
              signed: '2025-02-01',
              effective: '2025-03-01',
              changes: { notice: { months: 2 } },
              note: word,
            },
            b: { number: word, title: word, effective: '2026-06-01', changes: { notice: { months: 3 } }, note: word },
          },
          suspensions: {},
          milestones: {
            m: {
              title: word,
              on: '2026-04-01',
              order: 0,
              ...(mark === undefined ? {} : { visibility: mark as 'internal' }),
            },
          },
          documents: {
            f: { title: 'Договор', kind: 'contract', place: word, order: 0 },
            g: { title: word, kind: 'notice', number: word, place: word, order: 1 },
            h: { title: word, kind: 'letter', number: word, order: 2 },
            i: { title: word, kind: 'other', order: 3 },
          },
          extra: { e: { header: word, value: word } },
          source: word,
        };
        const rows = promises.map((row) => ({ ...row, text: word, ownerName: word, visibility: mark as 'internal' }));
        const document = client({ contract: shut, row: rowOf(shut, word), promises: rows, language });
        const page = html(document) + reportFileName(document);
        expect(page).not.toContain(word);
        expect(page).toContain('Договор');
        // The same words do reach the sheet that is for us.
        expect(
          html(composeSheet(sheetInput({ contract: shut, row: rowOf(shut, word), promises: rows, language }))),
        ).toContain(word);
      }),
      { numRuns: 60 },
    );
  });

  it('takes no markup from any field', () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=y>';
    const bad: Contract = {
      ...contract,
      title: evil,
      number: evil,
      subject: evil,
      people: { q: { name: evil, role: evil, order: 0 } },
    };
    for (const audience of ['internal', 'client'] as const) {
      const page = html(
        composeSheet(
          sheetInput({ contract: bad, row: rowOf(bad, evil), audience, brand: { name: evil, footer: evil } }),
        ),
      );
      expect(page).not.toMatch(/<script|<img src=x/u);
    }
  });
});

describe('the renewals report', () => {
  const portfolio = portfolioOf(24);

  it('lists every decision of the months asked for once, undecided ones first, with the value that is at risk', () => {
    fc.assert(
      fc.property(fc.constantFrom('month', 'quarter'), fc.integer({ min: 1, max: 36 }), (by, months) => {
        const report = renewalsOf(portfolio, { by, months });
        const listed = report.periods.flatMap(({ deadlines }) => deadlines);
        const all = rowDeadlines(portfolio).filter(
          ({ kind, actBy, state }) =>
            kind !== 'milestone' &&
            kind !== 'obligation' &&
            actBy <= report.to &&
            (actBy >= report.from || state !== 'decided'),
        );
        expect(listed.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
        for (const [i, { from, to, deadlines, atRisk }] of report.periods.entries()) {
          const states = deadlines.map(({ state }) => state === 'decided');
          expect(states).toEqual([...states].sort((a, b) => Number(a) - Number(b)));
          for (const { actBy } of deadlines) expect((i === 0 || actBy >= from) && actBy <= to).toBe(true);
          expect(atRisk).toEqual(totals(deadlines.map((one) => (one.state === 'decided' ? null : one.value))));
        }
        const sum = (of: readonly { readonly minor: number }[]): number =>
          of.reduce((all, { minor }) => all + minor, 0);
        expect(sum(report.atRisk)).toBe(sum(report.periods.flatMap(({ atRisk }) => atRisk)));
      }),
      { numRuns: 40 },
    );
  });

  it('says author, date and reason of a decision, and names contracts whose dates are unknown', () => {
    const broken = rowOf({ id: 'b', createdAt: 1, changedAt: 1, title: 'Без начала', status: 'active' }, 'Некто');
    const text = plain(
      composeRenewals({
        portfolio: { ...portfolio, contracts: [...portfolio.contracts, broken] },
        by: 'quarter',
        months: 36,
        brand,
        language: 'ru',
      }),
    );
    expect(text).toContain('не продолжать, Мария Орлова, 11.02.2026');
    expect(text).toContain('Дорого');
    expect(text).toContain('Даты не вычислены');
    expect(text).toContain('Без начала');
  });

  it('says that there is nothing to decide', () => {
    const empty = { contracts: [], promises: [], packs: [], today: TODAY };
    expect(plain(composeRenewals({ portfolio: empty, by: 'month', months: 1, language: 'en' }))).toContain(
      'Nothing is to be decided',
    );
  });
});

describe('the timeline on paper', () => {
  it.each(['none', 'organisation', 'owner'] as const)('has one row for each contract, grouped by %s', (group) => {
    const portfolio = portfolioOf(18);
    const page = html(composeTimeline({ portfolio, paper: 'A4', group, years: 5, language: 'ru' }));
    expect(page.match(/<th scope="row">/gu)).toHaveLength(18);
    expect(page.match(/<th scope="rowgroup"/gu) ?? []).toHaveLength({ none: 0, organisation: 6, owner: 2 }[group]);
    // Each lane says in words what it shows.
    expect(page.match(/role="img" aria-label="[^"]+"/gu)).toHaveLength(18);
  });

  it('draws every mark within its page, whatever the years and the paper', () => {
    fc.assert(
      fc.property(fc.constantFrom('A4', 'A3'), fc.integer({ min: 1, max: 10 }), (paper, years) => {
        const page = html(composeTimeline({ portfolio: portfolioOf(12), paper, group: 'none', years, language: 'en' }));
        const width = paper === 'A4' ? 207 : 316;
        const lanes = [...page.matchAll(/<svg[^>]*role="img".*?<\/svg>/gu)].map(([svg]) => svg);
        expect(lanes.length).toBeGreaterThan(0);
        for (const lane of lanes) {
          expect(lane).toContain(`viewBox="0 0 ${width} `);
          expect(lane).not.toMatch(/NaN|Infinity|undefined/u);
          for (const [, x = '', w = ''] of lane.matchAll(/<rect x="([-\d.]+)" y="[\d.]+" width="([-\d.]+)"/gu)) {
            expect(Number(x)).toBeGreaterThanOrEqual(-1);
            expect(Number(x) + Number(w)).toBeLessThanOrEqual(width + 1);
            expect(Number(w)).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});

import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runContractDates } from '../../../electron/cli/contract-dates.ts';
import { contractDates as texts } from '../../../shared/i18n/areas/contractDates.ts';
import { problemOf } from './support.ts';

interface Answer {
  readonly exitCode: number;
  readonly value: Record<string, unknown> & { readonly error?: { field: string; code: string; message: string } };
}
function run(given: unknown, options = {}): Answer {
  const { exitCode, stdout } = runContractDates(typeof given === 'string' ? given : JSON.stringify(given), {
    today: '2026-02-11',
    ...options,
  });
  return { exitCode, value: JSON.parse(stdout) as Answer['value'] };
}

const tacit = { start: '2024-08-29', end: 'day-before', term: { months: 12 }, renewal: 'tacit', notice: { months: 2 } };
const indexation = {
  base: { amount: '100000.00', currency: 'RUB' },
  firstOn: '2026-01-01',
  baseMonth: '2025-10',
  lagMonths: 1,
  series: { values: { '2025-10': '129.9', '2025-11': '131', '2025-12': '136.0' } },
};

describe('bad terms are refused by the field’s name', () => {
  it.each([
    ['a notice longer than the term', { ...tacit, notice: { months: 13 } }, 'notice', 'noticeLongerThanTerm'],
    [
      'a notice longer than the renewal term',
      { ...tacit, renewalTerm: { months: 1 } },
      'notice',
      'noticeLongerThanTerm',
    ],
    [
      'a notice longer than a renewal still to be decided',
      { ...tacit, renewal: 'express', renewalTerm: { months: 1 }, today: '2025-01-01' },
      'notice',
      'noticeLongerThanTerm',
    ],
    ['a renewal without a term', { start: '2024-08-29', renewal: 'tacit' }, 'term', 'renewalWithoutTerm'],
    [
      'a renewal after a dated end without a term',
      { start: '2024-08-29', end: '2025-08-28', renewal: 'tacit' },
      'renewalTerm',
      'renewalWithoutTerm',
    ],
    ['neither term nor end', { start: '2024-08-29' }, 'term', 'termMissing'],
    ['an end before the start', { start: '2024-08-29', end: '2024-08-28' }, 'end', 'endBeforeStart'],
    [
      'an evergreen end before the start',
      { start: '2024-08-29', end: '2024-08-28', renewal: 'evergreen' },
      'end',
      'endBeforeStart',
    ],
    ['29 February of a common year', { ...tacit, start: '2023-02-29' }, 'start', 'notADate'],
    ['a date with a time', { ...tacit, start: '2024-08-29T00:00:00Z' }, 'start', 'notADate'],
    ['a date before 1900', { ...tacit, start: '1899-12-31' }, 'start', 'dateOutOfRange'],
    ['a date after 2200', { ...tacit, today: '2201-01-01' }, 'today', 'dateOutOfRange'],
    ['a term beyond 2200', { start: '2190-01-01', term: { years: 20 } }, 'term', 'endOutOfRange'],
    [
      'a decision after the deadline',
      { ...tacit, decisions: [{ date: '2025-07-01', kind: 'terminate' }] },
      'decisions[0].date',
      'decisionAfterDeadline',
    ],
    [
      'a late renewal',
      { ...tacit, renewal: 'express', decisions: [{ date: '2025-07-01', kind: 'renew' }] },
      'decisions[0].date',
      'decisionAfterDeadline',
    ],
    [
      'a decision after the end',
      { ...tacit, renewal: 'none', decisions: [{ date: '2025-10-01', kind: 'terminate' }] },
      'decisions[0].date',
      'decisionAfterEnd',
    ],
    [
      'a decision after a termination took effect',
      {
        ...tacit,
        decisions: [
          { date: '2025-05-01', kind: 'terminate' },
          { date: '2026-01-01', kind: 'renew' },
        ],
      },
      'decisions[1].date',
      'decisionAfterEnd',
    ],
    [
      'a renewal of what cannot be renewed',
      { ...tacit, renewal: 'none', decisions: [{ date: '2025-01-01', kind: 'renew' }] },
      'decisions[0].kind',
      'renewalNotPossible',
    ],
    [
      'a decision of an unknown kind',
      { ...tacit, decisions: [{ date: '2025-01-01', kind: 'maybe' }] },
      'decisions[0].kind',
      'notOneOf',
    ],
    ['a decision without a date', { ...tacit, decisions: [{ kind: 'renew' }] }, 'decisions[0].date', 'missing'],
    ['an unknown calendar', { ...tacit, calendar: 'ZZ' }, 'calendar', 'unknownCalendar'],
    ['an unknown key', { ...tacit, notcie: { months: 2 } }, 'notcie', 'unknownField'],
    ['an unknown unit', { ...tacit, notice: { month: 2 } }, 'notice.month', 'unknownField'],
    ['an empty period', { ...tacit, notice: {} }, 'notice', 'periodEmpty'],
    ['a period of nothing', { ...tacit, notice: { months: 0 } }, 'notice', 'periodEmpty'],
    ['a fraction of a month', { ...tacit, notice: { months: 1.5 } }, 'notice.months', 'notAWhole'],
    ['a negative period', { ...tacit, notice: { months: -1 } }, 'notice.months', 'notAWhole'],
    ['a period as text', { ...tacit, notice: '2 months' }, 'notice', 'notAnObject'],
    ['a period of a thousand years', { ...tacit, term: { years: 1000 } }, 'term.years', 'notAWhole'],
    ['many units that add up to centuries', { ...tacit, term: { years: 300, months: 4000 } }, 'term', 'periodTooLong'],
    ['an unknown renewal', { ...tacit, renewal: 'auto' }, 'renewal', 'notOneOf'],
    ['an unknown profile', { ...tacit, profile: 'us' }, 'profile', 'notOneOf'],
    [
      'the last day of the month without months',
      { ...tacit, notice: { days: 30 }, noticeToMonthEnd: true },
      'noticeToMonthEnd',
      'monthEndNeedsMonths',
    ],
    ['negative delivery', { ...tacit, deliveryDays: -1 }, 'deliveryDays', 'notAWhole'],
    ['delivery as text', { ...tacit, deliveryDays: '3' }, 'deliveryDays', 'notAWhole'],
    ['decisions that are no list', { ...tacit, decisions: {} }, 'decisions', 'notAList'],
    ['a decision that is no object', { ...tacit, decisions: ['renew'] }, 'decisions[0]', 'notAnObject'],
    ['a missing start', { term: { months: 12 } }, 'start', 'missing'],
    ['a null start', { start: null, term: { months: 12 } }, 'start', 'missing'],
    [
      'a suspension before the start',
      { ...tacit, suspensions: [{ from: '2024-01-01', to: '2024-02-01' }] },
      'suspensions[0].from',
      'suspensionBeforeStart',
    ],
    [
      'a suspension that ends first',
      { ...tacit, suspensions: [{ from: '2025-02-01', to: '2025-01-01' }] },
      'suspensions[0].to',
      'suspensionEndsFirst',
    ],
    [
      'an amendment before the start',
      { ...tacit, amendments: [{ effective: '2024-01-01', changes: { notice: { days: 1 } } }] },
      'amendments[0].effective',
      'amendmentBeforeStart',
    ],
    [
      'an amendment of nothing',
      { ...tacit, amendments: [{ effective: '2025-01-01', changes: {} }] },
      'amendments[0].changes',
      'changesEmpty',
    ],
    [
      'an amendment of the start',
      { ...tacit, amendments: [{ effective: '2025-01-01', changes: { start: '2025-01-01' } }] },
      'amendments[0].changes.start',
      'unknownField',
    ],
    [
      'an amendment that ends the contract before its term began',
      { ...tacit, amendments: [{ effective: '2025-09-01', changes: { end: '2025-01-01' } }] },
      'end',
      'endBeforeStart',
    ],
    [
      'a pack with a wrong date',
      {
        ...tacit,
        packs: [{ country: 'XX', year: 2026, nonWorking: ['2026-02-30'], working: [], shortened: [], source: 's' }],
      },
      'packs[0].nonWorking[0]',
      'packWrong',
    ],
    [
      'an amount with three decimals',
      { ...tacit, indexation: { ...indexation, base: { amount: '100.123', currency: 'RUB' } } },
      'indexation.base.amount',
      'tooManyDecimals',
    ],
    [
      'an amount as a float',
      { ...tacit, indexation: { ...indexation, base: { amount: 100.5, currency: 'RUB' } } },
      'indexation.base.amount',
      'notADecimal',
    ],
    [
      'an amount beyond all money',
      { ...tacit, indexation: { ...indexation, base: { amount: '99999999999999999999' } } },
      'indexation.base.amount',
      'amountTooLarge',
    ],
    [
      'an index that is no number',
      { ...tacit, indexation: { ...indexation, series: { values: { '2025-10': 'x' } } } },
      'indexation.series.values.2025-10',
      'notADecimal',
    ],
  ])('%s', (_name, given, field, code) => {
    expect(problemOf(given)).toMatchObject({ field, code });
    const { exitCode, value } = run(given);
    expect(exitCode).toBe(1);
    expect(value).toEqual({ error: { field, code, message: expect.stringMatching(/^[A-Z].*\.$/) as unknown } });
    const russian = run(given, { language: 'ru' }).value.error?.message ?? '';
    expect(russian).toMatch(/[а-я]/);
    for (const message of [value.error?.message ?? '', russian])
      expect(message).not.toMatch(/\{\{|contractDates\.|undefined/);
  });

  it.each([
    ['a gap in an index series', { '2025-10': '129.9', '2025-12': '136.0' }, 'indexation.series.values', 'seriesGap'],
    [
      'an index of zero',
      { '2025-10': '129.9', '2025-11': '1', '2025-12': '0' },
      'indexation.series.values',
      'indexNotPositive',
    ],
  ])('%s', (_name, values, field, code) => {
    const { exitCode, value } = run({ ...tacit, indexation: { ...indexation, series: { values } } });
    expect(exitCode).toBe(1);
    expect(value.error).toMatchObject({ field, code });
  });

  it('names the missing month', () => {
    const { value } = run({
      ...tacit,
      indexation: { ...indexation, series: { values: { '2025-10': '129.9', '2025-12': '136.0' } } },
    });
    expect(value.error?.message).toContain('2025-11');
  });

  it.each(['', '{', '[]', '5', '"text"', 'null', '[{"start":"2024-01-01"}]'])('input that is no object: %s', (text) => {
    expect(run(text)).toMatchObject({ exitCode: 1, value: { error: { field: '' } } });
  });

  it('does not take a prototype for a field', () => {
    expect(run('{"start":"2024-01-01","__proto__":{"term":{"months":12}}}').value.error).toMatchObject({
      field: '__proto__',
      code: 'unknownField',
    });
    expect(run('{"start":"2024-01-01","constructor":1}').value.error).toMatchObject({ field: 'constructor' });
  });

  it('never crashes, whatever JSON it is given', () => {
    const keys = fc.constantFrom(
      'start',
      'end',
      'term',
      'renewal',
      'renewalTerm',
      'maxRenewals',
      'notice',
      'profile',
      'calendar',
      'decisions',
      'amendments',
      'today',
      'packs',
      'indexation',
      'suspensions',
      'asOf',
      'clauses',
    );
    const values = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom('2024-02-29', '2200-12-31', '1900-01-01', 'day-before', 'tacit', 'evergreen', 'rf', 'RU'),
      fc.dictionary(fc.constantFrom('years', 'months', 'days', 'workingDays'), fc.integer({ min: 0, max: 30 })),
    );
    fc.assert(
      fc.property(fc.dictionary(keys, values), (given) => {
        const { exitCode, value } = run({ start: '2024-02-29', ...given });
        expect(exitCode === 0 ? Array.isArray(value['because']) : typeof value.error?.field === 'string').toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the command line', () => {
  it('answers in exactly the promised shape', () => {
    const { exitCode, value } = run({
      ...tacit,
      calendar: 'RU',
      deliveryDays: 3,
      maxRenewals: null,
      profile: 'plain',
      decisions: [],
    });
    expect(exitCode).toBe(0);
    expect(Object.keys(value)).toEqual(['state', 'term', 'notice', 'nextTerms', 'because']);
    expect(value).toMatchObject({
      state: 'active',
      term: { start: '2025-08-29', end: '2026-08-28', index: 1 },
      notice: { legal: '2026-06-28', safe: '2026-06-26', sendBy: '2026-06-23', provisional: false },
    });
    expect((value['nextTerms'] as unknown[])[0]).toEqual({
      start: '2026-08-29',
      end: '2027-08-28',
      notice: '2027-06-28',
    });
    expect(value['because']).toEqual(expect.arrayContaining([expect.stringContaining('2024-08-29')]) as unknown);
  });

  it('needs no more than a start and a term', () => {
    expect(run({ start: '2026-01-15', term: { months: 12 } }).value).toMatchObject({
      state: 'active',
      term: { start: '2026-01-15', end: '2027-01-14', index: 0 },
      notice: { legal: null, safe: null, sendBy: null, provisional: false },
      nextTerms: [],
    });
  });

  it('takes null and a byte order mark for what they are', () => {
    expect(
      run(
        `\uFEFF${JSON.stringify({ start: '2024-08-29', term: null, renewal: 'evergreen', notice: null, maxRenewals: null })}`,
      ),
    ).toMatchObject({ exitCode: 0, value: { term: { end: null } } });
  });

  it('shows the price steps only when the terms have a price clause', () => {
    const { value } = run({ ...tacit, indexation });
    expect(value['prices']).toEqual([
      { from: '2026-01-01', factor: '1.046959200', minor: 10_469_592, provisional: false },
    ]);
  });
});

describe('texts', () => {
  /** Every literal key that the engine's sources hand to because() or to an error. */
  const folder = new URL('../../../shared/contract-dates/', import.meta.url);
  const source = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
  const has = (area: object, key: string) => key in area || `${key}_other` in area;

  it.each(['ru', 'en'] as const)('exist in %s for every reason and every refusal', (language) => {
    const reasons = [...source.matchAll(/because\(\s*'(\w+)'/g)].map((match) => match[1] ?? '');
    const codes = [
      ...source.matchAll(/(?:termsError|refuse|fail)\(\s*[^,()]+(?:\([^)]*\))?,\s*(?:'(?:date|kind)',\s*)?'(\w+)'/g),
    ].map((match) => match[1] ?? '');
    expect(reasons.length).toBeGreaterThan(40);
    expect(codes.length).toBeGreaterThan(40);
    const { because, index, problem } = texts[language];
    expect(reasons.filter((key) => !has(because, key) && !has(index, key))).toEqual([]);
    expect(codes.filter((key) => !has(problem, key))).toEqual([]);
  });

  it('have the same keys in both languages, plural forms aside', () => {
    const keys = (area: object, prefix = ''): string[] =>
      Object.entries(area).flatMap(([key, value]) => {
        const name = `${prefix}${key.replace(/_(one|few|many|other)$/, '')}`;
        return typeof value === 'object' ? keys(value as object, `${name}.`) : [name];
      });
    expect([...new Set(keys(texts.ru))].toSorted()).toEqual([...new Set(keys(texts.en))].toSorted());
  });
});

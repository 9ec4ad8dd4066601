/** contract-dates as a script calls it: JSON on standard input, JSON on standard output, in a process of its own. */
import { expect, it, vi } from 'vitest';
import { rapport } from './support.ts';

// A process takes half a second of the machine, and many more when others want it too.
vi.setConfig({ testTimeout: 300_000 });

interface Answer {
  readonly state: string;
  readonly term: { readonly start: string; readonly end: string | null; readonly index: number };
  readonly notice: {
    readonly legal: string | null;
    readonly safe: string | null;
    readonly sendBy: string | null;
    readonly provisional: boolean;
  };
  readonly nextTerms: readonly {
    readonly start: string;
    readonly end: string | null;
    readonly notice: string | null;
  }[];
  readonly prices?: readonly { readonly minor: number; readonly factor: string }[];
  readonly because: readonly string[];
}
interface Refusal {
  readonly error: { readonly field: string; readonly code: string; readonly message: string };
}

const dates = async (terms: object, ...options: string[]): Promise<Answer> => {
  const run = await rapport(['contract-dates', ...options], {}, JSON.stringify(terms));
  expect([run.code, run.stderr]).toEqual([0, '']);
  return run.json<Answer>();
};
const refusal = async (input: string): Promise<Refusal['error']> => {
  const run = await rapport(['contract-dates'], {}, input);
  expect(run.code).toBe(1);
  return run.json<Refusal>().error;
};
const tacit = (end: string, notice: object): object => ({
  start: '2020-01-01',
  end,
  renewal: 'tacit',
  renewalTerm: { months: 12 },
  notice,
  calendar: 'RU',
  today: '2020-06-01',
});

it('answers in the agreed form, and in no other', async () => {
  const answer = await dates({
    start: '2024-08-29',
    end: 'day-before',
    term: { months: 12 },
    renewal: 'tacit',
    notice: { months: 2 },
    calendar: 'RU',
    nextCount: 1,
    today: '2026-02-11',
  });
  expect(answer).toEqual({
    state: 'active',
    term: { start: '2025-08-29', end: '2026-08-28', index: 1 },
    notice: { legal: '2026-06-28', safe: '2026-06-26', sendBy: '2026-06-26', provisional: false },
    nextTerms: [{ start: '2026-08-29', end: '2027-08-28', notice: '2027-06-28' }],
    because: expect.arrayContaining(['Start: 2024-08-29.']),
  });
  expect(answer.because.join(' ')).toContain('2026-06-28 is a Sunday');
});

it('gives the golden terms: 36 months in two readings, no drift from 31 January and 29 February', async () => {
  const long = { start: '2020-08-01', term: { months: 36 }, today: '2021-01-01' };
  const before = await dates({ ...long, end: 'day-before', renewal: 'tacit', renewalTerm: { months: 12 } });
  expect([before.term, ...before.nextTerms.slice(0, 3)].map(({ end }) => end)).toEqual([
    '2023-07-31',
    '2024-07-31',
    '2025-07-31',
    '2026-07-31',
  ]);
  expect((await dates({ ...long, profile: 'rf' })).term.end).toBe('2023-08-01');
  for (const [start, term, ends] of [
    ['2024-01-31', { months: 1 }, ['2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31']],
    ['2024-02-29', { years: 1 }, ['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']],
  ] as const) {
    const monthly = await dates({ start, end: 'same-day', term, renewal: 'tacit', today: start });
    expect([monthly.term, ...monthly.nextTerms.slice(0, 3)].map(({ end }) => end)).toEqual(ends);
  }
});

it('gives the golden notices, with the working day before', async () => {
  const vectors = [
    ['2023-07-31', { months: 3 }, '2023-04-30', '2023-04-28', '2023-05-02'],
    ['2026-12-31', { days: 90 }, '2026-10-02', '2026-10-02', ''],
    ['2026-12-31', { days: 60 }, '2026-11-01', '2026-10-30', '2026-11-02'],
    ['2026-06-30', { days: 30 }, '2026-05-31', '2026-05-29', '2026-06-01'],
    ['2026-10-31', { months: 3 }, '2026-07-31', '2026-07-31', ''],
    ['2026-05-31', { months: 3 }, '2026-02-28', '2026-02-27', '2026-03-02'],
    ['2026-11-30', { months: 3 }, '2026-08-30', '2026-08-28', '2026-08-31'],
  ] as const;
  const answers = await Promise.all(vectors.map(([end, notice]) => dates(tacit(end, notice))));
  for (const [i, [, , legal, safe, argument]] of vectors.entries()) {
    const answer = answers[i] as Answer;
    expect(answer.notice).toEqual({ legal, safe, sendBy: safe, provisional: false });
    // The day that a lawyer might argue for stands in the derivation only.
    expect(answer.because.join(' ')).toContain(argument);
  }
  const newYear = await dates(tacit('2027-01-31', { days: 30 }));
  expect(newYear.notice).toMatchObject({ legal: '2027-01-01', provisional: true });
  expect(newYear.because.join(' ')).toContain('RU 2027');
});

it('gives the golden prices', async () => {
  for (const [capPercent, minor] of [
    ['5', 10_469_592],
    ['4', 10_400_000],
  ] as const) {
    const answer = await dates({
      start: '2025-01-01',
      end: '2027-12-31',
      today: '2026-02-01',
      indexation: {
        base: { amount: '100000.00', currency: 'RUB' },
        firstOn: '2026-01-01',
        everyMonths: 1200,
        baseMonth: '2024-12',
        lagMonths: 1,
        series: { months: 12, values: { '2024-12': '129.9', '2025-12': '136.0' } },
        capPercent,
      },
    });
    expect(answer.prices?.[0]?.minor).toBe(minor);
  }
});

it('does not undo a clamped month: one month back from 28 February is 28 January, before the term began', async () => {
  const terms = {
    start: '2026-01-31',
    end: 'same-day',
    term: { months: 1 },
    renewal: 'tacit',
    notice: { months: 1 },
    today: '2026-02-01',
  };
  const { field, code, message } = await refusal(JSON.stringify(terms));
  expect([field, code]).toEqual(['notice', 'noticeLongerThanTerm']);
  expect(message).toContain('2026-01-28');
});

it('says Russian numbers by their plural forms', async () => {
  const words = { 1: '1 день', 2: '2 дня', 11: '11 дней', 21: '21 день', 111: '111 дней' };
  await Promise.all(
    Object.entries(words).map(async ([days, text]) => {
      const { because } = await dates(tacit('2026-12-31', { days: Number(days) }), '--language', 'ru');
      expect(because.join(' ')).toContain(`Уведомление: ${text} до 31.12.2026`);
    }),
  );
});

it('refuses wrong terms with exit code 1, the field and the reason', async () => {
  const wrong = [
    ['{"start": ', '', 'notJson'],
    ['[]', '', 'notAnObject'],
    ['', '', 'notJson'],
    ['{"start": "2026-02-30", "term": {"months": 1}}', 'start', 'notADate'],
    ['{"start": "2026-02-28", "term": {"months": 1}, "stop": 1}', 'stop', 'unknownField'],
    [
      '{"start": "2026-01-01", "end": "2026-12-31", "decisions": [{"date": "soon", "kind": "renew"}]}',
      'decisions[0].date',
      'notADate',
    ],
  ] as const;
  await Promise.all(
    wrong.map(async ([input, field, code]) => {
      const error = await refusal(input);
      expect([error.field, error.code]).toEqual([field, code]);
      expect(error.message).not.toBe('');
    }),
  );
  const unknown = await rapport(['contract-dates', '--language', 'fr'], {}, '{}');
  expect([unknown.code, unknown.stdout]).toEqual([2, '']);
});

it('refuses more than ten megabytes without trying', async () => {
  const run = await rapport(['contract-dates', '--json'], {}, `{"start": "${'9'.repeat(10_000_001)}"}`);
  expect([run.code, run.json<Refusal>().error.code]).toEqual([1, 'contract.inputTooLarge']);
});

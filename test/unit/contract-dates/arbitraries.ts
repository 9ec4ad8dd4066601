import fc from 'fast-check';

/** Random terms as JSON, most of them acceptable. */
export const dateBetween = (first: number, last: number) =>
  fc
    .tuple(fc.integer({ min: first, max: last }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
    .map(([year, month, day]) => {
      const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
      return `${year}-${String(month).padStart(2, '0')}-${String(Math.min(day, length)).padStart(2, '0')}`;
    });

export const period = (most: { years: number; months: number; weeks: number; days: number; workingDays: number }) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ months: fc.integer({ min: 1, max: most.months }) }) },
    { weight: 2, arbitrary: fc.record({ years: fc.integer({ min: 1, max: most.years }) }) },
    { weight: 2, arbitrary: fc.record({ days: fc.integer({ min: 1, max: most.days }) }) },
    { weight: 1, arbitrary: fc.record({ weeks: fc.integer({ min: 1, max: most.weeks }) }) },
    { weight: 1, arbitrary: fc.record({ workingDays: fc.integer({ min: 1, max: most.workingDays }) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        months: fc.integer({ min: 1, max: most.months }),
        days: fc.integer({ min: 1, max: most.days }),
      }),
    },
  );

const long = period({ years: 5, months: 60, weeks: 52, days: 400, workingDays: 200 });
const short = period({ years: 1, months: 6, weeks: 8, days: 90, workingDays: 40 });

const raw = fc.record(
  {
    start: dateBetween(2015, 2030),
    end: fc.constantFrom('day-before', 'same-day'),
    term: long,
    renewal: fc.constantFrom('none', 'express', 'tacit', 'evergreen', 'optionOurs', 'optionTheirs'),
    renewalTerm: long,
    maxRenewals: fc.option(fc.integer({ min: 0, max: 5 })),
    notice: short,
    noticeToMonthEnd: fc.boolean(),
    termToMonthEnd: fc.boolean(),
    profile: fc.constantFrom('plain', 'rf', 'eu'),
    calendar: fc.constantFrom('RU', 'none'),
    deliveryDays: fc.integer({ min: 0, max: 20 }),
    approvalDays: fc.integer({ min: 0, max: 10 }),
    today: dateBetween(2014, 2045),
    suspensions: fc.array(fc.record({ from: dateBetween(2031, 2032), to: dateBetween(2033, 2033) }), { maxLength: 1 }),
  },
  { requiredKeys: ['start', 'term', 'renewal', 'today'] },
);

/** The last day of the month goes with a notice in months only. */
export const anyTerms = raw.map((given) => {
  const { noticeToMonthEnd, ...rest } = given;
  const monthly = given.notice === undefined || 'months' in given.notice || 'years' in given.notice;
  return noticeToMonthEnd === undefined || !monthly ? rest : given;
});

const wording = {
  end: fc.oneof(fc.constantFrom('day-before', 'same-day'), dateBetween(2019, 2030)),
  term: long,
  renewal: fc.constantFrom('none', 'express', 'tacit', 'evergreen', 'optionOurs', 'optionTheirs'),
  renewalTerm: long,
  maxRenewals: fc.option(fc.integer({ min: 0, max: 4 })),
  renewNotAfter: dateBetween(2022, 2032),
  notice: short,
  noticeOpens: long,
  convenienceNotice: short,
  exitAt: fc.constantFrom('month', 'quarter', 'year', 'contractMonth', 'contractYear'),
  profile: fc.constantFrom('plain', 'rf', 'eu', 'contract'),
  noticeCounts: fc.constantFrom('sent', 'received'),
  termToMonthEnd: fc.boolean(),
};
const someDay = dateBetween(2019, 2030);

/** Terms with decisions, amendments, suspensions and looks into the past: many are refused, none may break the engine. */
export const entangledTerms = fc.record(
  {
    start: dateBetween(2019, 2024),
    ...wording,
    calendar: fc.constantFrom('RU', 'none'),
    today: someDay,
    deliveryDays: fc.integer({ min: 0, max: 9 }),
    decisions: fc.array(fc.record({ date: someDay, kind: fc.constantFrom('terminate', 'renew', 'terminateEarly') }), {
      maxLength: 3,
    }),
    amendments: fc.array(
      fc.record(
        {
          effective: dateBetween(2024, 2030),
          known: someDay,
          changes: fc.record(wording, { requiredKeys: ['notice'] }),
        },
        { requiredKeys: ['effective', 'changes'] },
      ),
      { maxLength: 3 },
    ),
    suspensions: fc.array(
      fc.record({ from: dateBetween(2024, 2025), to: dateBetween(2026, 2026) }, { requiredKeys: ['from'] }),
      { maxLength: 2 },
    ),
    asOf: fc.record({ known: someDay, effective: someDay }, { requiredKeys: [] }),
  },
  { requiredKeys: ['start', 'term', 'today'] },
);

import { describe, expect, it } from 'vitest';
import { bothReadings } from '../../../shared/contract-dates/compute.ts';
import { datesOf, keysOf, problemOf, sentences, termsOf } from './support.ts';

const yearly = { start: '2024-08-29', end: 'day-before', term: { months: 12 }, notice: { months: 2 } };

describe('renewal', () => {
  it('says from which day a renewal was really counted', () => {
    const dated = { start: '2020-08-15', end: '2021-06-30', renewal: 'tacit', renewalTerm: { months: 1 } };
    const said = (given: object, today: string): readonly unknown[] =>
      datesOf({ ...given, today })
        .because.filter(({ key }) => /^(renewal|nextTerm)/.test(key))
        .map(({ key, params }) => [key, params['start'], params['anchor']]);
    // The text names the last day of June: the renewals are counted from the first of July.
    expect(said(dated, '2021-07-15')).toEqual([
      ['renewalOnward', '2021-07-01', undefined],
      ['nextTerm', '2021-08-01', '2021-07-01'],
    ]);
    const counted = { start: '2020-08-31', end: 'day-before', term: { months: 6 }, renewal: 'tacit' };
    expect(said(counted, '2021-03-15')).toEqual([
      ['renewalNumber', '2021-02-28', '2020-08-31'],
      ['nextTerm', '2021-08-31', '2020-08-31'],
    ]);
    // Days go on from day to day.
    expect(said({ ...counted, term: { days: 30 } }, '2020-10-15')).toEqual([
      ['renewalOnward', '2020-09-30', undefined],
      ['nextTermOnward', '2020-10-30', undefined],
    ]);
  });

  it('never rolls an express contract by itself, and shows what a renewal would open', () => {
    const dates = datesOf({ ...yearly, renewal: 'express', today: '2026-02-11' });
    expect(dates).toMatchObject({
      state: 'ended',
      finalEnd: '2025-08-28',
      nextTerms: [],
      term: { index: 0, end: '2025-08-28' },
    });
    const open = datesOf({ ...yearly, renewal: 'express', today: '2025-05-01' });
    expect(open).toMatchObject({
      state: 'expressAwaiting',
      nextTerms: [],
      possibleNext: { start: '2025-08-29', end: '2026-08-28' },
    });
  });

  it('carries an express contract on for each recorded renewal and no further', () => {
    const decisions = [{ date: '2025-05-01', kind: 'renew', author: 'A', reason: 'B' }];
    const during = datesOf({ ...yearly, renewal: 'express', decisions, today: '2025-06-01' });
    expect(during).toMatchObject({ state: 'renewalDecided', decided: true });
    expect(during.nextTerms.map((term) => term.end)).toEqual(['2026-08-28']);
    const later = datesOf({ ...yearly, renewal: 'express', decisions, today: '2026-02-11' });
    expect(later).toMatchObject({
      state: 'active',
      decided: false,
      term: { index: 1, end: '2026-08-28' },
      nextTerms: [],
      finalEnd: '2026-08-28',
    });
    expect(keysOf(later)).toContain('renewalExpress');
  });

  it('tells ours from theirs when an option is open', () => {
    const at = (renewal: string) => datesOf({ ...yearly, renewal, today: '2025-05-01' }).state;
    expect(at('optionOurs')).toBe('optionOpen');
    expect(at('optionTheirs')).toBe('optionAwaiting');
  });

  it('never ends an evergreen contract, before or after its minimum term', () => {
    const dates = datesOf({ ...yearly, renewal: 'evergreen', today: '2025-01-01' });
    expect(dates).toMatchObject({
      term: { end: null, notice: { legal: '2025-06-28' } },
      finalEnd: null,
      earliestExit: '2025-08-28',
    });
    const later = datesOf({ ...yearly, renewal: 'evergreen', today: '2150-01-01' });
    expect(later).toMatchObject({
      state: 'active',
      term: { end: null, index: 0 },
      nextTerms: [],
      earliestExit: '2150-03-01',
    });
    expect(datesOf({ start: '2024-08-29', renewal: 'evergreen' }).term).toMatchObject({ end: null, notice: null });
  });

  it('lets an evergreen contract go when notice is given, counting forward by the profile', () => {
    const decisions = [{ date: '2026-01-30', kind: 'terminate' }];
    const terms = { start: '2024-08-29', renewal: 'evergreen', notice: { days: 30 }, decisions, today: '2026-02-11' };
    expect(datesOf({ ...terms, profile: 'rf' })).toMatchObject({ state: 'terminating', finalEnd: '2026-03-02' });
    expect(datesOf(terms).finalEnd).toBe('2026-03-01');
    expect(datesOf({ ...terms, today: '2026-03-05' }).state).toBe('ended');
  });

  it('lets a notice be withdrawn until it takes effect, and not after', () => {
    const decided = (date: string) => ({
      start: '2024-08-29',
      renewal: 'evergreen',
      notice: { days: 30 },
      decisions: [
        { date: '2025-01-10', kind: 'terminate' },
        { date, kind: 'renew' },
      ],
    });
    expect(datesOf(decided('2025-02-09'))).toMatchObject({ state: 'active', finalEnd: null });
    expect(problemOf(decided('2025-02-10'))).toMatchObject({
      field: 'decisions[1].date',
      code: 'decisionAfterEnd',
      params: { end: '2025-02-09' },
    });
  });

  it('stops at the number of renewals and at the last permitted day', () => {
    const limited = datesOf({ ...yearly, renewal: 'tacit', maxRenewals: 1, today: '2026-02-11' });
    expect(limited).toMatchObject({ term: { index: 1 }, nextTerms: [], finalEnd: '2026-08-28' });
    expect(keysOf(limited)).toContain('limitReached');
    expect(datesOf({ ...yearly, renewal: 'tacit', maxRenewals: 0, today: '2026-02-11' }).state).toBe('ended');
    const capped = datesOf({ ...yearly, renewal: 'tacit', renewNotAfter: '2026-12-31', today: '2025-01-01' });
    expect(capped.nextTerms.map((term) => term.end)).toEqual(['2026-08-28', '2026-12-31']);
    expect(datesOf({ ...yearly, renewal: 'tacit', renewNotAfter: '2026-12-31', today: '2026-10-01' })).toMatchObject({
      term: { index: 2, end: '2026-12-31' },
      finalEnd: '2026-12-31',
      nextTerms: [],
    });
  });

  it('computes renewals of days from the boundary reached and of months from the anchor', () => {
    const days = datesOf({
      start: '2026-01-01',
      term: { days: 30 },
      renewal: 'tacit',
      renewalTerm: { months: 1 },
      today: '2026-01-01',
    });
    expect([days.term.end, ...days.nextTerms.slice(0, 3).map((term) => term.end)]).toEqual([
      '2026-01-30',
      '2026-02-27',
      '2026-03-30',
      '2026-04-29',
    ]);
    const months = datesOf({
      start: '2026-01-31',
      end: 'same-day',
      term: { months: 1 },
      renewal: 'tacit',
      renewalTerm: { weeks: 1 },
      today: '2026-01-31',
    });
    expect([months.term.end, ...months.nextTerms.slice(0, 2).map((term) => term.end)]).toEqual([
      '2026-02-28',
      '2026-03-07',
      '2026-03-14',
    ]);
  });

  it('starts the first renewal the day after an end named as a date', () => {
    const dates = datesOf({
      start: '2025-03-10',
      end: '2025-06-30',
      renewal: 'tacit',
      renewalTerm: { months: 1 },
      today: '2025-04-01',
    });
    expect(dates.nextTerms.slice(0, 3).map(({ start, end }) => [start, end])).toEqual([
      ['2025-07-01', '2025-07-31'],
      ['2025-08-01', '2025-08-31'],
      ['2025-09-01', '2025-09-30'],
    ]);
  });

  it('keeps month ends only when the wording says the last day of the month', () => {
    const terms = { start: '2024-02-01', term: { months: 1 }, renewal: 'tacit', today: '2024-02-01' };
    const kept = datesOf({ ...terms, start: '2024-01-31', termToMonthEnd: true });
    expect([kept.term.end, ...kept.nextTerms.slice(0, 3).map((term) => term.end)]).toEqual([
      '2024-02-29',
      '2024-03-31',
      '2024-04-30',
      '2024-05-31',
    ]);
    expect(datesOf({ ...terms, termToMonthEnd: true }).term.end).toBe('2024-02-29');
    const dates = datesOf({ ...terms, start: '2025-02-28', end: 'same-day' });
    expect(dates.nextTerms[0]?.end).toBe('2025-04-28');
  });

  it('shows both readings of one wording', () => {
    expect(bothReadings(termsOf({ start: '2026-01-15', term: { months: 12 } }))).toEqual({
      dayBefore: '2027-01-14',
      sameDay: '2027-01-15',
    });
    expect(bothReadings(termsOf({ start: '2026-01-15', end: '2027-01-14' }))).toBeUndefined();
    expect(sentences(datesOf({ start: '2026-01-15', term: { months: 12 } }), 'ru')).toContain(
      'При чтении «по то же число» было бы 15.01.2027.',
    );
    expect(keysOf(datesOf({ start: '2026-01-15', term: { months: 12 }, end: '2027-01-14' }))).not.toContain(
      'termDiffers',
    );
    expect(keysOf(datesOf({ start: '2026-01-15', term: { months: 12 }, end: '2027-01-31' }))).toContain('termDiffers');
  });
});

describe('states', () => {
  const tacit = { ...yearly, renewal: 'tacit', deliveryDays: 5, approvalDays: 2 };
  // Deadline 2025-06-28 (Saturday): safe 27 June, sent by 20 June (22nd is a Sunday), begun by 18 June.
  it.each([
    ['2024-08-28', 'upcoming'],
    ['2024-08-29', 'active'],
    ['2025-03-19', 'active'],
    ['2025-03-20', 'noticeWindowOpen'],
    ['2025-06-03', 'noticeWindowOpen'],
    ['2025-06-04', 'decisionDue'],
    ['2025-06-28', 'decisionDue'],
    ['2025-06-29', 'renewedUnlessShownOtherwise'],
    ['2025-08-28', 'renewedUnlessShownOtherwise'],
    ['2025-08-29', 'active'],
  ])('on %s a tacit contract is %s', (today, state) => {
    const dates = datesOf({ ...tacit, today });
    expect(dates.state).toBe(state);
    expect(dates.term.notice?.sendBy).toBe(today < '2025-08-29' ? '2025-06-18' : '2026-06-17');
  });

  it('shows the next term’s deadline once this one has passed', () => {
    const dates = datesOf({ ...tacit, today: '2025-07-15' });
    expect(dates.nextTerms[0]?.notice?.legal).toBe('2026-06-28');
    expect(sentences(dates, 'en').at(-1)).toContain('renewed unless shown otherwise');
  });

  it('is a draft until signed, ends when nothing renews it, and stands while suspended', () => {
    expect(datesOf({ ...tacit, signed: false }).state).toBe('draft');
    expect(datesOf({ ...yearly, today: '2025-08-01' }).state).toBe('ending');
    expect(datesOf({ ...yearly, today: '2025-08-28' }).state).toBe('ending');
    expect(datesOf({ ...yearly, today: '2025-08-29' }).state).toBe('ended');
    expect(
      datesOf({ ...tacit, suspensions: [{ from: '2025-01-01', to: '2025-01-31' }], today: '2025-01-15' }).state,
    ).toBe('suspended');
  });

  it('turns green only with a decision that has author, date and reason', () => {
    const on = (extra: object) =>
      datesOf({ ...tacit, today: '2025-06-25', decisions: [{ date: '2025-05-01', kind: 'renew', ...extra }] });
    expect(on({})).toMatchObject({ decided: false, state: 'renewalDecided' });
    expect(keysOf(on({ author: 'Анна' }))).toContain('decisionIncomplete');
    expect(on({ author: 'Анна', reason: 'цена' }).decided).toBe(true);
  });

  it('ends with the current term after a termination in time, and the last decision counts', () => {
    const decisions = [
      { date: '2025-05-01', kind: 'renew' },
      { date: '2025-06-10', kind: 'terminate' },
    ];
    expect(datesOf({ ...tacit, decisions, today: '2025-06-15' })).toMatchObject({
      state: 'terminating',
      finalEnd: '2025-08-28',
      nextTerms: [],
    });
    expect(datesOf({ ...tacit, decisions, today: '2025-09-15' }).state).toBe('ended');
    expect(datesOf({ ...tacit, decisions, today: '2025-05-15' })).toMatchObject({ state: 'renewalDecided' });
  });

  it('takes a decision on the very day of the deadline, and not a day later', () => {
    const on = (date: string) => ({ ...tacit, decisions: [{ date, kind: 'terminate' }], today: '2025-07-15' });
    expect(datesOf(on('2025-06-28')).state).toBe('terminating');
    expect(problemOf(on('2025-06-29'))).toMatchObject({
      code: 'decisionAfterDeadline',
      params: { deadline: '2025-06-28' },
    });
    const { notice: _notice, ...silent } = on('2025-08-28');
    expect(datesOf({ ...silent, today: '2025-08-28' }).state).toBe('terminating');
  });

  it('does not count a decision before its day, yet refuses at once one that can never be valid', () => {
    const later = (date: string) => ({ ...tacit, decisions: [{ date, kind: 'terminate' }], today: '2025-01-15' });
    expect(datesOf(later('2025-05-01'))).toMatchObject({ state: 'active', decision: null, finalEnd: null });
    expect(keysOf(datesOf(later('2025-05-01')))).toContain('decisionLater');
    expect(problemOf(later('2025-07-01'))).toMatchObject({ field: 'decisions[0].date', code: 'decisionAfterDeadline' });
  });

  it('leaves early only by a notice for convenience', () => {
    const decisions = [{ date: '2025-01-10', kind: 'terminateEarly' }];
    expect(datesOf({ ...tacit, convenienceNotice: { days: 30 }, decisions, today: '2025-01-15' })).toMatchObject({
      state: 'terminating',
      finalEnd: '2025-02-09',
    });
    expect(problemOf({ ...tacit, decisions })).toMatchObject({
      field: 'decisions[0].kind',
      code: 'noConvenienceNotice',
    });
  });

  it('does not deduct delivery when sending in time is enough', () => {
    expect(datesOf({ ...tacit, approvalDays: 0, noticeCounts: 'sent', today: '2025-01-01' }).term.notice).toMatchObject(
      { safe: '2025-06-27', sendBy: '2025-06-27' },
    );
    expect(datesOf({ ...tacit, coolingOff: { days: 14 }, today: '2024-08-30' }).coolingOffUntil).toBe('2024-09-12');
  });
});

describe('suspension', () => {
  it('moves the end by every suspended day, merging overlaps, and the notice with it', () => {
    const suspensions = [
      { from: '2025-01-01', to: '2025-01-10' },
      { from: '2025-01-05', to: '2025-01-20' },
    ];
    const dates = datesOf({ ...yearly, renewal: 'tacit', suspensions, today: '2025-02-01' });
    expect(dates.term).toMatchObject({ end: '2025-09-17', notice: { legal: '2025-07-17' } });
    expect(dates.nextTerms[0]).toMatchObject({ start: '2025-09-18', end: '2026-09-17' });
  });

  it('reaches a second pause only because the first one moved the end', () => {
    const suspensions = [
      { from: '2025-08-01', to: '2025-08-10' },
      { from: '2025-09-05', to: '2025-09-06' },
    ];
    expect(datesOf({ ...yearly, suspensions, today: '2025-02-01' }).term.end).toBe('2025-09-09');
    expect(datesOf({ ...yearly, suspensions: suspensions.slice(1), today: '2025-02-01' }).term.end).toBe('2025-08-28');
  });

  it('counts an open suspension to today and says that the end is provisional', () => {
    const dates = datesOf({ ...yearly, suspensions: [{ from: '2025-01-01' }], today: '2025-01-10' });
    expect(dates).toMatchObject({ provisional: true, term: { end: '2025-09-07', notice: { provisional: true } } });
  });
});

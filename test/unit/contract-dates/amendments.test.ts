import { describe, expect, it } from 'vitest';
import { datesOf, keysOf, problemOf, sentences } from './support.ts';

const base = { start: '2024-01-01', end: 'day-before', term: { months: 12 }, renewal: 'tacit', notice: { months: 1 } };

describe('amendments', () => {
  it('apply to the term in which they take effect and to the ones after it, not to those before', () => {
    const amendments = [{ number: '1', effective: '2025-06-01', changes: { renewalTerm: { months: 24 } } }];
    const before = datesOf({ ...base, amendments, today: '2024-05-01' });
    expect(before.term.end).toBe('2024-12-31');
    expect(datesOf({ ...base, amendments, today: '2026-02-11' }).term).toMatchObject({
      index: 1,
      start: '2025-01-01',
      end: '2026-12-31',
    });
  });

  it('cite the document that set a date', () => {
    const amendments = [{ number: '7', effective: '2025-06-01', changes: { notice: { months: 3 } } }];
    const dates = datesOf({ ...base, amendments, clauses: { renewal: 'п. 9.1' }, today: '2025-07-01' });
    expect(dates.term.notice?.legal).toBe('2025-09-30');
    expect(sentences(dates, 'ru')).toContain(
      'Уведомление: 3 месяца до 31.12.2025, по тексту не позднее 30.09.2025. Основание: дополнительное соглашение 7.',
    );
    expect(sentences(dates, 'ru').some((line) => line.endsWith('Основание: п. 9.1.'))).toBe(true);
  });

  it('extend the contract by agreement, and the new end is the new anchor', () => {
    const amendments = [{ number: '1', effective: '2024-11-01', changes: { end: '2025-03-31', renewal: 'none' } }];
    expect(datesOf({ ...base, amendments, today: '2024-12-01' })).toMatchObject({
      finalEnd: '2025-03-31',
      nextTerms: [],
    });
    const tacit = [{ number: '1', effective: '2024-11-01', changes: { end: '2025-03-31' } }];
    expect(datesOf({ ...base, amendments: tacit, today: '2024-12-01' }).nextTerms[0]).toMatchObject({
      start: '2025-04-01',
      end: '2026-03-31',
    });
  });

  it('are seen only from the day they became known, even with effect in the past', () => {
    const amendments = [
      { number: '1', signed: '2026-03-01', effective: '2026-01-01', changes: { notice: { months: 6 } } },
    ];
    const february = datesOf({ ...base, amendments, today: '2026-02-11' });
    expect(february.term.notice?.legal).toBe('2026-11-30');
    expect(keysOf(february)).toContain('amendmentUnknown');
    const march = datesOf({ ...base, amendments, today: '2026-03-02' });
    expect(march.term.notice?.legal).toBe('2026-06-30');
    const lookingBack = datesOf({ ...base, amendments, today: '2026-03-02', asOf: { known: '2026-02-28' } });
    expect(lookingBack.term.notice?.legal).toBe('2026-11-30');
  });

  it('are left out when they take effect after the day asked for', () => {
    const amendments = [{ number: '1', effective: '2026-06-01', changes: { notice: { months: 6 } } }];
    expect(datesOf({ ...base, amendments, today: '2026-06-02' }).term.notice?.legal).toBe('2026-06-30');
    expect(
      datesOf({ ...base, amendments, today: '2026-06-02', asOf: { effective: '2026-05-31' } }).term.notice?.legal,
    ).toBe('2026-11-30');
  });

  it('are not applied before they take effect, yet a known one inside the current term already moves its deadline', () => {
    const amendments = [
      { number: '1', signed: '2026-02-01', effective: '2026-06-01', changes: { notice: { months: 3 } } },
    ];
    expect(datesOf({ ...base, amendments, today: '2026-02-11' }).term.notice?.legal).toBe('2026-09-30');
  });

  it('apply until the one that replaces them takes effect', () => {
    const early = { number: '1', effective: '2024-03-01', changes: { notice: { months: 1 } } };
    const later = {
      number: '2',
      effective: '2027-03-01',
      replaces: '1',
      known: '2024-06-01',
      changes: { notice: { months: 3 } },
    };
    const amendments = [early, later];
    const terms = {
      start: '2024-01-01',
      end: 'day-before',
      term: { months: 12 },
      renewal: 'tacit',
      notice: { months: 2 },
    };
    const legal = (today: string): string | undefined => datesOf({ ...terms, amendments, today }).term.notice?.legal;
    expect(legal('2026-05-01')).toBe('2026-11-30');
    expect(legal('2027-05-01')).toBe('2027-09-30');
  });

  it('with one effective date are refused unless one replaces the other', () => {
    const one = { number: '1', effective: '2025-06-01', changes: { notice: { months: 2 } } };
    const two = { number: '2', effective: '2025-06-01', changes: { notice: { months: 3 } } };
    expect(problemOf({ ...base, amendments: [one, two] })).toMatchObject({
      field: 'amendments[1].effective',
      code: 'amendmentsSameDate',
    });
    expect(datesOf({ ...base, amendments: [one, { ...two, replaces: '1' }] }).term.notice?.legal).toBe('2026-09-30');
    // The one that is replaced is known; it is left out for that reason, and the derivation says so.
    const replaced = datesOf({ ...base, amendments: [one, { ...two, replaces: '1' }] });
    expect(keysOf(replaced)).toContain('amendmentReplaced');
    expect(keysOf(replaced)).not.toContain('amendmentUnknown');
    expect(problemOf({ ...base, amendments: [one, { ...two, replaces: '9' }] })).toMatchObject({
      field: 'amendments[1].replaces',
      code: 'unknownAmendment',
    });
  });

  it('that take the place of one that took the place of another leave neither in force', () => {
    // The third keeps the term of the contract itself: nothing of the first comes back with it.
    const amendments = [
      { number: '1', effective: '2024-03-01', changes: { notice: { months: 1 }, renewalTerm: { months: 6 } } },
      { number: '2', effective: '2025-06-01', replaces: '1', changes: { notice: { months: 2 } } },
      { number: '3', effective: '2025-06-01', replaces: '2', changes: { notice: { months: 3 } } },
    ];
    const terms = {
      start: '2024-01-01',
      end: 'day-before',
      term: { months: 12 },
      renewal: 'tacit',
      today: '2026-02-11',
    };
    const { term } = datesOf({ ...terms, amendments });
    expect([term.start, term.end, term.notice?.legal]).toEqual(['2026-01-01', '2026-12-31', '2026-09-30']);
    const [one, two, three] = amendments;
    expect(problemOf({ ...terms, amendments: [{ ...one, replaces: '3' }, two, three] })).toMatchObject({
      field: 'amendments[0].replaces',
      code: 'amendmentsCircle',
    });
  });

  it('may turn an open-ended contract into one that ends', () => {
    const amendments = [{ number: '1', effective: '2026-01-01', changes: { renewal: 'none', end: '2026-12-31' } }];
    expect(datesOf({ start: '2024-01-01', renewal: 'evergreen', amendments }).finalEnd).toBe('2026-12-31');
  });
});

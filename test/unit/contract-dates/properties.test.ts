import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContractDates, contractDates } from '../../../shared/contract-dates/compute.ts';
import { addMonths, civilOf, dateOf, dayOf, monthLength } from '../../../shared/contract-dates/civil.ts';
import { createExplainer } from '../../../shared/contract-dates/explain.ts';
import { readTerms } from '../../../shared/contract-dates/read-terms.ts';
import { anyTerms, dateBetween, entangledTerms } from './arbitraries.ts';

const RUNS = { numRuns: 2000 };
let accepted = 0;

function attempt(given: unknown): ContractDates | undefined {
  const terms = readTerms(given, '2026-02-11');
  if (!terms.ok) throw new Error(`${terms.error.field}: ${terms.error.code}`);
  const dates = contractDates(terms.value);
  if (dates.ok) accepted += 1;
  return dates.ok ? dates.value : undefined;
}
const allTerms = (dates: ContractDates) => [dates.term, ...dates.nextTerms];

describe('laws of contract dates', () => {
  it('a renewal never begins before the term before it has ended, nor ends before it', () => {
    accepted = 0;
    fc.assert(
      fc.property(anyTerms, (given) => {
        const dates = attempt(given);
        if (!dates) return;
        const terms = allTerms(dates);
        for (const [index, term] of terms.entries()) {
          expect(term.end === null || term.end >= term.start).toBe(true);
          const previous = terms[index - 1];
          if (!previous || previous.end === null) continue;
          expect(term.index).toBe(previous.index + 1);
          expect(dayOf(term.start)).toBe(dayOf(previous.end) + 1);
          expect(term.end === null || term.end > previous.end).toBe(true);
        }
      }),
      RUNS,
    );
    // Most random terms must be acceptable, or the law would hold for nothing.
    expect(accepted).toBeGreaterThan(RUNS.numRuns / 2);
  });

  it('a notice lies inside its term and before its end, and send-by ≤ safe ≤ legal ≤ argument', () => {
    let notices = 0;
    fc.assert(
      fc.property(anyTerms, (given) => {
        const dates = attempt(given);
        for (const { start, end, notice } of dates ? allTerms(dates) : []) {
          if (!notice) continue;
          notices += 1;
          expect(notice.legal >= start).toBe(true);
          expect(end === null || notice.legal < end).toBe(true);
          expect(notice.sendBy <= notice.safe && notice.safe <= notice.legal && notice.legal <= notice.argument).toBe(
            true,
          );
          expect(notice.opens <= notice.sendBy).toBe(true);
        }
      }),
      RUNS,
    );
    expect(notices).toBeGreaterThan(RUNS.numRuns / 2);
  });

  it('anchored months never drift: each step is the anchor’s number or the last day of its month', () => {
    fc.assert(
      fc.property(
        dateBetween(1900, 2150),
        fc.integer({ min: 1, max: 24 }),
        fc.constantFrom('same-day', 'day-before'),
        (start, months, end) => {
          const dates = attempt({ start, end, term: { months }, renewal: 'tacit', today: start, nextCount: 24 });
          const anchor = civilOf(dayOf(start));
          for (const [k, term] of (dates ? allTerms(dates) : []).entries()) {
            const boundary = civilOf(dayOf(term.end ?? start) + (end === 'day-before' ? 1 : 0));
            expect(boundary.day).toBe(Math.min(anchor.day, monthLength(boundary.year, boundary.month)));
            expect(boundary.year * 12 + boundary.month).toBe(anchor.year * 12 + anchor.month + months * (k + 1));
          }
        },
      ),
      RUNS,
    );
  });

  it('the current term is the first whose end is not before today', () => {
    fc.assert(
      fc.property(anyTerms, (given) => {
        const dates = attempt({ ...given, renewal: 'tacit', maxRenewals: null });
        if (!dates || dates.term.end === null || given.today < given.start) return;
        expect(dates.term.start <= given.today && given.today <= dates.term.end).toBe(true);
        const earlier = attempt({
          ...given,
          renewal: 'tacit',
          maxRenewals: null,
          today: dates.term.start,
          suspensions: given.suspensions ?? [],
        });
        expect(earlier?.term).toEqual(dates.term);
      }),
      RUNS,
    );
  });

  it('an evergreen contract never ends on any day', () => {
    const endless = (given: object, today: string) => {
      const dates = attempt({ ...given, renewal: 'evergreen', today });
      return (
        !dates ||
        (dates.term.end === null && dates.finalEnd === null && dates.nextTerms.length === 0 && dates.state !== 'ended')
      );
    };
    accepted = 0;
    fc.assert(fc.property(anyTerms, dateBetween(1900, 2200), endless), RUNS);
    expect(accepted).toBeGreaterThan(RUNS.numRuns / 2);
  });

  it('an express contract never rolls without a decision', () => {
    const still = (given: object, renewal: string) => {
      const dates = attempt({ ...given, renewal });
      return !dates || (dates.term.index === 0 && dates.nextTerms.length === 0);
    };
    accepted = 0;
    fc.assert(fc.property(anyTerms, fc.constantFrom('express', 'optionOurs', 'optionTheirs'), still), RUNS);
    expect(accepted).toBeGreaterThan(RUNS.numRuns / 2);
  });

  it('the same terms always give the same answer, and every sentence is complete in both languages', () => {
    const explainers = [createExplainer('ru'), createExplainer('en')];
    fc.assert(
      fc.property(anyTerms, (given) => {
        const dates = attempt(given);
        expect(attempt(structuredClone(given))).toEqual(dates);
        for (const reason of dates?.because ?? []) {
          for (const explain of explainers)
            expect(explain.reason(reason)).toMatch(/^(?!.*(?:\{\{|contractDates\.|undefined|\[object)).+\.$/);
        }
      }),
      RUNS,
    );
  });

  it('decisions, amendments and suspensions together are answered in order or refused with a sentence', () => {
    const explainers = [createExplainer('ru'), createExplainer('en')];
    const whole = /^(?!.*(?:\{\{|contractDates\.|undefined|\[object|\s\.)).+\.$/;
    const seen = { answered: 0, refused: 0 };
    fc.assert(
      fc.property(entangledTerms, (given) => {
        const terms = readTerms(given, '2026-02-11');
        const dates = terms.ok ? contractDates(terms.value) : terms;
        seen[dates.ok ? 'answered' : 'refused'] += 1;
        const said = dates.ok
          ? dates.value.because.flatMap((reason) => explainers.map((explain) => explain.reason(reason)))
          : explainers.map((explain) => explain.problem(dates.error));
        expect(said.filter((sentence) => !whole.test(sentence))).toEqual([]);
        const listed = dates.ok ? allTerms(dates.value) : [];
        const wrong = listed.filter((term, index) => {
          const before = listed[index - 1];
          return (
            (term.end !== null && term.end < term.start) ||
            (before !== undefined && (before.end === null || term.start <= before.end))
          );
        });
        expect(wrong).toEqual([]);
      }),
      RUNS,
    );
    expect(Math.min(seen.answered, seen.refused)).toBeGreaterThan(RUNS.numRuns / 10);
  });

  it('adding months is monotonic and reaches the month asked for', () => {
    fc.assert(
      fc.property(dateBetween(1900, 2200), fc.integer({ min: -2400, max: 2400 }), (date, months) => {
        const anchor = dayOf(date);
        const reached = addMonths(anchor, months);
        expect(addMonths(anchor, months + 1)).toBeGreaterThan(reached);
        expect(addMonths(anchor + 1, months)).toBeGreaterThanOrEqual(reached);
        expect(dayOf(dateOf(reached))).toBe(reached);
      }),
      RUNS,
    );
  });
});

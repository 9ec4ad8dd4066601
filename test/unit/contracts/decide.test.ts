/** Decisions before they are recorded: which are possible, what they lead to, which are refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decisionKinds, tryDecision, withDecision } from '../../../shared/contracts/decide.ts';
import { contractView } from '../../../shared/contracts/view.ts';
import type { ContractWording } from '../../../shared/contracts/wording.ts';

const at = (today: string) => ({ today, packs: [] });
const tacit: ContractWording = {
  status: 'active',
  start: '2025-01-01',
  term: { months: 12 },
  endReading: 'day-before',
  renewal: 'tacit',
  notice: { months: 2 },
};
const kindsAt = (wording: ContractWording, today: string) =>
  decisionKinds(wording, contractView(wording, at(today)), at(today));

describe('the decisions that can be taken', () => {
  it('follow the wording', () => {
    expect(kindsAt(tacit, '2025-05-01')).toEqual(['terminate', 'renew']);
    expect(kindsAt({ ...tacit, convenienceNotice: { days: 30 } }, '2025-05-01')).toEqual([
      'terminate',
      'renew',
      'terminateEarly',
    ]);
    expect(kindsAt({ ...tacit, renewal: 'none' }, '2025-05-01')).toEqual(['terminate']);
    expect(kindsAt({ ...tacit, maxRenewals: 0 }, '2025-05-01')).toEqual(['terminate']);
    expect(kindsAt({ status: 'active', start: '2025-01-01', renewal: 'evergreen' }, '2025-05-01')).toEqual([
      'terminate',
    ]);
  });

  it('are none for a draft, for a contract that is over, and for one that cannot be computed', () => {
    expect(kindsAt({ ...tacit, status: 'draft' }, '2025-05-01')).toEqual([]);
    expect(kindsAt({ ...tacit, renewal: 'none' }, '2026-05-01')).toEqual([]);
    expect(kindsAt({ ...tacit, status: 'ended' }, '2025-05-01')).toEqual([]);
    expect(kindsAt({ status: 'active', renewal: 'tacit' }, '2025-05-01')).toEqual([]);
  });

  it('stay on offer after the deadline, because the decision may only be recorded late', () => {
    expect(kindsAt(tacit, '2025-12-01')).toEqual(['terminate', 'renew']);
    const late = tryDecision(tacit, 'k', { kind: 'terminate', date: '2025-12-01' }, at('2025-12-01'));
    expect(late.problem).toMatchObject({ place: 'date', error: { code: 'decisionAfterDeadline' } });
    const inTime = tryDecision(tacit, 'k', { kind: 'terminate', date: '2025-10-31' }, at('2025-12-01'));
    expect(inTime.problem).toBeNull();
    expect(inTime.view).toMatchObject({ ok: true, dates: { finalEnd: '2025-12-31', state: 'terminating' } });
  });
});

describe('what a decision leads to', () => {
  it('is told before it is recorded, and changes nothing yet', () => {
    const before = structuredClone(tacit);
    const outcome = tryDecision(tacit, 'k', { kind: 'terminate', date: '2025-05-01' }, at('2025-05-01'));
    expect(outcome.changes).toContainEqual({ field: 'finalEnd', before: null, after: '2025-12-31' });
    expect(tacit).toEqual(before);
  });

  it('is seen from its own day when that day is still to come', () => {
    const outcome = tryDecision(tacit, 'k', { kind: 'terminate', date: '2025-09-01' }, at('2025-05-01'));
    expect(outcome.view).toMatchObject({ ok: true, dates: { finalEnd: '2025-12-31' } });
  });

  it('names another part of the contract when that is what stands in the way', () => {
    const renewed = withDecision(tacit, 'later', { kind: 'renew', date: '2025-09-01', author: 'А', reason: 'б' });
    const early: ContractWording = { ...renewed, convenienceNotice: { days: 10 } };
    const outcome = tryDecision(early, 'k', { kind: 'terminateEarly', date: '2025-03-01' }, at('2025-12-01'));
    expect(outcome.problem?.place).toBe('elsewhere');
  });

  it('a day that is no day is refused at the day', () => {
    const outcome = tryDecision(tacit, 'k', { kind: 'terminate', date: '31.02' }, at('2025-05-01'));
    expect(outcome.problem).toMatchObject({ place: 'date', error: { code: 'notADate' } });
  });

  it('a deadline is met only by a decision with author, day and reason', () => {
    const words = fc.constantFrom('', ' ', 'Анна', 'Цена выросла');
    fc.assert(
      fc.property(words, words, fc.constantFrom('terminate' as const, 'renew' as const), (author, reason, kind) => {
        const recorded = withDecision(tacit, 'k', { kind, date: '2025-05-01', author, reason });
        const view = contractView(recorded, at('2025-06-01'));
        expect(view.ok && view.dates.decided).toBe(author.trim() !== '' && reason.trim() !== '');
      }),
    );
  });
});

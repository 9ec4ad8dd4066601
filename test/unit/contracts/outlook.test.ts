/** The head of a contract: which deadline matters, what is at risk, what happens next. */
import { describe, expect, it } from 'vitest';
import { contractDeadlines, type DeadlineContract } from '../../../shared/contracts/deadlines.ts';
import { textInForce } from '../../../shared/contracts/in-force.ts';
import { headOf } from '../../../shared/contracts/outlook.ts';
import { contractView } from '../../../shared/contracts/view.ts';
import type { ContractWording } from '../../../shared/contracts/wording.ts';

const tacit: ContractWording = {
  status: 'active',
  start: '2025-01-01',
  term: { months: 12 },
  endReading: 'day-before',
  renewal: 'tacit',
  notice: { months: 2 },
  value: { minor: 1_200_000_00, currency: 'RUB' },
};
const contractOf = (wording: ContractWording): DeadlineContract => ({
  id: 'c',
  title: 'Аренда',
  number: '',
  organisationName: '',
  owner: '',
  wording,
});
function headAt(wording: ContractWording, today: string) {
  const view = contractView(wording, { today, packs: [] });
  if (!view.ok) throw new Error(view.problem.code);
  return headOf(contractOf(wording), view, today);
}

describe('the head of a contract', () => {
  it('tells the term, the deadline and the value that hangs on it', () => {
    const head = headAt(tacit, '2026-05-01');
    expect(head).toMatchObject({
      state: 'active',
      term: { number: 2, start: '2026-01-01', end: '2026-12-31' },
      deadline: { legal: '2026-10-31', safe: '2026-10-30', state: 'ahead' },
      next: null,
      atRisk: { minor: 1_200_000_00, currency: 'RUB' },
      outlook: { key: 'tacit', params: { start: '2027-01-01', end: '2027-12-31' } },
    });
  });

  it('says what happened when the deadline has passed, and names the next one', () => {
    const head = headAt(tacit, '2026-11-15');
    expect(head.state).toBe('renewedUnlessShownOtherwise');
    expect(head.deadline?.state).toBe('missed');
    expect(head.next?.legal).toBe('2027-10-31');
    expect(head.outlook).toEqual({
      key: 'renewedSilently',
      params: { legal: '2026-10-31', start: '2027-01-01', end: '2027-12-31' },
    });
  });

  it('is green only for a decision with author and reason, and then nothing is at risk', () => {
    const decided = (author: string): ContractWording => ({
      ...tacit,
      decisions: { k: { kind: 'renew', date: '2026-03-01', author, reason: 'Цена та же' } },
    });
    expect(headAt(decided('Анна'), '2026-05-01')).toMatchObject({
      deadline: { state: 'decided' },
      atRisk: null,
      outlook: { key: 'renewed' },
    });
    expect(headAt(decided(''), '2026-05-01').deadline?.state).not.toBe('decided');
  });

  it.each([
    [{ ...tacit, status: 'draft' as const }, '2026-05-01', 'draft'],
    [tacit, '2024-05-01', 'upcoming'],
    [{ ...tacit, renewal: 'none' as const }, '2025-05-01', 'ends'],
    [{ ...tacit, renewal: 'none' as const }, '2026-05-01', 'ended'],
    [{ ...tacit, renewal: 'express' as const }, '2025-05-01', 'express'],
    [{ ...tacit, renewal: 'optionOurs' as const }, '2025-05-01', 'optionOurs'],
    [{ ...tacit, renewal: 'optionTheirs' as const }, '2025-05-01', 'optionTheirs'],
    [{ ...tacit, renewal: 'optionOurs' as const }, '2025-11-15', 'endsUnused'],
    [{ ...tacit, maxRenewals: 0 }, '2025-05-01', 'ends'],
    [{ status: 'active' as const, start: '2025-01-01', renewal: 'evergreen' as const }, '2025-05-01', 'open'],
    [
      { status: 'active' as const, start: '2025-01-01', renewal: 'evergreen' as const, notice: { months: 1 } },
      '2025-05-01',
      'openExit',
    ],
    [{ ...tacit, suspensions: { s: { from: '2025-04-01' } } }, '2025-05-01', 'suspended'],
    [{ ...tacit, status: 'ended' as const }, '2025-05-01', 'endedByHand'],
  ] satisfies [ContractWording, string, string][])('%# says %s at %s', (wording, today, key) => {
    expect(headAt(wording, today).outlook.key).toBe(key);
  });

  it('says the last day after a termination', () => {
    const ended: ContractWording = {
      ...tacit,
      decisions: { k: { kind: 'terminate', date: '2025-03-01', author: 'А', reason: 'б' } },
    };
    expect(headAt(ended, '2025-05-01').outlook).toEqual({
      key: 'terminating',
      params: { end: '2025-12-31', date: '2025-03-01' },
    });
  });

  it('is provisional and names the years when a calendar is missing', () => {
    const russian: ContractWording = { ...tacit, start: '2040-01-01', calendar: 'RU' };
    const head = headAt(russian, '2040-05-01');
    expect(head.provisional).toBe(true);
    expect(head.missing).toContain('RU 2040');
  });
});

describe('the text in force', () => {
  const amended: ContractWording = {
    ...tacit,
    renewal: 'none',
    amendments: { a: { number: '1', effective: '2025-03-01', changes: { renewal: 'tacit', notice: { months: 3 } } } },
  };
  const viewAt = (asOf?: { effective?: string; known?: string }) => {
    const view = contractView(amended, { today: '2025-05-01', packs: [], ...(asOf ? { asOf } : {}) });
    if (!view.ok) throw new Error(view.problem.code);
    return view;
  };

  it('is that of the amendments, with their source', () => {
    const { terms, dates } = viewAt();
    expect(textInForce(terms, dates)).toMatchObject({
      text: { renewal: 'tacit', notice: { months: 3 } },
      sources: { renewal: '1', notice: '1' },
    });
  });

  it('is the earlier one as of an earlier day or an earlier knowledge', () => {
    for (const asOf of [{ effective: '2025-02-01' }, { known: '2025-02-01' }]) {
      const { terms, dates } = viewAt(asOf);
      expect(textInForce(terms, dates).text.renewal).toBe('none');
    }
  });

  it('makes the deadline: an amendment that lets the contract renew makes a notice of its end', () => {
    const view = viewAt();
    const [first] = contractDeadlines(contractOf(amended), view, '2025-05-01');
    expect(first).toMatchObject({ kind: 'notice', legal: '2025-09-30', renewal: 'tacit' });
  });
});

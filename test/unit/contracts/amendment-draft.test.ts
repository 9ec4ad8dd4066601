/** Supplementary agreements while they are typed, and as the list shows them. */
import { describe, expect, it } from 'vitest';
import { contractView } from '../../../shared/contracts/view.ts';
import type { ContractWording } from '../../../shared/contracts/wording.ts';
import {
  type AmendmentDraft,
  amendmentDraft,
  amendmentPlace,
  amendmentValue,
  withAmendment,
} from '../../../renderer/screens/contracts/amendments/amendment-draft.ts';
import { listAmendments } from '../../../renderer/screens/contracts/amendments/amendment-list.ts';

const context = { today: '2026-02-11', packs: [] };
const wording: ContractWording = {
  status: 'active',
  start: '2024-01-01',
  term: { months: 12 },
  endReading: 'day-before',
  renewal: 'tacit',
  maxRenewals: 3,
  notice: { days: 30 },
  amendments: {
    one: { number: '1', effective: '2025-03-01', changes: { notice: { days: 45 }, maxRenewals: null } },
    two: { number: '2', effective: '2025-06-01', replaces: '1', changes: { notice: { days: 60 } } },
  },
};
const typed = (patch: Partial<AmendmentDraft>): AmendmentDraft => ({ ...amendmentDraft(wording, 'new'), ...patch });
function refusal(draft: AmendmentDraft) {
  const { value, problems } = amendmentValue(draft);
  if (problems[0]) return { place: problems[0].field, code: problems[0].code };
  const next = withAmendment(wording, draft.key, value);
  const view = contractView(next, context);
  return view.ok ? null : { place: amendmentPlace(next, draft.key, view.problem), code: view.problem.code };
}

describe('an amendment', () => {
  it('opens with what is kept and is kept as it was opened', () => {
    for (const key of ['one', 'two']) {
      expect(amendmentValue(amendmentDraft(wording, key))).toEqual({ value: wording.amendments?.[key], problems: [] });
    }
  });

  it('begins with the next number and the contract’s own values', () => {
    const draft = amendmentDraft(wording, 'new');
    expect(draft).toMatchObject({ isNew: true, number: '3', fields: [] });
    expect(draft.terms.notice).toEqual([{ count: '30', unit: 'days' }]);
  });

  it('changes only the chosen fields', () => {
    const draft = typed({ effective: '2026-03-01', fields: ['renewal', 'endReading', 'maxRenewals'] });
    const value = amendmentValue({ ...draft, terms: { ...draft.terms, renewal: 'express', maxRenewals: '' } });
    expect(value).toEqual({
      problems: [],
      value: {
        number: '3',
        effective: '2026-03-01',
        changes: { renewal: 'express', end: 'day-before', maxRenewals: null },
      },
    });
  });

  it('is refused at the field that is wrong', () => {
    expect(refusal(typed({ fields: ['notice'] }))).toEqual({ place: 'effective', code: 'missing' });
    expect(refusal(typed({ effective: '2026-03-01' }))).toEqual({ place: 'changes', code: 'changesEmpty' });
    // One about the price alone has its words, and no dates.
    expect(refusal(typed({ effective: '2026-03-01', title: 'Новая цена' }))).toBe(null);
    expect(refusal(typed({ effective: '2023-03-01', fields: ['notice'] }))).toEqual({
      place: 'effective',
      code: 'amendmentBeforeStart',
    });
    expect(refusal(typed({ effective: '2026-03-01', number: '2', fields: ['notice'] }))).toEqual({
      place: 'number',
      code: 'amendmentNumberTwice',
    });
    const empty = typed({ effective: '2026-03-01', fields: ['coolingOff'] });
    expect(refusal(empty)).toEqual({ place: 'coolingOff', code: 'missing' });
  });

  it('with the same day of effect as another is refused, unless it takes the other’s place', () => {
    const same = typed({ key: 'aaa', effective: '2025-06-01', fields: ['notice'] });
    expect(refusal(same)).toEqual({ place: 'effective', code: 'amendmentsSameDate' });
    expect(refusal({ ...same, replaces: '2' })).toBeNull();
  });

  it('a text that results and cannot be is said at what the amendment changes', () => {
    const draft = typed({ effective: '2026-01-01', fields: ['notice'] });
    const long = { ...draft, terms: { ...draft.terms, notice: [{ count: '500', unit: 'days' as const }] } };
    expect(refusal(long)).toEqual({ place: 'notice', code: 'noticeLongerThanTerm' });
  });
});

describe('the list of amendments', () => {
  it('shows what each changes against the text before it, and which is replaced', () => {
    const view = contractView(wording, context);
    const listed = listAmendments(wording, view.ok ? view.terms : null);
    expect(listed.map(({ key, replacedBy }) => [key, replacedBy])).toEqual([
      ['one', '2'],
      ['two', null],
    ]);
    // The replaced one never applied: the second changes the contract's own thirty days.
    expect(listed[1]?.changes.map(({ before, after }) => [before.notice, after.notice])).toEqual([
      [{ days: 30 }, { days: 60 }],
    ]);
    expect(listed[0]?.changes.map(({ field }) => field)).toEqual(['maxRenewals', 'notice']);
  });
});

/** Terms while they are typed: nothing is lost, nothing untouched is written, what is wrong is said at its field. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExplainer } from '../../../shared/contract-dates/explain.ts';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import { contractView } from '../../../shared/contracts/view.ts';
import { type ContractWording, termsOf } from '../../../shared/contracts/wording.ts';
import type { Translate } from '../../../renderer/app/i18n.ts';
import { contextAt } from '../../../renderer/screens/contracts/contract-at.ts';
import { placeOf, problemText } from '../../../renderer/screens/contracts/terms/problem-text.ts';
import {
  changeCount,
  changedFields,
  draftOf,
  draftWording,
  quotedRenewal,
  readPeriod,
  type TermsDraft,
  valuesOf,
} from '../../../renderer/screens/contracts/terms/terms-draft.ts';

const TODAY = '2026-02-11';
const context = { today: TODAY, packs: [] };
const { t } = createTranslator('ru');
const say = ((key: string, params?: object) => t(key, { ...params })) as Translate;
const explainer = createExplainer('ru', t);

const months = fc.integer({ min: 1, max: 60 });
const wordings: fc.Arbitrary<ContractWording> = fc.record(
  {
    start: fc.constantFrom('2024-01-15', '2024-02-29', '2025-12-31'),
    term: months.map((count) => ({ months: count })),
    endReading: fc.constantFrom('day-before' as const, 'same-day' as const),
    renewal: fc.constantFrom('none' as const, 'tacit' as const, 'express' as const),
    renewalTerm: fc.constantFrom({ years: 1 }, { months: 6, days: 10 }),
    maxRenewals: fc.integer({ min: 0, max: 9 }),
    notice: fc.constantFrom({ days: 20 }, { workingDays: 10 }, { weeks: 2 }),
    noticeCounts: fc.constantFrom('received' as const, 'sent' as const),
    profile: fc.constantFrom('plain' as const, 'rf' as const, 'eu' as const),
    deliveryDays: fc.integer({ min: 0, max: 9 }),
    clauses: fc.constantFrom({ term: 'п. 2' }, { notice: 'п. 8.1', renewal: 'п. 8' }),
  },
  { requiredKeys: ['start', 'term'] },
);

const blank = draftOf({});
const typed = (patch: Partial<TermsDraft>): ContractWording => draftWording({}, blank, { ...blank, ...patch });
const of = (count: string, unit: 'months' | 'days' = 'months') => [{ count, unit }];
/** The field and sentence of what is wrong with the form. */
function wrongWith(patch: Partial<TermsDraft>): { place: string | null; text: string } | null {
  const draft = { ...blank, ...patch };
  const wording = typed(patch);
  const view = contractView({ status: 'active', ...wording }, context);
  const problem = valuesOf(draft).problems[0] ?? (view.ok ? null : view.problem);
  if (!problem) return null;
  const place = placeOf(wording, problem);
  const text = place === 'start' || place === 'end' ? draft[place] : '';
  return { place, text: problemText(problem, explainer, say, text) };
}

describe('the form of the terms', () => {
  it('changes nothing as long as nothing is typed, and gives back what it was opened with', () => {
    fc.assert(
      fc.property(wordings, (wording) => {
        const draft = draftOf(wording);
        expect(changedFields(draft, draft)).toEqual([]);
        expect(changeCount(draft, draft)).toBe(0);
        expect(draftWording(wording, draft, draft)).toEqual(wording);
      }),
    );
  });

  it('turns one wording into any other by the fields that differ', () => {
    fc.assert(
      fc.property(wordings, wordings, (from, to) => {
        const base = draftOf(from);
        const result = draftWording(from, base, draftOf(to));
        const [one, other] = [termsOf(result, context), termsOf(to, context)];
        // A clause stands with every field of its line; all else is the same.
        const plain = (terms: typeof one) => (terms.ok ? { ...terms.value, clauses: {} } : terms.error);
        expect(plain(one)).toEqual(plain(other));
        expect(draftOf(result).clauses).toEqual(draftOf(to).clauses);
      }),
    );
  });

  it('leaves alone what another device changed while the form was open', () => {
    const opened: ContractWording = {
      start: '2025-01-01',
      term: { months: 12 },
      renewal: 'none',
      notice: { days: 30 },
    };
    const base = draftOf(opened);
    const draft = { ...base, term: of('24') };
    const meanwhile = { ...opened, notice: { days: 60 } };
    expect(changedFields(base, draft)).toEqual([['term', { months: 24 }]]);
    expect(draftWording(meanwhile, base, draft)).toMatchObject({ term: { months: 24 }, notice: { days: 60 } });
  });

  it('reads periods of several units and keeps what is no number', () => {
    expect(readPeriod([...of('1'), { count: '10', unit: 'days' }]).period).toEqual({ months: 1, days: 10 });
    expect(readPeriod([...of('1'), ...of('2')]).period).toEqual({ months: 3 });
    expect(readPeriod(of('  ')).period).toBeNull();
    expect(readPeriod(of('1,5')).problem?.code).toBe('notAWhole');
    expect(wrongWith({ start: '2026-01-15', term: of('год') })).toMatchObject({ place: 'term' });
  });

  it('writes a clause with every field of its line, and takes it away again', () => {
    const draft = { ...blank, clauses: { notice: ' п. 8.3 ' } };
    expect(changedFields(blank, draft)).toContainEqual(['clauses/noticeCounts', 'п. 8.3']);
    expect(changeCount(blank, draft)).toBe(1);
    const kept = draftOf(typed({ clauses: { notice: 'п. 8.3' } }));
    expect(changedFields(kept, { ...kept, clauses: {} })).toContainEqual(['clauses/notice', null]);
  });

  it('writes an open-ended contract as one, and a term again when it gets one', () => {
    const open = typed({ start: '2026-01-15', until: 'open', term: of('12') });
    expect(open).toMatchObject({ renewal: 'evergreen' });
    expect(open.term).toBeUndefined();
    expect(draftOf(open).until).toBe('open');
    const base = draftOf(open);
    expect(draftWording(open, base, { ...base, until: 'term', renewal: 'none', term: of('3') })).toMatchObject({
      term: { months: 3 },
      renewal: 'none',
    });
    // Without a kind of renewal in the record, a minimum term would otherwise make it a contract that ends.
    const silent = draftOf({ start: '2026-01-15' });
    expect(draftWording({ start: '2026-01-15' }, silent, { ...silent, until: 'term', term: of('3') }).renewal).toBe(
      'evergreen',
    );
  });

  it('means what it shows: a contract without a term and without a renewal is not taken for an open-ended one', () => {
    expect(wrongWith({ start: '2026-01-15' })).toMatchObject({ place: 'term' });
    expect(changeCount(blank, { ...blank, start: '2026-01-15' })).toBe(1);
  });

  it('does not judge what it does not show, and does not lose it', () => {
    const draft = { ...blank, start: '2026-01-15', term: of('12'), maxRenewals: 'пять', renewalTerm: of('полгода') };
    expect(valuesOf({ ...draft, renewal: 'none' }).problems).toEqual([]);
    expect(valuesOf({ ...draft, renewal: 'tacit' }).problems.map(({ field }) => field)).toEqual([
      'renewalTerm',
      'maxRenewals',
    ]);
  });

  it('shows the words of a file, old and new', () => {
    expect(quotedRenewal({ renewalText: ' на тот же срок ' })).toBe('на тот же срок');
    expect(quotedRenewal({ renewal: { text: 'автоматически' } })).toBe('автоматически');
    expect(quotedRenewal({ renewal: 'tacit' })).toBe('');
    expect(draftOf({ renewal: { text: 'автоматически' } }).renewal).toBe('none');
  });
});

describe('what is wrong is said at its field', () => {
  const good: Partial<TermsDraft> = { start: '2026-01-15', term: of('12') };

  it('nothing, when nothing is', () => {
    expect(wrongWith({ ...good, renewal: 'tacit', notice: of('30', 'days') })).toBeNull();
  });
  it('a notice longer than the term', () => {
    expect(wrongWith({ ...good, notice: of('400', 'days') })).toEqual({
      place: 'notice',
      text: expect.stringContaining('Уведомление длиннее срока'),
    });
  });
  it('a renewal without a term', () => {
    expect(wrongWith({ start: '2026-01-15', renewal: 'tacit' })).toMatchObject({
      place: 'term',
      text: expect.stringContaining('Укажите срок продления'),
    });
  });
  it('an end before the start', () => {
    expect(wrongWith({ start: '2026-01-15', until: 'date', end: '2025-01-14' })).toEqual({
      place: 'end',
      text: 'Конец 14.01.2025 раньше начала 15.01.2026.',
    });
  });
  it('a 29 February that does not exist, and one that does', () => {
    expect(wrongWith({ ...good, start: '29.02.2026' })).toEqual({
      place: 'start',
      text: 'В 2026 году нет 29 февраля. Напишите 28.02.2026 или 01.03.2026.',
    });
    const leap = typed({ start: '2024-02-29', term: of('12'), endReading: 'same-day' });
    expect(contractView({ status: 'active', ...leap }, { ...context, today: '2024-05-01' })).toMatchObject({
      ok: true,
      dates: { term: { end: '2025-02-28' } },
    });
  });
  it.each(['1899-12-31', '2201-01-01'])('a day outside of 1900–2200: %s', (start) => {
    expect(wrongWith({ ...good, start })).toEqual({ place: 'start', text: 'Дата вне 1900–2200 годов.' });
  });
  it.each(['1900-01-01', '2199-01-01'])('but not the edges: %s', (start) => {
    expect(wrongWith({ ...good, start })).toBeNull();
  });
  it('a day that cannot be read stays as it was typed', () => {
    expect(typed({ ...good, start: 'позавчера' }).start).toBe('позавчера');
    expect(wrongWith({ ...good, start: 'позавчера' })).toMatchObject({
      place: 'start',
      text: expect.stringContaining('дату не удалось разобрать'),
    });
  });
  it('a reading that the rules of the contract do not give', () => {
    expect(wrongWith({ ...good, profile: 'contract' })).toMatchObject({ place: 'endReading' });
  });
  it('nothing in the form when a decision or an amendment is the matter', () => {
    const base = typed({ ...good, renewal: 'tacit', notice: of('30', 'days') });
    const wording: ContractWording = {
      ...base,
      status: 'active',
      decisions: { k: { kind: 'terminate', date: '2027-01-10', author: 'А', reason: 'б' } },
    };
    const view = contractView(wording, { ...context, today: '2027-01-12' });
    expect(view.ok ? 'computed' : placeOf(wording, view.problem)).toBeNull();
  });
});

describe('a contract as of another day', () => {
  const wording: ContractWording = {
    status: 'active',
    start: '2024-01-01',
    term: { months: 12 },
    endReading: 'day-before',
    renewal: 'tacit',
    notice: { days: 30 },
    amendments: {
      a: { number: '1', signed: '2026-01-20', effective: '2025-06-01', changes: { notice: { days: 60 } } },
    },
  };
  const noticeAt = (asOf: { effective?: string; known?: string } | null) => {
    const view = contractView(wording, contextAt(TODAY, [], asOf));
    return view.ok ? [view.dates.term.start, view.dates.term.notice?.legal] : view.problem.code;
  };

  it('shows the term of that day with what is known today, or with what was known then', () => {
    expect(noticeAt(null)).toEqual(['2026-01-01', '2026-11-01']);
    expect(noticeAt({ effective: '2025-07-01' })).toEqual(['2025-01-01', '2025-11-01']);
    expect(noticeAt({ effective: '2025-07-01', known: '2025-12-01' })).toEqual(['2025-01-01', '2025-12-01']);
    expect(noticeAt({ effective: '2024-07-01' })).toEqual(['2024-01-01', '2024-12-01']);
    expect(noticeAt({ known: '2025-12-01' })).toEqual(['2026-01-01', '2026-12-01']);
  });
});

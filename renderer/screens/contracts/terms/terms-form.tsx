import { Quote } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { BUNDLED_CALENDARS } from '../../../../shared/contract-dates/calendars.ts';
import { bothReadings } from '../../../../shared/contract-dates/compute.ts';
import { createExplainer } from '../../../../shared/contract-dates/explain.ts';
import { RULES } from '../../../../shared/contract-dates/profile.ts';
import type { Terms } from '../../../../shared/contract-dates/terms.ts';
import { contractView } from '../../../../shared/contracts/view.ts';
import { type ContractWording, termsOf, type TermsContext } from '../../../../shared/contracts/wording.ts';
import type { Contract } from '../../../../shared/model/records.ts';
import { commit } from '../../../app/commit.ts';
import { useDates } from '../../../app/dates.ts';
import { i18n, useLanguage, useT } from '../../../app/i18n.ts';
import { Button, classNames, Kbd, notify, RadioGroup } from '../../../ui/index.ts';
import { draftNow, keepDraft, type TermsEdit } from '../drafts.ts';
import { fieldWord } from '../../profile/field-words.ts';
import { placeOf, problemText } from './problem-text.ts';
import { changeCount, changedFields, draftWording, quotedRenewal, type TermsDraft, valuesOf } from './terms-draft.ts';
import { FormProvider, LeavingLines, NoticeLine, Problems, RenewalLine, RulesLines, TermLine } from './terms-lines.tsx';
import { TermsPreview } from './terms-preview.tsx';
import styles from './terms.module.css';

type Reading = Exclude<TermsDraft['endReading'], ''> | 'silent';
const DAY_FIELDS = ['start', 'end', 'renewNotAfter'] as const;

/** Asks how the text words the last day, with the day that each answer gives; nothing when no day hangs on it. */
function ReadingQuestion({
  terms,
  draft,
  onChange,
}: {
  readonly terms: Terms | null;
  readonly draft: TermsDraft;
  readonly onChange: (endReading: TermsDraft['endReading']) => void;
}) {
  const t = useT();
  const dates = useDates();
  const both = terms && draft.until === 'term' ? bothReadings(terms) : undefined;
  if (!terms || !both || both.dayBefore === both.sameDay) return null;
  const silent = RULES[terms.profile].reading;
  const unanswered = draft.endReading === '';
  return (
    <div className={classNames(styles.line, styles.wide)}>
      <div className={classNames(styles.question, unanswered && styles.unanswered)}>
        <RadioGroup<Reading>
          label={t('contractTerms.reading.question')}
          options={[
            { id: 'day-before', label: t('contractTerms.reading.dayBefore', { end: dates.short(both.dayBefore) }) },
            { id: 'same-day', label: t('contractTerms.reading.sameDay', { end: dates.short(both.sameDay) }) },
            ...(silent
              ? [
                  {
                    id: 'silent' as const,
                    label: t('contractTerms.reading.silent', {
                      end: dates.short(silent === 'day-before' ? both.dayBefore : both.sameDay),
                    }),
                  },
                ]
              : []),
          ]}
          value={unanswered ? (silent ? 'silent' : null) : (draft.endReading as Reading)}
          onChange={(reading) => onChange(reading === 'silent' ? '' : reading)}
        />
      </div>
      <Problems of={['endReading']} />
    </div>
  );
}

/**
 * The terms as the paper words them, with what they lead to beside. Saved as one change; what is typed stays until it is
 * saved or discarded, wherever one goes meanwhile.
 */
export function TermsForm({
  id,
  record,
  wording,
  edit,
  context,
  onClosed,
}: {
  readonly id: string;
  readonly record: Contract;
  readonly wording: ContractWording;
  readonly edit: TermsEdit;
  readonly context: TermsContext;
  readonly onClosed: () => void;
}) {
  const t = useT();
  const language = useLanguage();
  const form = useRef<HTMLDivElement>(null);
  const [refused, setRefused] = useState(false);
  const explainer = useMemo(() => createExplainer(language, i18n.t), [language]);
  const { base, draft } = edit;
  const typed = useMemo(() => draftWording(wording, base, draft), [wording, base, draft]);
  const local = useMemo(() => valuesOf(draft).problems, [draft]);
  const view = useMemo(() => (local.length > 0 ? null : contractView(typed, context)), [local, typed, context]);
  const readable = useMemo(() => {
    // The reading is asked for even while the rest is not complete.
    const { notice: _, decisions: __, amendments: ___, renewal: ____, ...rest } = typed;
    const terms = termsOf({ ...rest, renewal: 'none' }, context);
    return terms.ok ? terms.value : null;
  }, [typed, context]);

  const refusal = view && !view.ok ? view.problem : null;
  const dayTyped = (field: string): string =>
    (DAY_FIELDS as readonly string[]).includes(field) ? draft[field as (typeof DAY_FIELDS)[number]] : '';
  const problems: Record<string, string> = {};
  for (const each of local) problems[each.field] = problemText(each, explainer, t);
  let general = '';
  if (refusal) {
    const place = placeOf(typed, refusal);
    const text = problemText(refusal, explainer, t, place ? dayTyped(place) : '');
    // A blank form needs no reproach: the first day is asked for when one tries to save.
    const blank = refusal.code === 'missing' && !refused;
    if (place === null) {
      general = refusal.field.startsWith('amendments')
        ? t('contractTerms.problem.amendment', { text })
        : t('contractTerms.problem.decision', { text });
    } else if (place in SHOWN_AT) problems[place] = blank ? '' : text;
    else general = t('contractTerms.problem.elsewhere', { field: fieldWord(place), text });
  }
  const count = changeCount(base, draft);
  const wrong = local.length > 0 || refusal !== null;

  const set = (patch: Partial<TermsDraft>): void => {
    const now = draftNow(id).terms ?? edit;
    keepDraft(id, 'terms', { base: now.base, draft: { ...now.draft, ...patch } });
  };
  const close = (): void => {
    const { activeElement } = document;
    const here = activeElement === document.body || form.current?.contains(activeElement);
    keepDraft(id, 'terms', undefined);
    // Who has gone elsewhere while it was saved is not called back.
    if (here) onClosed();
  };
  const save = async (): Promise<void> => {
    // A day that is being typed is taken over when its field is left.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const now = draftNow(id).terms ?? edit;
    const reading = valuesOf(now.draft).problems;
    const checked = contractView(draftWording(wording, now.base, now.draft), context);
    const problem = reading[0] ?? (checked.ok ? null : checked.problem);
    if (problem) {
      setRefused(true);
      requestAnimationFrame(() => {
        const place = form.current?.querySelector('[role="alert"]')?.closest('[role="group"]');
        place?.querySelector<HTMLElement>('input, button')?.focus();
      });
      return;
    }
    const changes = changedFields(now.base, now.draft).map(([field, value]) => ({
      type: 'contract',
      record: id,
      field,
      value,
    }));
    // Words that an older version kept in the place of the kind of renewal move aside instead of being lost.
    const words = typeof record.renewal === 'object' ? quotedRenewal(record) : '';
    if (words && !record.renewalText && changes.some(({ field }) => field === 'renewal')) {
      changes.push({ type: 'contract', record: id, field: 'renewalText', value: words });
    }
    if (changes.length > 0) {
      const saved = await commit({ kind: 'edit', changes });
      if (!saved.ok) return;
    }
    close();
  };
  const discard = (): void => {
    const kept = draftNow(id).terms;
    close();
    if (count > 0) {
      notify({
        text: t('contractTerms.discarded'),
        action: { label: t('common.undo'), run: () => keepDraft(id, 'terms', kept) },
      });
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    void save();
  };
  const calendars = [...new Set([...BUNDLED_CALENDARS, 'none', ...context.packs.map(({ country }) => country)])];
  const quoted = quotedRenewal(record);
  return (
    <section ref={form} className={styles.form} aria-label={t('contractTerms.title')} onKeyDownCapture={onKeyDown}>
      <div className={styles.body}>
        <div className={styles.lines}>
          {quoted && <QuotedRenewal text={quoted} />}
          <FormProvider value={{ draft, set, problems, calendars }}>
            <TermLine autoFocus />
            <ReadingQuestion terms={readable} draft={draft} onChange={(endReading) => set({ endReading })} />
            <RenewalLine />
            <NoticeLine />
            <LeavingLines />
            <RulesLines />
          </FormProvider>
          <div className={styles.bar}>
            <span className={classNames(styles.barText, (general || (refused && wrong)) && styles.barProblem)}>
              {general ||
                (refused && wrong
                  ? t('contractTerms.problem.fix')
                  : count === 0
                    ? t('contractTerms.unchanged')
                    : `${t('contractTerms.unsaved', { count })}. ${t('contractTerms.kept')}`)}
            </span>
            <Button variant="quiet" onPress={discard}>
              {t('contractTerms.discard')}
            </Button>
            <Button variant="primary" onPress={() => void save()}>
              {t('contractTerms.save')}
              <Kbd shortcut="$mod+Enter" />
            </Button>
          </div>
        </div>
        <TermsPreview view={view} />
      </div>
    </section>
  );
}

/** Controls of the form that can show a sentence. */
const SHOWN_AT: Readonly<Record<string, true>> = {
  start: true,
  term: true,
  termToMonthEnd: true,
  end: true,
  endReading: true,
  renewal: true,
  renewalTerm: true,
  maxRenewals: true,
  renewNotAfter: true,
  notice: true,
  noticeCounts: true,
  noticeToMonthEnd: true,
  noticeOpens: true,
  convenienceNotice: true,
  exitAt: true,
  coolingOff: true,
  profile: true,
  calendar: true,
  counterpartyCalendar: true,
  openRule: true,
  approvalDays: true,
  deliveryDays: true,
};

/** Words of renewal from a file, to be turned into terms by a person. */
export function QuotedRenewal({ text }: { readonly text: string }) {
  const t = useT();
  return (
    <blockquote className={styles.quote}>
      <Quote size={14} aria-hidden />
      <span>
        <span className={styles.quoteLabel}>{t('contractTerms.quoted')}</span>
        {text}
      </span>
    </blockquote>
  );
}

import { CircleAlert, CircleCheck } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useMemo, useState } from 'react';
import { createExplainer } from '../../../../shared/contract-dates/explain.ts';
import type { DecisionKind } from '../../../../shared/contract-dates/terms.ts';
import { type DecisionOutcome, tryDecision } from '../../../../shared/contracts/decide.ts';
import type { ContractWording, TermsContext } from '../../../../shared/contracts/wording.ts';
import { isPlainDate } from '../../../../shared/dates/plain-date.ts';
import type { Json } from '../../../../shared/change/types.ts';
import { newId, setField } from '../../../app/commit.ts';
import { useDates } from '../../../app/dates.ts';
import { i18n, useLanguage, useT } from '../../../app/i18n.ts';
import { Dialog, DialogFooter, RadioGroup, TextArea, TextField } from '../../../ui/index.ts';
import { draftNow, keepDraft } from '../drafts.ts';
import { DayInput } from '../terms/controls.tsx';
import { problemText } from '../terms/problem-text.ts';
import type { DecisionDraft } from './decision-draft.ts';
import styles from './decision.module.css';

const FORM = 'contract-decision';
const KEY = '\u0000draft';

/** What the decision leads to, in sentences; computed with the decision in place. */
function useConsequences(outcome: DecisionOutcome | null, kind: DecisionKind | null): readonly string[] {
  const t = useT();
  const dates = useDates();
  if (!outcome?.view.ok || !kind) return [];
  const { finalEnd, nextTerms, term, earliestExit } = outcome.view.dates;
  const next = nextTerms[0];
  const lines: string[] = [];
  if (finalEnd !== null && kind !== 'renew')
    lines.push(t('contracts.decision.lastDay', { date: dates.short(finalEnd) }));
  if (kind === 'renew' && next?.end) {
    lines.push(t('contracts.decision.nextTerm', { start: dates.short(next.start), end: dates.short(next.end) }));
  }
  if (kind === 'renew' && next?.notice) {
    lines.push(t('contracts.decision.nextDeadline', { date: dates.short(next.notice.sendBy) }));
  }
  if (kind === 'renew' && !next && term.end !== null) {
    lines.push(t('contracts.decision.endsAnyway', { date: dates.short(term.end) }));
  }
  if (lines.length === 0 && earliestExit !== null) {
    lines.push(t('contracts.decision.lastDay', { date: dates.short(earliestExit) }));
  }
  return lines;
}

/** Records a decision: what, when, who, why. What follows is shown before it is saved; what cannot be is explained. */
export function DecisionDialog({
  id,
  wording,
  context,
  kinds,
  draft,
  onClose,
}: {
  readonly id: string;
  readonly wording: ContractWording;
  readonly context: TermsContext;
  readonly kinds: readonly DecisionKind[];
  readonly draft: DecisionDraft;
  readonly onClose: () => void;
}) {
  const t = useT();
  const language = useLanguage();
  const dates = useDates();
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const explainer = useMemo(() => createExplainer(language, i18n.t), [language]);
  const { kind, date } = draft;
  const outcome = useMemo(
    () => (kind && date ? tryDecision(wording, KEY, { kind, date }, context) : null),
    [wording, kind, date, context],
  );
  const follows = useConsequences(outcome, kind);
  const problem = outcome?.problem ?? null;
  const set = (patch: Partial<DecisionDraft>): void =>
    keepDraft(id, 'decision', { ...(draftNow(id).decision ?? draft), ...patch });

  const late = problem?.error.code === 'decisionAfterDeadline';
  const refusal = problem && problemText(problem.error, explainer, t, date);
  const author = tried && !draft.author.trim() ? t('contracts.decision.authorMissing') : undefined;
  const reason = tried && !draft.reason.trim() ? t('contracts.decision.reasonMissing') : undefined;

  const save = async (): Promise<void> => {
    const { activeElement } = document;
    // A day that is being typed is taken over when its field is left.
    if (activeElement instanceof HTMLElement) activeElement.blur();
    const now = draftNow(id).decision ?? draft;
    setTried(true);
    const complete = isPlainDate(now.date) && now.author.trim() && now.reason.trim();
    if (
      !now.kind ||
      !complete ||
      tryDecision(wording, KEY, { kind: now.kind, date: now.date }, context).problem !== null
    ) {
      if (activeElement instanceof HTMLElement) activeElement.focus();
      return;
    }
    const value: Json = { kind: now.kind, date: now.date, author: now.author.trim(), reason: now.reason.trim() };
    setBusy(true);
    const saved = await setField('contract', id, `decisions/${newId()}`, value, {
      toast: t('contracts.decision.recorded', { kind: t(`contracts.decision.kinds.${now.kind}`) }),
    });
    setBusy(false);
    if (!saved.ok) return;
    keepDraft(id, 'decision', undefined);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void save();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  return (
    <Dialog
      title={t('contracts.decision.record')}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
      footer={
        <DialogFooter
          cancelLabel={t('common.cancel')}
          onCancel={onClose}
          label={t('contracts.decision.save')}
          form={FORM}
          isDisabled={busy}
        />
      }
    >
      <form id={FORM} className={styles.form} onSubmit={submit} onKeyDownCapture={onKeyDown}>
        <RadioGroup<DecisionKind>
          label={t('contracts.decision.what')}
          options={kinds.map((each) => ({ id: each, label: t(`contracts.decision.offers.${each}`) }))}
          value={kind}
          onChange={(chosen) => set({ kind: chosen })}
        />
        {problem?.place === 'kind' && <Refused text={refusal ?? ''} />}
        <div className={styles.row}>
          <label className={styles.field}>
            <span className={styles.label}>{t('contracts.decision.date')}</span>
            <DayInput label={t('contracts.decision.date')} value={date} onChange={(next) => set({ date: next })} />
          </label>
          <TextField
            label={t('contracts.decision.author')}
            className={styles.author!}
            value={draft.author}
            onChange={(next) => set({ author: next })}
            error={author}
          />
        </div>
        {problem && problem.place !== 'kind' && (
          <Refused text={`${refusal ?? ''}${late ? ` ${t('contracts.decision.late')}` : ''}`} />
        )}
        <TextArea
          label={t('contracts.decision.reason')}
          rows={3}
          value={draft.reason}
          onChange={(next) => set({ reason: next })}
          error={reason}
        />
        {!problem && follows.length > 0 && (
          <section className={styles.follows} aria-label={t('contracts.decision.follows')} aria-live="polite">
            <CircleCheck size={14} aria-hidden />
            <div>
              {follows.map((line) => (
                <p key={line}>{line}</p>
              ))}
              {date > context.today && <p>{t('contracts.decision.future', { date: dates.short(date) })}</p>}
            </div>
          </section>
        )}
      </form>
    </Dialog>
  );
}

function Refused({ text }: { readonly text: string }) {
  return (
    <p className={styles.refused} role="alert">
      <CircleAlert size={14} aria-hidden />
      {text}
    </p>
  );
}

import { type FormEvent, useId, useMemo, useState } from 'react';
import type { DraftChange, Json } from '../../../../shared/change/types.ts';
import { movedFulfilments, type Obligation, upcomingDays } from '../../../../shared/contracts/obligations.ts';
import type { PromiseRecord } from '../../../../shared/model/records.ts';
import { minorDigits } from '../../../../shared/money/money.ts';
import { useToday } from '../../../app/clock.ts';
import { commit, createRecord } from '../../../app/commit.ts';
import { useDates } from '../../../app/dates.ts';
import { useLanguage, useT } from '../../../app/i18n.ts';
import { usePeople } from '../../../db/index.ts';
import {
  ComboBox,
  DateField,
  Dialog,
  DialogFooter,
  Segmented,
  Select,
  TextArea,
  TextField,
} from '../../../ui/index.ts';
import { DayOffSelect, RelativeFields } from './due-fields.tsx';
import { draftOf, type DraftProblems, type ObligationDraft, readObligation, ruleOf } from './obligation-draft.ts';
import { FormRow, PeriodField, problemWords, type SectionProps, useExplainer } from './parts.tsx';
import styles from './sections.module.css';

export const PROMISE_KINDS = ['delivery', 'payment', 'report', 'service', 'training', 'notice', 'other'] as const;
const CURRENCIES = ['RUB', 'EUR', 'USD', 'CNY', 'KZT', 'BYN', 'GBP', 'KWD'];
const PREVIEW = 6;
const FREE = '+';

/** A blank field that must be filled, and fields that cannot be read, say so below themselves. */
function useProblemText(draft: ObligationDraft, problems: DraftProblems) {
  const t = useT();
  const explainer = useExplainer();
  return (field: keyof ObligationDraft): string | undefined => {
    const problem = problems[field];
    if (!problem) return undefined;
    if (problem === 'fieldRequired') return t('contractSections.fieldRequired');
    if (problem === 'windowWrong') return explainer.problem({ field, code: problem, params: {} });
    if (problem === 'notAWhole')
      return explainer.problem({ field, code: problem, params: { least: 1, most: field === 'count' ? 9999 : 31 } });
    return t(`contractSections.obligations.${problem}`, {
      count: minorDigits(draft.currency),
      currency: draft.currency,
    });
  };
}

/** The next days that the form's rule gives, so that nobody has to trust it blindly. */
function Preview({ draft, scope, data }: Pick<SectionProps, 'scope' | 'data'> & { readonly draft: ObligationDraft }) {
  const t = useT();
  const dates = useDates();
  const today = useToday();
  const explainer = useExplainer();
  const rule = useMemo(() => ruleOf(draft), [draft]);
  if ('problems' in rule || rule.value === null) return null;
  const recurring = rule.value.kind === 'recurring' ? rule.value.recurrence : undefined;
  const from = recurring ? (recurring.anchor > today ? recurring.anchor : today) : '1900-01-01';
  const days = upcomingDays({ rule: rule.value, status: 'open' }, from, PREVIEW, scope);
  if (!days.ok)
    return (
      <p role="alert" className={styles.problem}>
        {problemWords(explainer, t, data, days.error)}
      </p>
    );
  if (!scope && !recurring) return <p className={styles.hint}>{t('contractSections.notYet')}</p>;
  return (
    <div className={styles.preview} role="group" aria-label={t('contractSections.obligations.next')}>
      <span className={styles.previewTitle}>{t('contractSections.obligations.next')}</span>
      {days.value.length === 0 && <span className={styles.hint}>{t('contractSections.obligations.noNext')}</span>}
      <ol className={styles.previewDays}>
        {days.value.map(({ index, due, nominal, provisional }) => (
          <li key={index} title={provisional ? t('contractSections.provisionalHint') : dates.weekday(due)}>
            <span>{dates.short(due)}</span>
            {nominal !== due && (
              <span className={styles.hint}>{t('contractSections.movedFrom', { date: dates.short(nominal) })}</span>
            )}
            {provisional && <span className={styles.provisional}>{t('contractSections.provisional')}</span>}
          </li>
        ))}
      </ol>
    </div>
  );
}

interface FieldsProps extends Pick<SectionProps, 'scope' | 'data'> {
  readonly draft: ObligationDraft;
  readonly set: (parts: Partial<ObligationDraft>) => void;
  readonly problem: (field: keyof ObligationDraft) => string | undefined;
}

function RecurringFields({ draft, set, problem }: FieldsProps) {
  const t = useT();
  const dateField = (field: 'anchor' | 'until') => (
    <div>
      <DateField
        label={t(`contractSections.obligations.${field}`)}
        value={draft[field]}
        onChange={(value) => set({ [field]: value })}
        clearLabel={t('common.clearDate')}
      />
      {problem(field) && <p className={styles.problem}>{problem(field)}</p>}
    </div>
  );
  return (
    <>
      <FormRow>
        {dateField('anchor')}
        <PeriodField
          label={t('contractSections.obligations.periodLabel')}
          value={draft.every}
          onChange={(every) => set({ every })}
          error={problem('every')}
        />
      </FormRow>
      <Select
        label={t('contractSections.obligations.dueIn')}
        options={[
          { id: 'end', label: t('contractSections.obligations.dueAtEnd') },
          { id: 'day', label: t('contractSections.obligations.dueByDay') },
        ]}
        value={draft.dueIn}
        onChange={(dueIn) => set({ dueIn })}
      />
      {draft.dueIn === 'day' && (
        <>
          <FormRow>
            <TextField
              label={t('contractSections.obligations.byDay')}
              inputMode="numeric"
              value={draft.byDay}
              onChange={(byDay) => set({ byDay })}
              error={problem('byDay')}
            />
            <TextField
              label={t('contractSections.obligations.fromDay')}
              inputMode="numeric"
              placeholder={t('contractSections.obligations.fromDayHint')}
              value={draft.fromDay}
              onChange={(fromDay) => set({ fromDay })}
              error={problem('fromDay')}
            />
          </FormRow>
          <Select
            label={t('contractSections.obligations.monthsAfter')}
            options={(['0', '1', '2', '3'] as const).map((id) => ({
              id,
              label: t(`contractSections.obligations.monthsAfters.m${id}`),
            }))}
            value={draft.monthsAfter as '0' | '1' | '2' | '3'}
            onChange={(monthsAfter) => set({ monthsAfter })}
          />
        </>
      )}
      <Segmented
        label={t('contractSections.obligations.ends')}
        options={[
          { id: 'never', label: t('contractSections.obligations.endNever') },
          { id: 'until', label: t('contractSections.obligations.endUntil') },
          { id: 'count', label: t('contractSections.obligations.endCount') },
        ]}
        value={draft.ends}
        onChange={(ends) => set({ ends })}
      />
      {draft.ends === 'until' && dateField('until')}
      {draft.ends === 'count' && (
        <TextField
          label={t('contractSections.obligations.count')}
          inputMode="numeric"
          value={draft.count}
          onChange={(count) => set({ count })}
          error={problem('count')}
        />
      )}
    </>
  );
}

function DueFields(props: FieldsProps) {
  const { draft, set, problem, scope, data } = props;
  const t = useT();
  return (
    <fieldset className={styles.group}>
      <Segmented
        label={t('contractSections.obligations.when')}
        options={(['once', 'recurring', 'relative'] as const).map((id) => ({
          id,
          label: t(`contractSections.obligations.whens.${id}`),
        }))}
        value={draft.when}
        onChange={(when) => set({ when })}
      />
      {draft.when === 'once' && (
        <DateField
          label={t('contractSections.obligations.date')}
          value={draft.due}
          onChange={(due) => set({ due })}
          clearLabel={t('common.clearDate')}
        />
      )}
      {draft.when === 'recurring' && <RecurringFields {...props} />}
      {draft.when === 'relative' && (
        <RelativeFields data={data} value={draft} onChange={set} error={problem('period')} />
      )}
      {draft.when !== 'once' && <DayOffSelect value={draft.dayOff} onChange={(dayOff) => set({ dayOff })} />}
      <Preview draft={draft} scope={scope} data={data} />
    </fieldset>
  );
}

/** A person's record, or a name that was typed. */
function OwnerField({ draft, set }: Pick<FieldsProps, 'draft' | 'set'>) {
  const t = useT();
  const people = usePeople();
  const name = draft.owner?.person ? '' : (draft.owner?.name ?? '');
  const options = useMemo(
    () => [
      ...(name ? [{ id: FREE, label: name }] : []),
      ...(people ?? []).map((person) => ({ id: person.id, label: person.name, hint: person.organisationName })),
    ],
    [people, name],
  );
  return (
    <ComboBox
      label={t('contractSections.obligations.owner')}
      placeholder={t('contractSections.obligations.ownerHint')}
      options={options}
      value={draft.owner?.person ?? (name ? FREE : null)}
      onChange={(id) => {
        if (id !== FREE) set({ owner: id === null ? null : { person: id } });
      }}
      onCreate={(text) => set({ owner: { name: text } })}
      createLabel={(text) => t('contractSections.parties.byName', { text })}
      noMatch={t('common.noMatch')}
    />
  );
}

/** Only what differs from the record; the kept occurrences follow the rule. */
function changesOf(
  id: string,
  before: PromiseRecord,
  fields: Readonly<Record<string, Json>>,
  scope: SectionProps['scope'],
): DraftChange[] {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
  const changes = Object.entries(fields).flatMap(([field, value]): DraftChange[] =>
    same(before[field as keyof PromiseRecord], value) ? [] : [{ type: 'promise', record: id, field, value }],
  );
  if (!changes.some(({ field }) => field === 'rule')) return changes;
  const kept = before.fulfilments ?? {};
  const moved = movedFulfilments(before as Obligation, fields['rule'] as unknown as PromiseRecord['rule'], scope);
  for (const index of new Set([...Object.keys(kept), ...Object.keys(moved)])) {
    if (same(kept[index], moved[index])) continue;
    changes.push({
      type: 'promise',
      record: id,
      field: `fulfilments/${index}`,
      value: (moved[index] ?? null) as unknown as Json,
    });
  }
  return changes;
}

export interface ObligationFormProps extends Pick<SectionProps, 'data' | 'scope'> {
  readonly contract: string;
  /** The obligation to change; without one a new one is made. */
  readonly promise?: { readonly id: string; readonly data: PromiseRecord };
  readonly onClose: () => void;
}

/** An obligation: what, whose, when (once, again and again, from an event), for how much. */
export function ObligationForm({ contract, data, scope, promise, onClose }: ObligationFormProps) {
  const t = useT();
  const language = useLanguage();
  const form = useId();
  const [draft, setDraft] = useState(() =>
    draftOf(promise?.data ?? {}, data.value?.currency ?? (language === 'ru' ? 'RUB' : 'EUR'), language),
  );
  const [problems, setProblems] = useState<DraftProblems>({});
  const [busy, setBusy] = useState(false);
  const problem = useProblemText(draft, problems);
  const set = (parts: Partial<ObligationDraft>): void => {
    setDraft((now) => ({ ...now, ...parts }));
    setProblems((now) => Object.fromEntries(Object.entries(now).filter(([field]) => !(field in parts))));
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const read = readObligation(draft);
    if ('problems' in read) {
      setProblems(read.problems);
      return;
    }
    setBusy(true);
    const saved = promise
      ? await update(promise.id, promise.data, read.value)
      : await createRecord('promise', {
          ...Object.fromEntries(Object.entries(read.value).filter(([, value]) => value !== null)),
          status: 'open',
          contract,
          ...(data.organisation ? { organisation: data.organisation } : {}),
        });
    setBusy(false);
    if (saved) onClose();
  };
  const update = async (
    id: string,
    before: PromiseRecord,
    fields: Readonly<Record<string, Json>>,
  ): Promise<boolean> => {
    const changes = changesOf(id, before, fields, scope);
    return changes.length === 0 || (await commit({ kind: 'edit', changes })).ok;
  };
  const currencies = [...new Set([draft.currency, ...CURRENCIES])];
  return (
    <Dialog
      title={t(promise ? 'contractSections.obligations.editTitle' : 'contractSections.obligations.addTitle')}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
      footer={
        <DialogFooter
          cancelLabel={t('common.cancel')}
          onCancel={onClose}
          label={t(promise ? 'common.save' : 'common.add')}
          form={form}
          isDisabled={busy}
        />
      }
    >
      <form id={form} className={styles.form} onSubmit={(event) => void submit(event)}>
        <TextField
          label={t('contractSections.obligations.text')}
          placeholder={t('contractSections.obligations.textHint')}
          value={draft.text}
          onChange={(text) => set({ text })}
          error={problem('text')}
          autoFocus
        />
        <FormRow>
          <Segmented
            label={t('contractSections.obligations.side')}
            options={[
              { id: 'ours', label: t('contractSections.obligations.ours') },
              { id: 'theirs', label: t('contractSections.obligations.theirs') },
            ]}
            value={draft.side}
            onChange={(side) => set({ side })}
          />
          <OwnerField draft={draft} set={set} />
        </FormRow>
        <DueFields draft={draft} set={set} problem={problem} scope={scope} data={data} />
        <FormRow>
          <Select
            label={t('contractSections.obligations.kind')}
            options={PROMISE_KINDS.map((id) => ({ id, label: t(`contractSections.obligations.kinds.${id}`) }))}
            value={draft.kind}
            onChange={(kind) => set({ kind })}
          />
          <Select
            label={t('contractSections.visibility')}
            options={(['client', 'internal', 'private'] as const).map((id) => ({
              id,
              label: t(`contractSections.visibilities.${id}`),
            }))}
            value={draft.visibility}
            onChange={(visibility) => set({ visibility })}
          />
        </FormRow>
        <FormRow>
          <TextField
            label={t('contractSections.obligations.amount')}
            inputMode="decimal"
            value={draft.amount}
            onChange={(amount) => set({ amount })}
            error={problem('amount')}
          />
          <Select
            label={t('contractSections.obligations.currency')}
            options={currencies.map((id) => ({ id, label: id }))}
            value={draft.currency}
            onChange={(currency) => set({ currency, amount: draft.amount })}
          />
        </FormRow>
        <TextArea
          label={t('contractSections.obligations.penalty')}
          placeholder={t('contractSections.obligations.penaltyHint')}
          rows={2}
          value={draft.penalty}
          onChange={(penalty) => set({ penalty })}
        />
      </form>
    </Dialog>
  );
}

import { type FormEvent, useId, useMemo, useState } from 'react';
import { milestonesOf } from '../../../../shared/contracts/obligations.ts';
import type { ContractMilestone } from '../../../../shared/model/records.ts';
import { useDates } from '../../../app/dates.ts';
import { useT } from '../../../app/i18n.ts';
import { DateField, Dialog, DialogFooter, Segmented, Select, TextField } from '../../../ui/index.ts';
import { addElement, setElement } from './changes.ts';
import { DayOffSelect, RelativeFields } from './due-fields.tsx';
import { type MilestoneDraft, milestoneDraft, type MilestoneProblems, readMilestone } from './milestone-draft.ts';
import { FormRow, problemWords, type SectionProps, useExplainer } from './parts.tsx';
import styles from './sections.module.css';

const FRESH = '\u0000new';

export interface MilestoneFormProps extends Pick<SectionProps, 'data' | 'scope'> {
  readonly contract: string;
  readonly milestone?: readonly [string, ContractMilestone];
  readonly onClose: () => void;
}

/** What the contract's milestones would be with this one in it. */
function useCandidate(draft: MilestoneDraft, scope: SectionProps['scope'], key: string, order: number) {
  return useMemo(() => {
    const read = readMilestone(draft);
    if (!scope || 'problems' in read) return undefined;
    const milestones = { ...scope.wording.milestones, [key]: { ...read.value, order } };
    return milestonesOf({ ...scope, wording: { ...scope.wording, milestones } });
  }, [draft, scope, key, order]);
}

/** A milestone: a day, a month, a year, or counted from another event; when it was reached. */
export function MilestoneForm({ contract, data, scope, milestone, onClose }: MilestoneFormProps) {
  const t = useT();
  const dates = useDates();
  const explainer = useExplainer();
  const form = useId();
  const [key, before] = milestone ?? [FRESH, undefined];
  const [draft, setDraft] = useState(() => milestoneDraft(before ?? {}));
  const [problems, setProblems] = useState<MilestoneProblems>({});
  const candidate = useCandidate(draft, scope, key, before?.order ?? 1_000_000);
  const set = (parts: Partial<MilestoneDraft>): void => {
    setDraft((now) => ({ ...now, ...parts }));
    setProblems((now) => Object.fromEntries(Object.entries(now).filter(([field]) => !(field in parts))));
  };
  const problem = (field: keyof MilestoneDraft): string | undefined => {
    const found = problems[field];
    if (!found) return undefined;
    return found === 'fieldRequired' ? t('contractSections.fieldRequired') : t(`contractSections.milestones.${found}`);
  };
  const setPrecision = (precision: MilestoneDraft['precision']): void =>
    // A named day stays where it is; a counted one follows the rules, unless somebody chose otherwise.
    set({ precision, dayOff: precision === 'relative' ? 'profile' : 'keep' });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const read = readMilestone(draft);
    if ('problems' in read) {
      setProblems(read.problems);
      return;
    }
    // A circle would take the days of every milestone away; it is said above the buttons.
    if (candidate && !candidate.ok) return;
    const saved = before
      ? (await setElement(contract, 'milestones', key, { ...read.value, order: before.order })).ok
      : (await addElement(contract, 'milestones', data.milestones, read.value)) !== null;
    if (saved) onClose();
  };
  const point = candidate?.ok ? candidate.value.find(({ id }) => id === key) : undefined;
  const inexact = draft.precision === 'month' || draft.precision === 'year';
  return (
    <Dialog
      title={t(before ? 'contractSections.milestones.editTitle' : 'contractSections.milestones.addTitle')}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
      footer={
        <DialogFooter
          cancelLabel={t('common.cancel')}
          onCancel={onClose}
          label={t(before ? 'common.save' : 'common.add')}
          form={form}
        />
      }
    >
      <form id={form} className={styles.form} onSubmit={(event) => void submit(event)}>
        <TextField
          label={t('contractSections.milestones.name')}
          placeholder={t('contractSections.milestones.nameHint')}
          value={draft.title}
          onChange={(title) => set({ title })}
          error={problem('title')}
          autoFocus
        />
        <fieldset className={styles.group}>
          <Segmented
            label={t('contractSections.milestones.precision')}
            options={(['day', 'month', 'year', 'relative'] as const).map((id) => ({
              id,
              label: t(`contractSections.milestones.precisions.${id}`),
            }))}
            value={draft.precision}
            onChange={setPrecision}
          />
          {draft.precision === 'day' && (
            <div>
              <DateField
                label={t('contractSections.obligations.date')}
                value={draft.day}
                onChange={(day) => set({ day })}
                clearLabel={t('common.clearDate')}
              />
              {problem('day') && <p className={styles.problem}>{problem('day')}</p>}
            </div>
          )}
          {draft.precision === 'month' && (
            <TextField
              label={t('contractSections.milestones.month')}
              placeholder={t('contractSections.milestones.monthHint')}
              value={draft.month}
              onChange={(month) => set({ month })}
              error={problem('month')}
            />
          )}
          {draft.precision === 'year' && (
            <TextField
              label={t('contractSections.milestones.year')}
              inputMode="numeric"
              value={draft.year}
              onChange={(year) => set({ year })}
              error={problem('year')}
            />
          )}
          {draft.precision === 'relative' && (
            <RelativeFields
              data={data}
              value={draft}
              onChange={set}
              own={before ? key : undefined}
              error={problem('period')}
            />
          )}
          <DayOffSelect value={draft.dayOff} onChange={(dayOff) => set({ dayOff })} />
          {point && (
            <p className={styles.hint}>
              {t(inexact ? 'contractSections.milestones.lastDayCounts' : 'contractSections.milestones.wouldBe', {
                date: dates.short(point.due),
              })}
              {point.provisional && ` ${t('contractSections.provisionalHint')}`}
            </p>
          )}
          {candidate && !candidate.ok && (
            <p role="alert" className={styles.problem}>
              {problemWords(
                explainer,
                (name, params) => t(name, params),
                { ...data, milestones: { ...data.milestones, [key]: { title: draft.title, order: 0 } } },
                candidate.error,
              )}
            </p>
          )}
        </fieldset>
        <FormRow>
          <DateField
            label={t('contractSections.milestones.happened')}
            value={draft.happened}
            onChange={(happened) => set({ happened })}
            clearLabel={t('common.clearDate')}
          />
          <DateField
            label={t('contractSections.milestones.baseline')}
            value={draft.baseline}
            onChange={(baseline) => set({ baseline })}
            clearLabel={t('common.clearDate')}
          />
        </FormRow>
        <p className={styles.hint}>{t('contractSections.milestones.baselineHint')}</p>
        <Select
          label={t('contractSections.visibility')}
          options={(['client', 'internal', 'private'] as const).map((id) => ({
            id,
            label: t(`contractSections.visibilities.${id}`),
          }))}
          value={draft.visibility}
          onChange={(visibility) => set({ visibility })}
        />
      </form>
    </Dialog>
  );
}

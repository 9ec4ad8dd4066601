import { type FormEvent, useId, useState } from 'react';
import type { Json } from '../../../../shared/change/types.ts';
import { ROUNDINGS } from '../../../../shared/contract-dates/rational.ts';
import type { TermsError } from '../../../../shared/contract-dates/terms.ts';
import { minorDigits } from '../../../../shared/money/money.ts';
import { setField } from '../../../app/commit.ts';
import { useLanguage, useT } from '../../../app/i18n.ts';
import { Checkbox, DateField, Dialog, DialogFooter, Segmented, Select, TextField } from '../../../ui/index.ts';
import {
  INDEXATION_KINDS,
  type IndexationDraft,
  indexationDraft,
  type IndexationProblems,
  readIndexationDraft,
} from './indexation-draft.ts';
import { FormRow, PeriodField, type SectionProps, useExplainer } from './parts.tsx';
import styles from './sections.module.css';

const CURRENCIES = ['RUB', 'EUR', 'USD', 'CNY', 'KZT', 'BYN', 'GBP', 'KWD'];

interface FieldsProps {
  readonly draft: IndexationDraft;
  readonly set: (parts: Partial<IndexationDraft>) => void;
  readonly problem: (field: keyof IndexationDraft) => string | undefined;
}

/** The names of the fields that are plain lines of text. */
const LABELS = {
  base: 'contractSections.indexation.base',
  everyMonths: 'contractSections.indexation.everyMonths',
  baseMonth: 'contractSections.indexation.baseMonth',
  lagMonths: 'contractSections.indexation.lagMonths',
  cap: 'contractSections.indexation.cap',
  floor: 'contractSections.indexation.floor',
  cumulative: 'contractSections.indexation.cumulative',
  factorDecimals: 'contractSections.indexation.factorDecimals',
  replacementFrom: 'contractSections.indexation.replacementFrom',
  source: 'contractSections.indexation.source',
} as const;

function Line({
  draft,
  set,
  problem,
  field,
  hint,
}: FieldsProps & { readonly field: keyof typeof LABELS; readonly hint?: string }) {
  const t = useT();
  return (
    <TextField
      label={t(LABELS[field])}
      value={draft[field]}
      onChange={(text) => set({ [field]: text })}
      error={problem(field)}
      {...(hint ? { placeholder: hint } : {})}
    />
  );
}

/** Where the numbers come from: the series and its base, or the percentage. */
function SourceFields(props: FieldsProps) {
  const { draft, set, problem } = props;
  const t = useT();
  const month = t('contractSections.indexation.monthHint');
  return (
    <>
      {draft.kind !== 'index' && (
        <TextField
          label={t(
            draft.kind === 'fixed'
              ? 'contractSections.indexation.percentFixed'
              : 'contractSections.indexation.percentRate',
          )}
          inputMode="decimal"
          value={draft.percent}
          onChange={(percent) => set({ percent })}
          error={problem('percent')}
        />
      )}
      {draft.kind !== 'fixed' && (
        <>
          <FormRow>
            <Select
              label={t('contractSections.indexation.step')}
              options={(['1', '3', '12'] as const).map((id) => ({
                id,
                label: t(`contractSections.indexation.steps.s${id}`),
              }))}
              value={draft.step}
              onChange={(step) => set({ step })}
            />
            {draft.kind === 'index' && <Line {...props} field="baseMonth" hint={month} />}
          </FormRow>
          <FormRow>
            <Line {...props} field="lagMonths" />
            <Line {...props} field="source" hint={t('contractSections.indexation.sourceHint')} />
          </FormRow>
        </>
      )}
      {draft.kind === 'index' && (
        <>
          <Checkbox
            label={t('contractSections.indexation.replacement')}
            isSelected={draft.replaced}
            onChange={(replaced) => set({ replaced })}
          />
          {draft.replaced && <Line {...props} field="replacementFrom" hint={month} />}
        </>
      )}
    </>
  );
}

/** What limits a step, how it is rounded, when it must be announced. */
function LimitFields(props: FieldsProps) {
  const { draft, set } = props;
  const t = useT();
  return (
    <>
      <div className={styles.three}>
        <Line {...props} field="cap" />
        <Line {...props} field="floor" />
        <Line {...props} field="cumulative" />
      </div>
      <FormRow>
        <Select
          label={t('contractSections.indexation.mode')}
          options={(['compounding', 'fromBase'] as const).map((id) => ({
            id,
            label: t(`contractSections.indexation.modes.${id}`),
          }))}
          value={draft.mode}
          onChange={(mode) => set({ mode })}
        />
        <div className={styles.tick}>
          <Checkbox
            label={t('contractSections.indexation.decreases')}
            isSelected={draft.decreases}
            onChange={(decreases) => set({ decreases })}
          />
        </div>
      </FormRow>
      <FormRow>
        <Select
          label={t('contractSections.indexation.rounding')}
          options={ROUNDINGS.map((id) => ({ id, label: t(`contractSections.indexation.roundings.${id}`) }))}
          value={draft.rounding}
          onChange={(rounding) => set({ rounding })}
        />
        <Line {...props} field="factorDecimals" hint={t('contractSections.indexation.exact')} />
      </FormRow>
      <FormRow>
        <PeriodField
          label={t('contractSections.indexation.notice')}
          value={draft.notice}
          onChange={(notice) => set({ notice })}
        />
        <PeriodField
          label={t('contractSections.indexation.dispute')}
          value={draft.dispute}
          onChange={(dispute) => set({ dispute })}
        />
      </FormRow>
    </>
  );
}

/** The price clause as the paper words it. Values of the series are entered outside, where they are seen. */
export function IndexationForm({
  id,
  data,
  onClose,
}: Pick<SectionProps, 'id' | 'data'> & { readonly onClose: () => void }) {
  const t = useT();
  const language = useLanguage();
  const explainer = useExplainer();
  const form = useId();
  const clause = data.indexation;
  const [draft, setDraft] = useState(() =>
    indexationDraft(clause, data.value, language === 'ru' ? 'RUB' : 'EUR', language),
  );
  const [problems, setProblems] = useState<IndexationProblems>({});
  const [refused, setRefused] = useState<TermsError | undefined>(undefined);
  const set = (parts: Partial<IndexationDraft>): void => {
    setDraft((now) => ({ ...now, ...parts }));
    setProblems((now) => Object.fromEntries(Object.entries(now).filter(([field]) => !(field in parts))));
    setRefused(undefined);
  };
  const problem = (field: keyof IndexationDraft): string | undefined => {
    const found = problems[field];
    if (!found) return undefined;
    if (found === 'fieldRequired') return t('contractSections.fieldRequired');
    if (found === 'monthWrong') return t('contractSections.milestones.monthWrong');
    if (found === 'percentUnread' || found === 'wholeUnread') return t(`contractSections.indexation.${found}`);
    return t(`contractSections.obligations.${found}`, {
      count: minorDigits(draft.currency),
      currency: draft.currency,
    });
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const read = readIndexationDraft(draft, clause);
    if ('problems' in read) {
      setProblems(read.problems);
      setRefused(read.refused);
      return;
    }
    const saved = await setField('contract', id, 'indexation', read.value as unknown as Json);
    if (saved.ok) onClose();
  };
  const fields: FieldsProps = { draft, set, problem };
  return (
    <Dialog
      title={t('contractSections.indexation.editTitle')}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
      footer={
        <DialogFooter
          cancelLabel={t('common.cancel')}
          onCancel={onClose}
          label={t(clause ? 'common.save' : 'common.add')}
          form={form}
        />
      }
    >
      <form id={form} className={styles.form} onSubmit={(event) => void submit(event)}>
        <Segmented
          label={t('contractSections.indexation.kind')}
          options={INDEXATION_KINDS.map((kind) => ({
            id: kind,
            label: t(`contractSections.indexation.kinds.${kind}`),
          }))}
          value={draft.kind}
          onChange={(kind) => set({ kind })}
        />
        <FormRow>
          <Line {...fields} field="base" />
          <Select
            label={t('contractSections.obligations.currency')}
            options={[...new Set([draft.currency, ...CURRENCIES])].map((code) => ({ id: code, label: code }))}
            value={draft.currency}
            onChange={(currency) => set({ currency, base: draft.base })}
          />
        </FormRow>
        <FormRow>
          <div>
            <DateField
              label={t('contractSections.indexation.firstOn')}
              value={draft.firstOn}
              onChange={(firstOn) => set({ firstOn })}
              clearLabel={t('common.clearDate')}
            />
            {problem('firstOn') && <p className={styles.problem}>{problem('firstOn')}</p>}
          </div>
          <Line {...fields} field="everyMonths" />
        </FormRow>
        <fieldset className={styles.group}>
          <SourceFields {...fields} />
        </fieldset>
        <LimitFields {...fields} />
        {refused && (
          <p role="alert" className={styles.problem}>
            {explainer.problem(refused)}
          </p>
        )}
      </form>
    </Dialog>
  );
}

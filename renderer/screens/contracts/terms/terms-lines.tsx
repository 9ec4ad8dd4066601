import { CircleAlert } from 'lucide-react';
import { createContext, type ReactNode, useContext } from 'react';
import { RENEWALS, type RenewalKind } from '../../../../shared/contract-dates/terms.ts';
import { PROFILES } from '../../../../shared/contract-dates/profile.ts';
import { useT } from '../../../app/i18n.ts';
import { Checkbox, Select, TextField } from '../../../ui/index.ts';
import { CountInput, DayInput, ExitSelect, PeriodInput } from './controls.tsx';
import type { ClauseLine, TermsDraft } from './terms-draft.ts';
import styles from './terms.module.css';
import { calendarWords } from './terms-text.ts';

export interface FormState {
  readonly draft: TermsDraft;
  readonly set: (patch: Partial<TermsDraft>) => void;
  /** Sentences by control. */
  readonly problems: Readonly<Partial<Record<string, string>>>;
  /** Names of calendars that can be chosen. */
  readonly calendars: readonly string[];
}
const Form = createContext<FormState | null>(null);
export const FormProvider = Form.Provider;
function useForm(): FormState {
  const state = useContext(Form);
  if (!state) throw new Error('a control of the terms outside of their form');
  return state;
}

/** Sentences about controls, where they stand. */
export function Problems({ of }: { readonly of: readonly string[] }) {
  const { problems } = useForm();
  return of.map((field) =>
    problems[field] ? (
      <p key={field} className={styles.problem} role="alert">
        <CircleAlert size={14} aria-hidden />
        {problems[field]}
      </p>
    ) : null,
  );
}

/** One sentence of the paper, with the number of its clause in the margin. */
function Line({
  id,
  fields,
  children,
}: {
  readonly id: ClauseLine | 'sending';
  readonly fields: readonly string[];
  readonly children: ReactNode;
}) {
  const t = useT();
  const { draft, set } = useForm();
  return (
    <div className={styles.line} role="group" aria-label={t(`contractTerms.lines.${id}`)}>
      <div className={styles.sentence}>{children}</div>
      {id !== 'sending' && (
        <TextField
          label={t('contractTerms.clauseOf', { line: t(`contractTerms.lines.${id}`) })}
          hideLabel
          className={styles.clause!}
          placeholder={t('contractTerms.clause')}
          value={draft.clauses[id] ?? ''}
          onChange={(text) => set({ clauses: { ...draft.clauses, [id]: text } })}
        />
      )}
      <Problems of={fields} />
    </div>
  );
}

export function TermLine({ autoFocus }: { readonly autoFocus: boolean }) {
  const t = useT();
  const { draft, set } = useForm();
  const monthly = draft.term.some(({ count, unit }) => count.trim() && (unit === 'months' || unit === 'years'));
  return (
    <Line id="term" fields={['start', 'term', 'termToMonthEnd', 'end']}>
      <span>{t('contractTerms.words.start')}</span>
      <DayInput
        label={t('contractTerms.words.startLabel')}
        value={draft.start}
        onChange={(start) => set({ start })}
        autoFocus={autoFocus}
      />
      <Select<TermsDraft['until']>
        label={t('contractTerms.words.untilLabel')}
        hideLabel
        className={styles.until!}
        options={(['term', 'date', 'open'] as const).map((id) => ({ id, label: t(`contractTerms.until.${id}`) }))}
        value={draft.until}
        onChange={(until) => set({ until })}
      />
      {draft.until === 'date' && (
        <>
          <DayInput label={t('contractTerms.words.end')} value={draft.end} onChange={(end) => set({ end })} />
          <span>{t('contractTerms.words.including')}</span>
          <span className={styles.hint}>{t('contractTerms.words.named')}</span>
        </>
      )}
      {draft.until !== 'open' && (
        <PeriodInput
          label={t('contractTerms.words.term')}
          value={draft.term}
          onChange={(term) => set({ term })}
          grammar="gen"
        />
      )}
      {draft.until === 'term' && (monthly || draft.termToMonthEnd) && (
        <Checkbox
          label={t('contractTerms.words.termToMonthEnd')}
          isSelected={draft.termToMonthEnd}
          onChange={(termToMonthEnd) => set({ termToMonthEnd })}
        />
      )}
    </Line>
  );
}

export function RenewalLine() {
  const t = useT();
  const { draft, set } = useForm();
  if (draft.until === 'open') return null;
  const renews = draft.renewal !== 'none' && draft.renewal !== 'evergreen';
  const own = draft.renewalTerm.some(({ count }) => count.trim());
  return (
    <Line id="renewal" fields={['renewal', 'renewalTerm', 'maxRenewals', 'renewNotAfter']}>
      <span>{t('contractTerms.words.renewal')}</span>
      <Select<RenewalKind>
        label={t('contractTerms.words.renewalLabel')}
        hideLabel
        className={styles.kind!}
        options={RENEWALS.map((id) => ({ id, label: t(`contractTerms.renewal.${id}`) }))}
        value={draft.renewal}
        onChange={(renewal) => set({ renewal })}
      />
      {renews && (
        <>
          <span>{t('contractTerms.words.renewalFor')}</span>
          <PeriodInput
            label={t('contractTerms.words.renewalTerm')}
            value={draft.renewalTerm}
            onChange={(renewalTerm) => set({ renewalTerm })}
            grammar="acc"
          />
          <span>{t('contractTerms.words.atMost')}</span>
          <CountInput
            label={t('contractTerms.words.maxRenewals')}
            value={draft.maxRenewals}
            onChange={(maxRenewals) => set({ maxRenewals })}
          />
          <span>{t('contractTerms.words.times')}</span>
          <span>{t('contractTerms.words.notBeyond')}</span>
          <DayInput
            label={t('contractTerms.words.renewNotAfter')}
            value={draft.renewNotAfter}
            onChange={(renewNotAfter) => set({ renewNotAfter })}
          />
          {!own && draft.until === 'term' && <span className={styles.hint}>{t('contractTerms.words.sameTerm')}</span>}
        </>
      )}
    </Line>
  );
}

export function NoticeLine() {
  const t = useT();
  const { draft, set } = useForm();
  const given = draft.notice.some(({ count }) => count.trim());
  const monthly = draft.notice.some(({ count, unit }) => count.trim() && (unit === 'months' || unit === 'years'));
  const open = isOpenEnded(draft);
  // No term ends, so that nothing can be counted back from it.
  const endless = draft.until === 'open';
  const window = !endless || draft.noticeOpens.some(({ count }) => count.trim());
  return (
    <Line
      id="notice"
      fields={['notice', 'noticeCounts', 'noticeToMonthEnd', 'noticeOpens', ...(open ? ['exitAt'] : [])]}
    >
      <span>{t(endless ? 'contractTerms.words.noticeOpen' : 'contractTerms.words.notice')}</span>
      <PeriodInput
        label={t('contractTerms.words.noticeLabel')}
        value={draft.notice}
        onChange={(notice) => set({ notice })}
        grammar="acc"
      />
      {!endless && <span>{t('contractTerms.words.beforeEnd')}</span>}
      {given && (
        <>
          <span>{t('contractTerms.words.counts')}</span>
          <Select<TermsDraft['noticeCounts']>
            label={t('contractTerms.words.noticeCounts')}
            hideLabel
            className={styles.narrow!}
            options={(['received', 'sent'] as const).map((id) => ({ id, label: t(`contractTerms.counts.${id}`) }))}
            value={draft.noticeCounts}
            onChange={(noticeCounts) => set({ noticeCounts })}
          />
          {open && <ExitPart />}
          {((monthly && !open) || draft.noticeToMonthEnd) && (
            <Checkbox
              label={t('contractTerms.words.noticeToMonthEnd')}
              isSelected={draft.noticeToMonthEnd}
              onChange={(noticeToMonthEnd) => set({ noticeToMonthEnd })}
            />
          )}
          {window && (
            <>
              <span>{t('contractTerms.words.opens')}</span>
              <PeriodInput
                label={t('contractTerms.words.noticeOpens')}
                value={draft.noticeOpens}
                onChange={(noticeOpens) => set({ noticeOpens })}
                grammar="acc"
              />
              <span>{t('contractTerms.words.beforeEndPlain')}</span>
            </>
          )}
        </>
      )}
    </Line>
  );
}

const isOpenEnded = ({ until, renewal }: TermsDraft): boolean => until === 'open' || renewal === 'evergreen';

/** "…, the last day being the end of a quarter". */
function ExitPart() {
  const t = useT();
  const { draft, set } = useForm();
  return (
    <>
      <span>{t('contractTerms.words.exitAt')}</span>
      <ExitSelect
        label={t('contractTerms.words.exitAtLabel')}
        value={draft.exitAt}
        onChange={(exitAt) => set({ exitAt })}
      />
    </>
  );
}

export function LeavingLines() {
  const t = useT();
  const { draft, set } = useForm();
  const leaves = draft.convenienceNotice.some(({ count }) => count.trim());
  // Without an end the notice of the line above is all there is to say.
  const alike = draft.until === 'open' && !leaves && !draft.clauses.convenience?.trim();
  const here = !(isOpenEnded(draft) && draft.notice.some(({ count }) => count.trim()));
  return (
    <>
      {!alike && (
        <Line id="convenience" fields={['convenienceNotice', ...(here ? ['exitAt'] : [])]}>
          <span>{t('contractTerms.words.convenience')}</span>
          <PeriodInput
            label={t('contractTerms.words.convenienceNotice')}
            value={draft.convenienceNotice}
            onChange={(convenienceNotice) => set({ convenienceNotice })}
            grammar="acc"
          />
          {here && (leaves || draft.exitAt) && <ExitPart />}
        </Line>
      )}
      <Line id="coolingOff" fields={['coolingOff']}>
        <span>{t('contractTerms.words.coolingOff')}</span>
        <PeriodInput
          label={t('contractTerms.words.coolingOffLabel')}
          value={draft.coolingOff}
          onChange={(coolingOff) => set({ coolingOff })}
          grammar="gen"
        />
        <span>{t('contractTerms.words.fromStart')}</span>
      </Line>
    </>
  );
}

const SAME = '=';

export function RulesLines() {
  const t = useT();
  const { draft, set, calendars } = useForm();
  const options = calendars.map((id) => ({ id, label: calendarWords(id, t) }));
  return (
    <>
      <Line id="rules" fields={['profile', 'calendar', 'counterpartyCalendar', 'openRule']}>
        <span>{t('contractTerms.words.profile')}</span>
        <Select<TermsDraft['profile']>
          label={t('contractTerms.words.profileLabel')}
          hideLabel
          className={styles.rules!}
          options={PROFILES.map((id) => ({ id, label: t(`contractTerms.profile.${id}`) }))}
          value={draft.profile}
          onChange={(profile) => set({ profile })}
        />
        <span>{t('contractTerms.words.calendar')}</span>
        <Select
          label={t('contractTerms.words.calendarLabel')}
          hideLabel
          className={styles.place!}
          options={options}
          value={draft.calendar || (draft.profile === 'rf' ? 'RU' : 'none')}
          onChange={(calendar) => set({ calendar })}
        />
        <span>{t('contractTerms.words.counterparty')}</span>
        <Select
          label={t('contractTerms.words.counterpartyLabel')}
          hideLabel
          className={styles.place!}
          options={[{ id: SAME, label: t('contractTerms.calendar.same') }, ...options]}
          value={draft.counterpartyCalendar || SAME}
          onChange={(id) => set({ counterpartyCalendar: id === SAME ? '' : id })}
        />
        {draft.counterpartyCalendar && (
          <>
            <span>{t('contractTerms.words.openRule')}</span>
            <Select<TermsDraft['openRule']>
              label={t('contractTerms.words.openRuleLabel')}
              hideLabel
              className={styles.narrow!}
              options={(['both', 'ours', 'theirs'] as const).map((id) => ({
                id,
                label: t(`contractTerms.openRule.${id}`),
              }))}
              value={draft.openRule}
              onChange={(openRule) => set({ openRule })}
            />
          </>
        )}
      </Line>
      <Line id="sending" fields={['approvalDays', 'deliveryDays']}>
        <span>{t('contractTerms.words.approval')}</span>
        <CountInput
          label={t('contractTerms.words.approvalLabel')}
          value={draft.approvalDays}
          onChange={(approvalDays) => set({ approvalDays })}
        />
        <span>{t('contractTerms.words.approvalUnit')}</span>
        <span>{t('contractTerms.words.delivery')}</span>
        <CountInput
          label={t('contractTerms.words.deliveryLabel')}
          value={draft.deliveryDays}
          onChange={(deliveryDays) => set({ deliveryDays })}
        />
        <span>{t('contractTerms.words.deliveryUnit')}</span>
      </Line>
    </>
  );
}

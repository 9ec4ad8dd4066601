import { CircleAlert, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react';
import { changesBetween } from '../../../../shared/contract-dates/changes.ts';
import { createExplainer } from '../../../../shared/contract-dates/explain.ts';
import { contractView } from '../../../../shared/contracts/view.ts';
import { type ContractWording, ordered, type TermsContext } from '../../../../shared/contracts/wording.ts';
import { isPlainDate } from '../../../../shared/dates/plain-date.ts';
import { setField } from '../../../app/commit.ts';
import { i18n, useLanguage, useT } from '../../../app/i18n.ts';
import { Button, classNames, IconButton, Kbd, Menu, notify, Select, TextField } from '../../../ui/index.ts';
import { draftNow, keepDraft } from '../drafts.ts';
import { ChangeList } from '../change-list.tsx';
import { DayInput } from '../terms/controls.tsx';
import { problemText } from '../terms/problem-text.ts';
import { AmendedControl } from './amended-control.tsx';
import {
  AMENDED_FIELDS,
  type AmendedField,
  amendmentDraft,
  type AmendmentDraft,
  amendmentPlace,
  amendmentValue,
  withAmendment,
} from './amendment-draft.ts';
import styles from './amendments.module.css';

const NOTHING = '\u0000none';

/** Seen from the day when everything about the amendment is known and in force, or nothing of it could be checked. */
function seenFrom(context: TermsContext, draft: AmendmentDraft): TermsContext {
  const days = [context.today, draft.effective, draft.known, draft.signed].filter((day) => isPlainDate(day));
  return { ...context, today: days.reduce((latest, day) => (day > latest ? day : latest)) };
}

/** What an amendment would do to the contract; the same computation as after saving. */
function judge(wording: ContractWording, draft: AmendmentDraft, context: TermsContext) {
  const { value, problems } = amendmentValue(draft);
  const seen = seenFrom(context, draft);
  const typed = withAmendment(wording, draft.key, value);
  if (problems.length > 0)
    return { value, problem: problems[0] ?? null, place: problems[0]?.field ?? null, changes: [] };
  const view = contractView(typed, seen);
  if (!view.ok) {
    return { value, problem: view.problem, place: amendmentPlace(typed, draft.key, view.problem), changes: [] };
  }
  const before = contractView(wording, seen);
  return { value, problem: null, place: null, changes: before.ok ? changesBetween(before.dates, view.dates) : [] };
}

/** Adds or corrects a supplementary agreement. */
export function AmendmentForm({
  id,
  wording,
  context,
  draft,
}: {
  readonly id: string;
  readonly wording: ContractWording;
  readonly context: TermsContext;
  readonly draft: AmendmentDraft;
}) {
  const t = useT();
  const language = useLanguage();
  const [refused, setRefused] = useState(false);
  const explainer = useMemo(() => createExplainer(language, i18n.t), [language]);
  const judged = useMemo(() => judge(wording, draft, context), [wording, draft, context]);
  const others = ordered(wording.amendments, ({ effective }) => effective).filter(([key]) => key !== draft.key);

  const set = (patch: Partial<AmendmentDraft>): void =>
    keepDraft(id, 'amendment', { ...(draftNow(id).amendment ?? draft), ...patch });
  const { problem, place } = judged;
  const shown = problem !== null && (refused || problem.code !== 'missing') && problem.code !== 'changesEmpty';
  const empty = problem?.code === 'changesEmpty';
  const twin = others.find(([, { effective }]) => effective === draft.effective)?.[1];
  const typed = place === 'effective' || place === 'signed' || place === 'known' ? draft[place] : '';
  const text = !problem
    ? ''
    : problem.code === 'amendmentsSameDate'
      ? t('contracts.amendments.sameDate', { other: twin?.number ?? '' })
      : problem.code === 'missing'
        ? t(place === 'effective' ? 'contracts.amendments.effectiveMissing' : 'contracts.amendments.valueMissing')
        : problemText(problem, explainer, t, typed);
  const at = (...fields: readonly string[]): ReactNode =>
    shown && place !== null && fields.includes(place) ? <Problem text={text} /> : null;
  const known = ['effective', 'number', 'replaces', 'signed', 'known', ...draft.fields];
  const elsewhere = shown && (place === null || !known.includes(place));

  const save = async (): Promise<void> => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement) activeElement.blur();
    const now = draftNow(id).amendment ?? draft;
    const { problem: left, value } = judge(wording, now, context);
    if (left) {
      setRefused(true);
      if (activeElement instanceof HTMLElement) activeElement.focus();
      return;
    }
    const saved = await setField('contract', id, `amendments/${now.key}`, value);
    if (saved.ok) keepDraft(id, 'amendment', undefined);
  };
  const discard = (): void => {
    const kept = draftNow(id).amendment;
    keepDraft(id, 'amendment', undefined);
    if (JSON.stringify(kept) === JSON.stringify(amendmentDraft(wording, draft.key))) return;
    notify({
      text: t('contracts.amendments.discarded'),
      action: { label: t('common.undo'), run: () => keepDraft(id, 'amendment', kept) },
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    void save();
  };
  const free = AMENDED_FIELDS.filter(
    (field) =>
      !draft.fields.includes(field) &&
      !(field === 'end' && draft.fields.includes('endReading')) &&
      !(field === 'endReading' && draft.fields.includes('end')),
  );
  const word = (field: AmendedField): string =>
    field === 'endReading' ? t('contracts.amendments.reading') : t(`contractDates.field.${field}`);
  const day = (field: 'effective' | 'signed' | 'known', autoFocus = false): ReactNode => (
    <div className={styles.field}>
      <span className={styles.label}>{t(`contracts.amendments.days.${field}`)}</span>
      <DayInput
        label={t(`contracts.amendments.days.${field}`)}
        value={draft[field]}
        onChange={(value) => set({ [field]: value })}
        autoFocus={autoFocus}
      />
    </div>
  );
  return (
    <div
      role="group"
      aria-label={t(draft.isNew ? 'contracts.amendments.add' : 'contracts.amendments.editing')}
      className={styles.form}
      onKeyDownCapture={onKeyDown}
    >
      <div className={styles.row}>
        <TextField
          label={t('contracts.amendments.number')}
          className={styles.number!}
          value={draft.number}
          onChange={(number) => set({ number })}
        />
        {day('effective', true)}
        {day('signed')}
        {day('known')}
      </div>
      {at('effective', 'signed', 'known', 'number')}
      <div className={styles.row}>
        <TextField
          label={t('contracts.amendments.about')}
          className={styles.grow!}
          value={draft.title}
          onChange={(title) => set({ title })}
        />
        {others.some(([, { number }]) => number !== undefined) && (
          <Select
            label={t('contracts.amendments.replaces')}
            className={styles.grow!}
            options={[
              { id: NOTHING, label: t('contracts.amendments.replacesNone') },
              ...others.flatMap(([, { number }]) =>
                number === undefined ? [] : [{ id: number, label: t('contracts.amendments.numbered', { number }) }],
              ),
            ]}
            value={draft.replaces || NOTHING}
            onChange={(number) => set({ replaces: number === NOTHING ? '' : number })}
          />
        )}
      </div>
      {at('replaces')}
      <div>
        <p className={styles.label}>{t('contracts.amendments.changes')}</p>
        {draft.fields.map((field) => (
          <div key={field} className={styles.changed}>
            <span className={styles.label}>{word(field)}</span>
            <AmendedControl
              field={field}
              label={word(field)}
              terms={draft.terms}
              onChange={(patch) => {
                const now = draftNow(id).amendment ?? draft;
                set({ terms: { ...now.terms, ...patch } });
              }}
            />
            <IconButton
              icon={<X size={12} aria-hidden />}
              label={t('contracts.amendments.dropField', { field: word(field) })}
              size="small"
              onPress={() => set({ fields: draft.fields.filter((each) => each !== field) })}
            />
            {at(field, ...(field === 'endReading' ? ['end'] : []))}
          </div>
        ))}
        {free.length > 0 && (
          <Menu
            label={t('contracts.amendments.addField')}
            trigger={
              <Button variant="quiet" size="small">
                {t('contracts.amendments.addField')}
              </Button>
            }
            entries={free.map((field) => ({
              id: field,
              label: word(field),
              run: () => set({ fields: [...draft.fields, field] }),
            }))}
          />
        )}
        {empty && refused && <Problem text={text} />}
      </div>
      {elsewhere && <Problem text={t('contracts.amendments.elsewhere', { text })} />}
      {!problem && (
        <section className={styles.follows} aria-label={t('contracts.amendments.follows')} aria-live="polite">
          {judged.changes.length > 0 ? <ChangeList changes={judged.changes} /> : t('contracts.amendments.noEffect')}
        </section>
      )}
      <TextField label={t('contracts.amendments.note')} value={draft.note} onChange={(note) => set({ note })} />
      <div className={classNames(styles.bar)}>
        <Button variant="quiet" onPress={discard}>
          {t('contractTerms.discard')}
        </Button>
        <Button variant="primary" onPress={() => void save()}>
          {t('contracts.amendments.save')}
          <Kbd shortcut="$mod+Enter" />
        </Button>
      </div>
    </div>
  );
}

function Problem({ text }: { readonly text: string }) {
  return (
    <p className={styles.problem} role="alert">
      <CircleAlert size={14} aria-hidden />
      {text}
    </p>
  );
}

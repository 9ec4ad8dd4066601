import { type FormEvent, useId, useState } from 'react';
import { dueDays, type DueDay, upcomingDays } from '../../../../shared/contracts/obligations.ts';
import type { Fulfilment } from '../../../../shared/model/records.ts';
import { useToday } from '../../../app/clock.ts';
import { useDates } from '../../../app/dates.ts';
import { useT } from '../../../app/i18n.ts';
import { authorName, fulfilPromise, reopenPromise } from '../../../app/promises.ts';
import type { PromiseDay } from '../../../db/index.ts';
import { Button, DateField, Dialog, DialogFooter, TextField, classNames } from '../../../ui/index.ts';
import styles from './sections.module.css';

type Of = Pick<PromiseDay, 'promise' | 'scope'>;

/** Keeps or drops one due day: when, what proves it, who noted it. */
export function FulfilmentDialog({
  promise,
  scope,
  day,
  state,
  onClose,
}: Of & {
  readonly day: Pick<DueDay, 'index'> | null;
  readonly state: Fulfilment['state'];
  readonly onClose: () => void;
}) {
  const t = useT();
  const today = useToday();
  const form = useId();
  const [on, setOn] = useState<string | null>(today);
  const [evidence, setEvidence] = useState('');
  const [author, setAuthor] = useState(authorName);
  const isDone = state === 'done';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!on) return;
    const how: Fulfilment = {
      on,
      state,
      ...(evidence.trim() ? { evidence: evidence.trim() } : {}),
      ...(author.trim() ? { author: author.trim() } : {}),
    };
    const toast = t(isDone ? 'contractSections.obligations.done' : 'contractSections.obligations.dropped', {
      text: promise.text,
    });
    const result = await fulfilPromise(promise, day, how, { toast, scope });
    if (result.ok) onClose();
  };
  return (
    <Dialog
      title={t(isDone ? 'contractSections.obligations.keepTitle' : 'contractSections.obligations.dropTitle')}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
      footer={
        <DialogFooter
          cancelLabel={t('common.cancel')}
          onCancel={onClose}
          label={t(isDone ? 'common.done' : 'contractSections.obligations.dropIt')}
          form={form}
          isDisabled={!on}
        />
      }
    >
      <form id={form} className={styles.form} onSubmit={(event) => void submit(event)}>
        <p className={styles.hint}>{promise.text}</p>
        <DateField
          label={t(isDone ? 'contractSections.obligations.doneOn' : 'contractSections.obligations.droppedOn')}
          value={on}
          onChange={setOn}
          clearLabel={t('common.clearDate')}
          autoFocus
        />
        <TextField
          label={t('contractSections.obligations.evidence')}
          placeholder={t('contractSections.obligations.evidenceHint')}
          value={evidence}
          onChange={setEvidence}
        />
        {promise.rule?.kind === 'recurring' && (
          <TextField label={t('contractSections.obligations.author')} value={author} onChange={setAuthor} />
        )}
      </form>
    </Dialog>
  );
}

const AHEAD = 6;
const SHOWN = 14;

/** Every occurrence from the anchor to six days ahead. */
function useOccurrences({ promise, scope }: Of): readonly DueDay[] {
  const today = useToday();
  if (promise.rule?.kind !== 'recurring') return [];
  const { anchor } = promise.rule.recurrence;
  const ahead = upcomingDays(promise, today > anchor ? today : anchor, AHEAD, scope);
  const last = ahead.ok ? ahead.value.at(-1)?.due : undefined;
  const all = dueDays(promise, anchor, last ?? today, scope);
  return all.ok ? all.value : [];
}

/** All due days of a recurring obligation: what was kept, how, by whom; what lies ahead. */
export function OccurrencesDialog({
  promise,
  scope,
  readOnly,
  onClose,
}: Of & { readonly readOnly: boolean; readonly onClose: () => void }) {
  const t = useT();
  const dates = useDates();
  const today = useToday();
  const days = useOccurrences({ promise, scope });
  const [all, setAll] = useState(false);
  const [asked, setAsked] = useState<{ readonly index: number; readonly state: Fulfilment['state'] } | null>(null);
  const shown = all ? days : days.slice(-SHOWN);
  return (
    <Dialog
      title={t('contractSections.obligations.daysTitle', { text: promise.text })}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
      size="wide"
    >
      {shown.length < days.length && (
        <Button variant="quiet" size="small" onPress={() => setAll(true)}>
          {t('contractSections.obligations.earlier', { count: days.length - shown.length })}
        </Button>
      )}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('contractSections.obligations.dueDay')}</th>
            <th scope="col">{t('contractSections.obligations.state')}</th>
            <th scope="col">{t('contractSections.obligations.evidence')}</th>
            {!readOnly && (
              <th scope="col">
                <span className={styles.hidden}>{t('common.more')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {shown.map((day) => {
            const kept = promise.fulfilments?.[String(day.index)];
            const late = day.state === 'open' && day.due < today;
            return (
              <tr key={day.index}>
                <td>
                  <span title={dates.weekday(day.due)}>{dates.short(day.due)}</span>
                  {day.nominal !== day.due && (
                    <span className={styles.hint}>
                      {t('contractSections.movedFrom', { date: dates.short(day.nominal) })}
                    </span>
                  )}
                  {day.provisional && (
                    <span className={styles.provisional} title={t('contractSections.provisionalHint')}>
                      {t('contractSections.provisional')}
                    </span>
                  )}
                </td>
                <td className={classNames(late && styles.risk)}>
                  {day.state === 'open'
                    ? late
                      ? t('profile.overdue', { when: dates.near(day.due) })
                      : dates.near(day.due)
                    : t(`contractSections.obligations.${day.state}State`, { date: dates.short(day.doneOn) })}
                </td>
                <td className={styles.quiet}>{[kept?.evidence, kept?.author].filter(Boolean).join(' · ')}</td>
                {!readOnly && (
                  <td className={styles.rowActions}>
                    {day.state === 'open' ? (
                      <>
                        <Button
                          size="small"
                          variant="quiet"
                          onPress={() => setAsked({ index: day.index, state: 'dropped' })}
                        >
                          {t('contractSections.obligations.drop')}
                        </Button>
                        <Button
                          size="small"
                          variant={late ? 'plain' : 'quiet'}
                          onPress={() => setAsked({ index: day.index, state: 'done' })}
                        >
                          {t('contractSections.obligations.keep')}
                        </Button>
                      </>
                    ) : (
                      <Button
                        size="small"
                        variant="quiet"
                        onPress={() =>
                          void reopenPromise(promise, day.index, {
                            toast: t('contractSections.obligations.reopened', { text: promise.text }),
                          })
                        }
                      >
                        {t('contractSections.obligations.reopen')}
                      </Button>
                    )}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {asked && (
        <FulfilmentDialog
          promise={promise}
          scope={scope}
          day={asked}
          state={asked.state}
          onClose={() => setAsked(null)}
        />
      )}
    </Dialog>
  );
}

import { type FormEvent, useId, useState } from 'react';
import type { Deadline } from '../../../../shared/contracts/deadlines.ts';
import { addDays } from '../../../../shared/dates/plain-date.ts';
import { useToday } from '../../../app/clock.ts';
import { useDates } from '../../../app/dates.ts';
import { useT } from '../../../app/i18n.ts';
import { DateField, Dialog, DialogFooter, TextField } from '../../../ui/index.ts';
import { snooze, stopAsking, useSnoozing } from './actions.ts';
import styles from './decisions.module.css';
import { nameOf, whatOf } from './words.tsx';

const FORM = 'snooze';
/** A week, or the day before the day to act on when that comes sooner. */
const suggestion = ({ actBy }: Deadline, today: string): string => {
  const week = addDays(today, 7);
  const before = addDays(actBy, -1);
  return before > today && before < week ? before : week;
};

function Form({ deadline }: { readonly deadline: Deadline }) {
  const t = useT();
  const dates = useDates();
  const today = useToday();
  const [until, setUntil] = useState<string | null>(() => suggestion(deadline, today));
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const isDay = until !== null && until > today;
  const hasReason = reason.trim() !== '';
  const ready = isDay && hasReason && !busy;
  const lacking = useId();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!ready) return;
    setBusy(true);
    const done = await snooze(deadline, until, reason, t('deadlines.snoozeDone', { date: dates.short(until) }));
    setBusy(false);
    if (done) stopAsking();
  };
  return (
    <Dialog
      title={t('deadlines.snoozeTitle')}
      isOpen
      onClose={stopAsking}
      closeLabel={t('common.close')}
      footer={
        <DialogFooter
          cancelLabel={t('common.cancel')}
          onCancel={stopAsking}
          label={t('deadlines.snoozeSave')}
          form={FORM}
          isDisabled={!ready}
          describedBy={lacking}
        >
          <p id={lacking} role="status">
            {hasReason ? '' : t('deadlines.snoozeReasonMissing')}
          </p>
        </DialogFooter>
      }
    >
      <form id={FORM} className={styles.form} onSubmit={(event) => void submit(event)}>
        <p>
          <strong>{nameOf(deadline, t)}</strong>
          <br />
          {whatOf(deadline, t)}, {dates.exact(deadline.actBy)}
        </p>
        <p className={styles.quiet}>{t('deadlines.snoozeText')}</p>
        <TextField
          label={t('deadlines.snoozeReason')}
          description={t('deadlines.snoozeReasonHint')}
          value={reason}
          onChange={setReason}
          maxLength={1000}
          autoComplete="off"
          autoFocus
          isRequired
        />
        <DateField
          label={t('deadlines.snoozeUntil')}
          value={until}
          onChange={setUntil}
          clearLabel={t('common.clearDate')}
        />
        <p role="status" className={styles.warning}>
          {!isDay
            ? t('deadlines.snoozeUntilWrong')
            : until > deadline.legal
              ? t(deadline.legal < today ? 'deadlines.snoozePassed' : 'deadlines.snoozeAfter', {
                  date: dates.exact(deadline.legal),
                })
              : ''}
        </p>
      </form>
    </Dialog>
  );
}

/** Asks for a day and a reason; stands once in the shell, whatever screen asks. */
export function SnoozeDialog() {
  const deadline = useSnoozing((state) => state.deadline);
  return deadline ? <Form key={deadline.id} deadline={deadline} /> : null;
}

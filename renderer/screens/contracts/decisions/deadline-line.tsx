import type { ReactNode } from 'react';
import type { Deadline } from '../../../../shared/contracts/deadlines.ts';
import { formatMoney } from '../../../../shared/money/money.ts';
import { useToday } from '../../../app/clock.ts';
import { useDates } from '../../../app/dates.ts';
import { useLanguage, useT } from '../../../app/i18n.ts';
import { classNames } from '../../../ui/index.ts';
import { openDeadline } from './actions.ts';
import styles from './decisions.module.css';
import { daysText, nameOf, StateBadge, whatOf } from './words.tsx';

/** One deadline outside of the table: its day, what and with whom, what is at stake, its state. */
export function DeadlineLine({
  deadline,
  note,
  end,
}: {
  readonly deadline: Deadline;
  /** Said instead of the party and the kind. */
  readonly note?: string;
  readonly end?: ReactNode;
}) {
  const t = useT();
  const language = useLanguage();
  const dates = useDates();
  const today = useToday();
  const { deputy } = deadline;
  const sub =
    note ?? [whatOf(deadline, t), deadline.contractName ? deadline.organisationName : ''].filter(Boolean).join(' · ');
  const isLate = deadline.actBy < today && deadline.state !== 'decided';
  return (
    <div className={classNames(styles.line, isLate && styles.late)}>
      <span className={styles.lineDay} title={daysText(deadline, dates, t)}>
        {dates.near(deadline.actBy)}
      </span>
      <button
        type="button"
        className={styles.lineMain}
        data-deadline={deadline.id}
        onClick={() => void openDeadline(deadline)}
      >
        <span className={styles.lineName}>{nameOf(deadline, t)}</span>
        <span className={styles.lineSub}>
          {deadline.state === 'missed' && deputy ? `${sub} · ${t('deadlines.escalate', { name: deputy })}` : sub}
        </span>
      </button>
      <span className={styles.lineValue}>{deadline.value ? formatMoney(deadline.value, language) : ''}</span>
      <span>
        <StateBadge deadline={deadline} />
      </span>
      <span className={styles.buttons}>{end}</span>
    </div>
  );
}

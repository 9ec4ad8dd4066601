import { Repeat } from 'lucide-react';
import { type DueDay, nextDue, type ObligationScope } from '../../../shared/contracts/obligations.ts';
import type { PromiseRow } from '../../../shared/model/rows.ts';
import { setField } from '../../app/commit.ts';
import { useToday } from '../../app/clock.ts';
import { useDates } from '../../app/dates.ts';
import { useT } from '../../app/i18n.ts';
import { openContract, openMeeting, openOrganisation } from '../../app/navigation.ts';
import { doneOn, fulfilPromise } from '../../app/promises.ts';
import { Button, Checkbox, classNames, DateField, InlineEdit, Popover } from '../../ui/index.ts';
import { RecordLink } from './parts.tsx';
import styles from './profile.module.css';

/** One promise: a box to tick, the words, whose it is, when it is due. */
export function PromiseLine({
  promise,
  day: given,
  scope,
  showOrganisation,
  hideSide,
}: {
  readonly promise: PromiseRow;
  /** The next due day, as `usePromiseDays` gives it; without it only days that need no contract are known. */
  readonly day?: DueDay | null;
  readonly scope?: ObligationScope | undefined;
  readonly showOrganisation?: boolean;
  /** Left out under a heading that says whose promises these are. */
  readonly hideSide?: boolean;
}) {
  const t = useT();
  const dates = useDates();
  const today = useToday();
  const day = given === undefined ? nextDue(promise, today) : given;
  const due = day?.due;
  const overdue = due !== undefined && due < today;
  const finish = (): void => {
    void fulfilPromise(promise, day, doneOn(today), {
      toast: t('profile.promiseDone', { text: promise.text }),
      scope,
    });
  };
  const words = due
    ? overdue
      ? t('profile.overdue', { when: dates.near(due) })
      : dates.near(due)
    : t('profile.noDue');
  const { organisation, meeting, contract } = promise;
  const about: readonly { readonly key: string; readonly text: string; readonly open?: () => void }[] = [
    ...(hideSide ? [] : [{ key: 'side', text: t(promise.side === 'ours' ? 'profile.ours' : 'profile.theirs') }]),
    ...(promise.ownerName ? [{ key: 'owner', text: promise.ownerName }] : []),
    ...(showOrganisation && organisation && promise.organisationName
      ? [{ key: 'organisation', text: promise.organisationName, open: () => openOrganisation(organisation) }]
      : []),
    ...(meeting ? [{ key: 'meeting', text: t('profile.fromMeeting'), open: () => openMeeting(meeting) }] : []),
    ...(!meeting && contract
      ? [{ key: 'contract', text: t('profile.fromContract'), open: () => openContract(contract) }]
      : []),
  ];
  return (
    <div
      className={styles.promise}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        finish();
      }}
    >
      <Checkbox label={t('profile.markDone', { text: promise.text })} hideLabel isSelected={false} onChange={finish} />
      <div className={styles.lineMain}>
        <InlineEdit
          label={t('profile.promiseText')}
          value={promise.text}
          onCommit={(text) => void setField('promise', promise.id, 'text', text)}
        />
      </div>
      {promise.rule ? (
        <span className={classNames(styles.lineEnd, overdue && styles.overdue)} title={dates.exact(due)}>
          {words}
          {promise.rule.kind === 'recurring' && due && (
            <Repeat size={12} className={styles.recurs} role="img" aria-label={t('contractSections.recurs')} />
          )}
        </span>
      ) : (
        <Popover
          label={t('profile.due')}
          trigger={
            <Button variant="quiet" size="small" className={classNames(styles.lineEnd, overdue && styles.overdue)}>
              {words}
            </Button>
          }
        >
          <DateField
            label={t('profile.due')}
            value={promise.due}
            onChange={(value) => void setField('promise', promise.id, 'due', value)}
            clearLabel={t('common.clearDate')}
            autoFocus
          />
        </Popover>
      )}
      <span className={styles.lineSub}>
        {about.map((part, index) => (
          <span key={part.key}>
            {index > 0 && ' · '}
            {part.open ? <RecordLink onOpen={part.open}>{part.text}</RecordLink> : part.text}
          </span>
        ))}
      </span>
    </div>
  );
}

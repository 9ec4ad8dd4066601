import type { PromiseRow } from '../../../shared/model/rows.ts';
import { commit, setField } from '../../app/commit.ts';
import { useToday } from '../../app/clock.ts';
import { useDates } from '../../app/dates.ts';
import { useT } from '../../app/i18n.ts';
import { openContract, openMeeting, openOrganisation } from '../../app/navigation.ts';
import { Button, Checkbox, classNames, DateField, InlineEdit, Popover } from '../../ui/index.ts';
import { RecordLink } from './parts.tsx';
import styles from './profile.module.css';

/** Marks a promise done on a day, with undo. */
export const finishPromise = (promise: PromiseRow, today: string, toast: string) =>
  commit(
    {
      kind: 'edit',
      changes: [
        { type: 'promise', record: promise.id, field: 'status', value: 'done' },
        { type: 'promise', record: promise.id, field: 'doneOn', value: today },
      ],
    },
    { toast },
  );

/** One promise: a box to tick, the words, whose it is, when it is due. */
export function PromiseLine({
  promise,
  showOrganisation,
  hideSide,
}: {
  readonly promise: PromiseRow;
  readonly showOrganisation?: boolean;
  /** Left out under a heading that says whose promises these are. */
  readonly hideSide?: boolean;
}) {
  const t = useT();
  const dates = useDates();
  const today = useToday();
  const overdue = promise.due !== undefined && promise.due < today;
  const finish = (): void => {
    void finishPromise(promise, today, t('profile.promiseDone', { text: promise.text }));
  };
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
      className={styles.line}
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
        <span className={styles.lineSub}>
          {about.map((part, index) => (
            <span key={part.key}>
              {index > 0 && ' · '}
              {part.open ? <RecordLink onOpen={part.open}>{part.text}</RecordLink> : part.text}
            </span>
          ))}
        </span>
      </div>
      <Popover
        label={t('profile.due')}
        trigger={
          <Button variant="quiet" size="small" className={classNames(styles.lineEnd, overdue && styles.overdue)}>
            {promise.due
              ? overdue
                ? t('profile.overdue', { when: dates.near(promise.due) })
                : dates.near(promise.due)
              : t('profile.noDue')}
          </Button>
        }
      >
        <DateField
          label={t('profile.due')}
          value={promise.due}
          onChange={(due) => void setField('promise', promise.id, 'due', due)}
          clearLabel={t('common.clearDate')}
          autoFocus
        />
      </Popover>
    </div>
  );
}

import { Repeat } from 'lucide-react';
import { formatMoney } from '../../../../shared/money/money.ts';
import { useToday } from '../../../app/clock.ts';
import { deleteRecord, setField } from '../../../app/commit.ts';
import { useDates } from '../../../app/dates.ts';
import { useLanguage, useT } from '../../../app/i18n.ts';
import { openMeeting, openPerson } from '../../../app/navigation.ts';
import { doneOn, fulfilPromise, reopenPromise } from '../../../app/promises.ts';
import type { PromiseDay } from '../../../db/index.ts';
import { Badge, Checkbox, classNames } from '../../../ui/index.ts';
import { RecordLink } from '../../profile/parts.tsx';
import profile from '../../profile/profile.module.css';
import { Editable, eventName, everyWords, LineMenu, type SectionProps, useExplainer } from './parts.tsx';
import styles from './sections.module.css';

/** The rule in words: «каждые 3 месяца, до 10-го числа», «30 дней после: приёмка»; '' for a single day. */
function useRuleWords({ promise }: PromiseDay, data: SectionProps['data']): string {
  const t = useT();
  const explainer = useExplainer();
  const { rule } = promise;
  if (!rule) return '';
  if (rule.kind === 'recurring') {
    const { every, window } = rule.recurrence;
    const often = everyWords(t, explainer, every);
    return window ? `${often}, ${t('contractSections.obligations.byDayRule', { day: window.byDay })}` : often;
  }
  return t(rule.direction === 'after' ? 'contractSections.afterEvent' : 'contractSections.beforeEvent', {
    period: explainer.period(rule.period),
    event: eventName(t, data, rule.to),
  });
}

export type ObligationAction = 'edit' | 'days' | 'keep' | 'drop';

/** One obligation: whether it is kept, what, whose, how much, when next. */
export function ObligationLine({
  due,
  data,
  readOnly,
  onAction,
}: Pick<SectionProps, 'data' | 'readOnly'> & {
  readonly due: PromiseDay;
  readonly onAction: (action: ObligationAction) => void;
}) {
  const t = useT();
  const language = useLanguage();
  const dates = useDates();
  const today = useToday();
  const rule = useRuleWords(due, data);
  const { promise, day, scope } = due;
  const { ownerPerson, meeting } = promise;
  const closed = promise.status !== 'open';
  const late = day !== null && day.due < today;
  const isRecurring = promise.rule?.kind === 'recurring';
  const tick = (): void => {
    if (readOnly) return;
    if (closed) void reopenPromise(promise, lastKept());
    else
      void fulfilPromise(promise, day, doneOn(today), {
        toast: t('contractSections.obligations.done', { text: promise.text }),
        scope,
      });
  };
  const lastKept = (): number => Math.max(0, ...Object.keys(promise.fulfilments ?? {}).map(Number));
  const when = closed
    ? promise.status === 'done'
      ? t('contractSections.obligations.doneState', { date: dates.near(promise.doneOn) })
      : t('contractSections.obligations.droppedState', { date: dates.near(promise.doneOn) })
    : day
      ? late
        ? t('profile.overdue', { when: dates.near(day.due) })
        : dates.near(day.due)
      : promise.rule
        ? t('contractSections.notYet')
        : t('profile.noDue');
  return (
    <li
      className={profile.line}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        tick();
      }}
    >
      <Checkbox
        label={t('contractSections.obligations.keepIt', { text: promise.text })}
        hideLabel
        isSelected={closed}
        isDisabled={readOnly}
        onChange={tick}
      />
      <div className={profile.lineMain}>
        <Editable
          readOnly={readOnly}
          label={t('contractSections.obligations.text')}
          value={promise.text}
          className={classNames(closed && styles.closed)}
          onCommit={(text) => {
            if (text) void setField('promise', promise.id, 'text', text);
          }}
        />
        <span className={profile.lineSub}>
          {t(
            promise.side === 'ours'
              ? 'contractSections.obligations.oursLong'
              : 'contractSections.obligations.theirsLong',
          )}
          {promise.ownerName && ' · '}
          {promise.ownerName &&
            (ownerPerson ? (
              <RecordLink onOpen={() => openPerson(ownerPerson)}>{promise.ownerName}</RecordLink>
            ) : (
              promise.ownerName
            ))}
          {promise.kind && promise.kind !== 'other' && ` · ${t(`contractSections.obligations.kinds.${promise.kind}`)}`}
          {rule && ` · ${rule}`}
          {meeting && ' · '}
          {meeting && <RecordLink onOpen={() => openMeeting(meeting)}>{t('profile.fromMeeting')}</RecordLink>}
        </span>
      </div>
      {promise.amount && <span className={styles.amount}>{formatMoney(promise.amount, language)}</span>}
      {day?.provisional && (
        <span title={t('contractSections.provisionalHint')}>
          <Badge tone="attention">{t('contractSections.provisional')}</Badge>
        </span>
      )}
      <span className={classNames(profile.lineEnd, late && profile.overdue)} title={dates.exact(day?.due)}>
        {when}
        {isRecurring && !closed && (
          <Repeat size={12} className={profile.recurs} role="img" aria-label={t('contractSections.recurs')} />
        )}
      </span>
      {!readOnly && (
        <LineMenu
          name={promise.text}
          entries={[
            { id: 'edit', label: t('contractSections.edit'), run: () => onAction('edit') },
            ...(isRecurring
              ? [{ id: 'days', label: t('contractSections.obligations.days'), run: () => onAction('days') }]
              : []),
            ...(closed
              ? [
                  {
                    id: 'reopen',
                    label: t('contractSections.obligations.reopen'),
                    run: () => void reopenPromise(promise, lastKept()),
                  },
                ]
              : [
                  { id: 'keep', label: t('contractSections.obligations.keep'), run: () => onAction('keep') },
                  { id: 'drop', label: t('contractSections.obligations.drop'), run: () => onAction('drop') },
                ]),
            {
              id: 'delete',
              label: t('common.remove'),
              startsGroup: true,
              isDanger: true,
              run: () =>
                void deleteRecord('promise', promise.id, t('contractSections.removed', { name: promise.text })),
            },
          ]}
        />
      )}
    </li>
  );
}

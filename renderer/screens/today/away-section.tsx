import { useEffect, useState } from 'react';
import type { Deadline } from '../../../shared/contracts/deadlines.ts';
import type { CatchUp, CatchUpEntry } from '../../../shared/reminders/catch-up.ts';
import { useToday } from '../../app/clock.ts';
import { showError } from '../../app/commit.ts';
import { useDates } from '../../app/dates.ts';
import { useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { Button } from '../../ui/index.ts';
import { DeadlineLine } from '../contracts/decisions/deadline-line.tsx';
import { Section } from '../profile/parts.tsx';
import profile from '../profile/profile.module.css';
import styles from './today.module.css';

const SHOWN = 6;

/** What would have reminded since the person last looked; null when they were here. Asked once a day. */
export function useCatchUp(): { readonly report: CatchUp | null; readonly understood: () => void } {
  const today = useToday();
  const [report, setReport] = useState<CatchUp | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void call('reminders:catch-up', undefined).then((answer) => {
      // A report that is being read stays when the day changes.
      if (isCurrent && answer.ok) setReport((before) => answer.value ?? before);
    });
    return () => {
      isCurrent = false;
    };
  }, [today]);
  return {
    report,
    understood: () => {
      void call('reminders:seen', undefined).then((answer) => {
        if (answer.ok) setReport(null);
        else showError(answer.error);
      });
    },
  };
}

function Group<T>({
  title,
  list,
  line,
}: {
  readonly title: string;
  readonly list: readonly T[];
  readonly line: (entry: T) => { readonly deadline: Deadline; readonly note: string };
}) {
  const t = useT();
  if (list.length === 0) return null;
  return (
    <>
      <h3 className={styles.day}>{title}</h3>
      {list.slice(0, SHOWN).map((entry) => {
        const { deadline, note } = line(entry);
        return <DeadlineLine key={deadline.id} deadline={deadline} note={note} />;
      })}
      {list.length > SHOWN && (
        <p className={profile.empty}>{t('deadlines.today.more', { count: list.length - SHOWN })}</p>
      )}
    </>
  );
}

/** "While you were away": three short lists, until they are understood. */
export function AwaySection({ report, onUnderstood }: { readonly report: CatchUp; readonly onUnderstood: () => void }) {
  const t = useT();
  const dates = useDates();
  const party = ({ organisationName, contractName }: Deadline): string => (contractName ? organisationName : '');
  const join = (...parts: readonly string[]): string => parts.filter(Boolean).join(' · ');
  const entry = ({ deadline, times, first }: CatchUpEntry) => ({
    deadline,
    note: join(party(deadline), t('deadlines.away.times', { count: times, date: dates.short(first) })),
  });
  return (
    <Section
      title={t('deadlines.away.title')}
      actions={
        <>
          <span className={styles.meetingSub}>
            {t('deadlines.away.since', { count: report.days, date: dates.short(report.since) })}
          </span>
          <Button size="small" onPress={onUnderstood}>
            {t('deadlines.away.understood')}
          </Button>
        </>
      }
    >
      <Group
        title={t('deadlines.away.passed')}
        list={report.passed}
        line={(deadline) => ({
          deadline: { ...deadline, state: 'missed' },
          note: join(
            party(deadline),
            t(deadline.kind === 'notice' ? 'deadlines.away.passedTacit' : 'deadlines.away.passedEnd', {
              date: dates.short(deadline.legal),
            }),
          ),
        })}
      />
      <Group title={t('deadlines.away.overdue')} list={report.overdue} line={entry} />
      <Group title={t('deadlines.away.ahead')} list={report.ahead} line={entry} />
    </Section>
  );
}

import { CircleCheck } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { addDays } from '../../../shared/dates/plain-date.ts';
import type { MeetingRow, PersonRow } from '../../../shared/model/rows.ts';
import { newMeeting } from '../../app/create.ts';
import { useNow, useToday } from '../../app/clock.ts';
import { daysToBirthday, useDates } from '../../app/dates.ts';
import { useT } from '../../app/i18n.ts';
import { go, openMeeting, openOrganisation, openPerson } from '../../app/navigation.ts';
import { useAction } from '../../app/shortcuts.ts';
import {
  type PromiseDay,
  useFill,
  useMeetingsBetween,
  useOpenPromises,
  useOrganisations,
  usePeople,
  usePromiseDays,
  useUndatedMeetings,
} from '../../db/index.ts';
import { Button, classNames, EmptyState, Spinner, useKeptFocus } from '../../ui/index.ts';
import { useUrgentDecisions } from '../contracts/decisions/deadlines-provider.tsx';
import { daysLate } from '../profile/facts-of.tsx';
import { RecordLink, Section } from '../profile/parts.tsx';
import profile from '../profile/profile.module.css';
import { PromiseLine } from '../profile/promise-line.tsx';
import { AwaySection, useCatchUp } from './away-section.tsx';
import { DecideSection } from './decide-section.tsx';
import styles from './today.module.css';

const MEETING_DAYS = 7;
const PROMISE_DAYS = 7;
const BIRTHDAY_DAYS = 14;
const SHOWN = 8;

function MeetingLine({ meeting, now }: { readonly meeting: MeetingRow; readonly now: string }) {
  const t = useT();
  const end = meeting.end ?? meeting.start;
  const isNow = meeting.start <= now && now <= end;
  return (
    <button
      type="button"
      className={classNames(styles.meeting, end < now && !isNow && styles.past, isNow && styles.now)}
      onClick={() => openMeeting(meeting.id)}
    >
      <span className={styles.time}>{meeting.start.slice(11, 16) || t('today.allDay')}</span>
      <span>
        <span className={styles.meetingTitle}>{meeting.title || t('profile.untitledMeeting')}</span>
        <span className={styles.meetingSub}>
          {[
            meeting.organisationName,
            meeting.place,
            meeting.attendees > 0 ? t('profile.attendees', { count: meeting.attendees }) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      {isNow && <span className={styles.meetingSub}>{t('today.now')}</span>}
    </button>
  );
}

function NextMeetings({ meetings, today }: { readonly meetings: readonly MeetingRow[]; readonly today: string }) {
  const t = useT();
  const dates = useDates();
  const now = useNow();
  const days = [...new Set(meetings.map((meeting) => meeting.start.slice(0, 10)))];
  return (
    <Section
      title={t('today.meetings')}
      actions={
        <Button variant="quiet" size="small" onPress={() => void newMeeting()}>
          {t('shell.newMeeting')}
        </Button>
      }
    >
      {meetings.length === 0 && <p className={profile.empty}>{t('today.noMeetings')}</p>}
      {days.map((day) => (
        <div key={day} className={styles.dayMeetings}>
          <div className={styles.day}>{day === today ? t('shell.today') : dates.weekday(day)}</div>
          {meetings
            .filter((meeting) => meeting.start.startsWith(day))
            .map((meeting) => (
              <MeetingLine key={meeting.id} meeting={meeting} now={now} />
            ))}
        </div>
      ))}
    </Section>
  );
}

function Promises({ title, promises }: { readonly title: string; readonly promises: readonly PromiseDay[] }) {
  const t = useT();
  if (promises.length === 0) return null;
  return (
    <Section title={title} count={promises.length}>
      {promises.slice(0, SHOWN).map(({ promise, day, scope }) => (
        <PromiseLine key={promise.id} promise={promise} day={day} scope={scope} showOrganisation hideSide />
      ))}
      {promises.length > SHOWN && (
        <p className={profile.empty}>{t('today.morePromises', { count: promises.length - SHOWN })}</p>
      )}
    </Section>
  );
}

function Birthdays({ people, today }: { readonly people: readonly PersonRow[]; readonly today: string }) {
  const t = useT();
  const dates = useDates();
  const soon = people
    .flatMap((person) => {
      const days = person.birthday ? daysToBirthday(person.birthday, today) : null;
      return days !== null && days <= BIRTHDAY_DAYS ? [{ person, days }] : [];
    })
    .sort((a, b) => a.days - b.days)
    .slice(0, SHOWN);
  if (soon.length === 0) return null;
  return (
    <Section title={t('today.birthdays')}>
      {soon.map(({ person, days }) => (
        <div key={person.id} className={profile.line}>
          <div className={profile.lineMain}>
            <RecordLink isMain onOpen={() => openPerson(person.id)}>
              {person.name}
            </RecordLink>
            {person.organisationName && <span className={profile.lineSub}>{person.organisationName}</span>}
          </div>
          <span className={profile.lineEnd}>{dates.near(addDays(today, days))}</span>
        </div>
      ))}
    </Section>
  );
}

interface Waiting {
  readonly id: string;
  readonly name: string;
  readonly sub: string;
  readonly late: number;
  /** Lateness relative to the rhythm: 60 days late of 30 counts more than of 365. */
  readonly weight: number;
  readonly open: () => void;
}

function WaitingLongest({ waiting }: { readonly waiting: readonly Waiting[] }) {
  const t = useT();
  if (waiting.length === 0) return null;
  return (
    <Section title={t('today.waiting')}>
      {waiting.slice(0, SHOWN).map((entry) => (
        <div key={entry.id} className={profile.line}>
          <div className={profile.lineMain}>
            <RecordLink isMain onOpen={entry.open}>
              {entry.name}
            </RecordLink>
            {entry.sub && <span className={profile.lineSub}>{entry.sub}</span>}
          </div>
          <span className={profile.lineEnd}>{t('profile.late', { count: entry.late })}</span>
        </div>
      ))}
    </Section>
  );
}

function useWaiting(people: readonly PersonRow[] | undefined, today: string): readonly Waiting[] {
  const dates = useDates();
  // Read once the table is complete: reading it anew for every page of the filling would slow the filling down.
  const organisations = useOrganisations(useFill((state) => state.complete.includes('organisations')));
  return useMemo(() => {
    const late = <
      R extends {
        readonly id: string;
        readonly name: string;
        readonly cadenceDays?: number;
        readonly lastMeeting?: string;
        readonly openPromises: number;
      },
    >(
      rows: readonly R[],
      sub: (row: R) => string,
      open: (id: string) => void,
    ): Waiting[] =>
      rows.flatMap((row) => {
        const days = daysLate(row, today);
        return days === null
          ? []
          : [
              {
                id: row.id,
                name: row.name,
                sub: sub(row),
                late: days,
                weight: days / row.cadenceDays!,
                open: () => open(row.id),
              },
            ];
      });
    return [
      ...late(people ?? [], (row) => row.organisationName, openPerson),
      ...late(organisations ?? [], (row) => dates.ago(row.lastMeeting), openOrganisation),
    ].sort((a, b) => b.weight - a.weight);
  }, [people, organisations, today, dates]);
}

/** Home: what comes next, what was promised, who waits. */
export function Today() {
  const t = useT();
  const dates = useDates();
  const today = useToday();
  const upcoming = useMeetingsBetween(today, addDays(today, MEETING_DAYS));
  const undated = useUndatedMeetings();
  const promises = usePromiseDays(useOpenPromises());
  const people = usePeople(useFill((state) => state.complete.includes('people')));
  const waiting = useWaiting(people, today);
  const urgent = useUrgentDecisions();
  const { report, understood } = useCatchUp();
  const { phase, complete } = useFill();
  const ready = complete.includes('promises') || phase === 'ready';
  useAction({
    id: 'new-here',
    label: 'shell.newHere',
    group: 'create',
    shortcut: 'KeyN',
    run: () => void newMeeting(),
  });

  const meetings = upcoming ?? [];
  const due = (promises ?? []).filter(({ day }) => day !== null && day.due <= addDays(today, PROMISE_DAYS));
  const ours = due.filter(({ promise }) => promise.side === 'ours');
  const theirs = due.filter(({ promise }) => promise.side === 'theirs');
  const notes = undated ?? [];
  // A promise that was ticked off goes away under the hand: the keys stay with the next one.
  const column = useRef<HTMLDivElement>(null);
  useKeptFocus(column, 'input[type="checkbox"]', promises);
  const birthdaysSoon = (people ?? []).some((person) => {
    const days = person.birthday ? daysToBirthday(person.birthday, today) : null;
    return days !== null && days <= BIRTHDAY_DAYS;
  });
  const nothing =
    meetings.length + due.length + notes.length + waiting.length + (urgent ?? []).length === 0 &&
    !birthdaysSoon &&
    phase === 'ready' &&
    urgent !== undefined &&
    report === null;
  const hasAnything = (people?.length ?? 0) > 0 || (promises?.length ?? 0) > 0;
  return (
    <div className={styles.page}>
      <div className={styles.inner}>
        <header className={styles.head}>
          <h1 className={styles.title}>{t('shell.today')}</h1>
          <span className={styles.date}>{dates.weekday(today)}</span>
        </header>
        {!ready && <EmptyState icon={<Spinner label={t('common.loading')} />} title={t('common.loading')} />}
        {nothing && (
          <EmptyState
            icon={<CircleCheck size={28} strokeWidth={1.5} aria-hidden />}
            title={t('today.nothing')}
            actions={
              <>
                <Button onPress={() => void newMeeting()}>{t('shell.newMeeting')}</Button>
                {!hasAnything && <Button onPress={() => go({ screen: 'import' })}>{t('start.beginImport')}</Button>}
              </>
            }
          >
            {t('today.nothingHint')}
          </EmptyState>
        )}
        {ready && (
          <div className={styles.first}>
            {report && <AwaySection report={report} onUnderstood={understood} />}
            <DecideSection deadlines={urgent ?? []} />
          </div>
        )}
        {ready && !nothing && (
          <div className={styles.columns}>
            <div className={styles.column}>
              <NextMeetings meetings={meetings} today={today} />
              {notes.length > 0 && (
                <Section title={t('today.notes')} count={notes.length}>
                  {notes.slice(0, SHOWN).map((note) => (
                    <div key={note.id} className={profile.line}>
                      <div className={profile.lineMain}>
                        <RecordLink isMain onOpen={() => openMeeting(note.id)}>
                          {note.title || t('profile.untitledMeeting')}
                        </RecordLink>
                        {note.organisationName && <span className={profile.lineSub}>{note.organisationName}</span>}
                      </div>
                    </div>
                  ))}
                </Section>
              )}
              <Birthdays people={people ?? []} today={today} />
            </div>
            <div ref={column} className={styles.column}>
              <Promises title={t('today.ours')} promises={ours} />
              <Promises title={t('today.theirs')} promises={theirs} />
              {due.length === 0 && (
                <Section title={t('profile.promises')}>
                  <p className={profile.empty}>{t('today.noPromises')}</p>
                </Section>
              )}
              <WaitingLongest waiting={waiting} />
            </div>
          </div>
        )}
      </div>
    </div>
  );
}

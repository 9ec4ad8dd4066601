import { lazy, Suspense, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { addDays, weekday } from '../../../shared/dates/plain-date.ts';
import { searchKey } from '../../../shared/text/search-key.ts';
import type { MeetingRow } from '../../../shared/model/rows.ts';
import { newMeeting } from '../../app/create.ts';
import { useToday } from '../../app/clock.ts';
import { showError } from '../../app/commit.ts';
import { useDates } from '../../app/dates.ts';
import { type TextKey, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { live, useFill, useLive } from '../../db/index.ts';
import { type DataColumn, Spinner } from '../../ui/index.ts';
import { CountCell, MainCell } from '../profile/cells.tsx';
import { FilterBar } from '../profile/filter-bar.tsx';
import { RecordScreen } from '../profile/record-screen.tsx';
import styles from './meetings.module.css';

const MeetingPage = lazy(async () => ({ default: (await import('../meeting/meeting-page.tsx')).MeetingPage }));

const PAGE = 200;
const rowId = (row: MeetingRow): string => row.id;
const rowText = (row: MeetingRow): string => row.title || row.organisationName;

type Group = 'undated' | 'today' | 'week' | 'upcoming' | 'earlierThisWeek' | 'earlier';
const GROUP_TEXT: Readonly<Record<Group, TextKey>> = {
  undated: 'meetings.undated',
  today: 'meetings.today',
  week: 'meetings.thisWeek',
  upcoming: 'meetings.upcoming',
  earlierThisWeek: 'meetings.earlierThisWeek',
  earlier: 'meetings.earlier',
};
const GROUP_ORDER: readonly Group[] = ['today', 'week', 'upcoming', 'undated', 'earlierThisWeek', 'earlier'];

/** Which heading a meeting stands under on a day. Weeks begin on Monday. */
export function meetingGroup(start: string, today: string): Group {
  if (!start) return 'undated';
  const day = start.slice(0, 10);
  if (day === today) return 'today';
  const monday = addDays(today, 1 - weekday(today));
  const sunday = addDays(monday, 6);
  if (day > today) return day <= sunday ? 'week' : 'upcoming';
  return day >= monday ? 'earlierThisWeek' : 'earlier';
}

/** Groups in reading order: what comes soonest first, then the past from the newest back. */
export function orderMeetings(rows: readonly MeetingRow[], today: string): MeetingRow[] {
  const rank = new Map(GROUP_ORDER.map((group, index) => [group, index]));
  return rows
    .map((row) => ({ row, group: rank.get(meetingGroup(row.start, today))! }))
    .sort((a, b) => {
      if (a.group !== b.group) return a.group - b.group;
      const ahead = a.group <= 2;
      const order = a.row.start < b.row.start ? -1 : a.row.start > b.row.start ? 1 : 0;
      return ahead ? order : -order;
    })
    .map(({ row }) => row);
}

/** Meetings by time, and the page of the chosen one. */
export function Meetings() {
  const t = useT();
  const dates = useDates();
  const today = useToday();
  const recent = useLive(() => live.meetings.toArray(), []);
  const phase = useFill((state) => state.phase);
  const [older, setOlder] = useState<readonly MeetingRow[]>([]);
  const [text, setText] = useState('');
  const cursor = useRef<string | null>('');
  const loading = useRef(false);
  const wanted = searchKey(useDeferredValue(text)).trim();
  const ready = phase === 'ready';
  const loadOlder = useCallback(() => {
    if (!ready || loading.current || cursor.current === null) return;
    loading.current = true;
    void call('vault:meetings', { limit: PAGE, ...(cursor.current ? { before: cursor.current } : {}) }).then((page) => {
      loading.current = false;
      if (!page.ok) {
        cursor.current = null;
        showError(page.error);
        return;
      }
      cursor.current = page.value.next ?? null;
      setOlder((rows) => [...rows, ...page.value.rows]);
    });
  }, [ready]);
  const all = useMemo(() => {
    if (!recent) return undefined;
    const known = new Map([...older, ...recent].map((row) => [row.id, row]));
    return orderMeetings([...known.values()], today);
  }, [recent, older, today]);
  useEffect(() => {
    // Nothing recent: there may still be older ones, and only the vault can say that there are none at all.
    if (all?.length === 0) loadOlder();
  }, [all, loadOlder]);
  const rows = useMemo(
    () =>
      wanted
        ? all?.filter((row) => searchKey(`${row.title} ${row.organisationName} ${row.place}`).includes(wanted))
        : all,
    [all, wanted],
  );
  const groupOf = useCallback((row: MeetingRow) => t(GROUP_TEXT[meetingGroup(row.start, today)]), [t, today]);
  const columns = useMemo(
    (): readonly DataColumn<MeetingRow>[] => [
      {
        id: 'title',
        label: t('meetings.name'),
        width: 244,
        sortBy: (row) => searchKey(row.title),
        cell: (row) => (
          <MainCell main={row.title || t('profile.untitledMeeting')} more={row.organisationName} record={row} />
        ),
      },
      {
        id: 'start',
        label: t('meetings.when'),
        width: 156,
        sortBy: (row) => row.start,
        descendingFirst: true,
        cell: (row) => <span title={dates.exact(row.start)}>{dates.near(row.start)}</span>,
      },
      {
        id: 'open',
        label: t('profile.openShort'),
        width: 72,
        align: 'end',
        sortBy: (row) => row.openPromises,
        descendingFirst: true,
        cell: (row) => <CountCell count={row.openPromises} />,
      },
      {
        id: 'place',
        label: t('meetings.place'),
        width: 160,
        sortBy: (row) => searchKey(row.place),
        cell: (row) => row.place,
      },
    ],
    [t, dates],
  );
  return (
    <RecordScreen<MeetingRow>
      screen="meetings"
      type="meeting"
      title={t('shell.meetings')}
      newLabel={t('shell.newMeeting')}
      onNew={() => void newMeeting()}
      rows={rows}
      total={ready && cursor.current === null ? all?.length : (all?.length ?? 0) || undefined}
      complete={ready}
      rowId={rowId}
      rowText={rowText}
      columns={columns}
      groupOf={groupOf}
      listWidth={400}
      onEndReached={loadOlder}
      filters={<FilterBar text={text} onText={setText} />}
      detail={(id) => (
        <Suspense
          fallback={
            <div className={styles.loading} role="status" aria-busy>
              <Spinner label={t('common.loading')} />
            </div>
          }
        >
          <MeetingPage key={id} id={id} />
        </Suspense>
      )}
      deletedText={(row) => t('profile.inBin', { name: row?.title || t('profile.untitledMeeting') })}
      emptyTitle={t('meetings.emptyTitle')}
      emptyText={t('meetings.emptyText')}
    />
  );
}

import { BellOff, BellRing, CircleAlert, FileText, Scale } from 'lucide-react';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { Deadline, DeadlineKind, DeadlineState } from '../../../../shared/contracts/deadlines.ts';
import { formatMoney } from '../../../../shared/money/money.ts';
import { searchKey } from '../../../../shared/text/search-key.ts';
import { useToday } from '../../../app/clock.ts';
import { useDates } from '../../../app/dates.ts';
import { useLanguage, useT } from '../../../app/i18n.ts';
import { useAction } from '../../../app/shortcuts.ts';
import { Button, type DataColumn, DataTable, EmptyState, Kbd, PaneHeader, Spinner } from '../../../ui/index.ts';
import { MainCell } from '../../profile/cells.tsx';
import { FilterBar } from '../../profile/filter-bar.tsx';
import { ViewSwitch } from '../view-switch.tsx';
import { askToSnooze, openDeadline, decideDeadline, wake } from './actions.ts';
import { useDeadlines } from './deadlines-provider.tsx';
import styles from './decisions.module.css';
import { groupOf, groupTotals, inAgendaOrder } from './groups.ts';
import { Heat } from './heat.tsx';
import { daysText, moneyList, monthName, nameOf, StateBadge, whatOf, whoOf } from './words.tsx';

const KINDS: readonly DeadlineKind[] = ['notice', 'option', 'end', 'coolingOff', 'increase', 'milestone', 'obligation'];
const STATES: readonly DeadlineState[] = ['missed', 'due', 'open', 'ahead', 'decided'];
const EVERYTHING = 'everything';

const rowId = (row: Deadline): string => row.id;

interface Filters {
  readonly text: string;
  readonly side: string;
  readonly owner: string;
  readonly kind: string;
  /** '' is everything that is not decided. */
  readonly state: string;
  readonly month: string;
}
const NO_FILTERS: Filters = { text: '', side: '', owner: '', kind: '', state: '', month: '' };

function fits(deadline: Deadline, filters: Filters, wanted: string): boolean {
  const { side, owner, kind, state, month } = filters;
  if (state === '' ? deadline.state === 'decided' : state !== EVERYTHING && deadline.state !== state) return false;
  return (
    (side === '' || deadline.side === side) &&
    (owner === '' || deadline.owner === owner) &&
    (kind === '' || deadline.kind === kind) &&
    (month === '' || deadline.actBy.startsWith(month)) &&
    (wanted === '' ||
      searchKey(
        `${deadline.contractName} ${deadline.organisationName} ${deadline.text} ${deadline.owner} ${deadline.deputy ?? ''}`,
      ).includes(wanted))
  );
}

/** What is chosen, in words, and what can be done with it. */
function ActionBar({ deadline }: { readonly deadline: Deadline }) {
  const t = useT();
  const dates = useDates();
  const { snooze, decision, deputy } = deadline;
  return (
    <div className={styles.bar}>
      <div className={styles.barText}>
        <strong>{`${nameOf(deadline, t)}: ${whatOf(deadline, t)}`}</strong>
        <br />
        {[
          daysText(deadline, dates, t),
          deadline.provisional ? t('deadlines.provisional') : '',
          deadline.state === 'missed' && deputy ? t('deadlines.escalate', { name: deputy }) : '',
          snooze ? `${t('deadlines.snoozed', { date: dates.exact(snooze.until) })}: ${snooze.reason}` : '',
          decision?.author && decision.reason
            ? `${decision.author}, ${dates.exact(decision.date)}: ${decision.reason}`
            : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
      <div className={styles.buttons}>
        {deadline.contract !== undefined && deadline.promise === undefined && deadline.state !== 'decided' && (
          <Button size="small" icon={<Scale size={14} aria-hidden />} onPress={() => void decideDeadline(deadline)}>
            {t('deadlines.decide')} <Kbd shortcut="KeyD" />
          </Button>
        )}
        {deadline.state !== 'decided' &&
          (snooze ? (
            <Button size="small" icon={<BellRing size={14} aria-hidden />} onPress={() => void wake(deadline)}>
              {t('deadlines.wake')} <Kbd shortcut="KeyS" />
            </Button>
          ) : (
            <Button size="small" icon={<BellOff size={14} aria-hidden />} onPress={() => askToSnooze(deadline)}>
              {t('deadlines.snooze')} <Kbd shortcut="KeyS" />
            </Button>
          ))}
        <Button size="small" icon={<FileText size={14} aria-hidden />} onPress={() => void openDeadline(deadline)}>
          {t(deadline.contract === undefined ? 'deadlines.openPromise' : 'deadlines.openContract')}{' '}
          <Kbd shortcut="Enter" />
        </Button>
      </div>
    </div>
  );
}

function useColumns(): readonly DataColumn<Deadline>[] {
  const t = useT();
  const language = useLanguage();
  const dates = useDates();
  return useMemo(
    (): readonly DataColumn<Deadline>[] => [
      {
        id: 'what',
        label: t('deadlines.what'),
        width: 280,
        cell: (row) => (
          <MainCell
            main={nameOf(row, t)}
            more={[whatOf(row, t), row.contractName ? row.organisationName : ''].filter(Boolean).join(' · ')}
          />
        ),
      },
      {
        id: 'actBy',
        label: t('deadlines.actBy'),
        width: 116,
        cell: (row) => <span title={daysText(row, dates, t)}>{dates.near(row.actBy)}</span>,
      },
      { id: 'state', label: t('deadlines.state'), width: 142, cell: (row) => <StateBadge deadline={row} /> },
      {
        id: 'value',
        label: t('deadlines.amount'),
        width: 116,
        align: 'end',
        cell: (row) => (row.value ? formatMoney(row.value, language) : ''),
      },
      {
        id: 'legal',
        label: t('deadlines.legal'),
        width: 102,
        cell: (row) => (
          <>
            {dates.short(row.legal)}
            {row.provisional && (
              <CircleAlert size={12} aria-label={t('deadlines.provisional')} role="img">
                <title>{t('deadlines.provisional')}</title>
              </CircleAlert>
            )}
          </>
        ),
      },
      { id: 'safe', label: t('deadlines.safe'), width: 104, cell: (row) => dates.short(row.safe) },
      { id: 'who', label: t('deadlines.who'), width: 124, cell: (row) => whoOf(row, t) },
    ],
    [t, language, dates],
  );
}

/** All deadlines as an agenda, and what is at risk over the year. */
export function Decisions() {
  const t = useT();
  const language = useLanguage();
  const today = useToday();
  const all = useDeadlines();
  const columns = useColumns();
  const [filters, setFilters] = useState(NO_FILTERS);
  const [current, setCurrent] = useState<string | null>(null);
  const change = (patch: Partial<Filters>): void => setFilters((before) => ({ ...before, ...patch }));
  const wanted = searchKey(useDeferredValue(filters.text)).trim();
  const rows = useMemo(
    () =>
      inAgendaOrder(
        (all ?? []).filter((deadline) => fits(deadline, filters, wanted)),
        today,
      ),
    [all, filters, wanted, today],
  );
  const owners = useMemo(() => [...new Set((all ?? []).map(({ owner }) => owner).filter(Boolean))].sort(), [all]);
  const sums = useMemo(() => groupTotals(rows, today), [rows, today]);
  const heading = useCallback(
    (row: Deadline): string => {
      const group = groupOf(row, today);
      const name = /^\d/.test(group)
        ? monthName(group, language)
        : t(`deadlines.${group as 'overdue' | 'thisWeek' | 'nextWeek'}`);
      const value = moneyList(sums.get(group) ?? [], language);
      return value ? t('deadlines.groupValue', { group: name, value }) : name;
    },
    [today, language, t, sums],
  );
  const chosen = rows.find(({ id }) => id === current) ?? rows[0];
  const rowText = useCallback((row: Deadline): string => nameOf(row, t), [t]);
  const open = (id: string): void => {
    const row = rows.find((each) => each.id === id);
    if (row) void openDeadline(row);
  };
  useAction(
    {
      id: 'decide-here',
      label: 'deadlines.decide',
      group: 'record',
      shortcut: 'KeyD',
      run: () => chosen && void decideDeadline(chosen),
    },
    chosen !== undefined,
  );
  useAction(
    {
      id: 'snooze-here',
      label: 'deadlines.snooze',
      group: 'record',
      shortcut: 'KeyS',
      run: () => {
        if (!chosen || chosen.state === 'decided') return;
        if (chosen.snooze) void wake(chosen);
        else askToSnooze(chosen);
      },
    },
    chosen !== undefined,
  );
  const isFiltered = filters !== NO_FILTERS;
  const empty =
    all === undefined ? (
      <EmptyState icon={<Spinner label={t('common.loading')} />} title={t('common.loading')} />
    ) : isFiltered ? (
      <EmptyState
        title={t('deadlines.emptyFilter')}
        actions={<Button onPress={() => setFilters(NO_FILTERS)}>{t('deadlines.clearFilter')}</Button>}
      />
    ) : (
      <EmptyState title={t('deadlines.emptyTitle')}>{t('deadlines.emptyText')}</EmptyState>
    );
  return (
    <>
      <PaneHeader
        title={t('deadlines.title')}
        count={all === undefined ? undefined : rows.length.toLocaleString(language)}
        actions={<ViewSwitch />}
      >
        <FilterBar
          text={filters.text}
          onText={(text) => change({ text })}
          choices={[
            {
              label: t('deadlines.allStates'),
              options: [
                ...STATES.map((id) => ({ id: id as string, label: t(`deadlines.states.${id}`) })),
                { id: EVERYTHING, label: t('deadlines.everything') },
              ],
              value: filters.state,
              onChange: (state) => change({ state }),
            },
            {
              label: t('deadlines.allKinds'),
              options: KINDS.map((id) => ({ id, label: t(`deadlines.kinds.${id}`) })),
              value: filters.kind,
              onChange: (kind) => change({ kind }),
            },
            {
              label: t('deadlines.allSides'),
              options: [
                { id: 'ours', label: t('deadlines.ours') },
                { id: 'theirs', label: t('deadlines.theirs') },
              ],
              value: filters.side,
              onChange: (side) => change({ side }),
            },
            {
              label: t('deadlines.allOwners'),
              options: owners.map((owner) => ({ id: owner, label: owner })),
              value: filters.owner,
              onChange: (owner) => change({ owner }),
            },
          ]}
        />
      </PaneHeader>
      {all !== undefined && all.length > 0 && (
        <Heat deadlines={all} month={filters.month} onMonth={(month) => change({ month })} />
      )}
      <DataTable
        label={t('deadlines.title')}
        rows={rows}
        rowId={rowId}
        rowText={rowText}
        columns={columns}
        current={chosen?.id ?? null}
        onCurrent={setCurrent}
        onOpen={open}
        groupOf={heading}
        autoFocus
        empty={empty}
      />
      {chosen && <ActionBar deadline={chosen} />}
    </>
  );
}

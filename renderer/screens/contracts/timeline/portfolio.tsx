import { Plus } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { dayOf } from '../../../../shared/contract-dates/civil.ts';
import { createExplainer } from '../../../../shared/contract-dates/explain.ts';
import {
  groupLanes,
  LANE_GROUPINGS,
  LANE_SORTS,
  type LaneGroup,
  type LaneGrouping,
  type Risk,
} from '../../../../shared/contracts/timeline-groups.ts';
import {
  contractLane,
  type LaneItem,
  type LaneRange,
  type LaneSummary,
} from '../../../../shared/contracts/timeline.ts';
import { totals } from '../../../../shared/contracts/value.ts';
import type { ContractRow } from '../../../../shared/model/rows.ts';
import { formatMoney } from '../../../../shared/money/money.ts';
import { useToday } from '../../../app/clock.ts';
import { useContractViews } from '../../../app/contract-views.ts';
import { openCreate } from '../../../app/create.ts';
import { useDates } from '../../../app/dates.ts';
import { i18n, type Translate, useLanguage, useT } from '../../../app/i18n.ts';
import { openWithin } from '../../../app/navigation.ts';
import { useAction } from '../../../app/shortcuts.ts';
import { useSlices } from '../../../app/slices.ts';
import { useContracts, useFill, useMeetingsWith, usePromises } from '../../../db/index.ts';
import { Button, EmptyState, PaneHeader, SearchField, Select, Spinner } from '../../../ui/index.ts';
import { ViewSwitch } from '../view-switch.tsx';
import type { TimelineController } from './controller.ts';
import { laneName, stateWord, type Words } from './item-text.ts';
import type { LaneLine, TimelineLine } from './model.ts';
import styles from './portfolio.module.css';
import { portfolioController, usePortfolio } from './store.ts';
import { shownDays, TimelineTable } from './timeline-table.tsx';
import { TimelineView } from './timeline-view.tsx';
import { TimelineToolbar } from './toolbar.tsx';
import { dataVersion, laneData, useLaneOf } from './use-lanes.ts';

const LABEL_WIDTH = 304;
/** Years before and after today that can always be looked at. */
const YEARS_BACK = 5;
const YEARS_AHEAD = 12;
/** A date typed wrongly must not stretch the timeline over centuries. */
const MOST_YEARS_BACK = 40;

interface KeptLine {
  readonly summary: LaneSummary;
  readonly words: Words;
  readonly range: LaneRange;
  readonly version: string;
  readonly line: LaneLine;
}

/** All contracts on one axis of time. */
export function Portfolio() {
  const t = useT();
  const language = useLanguage();
  const dates = useDates();
  const today = useToday();
  const words = useMemo((): Words => ({ t, language, dates }), [t, language, dates]);
  const rows = useContracts();
  const filled = useFill((state) => state.complete.includes('contracts'));
  const ready = useFill((state) => state.phase === 'ready');
  const { summaries, done, viewOf } = useContractViews(rows);
  const { by, sort, text, asTable } = usePortfolio();
  const wanted = useDeferredValue(text);
  const range = useRange(rows, today);
  const controller = useMemo(
    () => portfolioController(dayOf(range.from), dayOf(range.to), dayOf(today)),
    [range, today],
  );

  const [near, setNear] = useState<readonly string[]>([]);
  const contracts = useMemo(() => (asTable ? (rows?.map(({ id }) => id) ?? []) : near), [asTable, rows, near]);
  const byId = useMemo(() => new Map(rows?.map((row) => [row.id, row])), [rows]);
  const organisations = useMemo(
    () => [...new Set(contracts.flatMap((id) => byId.get(id)?.organisation ?? []))],
    [contracts, byId],
  );
  const promises = usePromises();
  const { meetings, current } = useMeetingsWith(organisations);
  const data = useMemo(() => laneData(promises, meetings), [promises, meetings]);
  const laneOf = useLaneOf(viewOf, today, range, data);

  const groups = useMemo(
    () => (summaries ? groupLanes(summaries, { by, sort, text: wanted }) : undefined),
    [summaries, by, sort, wanted],
  );
  const [kept] = useState(() => new Map<string, KeptLine>());
  const lines = useMemo((): readonly TimelineLine[] => {
    // oxlint-disable-next-line typescript/unbound-method -- i18next binds it
    const explainer = createExplainer(language, i18n.t);
    const lineOf = (summary: LaneSummary): LaneLine => {
      const { contract } = summary;
      const row = byId.get(contract.id) ?? (contract as ContractRow);
      const version = dataVersion(data, row);
      const known = kept.get(row.id);
      // A line that would come out the same stays the same, so that its lane is not drawn anew.
      if (known?.summary === summary && known.words === words && known.range === range && known.version === version)
        return known.line;
      const line = newLine(summary, row);
      kept.set(row.id, { summary, words, range, version, line });
      return line;
    };
    const newLine = (summary: LaneSummary, row: ContractRow): LaneLine => {
      const { contract } = summary;
      const whole = (): ReturnType<LaneLine['whole']> => {
        const found = laneOf(row);
        if (found) return found;
        const view = { ok: false, problem: { field: 'start', code: 'missing', params: {} } } as const;
        return { view, lane: contractLane({ contract, view, today }, range) };
      };
      return {
        kind: 'lane',
        id: contract.id,
        title: contract.title || contract.number || t('contracts.untitled'),
        sub: contract.organisationName,
        word: stateWord(t, summary.state),
        tone: summary.tone,
        name: () => laneName(words, summary),
        empty:
          summary.problem && contract.wording.start
            ? t('timeline.problem', { problem: explainer.problem(summary.problem) })
            : t('timeline.nothingDrawn'),
        contract: contract.id,
        items: () => whole().lane.items,
        whole,
      };
    };
    return (groups ?? []).flatMap((group): readonly TimelineLine[] => {
      const lanes = group.lanes.map(lineOf);
      if (by === 'none') return lanes;
      const title = groupTitle(t, by, group.key);
      return [{ kind: 'group', id: `group:${group.key}`, title, note: groupNote(words, group) }, ...lanes];
    });
  }, [groups, byId, laneOf, data, kept, by, t, language, words, today, range]);

  const open = useCallback((line: LaneLine, _item: LaneItem | null) => openWithin(line.contract), []);
  const grid = useRef<HTMLDivElement>(null);
  useAction({
    id: 'new-here',
    label: 'shell.newHere',
    group: 'create',
    shortcut: 'KeyN',
    run: () => openCreate('contract'),
  });
  useTimelineActions(controller, dayOf(today), asTable);

  const header = (
    <PaneHeader
      title={t('shell.contracts')}
      count={summaries && groups ? countText(words, groups, summaries.length) : undefined}
      actions={
        <>
          <ViewSwitch />
          <Button size="small" icon={<Plus size={14} aria-hidden />} onPress={() => openCreate('contract')}>
            {t('shell.newContract')}
          </Button>
        </>
      }
    >
      {summaries && summaries.length > 0 && (
        <div className={styles.tools}>
          <div role="search" aria-label={t('common.filter')} className={styles.filter}>
            <SearchField
              className={styles.text ?? ''}
              label={t('common.filter')}
              placeholder={t('common.filter')}
              clearLabel={t('common.clear')}
              value={text}
              onChange={(text) => usePortfolio.setState({ text })}
            />
            <Select
              label={t('timeline.groupBy')}
              hideLabel
              quiet
              options={LANE_GROUPINGS.map((id) => ({ id, label: t(`timeline.group.${id}`) }))}
              value={by}
              onChange={(by) => usePortfolio.setState({ by })}
            />
            <Select
              label={t('timeline.sortBy')}
              hideLabel
              quiet
              options={LANE_SORTS.map((id) => ({ id, label: t(`timeline.sort.${id}`) }))}
              value={sort}
              onChange={(sort) => usePortfolio.setState({ sort })}
            />
          </div>
          <TimelineToolbar
            controller={controller}
            today={dayOf(today)}
            asTable={asTable}
            onTable={(asTable) => usePortfolio.setState({ asTable })}
            shortcuts
          />
        </div>
      )}
    </PaneHeader>
  );
  return (
    <section className={styles.page} aria-label={t('timeline.lanes')}>
      {header}
      {!summaries ? (
        <EmptyState
          icon={<Spinner label={t('common.loading')} />}
          title={rows ? t('timeline.computing', { done, all: rows.length }) : t('common.loading')}
        />
      ) : summaries.length === 0 ? (
        filled && (
          <EmptyState
            title={t('timeline.emptyTitle')}
            actions={
              <Button variant="primary" onPress={() => openCreate('contract')}>
                {t('shell.newContract')}
              </Button>
            }
          >
            {t('timeline.emptyText')}
          </EmptyState>
        )
      ) : lines.length === 0 ? (
        <EmptyState title={t('timeline.notFound')}>{t('timeline.notFoundText')}</EmptyState>
      ) : asTable ? (
        <WholeTable lines={lines} controller={controller} words={words} onOpen={open} />
      ) : (
        <TimelineView
          label={t('timeline.lanes')}
          lines={lines}
          controller={controller}
          words={words}
          today={dayOf(today)}
          labelWidth={LABEL_WIDTH}
          onOpen={open}
          onNear={setNear}
          busy={!ready || !promises || !current}
          gridRef={grid}
          autoFocus
        />
      )}
    </section>
  );
}

/** From the first contract on, at most forty years back, to twelve years ahead: whole years. */
function useRange(
  rows: readonly ContractRow[] | undefined,
  today: string,
): { readonly from: string; readonly to: string } {
  const year = Number(today.slice(0, 4));
  const first = useMemo(
    () =>
      Math.max(
        year - MOST_YEARS_BACK,
        (rows ?? []).reduce(
          (least, { wording }) => Math.min(least, Number((wording.start ?? today).slice(0, 4)) || least),
          year - YEARS_BACK,
        ),
      ),
    [rows, year, today],
  );
  return useMemo(() => ({ from: `${first}-01-01`, to: `${year + YEARS_AHEAD}-12-31` }), [first, year]);
}

/** Keys that work on the whole screen, so that they stand on the sheet of keys and in the palette. */
function useTimelineActions(controller: TimelineController, today: number, asTable: boolean): void {
  const group = 'record';
  useAction({
    id: 'timeline-in',
    label: 'timeline.zoomIn',
    group,
    shortcut: 'Equal',
    alsoKeys: ['Shift+Equal', 'NumpadAdd'],
    run: () => controller.step(1.5),
  });
  useAction({
    id: 'timeline-out',
    label: 'timeline.zoomOut',
    group,
    shortcut: 'Minus',
    alsoKeys: ['NumpadSubtract'],
    run: () => controller.step(1 / 1.5),
  });
  useAction(
    { id: 'timeline-today', label: 'timeline.toToday', group, shortcut: 'Home', run: () => controller.today(today) },
    !asTable,
  );
  useAction({
    id: 'timeline-table',
    label: asTable ? 'timeline.asPicture' : 'timeline.asTable',
    group,
    run: () => usePortfolio.setState({ asTable: !asTable }),
  });
}

/** The table of all lanes: they are computed between frames first. */
function WholeTable({
  lines,
  controller,
  words,
  onOpen,
}: {
  readonly lines: readonly TimelineLine[];
  readonly controller: TimelineController;
  readonly words: Words;
  readonly onOpen: (line: LaneLine, item: LaneItem | null) => void;
}) {
  const { done, complete } = useSlices(lines, (line) => line.kind === 'lane' && line.items(), []);
  const [shown, setShown] = useState(() => shownDays(controller));
  useEffect(() => controller.subscribe(() => setShown(shownDays(controller))), [controller]);
  if (!complete) {
    return (
      <EmptyState
        icon={<Spinner label={words.t('common.loading')} />}
        title={words.t('timeline.computing', { done, all: lines.length })}
      />
    );
  }
  return <TimelineTable lines={lines} from={shown.from} to={shown.to} words={words} onOpen={onOpen} withContract />;
}

function groupTitle(t: Translate, by: LaneGrouping, key: string): string {
  if (by === 'risk') return t(`timeline.risk.${key as Risk}`);
  if (key) return key;
  return by === 'owner' ? t('timeline.noOwner') : t('timeline.noOrganisation');
}
function groupNote({ t, language }: Words, { lanes, atRisk, urgent }: LaneGroup): string {
  return [
    t('timeline.contracts', { count: lanes.length }),
    urgent > 0 ? t('timeline.urgent', { count: urgent }) : '',
    atRisk.length > 0
      ? t('timeline.atRiskSum', { sum: atRisk.map((money) => formatMoney(money, language)).join(', ') })
      : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
/** How many are shown, and what is at risk in all of them. */
function countText({ t, language }: Words, groups: readonly LaneGroup[], all: number): string {
  const lanes = groups.flatMap((group) => group.lanes);
  const count = lanes.length.toLocaleString(language);
  const sums = totals(lanes.map(({ atRisk }) => atRisk));
  return [
    lanes.length === all ? count : t('timeline.contractsOf', { shown: count, all: all.toLocaleString(language) }),
    sums.length === 0
      ? ''
      : t('timeline.atRiskSum', { sum: sums.map((money) => formatMoney(money, language)).join(', ') }),
  ]
    .filter(Boolean)
    .join(' · ');
}

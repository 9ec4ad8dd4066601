import { useMemo, useState } from 'react';
import { dateOf } from '../../../../shared/contract-dates/civil.ts';
import { datesOfItem, type LaneItem } from '../../../../shared/contracts/timeline.ts';
import { searchKey } from '../../../../shared/text/search-key.ts';
import { Badge, type DataColumn, DataTable, EmptyState } from '../../../ui/index.ts';
import { MainCell } from '../../profile/cells.tsx';
import { badgeTone } from '../state-badge.tsx';
import type { TimelineController } from './controller.ts';
import { itemFacts, itemState, itemTitle, type Words } from './item-text.ts';
import type { LaneLine, TimelineLine } from './model.ts';

interface Row {
  readonly id: string;
  readonly line: LaneLine;
  /** null for a contract with nothing to show in this part of time. */
  readonly item: LaneItem | null;
}

/** First and last day that the picture shows, both counted. */
export function shownDays({ camera, bounds }: TimelineController): { readonly from: number; readonly to: number } {
  const from = Math.max(bounds.first, Math.floor(camera.left));
  return { from, to: Math.min(bounds.last, Math.ceil(camera.left + bounds.width / camera.scale) - 1) };
}

/** Everything that the picture shows of this part of time, as a table: one row for each thing. */
export function TimelineTable({
  lines,
  from,
  to,
  words,
  onOpen,
  withContract,
}: {
  readonly lines: readonly TimelineLine[];
  /** Day numbers, both counted. */
  readonly from: number;
  readonly to: number;
  readonly words: Words;
  readonly onOpen: (line: LaneLine, item: LaneItem | null) => void;
  /** Rows name their contract: in a table of many. */
  readonly withContract: boolean;
}) {
  const { t, dates } = words;
  const [current, setCurrent] = useState<string | null>(null);
  const rows = useMemo(() => {
    const list: Row[] = [];
    for (const line of lines) {
      if (line.kind === 'group') continue;
      const items = line.items().filter((item) => item.to >= from && item.from <= to);
      for (const item of items) list.push({ id: item.id, line, item });
      if (items.length === 0 && withContract) list.push({ id: line.id, line, item: null });
    }
    return list;
  }, [lines, from, to, withContract]);
  const columns = useMemo((): readonly DataColumn<Row>[] => {
    const what: DataColumn<Row> = {
      id: 'what',
      label: t('timeline.what'),
      width: 240,
      sortBy: ({ item }) => (item ? searchKey(itemTitle(words, item)) : undefined),
      cell: ({ item, line }) => (item ? itemTitle(words, item) : line.empty),
    };
    const contract: DataColumn<Row> = {
      id: 'contract',
      label: t('timeline.contract'),
      width: 280,
      sortBy: ({ line }) => searchKey(line.title),
      cell: ({ line }) => <MainCell main={line.title} more={line.sub} />,
    };
    return [
      ...(withContract ? [contract, what] : [what]),
      {
        id: 'from',
        label: t('timeline.from'),
        width: 104,
        sortBy: ({ item }) => (item ? datesOfItem(item).from : undefined),
        cell: ({ item }) => item && dates.short(datesOfItem(item).from),
      },
      {
        id: 'to',
        label: t('timeline.to'),
        width: 104,
        sortBy: ({ item }) => (item ? (datesOfItem(item).to ?? '9999') : undefined),
        cell: ({ item }) => {
          if (!item) return null;
          const { to: last } = datesOfItem(item);
          return last === null
            ? t(item.kind === 'suspension' ? 'timeline.stillStands' : 'timeline.noEnd')
            : dates.short(last);
        },
      },
      {
        id: 'state',
        label: t('timeline.state'),
        width: 190,
        sortBy: ({ item }) => (item ? itemState(words, item) : undefined),
        cell: ({ item }) => {
          const state = item ? itemState(words, item) : '';
          return item && state ? <Badge tone={badgeTone(item.tone)}>{state}</Badge> : null;
        },
      },
      {
        id: 'detail',
        label: t('timeline.detail'),
        width: 240,
        cell: ({ item }) => item && itemFacts(words, item).join(' · '),
      },
    ];
  }, [t, dates, words, withContract]);
  const byId = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  return (
    <DataTable
      label={t('timeline.tableOf', { from: dates.short(dateOf(from)), to: dates.short(dateOf(to)) })}
      rows={rows}
      rowId={({ id }) => id}
      rowText={({ line }) => line.title}
      columns={columns}
      current={current}
      onCurrent={setCurrent}
      onOpen={(id) => {
        const row = byId.get(id);
        if (row) onOpen(row.line, row.item);
      }}
      autoFocus
      empty={<EmptyState title={t('common.notFound')} />}
    />
  );
}

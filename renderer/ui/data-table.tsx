import {
  type ColumnDef,
  columnResizingFeature,
  columnSizingFeature,
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react';
import { classNames } from './class-names.ts';
import styles from './data-table.module.css';
import { columnsThatFit, compareValues, typeAheadIndex } from './list-rules.ts';

export interface DataColumn<Row> {
  readonly id: string;
  readonly label: string;
  /** What is sorted by; undefined and '' go last. Without it the column cannot be sorted. */
  readonly sortBy?: (row: Row) => string | number | undefined;
  readonly cell: (row: Row) => ReactNode;
  /** Pixels. */
  readonly width: number;
  readonly align?: 'start' | 'end';
  /** Newest or greatest first on the first click. */
  readonly descendingFirst?: boolean;
}
export interface DataTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** What type-ahead looks at. */
  readonly rowText: (row: Row) => string;
  readonly columns: readonly DataColumn<Row>[];
  /** The row whose record is shown beside the list. */
  readonly current: string | null;
  readonly onCurrent: (id: string) => void;
  /** Enter or double click. */
  readonly onOpen?: (id: string) => void;
  readonly initialSort?: { readonly column: string; readonly descending?: boolean };
  /** Rows of one group follow each other under its heading; sorting by columns then stays within groups. */
  readonly groupOf?: (row: Row) => string;
  readonly empty?: ReactNode;
  readonly gridRef?: RefObject<HTMLDivElement | null>;
  /** Called when the end comes near: load more. */
  readonly onEndReached?: () => void;
  readonly autoFocus?: boolean;
  /** Further keys (`event.code`) that are actions where this list stands: type-ahead begins with them only with Shift. */
  readonly actionCodes?: readonly string[];
}

const features = tableFeatures({
  rowSortingFeature,
  columnSizingFeature,
  columnResizingFeature,
  sortedRowModel: createSortedRowModel(),
});
type Features = typeof features;

const GROUP_HEIGHT = 32;
const TYPE_AHEAD_PAUSE = 700;

/**
 * A list of any length: only visible rows are drawn. J/K, arrows, Home, End, Page keys move; Enter opens; letters jump to
 * a name (Shift+letter where the letter alone is an action's key). Columns are sorted by click and resized by drag.
 */
export function DataTable<Row>({
  label,
  rows,
  rowId,
  rowText,
  columns,
  current,
  onCurrent,
  onOpen,
  initialSort,
  groupOf,
  empty,
  gridRef,
  onEndReached,
  autoFocus,
  actionCodes = NO_CODES,
}: DataTableProps<Row>) {
  const ownRef = useRef<HTMLDivElement>(null);
  const scroller = gridRef ?? ownRef;
  const gridId = useId();
  const [sorting, setSorting] = useState<SortingState>(() =>
    initialSort ? [{ id: initialSort.column, desc: initialSort.descending ?? false }] : [],
  );
  const definitions = useMemo(
    () =>
      columns.map(
        (column): ColumnDef<Features, { readonly row: Row }> => ({
          id: column.id,
          header: column.label,
          size: column.width,
          minSize: 48,
          enableSorting: column.sortBy !== undefined,
          sortDescFirst: column.descendingFirst ?? false,
          accessorFn: ({ row }) => column.sortBy?.(row) ?? '',
          sortFn: (a, b, id) => compareValues(a.getValue<string | number>(id), b.getValue<string | number>(id)),
        }),
      ),
    [columns],
  );
  // New objects for new columns, too: the table keeps what a row was sorted by for as long as the row is the same.
  // oxlint-disable-next-line react/exhaustive-deps
  const data = useMemo(() => rows.map((row) => ({ row })), [rows, columns]);
  const table = useTable<Features, { readonly row: Row }>({
    features,
    data,
    columns: definitions,
    getRowId: ({ row }) => rowId(row),
    state: { sorting },
    onSortingChange: setSorting,
    columnResizeMode: 'onChange',
    enableSortingRemoval: false,
  });
  const sorted = table.getRowModel().rows;

  /** Rows and group headings in the order they are drawn. */
  const { lines, lineOfRow } = useMemo(() => {
    const list: ({ readonly group: string } | { readonly index: number })[] = [];
    const positions = new Map<number, number>();
    let group: string | undefined;
    const order = sorted.map((_, index) => index);
    if (groupOf) {
      const rank = new Map<string, number>();
      for (const { row } of data) {
        const name = groupOf(row);
        if (!rank.has(name)) rank.set(name, rank.size);
      }
      order.sort(
        (a, b) => rank.get(groupOf(sorted[a]!.original.row))! - rank.get(groupOf(sorted[b]!.original.row))! || a - b,
      );
    }
    for (const index of order) {
      const name = groupOf?.(sorted[index]!.original.row);
      if (name !== undefined && name !== group) {
        group = name;
        list.push({ group: name });
      }
      positions.set(index, list.length);
      list.push({ index });
    }
    return { lines: list, lineOfRow: positions };
  }, [sorted, groupOf, data]);
  const rowOrder = useMemo(() => lines.flatMap((line) => ('index' in line ? [line.index] : [])), [lines]);
  const currentPosition = useMemo(
    () => (current === null ? -1 : rowOrder.findIndex((index) => sorted[index]!.id === current)),
    [rowOrder, sorted, current],
  );

  const rowHeight = useRowHeight();
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => ('group' in lines[index]! ? GROUP_HEIGHT : rowHeight),
    overscan: 12,
    scrollPaddingStart: 28,
    getItemKey: (index) => {
      const line = lines[index]!;
      return 'group' in line ? `group:${line.group}` : sorted[line.index]!.id;
    },
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight, lines]);
  const focusAtFirst = useRef(autoFocus);
  useEffect(() => {
    if (focusAtFirst.current) scroller.current?.focus({ preventScroll: true });
  }, [scroller]);
  useEffect(() => {
    const line = currentPosition < 0 ? undefined : lineOfRow.get(rowOrder[currentPosition]!);
    if (line !== undefined) virtualizer.scrollToIndex(line, { align: 'auto' });
    // Only a change of the current row scrolls; new data must not move what is being read.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [current]);

  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (lastShown >= lines.length - 20 && lines.length > 0) onEndReached?.();
  }, [lastShown, lines.length, onEndReached]);

  const typed = useRef<{ text: string; at: number }>({ text: '', at: 0 });
  const moveTo = (position: number): void => {
    const clamped = Math.max(0, Math.min(rowOrder.length - 1, position));
    const row = rowOrder[clamped] === undefined ? undefined : sorted[rowOrder[clamped]!];
    if (row) onCurrent(row.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const typing = event.timeStamp - typed.current.at < TYPE_AHEAD_PAUSE;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: currentPosition + 1,
      ArrowUp: currentPosition - 1,
      Home: 0,
      End: rowOrder.length - 1,
      PageDown: currentPosition + page,
      PageUp: currentPosition - page,
    };
    const letterMoves: Readonly<Record<string, number>> = { KeyJ: currentPosition + 1, KeyK: currentPosition - 1 };
    const target = moves[event.key] ?? (typing || event.shiftKey ? undefined : letterMoves[event.code]);
    if (target !== undefined) {
      event.preventDefault();
      moveTo(target);
      return;
    }
    if (event.key === 'Enter' && current !== null) {
      event.preventDefault();
      onOpen?.(current);
      return;
    }
    const isLetter = event.key.length === 1 && /[\p{L}\p{N}]/u.test(event.key);
    const isAction = ACTION_CODES.has(event.code) || actionCodes.includes(event.code);
    if (!isLetter || (!typing && !event.shiftKey && isAction)) return;
    event.preventDefault();
    event.stopPropagation();
    const text = (typing ? typed.current.text : '') + event.key;
    typed.current = { text, at: event.timeStamp };
    const from = Math.max(0, currentPosition + (typing ? 0 : 1));
    const found = typeAheadIndex((i) => rowText(sorted[rowOrder[i]!]!.original.row), rowOrder.length, from, text);
    if (found >= 0) moveTo(found);
  };

  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const paneWidth = usePaneWidth(scroller);
  const leaves = table.getAllLeafColumns();
  const shown = columnsThatFit(
    leaves.map((leaf) => leaf.getSize()),
    paneWidth,
  );
  const visible = leaves.slice(0, shown);
  const firstId = columns[0]?.id;
  /** The first column takes what the others leave. */
  const cellStyle = (id: string, size: number) => (id === firstId ? { width: size, flexGrow: 1 } : { width: size });
  return (
    <div className={styles.wrap}>
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={shown}
        aria-activedescendant={currentPosition >= 0 ? `${gridId}-${current}` : undefined}
        tabIndex={0}
        className={styles.grid}
        onKeyDown={onKeyDown}
        data-list
      >
        <div role="rowgroup">
          <div role="row" className={styles.head} aria-rowindex={1}>
            {table
              .getHeaderGroups()[0]
              ?.headers.slice(0, shown)
              .map((header, index) => {
                const column = byId.get(header.column.id)!;
                const order = header.column.getIsSorted();
                return (
                  <div
                    key={header.id}
                    role="columnheader"
                    aria-sort={order === 'asc' ? 'ascending' : order === 'desc' ? 'descending' : 'none'}
                    className={classNames(
                      styles.headCell,
                      index === 0 && styles.first,
                      column.align === 'end' && styles.end,
                    )}
                    style={cellStyle(column.id, header.getSize())}
                  >
                    <button
                      type="button"
                      tabIndex={-1}
                      className={styles.headButton}
                      disabled={!header.column.getCanSort()}
                      onClick={header.column.getToggleSortingHandler()}
                    >
                      <span>{column.label}</span>
                      {order === 'asc' && <ArrowUp size={12} aria-hidden />}
                      {order === 'desc' && <ArrowDown size={12} aria-hidden />}
                    </button>
                    {/* Widths are a convenience of the pointer; every value is also in the record. */}
                    <div
                      className={styles.resizer}
                      aria-hidden
                      onPointerDown={(event) => header.getResizeHandler()(event.nativeEvent)}
                      onMouseDown={header.getResizeHandler()}
                    />
                  </div>
                );
              })}
          </div>
        </div>
        <div role="rowgroup" className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const line = lines[item.index]!;
            const position = { transform: `translateY(${item.start}px)` };
            if ('group' in line) {
              return (
                <div
                  key={item.key}
                  role="row"
                  className={styles.groupRow}
                  style={{ ...position, height: GROUP_HEIGHT }}
                >
                  <div role="gridcell" aria-colspan={shown}>
                    {line.group}
                  </div>
                </div>
              );
            }
            const row = sorted[line.index]!;
            return (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid itself handles the keys
              <div
                key={item.key}
                id={`${gridId}-${row.id}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={row.id === current}
                className={classNames(styles.row, row.id === current && styles.current)}
                style={position}
                onClick={() => onCurrent(row.id)}
                onDoubleClick={() => onOpen?.(row.id)}
              >
                {visible.map((leaf, index) => {
                  const { id } = leaf;
                  const column = byId.get(id)!;
                  return (
                    <div
                      key={id}
                      role="gridcell"
                      className={classNames(
                        styles.cell,
                        index === 0 && styles.first,
                        column.align === 'end' && styles.end,
                      )}
                      style={cellStyle(id, leaf.getSize())}
                    >
                      {column.cell(row.original.row)}
                    </div>
                  );
                })}
              </div>
            );
          })}
        </div>
        {rows.length === 0 && empty}
      </div>
    </div>
  );
}

/** Width inside the scroller in pixels, as it changes. */
function usePaneWidth(scroller: RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return width;
}

const NO_CODES: readonly string[] = [];
/** Letters that are actions of lists; type-ahead begins with them only together with Shift. */
const ACTION_CODES: ReadonlySet<string> = new Set(['KeyJ', 'KeyK', 'KeyN', 'KeyE', 'KeyT', 'KeyM']);

/** Height of a row in pixels by the density of the page. */
function useRowHeight(): number {
  const read = (): number => (document.documentElement.dataset['density'] === 'compact' ? 32 : 40);
  const [height, setHeight] = useState(read);
  useEffect(() => {
    const observer = new MutationObserver(() => setHeight(read()));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-density'] });
    return () => observer.disconnect();
  }, []);
  return height;
}

/** The file as a table, whatever its size: only the cells in view exist. One stop for Tab; arrows walk the cells. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { Check, CircleHelp, Minus } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react';
import { type TextKey, useT } from '../../app/i18n.ts';
import type { ImportProblem, ImportReadingView } from '../../../shared/import/views.ts';
import { ColumnMenu } from './column-menu.tsx';
import { certainty, fieldName } from './field-name.ts';
import css from './file-table.module.css';
import type { FileRows } from './file-rows.ts';

const ROW = 28;
const HEADER = 56;
const NUMBER = 56;
/** Widest and narrowest column, and what a letter takes on average. */
const WIDEST = 240;
const NARROWEST = 104;
const LETTER = 7.4;
/** Rows that a page key moves by. */
const PAGE = 15;

/** Width of a column by its header, its field and the first values. */
function widthOf(header: string, field: string, preview: ImportReadingView['preview'], index: number): number {
  const lengths = [
    header.length,
    field.length + 3,
    ...preview.slice(0, 30).map(({ cells }) => cells[index]?.length ?? 0),
  ];
  return Math.round(Math.max(NARROWEST, Math.min(WIDEST, Math.max(...lengths) * LETTER + 18)));
}

interface Cell {
  /** −1 is the header. */
  readonly row: number;
  readonly column: number;
}

interface Props {
  readonly reading: ImportReadingView;
  readonly mapping: ReadonlyMap<number, string>;
  readonly rows: FileRows;
  readonly problems: readonly ImportProblem[];
  readonly focus: { readonly row: number; readonly column: string } | null;
  readonly onTarget: (index: number, field: string) => void;
}

export function FileTable({ reading, mapping, rows, problems, focus, onTarget }: Props) {
  const t = useT();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [cell, setCell] = useState<Cell>({ row: -1, column: 0 });
  const [menu, setMenu] = useState<number | null>(null);
  const { columns } = reading;
  const count = rows.count;

  const widths = useMemo(
    () =>
      columns.map((column) =>
        widthOf(column.header, fieldName(t, column.field || 'ignored'), reading.preview, column.index),
      ),
    [columns, reading.preview, t],
  );

  const down = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    paddingStart: HEADER,
    scrollPaddingStart: HEADER,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? NARROWEST,
    overscan: 2,
    paddingStart: NUMBER,
    scrollPaddingStart: NUMBER,
  });
  const inView = down.getVirtualItems();
  const first = inView[0]?.index ?? 0;
  const last = inView.at(-1)?.index ?? 0;
  useEffect(() => rows.want(first, last), [rows, first, last]);

  const marked = useMemo(() => {
    const cells = new Map<number, Map<string, ImportProblem['severity']>>();
    for (const { row, column, severity } of problems) {
      const inRow = cells.get(row) ?? new Map<string, ImportProblem['severity']>();
      if (inRow.get(column) !== 'error') inRow.set(column, severity);
      cells.set(row, inRow);
    }
    return cells;
  }, [problems]);

  const go = (to: Cell): void => {
    const next = {
      row: Math.max(-1, Math.min(count - 1, to.row)),
      column: Math.max(0, Math.min(columns.length - 1, to.column)),
    };
    setCell(next);
    if (next.row >= 0) down.scrollToIndex(next.row);
    across.scrollToIndex(next.column);
  };

  // The list of remarks points to a cell: it becomes the current one and comes into view.
  useEffect(() => {
    if (!focus || focus.row <= 0) return;
    let current = true;
    const column = columns.findIndex(({ header }) => header === focus.column);
    void rows.find(focus.row).then((row) => current && go({ row, column: Math.max(0, column) }));
    return () => {
      current = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- only a new remark moves the table
  }, [focus]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const end = event.ctrlKey || event.metaKey;
    const moves: Readonly<Record<string, () => Cell>> = {
      ArrowDown: () => ({ ...cell, row: cell.row + 1 }),
      ArrowUp: () => ({ ...cell, row: cell.row - 1 }),
      ArrowRight: () => ({ ...cell, column: cell.column + 1 }),
      ArrowLeft: () => ({ ...cell, column: cell.column - 1 }),
      PageDown: () => ({ ...cell, row: cell.row + PAGE }),
      PageUp: () => ({ ...cell, row: cell.row - PAGE }),
      Home: () => (end ? { row: -1, column: 0 } : { ...cell, column: 0 }),
      End: () => (end ? { row: count - 1, column: columns.length - 1 } : { ...cell, column: columns.length - 1 }),
    };
    const move = moves[event.key];
    if (move) go(move());
    else if (!end && !event.altKey && (event.key === 'Enter' || event.key === ' ' || event.code === 'KeyE'))
      setMenu(cell.column);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const cellId = (row: number, column: number): string => `${id}-${row}-${column}`;
  const anchor = useRef<HTMLElement>(null);
  const across0 = across.getVirtualItems();

  return (
    <div
      ref={scroller}
      className={css.scroller}
      role="grid"
      aria-label={t('importing.table')}
      aria-rowcount={count + 1}
      aria-colcount={columns.length + 1}
      aria-activedescendant={cellId(cell.row, cell.column)}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div
        role="presentation"
        style={{ height: down.getTotalSize(), width: across.getTotalSize(), position: 'relative' }}
      >
        <div
          role="row"
          aria-rowindex={1}
          className={css.headerRow}
          style={{ height: HEADER, width: across.getTotalSize() }}
        >
          <div role="columnheader" aria-colindex={1} className={css.corner} style={{ width: NUMBER }}>
            <span className={css.unseen}>
              {t(reading.kind === 'vcard' ? 'importing.cards.number' : 'importing.rowNumber')}
            </span>
          </div>
          {across0.map(({ index, start, size }) => {
            const column = columns[index];
            if (!column) return null;
            const field = mapping.get(column.index) ?? '';
            const own = field === column.field ? column.confidence : 1;
            const current = cell.row === -1 && cell.column === index;
            return (
              <div
                key={index}
                id={cellId(-1, index)}
                ref={menu === index ? (anchor as RefObject<HTMLDivElement>) : null}
                role="columnheader"
                aria-colindex={index + 2}
                aria-haspopup="dialog"
                className={css.header}
                data-current={current || undefined}
                style={{ left: start, width: size, height: HEADER }}
                onClick={() => {
                  setCell({ row: -1, column: index });
                  setMenu(index);
                }}
              >
                <span className={css.headerText} title={column.header}>
                  {column.header}
                </span>
                <Target field={field} confidence={own} />
              </div>
            );
          })}
        </div>
        {inView.map(({ index: at, start: top }) => {
          const row = rows.at(at);
          const marks = row && marked.get(row.row);
          return (
            <div
              key={at}
              role="row"
              aria-rowindex={at + 2}
              className={css.row}
              style={{ transform: `translateY(${top}px)`, height: ROW, width: across.getTotalSize() }}
            >
              <div role="rowheader" aria-colindex={1} className={css.number} style={{ width: NUMBER }}>
                {row?.row ?? ''}
              </div>
              {across0.map(({ index, start, size }) => {
                const column = columns[index];
                const text = column ? (row?.cells[column.index] ?? '') : '';
                const mark = marks?.get(column?.header ?? '') ?? marks?.get('');
                return (
                  <div
                    key={index}
                    id={cellId(at, index)}
                    role="gridcell"
                    aria-colindex={index + 2}
                    className={css.cell}
                    data-current={(cell.row === at && cell.column === index) || undefined}
                    data-mark={mark}
                    data-out={(column && (mapping.get(column.index) ?? '') === '') || undefined}
                    style={{ left: start, width: size, height: ROW }}
                    title={text.length > 22 ? text : undefined}
                    onClick={() => setCell({ row: at, column: index })}
                  >
                    {text}
                  </div>
                );
              })}
            </div>
          );
        })}
      </div>
      {menu !== null && columns[menu] && (
        <ColumnMenu
          anchor={anchor}
          header={columns[menu].header}
          field={mapping.get(columns[menu].index) ?? ''}
          targets={reading.targets}
          onClose={() => {
            setMenu(null);
            scroller.current?.focus();
          }}
          onTarget={(field) => onTarget(columns[menu]?.index ?? 0, field)}
        />
      )}
    </div>
  );
}

/** What the column was recognised as, and how sure that is: icon and words. */
function Target({ field, confidence }: { readonly field: string; readonly confidence: number }) {
  const t = useT();
  if (field === '' || field === 'ignored') {
    return (
      <span className={css.target} data-certainty="none">
        <Minus size={12} aria-hidden />
        {t('importing.skipped')}
      </span>
    );
  }
  const sure = certainty(field === 'extra' ? 1 : confidence);
  const Icon = sure === 'sure' ? Check : CircleHelp;
  return (
    <span className={css.target} data-certainty={sure} title={t(`importing.confidence.${sure}` as TextKey)}>
      <Icon size={12} aria-hidden />
      <span className={css.targetName}>{field === 'extra' ? t('importing.kept') : fieldName(t, field)}</span>
      {sure !== 'sure' && <span className={css.unseen}>{t(`importing.confidence.${sure}` as TextKey)}</span>}
    </span>
  );
}

import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Difference, differenceKey } from '../../../shared/sync/differences.ts';
import type { Words } from '../../../shared/words/value-words.ts';
import { useT } from '../../app/i18n.ts';
import { isTyping } from '../../app/shortcuts.ts';
import { Button, classNames, useKeptFocus } from '../../ui/index.ts';
import { editingOf } from './decide.ts';
import { choose, DifferenceRow } from './difference-row.tsx';
import styles from './differences.module.css';

/** How many rows are drawn at first, and how many more each time that somebody comes near their end. */
const PART = 40;
const NEAR = 5;

/**
 * Differences one below the other, walked with J and K or the arrows; 1 and 2 keep a value, 3 writes another. Fields of
 * several records may stand in one list: `before` draws what stands above a record's first field.
 */
export function DifferenceList({
  items,
  words,
  label,
  before,
  takesFocus = false,
  onGone,
}: {
  readonly items: readonly Difference[];
  readonly words: Words;
  readonly label: string;
  readonly before?: (difference: Difference) => ReactNode;
  /** The first row takes the focus when the list appears, and when nothing has it any more: keys work at once. */
  readonly takesFocus?: boolean;
  /** The list goes away while it has the focus, which has to go somewhere. */
  readonly onGone: () => void;
}) {
  const t = useT();
  const [at, setAt] = useState(0);
  const [writing, setWriting] = useState<string | null>(null);
  const [drawn, setDrawn] = useState(PART);
  const list = useRef<HTMLUListElement>(null);
  const shown = items.slice(0, drawn);
  const current = Math.min(at, shown.length - 1);
  const focusRow = (row: number): void =>
    list.current?.querySelectorAll<HTMLElement>('[data-difference]')[row]?.focus();
  useKeptFocus(list, '[data-difference]', items);
  const gone = useRef(onGone);
  useLayoutEffect(() => {
    gone.current = onGone;
  });
  useLayoutEffect(() => {
    const element = list.current;
    return () => {
      if (element?.contains(document.activeElement)) gone.current();
    };
  }, []);
  useLayoutEffect(() => {
    if (takesFocus) list.current?.querySelector<HTMLElement>('[data-difference]')?.focus({ preventScroll: true });
  }, [takesFocus]);
  // What was pressed elsewhere, such as “undo” in a message, may be gone by the time that the rows are back.
  const place = useRef(current);
  useLayoutEffect(() => {
    place.current = current;
  });
  useLayoutEffect(() => {
    if (!takesFocus || document.activeElement !== document.body) return;
    list.current?.querySelectorAll<HTMLElement>('[data-difference]')[place.current]?.focus({ preventScroll: true });
  }, [takesFocus, items]);
  const visit = (row: number): void => {
    setAt(row);
    if (row >= drawn - NEAR && drawn < items.length) setDrawn(drawn + PART);
  };
  /** Asked once for a row: a key that is held down, or pressed again before the row is gone, decides nothing more. */
  const asked = useRef<string | null>(null);
  useEffect(() => {
    asked.current = null;
  }, [items]);
  const decideRow = (difference: Difference, value: number): void => {
    const key = differenceKey(difference);
    if (asked.current === key) return;
    asked.current = key;
    void choose(difference, value, words, t).then((done) => {
      if (!done && asked.current === key) asked.current = null;
    });
  };
  const move = (to: number): void => {
    const next = Math.max(0, Math.min(shown.length - 1, to));
    visit(next);
    focusRow(next);
  };
  const write = (key: string | null, row: number): void => {
    setWriting(key);
    if (key === null) focusRow(row);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const difference = items[current];
    if (!difference) return;
    if (event.code === 'KeyJ' || event.code === 'ArrowDown') move(current + 1);
    else if (event.code === 'KeyK' || event.code === 'ArrowUp') move(current - 1);
    else if (/^(Digit|Numpad)[12]$/.test(event.code)) {
      if (!event.repeat) decideRow(difference, Number(event.code.at(-1)) - 1);
    } else if ((event.code === 'Digit3' || event.code === 'Numpad3') && editingOf(difference))
      setWriting(differenceKey(difference));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the rows inside, which hold the focus
    <ul ref={list} className={styles.list} aria-label={label} onKeyDown={onKeyDown} data-list tabIndex={-1}>
      {shown.map((difference, i) => {
        const key = differenceKey(difference);
        const first = items[i - 1]?.record !== difference.record;
        return (
          <li key={key} className={classNames(styles.item, first && styles.first)}>
            {first && before?.(difference)}
            <div
              className={styles.row}
              role="group"
              aria-label={words.field(difference.field)}
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a row of a list that keys act on
              tabIndex={i === current ? 0 : -1}
              data-difference
              onFocus={() => visit(i)}
            >
              <DifferenceRow
                difference={difference}
                words={words}
                isWriting={writing === key}
                onWriting={(on) => write(on ? key : null, i)}
                onChoose={(value) => decideRow(difference, value)}
              />
            </div>
          </li>
        );
      })}
      {shown.length < items.length && (
        <li className={styles.rest}>
          <Button size="small" onPress={() => setDrawn(drawn + PART)}>
            {t('differences.more', { count: items.length - shown.length })}
          </Button>
        </li>
      )}
    </ul>
  );
}

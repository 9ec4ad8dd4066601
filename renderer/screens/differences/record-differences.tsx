import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { type Difference, differenceKey } from '../../../shared/sync/differences.ts';
import type { Words } from '../../../shared/words/value-words.ts';
import { useT } from '../../app/i18n.ts';
import { isTyping } from '../../app/shortcuts.ts';
import { classNames } from '../../ui/index.ts';
import { editingOf } from './decide.ts';
import { choose, DifferenceRow } from './difference-row.tsx';
import styles from './differences.module.css';

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
}: {
  readonly items: readonly Difference[];
  readonly words: Words;
  readonly label: string;
  readonly before?: (difference: Difference) => ReactNode;
  /** The first row takes the focus when the list appears, so that keys work at once. */
  readonly takesFocus?: boolean;
}) {
  const t = useT();
  const [at, setAt] = useState(0);
  const [writing, setWriting] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (takesFocus) list.current?.querySelector<HTMLElement>('[data-difference]')?.focus({ preventScroll: true });
  }, [takesFocus]);
  const current = Math.min(at, items.length - 1);
  const move = (to: number): void => {
    const next = Math.max(0, Math.min(items.length - 1, to));
    setAt(next);
    list.current?.querySelectorAll<HTMLElement>('[data-difference]')[next]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const difference = items[current];
    if (!difference) return;
    if (event.code === 'KeyJ' || event.code === 'ArrowDown') move(current + 1);
    else if (event.code === 'KeyK' || event.code === 'ArrowUp') move(current - 1);
    else if (event.code === 'Digit1' || event.code === 'Numpad1') choose(difference, 0, words, t);
    else if (event.code === 'Digit2' || event.code === 'Numpad2') choose(difference, 1, words, t);
    else if ((event.code === 'Digit3' || event.code === 'Numpad3') && editingOf(difference))
      setWriting(differenceKey(difference));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the rows inside, which hold the focus
    <ul ref={list} className={styles.list} aria-label={label} onKeyDown={onKeyDown} data-list tabIndex={-1}>
      {items.map((difference, i) => {
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
              onFocus={() => setAt(i)}
            >
              <DifferenceRow
                difference={difference}
                words={words}
                isWriting={writing === key}
                onWriting={(on) => setWriting(on ? key : null)}
              />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

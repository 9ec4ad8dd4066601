/** Remarks about the file, to be walked with the arrow keys or J and K; the table shows the cell that is meant. */
import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { type TextKey, useT } from '../../app/i18n.ts';
import { problemText } from '../../../shared/i18n/problem-text.ts';
import type { ImportProblem } from '../../../shared/import/views.ts';
import { useNumber } from './format.ts';
import css from './problem-list.module.css';

/** Remarks that are drawn; the rest is counted. */
const SHOWN = 300;
const ICONS = { error: CircleAlert, warning: TriangleAlert, info: Info } as const;
const ORDER = { error: 0, warning: 1, info: 2 } as const;

/** Key events that walk the list on any keyboard layout, as the list's own keys. */
const WALK: Readonly<Record<string, string>> = { KeyJ: 'ArrowDown', KeyK: 'ArrowUp' };

export function ProblemList({
  problems,
  onPoint,
}: {
  readonly problems: readonly ImportProblem[];
  readonly onPoint: (problem: ImportProblem) => void;
}) {
  const t = useT();
  const number = useNumber();
  const [selected, setSelected] = useState<string | null>(null);
  const sorted = problems
    .map((problem, index) => ({ problem, id: String(index) }))
    .sort((a, b) => ORDER[a.problem.severity] - ORDER[b.problem.severity] || a.problem.row - b.problem.row);
  const shown = sorted.slice(0, SHOWN);
  const choose = (id: string | null): void => {
    setSelected(id);
    const found = shown.find((one) => one.id === id);
    if (found) onPoint(found.problem);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const key = event.ctrlKey || event.metaKey || event.altKey ? undefined : WALK[event.code];
    if (!key) return;
    event.preventDefault();
    event.stopPropagation();
    event.target.dispatchEvent(new window.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  };
  return (
    <div onKeyDownCapture={onKeyDown} role="presentation" className={css.wrap}>
      <ListBox
        aria-label={t('importing.problems')}
        className={css.list!}
        selectionMode="single"
        escapeKeyBehavior="none"
        selectionBehavior="replace"
        selectedKeys={selected === null ? [] : [selected]}
        onSelectionChange={(keys) => choose(keys === 'all' ? null : (([...keys][0] as string | undefined) ?? null))}
        items={shown}
        renderEmptyState={() => <p className={css.none}>{t('importing.problemsNone')}</p>}
      >
        {({ id, problem }) => {
          const Icon = ICONS[problem.severity];
          const text = problemText(t, problem);
          const { row, column, line } = problem;
          const key = line === undefined ? 'importing' : 'importing.cards';
          const where =
            row === 0
              ? t('importing.problemAtFile')
              : column
                ? t(`${key}.problemAt`, { row, column, line: line ?? 0 })
                : t(`${key}.problemAtRow`, { row, line: line ?? 0 });
          return (
            <ListBoxItem id={id} textValue={`${where}: ${text}`} className={css.item!} data-severity={problem.severity}>
              <Icon
                size={14}
                role="img"
                aria-label={t(`importing.severity.${problem.severity}` as TextKey)}
                className={css.icon}
              />
              <span className={css.text}>
                <span className={css.where}>{where}</span>
                {text}
              </span>
            </ListBoxItem>
          );
        }}
      </ListBox>
      {sorted.length > SHOWN && (
        <p className={css.none}>
          {t('importing.problemsMore', { count: sorted.length - SHOWN, formatted: number(sorted.length - SHOWN) })}
        </p>
      )}
    </div>
  );
}

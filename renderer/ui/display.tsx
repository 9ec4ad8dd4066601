import { LoaderCircle, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button, ProgressBar as AriaProgressBar } from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './display.module.css';

export type Tone = 'plain' | 'ok' | 'attention' | 'risk' | 'private' | 'accent';

/** A short word with a meaning; colour never stands alone. */
export function Badge({
  children,
  tone = 'plain',
  icon,
}: {
  readonly children: ReactNode;
  readonly tone?: Tone;
  readonly icon?: ReactNode;
}) {
  return (
    <span className={classNames(styles.badge, tone !== 'plain' && styles[tone])}>
      {icon}
      <span>{children}</span>
    </span>
  );
}

/** Tags with a field to add one: Enter or comma adds, Backspace in the empty field removes the last. */
export function TagEditor({
  label,
  tags,
  onAdd,
  onRemove,
  addLabel,
  removeLabel,
  suggestions = [],
}: {
  readonly label: string;
  readonly tags: readonly string[];
  readonly onAdd: (tag: string) => void;
  readonly onRemove: (tag: string) => void;
  readonly addLabel: string;
  readonly removeLabel: (tag: string) => string;
  readonly suggestions?: readonly string[];
}) {
  const [text, setText] = useState('');
  const listId = `tags-${label.replaceAll(/\s+/g, '-')}`;
  const add = (): void => {
    const tag = text.trim();
    setText('');
    if (tag && !tags.includes(tag)) onAdd(tag);
  };
  return (
    <div className={styles.tags} role="group" aria-label={label}>
      {tags.map((tag) => (
        <Badge key={tag}>
          {tag}
          <Button className={styles.tagRemove!} aria-label={removeLabel(tag)} onPress={() => onRemove(tag)}>
            <X size={10} aria-hidden />
          </Button>
        </Badge>
      ))}
      <input
        className={styles.tagInput}
        data-tag-input
        aria-label={addLabel}
        placeholder={addLabel}
        list={suggestions.length > 0 ? listId : undefined}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ',') {
            event.preventDefault();
            add();
          } else if (event.key === 'Backspace' && text === '' && tags.length > 0) {
            onRemove(tags.at(-1)!);
          } else if (event.key === 'Escape' && text) {
            event.stopPropagation();
            setText('');
          }
        }}
        onBlur={add}
      />
      {suggestions.length > 0 && (
        <datalist id={listId}>
          {suggestions
            .filter((tag) => !tags.includes(tag))
            .map((tag) => (
              <option key={tag} value={tag} />
            ))}
        </datalist>
      )}
    </div>
  );
}

/** What to say and do where there is nothing yet. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
}: {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      {icon}
      <p className={styles.emptyTitle}>{title}</p>
      {children && <div>{children}</div>}
      {actions && <div className={styles.emptyActions}>{actions}</div>}
    </div>
  );
}

/** How far long work is; without `value` it only shows that it goes on. `note` stands on the right: rate, time left. */
export function ProgressBar({
  label,
  value,
  max = 100,
  note,
}: {
  readonly label: string;
  readonly value?: number | undefined;
  readonly max?: number;
  readonly note?: string;
}) {
  return (
    <AriaProgressBar
      aria-label={label}
      {...(value === undefined ? { isIndeterminate: true } : { value, maxValue: max })}
      className={styles.progress!}
    >
      {({ percentage, isIndeterminate }) => (
        <>
          <div className={styles.progressHead}>
            <span>{label}</span>
            {note && <span>{note}</span>}
          </div>
          <div className={styles.progressTrack}>
            <div
              className={classNames(styles.progressFill, isIndeterminate && styles.indeterminate)}
              style={isIndeterminate ? {} : { width: `${percentage ?? 0}%` }}
            />
          </div>
        </>
      )}
    </AriaProgressBar>
  );
}

/** Turns while something short is under way. */
export function Spinner({ label }: { readonly label: string }) {
  return <LoaderCircle size={16} className={styles.spinner} role="img" aria-label={label} />;
}

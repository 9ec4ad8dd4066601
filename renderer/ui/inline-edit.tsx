import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { classNames } from './class-names.ts';
import styles from './inline-edit.module.css';

export interface InlineEditProps {
  readonly label: string;
  readonly value: string;
  /** Called with the trimmed text when it differs. */
  readonly onCommit: (value: string) => void;
  /** Shown in place of the value when not edited, e.g. a formatted date. */
  readonly display?: ReactNode;
  readonly placeholder?: string;
  readonly multiline?: boolean;
  readonly type?: 'text' | 'tel' | 'email' | 'url';
  readonly className?: string;
  /** Begins in editing, e.g. a row that was just added. */
  readonly startEditing?: boolean;
  /** Called when editing ended, with or without a change. */
  readonly onEnd?: () => void;
  readonly suggestions?: readonly string[];
  /** Marks the field that the key E edits. */
  readonly isMain?: boolean;
  /** What is wrong with a text; it then stays in the field, with this sentence below, until it is corrected or taken back. */
  readonly problemOf?: (text: string) => string | undefined;
}

/**
 * Text that is edited where it stands: click, Enter or E begins; Enter or leaving keeps; Esc takes back. A text of several
 * lines is kept by Esc as well: too much is lost by a key that elsewhere only goes one step back, and undo takes it back.
 */
export function InlineEdit({
  label,
  value,
  onCommit,
  display,
  placeholder,
  multiline,
  type = 'text',
  className,
  startEditing = false,
  onEnd,
  suggestions,
  isMain,
  problemOf,
}: InlineEditProps) {
  const [draft, setDraft] = useState<string | null>(startEditing ? value : null);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const problemId = useId();
  const button = useRef<HTMLButtonElement>(null);
  const back = useRef(false);
  const editing = draft !== null;
  useEffect(() => {
    if (editing || !back.current) return;
    back.current = false;
    button.current?.focus();
  }, [editing]);

  const end = (keep: boolean, refocus: boolean): void => {
    if (draft === null) return;
    const text = draft.trim();
    const wrong = keep && text !== value.trim() ? problemOf?.(text) : undefined;
    setProblem(wrong);
    if (wrong !== undefined) return;
    back.current = refocus;
    setDraft(null);
    if (keep && text !== value.trim()) onCommit(text);
    onEnd?.();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      end(multiline === true, true);
    } else if (event.key === 'Enter' && (!multiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      end(true, true);
    }
  };
  if (!editing) {
    return (
      <button
        ref={button}
        type="button"
        className={classNames(styles.shown, !value && styles.empty, className)}
        aria-label={value ? `${label}: ${value}` : `${label}: ${placeholder ?? ''}`}
        data-inline-edit={isMain ? 'main' : ''}
        onClick={() => setDraft(value)}
        onKeyDown={(event) => {
          if (event.code !== 'KeyE' || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          event.stopPropagation();
          setDraft(value);
        }}
      >
        {display ?? (value || placeholder || label)}
      </button>
    );
  }
  const shared = {
    'aria-label': label,
    value: draft,
    autoFocus: true,
    placeholder: placeholder ?? '',
    onBlur: () => end(true, false),
    onKeyDown,
    ...(problem === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': problemId }),
  };
  const said = problem !== undefined && (
    <span id={problemId} role="alert" className={styles.problem}>
      {problem}
    </span>
  );
  if (multiline) {
    return (
      <>
        <textarea
          {...shared}
          rows={3}
          className={classNames(styles.input, styles.area, className)}
          onChange={(event) => setDraft(event.target.value)}
        />
        {said}
      </>
    );
  }
  const listId = suggestions?.length ? `suggestions-${label.replaceAll(/\s+/g, '-')}` : undefined;
  return (
    <>
      <input
        {...shared}
        type={type}
        list={listId}
        className={classNames(styles.input, className)}
        onChange={(event) => setDraft(event.target.value)}
      />
      {listId && (
        <datalist id={listId}>
          {suggestions?.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
      )}
      {said}
    </>
  );
}

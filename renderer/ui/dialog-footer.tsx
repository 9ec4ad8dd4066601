import type { ReactNode, RefObject } from 'react';
import { Button } from './button.tsx';
import styles from './overlays.module.css';

export interface DialogFooterProps {
  readonly cancelLabel: string;
  readonly onCancel: () => void;
  /** What the window is for, in a verb. */
  readonly label: string;
  /** Absent when the button submits `form`. */
  readonly onPress?: () => void;
  /** Id of the form in the window that the button submits. */
  readonly form?: string;
  /** `danger` for what cannot be undone. */
  readonly tone?: 'primary' | 'danger';
  readonly isDisabled?: boolean;
  readonly isPending?: boolean;
  readonly autoFocus?: boolean;
  /** Around the main button, e.g. to give it the focus later. */
  readonly mainFrame?: RefObject<HTMLSpanElement | null>;
  /** Id of what says why the button is disabled. */
  readonly describedBy?: string;
  /** Stands on the left: a file name, what is still lacking. */
  readonly children?: ReactNode;
}

/** The two buttons of every window that asks something: out of it, and what it is for, last. */
export function DialogFooter({
  cancelLabel,
  onCancel,
  label,
  onPress,
  form,
  tone = 'primary',
  isDisabled = false,
  isPending = false,
  autoFocus = false,
  mainFrame,
  describedBy,
  children,
}: DialogFooterProps) {
  return (
    <>
      <div className={styles.footNote}>{children}</div>
      <Button onPress={onCancel}>{cancelLabel}</Button>
      <span ref={mainFrame}>
        <Button
          variant={tone}
          isDisabled={isDisabled}
          isPending={isPending}
          autoFocus={autoFocus}
          {...(onPress ? { onPress } : {})}
          {...(form === undefined ? {} : { type: 'submit' as const, form })}
          {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
        >
          {label}
        </Button>
      </span>
    </>
  );
}

import { X } from 'lucide-react';
import { useEffect } from 'react';
import { create } from 'zustand';
import { classNames } from './class-names.ts';
import styles from './overlays.module.css';

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}
export interface ToastMessage {
  readonly text: string;
  readonly tone?: 'plain' | 'error';
  /** The first is the main one, e.g. undo. */
  readonly actions?: readonly ToastAction[];
  /** Milliseconds; errors stay until closed. */
  readonly stay?: number;
}
interface Shown extends ToastMessage {
  readonly id: number;
}

const STAY = 7000;
const AT_MOST = 3;
let lastId = 0;

const useToasts = create<{ readonly shown: readonly Shown[] }>(() => ({ shown: [] }));
const close = (id: number): void => useToasts.setState(({ shown }) => ({ shown: shown.filter((t) => t.id !== id) }));

/** Says something for a few seconds in the corner; `action` is offered as a button. Returns a function that takes it away. */
export function notify(message: ToastMessage & { readonly action?: ToastAction }): () => void {
  lastId += 1;
  const id = lastId;
  const { action, ...rest } = message;
  const actions = [...(action ? [action] : []), ...(message.actions ?? [])];
  // An error that stands there already says nothing new by standing there twice.
  const isSame = (one: Shown): boolean => rest.tone === 'error' && one.tone === 'error' && one.text === rest.text;
  useToasts.setState(({ shown }) => ({
    shown: [...shown.filter((one) => !isSame(one)), { ...rest, actions, id }].slice(-AT_MOST),
  }));
  return () => close(id);
}

/** Takes every message away: at locking, since they may name records. */
export const clearNotices = (): void => useToasts.setState({ shown: [] });

function Toast({ toast, closeLabel }: { readonly toast: Shown; readonly closeLabel: string }) {
  const isError = toast.tone === 'error';
  useEffect(() => {
    if (isError) return undefined;
    const timer = setTimeout(() => close(toast.id), toast.stay ?? STAY);
    return () => clearTimeout(timer);
  }, [toast.id, toast.stay, isError]);
  return (
    <li className={classNames(styles.toast, isError && styles.toastError)}>
      <span className={styles.toastText}>{toast.text}</span>
      {toast.actions?.map((action) => (
        <button
          key={action.label}
          type="button"
          className={styles.toastButton}
          onClick={() => {
            close(toast.id);
            action.run();
          }}
        >
          {action.label}
        </button>
      ))}
      <button type="button" className={styles.toastClose} aria-label={closeLabel} onClick={() => close(toast.id)}>
        <X size={14} aria-hidden />
      </button>
    </li>
  );
}

/** Where toasts appear; mounted once. Read aloud as they come. */
export function ToastRegion({ label, closeLabel }: { readonly label: string; readonly closeLabel: string }) {
  const shown = useToasts((state) => state.shown);
  return (
    <section
      aria-label={label}
      aria-live="polite"
      aria-relevant="additions text"
      className={styles.toasts}
      // Above open windows, too: what happened in one is undone from here.
      data-react-aria-top-layer="true"
    >
      <ol>
        {shown.map((toast) => (
          <Toast key={toast.id} toast={toast} closeLabel={closeLabel} />
        ))}
      </ol>
    </section>
  );
}

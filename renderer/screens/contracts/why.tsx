import { CircleHelp, Copy } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { Reason } from '../../../shared/contract-dates/reason.ts';
import { createExplainer } from '../../../shared/contract-dates/explain.ts';
import { i18n, useLanguage, useT } from '../../app/i18n.ts';
import { useAction } from '../../app/shortcuts.ts';
import { Kbd, notify } from '../../ui/index.ts';
import styles from './contract.module.css';

export const WHY = 'KeyW';

/** «Why this date»: the derivation, step by step. Opens by click, by its key, and when the button gets the focus. */
export function Why({ because, heading }: { readonly because: readonly Reason[]; readonly heading: string }) {
  const t = useT();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const wrap = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  /** The focus comes back to the button because the panel was closed: it stays closed. */
  const returning = useRef(false);
  const panel = useId();
  const explainer = createExplainer(language, i18n.t);
  const steps = because.map((reason) => explainer.reason(reason));
  useAction({
    id: 'contract-why',
    label: 'contracts.why.action',
    group: 'record',
    shortcut: WHY,
    run: () => {
      if (open) setOpen(false);
      else button.current?.focus();
      setOpen(!open);
    },
  });
  useEffect(() => {
    if (!open) return undefined;
    const outside = (event: Event): void => {
      if (event.target instanceof Node && !wrap.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);
  const copy = (): void => {
    void navigator.clipboard
      .writeText([heading, ...steps].filter(Boolean).join('\n'))
      .then(() => notify({ text: t('common.copied'), stay: 2500 }));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes the panel from anything inside it
    <div
      ref={wrap}
      className={styles.why}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.preventDefault();
        event.stopPropagation();
        setOpen(false);
        returning.current = true;
        button.current?.focus();
        returning.current = false;
      }}
    >
      <button
        ref={button}
        type="button"
        className={styles.whyButton}
        aria-expanded={open}
        aria-controls={panel}
        onClick={() => setOpen(!open)}
        onFocus={(event) => {
          if (!returning.current && event.currentTarget.matches(':focus-visible')) setOpen(true);
        }}
      >
        <CircleHelp size={14} aria-hidden />
        {t('contracts.why.title')}
        <Kbd shortcut={WHY} />
      </button>
      {/* Focusable by a click only, so that its text can be selected without losing the focus of the panel. */}
      <div
        id={panel}
        hidden={!open}
        tabIndex={-1}
        role="region"
        aria-label={t('contracts.why.title')}
        className={styles.whyPanel}
      >
        <ol className={styles.whySteps}>
          {steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps are an order, not things
            <li key={index}>{step}</li>
          ))}
        </ol>
        <button type="button" className={styles.whyCopy} onClick={copy}>
          <Copy size={14} aria-hidden />
          {t('contracts.why.copy')}
        </button>
      </div>
    </div>
  );
}

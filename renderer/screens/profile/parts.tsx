import type { ReactNode } from 'react';
import { classNames } from '../../ui/index.ts';
import styles from './profile.module.css';

/** A heading with what belongs under it. */
export function Section({
  title,
  count,
  actions,
  children,
}: {
  readonly title: string;
  readonly count?: number | undefined;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.sectionHead}>
        <h2 className={styles.sectionTitle}>{title}</h2>
        {count ? <span className={styles.sectionCount}>{count}</span> : null}
        <span className={styles.sectionGap} />
        {actions}
      </div>
      {children}
    </section>
  );
}

export interface FactEntry {
  readonly label: string;
  readonly value: ReactNode;
  readonly hint?: string;
  readonly tone?: 'plain' | 'risk' | 'attention' | 'quiet';
}

/** The few facts one wants before anything else. */
export function Facts({ facts }: { readonly facts: readonly FactEntry[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map((fact) => (
        <div key={fact.label} className={styles.fact}>
          <dt className={styles.factLabel}>{fact.label}</dt>
          <dd
            title={fact.hint}
            className={classNames(
              styles.factValue,
              fact.tone === 'risk' && styles.factRisk,
              fact.tone === 'attention' && styles.factAttention,
              fact.tone === 'quiet' && styles.factQuiet,
            )}
          >
            {fact.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A label on the left, a value on the right. */
export function Field({
  label,
  children,
  end,
}: {
  readonly label: ReactNode;
  readonly children: ReactNode;
  /** Small buttons that appear when the line is pointed at or focused. */
  readonly end?: ReactNode;
}) {
  return (
    <>
      <div className={styles.fieldLabel}>{label}</div>
      <div className={styles.fieldValue}>
        {children}
        {end && <span className={styles.reveal}>{end}</span>}
      </div>
    </>
  );
}

/** Words that open a record. */
export function RecordLink({
  children,
  onOpen,
  isMain,
}: {
  readonly children: ReactNode;
  readonly onOpen: () => void;
  readonly isMain?: boolean;
}) {
  return (
    <button type="button" className={classNames(styles.link, isMain && styles.linkMain)} onClick={onOpen}>
      {children}
    </button>
  );
}

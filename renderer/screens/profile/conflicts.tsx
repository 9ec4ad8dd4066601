import { useRef } from 'react';
import type { Conflict } from '../../../shared/change/types.ts';
import { useT } from '../../app/i18n.ts';
import styles from '../differences/differences.module.css';
import { DifferenceList } from '../differences/record-differences.tsx';
import { useDifferences, useWords } from '../differences/use-differences.ts';

/** Fields of a record that people changed at once: the values with their authors, and a choice. */
export function Conflicts({ conflicts }: { readonly conflicts: readonly Conflict[] }) {
  const open = conflicts.find((conflict) => conflict.open);
  // The place of the differences stays when the last one is decided, so that the keys go on from there.
  const place = useRef<HTMLDivElement>(null);
  return (
    <div ref={place} className={styles.place} tabIndex={-1}>
      {open && <OfRecord record={open.record} onGone={() => place.current?.focus({ preventScroll: true })} />}
    </div>
  );
}

const NO_NAMES: Readonly<Record<string, string>> = {};

function OfRecord({ record, onGone }: { readonly record: string; readonly onGone: () => void }) {
  const t = useT();
  const { value } = useDifferences(record);
  const words = useWords(value?.names ?? NO_NAMES);
  const items = value?.items.filter((one) => one.open) ?? [];
  if (items.length === 0) return null;
  return (
    <section className={styles.inProfile} aria-label={t('differences.title')}>
      <DifferenceList items={items} words={words} label={t('differences.title')} onGone={onGone} />
    </section>
  );
}

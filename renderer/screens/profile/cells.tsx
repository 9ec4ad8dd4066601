import type { ReactNode } from 'react';
import { Badge } from '../../ui/index.ts';
import { RecordMark } from '../sync/record-mark.tsx';
import styles from './cells.module.css';

/** The main words of a row, and quieter ones after them; for a record's row also its sign of what waits or differs. */
export function MainCell({
  main,
  more,
  record,
}: {
  readonly main: ReactNode;
  readonly more?: ReactNode;
  readonly record?: { readonly id: string; readonly conflicts?: number };
}) {
  return (
    <span className={styles.line}>
      <span className={styles.lead}>
        <span className={styles.main}>{main}</span>
        {record && <RecordMark id={record.id} conflicts={record.conflicts ?? 0} />}
      </span>
      {more && <span className={styles.more}>{more}</span>}
    </span>
  );
}

/** A number that is only worth showing above zero. */
export function CountCell({ count }: { readonly count: number }) {
  return count > 0 ? <Badge>{count}</Badge> : null;
}

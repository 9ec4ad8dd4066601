import type { ReactNode } from 'react';
import { Badge } from '../../ui/index.ts';
import styles from './cells.module.css';

/** The main words of a row, and quieter ones after them. */
export function MainCell({ main, more }: { readonly main: ReactNode; readonly more?: ReactNode }) {
  return (
    <>
      <span className={styles.main}>{main}</span>
      {more && <span className={styles.more}>{more}</span>}
    </>
  );
}

/** A number that is only worth showing above zero. */
export function CountCell({ count }: { readonly count: number }) {
  return count > 0 ? <Badge>{count}</Badge> : null;
}

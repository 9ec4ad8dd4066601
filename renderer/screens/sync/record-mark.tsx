import { CircleAlert, CloudUpload, GitMerge } from 'lucide-react';
import { useT } from '../../app/i18n.ts';
import { useSync } from '../../app/sync.ts';
import { classNames } from '../../ui/index.ts';
import styles from './sync.module.css';

/** A small sign beside a record's name: a difference, a change that was not taken, one that waits. Mostly nothing. */
export function RecordMark({ id, conflicts = 0 }: { readonly id: string; readonly conflicts?: number }) {
  const t = useT();
  const mark = useSync((state) => state.marks.get(id));
  const sign = conflicts > 0 ? 'differs' : mark;
  if (!sign) return null;
  const Icon = sign === 'differs' ? GitMerge : sign === 'refused' ? CircleAlert : CloudUpload;
  const label = t(`sync.mark.${sign}`);
  return (
    <span
      className={classNames(styles.mark, sign !== 'waits' && styles.attention)}
      title={label}
      role="img"
      aria-label={label}
    >
      <Icon size={13} aria-hidden />
    </span>
  );
}

import type { Conflict } from '../../../shared/change/types.ts';
import { commit } from '../../app/commit.ts';
import { useT } from '../../app/i18n.ts';
import { Button } from '../../ui/index.ts';
import { fieldWord, valueWords } from './field-words.ts';
import styles from './profile.module.css';

/** Fields that two people changed at once: both values, and a choice. */
export function Conflicts({ conflicts }: { readonly conflicts: readonly Conflict[] }) {
  const t = useT();
  return conflicts
    .filter((conflict) => conflict.field !== '$deleted')
    .map((conflict) => (
      <div key={conflict.field} className={styles.conflict} role="group" aria-label={fieldWord(conflict.field)}>
        <span className={styles.conflictText}>{t('profile.conflict', { field: fieldWord(conflict.field) })}</span>
        {[conflict.shown, ...conflict.others].map((head) => (
          <Button
            key={head.id}
            size="small"
            onPress={() =>
              void commit({
                kind: 'edit',
                changes: [{ type: conflict.type, record: conflict.record, field: conflict.field, value: head.value }],
              })
            }
          >
            {valueWords(conflict.field, head.value)}
          </Button>
        ))}
      </div>
    ));
}

import { useT } from '../../app/i18n.ts';
import { type ActionGroup, useActions, visibleActions } from '../../app/shortcuts.ts';
import { Dialog, Kbd } from '../../ui/index.ts';
import styles from './shell.module.css';

const GROUPS: readonly ActionGroup[] = ['go', 'create', 'record', 'app'];
/** Keys that lists and fields understand by themselves. */
const BUILT_IN = [
  ['KeyJ', 'shell.keyDown'],
  ['KeyK', 'shell.keyUp'],
  ['Enter', 'shell.keyOpen'],
  ['Escape', 'shell.keyBack'],
  ['$mod+Enter', 'shell.keyDone'],
  ['Shift+A', 'shell.keyTypeAhead'],
] as const;

/** Every key that works here and now. */
export function KeysSheet({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const t = useT();
  const actions = visibleActions(useActions((state) => state.actions)).filter((action) => action.shortcut);
  return (
    <Dialog title={t('shell.keys')} isOpen={isOpen} onClose={onClose} closeLabel={t('common.close')} size="wide">
      <div className={styles.keysGrid}>
        <section className={styles.keysGroup}>
          <h3>{t('shell.keysLists')}</h3>
          {BUILT_IN.map(([key, label]) => (
            <div key={key} className={styles.keyLine}>
              <span>{t(label)}</span>
              <Kbd shortcut={key} />
            </div>
          ))}
        </section>
        {GROUPS.map((group) => {
          const own = actions.filter((action) => action.group === group);
          return own.length === 0 ? null : (
            <section key={group} className={styles.keysGroup}>
              <h3>{t(`shell.group.${group}`)}</h3>
              {own.map((action) => (
                <div key={action.id} className={styles.keyLine}>
                  <span>{t(action.label)}</span>
                  <Kbd shortcut={action.shortcut!} />
                </div>
              ))}
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}

import styles from './display.module.css';
import { shortcutKeys } from './shortcut-text.ts';

/** Keys of a shortcut in tinykeys form, drawn as key caps. */
export function Kbd({ shortcut }: { readonly shortcut: string }) {
  return (
    <span className={styles.keys}>
      {shortcutKeys(shortcut).map((key) => (
        <kbd key={key} className={styles.kbd}>
          {key}
        </kbd>
      ))}
    </span>
  );
}

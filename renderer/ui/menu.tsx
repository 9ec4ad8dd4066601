import type { ReactElement, ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import styles from './overlays.module.css';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly shortcut?: string | undefined;
  readonly isDisabled?: boolean;
  readonly isDanger?: boolean;
  /** A line above this entry. */
  readonly startsGroup?: boolean;
  readonly run: () => void;
}

/** Actions behind a button. */
export function Menu({
  trigger,
  label,
  entries,
  isOpen,
  onOpenChange,
}: {
  /** A kit button. */
  readonly trigger: ReactElement;
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly isOpen?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}) {
  return (
    <MenuTrigger {...(isOpen === undefined ? {} : { isOpen })} {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger}
      <Popover className={styles.popover!} offset={4} placement="bottom end">
        <AriaMenu
          aria-label={label}
          className={styles.list!}
          onAction={(key) => entries.find((entry) => entry.id === key)?.run()}
        >
          {entries.flatMap((entry) => [
            ...(entry.startsGroup ? [<Separator key={`${entry.id}-line`} className={styles.separator!} />] : []),
            <MenuItem
              key={entry.id}
              id={entry.id}
              textValue={entry.label}
              isDisabled={entry.isDisabled ?? false}
              className={classNames(styles.item, entry.isDanger && styles.dangerItem)}
            >
              {entry.icon}
              <span className={styles.itemText}>{entry.label}</span>
              {entry.shortcut && <Kbd shortcut={entry.shortcut} />}
            </MenuItem>,
          ])}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

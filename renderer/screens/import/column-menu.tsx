/** Choice of what a column is: a search field over all fields by group. */
import { Check } from 'lucide-react';
import type { RefObject } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Popover,
  SearchField,
} from 'react-aria-components';
import { type TextKey, useT } from '../../app/i18n.ts';
import { afterChoice } from '../../ui/after-choice.ts';
import { searchKey } from '../../../shared/text/search-key.ts';
import { fieldName } from './field-name.ts';
import css from './column-menu.module.css';

interface Props {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly header: string;
  readonly field: string;
  readonly targets: readonly { readonly field: string; readonly group: string }[];
  readonly onTarget: (field: string) => void;
  readonly onClose: () => void;
}

/** Element keys may not be empty. */
const SKIP = '(skip)';
/** The list scrolls, so it must be reachable without a pointer, also while the search field keeps the focus. */
const scrollable = (menu: HTMLElement | null): void => {
  if (menu) menu.tabIndex = 0;
};
const APART: ReadonlySet<string> = new Set(['extra', 'ignored']);

export function ColumnMenu({ anchor, header, field, targets, onTarget, onClose }: Props) {
  const t = useT();
  const current = field.split('#')[0] ?? '';
  const groups = [...new Set(targets.map(({ group }) => group))];
  const item = (key: string, name: string) => (
    <MenuItem key={key} id={key} textValue={name} className={css.item!}>
      <span className={css.check}>{key === (current || SKIP) && <Check size={14} aria-hidden />}</span>
      {name}
    </MenuItem>
  );
  return (
    <Popover
      triggerRef={anchor}
      isOpen
      placement="bottom start"
      className={css.popover!}
      onOpenChange={(open) => !open && onClose()}
    >
      <Dialog aria-label={t('importing.columnMenu', { header })} className={css.dialog!}>
        <Autocomplete filter={(text, typed) => searchKey(text).includes(searchKey(typed))}>
          <SearchField aria-label={t('importing.findField')} className={css.search!} autoFocus>
            <Input placeholder={t('importing.findField')} className={css.input!} />
          </SearchField>
          <Menu
            ref={scrollable}
            aria-label={t('importing.columnMenu', { header })}
            className={css.menu!}
            onAction={(key) => {
              onTarget(key === SKIP ? '' : String(key));
              afterChoice(onClose);
            }}
          >
            {item(SKIP, t('importing.skip'))}
            {item('extra', t('importing.keep'))}
            {groups.map((group) => (
              <MenuSection key={group}>
                <Header className={css.group!}>{t(`importing.groups.${group}` as TextKey)}</Header>
                {targets
                  .filter((target) => target.group === group && !APART.has(target.field))
                  .map((target) => item(target.field, fieldName(t, target.field)))}
              </MenuSection>
            ))}
          </Menu>
        </Autocomplete>
      </Dialog>
    </Popover>
  );
}

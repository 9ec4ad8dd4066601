/** Keys and menu entries that move a line of an ordered list. */
import type { KeyboardEvent } from 'react';
import type { Translate } from '../../../app/i18n.ts';
import type { MenuEntry } from '../../../ui/index.ts';
import { type ContractSet, moveElement } from './changes.ts';

type Items = readonly (readonly [string, { readonly order: number }])[];

/** Alt and an arrow move the line; the focus stays in it. */
export const moveKeys =
  (contract: string, set: ContractSet, items: Items, key: string) =>
  (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    moveElement(contract, set, items, key, event.key === 'ArrowUp' ? -1 : 1);
  };

/** «Выше», «Ниже». */
export const moveEntries = (
  t: Translate,
  contract: string,
  set: ContractSet,
  items: Items,
  key: string,
): readonly MenuEntry[] => [
  {
    id: 'up',
    label: t('contractSections.up'),
    shortcut: 'Alt+ArrowUp',
    isDisabled: items[0]?.[0] === key,
    run: () => moveElement(contract, set, items, key, -1),
  },
  {
    id: 'down',
    label: t('contractSections.down'),
    shortcut: 'Alt+ArrowDown',
    isDisabled: items.at(-1)?.[0] === key,
    run: () => moveElement(contract, set, items, key, 1),
  },
];

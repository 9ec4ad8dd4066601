import { ChevronDown, Plus } from 'lucide-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import {
  Button,
  ComboBox as AriaComboBox,
  Group,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
} from 'react-aria-components';
import { switchLayout } from '../../shared/text/keyboard-layout.ts';
import { searchKey } from '../../shared/text/search-key.ts';
import { classNames } from './class-names.ts';
import styles from './controls.module.css';
import overlay from './overlays.module.css';
import type { Option } from './select.tsx';

const SHOWN = 60;
const CREATE = '\u0000create';

/**
 * The options that match what was typed: those that begin with it first; at most 60, whatever the size of the list. When
 * there is none, what was typed is read as the same keys on the other keyboard layout.
 */
export function matchOptions(options: readonly Option[], typed: string): readonly Option[] {
  const found = withWords(options, typed);
  return found.length > 0 ? found : withWords(options, switchLayout(typed));
}

function withWords(options: readonly Option[], typed: string): readonly Option[] {
  const words = searchKey(typed).split(' ').filter(Boolean);
  if (words.length === 0) return options.slice(0, SHOWN);
  const first: Option[] = [];
  const later: Option[] = [];
  for (const option of options) {
    const key = searchKey(option.hint ? `${option.label} ${option.hint}` : option.label);
    if (!words.every((word) => key.includes(word))) continue;
    if (key.startsWith(words[0]!)) first.push(option);
    else if (later.length < SHOWN) later.push(option);
    if (first.length >= SHOWN) break;
  }
  return [...first, ...later].slice(0, SHOWN);
}

export interface ComboBoxProps {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly options: readonly Option[];
  /** Id of the chosen option; null when none is. */
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
  /** Given, what was typed can be made into a new record; `createLabel` says so: «Создать „{text}“». */
  readonly onCreate?: (text: string) => void;
  readonly createLabel?: (text: string) => string;
  readonly noMatch: string;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  readonly isDisabled?: boolean;
  /** Empties the field after each choice: for adding several one after another. */
  readonly clearOnSelect?: boolean;
  readonly className?: string;
}

/** One of many, found by typing: people, organisations. */
export function ComboBox({
  label,
  hideLabel,
  options,
  value,
  onChange,
  onCreate,
  createLabel,
  noMatch,
  placeholder,
  autoFocus,
  isDisabled,
  clearOnSelect,
  className,
}: ComboBoxProps) {
  const chosen = value === null ? undefined : options.find((o) => o.id === value);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? chosen?.label ?? '';
  const items = useMemo(() => {
    const found = matchOptions(options, typed ?? '');
    const wanted = typed?.trim() ?? '';
    if (!onCreate || !wanted || found.some((o) => searchKey(o.label) === searchKey(wanted))) return found;
    return [...found, { id: CREATE, label: createLabel?.(wanted) ?? wanted }];
  }, [options, typed, onCreate, createLabel]);
  /** A name typed in full counts as chosen; anything else typed but not chosen is taken back. */
  const leave = (): void => {
    const wanted = searchKey(typed ?? '').trim();
    const exact =
      wanted && wanted !== searchKey(chosen?.label ?? '') ? options.filter((o) => searchKey(o.label) === wanted) : [];
    setTyped(null);
    if (exact.length === 1) onChange(exact[0]!.id);
  };
  const take = (key: string): void => {
    const wanted = typed?.trim() ?? '';
    setTyped(clearOnSelect ? '' : null);
    if (key === CREATE) onCreate?.(wanted);
    else onChange(key);
  };
  /** Enter takes the first match of what was typed; with the arrows another one. */
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const [first] = items;
    const isOpen = event.currentTarget.getAttribute('aria-expanded') === 'true';
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || !isOpen || !first) return;
    if (!typed?.trim() || typed === chosen?.label || event.currentTarget.getAttribute('aria-activedescendant')) return;
    event.preventDefault();
    event.stopPropagation();
    take(first.id);
  };
  return (
    <AriaComboBox
      className={classNames(styles.field, className)}
      items={items}
      inputValue={text}
      onInputChange={setTyped}
      value={clearOnSelect ? null : value}
      onChange={(key) => {
        if (key === null) {
          if (typed !== null && !typed.trim() && value !== null) onChange(null);
          return;
        }
        take(String(key));
      }}
      onBlur={leave}
      onOpenChange={(open) => {
        if (open && typed === null) setTyped(text);
      }}
      defaultFilter={() => true}
      allowsEmptyCollection
      menuTrigger="focus"
      isDisabled={isDisabled ?? false}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label className={styles.label!}>{label}</Label>}
      <Group className={styles.group!}>
        <Input {...(placeholder ? { placeholder } : {})} autoFocus={autoFocus ?? false} onKeyDownCapture={onKeyDown} />
        <Button className={styles.chevron!}>
          <ChevronDown size={14} aria-hidden />
        </Button>
      </Group>
      <Popover className={overlay.popover!} offset={4}>
        <ListBox<Option>
          className={overlay.list!}
          renderEmptyState={() => <div className={overlay.noItems}>{noMatch}</div>}
        >
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={overlay.item!}>
              {option.id === CREATE && <Plus size={14} aria-hidden />}
              <span className={overlay.itemText}>{option.label}</span>
              {option.hint && <span className={overlay.itemHint}>{option.hint}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}

import { Check, ChevronDown } from 'lucide-react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './controls.module.css';
import overlay from './overlays.module.css';

export interface Option<K extends string = string> {
  readonly id: K;
  readonly label: string;
  /** Said beside the label, quieter. */
  readonly hint?: string | undefined;
}
export interface SelectProps<K extends string> {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly options: readonly Option<K>[];
  readonly value: K | null;
  readonly onChange: (value: K) => void;
  readonly placeholder?: string;
  /** Without a border until hovered: for filter bars and tables. */
  readonly quiet?: boolean;
  readonly isDisabled?: boolean;
  readonly className?: string;
}

/** One of a few. */
export function Select<K extends string>({
  label,
  hideLabel,
  options,
  value,
  onChange,
  placeholder,
  quiet,
  isDisabled,
  className,
}: SelectProps<K>) {
  return (
    <AriaSelect
      className={classNames(styles.field, className)}
      value={value}
      onChange={(key) => {
        if (key !== null) onChange(String(key) as K);
      }}
      placeholder={placeholder ?? label}
      isDisabled={isDisabled ?? false}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label className={styles.label!}>{label}</Label>}
      <Button className={classNames(styles.selectButton, quiet && styles.quietSelect)}>
        <SelectValue>{({ selectedText, defaultChildren }) => selectedText || defaultChildren}</SelectValue>
        <ChevronDown size={14} aria-hidden />
      </Button>
      <Popover className={overlay.popover!} offset={4}>
        <ListBox items={options} className={overlay.list!}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={overlay.item!}>
              {({ isSelected }) => (
                <>
                  <span className={overlay.itemText}>{option.label}</span>
                  {option.hint && <span className={overlay.itemHint}>{option.hint}</span>}
                  {isSelected && <Check size={14} aria-hidden />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

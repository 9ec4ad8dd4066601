import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  type CheckboxProps as AriaCheckboxProps,
  Label,
  Radio,
  RadioGroup as AriaRadioGroup,
  Switch as AriaSwitch,
} from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './controls.module.css';
import type { Option } from './select.tsx';

export interface CheckboxProps extends Omit<AriaCheckboxProps, 'children' | 'className' | 'style'> {
  /** Without children the label is only read aloud. */
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly children?: ReactNode;
}

/** A box to tick. */
export function Checkbox({ label, hideLabel, children, ...props }: CheckboxProps) {
  return (
    <AriaCheckbox {...props} className={styles.check!} {...(hideLabel ? { 'aria-label': label } : {})}>
      {({ isIndeterminate }) => (
        <>
          <span className={styles.box} aria-hidden>
            {isIndeterminate ? <Minus size={12} strokeWidth={3} /> : <Check size={12} strokeWidth={3} />}
          </span>
          {!hideLabel && (children ?? label)}
        </>
      )}
    </AriaCheckbox>
  );
}

/** On or off, at once. */
export function Switch({
  label,
  value,
  onChange,
  isDisabled,
}: {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
  readonly isDisabled?: boolean;
}) {
  return (
    <AriaSwitch className={styles.check!} isSelected={value} onChange={onChange} isDisabled={isDisabled ?? false}>
      <span className={styles.track} aria-hidden />
      {label}
    </AriaSwitch>
  );
}

export interface RadioGroupProps<K extends string> {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly options: readonly Option<K>[];
  readonly value: K | null;
  readonly onChange: (value: K) => void;
  readonly isDisabled?: boolean;
  readonly className?: string;
}

/** One of a few, all of them visible, one below the other. */
export function RadioGroup<K extends string>({
  label,
  hideLabel,
  options,
  value,
  onChange,
  isDisabled,
  className,
}: RadioGroupProps<K>) {
  return (
    <AriaRadioGroup
      className={classNames(styles.field, className)}
      value={value}
      onChange={(key) => onChange(key as K)}
      isDisabled={isDisabled ?? false}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label className={styles.label!}>{label}</Label>}
      <div className={styles.radios}>
        {options.map((option) => (
          <Radio key={option.id} value={option.id} className={styles.check!}>
            <span className={classNames(styles.box, styles.round)} aria-hidden>
              <span className={styles.dot} />
            </span>
            <span>
              {option.label}
              {option.hint && <span className={styles.radioHint}>{option.hint}</span>}
            </span>
          </Radio>
        ))}
      </div>
    </AriaRadioGroup>
  );
}

/** One of a few, side by side. */
export function Segmented<K extends string>({
  label,
  hideLabel,
  options,
  value,
  onChange,
  isDisabled,
  className,
}: RadioGroupProps<K>) {
  return (
    <AriaRadioGroup
      className={classNames(styles.field, className)}
      orientation="horizontal"
      value={value}
      onChange={(key) => onChange(key as K)}
      isDisabled={isDisabled ?? false}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label className={styles.label!}>{label}</Label>}
      <div className={styles.segments}>
        {options.map((option) => (
          <Radio key={option.id} value={option.id} className={styles.segment!}>
            {option.label}
          </Radio>
        ))}
      </div>
    </AriaRadioGroup>
  );
}

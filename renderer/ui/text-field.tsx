import { Search, X } from 'lucide-react';
import type { RefObject } from 'react';
import {
  Button,
  FieldError,
  Group,
  Input,
  Label,
  SearchField as AriaSearchField,
  Text,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './controls.module.css';

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'children' | 'className' | 'style'> {
  readonly label: string;
  /** The label is read aloud but not shown. */
  readonly hideLabel?: boolean;
  readonly description?: string | undefined;
  readonly error?: string | undefined;
  readonly placeholder?: string;
  readonly className?: string;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
}

/** One line of text with its label. */
export function TextField({
  label,
  hideLabel,
  description,
  error,
  placeholder,
  className,
  inputRef,
  ...props
}: TextFieldProps) {
  return (
    <AriaTextField
      {...props}
      isInvalid={Boolean(error)}
      // A field that is said to be wrong must not keep its form from being sent again.
      validationBehavior="aria"
      className={classNames(styles.field, className)}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label className={styles.label!}>{label}</Label>}
      <Input
        className={styles.input!}
        {...(placeholder ? { placeholder } : {})}
        {...(inputRef ? { ref: inputRef } : {})}
      />
      {description && (
        <Text slot="description" className={styles.description!}>
          {description}
        </Text>
      )}
      {error && <FieldError className={styles.error!}>{error}</FieldError>}
    </AriaTextField>
  );
}

export interface TextAreaProps extends Omit<TextFieldProps, 'inputRef' | 'type'> {
  readonly rows?: number;
}

/** Several lines of text with their label. */
export function TextArea({
  label,
  hideLabel,
  description,
  error,
  placeholder,
  className,
  rows = 3,
  ...props
}: TextAreaProps) {
  return (
    <AriaTextField
      {...props}
      isInvalid={Boolean(error)}
      // A field that is said to be wrong must not keep its form from being sent again.
      validationBehavior="aria"
      className={classNames(styles.field, className)}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label className={styles.label!}>{label}</Label>}
      <AriaTextArea
        rows={rows}
        className={classNames(styles.input, styles.area)}
        {...(placeholder ? { placeholder } : {})}
      />
      {description && (
        <Text slot="description" className={styles.description!}>
          {description}
        </Text>
      )}
      {error && <FieldError className={styles.error!}>{error}</FieldError>}
    </AriaTextField>
  );
}

export interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onSubmit?: (value: string) => void;
  readonly placeholder?: string;
  readonly clearLabel: string;
  readonly className?: string;
  readonly autoFocus?: boolean;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
}

/** A field to search or filter with; Esc empties it. */
export function SearchField({ label, placeholder, clearLabel, className, inputRef, ...props }: SearchFieldProps) {
  return (
    <AriaSearchField {...props} aria-label={label} className={classNames(styles.search, className)}>
      {({ isEmpty }) => (
        <Group className={styles.group!}>
          <Search size={14} aria-hidden />
          <Input {...(placeholder ? { placeholder } : {})} {...(inputRef ? { ref: inputRef } : {})} />
          {!isEmpty && (
            <Button className={styles.clear!} aria-label={clearLabel}>
              <X size={12} aria-hidden />
            </Button>
          )}
        </Group>
      )}
    </AriaSearchField>
  );
}

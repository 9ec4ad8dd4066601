import { CalendarDays } from 'lucide-react';
import { useRef, useState } from 'react';
import {
  Button,
  Dialog,
  DialogTrigger,
  FieldError,
  Group,
  Input,
  Label,
  Popover,
  TextField,
} from 'react-aria-components';
import type { PlainDate } from '../../shared/model/records.ts';
import { classNames } from './class-names.ts';
import styles from './controls.module.css';
import { MonthGrid, toCalendar } from './date-field.tsx';
import overlay from './overlays.module.css';

export interface DayFieldProps {
  readonly label: string;
  readonly hideLabel?: boolean;
  /** A plain day, or a text that could not be read as one; empty when nothing is given. */
  readonly value: string;
  /** Called when the field is left or Enter is pressed: with the day, else with the text as it was typed. */
  readonly onChange: (value: string) => void;
  /** Reads a text; null when it is no day. */
  readonly read: (text: string) => PlainDate | null;
  /** A kept value as one types it. */
  readonly show: (value: string) => string;
  readonly calendarLabel: string;
  readonly placeholder?: string;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
  readonly className?: string;
}

/** A day typed as one writes it, or chosen in a month. What cannot be read stays as it was typed. */
export function DayField({
  label,
  hideLabel,
  value,
  onChange,
  read,
  show,
  calendarLabel,
  placeholder,
  error,
  autoFocus,
  className,
}: DayFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const group = useRef<HTMLDivElement>(null);
  const keep = (): void => {
    if (typed === null) return;
    setTyped(null);
    const next = read(typed) ?? typed.trim();
    if (next !== value) onChange(next);
  };
  return (
    <TextField
      className={classNames(styles.field, styles.day, className)}
      value={typed ?? show(value)}
      onChange={setTyped}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
        event.continuePropagation();
      }}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      autoFocus={autoFocus ?? false}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label className={styles.label!}>{label}</Label>}
      <Group className={styles.group!} ref={group} isInvalid={Boolean(error)}>
        <Input {...(placeholder ? { placeholder } : {})} />
        <DialogTrigger isOpen={open} onOpenChange={setOpen}>
          <Button className={styles.chevron!} aria-label={calendarLabel}>
            <CalendarDays size={14} aria-hidden />
          </Button>
          <Popover className={overlay.popover!} offset={4} triggerRef={group}>
            <Dialog className={styles.calendar!} aria-label={calendarLabel}>
              <MonthGrid
                value={toCalendar(value)}
                onChange={(date) => {
                  setTyped(null);
                  setOpen(false);
                  onChange(date.toString());
                }}
                autoFocus
              />
            </Dialog>
          </Popover>
        </DialogTrigger>
      </Group>
      {error && <FieldError className={styles.error!}>{error}</FieldError>}
    </TextField>
  );
}

import { type CalendarDate, parseDate } from '@internationalized/date';
import { CalendarDays, ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useState } from 'react';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Label,
  Popover,
} from 'react-aria-components';
import { isPlainDate } from '../../shared/dates/plain-date.ts';
import type { PlainDate } from '../../shared/model/records.ts';
import { classNames } from './class-names.ts';
import styles from './controls.module.css';
import overlay from './overlays.module.css';

export interface DateFieldProps {
  readonly label: string;
  readonly hideLabel?: boolean;
  /** A plain day; it never becomes an instant. */
  readonly value: PlainDate | null | undefined;
  readonly onChange: (value: PlainDate | null) => void;
  readonly clearLabel: string;
  readonly autoFocus?: boolean;
  readonly isDisabled?: boolean;
  readonly className?: string;
}

export const toCalendar = (value: PlainDate | null | undefined): CalendarDate | null =>
  isPlainDate(value) ? parseDate(value) : null;

/** A month of days to choose from, in a date picker or by itself. */
export function MonthGrid(props: {
  readonly value?: CalendarDate | null;
  readonly onChange?: (value: CalendarDate) => void;
  readonly autoFocus?: boolean;
}) {
  return (
    <Calendar<CalendarDate> {...props}>
      <div className={styles.calendarHead}>
        <Button slot="previous" className={styles.chevron!}>
          <ChevronLeft size={16} aria-hidden />
        </Button>
        <Heading className={styles.calendarTitle!} />
        <Button slot="next" className={styles.chevron!}>
          <ChevronRight size={16} aria-hidden />
        </Button>
      </div>
      <CalendarGrid>
        <CalendarGridHeader>
          {(day) => <CalendarHeaderCell className={styles.calendarHeadCell!}>{day}</CalendarHeaderCell>}
        </CalendarGridHeader>
        <CalendarGridBody>{(date) => <CalendarCell date={date} className={styles.calendarCell!} />}</CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  );
}

/** Years before this one are years that are still being typed: 2, 20, 202, 2026. */
const LEAST_YEAR = 1000;

/** What was typed over a value; it is shown until another value is given. */
interface Typed {
  readonly over: PlainDate | null;
  readonly date: CalendarDate | null;
  readonly isWhole: boolean;
}

/** A day: typed part by part in the order of the language, or chosen in a month. */
export function DateField({
  label,
  hideLabel,
  value,
  onChange,
  clearLabel,
  autoFocus,
  isDisabled,
  className,
}: DateFieldProps) {
  const [typed, setTyped] = useState<Typed | null>(null);
  const given = value ?? null;
  const change = (date: CalendarDate | null): void => {
    const isWhole = !date || date.year >= LEAST_YEAR;
    setTyped({ over: given, date, isWhole });
    if (isWhole) onChange(date ? date.toString() : null);
  };
  return (
    <DatePicker<CalendarDate>
      className={classNames(styles.field, className)}
      value={typed && typed.over === given ? typed.date : toCalendar(value)}
      onChange={change}
      onFocusChange={(isFocused) => {
        if (!isFocused && typed && !typed.isWhole) setTyped(null);
      }}
      shouldForceLeadingZeros
      autoFocus={autoFocus ?? false}
      isDisabled={isDisabled ?? false}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label className={styles.label!}>{label}</Label>}
      <Group className={styles.group!}>
        <DateInput className={styles.dateInput!}>
          {(segment) => <DateSegment segment={segment} className={styles.dateSegment!} />}
        </DateInput>
        {value && (
          <Button slot={null} className={styles.clear!} aria-label={clearLabel} onPress={() => change(null)}>
            <X size={12} aria-hidden />
          </Button>
        )}
        <Button className={styles.chevron!}>
          <CalendarDays size={14} aria-hidden />
        </Button>
      </Group>
      <Popover className={overlay.popover!} offset={4}>
        <Dialog className={styles.calendar!}>
          <MonthGrid />
        </Dialog>
      </Popover>
    </DatePicker>
  );
}

import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { DayKind, Days } from '../../../../shared/calendars/packs.ts';
import { addDays, daysInMonth, weekday } from '../../../../shared/dates/plain-date.ts';
import { formatPlainDate } from '../../../../shared/dates/format-date.ts';
import type { PlainDate } from '../../../../shared/model/records.ts';
import { useLanguage, useT } from '../../../app/i18n.ts';
import { classNames } from '../../../ui/index.ts';
import { monthName } from '../../contracts/decisions/words.tsx';
import styles from './calendars.module.css';
import { isWeekend, nextKind } from './next-kind.ts';

const pad = (value: number): string => String(value).padStart(2, '0');
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Twelve months on one page; arrows go from day to day across them, Space changes a day. */
export function YearGrid({
  year,
  days,
  onChange,
}: {
  readonly year: number;
  readonly days: Days;
  readonly onChange: (date: PlainDate, kind: DayKind | undefined) => void;
}) {
  const t = useT();
  const language = useLanguage();
  const grid = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<PlainDate>(`${year}-01-01`);
  const months = useMemo(
    () =>
      Array.from({ length: 12 }, (_, i) => {
        const month = `${year}-${pad(i + 1)}`;
        return {
          month,
          offset: weekday(`${month}-01`) - 1,
          dates: Array.from({ length: daysInMonth(year, i + 1) }, (__, day): PlainDate => `${month}-${pad(day + 1)}`),
        };
      }),
    [year],
  );
  const weekdays = useMemo(() => {
    const format = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
    // 1 January 2024 was a Monday.
    return Array.from({ length: 7 }, (_, i) => format.format(new Date(Date.UTC(2024, 0, 1 + i, 12))));
  }, [language]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    const target = addDays(focused, step);
    event.preventDefault();
    if (!target.startsWith(`${year}-`)) return;
    setFocused(target);
    grid.current?.querySelector<HTMLElement>(`[data-date="${target}"]`)?.focus();
  };
  return (
    <div ref={grid} className={styles.year} role="group" aria-label={String(year)} onKeyDown={onKeyDown}>
      {months.map(({ month, offset, dates }) => (
        <section key={month} className={styles.month} aria-label={monthName(month, language)}>
          <h3 className={styles.monthName}>{monthName(month, language).replace(/[\s\u00a0]\d{4}$/u, '')}</h3>
          <div className={styles.days}>
            {weekdays.map((name) => (
              <span key={name} className={styles.weekday} aria-hidden>
                {name}
              </span>
            ))}
            {dates.map((date, i) => {
              const kind = days[date];
              const words = t(`deadlines.calendars.days.${kind ?? (isWeekend(date) ? 'weekend' : 'plain')}`);
              return (
                <button
                  key={date}
                  type="button"
                  data-date={date}
                  aria-label={`${formatPlainDate(date, language, 'weekday')}: ${words}`}
                  title={words}
                  tabIndex={date === focused ? 0 : -1}
                  className={classNames(
                    styles.dayCell,
                    kind === undefined && isWeekend(date) && styles.weekend,
                    kind && styles[kind],
                  )}
                  style={i === 0 ? { gridColumnStart: offset + 1 } : {}}
                  onFocus={() => setFocused(date)}
                  onClick={() => onChange(date, nextKind(date, kind))}
                >
                  {Number(date.slice(8))}
                  {kind === 'short' && <span aria-hidden>*</span>}
                </button>
              );
            })}
          </div>
        </section>
      ))}
    </div>
  );
}

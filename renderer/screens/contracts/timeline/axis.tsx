import { memo } from 'react';
import type { DayNumber } from '../../../../shared/contract-dates/civil.ts';
import { type AxisUnit, axisUnits, type Tick, ticks } from '../../../../shared/contracts/timeline-axis.ts';
import type { Translate } from '../../../app/i18n.ts';
import { classNames } from '../../../ui/index.ts';
import type { Layout } from './controller.ts';
import styles from './timeline.module.css';

export const AXIS = 44;

type MonthKey = 'm1' | 'm2' | 'm3' | 'm4' | 'm5' | 'm6' | 'm7' | 'm8' | 'm9' | 'm10' | 'm11' | 'm12';
type DayKey = 'd1' | 'd2' | 'd3' | 'd4' | 'd5' | 'd6' | 'd7';

const monthKey = (month: number): MonthKey => `m${month}` as MonthKey;
const dayKey = (day: number): DayKey => `d${day}` as DayKey;

/** Names of months and days of one language, looked up once. */
interface Names {
  readonly months: readonly string[];
  readonly short: readonly string[];
  readonly days: readonly string[];
  readonly quarters: readonly string[];
}
const known = new WeakMap<Translate, Names>();
function namesOf(t: Translate): Names {
  let names = known.get(t);
  if (!names) {
    const count = (length: number): readonly number[] => Array.from({ length }, (_, index) => index + 1);
    names = {
      months: count(12).map((month) => t(`timeline.months.${monthKey(month)}`)),
      short: count(12).map((month) => t(`timeline.monthsShort.${monthKey(month)}`)),
      days: count(7).map((day) => t(`timeline.weekdaysShort.${dayKey(day)}`)),
      quarters: count(4).map((number) => t('timeline.quarter', { number })),
    };
    known.set(t, names);
  }
  return names;
}

/** The word of a tick; `room` in pixels. */
function tickText(names: Names, unit: AxisUnit, tick: Tick, room: number): string {
  switch (unit) {
    case 'year':
      return String(tick.year);
    case 'quarter':
      return names.quarters[tick.quarter - 1] ?? '';
    case 'month':
      return room > 80 ? `${names.months[tick.month - 1]} ${tick.year}` : (names.short[tick.month - 1] ?? '');
    case 'week':
      return String(tick.date);
    case 'day':
      return room > 40 ? `${names.days[tick.weekday - 1]} ${tick.date}` : String(tick.date);
  }
}

/** The words above the lanes: larger units over smaller ones. They are said by every item, so they are not read aloud. */
export const Axis = memo(function Axis({
  layout,
  t,
  today,
  todayText,
}: {
  readonly layout: Layout;
  readonly t: Translate;
  readonly today: DayNumber;
  readonly todayText: string;
}) {
  const { origin, from: base, to: last, scale, left } = layout;
  const { major, minor, bare } = axisUnits(scale);
  const place = (day: number): number => (day - origin) * scale;
  const todayAt = place(today + 0.5);
  const names = namesOf(t);
  const small = ticks(minor, base, last);
  const flag = todayText.length * 6.4 + 12;
  return (
    <svg width={1} height={AXIS} aria-hidden className={styles.axisDrawing}>
      {ticks(major, base, last).map((tick, index, all) => {
        const from = place(tick.day);
        const to = place(all[index + 1]?.day ?? last);
        // The unit that the window begins in is named at its edge.
        const x = Math.max(from, place(left)) + 6;
        const text = tickText(names, major, tick, to - from);
        return (
          <g key={tick.day}>
            <path d={`M${Math.round(from) + 0.5} 0v${AXIS}`} className={styles.majorLine} />
            {to - x > text.length * 7 && (
              <text x={x} y={15} className={styles.majorText}>
                {text}
              </text>
            )}
          </g>
        );
      })}
      {!bare && (
        <path
          d={small.map(({ day }) => `M${Math.round(place(day)) + 0.5} 24v${AXIS - 24}`).join('')}
          className={styles.minorLine}
        />
      )}
      {!bare &&
        small.map((tick, index) => {
          const from = place(tick.day);
          const room = place(small[index + 1]?.day ?? last) - from;
          const text = tickText(names, minor, tick, minor === 'month' ? 0 : room);
          // Words half under the flag of today would be read wrongly.
          const hidden = from + 6 <= todayAt + flag / 2 && from + 6 + text.length * 6.5 >= todayAt - flag / 2;
          return (
            !hidden && (
              <text
                key={tick.day}
                x={from + 6}
                y={37}
                className={classNames(styles.minorText, minor === 'day' && tick.weekday > 5 && styles.weekend)}
              >
                {text}
              </text>
            )
          );
        })}
      {today >= base && today < last && (
        <g>
          <rect x={todayAt - flag / 2} y={24} width={flag} height={18} rx={4} className={styles.todayFlag} />
          <text x={todayAt} y={37} textAnchor="middle" className={styles.todayText}>
            {todayText}
          </text>
        </g>
      )}
    </svg>
  );
});

/** Lines behind the lanes, and today. */
export const GridLines = memo(function GridLines({
  layout,
  today,
  top,
  height,
}: {
  readonly layout: Layout;
  readonly today: DayNumber;
  readonly top: number;
  readonly height: number;
}) {
  const { origin, from: base, to: last, scale } = layout;
  const { major, minor } = axisUnits(scale);
  const place = (day: number): number => (day - origin) * scale;
  const lines = (unit: AxisUnit): string =>
    ticks(unit, base, last)
      .map(({ day }) => `M${Math.round(place(day)) + 0.5} 0v${height}`)
      .join('');
  const todayAt = Math.round(place(today + 0.5)) - 0.5;
  return (
    <svg width={1} height={height} aria-hidden className={styles.lines} style={{ top }}>
      {minor === 'day' &&
        ticks('day', base, last)
          .filter(({ weekday }) => weekday > 5)
          .map(({ day }) => (
            <rect key={day} x={place(day)} width={scale} height={height} className={styles.weekendDay} />
          ))}
      {minor !== major && <path d={lines(minor)} className={styles.minorLine} />}
      <path d={lines(major)} className={styles.majorLine} />
      <path d={`M${todayAt} 0v${height}`} className={styles.todayLine} />
    </svg>
  );
});

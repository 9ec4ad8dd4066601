/** Draws the words above the lanes and the lines behind them, in CSS pixels of the window. */
import type { DayNumber } from '../../../../shared/contract-dates/civil.ts';
import { type AxisUnit, axisUnits, type Tick, ticks } from '../../../../shared/contracts/timeline-axis.ts';
import type { Translate } from '../../../app/i18n.ts';
import { AXIS } from './geometry.ts';
import { type Scene, widthOf } from './paint-lane.ts';

type Context = CanvasRenderingContext2D;
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

interface Shown {
  readonly from: DayNumber;
  /** The first day that cannot be seen. */
  readonly to: DayNumber;
  readonly place: (day: number) => number;
}
const shownBy = ({ camera: { left, scale }, width }: Scene): Shown => ({
  from: Math.floor(left),
  to: Math.ceil(left + width / scale) + 1,
  place: (day) => (day - left) * scale,
});
/** The middle of a line one pixel wide. */
const crisp = (x: number): number => Math.round(x) + 0.5;

/** Larger units over smaller ones, and the flag of today. */
export function paintAxis(ctx: Context, today: DayNumber, scene: Scene): void {
  const { palette, words, camera } = scene;
  const { from: first, to: last, place } = shownBy(scene);
  const { major, minor, bare } = axisUnits(camera.scale);
  const names = namesOf(words.t);
  ctx.textBaseline = 'alphabetic';
  ctx.lineWidth = 1;

  const large = ticks(major, first, last);
  ctx.strokeStyle = palette.borderSoft;
  ctx.fillStyle = palette.text;
  ctx.font = `550 ${palette.small}px ${palette.font}`;
  ctx.beginPath();
  for (const [index, tick] of large.entries()) {
    const from = place(tick.day);
    const to = place(large[index + 1]?.day ?? last);
    ctx.moveTo(crisp(from), 0);
    ctx.lineTo(crisp(from), AXIS);
    // The unit in which the window begins is named at its edge.
    const x = Math.max(from, 0) + 6;
    const text = tickText(names, major, tick, to - from);
    if (to - x > widthOf(ctx, palette, text) + 6) ctx.fillText(text, x, 15);
  }
  ctx.stroke();

  const todayAt = place(today + 0.5);
  const todayText = words.t('timeline.today');
  const flagFont = `550 ${palette.tiny}px ${palette.font}`;
  ctx.font = flagFont;
  const flag = widthOf(ctx, palette, todayText) + 12;
  if (!bare) {
    const small = ticks(minor, first, last);
    ctx.strokeStyle = palette.hairline;
    ctx.font = `400 ${palette.tiny}px ${palette.font}`;
    ctx.beginPath();
    for (const [index, tick] of small.entries()) {
      const from = place(tick.day);
      ctx.moveTo(crisp(from), 24);
      ctx.lineTo(crisp(from), AXIS);
      const room = place(small[index + 1]?.day ?? last) - from;
      const text = tickText(names, minor, tick, minor === 'month' ? 0 : room);
      // Words half under the flag of today would be read wrongly.
      const hidden = from + 6 <= todayAt + flag / 2 && from + 6 + widthOf(ctx, palette, text) + 2 >= todayAt - flag / 2;
      if (hidden) continue;
      ctx.fillStyle = minor === 'day' && tick.weekday > 5 ? palette.text2 : palette.text3;
      ctx.fillText(text, from + 6, 37);
    }
    ctx.stroke();
  }
  if (today < first || today >= last) return;
  ctx.beginPath();
  ctx.roundRect(todayAt - flag / 2, 24, flag, 18, 4);
  ctx.fillStyle = palette.accent;
  ctx.fill();
  ctx.font = flagFont;
  ctx.fillStyle = palette.onAccent;
  ctx.textAlign = 'center';
  ctx.fillText(todayText, todayAt, 37);
  ctx.textAlign = 'start';
}

/** Weekends, units and today over the whole height of the drawing. */
export function paintLines(ctx: Context, today: DayNumber, height: number, scene: Scene): void {
  const { palette, camera } = scene;
  const { from: first, to: last, place } = shownBy(scene);
  const { major, minor } = axisUnits(camera.scale);
  if (minor === 'day') {
    ctx.fillStyle = palette.surface2;
    for (const { day, weekday } of ticks('day', first, last)) {
      if (weekday > 5) ctx.fillRect(place(day), 0, camera.scale, height);
    }
  }
  const lines = (unit: AxisUnit, colour: string, alpha: number): void => {
    ctx.globalAlpha = alpha;
    ctx.fillStyle = colour;
    for (const { day } of ticks(unit, first, last)) ctx.fillRect(Math.round(place(day)), 0, 1, height);
    ctx.globalAlpha = 1;
  };
  if (minor !== major) lines(minor, palette.hairline, 0.6);
  lines(major, palette.borderSoft, 1);
  ctx.fillStyle = palette.accent;
  ctx.fillRect(Math.round(place(today + 0.5)) - 1, 0, 1.5, height);
}

/** Lanes, axis and legend as SVG. One unit is a millimetre; colours are those of print, and shapes differ besides. */
import { civilOf, dateOf, type DayNumber, dayNumberOf } from '../contract-dates/civil.ts';
import type { Lane, LaneItem, LaneTone } from '../contracts/timeline.ts';
import type { Language } from '../i18n/catalogue.ts';
import { escapeHtml } from './page.ts';
import { printShortDate } from './print-date.ts';

export interface AxisScale {
  readonly first: DayNumber;
  readonly days: number;
  /** Millimetres. */
  readonly width: number;
  readonly today: DayNumber;
  readonly language: Language;
}

const LANE = 10.5;
const BAR_TOP = 2.6;
const BAR = 4.6;
const AXIS = 9;
const INK = '#1c1a18';
const FINE = '#e4dfd8';
const LINE = '#cfc9c1';
const TODAY = '#b3261e';
const TONES: Readonly<Record<LaneTone, { readonly strong: string; readonly soft: string }>> = {
  plain: { strong: '#4f6175', soft: '#d9e0e8' },
  quiet: { strong: '#8f8a83', soft: '#eceae6' },
  ok: { strong: '#2f6b3a', soft: '#d6e8d8' },
  attention: { strong: '#8a5a00', soft: '#f6e4be' },
  risk: { strong: '#8c1d18', soft: '#f6d3cf' },
};

const round = (value: number): string => String(Math.round(value * 100) / 100);

/** The left edge of a day, in millimetres. */
const at = ({ first, days, width }: AxisScale, day: DayNumber): number => ((day - first) / days) * width;
const clamp = (scale: AxisScale, value: number): number => Math.min(scale.width, Math.max(0, value));

interface Tick {
  readonly day: DayNumber;
  readonly text: string;
  readonly isYear: boolean;
}

/** Months while there is room for their names, else quarters, else years. */
function ticks(scale: AxisScale): readonly Tick[] {
  const begin = civilOf(scale.first);
  const perMonth = scale.width / (scale.days / 30.44);
  const step = perMonth >= 8 ? 1 : perMonth >= 3.2 ? 3 : 12;
  const list: Tick[] = [];
  for (let month = begin.year * 12 + begin.month - 1; ; month += 1) {
    const year = Math.floor(month / 12);
    const number = (month % 12) + 1;
    const day = dayNumberOf({ year, month: number, day: 1 });
    if (day >= scale.first + scale.days) return list;
    if ((number - 1) % step !== 0) continue;
    const text =
      step === 1
        ? monthName(number, scale.language)
        : step === 3
          ? `${'I,II,III,IV'.split(',')[(number - 1) / 3]}`
          : '';
    list.push({ day, text, isYear: number === 1 });
  }
}

const monthName = (month: number, language: Language): string =>
  new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', { month: 'short', timeZone: 'UTC' })
    .format(Date.UTC(2001, month - 1, 1))
    .replace('.', '');

const svg = (width: number, height: number, body: string, label: string | undefined): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}mm" height="${round(height)}mm" ${
    label === undefined ? 'aria-hidden="true"' : `role="img" aria-label="${escapeHtml(label)}"`
  }>${body}</svg>`;

const text = (x: number, y: number, size: number, content: string, more = ''): string =>
  `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${INK}"${more}>${escapeHtml(content)}</text>`;

function grid(scale: AxisScale, height: number): string {
  const lines = ticks(scale)
    .map(({ day, isYear }) => {
      const x = round(at(scale, day));
      return `<path d="M${x} 0V${height}" stroke="${isYear ? LINE : FINE}" stroke-width="${isYear ? 0.25 : 0.18}"/>`;
    })
    .join('');
  return `${lines}${todayLine(scale, height)}`;
}

const todayLine = (scale: AxisScale, height: number, top = 0): string =>
  scale.today < scale.first || scale.today >= scale.first + scale.days
    ? ''
    : `<path d="M${round(at(scale, scale.today))} ${top}V${height}" stroke="${TODAY}" stroke-width="0.35"/>`;

/** Years above, months or quarters below, today with its date. */
export function axisMarkup(scale: AxisScale): string {
  const marks = ticks(scale);
  const begin = civilOf(scale.first).year;
  const years = new Map<number, number>([[begin, 0]]);
  for (const { day, isYear } of marks) if (isYear) years.set(civilOf(day).year, at(scale, day));
  const starts = [...years.entries()];
  const yearTexts = starts.flatMap(([year, x], i) => {
    const room = (starts[i + 1]?.[1] ?? scale.width) - x;
    return room < 8 ? [] : [text(x + 0.8, 3.4, 2.8, String(year), ' font-weight="600"')];
  });
  const todayX = at(scale, scale.today);
  const label = printShortDate(dateOf(scale.today), scale.language);
  const shown = scale.today >= scale.first && scale.today < scale.first + scale.days;
  const right = todayX > scale.width - 22;
  const body = [
    ...marks.map(({ day, isYear }) => {
      const x = round(at(scale, day));
      return `<path d="M${x} ${isYear ? 0.6 : 5}V${AXIS}" stroke="${LINE}" stroke-width="0.2"/>`;
    }),
    ...yearTexts,
    ...marks
      .filter((tick) => tick.text !== '')
      .map(({ day, text: name }) => text(at(scale, day) + 0.8, 7.8, 2.4, name, ' fill-opacity="0.66"')),
    shown
      ? `<rect x="${round(right ? todayX - 19 : todayX)}" y="0.2" width="19" height="4.2" fill="#fff"/>${text(right ? todayX - 0.8 : todayX + 0.8, 3.4, 2.6, label, ` font-weight="600" style="fill:${TODAY}"${right ? ' text-anchor="end"' : ''}`)}${todayLine(scale, AXIS)}`
      : '',
  ].join('');
  return svg(scale.width, AXIS, body, undefined);
}

/** Lines at 45° within a rectangle: hatching that every printer and every eye tells from a filled bar. */
function hatch(x: number, y: number, width: number, height: number, colour: string): string {
  let path = '';
  for (let k = -height; k < width; k += 1.1) {
    // From the bottom edge up to the right, cut at the sides.
    const x0 = Math.max(0, k);
    const x1 = Math.min(width, k + height);
    if (x1 <= x0) continue;
    path += `M${round(x + x0)} ${round(y + height - (x0 - k))}L${round(x + x1)} ${round(y + height - (x1 - k))}`;
  }
  return `<path d="${path}" stroke="${colour}" stroke-width="0.28" fill="none"/>`;
}

const MIDDLE = BAR_TOP + BAR / 2;
const BOTTOM = BAR_TOP + BAR;

function itemMarkup(item: LaneItem, scale: AxisScale): string {
  const tone = TONES[item.tone];
  const x0 = clamp(scale, at(scale, item.from));
  const x1 = clamp(scale, at(scale, item.to + 1));
  const x = at(scale, item.from);
  const width = Math.max(0.4, x1 - x0);
  switch (item.kind) {
    case 'term': {
      const follows = item.term === 'next' || item.term === 'possible';
      const fill = item.term === 'current' ? tone.soft : follows || item.term === 'stated' ? '#fff' : TONES.quiet.soft;
      const dash = item.term === 'possible' || item.term === 'stated' ? ' stroke-dasharray="1 0.8"' : '';
      return `<rect x="${round(x0 + 0.15)}" y="${BAR_TOP}" width="${round(Math.max(0.3, width - 0.3))}" height="${BAR}" rx="0.7" fill="${fill}" stroke="${item.term === 'current' ? tone.strong : '#a9a49c'}" stroke-width="0.22"${dash}/>`;
    }
    case 'window':
      return hatch(x0, BAR_TOP + 0.3, width, BAR - 0.6, tone.strong);
    case 'suspension':
      return `<rect x="${round(x0)}" y="${BAR_TOP}" width="${round(width)}" height="${BAR}" fill="#fff" fill-opacity="0.75"/><path d="M${round(x0)} ${MIDDLE}H${round(x1)}" stroke="#6b6660" stroke-width="0.3" stroke-dasharray="0.6 0.6"/>`;
    case 'safe':
      return `<path d="M${round(x)} ${BAR_TOP - 0.4}V${BOTTOM + 0.4}" stroke="${tone.strong}" stroke-width="0.25" stroke-dasharray="0.7 0.5"/>`;
    case 'actBy':
      return `<path d="M${round(x)} ${BAR_TOP - 0.9}V${BOTTOM + 0.6}" stroke="${tone.strong}" stroke-width="0.5"/><path d="M${round(x)} ${BAR_TOP - 0.9}l-1.1 -1.4h2.2z" fill="${tone.strong}"/>`;
    case 'decision':
      return `<path d="M${round(x)} ${MIDDLE - 1.5}l1.5 1.5l-1.5 1.5l-1.5 -1.5z" fill="${item.complete ? tone.strong : '#fff'}" stroke="${tone.strong}" stroke-width="0.3"/>`;
    case 'end':
      return `<path d="M${round(Math.min(scale.width - 0.25, x1))} ${BAR_TOP - 0.6}V${BOTTOM + 0.6}" stroke="${INK}" stroke-width="0.6"/>`;
    case 'coolingOff':
      return `<path d="M${round(x)} ${BAR_TOP - 0.4}V${BOTTOM + 0.4}" stroke="${tone.strong}" stroke-width="0.25"/>`;
    case 'amendment':
      return `<rect x="${round(x - 0.9)}" y="${round(BOTTOM - 1)}" width="1.8" height="1.8" fill="#fff" stroke="${INK}" stroke-width="0.25"/>`;
    case 'milestone':
      return `<circle cx="${round(x)}" cy="${round(BOTTOM + 1.4)}" r="0.85" fill="${item.happened ? tone.strong : '#fff'}" stroke="${tone.strong}" stroke-width="0.3"/>`;
    case 'obligation':
      return `<path d="M${round(x)} ${round(BOTTOM + 0.6)}v1.6" stroke="${tone.strong}" stroke-width="0.5"/>`;
    case 'meeting':
      return `<circle cx="${round(x)}" cy="${round(BOTTOM + 1.4)}" r="0.5" fill="${INK}"/>`;
    default:
      return '';
  }
}

/** One lane with the grid behind it. `spoken` is what a reader that cannot see it says. */
export function laneMarkup(lane: Lane, scale: AxisScale, spoken: string): string {
  const { deadline } = lane;
  let label = '';
  const mark = lane.items.find(
    (item) =>
      item.kind === 'actBy' && item.state !== 'past' && item.state !== 'decided' && item.date === deadline?.actBy,
  );
  if (mark) {
    const x = at(scale, mark.from);
    const right = x > scale.width - 20;
    const content = printShortDate(dateOf(mark.from), scale.language).replace(/[.\s]\d{4}$/u, '');
    label = `<text x="${round(right ? x - 1.5 : x + 1.5)}" y="2.1" font-size="2.2" font-weight="600" fill="${TONES[mark.tone].strong}"${right ? ' text-anchor="end"' : ''} stroke="#fff" stroke-width="0.5" paint-order="stroke">${escapeHtml(content)}</text>`;
  }
  return svg(
    scale.width,
    LANE,
    `${grid(scale, LANE)}${lane.items.map((item) => itemMarkup(item, scale)).join('')}${label}`,
    spoken,
  );
}

/** The signs with their words. `word` gives the word of a sign. */
export function legendMarkup(word: (key: string) => string): string {
  const { strong, soft } = TONES.plain;
  const bar = (fill: string, more = ''): string =>
    `<rect x="0.2" y="0.6" width="8.6" height="3" rx="0.6" fill="${fill}" stroke="#a9a49c" stroke-width="0.22"${more}/>`;
  const signs: readonly (readonly [string, string])[] = [
    ['current', bar(soft)],
    ['next', bar('#fff')],
    ['possible', bar('#fff', ' stroke-dasharray="1 0.8"')],
    ['past', bar(TONES.quiet.soft)],
    ['window', `${bar('#fff')}${hatch(0.4, 0.8, 8.2, 2.6, strong)}`],
    [
      'actBy',
      `<path d="M4.5 1.4V4" stroke="${strong}" stroke-width="0.5"/><path d="M4.5 1.5l-1.1 -1.4h2.2z" fill="${strong}"/>`,
    ],
    ['decision', `<path d="M4.5 0.6l1.5 1.5l-1.5 1.5l-1.5 -1.5z" fill="${TONES.ok.strong}"/>`],
    ['amendment', `<rect x="3.6" y="1.2" width="1.8" height="1.8" fill="#fff" stroke="${INK}" stroke-width="0.25"/>`],
    ['milestone', `<circle cx="4.5" cy="2.1" r="0.85" fill="#fff" stroke="${strong}" stroke-width="0.3"/>`],
    ['obligation', `<path d="M4.5 1.3v1.6" stroke="${strong}" stroke-width="0.5"/>`],
    ['end', `<path d="M4.5 0.4V3.8" stroke="${INK}" stroke-width="0.6"/>`],
    ['today', `<path d="M4.5 0V4.2" stroke="${TODAY}" stroke-width="0.35"/>`],
  ];
  return `<ul class="legend">${signs.map(([key, body]) => `<li>${svg(9, 4.2, body, undefined)} ${escapeHtml(word(key))}</li>`).join('')}</ul>`;
}

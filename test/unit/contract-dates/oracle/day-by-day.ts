// A second engine that shares nothing with the first: dates are three numbers, every count is made by turning one day over
// after the other, the weekday comes from Zeller's rule. Slow and plain on purpose.

export type Day = readonly [year: number, month: number, day: number];
export type Open = (day: Day) => boolean;
export type Length = Readonly<Partial<Record<'years' | 'months' | 'weeks' | 'days' | 'workingDays', number>>>;

export interface PlainTerms {
  readonly start: string;
  readonly end?: 'day-before' | 'same-day';
  readonly term: Length;
  readonly renewal: 'none' | 'tacit';
  readonly renewalTerm?: Length;
  readonly maxRenewals?: number | null;
  readonly notice?: Length;
  readonly noticeToMonthEnd?: boolean;
  readonly termToMonthEnd?: boolean;
  readonly noticeCounts: 'received' | 'sent';
  readonly deliveryDays: number;
  readonly approvalDays: number;
  readonly profile: 'plain' | 'rf' | 'eu';
  readonly today: string;
}

const leap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const lengthOf = (year: number, month: number): number =>
  [31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] as number;

export const parse = (text: string): Day => text.split('-').map(Number) as unknown as Day;
export const text = ([year, month, day]: Day): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

function neighbour([year, month, day]: Day, step: 1 | -1): Day {
  if (step === 1) {
    if (day < lengthOf(year, month)) return [year, month, day + 1];
    return month < 12 ? [year, month + 1, 1] : [year + 1, 1, 1];
  }
  if (day > 1) return [year, month, day - 1];
  return month > 1 ? [year, month - 1, lengthOf(year, month - 1)] : [year - 1, 12, 31];
}

export function days(from: Day, count: number): Day {
  let day = from;
  for (let left = Math.abs(count); left > 0; left -= 1) day = neighbour(day, count > 0 ? 1 : -1);
  return day;
}

/** 0 Sunday … 6 Saturday. */
export function weekday([year, month, day]: Day): number {
  const [y, m] = month < 3 ? [year - 1, month + 12] : [year, month];
  const [century, rest] = [Math.floor(y / 100), y % 100];
  const h = day + Math.floor((13 * (m + 1)) / 5) + rest + Math.floor(rest / 4) + Math.floor(century / 4) + 5 * century;
  return (h + 6) % 7;
}

const before = (one: Day, other: Day): boolean => text(one) < text(other);

function months([year, month, day]: Day, count: number, toEnd: boolean): Day {
  let [y, m] = [year, month];
  for (let left = Math.abs(count); left > 0; left -= 1) {
    m += count > 0 ? 1 : -1;
    if (m > 12) [y, m] = [y + 1, 1];
    if (m < 1) [y, m] = [y - 1, 12];
  }
  return [y, m, toEnd ? lengthOf(y, m) : Math.min(day, lengthOf(y, m))];
}

const monthsIn = ({ years = 0, months: count = 0 }: Length): number => years * 12 + count;
const daysIn = ({ weeks = 0, days: count = 0 }: Length): number => weeks * 7 + count;

function workingDays(from: Day, count: number, step: 1 | -1, open: Open): Day {
  let day = from;
  for (let left = count; left > 0; ) {
    day = neighbour(day, step);
    if (open(day)) left -= 1;
  }
  return day;
}

function away(from: Day, length: Length, step: 1 | -1, open: Open, toEnd = false): Day {
  const moved = days(months(from, step * monthsIn(length), toEnd), step * daysIn(length));
  return workingDays(moved, length.workingDays ?? 0, step, open);
}

function roll(from: Day, step: 1 | -1, open: Open): Day {
  let day = from;
  while (!open(day)) day = neighbour(day, step);
  return day;
}

/** The last days of the terms one after another, before any move to a working day. */
function* lastDays(terms: PlainTerms, open: Open): Generator<Day, never> {
  const reading = terms.end ?? (terms.profile === 'plain' ? 'day-before' : 'same-day');
  const renewal = terms.renewalTerm ?? terms.term;
  const toEnd = (end: Day): Day => (terms.termToMonthEnd ? [end[0], end[1], lengthOf(end[0], end[1])] : end);
  const last = (boundary: Day): Day => toEnd(reading === 'day-before' ? days(boundary, -1) : boundary);
  /** Where the first day counts, it is the first working day as well, if it is one. */
  const whole = (from: Day, { workingDays: count = 0, ...rest }: Length): Day =>
    reading === 'day-before'
      ? days(workingDays(days(away(from, rest, 1, open), -1), count, 1, open), 1)
      : away(from, { ...rest, workingDays: count }, 1, open);
  const start = parse(terms.start);
  const first = whole(start, terms.term);
  const monthly = daysIn(terms.term) === 0 && !terms.term.workingDays;
  let end = last(first);
  yield end;
  for (let k = 1; ; k += 1) {
    if (monthsIn(renewal) > 0 && !renewal.workingDays) {
      // Months are counted from the far anchor, so that a short month shortens nothing after it.
      const moved = monthly
        ? months(start, monthsIn(terms.term) + k * monthsIn(renewal), false)
        : months(first, k * monthsIn(renewal), false);
      end = last(days(moved, k * daysIn(renewal)));
    } else end = last(whole(reading === 'day-before' ? days(end, 1) : end, renewal));
    yield end;
  }
}

/** One line per term, from the current one on: start, end, and the notice's legal, safe and send-by days. */
export function answer(terms: PlainTerms, open: Open, count: number): string[] {
  const most = terms.renewal === 'tacit' ? (terms.maxRenewals ?? Number.POSITIVE_INFINITY) : 0;
  const notice = (end: Day): string => {
    if (!terms.notice) return '';
    const legal = away(end, terms.notice, -1, open, terms.noticeToMonthEnd && monthsIn(terms.notice) > 0);
    const safe = roll(legal, -1, open);
    const handed = terms.noticeCounts === 'sent' ? safe : roll(days(safe, -terms.deliveryDays), -1, open);
    return ` ${text(legal)} ${text(safe)} ${text(workingDays(handed, terms.approvalDays, -1, open))}`;
  };
  const ends = lastDays(terms, open);
  let [start, end] = [parse(terms.start), ends.next().value];
  let index = 0;
  const step = (): void => {
    start = days(end, 1);
    end = ends.next().value;
    index += 1;
  };
  while (before(end, parse(terms.today)) && index < most) step();
  // Article 3(5) of Regulation 1182/71: a European period of two days or more holds two working days.
  const long = (length: Length): boolean => monthsIn(length) > 0 || daysIn(length) + (length.workingDays ?? 0) > 1;
  const final = (): Day => {
    const rolled = roll(end, 1, open);
    if (terms.profile !== 'eu' || !long(index === 0 ? terms.term : (terms.renewalTerm ?? terms.term))) return rolled;
    const event = index === 0 && terms.end !== 'day-before' ? start : days(start, -1);
    const second = workingDays(event, 2, 1, open);
    return before(rolled, second) ? second : rolled;
  };
  const lines: string[] = [];
  for (; lines.length < count && index <= most; step()) {
    // Only the very last day gives way to a working day: nothing carries the contract on beyond it.
    const shown = index === most && terms.profile !== 'plain' ? final() : end;
    lines.push(`${text(start)} ${text(shown)}${notice(end)}`);
  }
  return lines;
}

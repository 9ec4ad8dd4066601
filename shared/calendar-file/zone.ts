/** A time zone as the calendar file says it: its changes of clock in a span of years, taken from Intl. */

const pad = (value: number, length = 2): string => String(Math.abs(value)).padStart(length, '0');
const DAY = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(zone: string): Intl.DateTimeFormat {
  let made = formats.get(zone);
  if (!made) {
    made = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, made);
  }
  return made;
}

/** Whether Intl knows the zone. */
export function isZone(zone: string | undefined): zone is string {
  if (!zone) return false;
  try {
    format(zone);
    return true;
  } catch {
    return false;
  }
}

/** Seconds east of UTC at an instant in milliseconds. */
export function offsetAt(zone: string, instant: number): number {
  const at = Math.floor(instant / 1000) * 1000;
  const parts = Object.fromEntries(
    format(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return (Date.UTC(year, month - 1, day, hour, minute, second) - at) / 1000;
}

/** `+0300`, `-0330`, with seconds only where a zone has them. */
export function offsetText(seconds: number): string {
  const whole = Math.abs(seconds);
  const rest = whole % 60;
  return `${seconds < 0 ? '-' : '+'}${pad(Math.floor(whole / 3600))}${pad(Math.floor(whole / 60) % 60)}${rest ? pad(rest) : ''}`;
}

/** `YYYYMMDDTHHMMSS` of an instant read at an offset. */
export function stampAt(instant: number, offset: number): string {
  const at = new Date(instant + offset * 1000);
  return `${pad(at.getUTCFullYear(), 4)}${pad(at.getUTCMonth() + 1)}${pad(at.getUTCDate())}T${pad(at.getUTCHours())}${pad(at.getUTCMinutes())}${pad(at.getUTCSeconds())}`;
}

/** The instant at which the offset changes between two instants that differ in it, to the second. */
function changeBetween(zone: string, from: number, to: number): number {
  const before = offsetAt(zone, from);
  let [low, high] = [from, to];
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * VTIMEZONE with one part for the offset at the beginning and one for each change of clock from 1 January of `firstYear`
 * to the end of `lastYear`. An offset greater than the one before it is called summer time, which is what calendars
 * expect where clocks are changed twice a year.
 */
export function zoneLines(zone: string, firstYear: number, lastYear: number): string[] {
  // A day more on either side: east of Greenwich the year has begun before UTC's, west of it it ends after.
  const begin = Date.UTC(firstYear, 0, 1) - DAY;
  const end = Date.UTC(lastYear + 1, 0, 1) + DAY;
  const lines = ['BEGIN:VTIMEZONE', `TZID:${zone}`];
  const part = (kind: 'STANDARD' | 'DAYLIGHT', start: string, from: number, to: number): void => {
    lines.push(
      `BEGIN:${kind}`,
      `DTSTART:${start}`,
      `TZOFFSETFROM:${offsetText(from)}`,
      `TZOFFSETTO:${offsetText(to)}`,
      `END:${kind}`,
    );
  };
  let offset = offsetAt(zone, begin);
  part('STANDARD', stampAt(begin, offset), offset, offset);
  // Looked at every ten days: no zone has changed its clock twice in less.
  for (let at = begin; at < end; at += 10 * DAY) {
    const next = Math.min(at + 10 * DAY, end);
    if (offsetAt(zone, next) === offset) continue;
    const change = changeBetween(zone, at, next);
    const after = offsetAt(zone, change);
    part(after > offset ? 'DAYLIGHT' : 'STANDARD', stampAt(change, offset), offset, after);
    offset = after;
  }
  lines.push('END:VTIMEZONE');
  return lines;
}

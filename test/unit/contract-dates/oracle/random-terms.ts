// Reproducible random terms for two programs that share nothing else: the engine and its oracle.

/** mulberry32 */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pick = (random: () => number, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1));

export interface RandomTerms {
  readonly start: string;
  readonly end: 'day-before' | 'same-day';
  readonly term: Readonly<Record<string, number>>;
  readonly renewalTerm: Readonly<Record<string, number>>;
  readonly notice: Readonly<Record<string, number>>;
  readonly deliveryDays: number;
}

/** Terms with a start, a length, a renewal length, a notice and delivery days; lengths are months, days or both. */
export function randomTerms(random: () => number): RandomTerms {
  const length = (months: number, days: number): Record<string, number> => {
    const kind = pick(random, 0, 9);
    if (kind < 6) return { months: pick(random, 1, months) };
    if (kind < 7) return { years: pick(random, 1, Math.max(1, Math.floor(months / 12))) };
    if (kind < 8) return { weeks: pick(random, 1, Math.ceil(days / 7)) };
    if (kind < 9) return { days: pick(random, 1, days) };
    return { months: pick(random, 1, months), days: pick(random, 1, days) };
  };
  // Ends of months and leap days are where calendars are got wrong: half of the starts lie there.
  const year = pick(random, 1900, 2100);
  const month = pick(random, 1, 12);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 31;
  const day = random() < 0.5 ? last - pick(random, 0, 2) : pick(random, 1, last);
  return {
    start: `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
    end: random() < 0.5 ? 'day-before' : 'same-day',
    term: length(60, 900),
    renewalTerm: length(36, 400),
    notice: length(6, 120),
    deliveryDays: pick(random, 0, 10),
  };
}

// The oracle: the same questions answered by the platform's Temporal. Run with `node --harmony-temporal temporal.mjs seed blocks size`.
// Prints one line per block: a hash of its answers; with a fourth argument, the answers of that block.
import { createHash } from 'node:crypto';
import { generator, randomTerms } from './random-terms.ts';

const [seed, blocks, size, show] = process.argv.slice(2).map(Number);
const { PlainDate } = globalThis.Temporal;

const rollBack = (date) => {
  let day = date;
  while (day.dayOfWeek >= 6) day = day.subtract({ days: 1 });
  return day;
};
const monthsIn = (period) => (period.years ?? 0) * 12 + (period.months ?? 0);
const daysIn = (period) => (period.weeks ?? 0) * 7 + (period.days ?? 0);
/** Months first and clamped, then days, as Temporal itself does. */
const add = (date, months, days) => date.add({ months, days });

function answer(terms) {
  const start = PlainDate.from(terms.start);
  const dayBefore = terms.end === 'day-before';
  const boundaries = [];
  const onlyMonths = daysIn(terms.term) === 0;
  const first = add(start, monthsIn(terms.term), daysIn(terms.term));
  boundaries.push(first);
  for (let k = 1; k <= 4; k += 1) {
    const months = monthsIn(terms.renewalTerm);
    const days = daysIn(terms.renewalTerm);
    // Renewals by days alone go on from the first boundary; others from the anchor.
    const anchored = onlyMonths && months > 0;
    boundaries.push(
      anchored ? add(start, monthsIn(terms.term) + months * k, days * k) : add(first, months * k, days * k),
    );
  }
  const ends = boundaries.map((boundary) => (dayBefore ? boundary.subtract({ days: 1 }) : boundary));
  const notices = ends.map((end) => end.subtract({ months: monthsIn(terms.notice), days: daysIn(terms.notice) }));
  const starts = [start, ...ends.slice(0, -1).map((end) => end.add({ days: 1 }))];
  if (PlainDate.compare(notices[0], starts[0]) < 0) return 'refused';
  const listed = [];
  for (let k = 0; k < ends.length; k += 1) {
    if (PlainDate.compare(notices[k], starts[k]) < 0) return 'refused';
    listed.push(`${starts[k]} ${ends[k]} ${notices[k]}`);
  }
  const safe = rollBack(notices[0]);
  return `${listed.join(' | ')} | ${safe} ${rollBack(safe.subtract({ days: terms.deliveryDays }))}`;
}

const random = generator(seed);
for (let block = 0; block < blocks; block += 1) {
  const lines = [];
  for (let index = 0; index < size; index += 1) lines.push(answer(randomTerms(random)));
  console.log(show === block ? lines.join('\n') : createHash('sha256').update(lines.join('\n')).digest('hex'));
}

/** What is needed before everything else on a new device (docs/sync.md, SYNC-STATE-5). */
import { addDays } from '../../shared/dates/plain-date.ts';
import type { Statements } from './database.ts';

const MOST = 4000;

/** `YYYY-MM-DD` of the machine's zone. */
function plainDay(millis: number): string {
  const date = new Date(millis);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/**
 * Ids of the meetings from today to the end of the week ahead, in their order, each followed by its organisation, people,
 * and their promises and contracts; then the letterhead.
 */
export function firstRecords(sql: Statements, now: number): readonly string[] {
  const ids = new Set<string>();
  const add = (query: string, ...parameters: readonly (string | number)[]): void => {
    for (const { id } of sql.of(query).all(...parameters) as { id: string | null }[]) if (id) ids.add(id);
  };
  const today = plainDay(now);
  const meetings = sql
    .of('SELECT n, id, organisation FROM meetings WHERE start >= ? AND start < ? ORDER BY start, n LIMIT 200')
    .all(today, addDays(today, 8)) as { n: number; id: string; organisation: string | null }[];
  for (const { n, id, organisation } of meetings) {
    ids.add(id);
    add('SELECT person AS id FROM meetingPeople WHERE n = ?', n);
    add('SELECT id FROM promises WHERE meeting = ?', id);
    if (!organisation) continue;
    ids.add(organisation);
    add(`SELECT id FROM promises WHERE organisation = ? AND status = 'open' LIMIT 50`, organisation);
    add('SELECT id FROM contracts WHERE organisation = ? LIMIT 50', organisation);
    add('SELECT r.id FROM affiliations a JOIN records r ON r.n = a.n WHERE a.organisation = ? LIMIT 100', organisation);
  }
  ids.add('brand');
  return meetings.length === 0 ? [] : [...ids].slice(0, MOST);
}

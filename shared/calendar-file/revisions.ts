/**
 * What was written last, by UID: so that an unchanged event is written the same again, a changed one with a higher
 * SEQUENCE, and one that is gone as cancelled. Kept in the vault; a file that was not saved leaves no trace here.
 */
import { z } from 'zod';
import { addDays, isPlainDate } from '../dates/plain-date.ts';
import type { PlainDate } from '../model/records.ts';
import type { EventContent, RevisedEvent } from './event.ts';

/** Days after its day for which a cancelled event is still listed. */
const KEPT_CANCELLED = 60;
/** Days after its day for which an entry is remembered at all. */
const REMEMBERED = 800;

const entry = z.object({
  sequence: z.number().int().min(0),
  modified: z.number().int().min(0),
  /** Of everything that the recipient saw. */
  hash: z.string(),
  /** Its (first) day. */
  day: z.string().refine(isPlainDate),
  /** Contract or meeting that it belongs to. */
  scope: z.string(),
  /** Written as cancelled; its title and time as they were. */
  gone: z.object({
    title: z.string(),
    start: z.string().optional(),
    end: z.string().optional(),
    zone: z.string().optional(),
  }),
  cancelled: z.boolean(),
});
const memorySchema = z.record(z.string(), entry);
export type RevisionMemory = Readonly<Record<string, z.output<typeof entry>>>;

/** The memory as it was kept; anything that is not one counts as nothing remembered. */
export function readMemory(value: unknown): RevisionMemory {
  const parsed = memorySchema.safeParse(value ?? {});
  return parsed.success ? parsed.data : {};
}

/** 64 bits of FNV-1a over UTF-16 units: not for secrecy, only to notice that a text has changed. */
export function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}

export interface ScopedEvent {
  readonly scope: string;
  readonly event: EventContent;
}
export interface RevisionRequest {
  readonly memory: RevisionMemory;
  readonly events: readonly ScopedEvent[];
  /** Whether a remembered event would be among `events` if it still existed. */
  readonly covers: (scope: string) => boolean;
  readonly today: PlainDate;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** In private files: what a cancelled event is called, whatever an earlier file called it. */
  readonly cancelledTitle?: string;
}

const dayOf = ({ when }: EventContent): PlainDate => ('day' in when ? when.day : when.start.slice(0, 10));
const contentHash = (event: EventContent): string =>
  fingerprint(
    JSON.stringify([
      event.title,
      event.description,
      event.location,
      event.url,
      event.categories,
      event.when,
      event.alarms,
    ]),
  );

/**
 * Events with their revisions, those that are gone last as cancelled, and what to remember once the file is written. An
 * event whose day has passed is not cancelled when it is no longer listed: it simply lies behind.
 */
export function revise({ memory, events, covers, today, now, cancelledTitle }: RevisionRequest): {
  readonly events: readonly RevisedEvent[];
  readonly memory: RevisionMemory;
} {
  const second = Math.floor(now / 1000) * 1000;
  const next: Record<string, z.output<typeof entry>> = {};
  const later = (known: { readonly modified: number } | undefined): number =>
    // Never earlier than the revision before it, whatever the clock of the machine says.
    known ? Math.max(second, known.modified + 1000) : second;
  const revised = events.map(({ scope, event }): RevisedEvent => {
    const known = memory[event.uid];
    const hash = contentHash(event);
    const same = known !== undefined && known.hash === hash && !known.cancelled;
    const sequence = same ? known.sequence : known ? known.sequence + 1 : 0;
    const modified = same ? known.modified : later(known);
    const { when } = event;
    next[event.uid] = {
      sequence,
      modified,
      hash,
      day: dayOf(event),
      scope,
      gone: { title: event.title, ...('day' in when ? {} : when) },
      cancelled: false,
    };
    return { ...event, sequence, modified };
  });
  for (const [uid, known] of Object.entries(memory)) {
    if (next[uid]) continue;
    const gone = covers(known.scope) && (known.cancelled || known.day >= today);
    if (!gone || known.day < addDays(today, -KEPT_CANCELLED)) {
      if (known.day >= addDays(today, -REMEMBERED)) next[uid] = known;
      continue;
    }
    const sequence = known.cancelled ? known.sequence : known.sequence + 1;
    const modified = known.cancelled ? known.modified : later(known);
    const { title, start, end, zone } = known.gone;
    next[uid] = { ...known, sequence, modified, cancelled: true };
    revised.push({
      uid,
      title: cancelledTitle ?? title,
      description: '',
      location: '',
      url: '',
      categories: [],
      when: start && end && zone ? { start, end, zone } : { day: known.day },
      alarms: [],
      cancelled: true,
      sequence,
      modified,
    });
  }
  return { events: revised, memory: next };
}

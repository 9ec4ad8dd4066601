/**
 * The ledger: which changes wait for the server, which it has, which were set aside or withdrawn (docs/sync.md: OUT,
 * PULL, DIGEST, CLOCK). Synchronous and pure; everything durable goes through `LedgerLog`, each method in one transaction.
 * This file takes in what comes, makes packs, compares and squashes; what goes out is `Outbox`, the marks of both are
 * `Bookkeeping`.
 *
 * Durable names: those of `Bookkeeping`, and `named <id>`.
 */
import { hlcMillis } from '../../change/clock.ts';
import type { Batch, Change, Hlc } from '../../change/types.ts';
import { validateBatch, validateChange } from '../../change/validate.ts';
import { AppFailure } from '../../result.ts';
import { bucketOf, sameDigest } from '../digest.ts';
import type { Digest, SealedChange, SequencedChange } from '../protocol.ts';
import { LIMITS } from '../shapes.ts';
import { Bookkeeping } from './bookkeeping.ts';
import { isDoc, Outbox } from './outbox.ts';
import { headsOf, PART_BYTES, type PackEntry, PartWriter, readPart } from './pack.ts';
import type { AsideReason, Cipher, Incoming, LedgerLog, PartPlace, TakenIn } from './types.ts';

/** Records read for a pack at a time. */
const PACKED = 100;
/** Updates in a document's slot from which on it is squashed, and how long it must have been quiet, in milliseconds. */
export interface SquashRule {
  readonly updates: number;
  readonly quiet: number;
}
const SQUASH: SquashRule = { updates: 200, quiet: 600_000 };

export class Ledger {
  readonly #log: LedgerLog;
  readonly #cipher: () => Cipher;
  readonly #books: Bookkeeping;
  readonly outbox: Outbox;

  /** `cipher` is asked at each use: its keys may have become more. */
  constructor(log: LedgerLog, cipher: () => Cipher) {
    this.#log = log;
    this.#cipher = cipher;
    this.#books = new Bookkeeping(log);
    this.outbox = new Outbox(log, cipher, this.#books);
  }

  // Taking in

  takeIn(incoming: readonly Incoming[], also?: () => void): TakenIn {
    return this.#books.transaction(() => this.#takeAll(incoming), also);
  }

  #takeAll(incoming: readonly Incoming[]): TakenIn {
    const counts = { applied: 0, known: 0, setAside: 0 };
    const known = this.#log.known(incoming.map(({ sealed }) => sealed.id));
    for (const one of incoming) {
      counts[known.has(one.sealed.id) ? this.#knew(one.sealed.id) : this.#takeOne(one)] += 1;
      known.add(one.sealed.id);
    }
    return counts;
  }

  #takeOne({ sealed, named = [] }: Incoming): keyof TakenIn {
    const { id } = sealed;
    const opened = this.#open(sealed);
    let reason: AsideReason = typeof opened === 'string' ? opened : 'shape';
    if (typeof opened !== 'string') {
      const { change, batch } = opened;
      try {
        const kept = named.length > 0 && !isDoc(change) && change.field !== '$deleted' ? named : [];
        this.#log.append(change, batch, true, kept);
        if (kept.length > 0) this.#log.set(`named ${id}`, kept.join(' '));
        return 'applied';
      } catch (error) {
        if (!(error instanceof AppFailure) || error.error.code !== 'change.invalid') throw error;
        if (error.error.params?.['reason'] === 'large') reason = 'large';
      }
    }
    this.#log.aside.add(id, reason, JSON.stringify({ sealed, named }));
    this.#books.count(id);
    return 'setAside';
  }

  #knew(id: Hlc): 'known' {
    if (this.#log.has(id)) this.#cameBack(id);
    return 'known';
  }

  #open(sealed: SequencedChange): { readonly change: Change; readonly batch: Batch } | AsideReason {
    const opened = this.#cipher().open(sealed);
    if (!opened.ok) return opened.reason;
    const batch = validateBatch(opened.batch);
    const change = validateChange(opened.change);
    if (!batch.ok || !change.ok || change.value.batch !== batch.value.id) return 'shape';
    if (!this.#log.receive(change.value.id).ok) return 'clock';
    return { change: change.value, batch: batch.value };
  }

  /** A change of the log came from the server: it has arrived there, whatever was thought of it. */
  #cameBack(id: Hlc): void {
    const row = this.#books.withdrawn.has(id) || this.#books.refused.has(id) ? this.#log.find(id) : undefined;
    if (!row) return;
    if (this.#books.withdrawn.has(id)) {
      this.#books.unwithdraw(row);
      this.#log.refold(row.change.record);
      // It counts again: what will name it must stand behind it.
      this.#log.renewClock();
    }
    if (this.#books.refused.has(id)) this.#books.unrefuse(id);
    if (!row.remote && this.#books.isSettled(id, row.seq)) this.#books.count(id);
  }

  /**
   * SYNC-PACK-3. Null when the part cannot be read. What is in the log already is left as it is: that a change of ours has
   * arrived is for the server to say.
   */
  takePart(at: PartPlace, box: Uint8Array, also?: () => void): TakenIn | null {
    const content = this.#cipher().openPart(at, box);
    const entries = content === null ? null : readPart(content);
    return entries && this.#books.transaction(() => this.#takeEntries(entries), also);
  }

  #takeEntries(entries: readonly PackEntry[]): TakenIn {
    const counts = { applied: 0, known: 0, setAside: 0 };
    const known = this.#log.known(entries.map(({ change }) => change.id));
    for (const { change, batch, named } of entries) {
      const { id } = change;
      if (known.has(id)) {
        counts.known += 1;
        continue;
      }
      known.add(id);
      // What cannot be taken in now is missing in the digest, comes sealed, and is set aside as such (SYNC-PULL-3).
      if (!this.#log.receive(id).ok) continue;
      try {
        this.#log.append(change, batch, true, named);
      } catch (error) {
        if (!(error instanceof AppFailure) || error.error.code !== 'change.invalid') throw error;
        continue;
      }
      if (named.length > 0) this.#log.set(`named ${id}`, named.join(' '));
      counts.applied += 1;
    }
    return counts;
  }

  /** Tries again what was set aside. What is still not to be had stays. */
  takeUp(reasons: readonly AsideReason[]): TakenIn {
    const limit = this.#log.now() + LIMITS.ahead;
    const due = this.#log.aside.all(reasons).filter(({ id, reason }) => reason !== 'clock' || hlcMillis(id) <= limit);
    if (due.length === 0) return { applied: 0, known: 0, setAside: 0 };
    return this.#books.transaction(() => {
      for (const { id } of due) {
        this.#log.aside.remove(id);
        this.#books.uncount(id);
      }
      return this.#takeAll(due.map(({ payload }) => JSON.parse(payload) as Incoming));
    });
  }

  /** The whole history is here: the fold needs no names any more. */
  completed(also?: () => void): void {
    this.#books.transaction(() => {
      for (const [id] of this.#log.list('named ')) this.#log.remove(`named ${id}`);
    }, also);
  }

  // Packs

  /** SYNC-PACK-4: null when not exactly the changes of this digest are in the log, or something waits. */
  packStart(digest: Digest): { readonly pack: Hlc; readonly upTo: number } | null {
    if (!sameDigest(this.digest(), digest) || this.#log.aside.count() > 0 || this.outbox.hasWaiting()) return null;
    return { pack: this.#log.tick(), upTo: this.#log.head() };
  }

  packPart(
    at: Omit<PartPlace, 'last'>,
    from: number,
    upTo: number,
    bytes = PART_BYTES,
  ): { readonly box: Uint8Array; readonly next: number | null } {
    const writer = new PartWriter(bytes);
    const end = (place: number, last: boolean) => ({
      box: this.#cipher().sealPart({ ...at, last }, writer.text()),
      next: last ? null : place,
    });
    for (let done = from; ; ) {
      const records = this.#log.recordsAfter(done, PACKED, upTo);
      for (const { place, rows } of records) {
        if (!writer.add(headsOf(rows))) return end(done, false);
        done = place;
      }
      if (records.length < PACKED) return end(done, true);
    }
  }

  // Digest

  digest(): Digest {
    return this.#books.digest();
  }

  recount(): readonly Digest[] {
    return this.#books.recount();
  }

  compare(buckets: readonly number[], theirs: readonly Hlc[]): { readonly lacking: Hlc[]; readonly surplus: Hlc[] } {
    const chosen = new Set(buckets);
    const ours = new Set<Hlc>();
    for (const id of this.#books.members()) if (chosen.has(bucketOf(this.#log.hash(id)))) ours.add(id);
    const there = new Set(theirs);
    return { lacking: theirs.filter((id) => !ours.has(id)), surplus: [...ours].filter((id) => !there.has(id)) };
  }

  /** Changes sealed anew, in the order of the log; what was set aside goes back as it came. */
  sealed(ids: readonly Hlc[]): SealedChange[] {
    const cipher = this.#cipher();
    const rows = ids.flatMap((id) => this.#log.find(id) ?? []).sort((a, b) => a.seq - b.seq);
    const found = new Set(rows.map(({ change }) => change.id));
    const asked = new Set(ids.filter((id) => !found.has(id)));
    const aside = asked.size === 0 ? [] : this.#log.aside.all().filter(({ id }) => asked.has(id));
    return [
      ...rows.map(({ change, batch }) => cipher.seal(change, batch)),
      ...aside.map(({ payload }) => {
        const { seq: _, ...sealed } = (JSON.parse(payload) as { readonly sealed: SequencedChange }).sealed;
        return sealed;
      }),
    ];
  }

  // Squash

  /** SYNC-MERGE-6: merges the updates of one long, quiet document. False when there is none. */
  squash(actor: string, { updates, quiet }: SquashRule = SQUASH): boolean {
    for (const { record, field, type } of this.#log.longDocs(updates, this.#log.now() - quiet)) {
      const parts = this.#log.docParts(record, field);
      if (!parts || parts.base.some((id) => this.#books.refused.has(id) || this.#books.withdrawn.has(id))) continue;
      this.#books.transaction(() => {
        const device = this.#log.device();
        const batch: Batch = { id: this.#log.tick(), kind: 'sync', actor, device, time: Math.floor(this.#log.now()) };
        const value = { state: parts.state, seen: parts.seen };
        const change: Change = { id: this.#log.tick(), batch: batch.id, type, record, field, value, base: parts.base };
        this.#log.append(change, batch, false, []);
      });
      return true;
    }
    return false;
  }
}

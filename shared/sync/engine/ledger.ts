/**
 * The ledger: which changes wait for the server, which it has, which were set aside or withdrawn (docs/sync.md: OUT,
 * PULL, DIGEST, CLOCK). Synchronous and pure; everything durable goes through `LedgerLog`, each method in one transaction.
 *
 * Durable names: `sent` (every local change up to this place is settled, except the refused), `refused <id>` (reason and
 * place), `withdrawn <id>`, `named <id>`, `digest` (saved, with the place up to which remote changes are counted).
 */
import { hlcMillis } from '../../change/clock.ts';
import type { Batch, Change, Hlc } from '../../change/types.ts';
import { validateBatch, validateChange } from '../../change/validate.ts';
import { fieldSpec } from '../../model/schema.ts';
import { AppFailure } from '../../result.ts';
import { bucketOf, DigestSet, sameDigest } from '../digest.ts';
import type { Digest, SealedChange, SequencedChange, Verdict } from '../protocol.ts';
import { LIMITS } from '../shapes.ts';
import { headsOf, PART_BYTES, type PackEntry, PartWriter, readPart } from './pack.ts';
import type {
  AsideReason,
  Cipher,
  Incoming,
  LedgerLog,
  LoggedChange,
  PartPlace,
  TakenIn,
  Waiting,
  WaitingEntry,
  WaitReason,
} from './types.ts';

/** Rows read from the log at a time. */
const STRIDE = 500;
/** Records read for a pack at a time. */
const PACKED = 100;
/** Updates in a document's slot from which on it is squashed, and how long it must have been quiet, in milliseconds. */
export interface SquashRule {
  readonly updates: number;
  readonly quiet: number;
}
const SQUASH: SquashRule = { updates: 200, quiet: 600_000 };
/** Reasons that no later change can get around: what names such a change waits with it. */
const GOES_AGAIN: ReadonlySet<WaitReason> = new Set(['retry', 'held']);

interface Refused {
  readonly reason: WaitReason;
  readonly seq: number;
}

const isDoc = (change: Change): boolean => fieldSpec(change.type, change.field).kind === 'doc';
const slotOf = (change: Change): string => `${change.record} ${change.field}`;

/** Follows what waits because of something else, in the order of the log (SYNC-OUT-3). */
class Blocked {
  readonly #ids = new Set<Hlc>();
  readonly #docs = new Set<string>();

  add(change: Change): void {
    this.#ids.add(change.id);
    if (isDoc(change)) this.#docs.add(slotOf(change));
  }

  has(change: Change): boolean {
    return change.base.some((id) => this.#ids.has(id)) || (isDoc(change) && this.#docs.has(slotOf(change)));
  }
}

export class Ledger {
  readonly #log: LedgerLog;
  readonly #cipher: () => Cipher;
  #sent = 0;
  readonly #refused = new Map<Hlc, Refused>();
  readonly #withdrawn = new Set<Hlc>();
  /** Places in the log of withdrawn changes, as far as they were asked for. */
  readonly #places = new Map<Hlc, number>();
  /** Local changes behind `from` up to `to`. */
  #tally = { from: 0, to: 0, count: 0 };
  #digest: DigestSet;
  #counted = 0;
  #dirty = false;

  /** `cipher` is asked at each use: its keys may have become more. */
  constructor(log: LedgerLog, cipher: () => Cipher) {
    this.#log = log;
    this.#cipher = cipher;
    this.#digest = new DigestSet(log.hash);
    this.#load();
  }

  #load(): void {
    this.#sent = Number(this.#log.get('sent') ?? 0);
    this.#tally = { from: this.#sent, to: this.#sent, count: 0 };
    this.#refused.clear();
    for (const [id, value] of this.#log.list('refused ')) {
      const [reason, seq] = value.split(' ');
      this.#refused.set(id, { reason: reason as WaitReason, seq: Number(seq) });
    }
    this.#withdrawn.clear();
    for (const [id] of this.#log.list('withdrawn ')) this.#withdrawn.add(id);
    this.#digest = new DigestSet(this.#log.hash);
    this.#dirty = false;
    const [counted = '', text = ''] = this.#log.get('digest')?.split('@') ?? [];
    this.#counted = Number(counted);
    if (counted === '' || !this.#digest.load(text)) this.#countAll();
  }

  /** What is kept in memory follows the log: after a failure it is read again. `also` writes in the same transaction. */
  #transaction<T>(work: () => T, also?: () => void): T {
    try {
      return this.#log.transaction(() => {
        const value = work();
        also?.();
        if (this.#dirty) this.#log.set('digest', `${this.#counted}@${this.#digest.save()}`);
        this.#dirty = false;
        return value;
      });
    } catch (error) {
      this.#load();
      throw error;
    }
  }

  #count(id: Hlc): void {
    this.#digest.add(id);
    this.#dirty = true;
  }

  #setSent(seq: number): void {
    if (seq <= this.#sent) return;
    this.#sent = seq;
    this.#log.set('sent', String(seq));
  }

  #refuse(id: Hlc, reason: WaitReason, seq: number): void {
    this.#refused.set(id, { reason, seq });
    this.#log.set(`refused ${id}`, `${reason} ${seq}`);
  }

  #unrefuse(id: Hlc): void {
    this.#refused.delete(id);
    this.#log.remove(`refused ${id}`);
  }

  #isSettled(id: Hlc, seq: number): boolean {
    return seq <= this.#sent && !this.#refused.has(id) && !this.#withdrawn.has(id);
  }

  // Outbox

  *#localFrom(seq: number): Generator<LoggedChange> {
    for (let at = seq; ; ) {
      const rows = this.#log.localAfter(at, STRIDE);
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < STRIDE) return;
      at = last.seq;
    }
  }

  #refusedInOrder(): LoggedChange[] {
    return [...this.#refused].sort(([, a], [, b]) => a.seq - b.seq).flatMap(([id]) => this.#log.find(id) ?? []);
  }

  /** Marks what waits for something else, and yields the rest in the order of the log. */
  *#ready(blocked: Blocked): Generator<LoggedChange> {
    for (const row of this.#refusedInOrder()) {
      const reason = this.#refused.get(row.change.id)?.reason as WaitReason;
      if (!GOES_AGAIN.has(reason)) blocked.add(row.change);
      else if (blocked.has(row.change)) blocked.add(row.change);
      else yield row;
    }
    for (const row of this.#localFrom(this.#sent)) {
      if (this.#withdrawn.has(row.change.id) || this.#refused.has(row.change.id)) continue;
      if (blocked.has(row.change)) blocked.add(row.change);
      else yield row;
    }
  }

  /** The next push: what is ready, in the order of the log, within the limits (SYNC-OUT-1). */
  outbox(limits: { readonly changes: number; readonly bytes: number }): Waiting[] {
    return this.#transaction(() => {
      const blocked = new Blocked();
      const cipher = this.#cipher();
      const batch: Waiting[] = [];
      let bytes = 0;
      for (const { seq, change, batch: header } of this.#ready(blocked)) {
        const sealed = cipher.seal(change, header);
        if (sealed.box.length > LIMITS.boxChars || sealed.bases.length > LIMITS.bases) {
          // The server would say the same, after a long upload.
          this.#refuse(change.id, 'tooLarge', seq);
          blocked.add(change);
          continue;
        }
        if (batch.length > 0 && bytes + sealed.box.length > limits.bytes) break;
        batch.push({ id: change.id, seq, sealed });
        bytes += sealed.box.length;
        if (batch.length >= limits.changes) break;
      }
      if (batch.length === 0) this.#passBlocked();
      return batch;
    });
  }

  /** Nothing is ready: what is left behind `sent` waits for something else, or was withdrawn. */
  #passBlocked(): void {
    for (const { seq, change } of this.#localFrom(this.#sent)) {
      if (!this.#withdrawn.has(change.id) && !this.#refused.has(change.id)) this.#refuse(change.id, 'held', seq);
      this.#setSent(seq);
    }
    // Changes from elsewhere are not looked through again each time.
    this.#setSent(this.#log.head());
  }

  /** What the server said to a push. Changes between those pushed were passed over because they wait (SYNC-OUT-2). */
  settle(pushed: readonly Waiting[], verdicts: readonly Verdict[], also?: () => void): void {
    this.#transaction(() => {
      const places = new Map(pushed.map(({ id }, i) => [id, verdicts[i]]));
      const last = pushed.reduce((max, { seq }) => Math.max(max, seq), 0);
      for (const { id, seq } of pushed) {
        const verdict = places.get(id);
        if (!verdict) continue;
        const counted = this.#isSettled(id, seq);
        if (verdict.verdict === 'refused') {
          if (seq <= this.#sent && this.#refused.has(id)) this.#refuse(id, verdict.code, seq);
        } else if (seq <= this.#sent && !counted) {
          this.#unrefuse(id);
          this.#count(id);
        }
      }
      for (const { seq, change } of this.#localFrom(this.#sent)) {
        if (seq > last) break;
        const verdict = places.get(change.id);
        this.#setSent(seq);
        if (this.#withdrawn.has(change.id) || this.#refused.has(change.id)) continue;
        if (!verdict) this.#refuse(change.id, 'held', seq);
        else if (verdict.verdict === 'refused') this.#refuse(change.id, verdict.code, seq);
        else this.#count(change.id);
      }
    }, also);
  }

  retry(reasons: readonly WaitReason[]): void {
    this.#transaction(() => {
      for (const [id, { reason, seq }] of this.#refused) if (reasons.includes(reason)) this.#refuse(id, 'retry', seq);
    });
  }

  /** What waits, oldest first. */
  waiting(limit: number): WaitingEntry[] {
    const entries: WaitingEntry[] = [];
    const add = ({ change, batch }: LoggedChange, reason: WaitReason | null): void => {
      const { id, type, record, field } = change;
      entries.push({ id, batch, type, record, field, value: isDoc(change) ? null : change.value, reason });
    };
    for (const row of this.#refusedInOrder()) {
      if (entries.length >= limit) return entries;
      const reason = this.#refused.get(row.change.id)?.reason ?? null;
      add(row, reason === 'retry' ? null : reason);
    }
    for (const row of this.#localFrom(this.#sent)) {
      if (entries.length >= limit) return entries;
      if (!this.#withdrawn.has(row.change.id) && !this.#refused.has(row.change.id)) add(row, null);
    }
    return entries;
  }

  counts(): { readonly waiting: number; readonly refused: number; readonly aside: number } {
    let waiting = 0;
    let refused = 0;
    for (const { reason } of this.#refused.values())
      if (reason === 'retry') waiting += 1;
      else refused += 1;
    // Refused and withdrawn changes that `sent` has not reached yet are among the local ones.
    waiting += this.#localWaiting();
    for (const { seq } of this.#refused.values()) if (seq > this.#sent) waiting -= 1;
    for (const id of this.#withdrawn) if (!this.#refused.has(id) && this.#placeOf(id) > this.#sent) waiting -= 1;
    return { waiting, refused, aside: this.#log.aside.count() };
  }

  /** Local changes behind `sent`: asked often, with tens of thousands waiting, so only what is new is counted. */
  #localWaiting(): number {
    const head = this.#log.head();
    let { from, to, count } = this.#tally;
    if (from > this.#sent || to > head || to < this.#sent) [from, to, count] = [this.#sent, this.#sent, 0];
    if (from < this.#sent) count -= this.#log.localCount(from, this.#sent);
    if (to < head) count += this.#log.localCount(to, head);
    this.#tally = { from: this.#sent, to: head, count };
    return count;
  }

  #placeOf(id: Hlc): number {
    let place = this.#places.get(id);
    if (place === undefined) {
      place = this.#log.find(id)?.seq ?? 0;
      this.#places.set(id, place);
    }
    return place;
  }

  // Withdrawing

  /** True when the server said no to it, so that it can be withdrawn instead of taken back (SYNC-OUT-4, SYNC-OUT-5). */
  isRefused(id: Hlc): boolean {
    const reason = this.#refused.get(id)?.reason;
    return reason !== undefined && reason !== 'retry';
  }

  /** Local changes that are not at the server, in the order of the log. */
  #unsettled(): LoggedChange[] {
    const rows = this.#refusedInOrder();
    for (const row of this.#localFrom(this.#sent))
      if (!this.#withdrawn.has(row.change.id) && !this.#refused.has(row.change.id)) rows.push(row);
    return rows.sort((a, b) => a.seq - b.seq);
  }

  #withdrawAll(chosen: (row: LoggedChange) => boolean): LoggedChange[] {
    const blocked = new Blocked();
    const rows: LoggedChange[] = [];
    for (const row of this.#unsettled()) {
      if (!chosen(row) && !blocked.has(row.change)) continue;
      blocked.add(row.change);
      rows.push(row);
    }
    for (const { change } of rows) {
      this.#unrefuse(change.id);
      this.#withdrawn.add(change.id);
      this.#log.set(`withdrawn ${change.id}`, '');
    }
    for (const record of new Set(rows.map(({ change }) => change.record))) this.#log.refold(record);
    return rows;
  }

  /** Withdraws refused changes with all that waits because of them. Returns the ids. */
  withdraw(ids: readonly Hlc[]): Hlc[] {
    return this.#transaction(() => {
      const chosen = new Set(ids.filter((id) => this.isRefused(id)));
      return this.#withdrawAll(({ change }) => chosen.has(change.id)).map(({ change }) => change.id);
    });
  }

  /** SYNC-CLOCK-4: what was stamped more than five minutes ahead of the server is withdrawn and made anew. */
  reissue(serverNow: number): number {
    const ahead = ({ change }: LoggedChange): boolean => hlcMillis(change.id) > serverNow + LIMITS.ahead;
    if (!this.#unsettled().some(ahead)) return 0;
    return this.#transaction(() => {
      const rows = this.#withdrawAll(ahead);
      this.#log.renewClock();
      const names = new Map<string, string>();
      for (const { change, batch } of rows) {
        let header = names.get(batch.id);
        if (header === undefined) {
          header = this.#log.tick();
          names.set(batch.id, header);
        }
        const id = this.#log.tick();
        names.set(change.id, id);
        const base = change.base.map((one) => names.get(one) ?? one).sort();
        const undoes = batch.undoes === undefined ? undefined : (names.get(batch.undoes) ?? batch.undoes);
        const twinBatch: Batch = {
          ...batch,
          id: header,
          device: this.#log.device(),
          // The others would otherwise read in the history that it was done on a day still to come.
          time: Math.min(batch.time, hlcMillis(header)),
          ...(undoes === undefined ? {} : { undoes }),
        };
        this.#log.append({ ...change, id, batch: header, base }, twinBatch, false, []);
      }
      return rows.length;
    });
  }

  // Taking in

  takeIn(incoming: readonly Incoming[], also?: () => void): TakenIn {
    return this.#transaction(() => this.#takeAll(incoming), also);
  }

  #takeAll(incoming: readonly Incoming[]): TakenIn {
    const counts = { applied: 0, known: 0, setAside: 0 };
    for (const one of incoming) counts[this.#takeOne(one)] += 1;
    return counts;
  }

  #takeOne({ sealed, named = [] }: Incoming): keyof TakenIn {
    const { id } = sealed;
    if (this.#log.has(id)) {
      this.#cameBack(id);
      return 'known';
    }
    if (this.#log.aside.has(id)) return 'known';
    const opened = this.#open(sealed);
    if (typeof opened !== 'string') {
      const { change, batch } = opened;
      try {
        const kept = named.length > 0 && !isDoc(change) && change.field !== '$deleted' ? named : [];
        this.#log.append(change, batch, true, kept);
        if (kept.length > 0) this.#log.set(`named ${id}`, kept.join(' '));
        return 'applied';
      } catch (error) {
        if (!(error instanceof AppFailure) || error.error.code !== 'change.invalid') throw error;
      }
    }
    this.#log.aside.add(id, typeof opened === 'string' ? opened : 'shape', JSON.stringify({ sealed, named }));
    this.#count(id);
    return 'setAside';
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
    const row = this.#withdrawn.has(id) || this.#refused.has(id) ? this.#log.find(id) : undefined;
    if (!row) return;
    if (this.#withdrawn.delete(id)) {
      this.#log.remove(`withdrawn ${id}`);
      this.#log.refold(row.change.record);
    }
    if (this.#refused.has(id)) this.#unrefuse(id);
    if (this.#isSettled(id, row.seq)) this.#count(id);
  }

  /**
   * SYNC-PACK-3. Null when the part cannot be read. What is in the log already is left as it is: that a change of ours has
   * arrived is for the server to say.
   */
  takePart(at: PartPlace, box: Uint8Array, also?: () => void): TakenIn | null {
    const content = this.#cipher().openPart(at, box);
    const entries = content === null ? null : readPart(content);
    return entries && this.#transaction(() => this.#takeEntries(entries), also);
  }

  #takeEntries(entries: readonly PackEntry[]): TakenIn {
    const counts = { applied: 0, known: 0, setAside: 0 };
    for (const { change, batch, named } of entries) {
      const { id } = change;
      if (this.#log.has(id) || this.#log.aside.has(id)) {
        counts.known += 1;
        continue;
      }
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

  // Packs

  /** SYNC-PACK-4: null when not exactly the changes of this digest are in the log, or something waits. */
  packStart(digest: Digest): { readonly pack: Hlc; readonly upTo: number } | null {
    if (!sameDigest(this.digest(), digest) || this.#refused.size > 0 || this.#log.aside.count() > 0) return null;
    for (const { change } of this.#localFrom(this.#sent)) if (!this.#withdrawn.has(change.id)) return null;
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

  /** Tries again what was set aside. What is still not to be had stays. */
  takeUp(reasons: readonly AsideReason[]): TakenIn {
    const limit = this.#log.now() + LIMITS.ahead;
    const due = this.#log.aside
      .all()
      .filter(({ id, reason }) => reasons.includes(reason) && (reason !== 'clock' || hlcMillis(id) <= limit));
    if (due.length === 0) return { applied: 0, known: 0, setAside: 0 };
    return this.#transaction(() => {
      for (const { id } of due) {
        this.#log.aside.remove(id);
        this.#digest.remove(id);
        this.#dirty = true;
      }
      return this.#takeAll(due.map(({ payload }) => JSON.parse(payload) as Incoming));
    });
  }

  /** The whole history is here: the fold needs no names any more. */
  completed(also?: () => void): void {
    this.#transaction(() => {
      for (const [id] of this.#log.list('named ')) this.#log.remove(`named ${id}`);
    }, also);
  }

  // Digest

  #countNew(): void {
    for (const { id, seq, remote } of this.#log.idsAfter(this.#counted)) {
      if (remote) this.#count(id);
      this.#counted = seq;
    }
  }

  #countAll(): void {
    this.#digest = new DigestSet(this.#log.hash);
    this.#counted = 0;
    this.#dirty = true;
    for (const id of this.#members()) this.#digest.add(id);
    for (const { seq } of this.#log.idsAfter(0)) this.#counted = seq;
  }

  /** SYNC-DIGEST-2. */
  *#members(): Generator<Hlc> {
    for (const { id, seq, remote } of this.#log.idsAfter(0)) if (remote || this.#isSettled(id, seq)) yield id;
    for (const { id } of this.#log.aside.all()) yield id;
  }

  digest(): Digest {
    this.#countNew();
    return this.#digest.root();
  }

  recount(): readonly Digest[] {
    return this.#transaction(() => {
      this.#countAll();
      return this.#digest.buckets();
    });
  }

  compare(buckets: readonly number[], theirs: readonly Hlc[]): { readonly lacking: Hlc[]; readonly surplus: Hlc[] } {
    const chosen = new Set(buckets);
    const ours = new Set<Hlc>();
    for (const id of this.#members()) if (chosen.has(bucketOf(this.#log.hash(id)))) ours.add(id);
    const there = new Set(theirs);
    return { lacking: theirs.filter((id) => !ours.has(id)), surplus: [...ours].filter((id) => !there.has(id)) };
  }

  /** Changes sealed anew, in the order of the log; what was set aside goes back as it came. */
  sealed(ids: readonly Hlc[]): SealedChange[] {
    const cipher = this.#cipher();
    const rows = ids.flatMap((id) => this.#log.find(id) ?? []).sort((a, b) => a.seq - b.seq);
    const asked = new Set(ids);
    const aside = this.#log.aside.all().filter(({ id }) => asked.has(id) && !this.#log.has(id));
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
      if (!parts || parts.base.some((id) => this.#refused.has(id) || this.#withdrawn.has(id))) continue;
      this.#transaction(() => {
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

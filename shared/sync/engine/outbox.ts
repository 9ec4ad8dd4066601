/**
 * Local changes on their way to the server: which go out with the next push, which wait and why, what the server's verdicts
 * mean, and what is withdrawn instead (docs/sync.md: OUT, CLOCK). The ledger's other side is what comes in.
 */
import { hlcMillis } from '../../change/clock.ts';
import type { Batch, Change, Hlc } from '../../change/types.ts';
import { fieldSpec } from '../../model/schema.ts';
import type { Refusal } from '../errors.ts';
import type { Verdict } from '../protocol.ts';
import { LIMITS } from '../shapes.ts';
import type { Bookkeeping } from './bookkeeping.ts';
import type { Cipher, LedgerLog, LoggedChange, Waiting, WaitingEntry, WaitReason } from './types.ts';

/** Rows read from the log at a time. */
const STRIDE = 500;
/** Reasons that no later change can get around: what names such a change waits with it. */
const GOES_AGAIN: ReadonlySet<WaitReason> = new Set(['retry', 'held']);

export const isDoc = (change: Change): boolean => fieldSpec(change.type, change.field).kind === 'doc';
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

export class Outbox {
  readonly #log: LedgerLog;
  readonly #cipher: () => Cipher;
  readonly #books: Bookkeeping;
  /** Places in the log of withdrawn changes, as far as they were asked for. */
  readonly #places = new Map<Hlc, number>();

  constructor(log: LedgerLog, cipher: () => Cipher, books: Bookkeeping) {
    this.#log = log;
    this.#cipher = cipher;
    this.#books = books;
  }

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
    return [...this.#books.refused].sort(([, a], [, b]) => a.seq - b.seq).flatMap(([id]) => this.#log.find(id) ?? []);
  }

  /** Marks what waits for something else, and yields the rest in the order of the log. */
  *#ready(blocked: Blocked): Generator<LoggedChange> {
    for (const row of this.#refusedInOrder()) {
      const reason = this.#books.refused.get(row.change.id)?.reason as WaitReason;
      if (!GOES_AGAIN.has(reason)) blocked.add(row.change);
      else if (blocked.has(row.change)) blocked.add(row.change);
      else yield row;
    }
    for (const row of this.#localFrom(this.#books.sent)) {
      if (this.#books.withdrawn.has(row.change.id) || this.#books.refused.has(row.change.id)) continue;
      if (blocked.has(row.change)) blocked.add(row.change);
      else yield row;
    }
  }

  /** The next push: what is ready, in the order of the log, within the limits (SYNC-OUT-1). */
  next(limits: { readonly changes: number; readonly bytes: number }): Waiting[] {
    return this.#books.transaction(() => {
      const blocked = new Blocked();
      const cipher = this.#cipher();
      const batch: Waiting[] = [];
      let bytes = 0;
      for (const { seq, remote, change, batch: header } of this.#ready(blocked)) {
        const sealed = cipher.seal(change, header);
        if (sealed.box.length > LIMITS.boxChars || sealed.bases.length > LIMITS.bases) {
          // The server would say the same, after a long upload.
          this.#books.refuse(change.id, 'tooLarge', seq, remote);
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
    for (const { seq, change } of this.#localFrom(this.#books.sent)) {
      if (!this.#books.withdrawn.has(change.id) && !this.#books.refused.has(change.id))
        this.#books.refuse(change.id, 'held', seq);
      this.#books.setSent(seq);
    }
    // Changes from elsewhere are not looked through again each time.
    this.#books.setSent(this.#log.head());
  }

  /** What the server said to a push. Changes between those pushed were passed over because they wait (SYNC-OUT-2). */
  settle(pushed: readonly Waiting[], verdicts: readonly Verdict[], also?: () => void): void {
    this.#books.transaction(() => {
      const places = new Map(pushed.map(({ id }, i) => [id, verdicts[i]]));
      let last = 0;
      for (const { id, seq } of pushed) {
        const verdict = places.get(id);
        if (!verdict) continue;
        if (this.#books.refused.get(id)?.remote) {
          if (verdict.verdict === 'refused') this.#books.refuse(id, verdict.code, seq, true);
          else this.#books.unrefuse(id);
          continue;
        }
        last = Math.max(last, seq);
        const counted = this.#books.isSettled(id, seq);
        if (verdict.verdict === 'refused') {
          if (seq <= this.#books.sent && this.#books.refused.has(id)) this.#books.refuse(id, verdict.code, seq);
        } else if (seq <= this.#books.sent && !counted) {
          this.#books.unrefuse(id);
          this.#books.count(id);
        }
      }
      for (const { seq, change } of this.#localFrom(this.#books.sent)) {
        if (seq > last) break;
        const verdict = places.get(change.id);
        this.#books.setSent(seq);
        if (this.#books.withdrawn.has(change.id) || this.#books.refused.has(change.id)) continue;
        if (!verdict) this.#books.refuse(change.id, 'held', seq);
        else if (verdict.verdict === 'refused') this.#books.refuse(change.id, verdict.code, seq);
        else this.#books.count(change.id);
      }
    }, also);
  }

  retry(reasons: readonly WaitReason[]): void {
    this.#books.transaction(() => {
      for (const [id, { reason, seq, remote }] of this.#books.refused)
        if (reasons.includes(reason)) this.#books.refuse(id, 'retry', seq, remote);
    });
  }

  /**
   * What the server forgot, or never had, and does not take back for a reason that stays: it is listed like a change of
   * one's own, so that a person sees it and can withdraw it (SYNC-DIGEST-5). Returns the ids that are not in the log: set
   * aside, they stay a difference.
   */
  refuseReturned(refusals: readonly { readonly id: Hlc; readonly code: Refusal }[]): Hlc[] {
    return this.#books.transaction(() => {
      const aside: Hlc[] = [];
      for (const { id, code } of refusals) {
        const row = this.#log.find(id);
        if (!row) aside.push(id);
        if (!row || this.#books.refused.has(id) || this.#books.withdrawn.has(id)) continue;
        if (!row.remote && this.#books.isSettled(id, row.seq)) this.#books.uncount(id);
        this.#books.refuse(id, code, row.seq, row.remote);
      }
      return aside;
    });
  }

  /** Something of ours is not at the server, and was not withdrawn. */
  hasWaiting(): boolean {
    if (this.#books.refused.size > 0) return true;
    for (const { change } of this.#localFrom(this.#books.sent)) if (!this.#books.withdrawn.has(change.id)) return true;
    return false;
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
      const reason = this.#books.refused.get(row.change.id)?.reason ?? null;
      add(row, reason === 'retry' ? null : reason);
    }
    for (const row of this.#localFrom(this.#books.sent)) {
      if (entries.length >= limit) return entries;
      if (!this.#books.withdrawn.has(row.change.id) && !this.#books.refused.has(row.change.id)) add(row, null);
    }
    return entries;
  }

  counts(): { readonly waiting: number; readonly refused: number; readonly aside: number } {
    let waiting = 0;
    let refused = 0;
    for (const { reason } of this.#books.refused.values())
      if (reason === 'retry') waiting += 1;
      else refused += 1;
    // Refused and withdrawn changes that `sent` has not reached yet are among the local ones.
    waiting += this.#books.localCount();
    for (const { seq, remote } of this.#books.refused.values()) if (!remote && seq > this.#books.sent) waiting -= 1;
    for (const id of this.#books.withdrawn)
      if (!this.#books.refused.has(id) && this.#placeOf(id) > this.#books.sent) waiting -= 1;
    return { waiting, refused, aside: this.#log.aside.count() };
  }
  #placeOf(id: Hlc): number {
    let place = this.#places.get(id);
    if (place === undefined) {
      // Those from elsewhere are not counted among the local ones.
      const row = this.#log.find(id);
      place = row && !row.remote ? row.seq : 0;
      this.#places.set(id, place);
    }
    return place;
  }

  // Withdrawing

  /** True when the server said no to it, so that it can be withdrawn instead of taken back (SYNC-OUT-4, SYNC-OUT-5). */
  isRefused(id: Hlc): boolean {
    const reason = this.#books.refused.get(id)?.reason;
    return reason !== undefined && reason !== 'retry';
  }

  /** Local changes that are not at the server, in the order of the log. */
  #unsettled(): LoggedChange[] {
    const rows = this.#refusedInOrder();
    for (const row of this.#localFrom(this.#books.sent))
      if (!this.#books.withdrawn.has(row.change.id) && !this.#books.refused.has(row.change.id)) rows.push(row);
    return rows.sort((a, b) => a.seq - b.seq);
  }

  /** `kept` are left alone, whatever they belong to. */
  #withdrawAll(chosen: (row: LoggedChange) => boolean, kept: ReadonlySet<Hlc> = new Set()): LoggedChange[] {
    const blocked = new Blocked();
    const rows: LoggedChange[] = [];
    for (const row of this.#unsettled()) {
      if (kept.has(row.change.id) || (!chosen(row) && !blocked.has(row.change))) continue;
      blocked.add(row.change);
      rows.push(row);
    }
    for (const row of rows) {
      this.#books.unrefuse(row.change.id);
      this.#books.withdraw(row);
    }
    for (const record of new Set(rows.map(({ change }) => change.record))) this.#log.refold(record);
    return rows;
  }

  /** Withdraws refused changes with all that waits because of them. Returns the ids. */
  withdraw(ids: readonly Hlc[]): Hlc[] {
    return this.#books.transaction(() => {
      const chosen = new Set(ids.filter((id) => this.isRefused(id)));
      return this.#withdrawAll(({ change }) => chosen.has(change.id)).map(({ change }) => change.id);
    });
  }

  /**
   * Ids of those that name something settled from after `limit` (a server's clock ran ahead for a while), and of what these
   * name: a change comes after what it names, so that they must wait until then.
   */
  #tied(rows: readonly LoggedChange[], limit: number): ReadonlySet<Hlc> {
    const own = new Set(rows.map(({ change }) => change.id));
    const tied = new Set<Hlc>();
    for (let before = -1; before < tied.size; ) {
      before = tied.size;
      for (const { change } of rows) {
        if (!change.base.some((id) => tied.has(id) || (!own.has(id) && hlcMillis(id) > limit))) continue;
        for (const id of [change.id, ...change.base]) if (own.has(id)) tied.add(id);
      }
    }
    return tied;
  }

  /** SYNC-CLOCK-4: what was stamped more than five minutes ahead of the server is withdrawn and made anew. */
  reissue(serverNow: number): number {
    const limit = serverNow + LIMITS.ahead;
    const late = ({ change }: LoggedChange): boolean => hlcMillis(change.id) > limit;
    // What somebody else made is made anew by its author.
    const unsettled = this.#unsettled().filter(({ remote }) => !remote);
    if (!unsettled.some(late)) return 0;
    // What our own clock, a little behind the server's, would not stand behind is no ground to build on either.
    const tied = this.#tied(unsettled, Math.min(limit, this.#log.now() + LIMITS.ahead));
    const ahead = (row: LoggedChange): boolean => late(row) && !tied.has(row.change.id);
    if (!unsettled.some(ahead)) return 0;
    return this.#books.transaction(() => {
      const rows = this.#withdrawAll(ahead, tied);
      this.#log.renewClock();
      const names = new Map<string, string>();
      for (const { change, batch } of rows) {
        let header = names.get(batch.id);
        if (header === undefined) {
          header = this.#log.tick();
          names.set(batch.id, header);
        }
        const base = change.base.map((one) => names.get(one) ?? one).sort();
        // It may name what is not here, or not any more: it must stand behind that, too.
        for (const one of base) this.#log.receive(one);
        const id = this.#log.tick();
        names.set(change.id, id);
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
}

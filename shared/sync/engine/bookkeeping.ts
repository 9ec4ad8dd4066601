/**
 * What a ledger keeps about its changes: how far they are settled, which were refused or withdrawn, and the digest. In
 * memory, and by durable names of `LedgerLog`, which it follows; the rules that move the marks are the ledger's and the
 * outbox's.
 *
 * Durable names: `sent` (every local change up to this place is settled, except the refused), `refused <id>` (reason and
 * place, and `remote`), `withdrawn <id>`, `digest` (saved, with the place up to which remote changes are counted).
 */
import type { Hlc } from '../../change/types.ts';
import { DigestSet } from '../digest.ts';
import type { Digest } from '../protocol.ts';
import type { LedgerLog, LoggedChange, WaitReason } from './types.ts';

export interface Refused {
  readonly reason: WaitReason;
  readonly seq: number;
  /** It came from elsewhere: by a hand-over file, or from a server that forgot it. */
  readonly remote: boolean;
}

export class Bookkeeping {
  readonly #log: LedgerLog;
  #sent = 0;
  readonly #refused = new Map<Hlc, Refused>();
  readonly #withdrawn = new Set<Hlc>();
  /** Local changes behind `from` up to `to`. */
  #tally = { from: 0, to: 0, count: 0 };
  #digest: DigestSet;
  #counted = 0;
  #dirty = false;

  constructor(log: LedgerLog) {
    this.#log = log;
    this.#digest = new DigestSet(log.hash);
    this.#load();
  }

  #load(): void {
    this.#sent = Number(this.#log.get('sent') ?? 0);
    this.#tally = { from: this.#sent, to: this.#sent, count: 0 };
    this.#refused.clear();
    for (const [id, value] of this.#log.list('refused ')) {
      const [reason, seq, remote] = value.split(' ');
      this.#refused.set(id, { reason: reason as WaitReason, seq: Number(seq), remote: remote !== undefined });
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
  transaction<T>(work: () => T, also?: () => void): T {
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

  get sent(): number {
    return this.#sent;
  }

  get refused(): ReadonlyMap<Hlc, Refused> {
    return this.#refused;
  }

  get withdrawn(): ReadonlySet<Hlc> {
    return this.#withdrawn;
  }

  // Marks: inside a transaction

  /** The change belongs to the digest from here on (SYNC-DIGEST-2). */
  count(id: Hlc): void {
    this.#digest.add(id);
    this.#dirty = true;
  }

  uncount(id: Hlc): void {
    this.#digest.remove(id);
    this.#dirty = true;
  }

  setSent(seq: number): void {
    if (seq <= this.#sent) return;
    this.#sent = seq;
    this.#log.set('sent', String(seq));
  }

  refuse(id: Hlc, reason: WaitReason, seq: number, remote = false): void {
    this.#asMember(id, remote ? seq : undefined, () => {
      this.#refused.set(id, { reason, seq, remote });
      this.#log.set(`refused ${id}`, `${reason} ${seq}${remote ? ' remote' : ''}`);
    });
  }

  unrefuse(id: Hlc): void {
    const entry = this.#refused.get(id);
    this.#asMember(id, entry?.remote ? entry.seq : undefined, () => {
      this.#refused.delete(id);
      this.#log.remove(`refused ${id}`);
    });
  }

  withdraw({ seq, remote, change: { id } }: LoggedChange): void {
    this.#asMember(id, remote ? seq : undefined, () => {
      this.#withdrawn.add(id);
      this.#log.set(`withdrawn ${id}`, '');
    });
  }

  unwithdraw({ seq, remote, change: { id } }: LoggedChange): void {
    this.#asMember(id, remote ? seq : undefined, () => {
      this.#withdrawn.delete(id);
      this.#log.remove(`withdrawn ${id}`);
    });
  }

  /** Remote changes are members by themselves: one at that place joins or leaves the digest when `mark` makes it so. */
  #asMember(id: Hlc, remoteAt: number | undefined, mark: () => void): void {
    const counted = remoteAt !== undefined && remoteAt <= this.#counted;
    const before = this.#isForeignMember(id);
    mark();
    if (!counted || before === this.#isForeignMember(id)) return;
    if (before) this.uncount(id);
    else this.count(id);
  }

  #isForeignMember(id: Hlc): boolean {
    return !this.#refused.has(id) && !this.#withdrawn.has(id);
  }

  /** A local change that has arrived at the server. */
  isSettled(id: Hlc, seq: number): boolean {
    return seq <= this.#sent && !this.#refused.has(id) && !this.#withdrawn.has(id);
  }

  /** Local changes behind `sent`: asked often, with tens of thousands waiting, so only what is new is counted. */
  localCount(): number {
    const head = this.#log.head();
    let { from, to, count } = this.#tally;
    if (from > this.#sent || to > head || to < this.#sent) [from, to, count] = [this.#sent, this.#sent, 0];
    if (from < this.#sent) count -= this.#log.localCount(from, this.#sent);
    if (to < head) count += this.#log.localCount(to, head);
    this.#tally = { from: this.#sent, to: head, count };
    return count;
  }

  // Digest

  #countNew(): void {
    for (const { id, seq, remote } of this.#log.idsAfter(this.#counted)) {
      if (remote && this.#isForeignMember(id)) this.count(id);
      this.#counted = seq;
    }
  }

  #countAll(): void {
    this.#digest = new DigestSet(this.#log.hash);
    this.#counted = 0;
    this.#dirty = true;
    for (const id of this.members()) this.#digest.add(id);
    for (const { seq } of this.#log.idsAfter(0)) this.#counted = seq;
  }

  /** Ids that the digest is of (SYNC-DIGEST-2). */
  *members(): Generator<Hlc> {
    for (const { id, seq, remote } of this.#log.idsAfter(0))
      if (remote ? this.#isForeignMember(id) : this.isSettled(id, seq)) yield id;
    for (const { id } of this.#log.aside.all()) yield id;
  }

  /** Count and XOR of all that is a member, what is new in the log included. */
  digest(): Digest {
    this.#countNew();
    return this.#digest.root();
  }

  /** Counts everything anew; returns the buckets. */
  recount(): readonly Digest[] {
    return this.transaction(() => {
      this.#countAll();
      return this.#digest.buckets();
    });
  }
}

/**
 * The server's rules in memory, for one workspace. Small enough to be read against docs/sync.md; the real one is tested
 * with PostgreSQL.
 */
import { hlcMillis } from '../../shared/change/clock.ts';
import { bucketOf, DigestSet, type Hash } from '../../shared/sync/digest.ts';
import type { Hint } from '../../shared/sync/engine/transport.ts';
import { TransportFailure } from '../../shared/sync/engine/transport.ts';
import type { SealedChange, SequencedChange, Slot, Verdict, WorkspaceStatus } from '../../shared/sync/protocol.ts';
import { LIMITS, type Role } from '../../shared/sync/shapes.ts';
import { type ChunkQuestion, ModelBlobs } from './model-blobs.ts';

interface ModelDevice {
  readonly id: string;
  readonly token: string;
  /** Sealed. */
  readonly name: string;
  role: Role;
  revoked: boolean;
  wipe: boolean;
}
interface SlotState {
  readonly heads: Set<string>;
  readonly named: Set<string>;
  readonly members: Set<string>;
}
interface Question extends ChunkQuestion {
  readonly body?: unknown;
}
/** What a backup of the server holds: nothing before it ever changes. */
export interface ServerBackup {
  readonly changes: number;
  readonly chunks: number;
}

export interface ModelOptions {
  readonly now: () => number;
  readonly hash: Hash;
  /** Characters of a box from which on it is too large. */
  readonly boxLimit: number;
  /**
   * A deliberate fault: places are given before the change can be read, so that a later one can be read first, as with a
   * database sequence. Milliseconds until it can be read.
   */
  readonly lag?: () => number;
}

export class ModelServer {
  readonly #options: ModelOptions;
  epoch = 'epoch0';
  keyEpoch = 0;
  full = false;
  #changes: SequencedChange[] = [];
  #visibleAt: number[] = [];
  #byId = new Map<string, SequencedChange>();
  #slots = new Map<string, SlotState>();
  #digest: DigestSet;
  readonly #devices = new Map<string, ModelDevice>();
  readonly #invitations = new Map<string, { readonly role: Role; usedBy?: string }>();
  readonly #listeners = new Map<string, (hint: Hint) => void>();
  readonly manifest: string[] = [];
  readonly blobs = new ModelBlobs();
  leaseDays: number | null = null;
  /** Parts in base64, the newest pack last. */
  #packs: { readonly pack: string; readonly place: number; readonly parts: string[]; complete: boolean }[] = [];

  constructor(options: ModelOptions) {
    this.#options = options;
    this.#digest = new DigestSet(options.hash);
  }

  // What an administrator does

  invite(secret: string, role: Role): void {
    this.#invitations.set(secret, { role });
  }
  setRole(device: string, role: Role): void {
    const known = [...this.#devices.values()].find(({ id }) => id === device);
    if (!known) return;
    known.role = role;
    this.#listeners.get(known.token)?.({ event: 'self', data: { role, name: known.name } });
  }
  revoke(device: string, wipe: boolean): void {
    for (const known of this.#devices.values()) {
      if (known.id !== device) continue;
      known.revoked = true;
      known.wipe = wipe;
      this.#listeners.get(known.token)?.({ event: 'revoked', data: { wipe } });
    }
  }
  backup(): ServerBackup {
    return { changes: this.#changes.length, chunks: this.blobs.backup() };
  }
  /** Back to a backup. `announced`: the administrator ran the command that makes a new epoch. */
  restore({ changes, chunks }: ServerBackup, announced: string | null): void {
    const kept = this.#changes.slice(0, changes);
    const visible = this.#visibleAt.slice(0, changes);
    this.blobs.restore(chunks);
    this.#changes = [];
    this.#visibleAt = [];
    this.#byId = new Map();
    this.#slots = new Map();
    this.#digest = new DigestSet(this.#options.hash);
    kept.forEach((change, i) => this.#store(change, visible[i] ?? 0));
    // A backup holds the packs of its time.
    this.#packs = this.#packs.filter(({ place }) => place <= changes);
    if (announced) this.epoch = announced;
  }
  digestRoot(): { readonly count: number; readonly xor: string } {
    return this.#digest.root();
  }
  ids(): ReadonlySet<string> {
    return new Set(this.#byId.keys());
  }
  sealed(): readonly SequencedChange[] {
    return this.#changes;
  }

  // Rules

  #status(device: ModelDevice): WorkspaceStatus {
    return {
      epoch: this.epoch,
      head: this.#changes.length,
      digest: this.#digest.root(),
      keyEpoch: this.keyEpoch,
      role: device.role,
      leaseDays: this.leaseDays,
      now: Math.floor(this.#options.now()),
    };
  }

  /** SYNC-STATE-3. */
  #store(change: SealedChange, visibleAt: number): number {
    const seq = this.#changes.length + 1;
    const sequenced = { ...change, seq };
    this.#changes.push(sequenced);
    this.#visibleAt.push(visibleAt);
    this.#byId.set(change.id, sequenced);
    this.#digest.add(change.id);
    const name = `${change.record} ${change.field}`;
    let slot = this.#slots.get(name);
    if (!slot) {
      slot = { heads: new Set(), named: new Set(), members: new Set() };
      this.#slots.set(name, slot);
    }
    slot.members.add(change.id);
    if (!slot.named.delete(change.id)) slot.heads.add(change.id);
    for (const base of change.bases) {
      if (slot.members.has(base)) slot.heads.delete(base);
      else slot.named.add(base);
    }
    return seq;
  }

  #verdict(given: unknown, device: ModelDevice, refused: Map<string, Verdict>): Verdict {
    const change = given as SealedChange;
    if (typeof change?.id !== 'string' || typeof change.box !== 'string' || !Array.isArray(change.bases))
      return { verdict: 'refused', code: 'malformed' };
    const known = this.#byId.get(change.id);
    if (known) {
      const same =
        known.record === change.record && known.field === change.field && known.bases.join() === change.bases.join();
      return same ? { verdict: 'known', seq: known.seq } : { verdict: 'refused', code: 'collision' };
    }
    // SYNC-PUSH-5.
    for (const base of change.bases) {
      const verdict = refused.get(base);
      if (verdict) return verdict;
    }
    if (device.role === 'reader') return { verdict: 'refused', code: 'readOnly' };
    if (change.box.length > this.#options.boxLimit) return { verdict: 'refused', code: 'tooLarge' };
    if (hlcMillis(change.id) > this.#options.now() + LIMITS.ahead) return { verdict: 'refused', code: 'future' };
    if (this.full) return { verdict: 'refused', code: 'full' };
    const lag = this.#options.lag?.() ?? 0;
    return { verdict: 'accepted', seq: this.#store(change, this.#options.now() + lag) };
  }

  #slot(name: string): Slot {
    const slot = this.#slots.get(name) as SlotState;
    const [record = '', ...field] = name.split(' ');
    return {
      record,
      field: field.join(' '),
      heads: [...slot.heads].map((id) => this.#byId.get(id) as SequencedChange),
      named: [...slot.named],
    };
  }

  #isHead(change: SequencedChange): boolean {
    return this.#slots.get(`${change.record} ${change.field}`)?.heads.has(change.id) ?? false;
  }

  #pull({ after, before, superseded, limit }: Record<string, unknown>): object {
    const most = Number(limit);
    const seen = (change: SequencedChange): boolean =>
      (this.#visibleAt[change.seq - 1] as number) <= this.#options.now();
    if (after !== undefined) {
      const page = this.#changes.slice(Number(after), Number(after) + most);
      const changes = page.filter(seen);
      const next = Math.min(Number(after) + page.length, this.#changes.length);
      return { changes, next: Math.max(Number(after), next), more: next < this.#changes.length && page.length > 0 };
    }
    const until = Math.min(Number(before) - 1, this.#changes.length);
    const from = Math.max(0, until - most);
    const page = this.#changes.slice(from, until).reverse();
    const changes = page.filter((change) => superseded !== 'true' || !this.#isHead(change));
    return { changes, next: from + 1, more: from > 0 };
  }

  /** Answers as the protocol says; throws the failure that the transport would report. */
  answer(token: string, route: string, question: Question): unknown {
    const { body, query = {} } = question;
    if (route === 'enrol') return this.#enrol(body as { secret: string; device: string; token: string; name: string });
    const device = this.#devices.get(token);
    if (!device) throw new TransportFailure('unauthorised');
    if (device.revoked) throw new TransportFailure('revoked', { wipe: device.wipe });
    if (route === 'getChunk') return this.blobs.get(question);
    if (route === 'putChunk') return this.#putChunk(device, question);
    if (route === 'blob') return this.blobs.state(String(question.params?.['blob']));
    if (route === 'getPart') return Buffer.from(this.#getPart(question.params ?? {}), 'base64');
    if (route === 'putPart')
      return this.#putPart(device, question.params ?? {}, query, Buffer.from(question.bytes ?? []).toString('base64'));
    const given = body as Record<string, never>;
    const reply = this.#routes(device, given, query)[route]?.();
    if (!reply) throw new Error(`the model does not know ${route}`);
    return { ...reply, status: this.#status(device) };
  }

  #putChunk(device: ModelDevice, question: Question): object {
    if (device.role === 'reader') throw new TransportFailure('forbidden');
    if (this.full) throw new TransportFailure('full');
    this.blobs.put(question);
    return { done: true };
  }

  #setLease(device: ModelDevice, days: number | null): object {
    if (device.role !== 'owner') throw new TransportFailure('forbidden');
    this.leaseDays = days;
    return {};
  }

  #routes(
    device: ModelDevice,
    body: Readonly<Record<string, unknown>>,
    query: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, () => object>> {
    return {
      status: () => ({}),
      push: () => {
        const before = this.#changes.length;
        const refused = new Map<string, Verdict>();
        const verdicts = (body['changes'] as unknown[]).map((change) => {
          const verdict = this.#verdict(change, device, refused);
          if (verdict.verdict === 'refused') refused.set(String((change as SealedChange | null)?.id), verdict);
          return verdict;
        });
        if (this.#changes.length > before) this.#hint();
        return { verdicts };
      },
      pull: () => this.#pull(query),
      byId: () => ({
        changes: (body['ids'] as string[]).flatMap((id) => this.#byId.get(id) ?? []),
        rest: [],
      }),
      state: () => {
        const names = [...this.#slots.keys()].sort();
        const after = query['after'];
        const from = after === undefined ? 0 : names.findIndex((name) => name > String(after));
        const page = from < 0 ? [] : names.slice(from, from + Number(query['limit']));
        const last = page.at(-1);
        return {
          slots: page.map((name) => this.#slot(name)),
          next: last !== undefined && last !== names.at(-1) ? last : null,
        };
      },
      records: () => {
        const wanted = new Set(body['records'] as string[]);
        const names = [...this.#slots.keys()].filter((name) => wanted.has(name.split(' ')[0] ?? ''));
        return { slots: names.map((name) => this.#slot(name)), rest: [] };
      },
      pack: () => {
        const newest = this.#packs.find(({ complete }) => complete);
        return { pack: newest ? { pack: newest.pack, place: newest.place, parts: newest.parts.length } : null };
      },
      digest: () => ({ buckets: this.#digest.buckets() }),
      bucketIds: () => {
        const buckets = new Set(body['buckets'] as number[]);
        const ids = [...this.#byId.keys()].filter((id) => buckets.has(bucketOf(this.#options.hash(id)))).sort();
        const after = body['after'] as string | undefined;
        const rest = after === undefined ? ids : ids.filter((id) => id > after);
        const page = rest.slice(0, 7);
        return { ids: page, next: rest.length > page.length ? page.at(-1) : null };
      },
      manifest: () => ({
        manifest: this.manifest.length > 0 ? { keyEpoch: 1, box: JSON.stringify(this.manifest) } : null,
      }),
      keys: () => ({ keys: Array.from({ length: this.keyEpoch }, (_, i) => ({ keyEpoch: i + 1 })) }),
      self: () => ({ done: true }),
      lease: () => this.#setLease(device, body['leaseDays'] as number | null),
      blobs: () => ({ blobs: (body['blobs'] as string[]).map((blob) => this.blobs.state(blob)) }),
      devices: () => ({ devices: [], self: device.id }),
    };
  }

  /** In base64. */
  #getPart({ pack, part }: Readonly<Record<string, unknown>>): string {
    const box = this.#packs.find((one) => one.pack === pack)?.parts[Number(part)];
    if (box === undefined) throw new TransportFailure('notFound');
    return box;
  }

  #putPart(
    device: ModelDevice,
    { pack, part }: Readonly<Record<string, unknown>>,
    { place, last }: Readonly<Record<string, unknown>>,
    bytes: string,
  ): object {
    if (device.role === 'reader') throw new TransportFailure('forbidden');
    if (Number(place) > this.#changes.length) throw new TransportFailure('malformed');
    let made = this.#packs.find((one) => one.pack === pack);
    if (Number(part) === 0 && !made) {
      made = { pack: String(pack), place: Number(place), parts: [], complete: false };
      this.#packs = [...this.#packs.filter(({ complete }) => complete), made];
    }
    if (!made || made.parts.length < Number(part)) throw new TransportFailure('notFound');
    if (made.parts.length > Number(part)) return { done: true };
    if (made.complete) throw new TransportFailure('notFound');
    made.parts.push(bytes);
    made.complete = last === 'true';
    if (made.complete) this.#packs = [made];
    return { done: true };
  }

  #enrol({
    secret,
    device,
    token,
    name,
  }: {
    readonly secret: string;
    readonly device: string;
    readonly name: string;
    readonly token: string;
  }): object {
    const invitation = this.#invitations.get(secret);
    if (!invitation) throw new TransportFailure('invitationUnknown');
    if (invitation.usedBy !== undefined && invitation.usedBy !== token) throw new TransportFailure('invitationUsed');
    invitation.usedBy = token;
    const known = this.#devices.get(token) ?? {
      id: device,
      token,
      name,
      role: invitation.role,
      revoked: false,
      wipe: false,
    };
    this.#devices.set(token, known);
    this.keyEpoch = Math.max(1, this.keyEpoch);
    return { status: this.#status(known) };
  }

  #hint(): void {
    const data = { head: this.#changes.length, epoch: this.epoch, keyEpoch: this.keyEpoch };
    for (const listener of this.#listeners.values()) listener({ event: 'head', data });
  }

  listen(token: string, on: (hint: Hint) => void): () => void {
    this.#listeners.set(token, on);
    return () => this.#listeners.delete(token);
  }
}

/** One seed: devices and a server live through bad days, then get time to heal, then are judged. */
import * as Y from 'yjs';
import { conflictsOf } from '../../shared/change/state.ts';
import type { DraftChange, Json } from '../../shared/change/types.ts';
import { formatHlc } from '../../shared/change/clock.ts';
import { encodeBase64 } from '../../shared/text/base64.ts';
import { type ClientMutation, Device, goodNetwork } from './device.ts';
import type { MemoryLog } from './memory-log.ts';
import { contentHash, contentsIn } from './memory-blobs.ts';
import { ModelServer, type ServerBackup } from './model-server.ts';
import { contentProblems, divergence, leftOver, preservation, refolding } from './oracles.ts';
import { World } from './world.ts';

export interface ScenarioOptions {
  readonly seed: number;
  /** Deliberate faults of every device. */
  readonly mutations?: readonly ClientMutation[];
  /** Places are given before changes can be read, as with a database sequence. */
  readonly skippingServer?: boolean;
  /** Things that happen in the bad days. */
  readonly steps?: number;
}
export interface Outcome {
  readonly seed: number;
  /** What the oracles found; empty when all is well. */
  readonly problems: readonly string[];
  /** Of the trace: two runs of a seed must agree. */
  readonly fingerprint: string;
  readonly acknowledged: number;
  /** Contents of attachments that came to devices from the server. */
  readonly brought: number;
  readonly events: readonly string[];
}

const DAY = 86_400_000;
const MINUTE = 60_000;
const BOX_LIMIT = 4000;

/** FNV-1a, spread over 17 bytes: enough for digests here, and quick. */
function hash(id: string): Uint8Array {
  const bytes = new Uint8Array(17);
  let h = 0x811c9dc5;
  for (let i = 0; i < id.length; i += 1) h = Math.imul(h ^ id.charCodeAt(i), 0x01000193);
  for (let i = 0; i < 17; i += 1) {
    h ^= h >>> 15;
    h = Math.imul(h, 0x2c1b3c6d) + i;
    h ^= h >>> 13;
    bytes[i] = h & 0xff;
  }
  return bytes;
}

export class Scenario {
  readonly world: World;
  readonly server: ModelServer;
  readonly devices: Device[] = [];
  readonly #options: ScenarioOptions;
  /** Labels of what was acknowledged to a person, by device. */
  readonly #acknowledged = new Map<string, string>();
  readonly #backups = new Map<Device, MemoryLog>();
  /** How far the server's clock is ahead, in milliseconds. */
  #serverAhead = 0;
  #serverBackup: ServerBackup = { changes: 0, chunks: 0 };
  /** Every content that was ever added, by its hash. */
  readonly #contents = new Map<string, string>();
  #labels = 0;
  #secrets = 0;
  #clients = 0;

  constructor(options: ScenarioOptions) {
    this.#options = options;
    this.world = new World(options.seed);
    const { chance } = this.world;
    this.server = new ModelServer({
      now: () => this.world.time + this.#serverAhead,
      hash,
      boxLimit: BOX_LIMIT,
      ...(options.skippingServer ? { lag: () => (chance.maybe(0.3) ? chance.int(1, 400) : 0) } : {}),
    });
  }

  get acknowledged(): number {
    return this.#acknowledged.size;
  }

  get brought(): number {
    return this.devices.reduce(
      (sum, { log, kept }) => sum + contentsIn(log).filter((hash) => !kept.has(hash)).length,
      0,
    );
  }

  async #join(): Promise<Device> {
    const { chance } = this.world;
    const device = new Device(
      this.world,
      this.server,
      `D${this.devices.length}`,
      { hash },
      this.#options.mutations ?? [],
    );
    if (chance.maybe(0.5)) device.skew = chance.int(-DAY, DAY);
    this.devices.push(device);
    device.boot();
    // Some have worked alone before.
    for (let i = chance.int(0, 3); i > 0; i -= 1) this.#edit(device);
    this.#secrets += 1;
    const secret = `s${this.#secrets}`;
    this.server.invite(secret, 'editor');
    await device.enrol(secret);
    return device;
  }

  // Edits

  #commit(device: Device, changes: readonly DraftChange[], label: string): void {
    const set = device.commit({ kind: 'edit', label, changes });
    if (set) this.#acknowledged.set(label, device.name);
    this.world.note(`${device.name} ${label} ${set ? set.changes.map(({ id }) => id).join() : '-'}`);
  }

  #typed(label: string): string {
    const doc = new Y.Doc();
    this.#clients += 1;
    doc.clientID = this.#clients;
    doc.getText('body').insert(0, `‹${label}›`);
    return encodeBase64(Y.encodeStateAsUpdate(doc));
  }

  #edit(device: Device): void {
    const { chance } = this.world;
    this.#labels += 1;
    const label = `e${this.#labels}`;
    const records = [...device.log.states().values()];
    const existing = records.length > 0 && chance.maybe(0.85) ? chance.pick(records) : undefined;
    if (!existing) {
      const type = chance.pick(['meeting', 'meeting', 'promise', 'thingOfTomorrow']);
      const value: Record<string, Json> =
        type === 'promise'
          ? { text: label, visibility: 'private', status: 'open' }
          : { title: label, state: 'draft', [`tags/${label}`]: true };
      this.#commit(device, [{ type, record: `x${chance.int(1, 6)}-${type}`, field: '$new', value }], label);
      return;
    }
    const { id: record, type } = existing;
    const set = (field: string, value: Json): void => this.#commit(device, [{ type, record, field, value }], label);
    const kind = chance.int(0, 14);
    if (kind <= 2) set(type === 'promise' ? 'text' : 'title', label);
    else if (kind === 3) set(`tags/${chance.pick(['a', 'b'])}`, chance.maybe(0.6) ? label : null);
    else if (kind === 4) set('visibility', chance.pick(['client', 'internal', 'private']));
    else if (kind === 5)
      set(type === 'promise' ? 'status' : 'state', chance.pick(['open', 'done', 'draft', 'sent', 'reviewed']));
    else if (kind <= 7 && type === 'meeting') set('body', this.#typed(label));
    else if (kind === 8) set('$deleted', chance.maybe(0.7));
    else if (kind === 9) set('fieldOfTomorrow', { label, more: [1, null] });
    else if (kind === 10) this.#decide(device, label);
    else if (kind >= 12 && type === 'meeting') this.#attach(device, record, label);
    else set('summary', chance.maybe(0.15) ? label.padEnd(BOX_LIMIT + 1, 'z') : label);
  }

  /** A file is added to a record, or one is taken away. */
  #attach(device: Device, record: string, label: string): void {
    const { chance } = this.world;
    const field = `attachments/${chance.pick(['a', 'b', label])}`;
    if (chance.maybe(0.15)) {
      this.#commit(device, [{ type: 'meeting', record, field, value: null }], label);
      return;
    }
    const text = `${label}:`.padEnd(chance.int(1, 40), 'abcdefgh');
    const content = new TextEncoder().encode(text);
    this.#contents.set(contentHash(content, hash), text);
    const set = device.attach(content, (name) => ({
      kind: 'edit',
      label,
      changes: [{ type: 'meeting', record, field, value: { name: label, hash: name, bytes: text.length, order: 1 } }],
    }));
    if (set) this.#acknowledged.set(label, device.name);
    this.world.note(`${device.name} ${label} file ${set ? set.changes.map(({ id }) => id).join() : '-'}`);
  }

  /** A person settles a conflict. */
  #decide(device: Device, label: string): void {
    for (const state of device.log.states().values()) {
      const [conflict] = conflictsOf(state).filter(({ field }) => field !== '$deleted');
      if (!conflict) continue;
      const value = this.world.chance.pick([conflict.shown, ...conflict.others]).value;
      this.#commit(device, [{ type: state.type, record: state.id, field: conflict.field, value }], label);
      return;
    }
  }

  // Bad days

  async #misfortune(): Promise<void> {
    const { world, server } = this;
    const { chance } = world;
    const present = this.devices.filter(({ gone }) => !gone);
    const device = chance.pick(present);
    switch (chance.int(0, 18)) {
      case 0:
        device.network = { ...goodNetwork(), out: chance.maybe(0.5), in: chance.maybe(0.5) };
        break;
      case 1:
        device.network = { ...goodNetwork(), loss: 0.3, duplicates: 0.3, latency: 3000, tamper: 0.4 };
        break;
      case 2:
      case 3:
        device.network = { ...goodNetwork(), tamper: chance.maybe(0.4) ? 0.4 : 0 };
        break;
      case 15:
        // All of it arrives, and half of the bytes not as they were sent.
        device.network = { ...goodNetwork(), tamper: 0.5 };
        break;
      case 16:
        this.#serverAhead = chance.maybe(0.6) ? 0 : chance.int(0, 20 * MINUTE);
        break;
      case 4:
        device.crash();
        break;
      case 5:
        device.diskTrouble = chance.maybe(0.5) ? { full: 0.5, cut: 0 } : { full: 0, cut: 0.1 };
        break;
      case 6:
        device.diskTrouble = { full: 0, cut: 0 };
        break;
      case 7:
        device.skew = chance.maybe(0.5) ? 0 : chance.int(-DAY, DAY);
        break;
      case 8:
        this.#serverBackup = server.backup();
        break;
      case 9:
        if (chance.maybe(0.4)) {
          server.restore(this.#serverBackup, chance.maybe(0.6) ? `epoch${world.time}` : null);
          world.note('server restored');
        }
        break;
      case 10:
        this.#poison(device);
        break;
      case 11:
        if (this.devices.length < 5) await this.#join();
        break;
      case 12:
        if (chance.maybe(0.3)) server.keyEpoch += 1;
        else server.full = chance.maybe(0.3);
        break;
      case 13:
        await this.#changeRole(device);
        break;
      case 18:
        this.#handOver(device);
        break;
      case 14:
        if (device.up && !this.#backups.has(device)) this.#backups.set(device, device.log.backup());
        else if (chance.maybe(0.3)) this.#restoreDevice(device);
        break;
      default:
        if (present.length > 2 && chance.maybe(0.15)) await this.#revoke(device);
    }
  }

  async #changeRole(device: Device): Promise<void> {
    const memory = await device.store.memory();
    if (memory) this.server.setRole(memory.enrolment.device, this.world.chance.maybe(0.5) ? 'reader' : 'editor');
  }

  /** What was only on the disk that is replaced goes with it; what had left the device must come back. */
  #restoreDevice(device: Device): void {
    const backup = this.#backups.get(device);
    if (!backup) return;
    this.#forgive(device, new Set(backup.live().map(({ batch }) => batch.label)));
    this.#backups.delete(device);
    device.restore(backup);
    this.world.note(`${device.name} restored`);
  }

  /**
   * What goes with this disk: edits that no other one has any more, whoever made them. What the backup keeps does not, and
   * what is not on this disk either is not forgiven: somebody must still bring it.
   */
  #forgive(device: Device, kept: ReadonlySet<string | undefined> = new Set()): void {
    const there = this.#labelsElsewhere(device);
    for (const { batch } of device.log.live()) {
      const label = batch.label ?? '';
      if (!there.has(label) && !kept.has(label)) this.#acknowledged.delete(label);
    }
  }

  /** Labels that others hold. What only the server holds may still be forgotten by it, so it does not count. */
  #labelsElsewhere(device: Device): ReadonlySet<string> {
    const others = this.devices.filter((other) => other !== device && !other.gone);
    return new Set(others.flatMap((other) => other.log.live().map(({ batch }) => batch.label ?? '')));
  }

  async #revoke(device: Device): Promise<void> {
    const memory = await device.store.memory();
    if (!memory) return;
    this.server.revoke(memory.enrolment.device, this.world.chance.maybe(0.5));
    this.#forgive(device);
    device.gone = true;
    this.#backups.delete(device);
    this.world.note(`${device.name} revoked`);
  }

  /** A file on a stick, from whoever is at hand: also from somebody whose access has ended. */
  #handOver(to: Device): void {
    const { chance } = this.world;
    const from = chance.pick(this.devices);
    if (!to.up || from === to) return;
    const records = [...from.log.states().keys()];
    const some = chance.maybe(0.5) ? records : chance.shuffled(records).slice(0, chance.int(1, 3));
    if (to.takeFile(from, new Set(some))) this.world.note(`${to.name} file of ${from.name} ${some.join()}`);
  }

  /** A member, or a fault, pushes what nobody can read. */
  #poison(device: Device): void {
    const { chance, time } = this.world;
    const id = formatHlc({ millis: time, counter: chance.int(0, 65_535), device: 'f'.repeat(16) });
    const record = `r:x${chance.int(1, 6)}-meeting`;
    const [change, batch] = [
      { id, batch: id, type: 'meeting', record: 'x1-meeting', field: 'title', value: { __proto__x: 1 }, base: [] },
      { id, kind: 'nonsense', actor: 7, device: 'f'.repeat(16), time },
    ];
    const box = chance.pick(['garbage', JSON.stringify([1, change, batch]), JSON.stringify([1, null, null])]);
    const sealed = chance.pick<unknown>([
      { id, record, field: `f:${record.slice(2)}/title`, bases: [], keyEpoch: 1, box },
      { id, record: 'r:x1-meeting', field: 'f:x1-meeting/title', bases: [], keyEpoch: 1, box },
      { id: 12 },
      null,
    ]);
    void device.store.memory().then((memory) => {
      if (!memory) return;
      try {
        this.server.answer(memory.enrolment.token, 'push', { body: { changes: [sealed] } });
      } catch {
        // Not enrolled yet, or revoked: then it cannot poison anybody.
      }
    });
  }

  async suffer(): Promise<void> {
    const { chance } = this.world;
    await this.#join();
    for (let i = chance.int(1, 2); i > 0; i -= 1) await this.#join();
    const steps = this.#options.steps ?? chance.int(20, 70);
    for (let step = 0; step < steps; step += 1) {
      await this.world.play(this.world.time + chance.int(200, chance.maybe(0.2) ? 2 * MINUTE : 8000));
      for (const device of this.devices) if (!device.up && !device.gone && chance.maybe(0.4)) device.boot();
      if (chance.maybe(0.4)) await this.#misfortune();
      const working = this.devices.filter(({ up, gone }) => up && !gone);
      if (working.length > 0) this.#edit(chance.pick(working));
    }
  }

  // Healing and judgement

  async heal(): Promise<string[]> {
    const { server, world } = this;
    server.full = false;
    this.#serverAhead = 0;
    const present = this.devices.filter(({ gone }) => !gone);
    for (const device of present) {
      device.network = goodNetwork();
      device.diskTrouble = { full: 0, cut: 0 };
      if (!device.up) device.boot();
      const memory = await device.store.memory();
      if (memory) server.setRole(memory.enrolment.device, 'editor');
    }
    let problems: string[] = [];
    // The engines are left to themselves: the longest wait is five minutes of backoff and a minute until the next poll.
    // What names something from the server's future waits for that time; so does what a file brought from a clock that was
    // ahead to another one: two days at most, when a clock a day behind had been corrected and then ran a day ahead.
    for (let step = 0; step < 60 + 50; step += 1) {
      await world.play(world.time + (step < 60 ? MINUTE : 60 * MINUTE));
      const left = await Promise.all(present.map((device) => leftOver(device, server.digestRoot())));
      problems = left.flat();
      const contents = contentProblems(present, server, this.#contents);
      if (problems.length + contents.length === 0 && divergence(present).length === 0) break;
      for (const device of present) this.#askAgain(device);
      if (step >= 8) for (const device of present) this.#giveUpRefused(device);
    }
    return problems;
  }

  /** A person looks at contents that came damaged, and asks for them again. */
  #askAgain({ engine }: Device): void {
    for (const hash of engine.files.view().bad.keys()) void engine.files.retry(hash).catch(() => undefined);
  }

  /** A person looks at what the server will not take, and withdraws it. */
  #giveUpRefused(device: Device): void {
    const refused = device.store.ledger.outbox
      .waiting(1000)
      .filter(({ reason }) => reason === 'tooLarge' || reason === 'collision');
    if (refused.length === 0) return;
    const labels = new Map(device.log.live().map(({ change, batch }) => [change.id, batch.label ?? '']));
    for (const id of device.store.ledger.outbox.withdraw(refused.map((entry) => entry.id)))
      this.#acknowledged.delete(labels.get(id) ?? '');
  }

  judge(): string[] {
    const present = this.devices.filter(({ gone }) => !gone);
    const expected = new Set(this.#acknowledged.keys());
    return [
      ...divergence(present),
      ...contentProblems(present, this.server, this.#contents),
      ...present.flatMap((device) => [
        ...refolding(device, (items) => this.world.chance.shuffled(items)),
        ...preservation(device.log, device.name, expected),
      ]),
    ];
  }
}

/** Plays one seed. */
export async function playSeed(options: ScenarioOptions): Promise<Outcome> {
  const scenario = new Scenario(options);
  await scenario.suffer();
  const problems = [...(await scenario.heal()), ...scenario.judge()];
  const { trace } = scenario.world;
  const states = scenario.devices.map(({ log }) =>
    log
      .live()
      .map(({ change }) => change.id)
      .sort(),
  );
  const fingerprint = Buffer.from(hash(JSON.stringify([trace, states]))).toString('hex');
  return {
    seed: options.seed,
    problems,
    fingerprint,
    acknowledged: scenario.acknowledged,
    brought: scenario.brought,
    events: trace,
  };
}

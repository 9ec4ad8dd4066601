/**
 * One trial: real devices in processes of their own, each behind a wire of its own, and the real server on PostgreSQL, all
 * of them editing while a nemesis kills, freezes and parts them; in the end everything must be everywhere (history.ts). What
 * the nemesis does follows from the seed, when it happens is up to the machine.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startSyncServer, type SyncServer, Wire } from '../../build/driver/sync-server.ts';
import { unwrap } from '../../shared/result.ts';
import { decodeInvitation, encodeInvitation } from '../../shared/sync/invitation-code.ts';
import { Chance } from '../simulation/world.ts';
import { type Asked, brokenEnd, brokenSession, type DeviceState, type Order, type Said, type Told } from './history.ts';

export interface TrialOptions {
  readonly seed: number;
  readonly devices: number;
  /** How long they edit, in seconds. */
  readonly seconds: number;
  /** Mean time between two edits of a device in milliseconds. */
  readonly pause?: number;
  readonly log?: (line: string) => void;
}
export interface Outcome {
  readonly problems: readonly string[];
  readonly acknowledged: number;
  readonly looks: number;
  /** What the nemesis has done. */
  readonly deeds: readonly string[];
  /** Milliseconds from the end of all trouble until everything was everywhere. */
  readonly recovery: number;
}

/** Everything must be everywhere by then, or it is stuck. Milliseconds. */
const STUCK = 240_000;
const LOOK_AGAIN = 100;
const pause = (millis: number): Promise<void> => new Promise((done) => setTimeout(done, millis));

class Member {
  readonly name: string;
  readonly wire = new Wire();
  /** What it has said, over all its lives. */
  readonly told: Told[] = [];
  /** The number of the last write that it has begun. */
  begun = 0;
  readonly #order: Order;
  readonly #waiting = new Map<
    number,
    { readonly done: (value: unknown) => void; readonly failed: (error: Error) => void }
  >();
  #child: ChildProcess | undefined;
  #asked = 0;

  constructor(order: Order) {
    this.name = order.me;
    this.#order = order;
  }

  start(life: number): Promise<void> {
    const order = { ...this.#order, seed: this.#order.seed + life };
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'device.ts'), JSON.stringify(order)],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    this.#child = child;
    child.stdin.on('error', () => undefined);
    return new Promise((ready, failed) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        // A line that the kill has cut off says nothing.
        if (!line.endsWith('}')) return;
        const said = JSON.parse(line) as Said;
        if (said.kind === 'ready') ready();
        else if (said.kind !== 'answer') this.#hear(said);
        else if (said.error === undefined) this.#waiting.get(said.id)?.done(said.value);
        else this.#waiting.get(said.id)?.failed(new Error(`${this.name}: ${said.error}`));
      });
      child.once('exit', (code, signal) => {
        const gone = new Error(`${this.name} ended with ${code ?? signal}`);
        failed(gone);
        for (const { failed: tell } of this.#waiting.values()) tell(gone);
        this.#waiting.clear();
      });
    });
  }

  #hear(told: Told): void {
    if (told.kind !== 'saw') this.begun = Math.max(this.begun, told.n);
    this.told.push(told);
  }

  ask<T>(ask: Asked['ask'], more: Partial<Asked> = {}): Promise<T> {
    this.#asked += 1;
    const id = this.#asked;
    this.#child?.stdin?.write(`${JSON.stringify({ id, ask, ...more } satisfies Asked)}\n`);
    return new Promise<T>((done, failed) => {
      this.#waiting.set(id, { done: (value) => done(value as T), failed });
    });
  }

  /** Numbers that were begun without being said are passed over as well: a process dies between its lines. */
  edit(): Promise<boolean> {
    return this.ask('edit', { from: this.begun + 1 });
  }

  freeze(frozen: boolean): void {
    this.#child?.kill(frozen ? 'SIGSTOP' : 'SIGCONT');
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.stdout?.once('close', done));
    child.kill('SIGKILL');
    await gone;
  }
}

/** A trouble: what begins it, and what ends it. */
interface Deed {
  readonly name: string;
  readonly begin: () => void | Promise<void>;
  readonly end: () => void | Promise<void>;
}

function deedOf(chance: Chance, members: readonly Member[], server: SyncServer, lives: Map<Member, number>): Deed {
  const member = chance.pick(members);
  const wire = (state: 'cut' | 'deaf' | 'mute' | 'held', which: Wire, name: string): Deed => ({
    name: `${name} ${state}`,
    begin: () => which.set(state),
    end: () => which.set('whole'),
  });
  switch (chance.int(0, 9)) {
    case 0:
      return {
        name: 'server killed',
        begin: () => server.kill(),
        end: () => server.restart(),
      };
    case 1:
      return { name: 'server frozen', begin: () => server.freeze(true), end: () => server.freeze(false) };
    case 2:
      return {
        name: 'PostgreSQL killed',
        begin: () => {
          const [pid] = readFileSync(join(server.data, 'postgres/postmaster.pid'), 'utf8').split('\n');
          process.kill(Number(pid), 'SIGKILL');
        },
        end: () => undefined,
      };
    case 3:
      return wire(chance.pick(['cut', 'deaf', 'mute', 'held']), server.wire, 'server’s wire');
    case 4:
    case 5:
      return {
        name: `${member.name} frozen`,
        begin: () => member.freeze(true),
        end: () => member.freeze(false),
      };
    case 6:
    case 7:
      return {
        name: `${member.name} killed`,
        begin: () => member.kill(),
        end: async () => {
          const life = (lives.get(member) ?? 0) + 1;
          lives.set(member, life);
          await member.start(life);
          await member.edit();
        },
      };
    default:
      return wire(chance.pick(['cut', 'deaf', 'mute', 'held']), member.wire, member.name);
  }
}

/** Runs one trial to its end and cleans up after it. */
export async function trial({ seed, devices, seconds, pause: between = 60, log }: TrialOptions): Promise<Outcome> {
  const chance = new Chance(seed);
  const folder = mkdtempSync(join(tmpdir(), 'rapport-nemesis-'));
  const server = await startSyncServer();
  const all = Array.from({ length: devices }, (_, n) => `d${n}`);
  const members = all.map(
    (me, n) => new Member({ dir: join(folder, me), me, all, seed: seed * 1000 + n * 100, pause: between }),
  );
  const lives = new Map<Member, number>();
  const deeds: string[] = [];
  try {
    const invitation = unwrap(decodeInvitation(server.code));
    const port = Number(new URL(invitation.server).port);
    let code = server.code;
    for (const member of members) {
      const address = `http://127.0.0.1:${await member.wire.listen()}`;
      member.wire.leadTo(port);
      await member.start(0);
      await member.ask('join', { code: encodeInvitation({ ...unwrap(decodeInvitation(code)), server: address }) });
      code = await (members[0] as Member).ask<string>('invite');
    }
    await Promise.all(members.map((member) => member.edit()));

    const until = performance.now() + seconds * 1000;
    while (performance.now() < until) {
      const deed = deedOf(chance, members, server, lives);
      const millis = chance.int(200, 3000);
      deeds.push(`${deed.name} for ${millis} ms`);
      log?.(deeds.at(-1) as string);
      await deed.begin();
      await pause(millis);
      await deed.end();
      await pause(chance.int(0, 800));
    }
    await Promise.all(members.map((member) => member.ask('rest')));
    const healed = performance.now();
    const begun = Object.fromEntries(members.map(({ name, begun: last }) => [name, last]));
    const told = Object.fromEntries(members.map(({ name, told: said }) => [name, said]));
    const problems = members.flatMap(({ name, told: said }) => brokenSession(name, said, begun));
    let end: readonly string[];
    do {
      await pause(LOOK_AGAIN);
      const states: Record<string, DeviceState> = {};
      for (const member of members) states[member.name] = await member.ask<DeviceState>('state');
      end = brokenEnd(told, states);
      if (end.length > 0)
        for (const [name, { says, waiting }] of Object.entries(states)) log?.(`${name}: ${waiting} wait, ${says}`);
    } while (end.length > 0 && performance.now() - healed < STUCK);
    const count = (kind: Told['kind']): number =>
      members.reduce((sum, { told: said }) => sum + said.filter((each) => each.kind === kind).length, 0);
    return {
      problems: [...problems, ...end],
      acknowledged: count('kept'),
      looks: count('saw'),
      deeds,
      recovery: performance.now() - healed,
    };
  } finally {
    for (const member of members) {
      member.freeze(false);
      await member.kill();
      await member.wire.close();
    }
    server.freeze(false);
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

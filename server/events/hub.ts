/**
 * Hints that something is new. Within this process at once; what other copies of the service did is seen by asking the
 * database about the workspaces that somebody listens to. Losing a hint costs latency only (SYNC-TALK-1).
 */
import type { z } from 'zod';
import type { EVENTS } from '../../shared/sync/protocol.ts';

export type Head = z.output<(typeof EVENTS)['head']>;
/** How the server knows a device; null when its token is nobody's. */
export type Self = z.output<(typeof EVENTS)['self']> | null;

/** An open stream of a device. */
export interface Listener {
  readonly workspace: string;
  readonly device: string;
  /** SHA-256 of the token, to look once more whether it is still good. */
  readonly token: Buffer;
  readonly send: (text: string) => void;
  readonly close: () => void;
}

/** What the database says about a workspace that is listened to. */
export interface Pulse extends Head {
  readonly workspace: string;
  /** Grows with every change of access. */
  readonly access: number;
}

export interface Watch {
  readonly pulses: (workspaces: readonly string[]) => Promise<readonly Pulse[]>;
  /** Whether a device still has access; if not, whether it shall wipe; and how it is known. */
  readonly check: (
    listener: Listener,
  ) => Promise<{ readonly revoked: boolean; readonly wipe: boolean; readonly self: Self }>;
}

/** Milliseconds between two hints to one workspace, at least: 20 a second (SYNC, EVENTS). */
const BETWEEN = 50;
/** Workspaces asked about in one statement. */
const CHUNK = 500;

export const event = (name: keyof typeof EVENTS, data: unknown): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

interface Known {
  /** Access at which it was last known to be let in; null when it came after the last look. */
  access: number | null;
  /** What it was told of itself. */
  self: string;
}
interface Room {
  readonly listeners: Map<Listener, Known>;
  last: Head | null;
  sentAt: number;
  timer: NodeJS.Timeout | null;
}

function tellOnce(listener: Listener, known: Known, self: Self): void {
  const text = self ? event('self', self) : '';
  if (text === '' || text === known.self) return;
  known.self = text;
  listener.send(text);
}

export class Hub {
  readonly #rooms = new Map<string, Room>();
  #listeners = 0;

  get size(): number {
    return this.#listeners;
  }

  add(listener: Listener, head: Head, self: Self): void {
    const room = this.#rooms.get(listener.workspace) ?? {
      listeners: new Map(),
      last: head,
      sentAt: 0,
      timer: null,
    };
    this.#rooms.set(listener.workspace, room);
    const known: Known = { access: null, self: '' };
    room.listeners.set(listener, known);
    this.#listeners += 1;
    listener.send(event('head', head));
    tellOnce(listener, known, self);
  }

  remove(listener: Listener): void {
    const room = this.#rooms.get(listener.workspace);
    if (!room?.listeners.delete(listener)) return;
    this.#listeners -= 1;
    if (room.listeners.size > 0) return;
    if (room.timer) clearTimeout(room.timer);
    this.#rooms.delete(listener.workspace);
  }

  /** Open streams of a device. */
  count(workspace: string, device: string): number {
    let count = 0;
    for (const listener of this.#rooms.get(workspace)?.listeners.keys() ?? [])
      if (listener.device === device) count += 1;
    return count;
  }

  /** Something is new; hints closer together than 50 ms become one. */
  changed(workspace: string, head: Head): void {
    const room = this.#rooms.get(workspace);
    if (!room) return;
    // Two pushes may report in either order; with another epoch or key the newest word counts.
    if (
      room.last &&
      room.last.epoch === head.epoch &&
      room.last.keyEpoch === head.keyEpoch &&
      head.head <= room.last.head
    )
      return;
    room.last = head;
    if (room.timer) return;
    const wait = room.sentAt + BETWEEN - performance.now();
    if (wait <= 0) this.#send(room);
    else
      room.timer = setTimeout(() => {
        room.timer = null;
        this.#send(room);
      }, wait);
  }

  #send(room: Room): void {
    room.sentAt = performance.now();
    const text = event('head', room.last);
    for (const listener of room.listeners.keys()) listener.send(text);
  }

  /** A device is known otherwise than before: its streams learn it. */
  tell(workspace: string, device: string, self: Self): void {
    for (const [listener, known] of this.#rooms.get(workspace)?.listeners ?? [])
      if (listener.device === device) tellOnce(listener, known, self);
  }

  /** Access of a device has ended: its streams learn it and close. */
  revoked(workspace: string, device: string, wipe: boolean): void {
    for (const listener of this.#rooms.get(workspace)?.listeners.keys() ?? []) {
      if (listener.device !== device) continue;
      listener.send(event('revoked', { wipe }));
      listener.close();
    }
  }

  /** Sends to everybody, and asks each whether it is still there. */
  ping(): void {
    for (const { listeners } of this.#rooms.values()) for (const listener of listeners.keys()) listener.send(':\n\n');
  }

  closeAll(): void {
    for (const { listeners } of this.#rooms.values()) for (const listener of listeners.keys()) listener.close();
  }

  /** One look at the database on behalf of all listeners. */
  async poll(watch: Watch): Promise<void> {
    const workspaces = [...this.#rooms.keys()];
    for (let at = 0; at < workspaces.length; at += CHUNK) {
      const asked = workspaces.slice(at, at + CHUNK);
      const gone = new Set(asked);
      for (const pulse of await watch.pulses(asked)) {
        gone.delete(pulse.workspace);
        await this.#take(pulse, watch);
      }
      // A workspace that was removed: its devices ask anew and are told that nobody knows them.
      for (const name of gone)
        for (const listener of [...(this.#rooms.get(name)?.listeners.keys() ?? [])]) listener.close();
    }
  }

  async #take({ workspace, head, epoch, keyEpoch, access }: Pulse, watch: Watch): Promise<void> {
    const room = this.#rooms.get(workspace);
    if (!room) return;
    for (const [listener, known] of room.listeners) {
      if (known.access === access) continue;
      const { revoked, wipe, self } = await watch.check(listener);
      if (!revoked) {
        known.access = access;
        if (room.listeners.has(listener)) tellOnce(listener, known, self);
        continue;
      }
      listener.send(event('revoked', { wipe }));
      listener.close();
    }
    this.changed(workspace, { head, epoch, keyEpoch });
  }
}

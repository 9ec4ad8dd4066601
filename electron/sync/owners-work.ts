/** What owners ask of the server for their workspace: its lease, its devices, their roles and keys, its invitations. */
import { AppFailure } from '../../shared/result.ts';
import type { Transport } from '../../shared/sync/engine/transport.ts';
import type { Enrolment } from '../../shared/sync/engine/types.ts';
import type { DeviceEntry } from '../../shared/sync/protocol.ts';
import type { Role } from '../../shared/sync/shapes.ts';
import type { DeviceView, InvitationView } from '../../shared/sync/view.ts';
import type { SyncCalls } from './keeper.ts';

export interface OwnersWorkOptions {
  readonly transport: Transport;
  readonly store: SyncCalls;
  /** Throws `sync.notSet` when this computer belongs to no workspace. */
  readonly enrolment: () => Enrolment;
  /** This device was renamed. */
  readonly named: (name: string) => Promise<void>;
  /** One round with the server. */
  readonly contact: () => Promise<unknown>;
  /** The server's clock, as far as it is known, in milliseconds. */
  readonly serverNow: () => number;
}

const DAY = 86_400_000;

/** Everything rejects with `sync.notSet`, with the server's refusal, or with `sync.unreachable` and its like. */
export class OwnersWork {
  readonly #transport: Transport;
  readonly #store: SyncCalls;
  readonly #enrolment: () => Enrolment;
  readonly #named: (name: string) => Promise<void>;
  readonly #contact: () => Promise<unknown>;
  readonly #serverNow: () => number;

  constructor({ transport, store, enrolment, named, contact, serverNow }: OwnersWorkOptions) {
    this.#transport = transport;
    this.#store = store;
    this.#enrolment = enrolment;
    this.#named = named;
    this.#contact = contact;
    this.#serverNow = serverNow;
  }

  /** Days without contact after which vaults of the workspace lock; null for none. */
  async setLease(leaseDays: number | null): Promise<void> {
    await this.#transport.ask(this.#enrolment(), 'lease', { body: { leaseDays } });
    await this.#contact().catch(() => undefined);
  }

  async #deviceEntries(): Promise<{ readonly devices: readonly DeviceEntry[]; readonly self: string }> {
    return this.#transport.ask(this.#enrolment(), 'devices', {});
  }

  async devices(): Promise<readonly DeviceView[]> {
    const { devices, self } = await this.#deviceEntries();
    const names = await this.#store.deviceNames(devices);
    return devices.map((entry, i) => ({
      id: entry.device,
      name: names[i] ?? '',
      role: entry.role,
      isSelf: entry.device === self,
      enrolledAt: entry.enrolledAt,
      seenAt: entry.seenAt,
      revokedAt: entry.revokedAt,
      wipe: entry.wipe,
      wipedAt: entry.wipedAt,
    }));
  }

  /** A device is called otherwise from now on. Its own name anybody may change, others' an owner. */
  async rename(device: string, name: string): Promise<void> {
    const enrolment = this.#enrolment();
    const body = { name: await this.#store.sealName(device, name) };
    if (device !== enrolment.device) {
      await this.#transport.ask(enrolment, 'setDevice', { params: { device }, body });
      return;
    }
    await this.#transport.ask(enrolment, 'self', { body });
    await this.#named(name);
  }

  /** What a device may do. It learns it within seconds when it is connected (SYNC-ROLE-3). */
  async setRole(device: string, role: Role): Promise<void> {
    const enrolment = this.#enrolment();
    await this.#transport.ask(enrolment, 'setDevice', { params: { device }, body: { role } });
    // Who gave up a role of one's own sees soon what is left of it, also without hints.
    if (device === enrolment.device) await this.#contact().catch(() => undefined);
  }

  /** Ends a device's access at once, then changes the key, so that it cannot read what comes. */
  async revoke(device: string, wipe: boolean): Promise<void> {
    const enrolment = this.#enrolment();
    await this.#transport.ask(enrolment, 'revoke', { params: { device }, body: { wipe } });
    for (let attempt = 0; ; attempt += 1) {
      const { devices } = await this.#deviceEntries();
      const body = await this.#store.rotation(devices.filter((entry) => entry.revokedAt === null));
      try {
        await this.#transport.ask(enrolment, 'rotate', { body });
        break;
      } catch (error) {
        // Another owner was quicker: with their key there is nothing to do but to make the next one.
        const code = error instanceof AppFailure ? error.error.code : '';
        if (code !== 'sync.keysChanged' || attempt >= 3) throw error;
        await this.#contact();
      }
    }
    await this.#contact().catch(() => undefined);
  }

  async invite(role: Role, days: number): Promise<{ code: string; expires: number }> {
    const { code, hash } = await this.#store.invitation();
    const expires = Math.floor(this.#serverNow() + days * DAY);
    await this.#transport.ask(this.#enrolment(), 'invite', { body: { hash, role, expires } });
    return { code, expires };
  }

  async invitations(): Promise<readonly InvitationView[]> {
    const { invitations } = await this.#transport.ask(this.#enrolment(), 'invitations', {});
    return invitations.map(({ hash, role, expires, usedBy }) => ({ hash, role, expires, used: usedBy !== null }));
  }

  async uninvite(hash: string): Promise<void> {
    await this.#transport.ask(this.#enrolment(), 'uninvite', { params: { hash } });
  }
}

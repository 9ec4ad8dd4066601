/**
 * What this device is called. The server keeps the name sealed, for the list of devices; the others know it by a record,
 * which says who made which edit also without a server (SYNC-ROLE-4). An owner can change it from elsewhere.
 */
import type { VaultApi } from '../vault/api.ts';
import type { SyncCalls } from './keeper.ts';
import { shortName } from './secrets.ts';

export interface OwnNameOptions {
  readonly vault: VaultApi;
  readonly store: SyncCalls;
  /** Who makes the changes of this computer. */
  readonly actor: () => string;
}

const META = 'syncDeviceName';

export class OwnName {
  readonly #options: OwnNameOptions;
  #value = '';
  #telling: Promise<unknown> = Promise.resolve();

  constructor(options: OwnNameOptions) {
    this.#options = options;
  }

  /** '' before the device was named. */
  get value(): string {
    return this.#value;
  }

  /** Reads it from a vault that was opened. */
  async read(): Promise<void> {
    const name = await this.#options.vault.getMeta(META);
    this.#value = typeof name === 'string' ? name : '';
  }

  async set(name: string): Promise<void> {
    const short = shortName(name);
    await this.#options.vault.setMeta(META, short);
    this.#value = short;
  }

  /** What the server keeps, sealed. False when it is the name known here, or cannot be read. */
  async heard(device: string, sealed: string): Promise<boolean> {
    const [name = ''] = await this.#options.store.deviceNames([{ device, name: sealed }]);
    if (name === '' || name === this.#value) return false;
    await this.set(name);
    return true;
  }

  /**
   * Tells the others by its record, if that says something else: true when there is something to send. One after another,
   * so that it is made once.
   */
  tell(): Promise<boolean> {
    const told = this.#telling.then(() => this.#tell());
    this.#telling = told.catch(() => undefined);
    return told;
  }

  async #tell(): Promise<boolean> {
    const { vault, actor } = this.#options;
    const name = this.#value;
    if (name === '') return false;
    const record = `device:${await vault.device()}`;
    const [present] = await vault.records([record]);
    if (present?.data['name'] === name) return false;
    const change = present
      ? { type: 'device', record, field: 'name', value: name }
      : { type: 'device', record, field: '$new', value: { name } };
    await vault.commit({ kind: 'edit', changes: [change] }, { actor: actor() });
    return true;
  }
}

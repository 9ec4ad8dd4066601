/**
 * Sync in the application: runs the engine while the vault is open, tells the screens how things stand (status.ts) and
 * does what a person asks for; an owner's share of it is in owners-work.ts. Secrets stay in the vault's worker; what leaves
 * this file has none.
 */
import { hlcMillis } from '../../shared/change/clock.ts';
import { AppFailure, unwrap } from '../../shared/result.ts';
import { SyncEngine } from '../../shared/sync/engine/engine.ts';
import type { Transport } from '../../shared/sync/engine/transport.ts';
import { ASIDE_REASONS, type SyncMemory, type SyncStore } from '../../shared/sync/engine/types.ts';
import { decodeInvitation } from '../../shared/sync/invitation-code.ts';
import { LIMITS } from '../../shared/sync/shapes.ts';
import type { AttachmentState, PendingList, SetAside, SyncStatus } from '../../shared/sync/view.ts';
import type { VaultApi } from '../vault/api.ts';
import { attachmentState, contentsOf } from './files.ts';
import type { SyncCalls } from './keeper.ts';
import { OwnName } from './own-name.ts';
import { OwnersWork } from './owners-work.ts';
import { leaseUntil, pendingList, syncStatus } from './status.ts';

export interface SyncServiceOptions {
  readonly vault: VaultApi;
  readonly store: SyncCalls;
  /** Who makes the changes of this computer. */
  readonly actor: () => string;
  readonly transport: Transport;
  /** The machine's clock in milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
  readonly after: (millis: number, work: () => void) => () => void;
  readonly online: () => boolean;
  readonly publish: (status: SyncStatus) => void;
  /** Locks the vault for a lease that has run out. */
  readonly lock: () => Promise<void>;
  /** Destroys the vault, key first, and says so. */
  readonly destroy: () => Promise<void>;
  readonly warn: (what: string, error: unknown) => void;
}

const PAGE = 1000;
const PUSH = LIMITS.pushChanges;
/** Entries of what waits and what was set aside that are listed. */
const LISTED = 500;
/** How long a lease that has run out may be renewed by a contact before the vault is closed again, in milliseconds. */
const LEASE_CONTACT = 20_000;
const LEASE_CHECK = 600_000;
const PAUSED = 'syncPaused';
const FRUGAL = 'syncFrugal';
const FILES_STOPPED = 'syncFilesStopped';
/** Refusals of an enrolment after which the code is of no use. */
const CODE_SPENT: ReadonlySet<string> = new Set([
  'sync.invitationUnknown',
  'sync.invitationExpired',
  'sync.invitationUsed',
  'sync.malformed',
  'sync.forbidden',
]);

export class SyncService {
  readonly #options: SyncServiceOptions;
  readonly #engine: SyncEngine;
  /** Lease, devices and invitations of the workspace. */
  readonly owner: OwnersWork;
  #memory: SyncMemory | null = null;
  #counts = { waiting: 0, refused: 0, aside: 0 };
  #paused = false;
  #frugal = false;
  #metered = false;
  /** A person stopped moving contents of attachments. */
  #filesStopped = false;
  /** A person asked for this round: it goes through whatever the network costs (SYNC-TALK-3). */
  #asked = false;
  readonly #name: OwnName;
  /** The others may not know this device's name: the server has not said yes yet, or it may not write, or was renamed. */
  #unnamed = false;
  #offset = 0;
  #open = false;
  #cancelLease: (() => void) | undefined;
  #publishing: Promise<void> | undefined;
  #publishAgain = false;

  constructor(options: SyncServiceOptions) {
    this.#options = options;
    const { store, transport, now, random, after } = options;
    const watched: SyncStore = {
      ...store,
      setOffset: (millis) => {
        this.#offset = millis;
        return store.setOffset(millis);
      },
    };
    this.#engine = new SyncEngine({
      store: watched,
      transport,
      now,
      random,
      after,
      page: PAGE,
      pushChanges: PUSH,
      frugal: () => !this.#asked && this.#saving(),
      blobs: store,
      filesAllowed: () => !this.#filesStopped,
      filesChanged: () => this.#changed(),
      self: ({ name }) => void this.#heardOfSelf(name).catch(this.#unspoken),
      // Called from within a round: the engine has stopped itself and must not be waited for.
      wipe: () => {
        this.#open = false;
        this.#cancelLease?.();
        return options.destroy();
      },
    });
    this.#engine.onState(() => this.#changed());
    this.#name = new OwnName({ vault: options.vault, store, actor: options.actor });
    this.owner = new OwnersWork({
      transport,
      store,
      named: async (name) => {
        await this.#name.set(name);
        this.#unnamed = true;
        this.#changed();
      },
      enrolment: () => this.#need().enrolment,
      contact: () => this.#engine.now(),
      serverNow: () => now() + this.#offset,
    });
  }

  #saving(): boolean {
    return this.#frugal || this.#metered;
  }

  /** The vault was opened. Rejects with `sync.leaseOver` when its lease has run out and cannot be renewed now. */
  async opened(): Promise<void> {
    if (this.#open) return;
    const { vault, store } = this.#options;
    this.#memory = await store.memory();
    this.#paused = (await vault.getMeta(PAUSED)) === true;
    this.#frugal = (await vault.getMeta(FRUGAL)) === true;
    this.#filesStopped = (await vault.getMeta(FILES_STOPPED)) === true;
    await this.#name.read();
    this.#unnamed = this.#memory?.enrolment.asking != null;
    if (this.#leaseOver() && !(await this.#contact())) throw new AppFailure('sync.leaseOver');
    this.#open = true;
    if (this.#memory && !this.#paused && !this.#memory.ended) this.#engine.start();
    this.#watchLease();
    this.#changed();
  }

  /** The vault is about to be locked or closed. */
  async closed(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#cancelLease?.();
    await this.#engine.stop();
    this.#engine.files.forget();
    this.#memory = null;
    this.#counts = { waiting: 0, refused: 0, aside: 0 };
    this.#offset = 0;
  }

  /** Something was committed here. */
  committed(): void {
    if (!this.#open || !this.#memory) return;
    this.#engine.poke();
    this.#changed();
  }

  /** The network changed, the computer woke up, the screen was unlocked. */
  woke(): void {
    if (!this.#open || !this.#memory) return;
    if (this.#options.online()) this.#engine.wake();
    this.#changed();
  }

  // Status

  async status(): Promise<SyncStatus> {
    await this.#read();
    return this.#view();
  }

  /** Tells the screens, once for many changes in a row. */
  #changed(): void {
    if (this.#publishing) {
      this.#publishAgain = true;
      return;
    }
    this.#publishing = this.#read()
      .then(() => this.#options.publish(this.#view()))
      .catch((error: unknown) => {
        // The vault was locked in between: the next opening says how things stand.
        if (this.#open) this.#options.warn('Sync status could not be read', error);
      })
      .finally(() => {
        this.#publishing = undefined;
        if (!this.#publishAgain) return;
        this.#publishAgain = false;
        this.#changed();
      });
  }

  async #read(): Promise<void> {
    if (!this.#open) return;
    this.#memory = await this.#options.store.memory();
    this.#counts = this.#memory ? await this.#options.store.counts() : { waiting: 0, refused: 0, aside: 0 };
    this.#nameLate();
  }

  #view(): SyncStatus {
    return syncStatus({
      memory: this.#memory,
      engine: this.#engine.state(),
      files: this.#engine.files.view(),
      counts: this.#counts,
      deviceName: this.#name.value,
      offset: this.#offset,
      online: this.#options.online(),
      paused: this.#paused,
      frugal: this.#frugal,
      metered: this.#metered,
      filesStopped: this.#filesStopped,
    });
  }

  // Lease

  #leaseOver(): boolean {
    const until = leaseUntil(this.#memory);
    return until !== undefined && this.#options.now() > until;
  }

  /** One round; true when the server was reached in time. */
  async #contact(): Promise<boolean> {
    let cancel: (() => void) | undefined;
    const late = new Promise<false>((done) => {
      cancel = this.#options.after(LEASE_CONTACT, () => done(false));
    });
    const reached = this.#engine.now().then(
      () => true,
      () => false,
    );
    const done = await Promise.race([reached, late]);
    cancel?.();
    this.#memory = await this.#options.store.memory();
    return done && !this.#leaseOver();
  }

  #watchLease(): void {
    this.#cancelLease?.();
    this.#cancelLease = this.#options.after(LEASE_CHECK, () => {
      if (!this.#open) return;
      if (this.#leaseOver()) void this.#options.lock();
      else this.#watchLease();
    });
  }

  // Joining and leaving

  /**
   * Joins the workspace of a code. Resolves when the server has said yes; the first download goes on behind. Rejects with
   * the code's own problems, with the server's refusal, or with `sync.unreachable` and its like: then the request stays
   * and is repeated, because its answer may have been lost.
   */
  async enrol(code: string, deviceName: string): Promise<void> {
    const { store } = this.#options;
    const invitation = unwrap(decodeInvitation(code));
    this.#memory = await store.memory();
    // Access that has ended is replaced by the new one; the records stay.
    if (this.#memory?.ended) await this.#forget();
    await this.#name.set(deviceName);
    this.#memory = await store.begin(invitation, deviceName);
    await this.#pause(false);
    const answered = this.#answered();
    this.#engine.start();
    try {
      await answered;
    } catch (error) {
      if (error instanceof AppFailure && CODE_SPENT.has(error.error.code)) await this.#forget();
      else this.#unnamed = true;
      throw error;
    } finally {
      this.#changed();
    }
    this.#memory = await store.memory();
    if (this.#memory?.role === 'reader') this.#unnamed = true;
    else await this.#tellName();
  }

  /** The answer to an enrolment, or the right to write, may come long after it was asked for: then the name is told. */
  #nameLate(): void {
    if (!this.#unnamed || !this.#open || !this.#memory || this.#memory.enrolment.asking != null) return;
    if (this.#memory.role === 'reader') return;
    this.#unnamed = false;
    this.#tellName().catch(this.#unspoken);
  }

  async #tellName(): Promise<void> {
    if (await this.#name.tell()) this.committed();
  }

  readonly #unspoken = (error: unknown): void => {
    if (this.#open) this.#options.warn('The name of this device could not be told', error);
  };

  /** SYNC-ROLE-3: the server says how it knows this device, whose name an owner may have changed. */
  async #heardOfSelf(sealed: string): Promise<void> {
    if (!this.#memory || !this.#open) return;
    await this.#name.heard(this.#memory.enrolment.device, sealed);
    // Also under a clock device that was renewed since: it has no record yet.
    this.#unnamed = true;
    this.#changed();
  }

  /** Resolves when the round has got beyond the enrolment, rejects when it failed before. */
  #answered(): Promise<void> {
    return new Promise((done, failed) => {
      const stop = this.#engine.onState(({ phase, progress, error }) => {
        if (phase === 'idle' || (phase === 'running' && progress && progress.stage !== 'enrol')) {
          stop();
          done();
        } else if ((phase === 'waiting' || phase === 'ended') && error) {
          stop();
          failed(new AppFailure(error.code, error.params, error.detail));
        }
      });
    });
  }

  async #forget(): Promise<void> {
    await this.#engine.stop();
    this.#engine.files.forget();
    await this.#options.store.forget();
    this.#memory = null;
  }

  /** Leaves the workspace; the records stay. An unreachable server learns of it never: its owner sees a silent device. */
  async leave(): Promise<void> {
    const memory = this.#need();
    await this.#engine.stop();
    try {
      if (!memory.enrolment.asking && !memory.ended) await this.#options.transport.ask(memory.enrolment, 'leave', {});
    } catch (error) {
      const code = error instanceof AppFailure ? error.error.code : '';
      if (code === 'sync.lastOwner') {
        if (!this.#paused) this.#engine.start();
        throw error;
      }
    }
    await this.#forget();
    this.#changed();
  }

  #need(): SyncMemory {
    if (!this.#memory) throw new AppFailure('sync.notSet');
    return this.#memory;
  }

  // What a person asks for

  async now(): Promise<void> {
    this.#need();
    await this.#options.store.retry(['readOnly', 'full', 'future']);
    this.#asked = true;
    try {
      await this.#engine.now();
    } finally {
      this.#asked = false;
    }
    if (!this.#filesStopped) void this.#engine.files.run(true);
  }

  async options(given: {
    readonly paused?: boolean;
    readonly frugal?: boolean;
    readonly metered?: boolean;
    readonly filesStopped?: boolean;
  }): Promise<SyncStatus> {
    const { files } = this.#engine;
    if (given.metered !== undefined) this.#metered = given.metered;
    if (given.filesStopped !== undefined) {
      this.#filesStopped = given.filesStopped;
      await this.#options.vault.setMeta(FILES_STOPPED, given.filesStopped);
      if (given.filesStopped) files.stop();
    }
    if (given.frugal !== undefined) {
      this.#frugal = given.frugal;
      await this.#options.vault.setMeta(FRUGAL, given.frugal);
    }
    if (given.paused !== undefined) {
      await this.#pause(given.paused);
      if (given.paused) await this.#engine.stop();
      else if (this.#memory && !this.#memory.ended) this.#engine.start();
    }
    // What was held back may go on at once. A page that tells its network before the vault is open asks for nothing.
    const free = given.filesStopped === false || given.frugal === false || given.metered === false;
    if (this.#open && this.#memory && free) void files.run();
    this.#changed();
    return this.status();
  }

  async #pause(paused: boolean): Promise<void> {
    this.#paused = paused;
    await this.#options.vault.setMeta(PAUSED, paused);
  }

  async pending(): Promise<PendingList> {
    if (!this.#memory) return { changes: [], names: {} };
    const { vault, store } = this.#options;
    const waiting = await store.waiting(LISTED);
    return pendingList(waiting, (ids) => vault.records(ids));
  }

  async discard(change: string): Promise<void> {
    this.#need();
    const done = await this.#options.store.discard(change, this.#options.actor());
    this.#changed();
    if (done === 'kept') throw new AppFailure('sync.discardKept');
  }

  async setAside(): Promise<readonly SetAside[]> {
    if (!this.#memory) return [];
    const entries = await this.#options.store.aside(LISTED);
    return entries.map(({ id, reason }) => ({ id, reason, time: hlcMillis(id) }));
  }

  async retrySetAside(): Promise<{ taken: number; left: number }> {
    this.#need();
    const { applied, known } = await this.#options.store.takeUp(ASIDE_REASONS);
    const { aside } = await this.#options.store.counts();
    this.#changed();
    return { taken: applied + known, left: aside };
  }

  // Contents of attachments

  /** Where the contents are, in the order of the hashes. */
  async attachments(hashes: readonly string[]): Promise<readonly AttachmentState[]> {
    const here = new Set(await this.#options.vault.attachmentsHere(hashes));
    const view = this.#engine.files.view();
    // Without contact the mover has not looked yet; what has not even been announced cannot have been sent.
    const unannounced = this.#memory ? contentsOf(await this.#options.store.waiting(LISTED)) : new Set<string>();
    return hashes.map((hash) => attachmentState(hash, here.has(hash), view, unannounced));
  }

  /**
   * Brings a content here because a person wants it now; one that was refused is asked for once more. Rejects as
   * `BlobMover.fetch` does.
   */
  async fetchAttachment(hash: string): Promise<void> {
    if (!this.#memory) throw new AppFailure('attachment.elsewhere');
    const { files } = this.#engine;
    await (files.view().bad.has(hash) ? files.retry(hash) : files.fetch(hash));
  }
}

/** The vault as a service over a folder: key sources, opening, backups, updates. Implements `VaultApi` in this thread. */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';
import type { ChangeSet, Conflict, DraftBatch, Json } from '../../shared/change/types.ts';
import type { HistoryEntry, RecordView, SearchHit, UndoReport } from '../../shared/ipc/contract.ts';
import type { FillPage, LiveUpdate, MeetingRow } from '../../shared/model/rows.ts';
import type { RecordType } from '../../shared/model/schema.ts';
import type { HandOverPreview, HandOverReport, HandOverScope, HandOverSize } from '../../shared/sync/hand-over.ts';
import type { Differences, NoteVersion } from '../../shared/sync/differences.ts';
import { type AppError, AppFailure } from '../../shared/result.ts';
import { SYNC_METHODS, type SyncCalls, type SyncMethod } from '../sync/keeper.ts';
import { VaultSync } from '../sync/vault-sync.ts';
import type {
  BackupInfo,
  BatchView,
  CommitOptions,
  CommitResult,
  DuplicatesIndex,
  IngestResult,
  Keychain,
  VaultApi,
  VaultOptions,
  VaultStatus,
  VerifyReport,
} from './api.ts';
import { type HandOverContent, openHandOver, sealHandOver } from '../hand-over/sealed-file.ts';
import { backupTo, dailyBackup, rotateDaily, stageRestore } from './backup.ts';
import { claimFolder } from './claim.ts';
import { destroyVault } from './destroy.ts';
import { vaultFailure } from './errors.ts';
import { placeOf, replaceFile } from './files.ts';
import { handOverContent, handOverNewFiles, handOverSize, keepHandOverFiles } from './hand-over-files.ts';
import { VaultFolder } from './folder.ts';
import {
  emptyEnvelope,
  type Envelope,
  hasWrap,
  newKey,
  readEnvelope,
  unwrapKey,
  withKeychain,
  withPassphrase,
  withRecovery,
  writeEnvelope,
} from './keys.ts';
import { newRecoveryCode } from './recovery-code.ts';
import { QuietWork } from './quiet-work.ts';
import { exchange, planRestore, type RestorePlan } from './restore.ts';
import { type Committed, Vault } from './vault.ts';

type Query<M extends keyof VaultApi> = Parameters<VaultApi[M]>[0];
interface Open {
  readonly vault: Vault;
  readonly key: Uint8Array;
  readonly envelope: Envelope;
}
/** A vault up to this size is checked from end to end before it opens (some 10 ms per MB); a larger one right after. */
const CHECKED_AT_ONCE = 8_000_000;
/** Refusals that another try with another secret can mend: the vault itself is fine. */
const ASK_AGAIN: ReadonlySet<string> = new Set(['vault.wrongPassphrase', 'vault.passphraseNeeded']);

export class VaultService implements VaultApi {
  readonly #folder: VaultFolder;
  readonly #now: () => number;
  readonly #keychain: Keychain | undefined;
  readonly #listeners = new Set<(update: LiveUpdate) => void>();
  readonly #problemListeners = new Set<(status: VaultStatus) => void>();
  #open: Open | undefined;
  #problem: AppError | undefined;
  /** A hand-over file that was opened and not yet taken in. */
  #opened: { readonly ticket: string; readonly content: HandOverContent } | undefined;
  #sync: { readonly vault: Vault; readonly calls: VaultSync } | undefined;
  readonly #quiet = new QuietWork(
    (problem) => this.#closeAsDamaged(problem),
    (updates) => this.#publish({ updates }),
  );

  constructor(options: VaultOptions) {
    this.#now = options.now ?? Date.now;
    this.#folder = new VaultFolder(options.dir, this.#now);
    this.#keychain = options.keychain;
  }

  #need(): Open {
    if (!this.#open) throw new AppFailure(this.#problem?.code ?? 'vault.locked', this.#problem?.params);
    return this.#open;
  }

  /** Asks the open vault. When it turns out to be damaged it is closed at once, so that nothing more is written to it. */
  #ask<T>(question: (vault: Vault) => T): T {
    const { vault } = this.#need();
    try {
      return question(vault);
    } catch (error) {
      const failure = vaultFailure(error);
      if (failure.error.code === 'vault.damaged') this.#closeAsDamaged(failure.error);
      throw failure;
    }
  }

  #closeAsDamaged(problem: AppError): void {
    this.#shut();
    this.#problem = problem;
    void this.status().then((status) => {
      for (const listener of this.#problemListeners) listener(status);
    });
  }

  async status(): Promise<VaultStatus> {
    let envelope: Envelope | undefined;
    let problem = this.#problem;
    try {
      envelope = this.#open?.envelope ?? readEnvelope(this.#folder.keyFile);
    } catch (error) {
      problem ??= vaultFailure(error).error;
    }
    const keySources = (['keychain', 'passphrase', 'recovery'] as const).filter(
      (kind) => envelope && hasWrap(envelope, kind) && (kind !== 'keychain' || this.#keychain !== undefined),
    );
    if (this.#open) return { state: 'open', keySources };
    const present = existsSync(this.#folder.file) || (envelope !== undefined && existsSync(this.#folder.newFile));
    if (!problem && present && !envelope) problem = { code: 'vault.keyMissing' };
    if (!problem && !present && envelope) problem = { code: 'vault.missing' };
    if (problem)
      return {
        state: 'problem',
        error: { code: problem.code, ...(problem.params ? { params: problem.params } : {}) },
        keySources,
      };
    return { state: present ? 'locked' : 'none', keySources };
  }

  async create(options: {
    readonly passphrase?: string;
    readonly recovery: boolean;
  }): Promise<{ recoveryCode: string }> {
    if (existsSync(this.#folder.file)) throw new AppFailure('vault.exists');
    if (!this.#keychain && options.passphrase === undefined) throw new AppFailure('vault.noKeySource');
    const claim = claimFolder(this.#folder.dir);
    try {
      return await this.#create(options);
    } finally {
      // From here on the open file's own lock keeps others out.
      claim.release();
    }
  }

  async #create(options: {
    readonly passphrase?: string;
    readonly recovery: boolean;
  }): Promise<{ recoveryCode: string }> {
    // Another process may have made one while the claim was waited for.
    if (existsSync(this.#folder.file)) throw new AppFailure('vault.exists');
    const key = newKey();
    const recoveryCode = options.recovery ? newRecoveryCode() : '';
    let envelope = emptyEnvelope(key);
    if (this.#keychain) envelope = await withKeychain(envelope, key, this.#keychain);
    if (options.passphrase !== undefined) envelope = await withPassphrase(envelope, key, options.passphrase);
    if (options.recovery) envelope = withRecovery(envelope, key, recoveryCode);
    try {
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${this.#folder.newFile}${suffix}`, { force: true });
      Vault.create({ file: this.#folder.newFile, key, now: this.#now }).close();
      this.#folder.keepOldKey();
      writeEnvelope(this.#folder.keyFile, envelope);
      replaceFile(this.#folder.newFile, this.#folder.file);
    } catch (error) {
      throw vaultFailure(error);
    }
    this.#start(key, envelope);
    return { recoveryCode };
  }

  async open(options: { readonly secret?: string } = {}): Promise<VaultStatus> {
    if (this.#open) return this.status();
    this.#problem = undefined;
    try {
      const envelope = readEnvelope(this.#folder.keyFile);
      if (envelope && !existsSync(this.#folder.file) && existsSync(this.#folder.newFile))
        replaceFile(this.#folder.newFile, this.#folder.file);
      if (!existsSync(this.#folder.file)) throw new AppFailure('vault.missing');
      if (!envelope) throw new AppFailure('vault.keyMissing');
      const key = await unwrapKey(envelope, { ...options, ...(this.#keychain ? { keychain: this.#keychain } : {}) });
      this.#start(key, await this.#rewrapped(envelope, key));
      return await this.status();
    } catch (error) {
      const failure = vaultFailure(error);
      if (!ASK_AGAIN.has(failure.error.code)) this.#problem = failure.error;
      throw failure;
    }
  }

  /** After the keychain changed, opening by secret puts the key into the new one. */
  async #rewrapped(envelope: Envelope, key: Uint8Array): Promise<Envelope> {
    const keychain = this.#keychain;
    if (!keychain || !hasWrap(envelope, 'keychain')) return envelope;
    if (
      await unwrapKey(envelope, { keychain }).then(
        () => true,
        () => false,
      )
    )
      return envelope;
    try {
      const next = await withKeychain(envelope, key, keychain);
      writeEnvelope(this.#folder.keyFile, next);
      return next;
    } catch {
      // The keychain does not answer: the passphrase opened the vault and will do so again.
      return envelope;
    }
  }

  #start(key: Uint8Array, envelope: Envelope): void {
    const large = statSync(this.#folder.file).size > CHECKED_AT_ONCE;
    const vault = Vault.open({
      file: this.#folder.file,
      key,
      keyProven: true,
      check: !large,
      now: this.#now,
      place: placeOf(this.#folder.file),
      beforeUpgrade: (db, version) => {
        backupTo(db, key, envelope, join(this.#folder.backups, `before-upgrade-${version}-${this.#folder.stamp()}.db`));
      },
    });
    this.#open = { vault, key, envelope };
    this.#problem = undefined;
    this.#quiet.start(vault, large);
  }

  async lock(): Promise<VaultStatus> {
    this.#shut();
    return this.status();
  }

  #shut(): void {
    this.#quiet.stop();
    this.#open?.vault.close();
    this.#open?.key.fill(0);
    this.#open = undefined;
    this.#opened = undefined;
  }

  async close(): Promise<void> {
    this.#shut();
    this.#listeners.clear();
  }

  async setPassphrase(passphrase: string): Promise<void> {
    const { vault, key } = this.#need();
    const envelope = await withPassphrase(this.#need().envelope, key, passphrase);
    writeEnvelope(this.#folder.keyFile, envelope);
    this.#open = { vault, key, envelope };
  }

  async renewRecoveryCode(): Promise<{ recoveryCode: string }> {
    const { vault, key, envelope } = this.#need();
    const recoveryCode = newRecoveryCode();
    const next = withRecovery(envelope, key, recoveryCode);
    writeEnvelope(this.#folder.keyFile, next);
    this.#open = { vault, key, envelope: next };
    return { recoveryCode };
  }

  /** Tells the listeners: the first update at once, so that it arrives before the commit's answer; the rest in turns. */
  #publish<T>({ updates, ...result }: Committed<T & object>): Omit<T, 'updates'> {
    const vault = this.#open?.vault;
    const pending = updates[Symbol.iterator]();
    const step = (): void => {
      if (!vault?.db.open || this.#listeners.size === 0) return;
      const next = pending.next();
      if (next.done) return;
      for (const listener of this.#listeners) listener(next.value);
      setImmediate(step);
    };
    step();
    this.#quiet.put();
    return result;
  }

  async commit(draft: DraftBatch, options: CommitOptions): Promise<CommitResult> {
    return this.#publish<CommitResult>(this.#ask((vault) => vault.commit(draft, options)));
  }
  async undo(batch: string, options: CommitOptions): Promise<UndoReport> {
    return this.#publish<UndoReport>(this.#ask((vault) => vault.undo(batch, options)));
  }
  async undoAll(batches: readonly string[], options: CommitOptions): Promise<UndoReport> {
    return this.#publish<UndoReport>(this.#ask((vault) => vault.undoAll(batches, options)));
  }
  async ingest(sets: readonly ChangeSet[]): Promise<IngestResult> {
    return this.#publish<IngestResult>(this.#ask((vault) => vault.ingest(sets)));
  }
  async batches(query: Query<'batches'>): Promise<readonly BatchView[]> {
    return this.#ask((vault) => vault.batches(query));
  }
  async fill(query: Query<'fill'>): Promise<FillPage> {
    return this.#ask((vault) => vault.fill(query));
  }
  async record(id: string): Promise<RecordView | null> {
    return this.#ask((vault) => vault.record(id));
  }
  async records(ids: readonly string[]): Promise<readonly RecordView[]> {
    return this.#ask((vault) => vault.records(ids));
  }
  async listAll(type: RecordType): Promise<readonly RecordView[]> {
    return this.#ask((vault) => vault.listAll(type));
  }
  async promises(query: Query<'promises'>): Promise<readonly RecordView[]> {
    return this.#ask((vault) => vault.promises(query));
  }
  async affiliations(query: Query<'affiliations'>): Promise<readonly RecordView[]> {
    return this.#ask((vault) => vault.affiliations(query));
  }
  async history(id: string): Promise<readonly HistoryEntry[]> {
    return this.#ask((vault) => vault.history(id));
  }
  async bin(): Promise<readonly RecordView[]> {
    return this.#ask((vault) => vault.bin());
  }
  async search(query: Query<'search'>): Promise<readonly SearchHit[]> {
    return this.#ask((vault) => vault.search(query));
  }
  async meetings(query: Query<'meetings'>): Promise<{ rows: readonly MeetingRow[]; next?: string }> {
    return this.#ask((vault) => vault.meetings(query));
  }
  async conflicts(): Promise<readonly Conflict[]> {
    return this.#ask((vault) => vault.conflicts());
  }
  async differences(query: Query<'differences'>): Promise<Differences> {
    return this.#ask((vault) => vault.differences(query));
  }
  async noteVersions(query: Query<'noteVersions'>): Promise<readonly NoteVersion[]> {
    return this.#ask((vault) => vault.noteVersions(query));
  }
  async noteAt(query: Query<'noteAt'>): Promise<string | null> {
    return this.#ask((vault) => vault.noteAt(query));
  }
  async handOverSize(scope: HandOverScope): Promise<HandOverSize> {
    return this.#ask((vault) => handOverSize(vault, scope));
  }
  async handOver(query: Query<'handOver'>): Promise<HandOverSize & { readonly bytes: Uint8Array }> {
    const { size, content } = this.#ask((vault) => handOverContent(vault, query));
    const bytes = await sealHandOver({ ...content, madeAt: Math.floor(this.#now()) }, query.passphrase);
    return { ...size, bytes };
  }
  async openHandOver({ bytes, passphrase }: Query<'openHandOver'>): Promise<HandOverPreview> {
    this.#need();
    const content = await openHandOver(bytes, passphrase);
    const preview = this.#ask((vault) => ({
      ...vault.previewSets(content.sets),
      ...handOverNewFiles(vault, content.files),
    }));
    this.#opened = { ticket: randomUUID(), content };
    return { ticket: this.#opened.ticket, by: content.by, madeAt: content.madeAt, ...preview };
  }
  async takeHandOver(ticket: string): Promise<HandOverReport> {
    if (this.#opened?.ticket !== ticket) throw new AppFailure('handOver.gone');
    const { sets, files } = this.#opened.content;
    const asked = [...new Set(sets.map(({ batch }) => batch.id))];
    const before = new Set(this.#ask((vault) => vault.knownBatches(asked)));
    // Contents first: a record never names what came with it and is not there.
    const kept = this.#ask((vault) => keepHandOverFiles(vault, files));
    const { applied, quarantined } = await this.ingest(sets);
    this.#opened = undefined;
    const batches = this.#ask((vault) => vault.knownBatches(asked)).filter((id) => !before.has(id));
    return { applied, setAside: quarantined, ...kept, batches };
  }
  async keepAttachment(content: Uint8Array): Promise<{ readonly hash: string; readonly bytes: number }> {
    return this.#ask((vault) => vault.keepAttachment(content));
  }
  async attachment(hash: string): Promise<Uint8Array | null> {
    return this.#ask((vault) => vault.attachment(hash));
  }
  async attachmentsHere(hashes: readonly string[]): Promise<readonly string[]> {
    return this.#ask((vault) => vault.attachmentsHere(hashes));
  }
  async device(): Promise<string> {
    return this.#ask((vault) => vault.device);
  }
  async destroy(): Promise<VaultStatus> {
    this.#shut();
    this.#problem = undefined;
    try {
      destroyVault(this.#folder.dir);
    } catch (error) {
      throw vaultFailure(error);
    }
    return this.status();
  }
  async duplicatesIndex(): Promise<DuplicatesIndex> {
    return this.#ask((vault) => vault.duplicatesIndex());
  }
  async getMeta(key: string): Promise<Json | undefined> {
    return this.#ask((vault) => vault.getMeta(`app.${key}`));
  }
  async setMeta(key: string, value: Json): Promise<void> {
    this.#ask((vault) => vault.setMeta(`app.${key}`, value));
  }
  async sync<M extends SyncMethod>(
    method: M,
    ...args: Parameters<SyncCalls[M]>
  ): Promise<Awaited<ReturnType<SyncCalls[M]>>> {
    if (!SYNC_METHODS.includes(method)) throw new AppFailure('vault.failed', undefined, 'sync method');
    const { vault } = this.#need();
    if (this.#sync?.vault !== vault) this.#sync = { vault, calls: new VaultSync(vault) };
    const { calls } = this.#sync;
    const call = calls[method] as (...values: unknown[]) => Promise<Awaited<ReturnType<SyncCalls[M]>>>;
    // Where the network is served by this thread too, a request that was made just now leaves before the thread is busy.
    await immediate();
    if (this.#open?.vault !== vault) throw new AppFailure('vault.locked');
    try {
      return await call.apply(calls, args);
    } catch (error) {
      const failure = vaultFailure(error);
      if (failure.error.code === 'vault.damaged') this.#closeAsDamaged(failure.error);
      throw failure;
    } finally {
      this.#publish({ updates: calls.takeUpdates() });
    }
  }
  async verify(): Promise<VerifyReport> {
    return this.#ask((vault) => vault.verify());
  }

  async backup(file: string): Promise<BackupInfo> {
    const { vault, key, envelope } = this.#need();
    return backupTo(vault.db, key, envelope, file);
  }

  async backupDaily(keep = 7): Promise<BackupInfo> {
    const day = this.#folder.stamp().slice(0, 10);
    const info = await this.backup(dailyBackup(this.#folder.backups, day));
    rotateDaily(this.#folder.backups, keep);
    return info;
  }

  async restore(file: string, options: { readonly secret?: string } = {}): Promise<VaultStatus> {
    const sources = { ...options, ...(this.#keychain ? { keychain: this.#keychain } : {}) };
    const plan = await planRestore(this.#folder, file, this.#open?.key, sources);
    let staged: string | undefined;
    try {
      mkdirSync(this.#folder.dir, { recursive: true, mode: 0o700 });
      staged = stageRestore(file, plan.backupKey, plan.key, this.#folder.file);
      if (!this.#open && !plan.adopts && existsSync(this.#folder.file)) this.#tryStart(plan);
      const usable = this.#open !== undefined;
      if (usable) await this.backup(join(this.#folder.backups, `before-restore-${this.#folder.stamp()}.db`));
      this.#shut();
      exchange(this.#folder, staged, plan, !usable);
    } catch (error) {
      if (staged) rmSync(staged, { force: true });
      throw vaultFailure(error);
    }
    this.#start(plan.key, plan.envelope);
    // What the replaced vault has stamped since the backup may have left it: no id must be given twice.
    this.#need().vault.renewDevice();
    return this.status();
  }

  /** Opens the present vault so that it can be backed up; one that cannot be opened is set aside instead. */
  #tryStart({ key, envelope }: RestorePlan): void {
    try {
      this.#start(key.slice(), envelope);
    } catch {
      // Not usable: nothing is written to it.
    }
  }

  onUpdate(listener: (update: LiveUpdate) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onProblem(listener: (status: VaultStatus) => void): () => void {
    this.#problemListeners.add(listener);
    return () => this.#problemListeners.delete(listener);
  }

  /** This thread is the caller's own: there is no one else to tell. */
  onCrash(): () => void {
    return () => undefined;
  }
}

/** The vault of a folder, served in this thread: for the command line. */
export const openVaultService = (options: VaultOptions): VaultApi => new VaultService(options);

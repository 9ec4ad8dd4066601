/** The vault as a service over a folder: key sources, opening, backups, updates. Implements `VaultApi` in this thread. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ChangeSet, Conflict, DraftBatch, Json } from '../../shared/change/types.ts';
import { wallTime } from '../../shared/dates/plain-date.ts';
import type { HistoryEntry, RecordView, SearchHit, UndoReport } from '../../shared/ipc/contract.ts';
import type { FillPage, LiveUpdate, MeetingRow } from '../../shared/model/rows.ts';
import type { RecordType } from '../../shared/model/schema.ts';
import { type AppError, AppFailure } from '../../shared/result.ts';
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
import { backupTo, dailyBackup, inspect, keyFileOf, rotateDaily, setAside, stageRestore } from './backup.ts';
import { vaultFailure } from './errors.ts';
import { fsyncFolder, replaceFile } from './files.ts';
import {
  emptyEnvelope,
  type Envelope,
  hasWrap,
  keyFits,
  newKey,
  readEnvelope,
  unwrapKey,
  withKeychain,
  withPassphrase,
  withRecovery,
  writeEnvelope,
} from './keys.ts';
import { newRecoveryCode } from './recovery-code.ts';
import { type Committed, Vault } from './vault.ts';

type Query<M extends keyof VaultApi> = Parameters<VaultApi[M]>[0];
interface Open {
  readonly vault: Vault;
  readonly key: Uint8Array;
  readonly envelope: Envelope;
}
/** Quiet time after a commit until the write-ahead log is folded into the file, in milliseconds. */
const CHECKPOINT_AFTER = 2000;
/** Refusals that another try with another secret can mend: the vault itself is fine. */
const ASK_AGAIN: ReadonlySet<string> = new Set(['vault.wrongPassphrase', 'vault.passphraseNeeded']);

export class VaultService implements VaultApi {
  readonly #dir: string;
  readonly #now: () => number;
  readonly #keychain: Keychain | undefined;
  readonly #listeners = new Set<(update: LiveUpdate) => void>();
  #open: Open | undefined;
  #problem: AppError | undefined;
  #checkpoint: ReturnType<typeof setTimeout> | undefined;

  constructor(options: VaultOptions) {
    this.#dir = options.dir;
    this.#now = options.now ?? Date.now;
    this.#keychain = options.keychain;
  }

  get #file(): string {
    return join(this.#dir, 'vault.db');
  }
  /** A new or restored vault whose key is being written; takes its place at the next opening if that was interrupted. */
  get #newFile(): string {
    return join(this.#dir, 'vault.new.db');
  }
  get #keyFile(): string {
    return join(this.#dir, 'vault.key.json');
  }
  get #backups(): string {
    return join(this.#dir, 'backups');
  }

  #need(): Open {
    if (!this.#open) throw new AppFailure('vault.locked');
    return this.#open;
  }

  /** Time of day as a part of file names: 2026-05-31T14-30-05. */
  #stamp(): string {
    const now = this.#now();
    const wall = wallTime(Intl.DateTimeFormat().resolvedOptions().timeZone, now).replace(':', '-');
    return `${wall}-${String(Math.floor(now / 1000) % 60).padStart(2, '0')}`;
  }

  async status(): Promise<VaultStatus> {
    let envelope: Envelope | undefined;
    let problem = this.#problem;
    try {
      envelope = this.#open?.envelope ?? readEnvelope(this.#keyFile);
    } catch (error) {
      problem ??= vaultFailure(error).error;
    }
    const keySources = (['keychain', 'passphrase', 'recovery'] as const).filter(
      (kind) => envelope && hasWrap(envelope, kind) && (kind !== 'keychain' || this.#keychain !== undefined),
    );
    if (this.#open) return { state: 'open', keySources };
    const present = existsSync(this.#file) || (envelope !== undefined && existsSync(this.#newFile));
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
    if (existsSync(this.#file)) throw new AppFailure('vault.exists');
    if (!this.#keychain && options.passphrase === undefined) throw new AppFailure('vault.noKeySource');
    const key = newKey();
    const recoveryCode = options.recovery ? newRecoveryCode() : '';
    let envelope = emptyEnvelope(key);
    if (this.#keychain) envelope = await withKeychain(envelope, key, this.#keychain);
    if (options.passphrase !== undefined) envelope = await withPassphrase(envelope, key, options.passphrase);
    if (options.recovery) envelope = withRecovery(envelope, key, recoveryCode);
    try {
      mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${this.#newFile}${suffix}`, { force: true });
      Vault.create({ file: this.#newFile, key, now: this.#now }).close();
      // A key without its vault may still open backups: it is kept.
      if (existsSync(this.#keyFile))
        renameSync(this.#keyFile, join(this.#dir, `vault.key.set-aside-${this.#stamp()}.json`));
      writeEnvelope(this.#keyFile, envelope);
      replaceFile(this.#newFile, this.#file);
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
      const envelope = readEnvelope(this.#keyFile);
      if (envelope && !existsSync(this.#file) && existsSync(this.#newFile)) replaceFile(this.#newFile, this.#file);
      if (!existsSync(this.#file)) throw new AppFailure('vault.missing');
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
      writeEnvelope(this.#keyFile, next);
      return next;
    } catch {
      // The keychain does not answer: the passphrase opened the vault and will do so again.
      return envelope;
    }
  }

  #start(key: Uint8Array, envelope: Envelope): void {
    const vault = Vault.open({
      file: this.#file,
      key,
      keyProven: true,
      now: this.#now,
      beforeUpgrade: (db, version) => {
        mkdirSync(this.#backups, { recursive: true, mode: 0o700 });
        backupTo(db, key, envelope, join(this.#backups, `before-upgrade-${version}-${this.#stamp()}.db`));
      },
    });
    this.#open = { vault, key, envelope };
    this.#problem = undefined;
  }

  async lock(): Promise<VaultStatus> {
    this.#shut();
    return this.status();
  }

  #shut(): void {
    clearTimeout(this.#checkpoint);
    this.#open?.vault.close();
    this.#open?.key.fill(0);
    this.#open = undefined;
  }

  async close(): Promise<void> {
    this.#shut();
    this.#listeners.clear();
  }

  async setPassphrase(passphrase: string): Promise<void> {
    const { vault, key } = this.#need();
    const envelope = await withPassphrase(this.#need().envelope, key, passphrase);
    writeEnvelope(this.#keyFile, envelope);
    this.#open = { vault, key, envelope };
  }

  async renewRecoveryCode(): Promise<{ recoveryCode: string }> {
    const { vault, key, envelope } = this.#need();
    const recoveryCode = newRecoveryCode();
    const next = withRecovery(envelope, key, recoveryCode);
    writeEnvelope(this.#keyFile, next);
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
    clearTimeout(this.#checkpoint);
    this.#checkpoint = setTimeout(() => {
      try {
        if (vault?.db.open) vault.checkpoint();
      } catch {
        // Everything is in the write-ahead log already; closing tries again.
      }
    }, CHECKPOINT_AFTER);
    this.#checkpoint.unref();
    return result;
  }

  async commit(draft: DraftBatch, options: CommitOptions): Promise<CommitResult> {
    return this.#publish<CommitResult>(this.#need().vault.commit(draft, options));
  }
  async undo(batch: string, options: CommitOptions): Promise<UndoReport> {
    return this.#publish<UndoReport>(this.#need().vault.undo(batch, options));
  }
  async ingest(sets: readonly ChangeSet[]): Promise<IngestResult> {
    return this.#publish<IngestResult>(this.#need().vault.ingest(sets));
  }
  async batches(query: Query<'batches'>): Promise<readonly BatchView[]> {
    return this.#need().vault.batches(query);
  }
  async fill(query: Query<'fill'>): Promise<FillPage> {
    return this.#need().vault.fill(query);
  }
  async record(id: string): Promise<RecordView | null> {
    return this.#need().vault.record(id);
  }
  async records(ids: readonly string[]): Promise<readonly RecordView[]> {
    return this.#need().vault.records(ids);
  }
  async listAll(type: RecordType): Promise<readonly RecordView[]> {
    return this.#need().vault.listAll(type);
  }
  async promises(query: Query<'promises'>): Promise<readonly RecordView[]> {
    return this.#need().vault.promises(query);
  }
  async affiliations(query: Query<'affiliations'>): Promise<readonly RecordView[]> {
    return this.#need().vault.affiliations(query);
  }
  async history(id: string): Promise<readonly HistoryEntry[]> {
    return this.#need().vault.history(id);
  }
  async bin(): Promise<readonly RecordView[]> {
    return this.#need().vault.bin();
  }
  async search(query: Query<'search'>): Promise<readonly SearchHit[]> {
    return this.#need().vault.search(query);
  }
  async meetings(query: Query<'meetings'>): Promise<{ rows: readonly MeetingRow[]; next?: string }> {
    return this.#need().vault.meetings(query);
  }
  async conflicts(): Promise<readonly Conflict[]> {
    return this.#need().vault.conflicts();
  }
  async duplicatesIndex(): Promise<DuplicatesIndex> {
    return this.#need().vault.duplicatesIndex();
  }
  async getMeta(key: string): Promise<Json | undefined> {
    return this.#need().vault.getMeta(`app.${key}`);
  }
  async setMeta(key: string, value: Json): Promise<void> {
    this.#need().vault.setMeta(`app.${key}`, value);
  }
  async verify(): Promise<VerifyReport> {
    return this.#need().vault.verify();
  }

  async backup(file: string): Promise<BackupInfo> {
    const { vault, key, envelope } = this.#need();
    return backupTo(vault.db, key, envelope, file);
  }

  async backupDaily(keep = 7): Promise<BackupInfo> {
    const day = this.#stamp().slice(0, 10);
    const info = await this.backup(dailyBackup(this.#backups, day));
    rotateDaily(this.#backups, keep);
    return info;
  }

  async restore(file: string, options: { readonly secret?: string } = {}): Promise<VaultStatus> {
    const sources = { ...options, ...(this.#keychain ? { keychain: this.#keychain } : {}) };
    const own = readable(this.#keyFile);
    const theirs = readable(keyFileOf(file));
    const presentKey = this.#open?.key.slice() ?? (own && (await anyKey(own, sources).catch(() => undefined)));
    const candidates: Uint8Array[] = presentKey ? [presentKey] : [];
    let refused: AppFailure | undefined;
    if (theirs && !(presentKey && keyFits(theirs, presentKey))) {
      try {
        candidates.push(await anyKey(theirs, sources));
      } catch (error) {
        refused = vaultFailure(error);
      }
    }
    const backupKey = opening(file, candidates, refused, options.secret !== undefined);
    // The vault keeps its key. Only where it has none that can be used, the backup's envelope is adopted.
    const key = presentKey ?? backupKey;
    const envelope = presentKey && own ? own : theirs;
    if (!envelope) throw new AppFailure('restore.secretNeeded');
    try {
      mkdirSync(this.#backups, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw vaultFailure(error);
    }
    const staged = stageRestore(file, backupKey, key, this.#file);
    try {
      if (!this.#open && presentKey && own && existsSync(this.#file)) this.#tryStart(presentKey, own);
      if (this.#open) await this.backup(join(this.#backups, `before-restore-${this.#stamp()}.db`));
      else if (existsSync(this.#file)) setAside(this.#file, this.#stamp());
      this.#shut();
      if (envelope === theirs) {
        replaceFile(staged, this.#newFile);
        if (own) renameSync(this.#keyFile, join(this.#dir, `vault.key.set-aside-${this.#stamp()}.json`));
        writeEnvelope(this.#keyFile, envelope);
        replaceFile(this.#newFile, this.#file);
      } else {
        for (const suffix of ['-wal', '-shm']) rmSync(`${this.#file}${suffix}`, { force: true });
        replaceFile(staged, this.#file);
      }
      fsyncFolder(dirname(this.#file));
    } catch (error) {
      rmSync(staged, { force: true });
      throw vaultFailure(error);
    }
    this.#start(key, envelope);
    return this.status();
  }

  /** Opens the present vault so that it can be backed up; one that cannot be opened is moved aside instead. */
  #tryStart(key: Uint8Array, envelope: Envelope): void {
    try {
      this.#start(key.slice(), envelope);
    } catch (error) {
      this.#problem = vaultFailure(error).error;
    }
  }

  onUpdate(listener: (update: LiveUpdate) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** This thread is the caller's own: there is no one else to tell. */
  onCrash(): () => void {
    return () => undefined;
  }
}

/** The key by the secret, else by the keychain. Throws what the secret was refused with. */
async function anyKey(
  envelope: Envelope,
  sources: { readonly secret?: string; readonly keychain?: Keychain },
): Promise<Uint8Array> {
  try {
    return await unwrapKey(envelope, sources);
  } catch (error) {
    if (sources.secret === undefined || !sources.keychain) throw error;
    return unwrapKey(envelope, { keychain: sources.keychain }).catch(() => {
      throw error;
    });
  }
}

/** An envelope, or undefined when there is none that can be read. */
function readable(file: string): Envelope | undefined {
  try {
    return readEnvelope(file);
  } catch {
    return undefined;
  }
}

/** The first of the keys that opens the backup. */
function opening(
  file: string,
  keys: readonly Uint8Array[],
  refused: AppFailure | undefined,
  secretGiven: boolean,
): Uint8Array {
  for (const key of keys) {
    try {
      inspect(file, key);
      return key;
    } catch (error) {
      const { code } = vaultFailure(error).error;
      if (code === 'vault.wrongKey') continue;
      throw code === 'vault.newer' ? error : new AppFailure('restore.unreadable', undefined, code);
    }
  }
  if (!existsSync(file)) throw new AppFailure('restore.unreadable', undefined, 'missing');
  if (refused && secretGiven) throw refused;
  if (refused) throw new AppFailure('restore.secretNeeded');
  throw new AppFailure('restore.unreadable');
}

/** The vault of a folder, served in this thread: for the command line. */
export const openVaultService = (options: VaultOptions): VaultApi => new VaultService(options);

/**
 * What the rest of the application asks of the vault. The same interface is implemented in this process
 * (`VaultService`, for the command line) and over a worker thread (`connectVault`, for the application).
 * Methods return plain values or reject with an `AppFailure` whose code is named beside the method.
 */
import type { Batch, BatchKind, ChangeSet, Conflict, DraftBatch, Json } from '../../shared/change/types.ts';
import type { HistoryEntry, RecordView, SearchHit, UndoReport, VaultState } from '../../shared/ipc/contract.ts';
import type { PartialDate, PersonName } from '../../shared/model/records.ts';
import type { FillPage, LiveTable, LiveUpdate, MeetingRow } from '../../shared/model/rows.ts';
import type { RecordType } from '../../shared/model/schema.ts';
import type { HandOverPreview, HandOverReport, HandOverScope, HandOverSize } from '../../shared/sync/hand-over.ts';
import type { Differences, NoteVersion } from '../../shared/sync/differences.ts';
import type { SyncCalls, SyncMethod } from '../sync/keeper.ts';

/** The operating system's keeper of secrets. The command line has none. */
export interface Keychain {
  /** Name of the store behind it, e.g. `gnome_libsecret`, `keychain`, `dpapi`. Recorded, so that a change is noticed. */
  readonly backend: string;
  readonly encrypt: (plain: string) => Promise<Uint8Array>;
  readonly decrypt: (sealed: Uint8Array) => Promise<string>;
}

export interface VaultOptions {
  /** Folder that holds `vault.db`, `vault.key.json` and `backups/`. Made when missing. */
  readonly dir: string;
  /** Milliseconds since the epoch; the machine's clock when absent. */
  readonly now?: () => number;
  readonly keychain?: Keychain;
}

/** `keySources` says what can open a locked vault. */
export type VaultStatus = VaultState & { readonly keySources: readonly ('keychain' | 'passphrase' | 'recovery')[] };

export interface CommitOptions {
  /** Who makes the change: the name in the settings. */
  readonly actor: string;
  /** Batch that this one takes back (kind `undo`). */
  readonly undoes?: string;
  /** Called now and then during large commits: records folded so far. Return false to cancel; nothing is then saved. */
  readonly progress?: (done: number, total: number) => boolean | undefined;
  /** Cancels a large commit from outside; nothing is then saved (`commit.cancelled`). */
  readonly signal?: AbortSignal;
}
/** `batch` is '' and `changes` 0 when every value asked for was there already. `seq` is the log's position. */
export interface CommitResult {
  readonly batch: string;
  readonly seq: number;
  readonly changes: number;
}
/** What became of changes from elsewhere. Quarantined ones are kept aside with their reason and block nothing. */
export interface IngestResult {
  readonly seq: number;
  readonly applied: number;
  readonly known: number;
  readonly quarantined: number;
}

/** A record as the search for duplicates sees it. E-mails in lower case; phones are E.164, or digits when not understood. */
export interface ExistingOrganisation {
  readonly id: string;
  readonly name: string;
  readonly fullName?: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly legalIds: Readonly<Record<string, string>>;
  readonly externalIds: Readonly<Record<string, string>>;
}
export interface ExistingPerson {
  readonly id: string;
  readonly name: PersonName;
  readonly birthday?: PartialDate;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** Addresses of pages and messengers. */
  readonly links: readonly string[];
  readonly externalIds: Readonly<Record<string, string>>;
  /** Organisation records the person belongs to, and those organisations' names. */
  readonly organisations: readonly { readonly id: string; readonly name: string; readonly affiliation: string }[];
}
export interface DuplicatesIndex {
  readonly organisations: readonly ExistingOrganisation[];
  readonly people: readonly ExistingPerson[];
}

export interface BatchView extends Batch {
  readonly changes: number;
  readonly seq: number;
}
export interface BackupInfo {
  readonly path: string;
  readonly bytes: number;
  readonly records: number;
  readonly changes: number;
}
export interface VerifyReport {
  readonly ok: boolean;
  /** Technical names of what is wrong, without content. */
  readonly problems: readonly string[];
  readonly records: number;
  readonly changes: number;
  readonly quarantined: number;
}

/**
 * Codes that any method may reject with: `vault.locked`, `vault.diskFull`, `vault.readOnly`, `vault.busy`,
 * `vault.damaged`, `vault.workerCrashed`. After any of them except the last two the vault stays usable and a failed
 * commit has left nothing behind.
 */
export interface VaultApi {
  status(): Promise<VaultStatus>;
  /** A new vault in an empty folder. `recoveryCode` is '' when none was asked for. Refuses with `vault.exists`, `vault.noKeySource`. */
  create(options: { readonly passphrase?: string; readonly recovery: boolean }): Promise<{ recoveryCode: string }>;
  /**
   * Opens with the keychain, or with `secret`: the passphrase or the recovery code. Refuses with `vault.missing`,
   * `vault.keyMissing`, `vault.wrongPassphrase`, `vault.passphraseNeeded`, `vault.keychainChanged`, `vault.wrongKey`,
   * `vault.damaged`, `vault.newer`, `vault.readOnly`, `vault.busy`. Nothing is written to a vault that is refused.
   */
  open(options?: { readonly secret?: string }): Promise<VaultStatus>;
  /** Closes the file and forgets the key. */
  lock(): Promise<VaultStatus>;
  /** Locks and ends whatever serves the vault. No call is possible afterwards. */
  close(): Promise<void>;
  /** Sets or replaces the passphrase; the vault must be open. */
  setPassphrase(passphrase: string): Promise<void>;
  /** Makes a new recovery code; the previous one stops working. */
  renewRecoveryCode(): Promise<{ recoveryCode: string }>;

  /** All or nothing, durable when it resolves. Refuses with `commit.invalid`, `commit.cancelled`. */
  commit(draft: DraftBatch, options: CommitOptions): Promise<CommitResult>;
  /** Takes back a batch; `batch` in the report is the batch that did it ('' when nothing could be taken back). */
  undo(batch: string, options: CommitOptions): Promise<UndoReport>;
  /** Takes back several batches as if they had been one, e.g. everything that a hand-over brought. */
  undoAll(batches: readonly string[], options: CommitOptions): Promise<UndoReport>;
  /** Changes of other devices, in any order, on the same road as local ones. */
  ingest(sets: readonly ChangeSet[]): Promise<IngestResult>;
  /** Committed batches of a kind, newest first (100 unless told). */
  batches(query: { readonly kind?: BatchKind; readonly limit?: number }): Promise<readonly BatchView[]>;

  /** A page of live-view rows by id, or meetings by start descending; pass `next` as `after`. Records in the bin are left out. */
  fill(query: {
    readonly table: LiveTable;
    readonly after?: string;
    readonly limit: number;
    readonly since?: string;
    /** Meetings: only those before this day. Those without a day are always among them. */
    readonly until?: string;
  }): Promise<FillPage>;
  record(id: string): Promise<RecordView | null>;
  /** In the order asked for; ids that do not exist are left out. */
  records(ids: readonly string[]): Promise<readonly RecordView[]>;
  /** Every record of a type with every field, the bin left out. */
  listAll(type: RecordType): Promise<readonly RecordView[]>;
  /** Promises of a meeting, organisation or contract, oldest first. */
  promises(query: {
    readonly meeting?: string;
    readonly organisation?: string;
    readonly contract?: string;
  }): Promise<readonly RecordView[]>;
  /** Affiliations of a person or an organisation. */
  affiliations(query: { readonly person?: string; readonly organisation?: string }): Promise<readonly RecordView[]>;
  /** Newest first, 2,000 at most. */
  history(id: string): Promise<readonly HistoryEntry[]>;
  /** Deleted records, most recently deleted first, 1,000 at most. */
  bin(): Promise<readonly RecordView[]>;
  search(query: { readonly text: string; readonly limit: number }): Promise<readonly SearchHit[]>;
  /** Newest first; `next` goes back as `before`. */
  meetings(query: {
    readonly organisation?: string;
    readonly person?: string;
    readonly before?: string;
    readonly limit: number;
  }): Promise<{ rows: readonly MeetingRow[]; next?: string }>;
  /** Differences that wait for a person's decision. */
  conflicts(): Promise<readonly Conflict[]>;
  /** Concurrent edits with their authors and what they started from; of one record when given. */
  differences(query: { readonly record?: string }): Promise<Differences>;
  /** Earlier texts of a note, newest first, 200 at most. */
  noteVersions(query: { readonly id: string; readonly field: string }): Promise<readonly NoteVersion[]>;
  /** Base64 of the note as it was after a change; null when the log does not have it. */
  noteAt(query: { readonly id: string; readonly field: string; readonly change: string }): Promise<string | null>;
  /** How much a hand-over would hold. */
  handOverSize(scope: HandOverScope): Promise<HandOverSize>;
  /**
   * The bytes of a hand-over file, sealed with the passphrase; `files` takes the contents of attachments along. Refuses with
   * `handOver.nothing`, `handOver.tooLarge`, `handOver.filesTooLarge`, `attachment.damaged`.
   */
  handOver(query: {
    readonly scope: HandOverScope;
    readonly passphrase: string;
    readonly by: string;
    readonly files: boolean;
  }): Promise<HandOverSize & { readonly bytes: Uint8Array }>;
  /** Opens a hand-over file and says what it would bring; kept under its ticket. Refuses as `openHandOver` does. */
  openHandOver(query: { readonly bytes: Uint8Array; readonly passphrase: string }): Promise<HandOverPreview>;
  /** Takes an opened file in. Refuses with `handOver.gone`. */
  takeHandOver(ticket: string): Promise<HandOverReport>;
  /**
   * Keeps the content of an attachment, once however often it is added, and returns its hash. Refuses with
   * `attachment.empty`, `attachment.tooLarge`, `attachment.full`.
   */
  keepAttachment(content: Uint8Array): Promise<{ readonly hash: string; readonly bytes: number }>;
  /** The content; null when it is not on this device. Refuses with `attachment.damaged`. */
  attachment(hash: string): Promise<Uint8Array | null>;
  /** Those of the hashes whose content is on this device. */
  attachmentsHere(hashes: readonly string[]): Promise<readonly string[]>;
  /** The clock device of changes made here; renewed with an enrolment and a restored backup. */
  device(): Promise<string>;
  /** Closes the vault and destroys it with its backups, keys first. There is no way back. */
  destroy(): Promise<VaultStatus>;
  duplicatesIndex(): Promise<DuplicatesIndex>;
  /** Device-wide values that are not business data (window places, last backup). Kept inside the vault. */
  getMeta(key: string): Promise<Json | undefined>;
  setMeta(key: string, value: Json): Promise<void>;

  /** Sync's store and keeper in the open vault (see electron/sync/keeper.ts). */
  sync<M extends SyncMethod>(method: M, ...args: Parameters<SyncCalls[M]>): Promise<Awaited<ReturnType<SyncCalls[M]>>>;

  /** Reads every page and rebuilds a sample of records from the log. */
  verify(): Promise<VerifyReport>;
  /**
   * Writes a verified copy to `file` and its key envelope to `file.key`, both atomically. Refuses with `backup.failed`,
   * `vault.diskFull`, `vault.readOnly`; an existing file is replaced only by a verified copy.
   */
  backup(file: string): Promise<BackupInfo>;
  /** A backup among the vault's own (`backups/`), of which the newest `keep` (7) days stay. */
  backupDaily(keep?: number): Promise<BackupInfo>;
  /**
   * Replaces the vault's content by a backup's. The backup is verified and the present is backed up first. `secret`
   * opens the backup's own envelope when its key is not the present one (a new machine); then the envelope is adopted
   * too. Refuses with `restore.unreadable`, `restore.secretNeeded`, `backup.failed`; the present stays untouched then.
   */
  restore(file: string, options?: { readonly secret?: string }): Promise<VaultStatus>;

  /** Called after every commit, undo and ingest. Returns the unsubscribe function. */
  onUpdate(listener: (update: LiveUpdate) => void): () => void;
  /** Called when an open vault turned out to be damaged and was closed; calls are then refused with the same code. */
  onProblem(listener: (status: VaultStatus) => void): () => void;
  /** Called when the vault's worker died; every open call has been rejected with `vault.workerCrashed`. */
  onCrash(listener: () => void): () => void;
}

/**
 * Imports in progress: each file that is open has a session with its bytes and its reading. Nothing is saved before
 * `commit`, and a commit that is cancelled or fails leaves nothing behind.
 */
import { randomUUID } from 'node:crypto';
import { open as openPath } from 'node:fs/promises';
import { basename } from 'node:path';
import type { EventMap } from '../../shared/ipc/contract.ts';
import { MAX_FILE_BYTES } from '../../shared/import/limits.ts';
import type { ImportCounts, ImportPlanView, ImportReadingView, ImportReportView } from '../../shared/import/views.ts';
import { AppFailure } from '../../shared/result.ts';
import type { CommitOptions, DuplicatesIndex, VaultApi } from '../vault/api.ts';
import { commitPlan, EMPTY_INDEX, type FileFacts, joinPlan, type JoinedPlan, sha256 } from './commit-plan.ts';
import { planView } from './plan-view.ts';
import type { ColumnTarget, FilePlan, FileReader, Policy, ReadOptions, SpreadsheetReader, TextRow } from './reader.ts';

export type Progress = EventMap['import:progress'];

export interface ImportServiceOptions {
  /** Asked for when rows are joined. Null when there is no vault (a dry run of the command line): every record is new then. */
  readonly vault: () => VaultApi | null;
  /** Author of the batch. */
  readonly actor: () => string;
  readonly reader: SpreadsheetReader;
  readonly progress?: (progress: Progress) => void;
}

interface Session {
  readonly id: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly abort: AbortController;
  file: FileReader;
  /** Made once per session: people of the vault do not change while a file is looked at, and if they do the commit looks again. */
  index?: DuplicatesIndex;
}

/** Files open at a time; the oldest is closed when one more is opened. */
const MOST_SESSIONS = 3;

export class ImportService {
  readonly #options: ImportServiceOptions;
  readonly #sessions = new Map<string, Session>();
  readonly #opening = new Map<string, AbortController>();

  constructor(options: ImportServiceOptions) {
    this.#options = options;
  }

  /** Reads a file of the disk. Rejects with `import.missing`, `import.tooLarge` (before a byte is read) or as `open` does. */
  async openFile(path: string, options: ReadOptions = {}): Promise<ImportReadingView> {
    return this.open(basename(path), await readFileChecked(path), options);
  }

  /** Reads a file's bytes. Rejects with the `import.*` codes of shared/import/messages.ts; nothing stays open then. */
  async open(name: string, bytes: Uint8Array, options: ReadOptions = {}): Promise<ImportReadingView> {
    if (bytes.length > MAX_FILE_BYTES) throw tooLarge(bytes.length);
    const id = randomUUID();
    const abort = new AbortController();
    this.#opening.set(id, abort);
    this.#report(id, 'reading', 0, bytes.length);
    try {
      const file = await this.#options.reader.open(name, bytes, options, {
        signal: abort.signal,
        progress: (stage, done, total) => this.#report(id, stage, done, total),
      });
      while (this.#sessions.size >= MOST_SESSIONS) this.cancel(this.#sessions.keys().next().value ?? '');
      const session: Session = { id, name, bytes, abort, file };
      this.#sessions.set(id, session);
      return this.#view(session);
    } finally {
      this.#opening.delete(id);
    }
  }

  /** The same file read in another way. The previous reading stays when this one fails. */
  async reread(id: string, options: ReadOptions): Promise<ImportReadingView> {
    const session = this.#session(id);
    const file = await session.file.reread(options, { signal: session.abort.signal, progress: () => undefined });
    if (file !== session.file) session.file.close();
    session.file = file;
    return this.#view(session);
  }

  /** Rows by position as text: below the header, or with `top` from the sheet's first row. */
  rows(id: string, from: number, limit: number, top = false): readonly TextRow[] {
    return this.#session(id).file.rows(from, limit, top);
  }

  /** What an import would do. Saves nothing. */
  async plan(id: string, mapping: readonly ColumnTarget[], policy: Policy): Promise<ImportPlanView> {
    const session = this.#session(id);
    const { plan, joined } = await this.#join(session, mapping, policy);
    return planView(id, plan, joined);
  }

  /**
   * Saves the file as one batch. Rejects with `commit.cancelled` after `cancel`, with the vault's codes otherwise; then
   * nothing was saved and the session is still there (unless it was cancelled).
   */
  async commit(id: string, mapping: readonly ColumnTarget[], policy: Policy): Promise<ImportReportView> {
    const { actor } = this.#options;
    const vault = this.#options.vault();
    if (!vault) throw new AppFailure('vault.missing');
    const session = this.#session(id);
    const started = performance.now();
    delete session.index;
    const { plan, joined } = await this.#join(session, mapping, policy);
    if (session.abort.signal.aborted) throw new AppFailure('commit.cancelled');
    const view = planView(id, plan, joined);
    const { batch } = await this.#save(vault, session, joined, view.rows, {
      actor: actor(),
      signal: session.abort.signal,
    });
    this.cancel(id);
    return { ...view, batch, milliseconds: Math.round(performance.now() - started) };
  }

  #save(vault: VaultApi, session: Session, joined: JoinedPlan, rows: ImportCounts, options: CommitOptions) {
    const facts: FileFacts = {
      fileName: session.name,
      size: session.bytes.length,
      hash: sha256(session.bytes),
      preset: session.file.reading.preset,
    };
    const total = rows.read;
    this.#report(session.id, 'saving', 0, total);
    return commitPlan(
      vault,
      joined,
      facts,
      { ...rows },
      {
        ...options,
        progress: (done, records) => {
          this.#report(session.id, 'saving', records === 0 ? 0 : Math.round((done / records) * total), total);
          return !session.abort.signal.aborted;
        },
      },
    );
  }

  /** Closes a session; what it was doing ends without saving. Unknown sessions are closed already. */
  cancel(id: string): void {
    this.#opening.get(id)?.abort();
    const session = this.#sessions.get(id);
    if (!session) return;
    this.#sessions.delete(id);
    session.abort.abort();
    session.file.close();
  }

  /** Closes everything: the vault was locked, or the application ends. */
  clear(): void {
    for (const id of [...this.#opening.keys(), ...this.#sessions.keys()]) this.cancel(id);
  }

  async #join(
    session: Session,
    mapping: readonly ColumnTarget[],
    policy: Policy,
  ): Promise<{ readonly plan: FilePlan; readonly joined: JoinedPlan }> {
    const vault = this.#options.vault();
    session.index ??= vault ? await vault.duplicatesIndex() : EMPTY_INDEX;
    this.#report(session.id, 'matching', 0, session.file.reading.rowsTotal);
    const plan = await session.file.plan(mapping, policy, session.index, {
      signal: session.abort.signal,
      progress: (stage, done, total) => this.#report(session.id, stage, done, total),
    });
    const joined = await joinPlan(vault, plan.planned, session.index, policy === 'overwrite' ? 'overwrite' : 'fill');
    return { plan, joined };
  }

  #session(id: string): Session {
    const session = this.#sessions.get(id);
    if (!session) throw new AppFailure('import.closed');
    return session;
  }

  #view({ id, name, bytes, file }: Session): ImportReadingView {
    return { ...file.reading, session: id, fileName: name, bytes: bytes.length };
  }

  #report(session: string, stage: Progress['stage'], done: number, total: number): void {
    this.#options.progress?.({ session, stage, done, total });
  }
}

const tooLarge = (bytes: number): AppFailure =>
  new AppFailure('import.tooLarge', {
    megabytes: Math.round(bytes / 1_000_000),
    limit: Math.round(MAX_FILE_BYTES / 1_000_000),
  });

/** The bytes of a file, after its size was looked at. */
async function readFileChecked(path: string): Promise<Uint8Array> {
  let handle: Awaited<ReturnType<typeof openPath>>;
  try {
    handle = await openPath(path, 'r');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new AppFailure(code === 'ENOENT' ? 'import.missing' : 'import.unreadable', { file: basename(path) }, code);
  }
  try {
    const about = await handle.stat();
    if (!about.isFile()) throw new AppFailure('import.notASpreadsheet', { file: basename(path) });
    if (about.size > MAX_FILE_BYTES) throw tooLarge(about.size);
    return new Uint8Array(await handle.readFile());
  } catch (error) {
    if (error instanceof AppFailure) throw error;
    throw new AppFailure('import.unreadable', { file: basename(path) }, (error as NodeJS.ErrnoException).code);
  } finally {
    await handle.close();
  }
}

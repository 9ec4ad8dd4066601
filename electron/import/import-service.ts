/**
 * Imports in progress: each file that is open has a session with its bytes and its reading. Nothing is saved before
 * `commit`, and a commit that is cancelled or fails leaves nothing behind.
 */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { NOTHING_KNOWN } from '../../shared/import/existing.ts';
import { MAX_FILE_BYTES } from '../../shared/import/limits.ts';
import type { ImportPolicy, RowPlan } from '../../shared/import/plan.ts';
import type { ImportPlanView, ImportReadingView, ImportReportView } from '../../shared/import/views.ts';
import type { EventMap } from '../../shared/ipc/contract.ts';
import { AppFailure } from '../../shared/result.ts';
import type { DuplicatesIndex, VaultApi } from '../vault/api.ts';
import { commitPlan, type FileFacts, type JoinedPlan, joinPlan, sha256 } from './commit-plan.ts';
import { planView } from './plan-view.ts';
import { readFileChecked, tooLarge } from './read-file.ts';
import type { ColumnTarget, FileReader, ReadOptions, SpreadsheetReader, TextRow } from './reader.ts';

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
  /** Everything a person has chosen so far. */
  options: ReadOptions;
  /** What the vault held when it was last asked, and the last plan made against it. */
  known?: { readonly newest: string; readonly index: DuplicatesIndex };
  made?: { readonly question: string; readonly plan: RowPlan; readonly joined: JoinedPlan };
}

/** Files open at a time; the oldest is closed when one more is opened. */
const MOST_SESSIONS = 3;
/** A row number means nothing any more when the rows themselves are read in another way. */
function withChoice({ headerRow, ...before }: ReadOptions, choice: ReadOptions): ReadOptions {
  const sameRows = choice.encoding === undefined && choice.delimiter === undefined && choice.sheet === undefined;
  return { ...before, ...(sameRows && headerRow !== undefined ? { headerRow } : {}), ...choice };
}

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
      const session: Session = { id, name, bytes, abort, file, options };
      this.#sessions.set(id, session);
      return this.#view(session);
    } finally {
      this.#opening.delete(id);
    }
  }

  /** The same file read in another way. The previous reading stays when this one fails. */
  async reread(id: string, options: ReadOptions): Promise<ImportReadingView> {
    const session = this.#session(id);
    const all = withChoice(session.options, options);
    session.file = await session.file.reread(all, { signal: session.abort.signal, progress: () => undefined });
    session.options = all;
    delete session.made;
    return this.#view(session);
  }

  /** Rows by position as text: below the header, or with `top` from the sheet's first row. */
  rows(id: string, from: number, limit: number, top = false): Promise<readonly TextRow[]> {
    return this.#session(id).file.rows(from, limit, top);
  }

  /** What an import would do. Saves nothing. */
  async plan(id: string, mapping: readonly ColumnTarget[], policy: ImportPolicy): Promise<ImportPlanView> {
    const session = this.#session(id);
    const { plan, joined } = await this.#join(session, mapping, policy);
    return planView(id, plan, joined);
  }

  /**
   * Saves the file as one batch. Rejects with `commit.cancelled` after `cancel`, with the vault's codes otherwise; then
   * nothing was saved and the session is still there (unless it was cancelled).
   */
  async commit(id: string, mapping: readonly ColumnTarget[], policy: ImportPolicy): Promise<ImportReportView> {
    const vault = this.#options.vault();
    if (!vault) throw new AppFailure('vault.missing');
    const session = this.#session(id);
    const { signal } = session.abort;
    const started = performance.now();
    const { plan, joined } = await this.#join(session, mapping, policy);
    if (signal.aborted) throw new AppFailure('commit.cancelled');
    const facts: FileFacts = {
      fileName: session.name,
      size: session.bytes.length,
      hash: sha256(session.bytes),
      preset: session.file.reading.preset,
    };
    const view = planView(id, plan, joined);
    const { read } = view.rows;
    this.#report(id, 'saving', 0, read);
    const { batch } = await commitPlan(
      vault,
      joined,
      facts,
      { ...view.rows },
      {
        actor: this.#options.actor(),
        signal,
        progress: (done, total) => {
          this.#report(id, 'saving', total === 0 ? 0 : Math.round((done / total) * read), read);
          return !signal.aborted;
        },
      },
    );
    this.cancel(id);
    return { ...view, batch, milliseconds: Math.round(performance.now() - started) };
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
    policy: ImportPolicy,
  ): Promise<{ readonly plan: RowPlan; readonly joined: JoinedPlan }> {
    const vault = this.#options.vault();
    // The newest batch tells whether the vault is still what it was: then nothing has to be worked out twice.
    const newest = (await vault?.batches({ limit: 1 }))?.[0]?.id ?? '';
    const question = JSON.stringify([newest, policy, mapping]);
    if (session.made?.question === question) return session.made;
    this.#report(session.id, 'matching', 0, session.file.reading.rowsTotal);
    const index =
      session.known?.newest === newest ? session.known.index : vault ? await vault.duplicatesIndex() : NOTHING_KNOWN;
    session.known = { newest, index };
    const plan = await session.file.plan(mapping, policy, index, {
      signal: session.abort.signal,
      progress: (stage, done, total) => this.#report(session.id, stage, done, total),
    });
    const joined = await joinPlan(vault, plan.planned, index, policy === 'overwrite' ? 'overwrite' : 'fill');
    session.made = { question, plan, joined };
    return session.made;
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

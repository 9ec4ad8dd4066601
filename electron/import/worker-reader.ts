/** Reads spreadsheets in a worker thread with bounds on memory and time: a hostile file can end the worker, never the application. */
import { Worker } from 'node:worker_threads';
import { MAX_FILE_BYTES } from '../../shared/import/limits.ts';
import type { KnownRecords } from '../../shared/import/existing.ts';
import type { ImportPolicy, RowPlan } from '../../shared/import/plan.ts';
import { AppFailure } from '../../shared/result.ts';
import type { Reading } from './file-work.ts';
import type { ColumnTarget, FileReader, ReadOptions, SpreadsheetReader, TextRow, WorkHooks } from './reader.ts';
import type { WorkMessage, WorkRequest, WorkValue } from './worker-messages.ts';

export interface WorkerLimits {
  /** Megabytes of the worker's heap. */
  readonly heap: number;
  /** Milliseconds that one request may take. */
  readonly time: number;
}
export const WORKER_LIMITS: WorkerLimits = { heap: 1536, time: 120_000 };

type Distribute<T> = T extends unknown ? Omit<T, 'id'> : never;
type Ask = Distribute<WorkRequest>;
const NO_HOOKS: Pick<WorkHooks, 'progress'> = { progress: () => undefined };

interface Waiting {
  readonly resolve: (value: WorkValue) => void;
  readonly reject: (error: unknown) => void;
  readonly progress: WorkHooks['progress'];
  readonly end: () => void;
}

/** One worker with one file. Once it has died every request rejects with the reason. */
class ParseThread {
  readonly #worker: Worker;
  readonly #limits: WorkerLimits;
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;
  #dead: AppFailure | null = null;

  constructor(url: string | URL, limits: WorkerLimits) {
    this.#limits = limits;
    this.#worker = new Worker(url, {
      resourceLimits: { maxOldGenerationSizeMb: limits.heap },
      stdout: true,
      stderr: true,
    });
    this.#worker.on('message', (message: WorkMessage) => this.#hear(message));
    this.#worker.on('error', (error: NodeJS.ErrnoException) =>
      this.#die(
        new AppFailure(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'import.tooMuchMemory' : 'import.parserKilled',
          {},
          error.code ?? error.name,
        ),
      ),
    );
    this.#worker.on('exit', () => this.#die(new AppFailure('import.parserKilled')));
    // A file that nobody looks at any more does not keep the process alive.
    this.#worker.unref();
  }

  #hear(message: WorkMessage): void {
    const waiting = this.#waiting.get(message.id);
    if (!waiting) return;
    if (message.kind === 'progress') {
      waiting.progress(message.stage, message.done, message.total);
      return;
    }
    this.#settle(message.id);
    if (message.kind === 'done') waiting.resolve(message.value);
    else waiting.reject(new AppFailure(message.error.code, message.error.params, message.error.detail));
  }

  #settle(id: number): void {
    this.#waiting.get(id)?.end();
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
  }

  #die(reason: AppFailure): void {
    this.#dead ??= reason;
    for (const [id, waiting] of this.#waiting) {
      this.#settle(id);
      waiting.reject(this.#dead);
    }
  }

  /** Ends the thread; requests under way reject with `reason`. */
  end(reason: AppFailure): void {
    this.#die(reason);
    void this.#worker.terminate();
  }

  ask(request: Ask, hooks: Partial<Pick<WorkHooks, 'signal'>> & Pick<WorkHooks, 'progress'>): Promise<WorkValue> {
    if (this.#dead) return Promise.reject(this.#dead);
    if (hooks.signal?.aborted) return Promise.reject(new AppFailure('import.cancelled'));
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      const cancel = (): void => this.end(new AppFailure('import.cancelled'));
      const timer = setTimeout(
        () => this.end(new AppFailure('import.timeout', { seconds: Math.round(this.#limits.time / 1000) })),
        this.#limits.time,
      );
      hooks.signal?.addEventListener('abort', cancel, { once: true });
      const end = (): void => {
        clearTimeout(timer);
        hooks.signal?.removeEventListener('abort', cancel);
      };
      this.#waiting.set(id, { resolve, reject, progress: hooks.progress, end });
      this.#worker.ref();
      this.#worker.postMessage({ ...request, id } as WorkRequest);
    });
  }
}

/** One file; reading it again changes this reader. */
class ThreadReader implements FileReader {
  readonly #thread: ParseThread;
  reading: Reading;

  constructor(thread: ParseThread, reading: Reading) {
    this.#thread = thread;
    this.reading = reading;
  }

  async rows(from: number, limit: number, top: boolean): Promise<readonly TextRow[]> {
    return (await this.#thread.ask({ kind: 'rows', from, limit, top }, NO_HOOKS)) as readonly TextRow[];
  }

  async reread(options: ReadOptions, hooks: WorkHooks): Promise<FileReader> {
    this.reading = (await this.#thread.ask({ kind: 'reread', options }, hooks)) as Reading;
    return this;
  }

  async plan(
    mapping: readonly ColumnTarget[],
    policy: ImportPolicy,
    known: KnownRecords,
    hooks: WorkHooks,
  ): Promise<RowPlan> {
    return (await this.#thread.ask({ kind: 'plan', mapping, policy, known }, hooks)) as RowPlan;
  }

  close(): void {
    this.#thread.end(new AppFailure('import.closed'));
  }
}

/** A reader with a fresh worker for each file. `url` is the worker's script when the application is bundled. */
export function workerReader(
  url: string | URL = new URL('./parse-worker.ts', import.meta.url),
  limits: WorkerLimits = WORKER_LIMITS,
): SpreadsheetReader {
  return {
    open: async (name, bytes, options, hooks) => {
      if (bytes.length > MAX_FILE_BYTES) {
        throw new AppFailure('import.tooLarge', {
          megabytes: Math.round(bytes.length / 1_000_000),
          limit: Math.round(MAX_FILE_BYTES / 1_000_000),
        });
      }
      const thread = new ParseThread(url, limits);
      try {
        return new ThreadReader(thread, (await thread.ask({ kind: 'open', name, bytes, options }, hooks)) as Reading);
      } catch (error) {
        thread.end(new AppFailure('import.closed'));
        throw error;
      }
    },
  };
}

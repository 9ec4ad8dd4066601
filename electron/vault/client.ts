/** The vault behind a worker thread, so that neither a long import nor an fsync stops the application. */
import { Worker } from 'node:worker_threads';
import type { LiveUpdate } from '../../shared/model/rows.ts';
import { AppFailure } from '../../shared/result.ts';
import type { CommitOptions, Keychain, VaultApi, VaultStatus } from './api.ts';
import type { FromWorker, RemoteMethod, ToWorker, WorkerOptions } from './protocol.ts';

export interface ConnectOptions {
  readonly dir: string;
  /** The worker's script: the bundled `vault-worker.js`, or `worker.ts` itself on Node 24. */
  readonly worker: URL;
  readonly keychain?: Keychain;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: AppFailure) => void;
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

class VaultClient {
  readonly #options: ConnectOptions;
  readonly #waiting = new Map<number, Waiting>();
  readonly #updates = new Set<(update: LiveUpdate) => void>();
  readonly #problems = new Set<(status: VaultStatus) => void>();
  readonly #crashes = new Set<() => void>();
  #worker: Worker | undefined;
  #lastId = 0;
  #closed = false;

  constructor(options: ConnectOptions) {
    this.#options = options;
  }

  /** The worker; after a crash a new one, whose vault is locked. */
  #started(): Worker {
    if (this.#worker) return this.#worker;
    const { dir, keychain } = this.#options;
    const workerData: WorkerOptions = { dir, ...(keychain ? { keychainBackend: keychain.backend } : {}) };
    const worker = new Worker(this.#options.worker, { workerData, name: 'vault' });
    worker.on('message', (message: FromWorker) => this.#hear(worker, message));
    // Without a listener an error in the worker would end the application.
    worker.on('error', () => undefined);
    worker.on('exit', () => this.#ended(worker));
    this.#worker = worker;
    return worker;
  }

  #ended(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const expected = this.#closed;
    for (const { reject } of this.#waiting.values())
      reject(new AppFailure(expected ? 'vault.locked' : 'vault.workerCrashed'));
    this.#waiting.clear();
    if (!expected) for (const listener of this.#crashes) listener();
  }

  #hear(worker: Worker, message: FromWorker): void {
    switch (message.kind) {
      case 'update':
        for (const listener of this.#updates) listener(message.update);
        return;
      case 'problem':
        for (const listener of this.#problems) listener(message.status);
        return;
      case 'keychain':
        void this.#askKeychain(message).then((value) =>
          worker.postMessage(
            {
              kind: 'keychain',
              id: message.id,
              ...(value === undefined ? {} : { value }),
            } satisfies ToWorker,
            [],
          ),
        );
        return;
      case 'progress':
        this.#waiting.get(message.id)?.progress?.(message.done, message.total);
        return;
      case 'result':
        this.#waiting.get(message.id)?.resolve(message.value);
        this.#waiting.delete(message.id);
        return;
      case 'failure': {
        const { code, params, detail } = message.error;
        this.#waiting.get(message.id)?.reject(new AppFailure(code, params, detail));
        this.#waiting.delete(message.id);
        return;
      }
      default:
    }
  }

  async #askKeychain(message: Extract<FromWorker, { kind: 'keychain' }>): Promise<Uint8Array | string | undefined> {
    try {
      return message.verb === 'encrypt'
        ? await this.#options.keychain?.encrypt(message.plain)
        : await this.#options.keychain?.decrypt(message.sealed);
    } catch {
      return undefined;
    }
  }

  call(method: RemoteMethod, args: readonly unknown[]): Promise<unknown> {
    if (this.#closed) return Promise.reject(new AppFailure('vault.locked'));
    const worker = this.#started();
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      if (method !== 'commit' && method !== 'undo' && method !== 'undoAll') {
        this.#waiting.set(id, { resolve, reject });
        worker.postMessage({ kind: 'call', id, method, args } satisfies ToWorker, []);
        return;
      }
      const { actor, undoes, progress, signal } = args[1] as CommitOptions;
      const cancel = new Int32Array(new SharedArrayBuffer(4));
      const give = (): void => void Atomics.store(cancel, 0, 1);
      if (signal?.aborted) give();
      signal?.addEventListener('abort', give, { once: true });
      this.#waiting.set(id, {
        resolve: (value) => {
          signal?.removeEventListener('abort', give);
          resolve(value);
        },
        reject: (error) => {
          signal?.removeEventListener('abort', give);
          reject(error);
        },
        progress: (done, total) => {
          if (progress?.(done, total) === false) give();
        },
      });
      const plain: CommitOptions = { actor, ...(undoes === undefined ? {} : { undoes }) };
      worker.postMessage({ kind: 'call', id, method, args: [args[0], plain], cancel } satisfies ToWorker, []);
    });
  }

  close(): Promise<void> {
    const worker = this.#worker;
    this.#closed = true;
    if (!worker) return Promise.resolve();
    return new Promise((resolve) => {
      worker.once('exit', () => resolve());
      worker.postMessage({ kind: 'close' } satisfies ToWorker, []);
    });
  }

  onUpdate(listener: (update: LiveUpdate) => void): () => void {
    this.#updates.add(listener);
    return () => this.#updates.delete(listener);
  }

  onProblem(listener: (status: VaultStatus) => void): () => void {
    this.#problems.add(listener);
    return () => this.#problems.delete(listener);
  }

  onCrash(listener: () => void): () => void {
    this.#crashes.add(listener);
    return () => this.#crashes.delete(listener);
  }
}

const METHODS = {
  status: true,
  create: true,
  open: true,
  lock: true,
  setPassphrase: true,
  renewRecoveryCode: true,
  commit: true,
  undo: true,
  undoAll: true,
  ingest: true,
  batches: true,
  fill: true,
  record: true,
  records: true,
  listAll: true,
  promises: true,
  affiliations: true,
  history: true,
  bin: true,
  search: true,
  meetings: true,
  conflicts: true,
  differences: true,
  noteVersions: true,
  noteAt: true,
  handOverSize: true,
  handOver: true,
  openHandOver: true,
  takeHandOver: true,
  keepAttachment: true,
  attachment: true,
  attachmentsHere: true,
  device: true,
  destroy: true,
  duplicatesIndex: true,
  getMeta: true,
  setMeta: true,
  sync: true,
  verify: true,
  backup: true,
  backupDaily: true,
  restore: true,
} as const satisfies Record<RemoteMethod, true>;

/**
 * Connects to a vault in a worker thread, which starts with the first call. When the thread dies, open calls are
 * rejected with `vault.workerCrashed`, listeners of `onCrash` are told, and the next call starts a new thread with the
 * vault locked.
 */
export function connectVault(options: ConnectOptions): VaultApi {
  const client = new VaultClient(options);
  const remote = Object.fromEntries(
    (Object.keys(METHODS) as RemoteMethod[]).map((method) => [
      method,
      (...args: readonly unknown[]) => client.call(method, args),
    ]),
  ) as unknown as Pick<VaultApi, RemoteMethod>;
  return {
    ...remote,
    close: () => client.close(),
    onUpdate: (listener) => client.onUpdate(listener),
    onProblem: (listener) => client.onProblem(listener),
    onCrash: (listener) => client.onCrash(listener),
  };
}

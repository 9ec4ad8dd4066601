/** The vault's worker thread: one `VaultService`, asked one call after another. */
import { parentPort, workerData } from 'node:worker_threads';
import { AppFailure } from '../../shared/result.ts';
import type { CommitOptions, Keychain } from './api.ts';
import { vaultFailure } from './errors.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './protocol.ts';
import { VaultService } from './service.ts';

const port = parentPort;
if (!port) throw new Error('the vault worker runs in a worker thread');
const options = workerData as WorkerOptions;
const say = (message: FromWorker): void => port.postMessage(message);

const asked = new Map<number, (value: Uint8Array | string | undefined) => void>();
let lastAsked = 0;
function ask(
  question:
    | { readonly verb: 'encrypt'; readonly plain: string }
    | { readonly verb: 'decrypt'; readonly sealed: Uint8Array },
): Promise<Uint8Array | string> {
  lastAsked += 1;
  const id = lastAsked;
  return new Promise((resolve, reject) => {
    asked.set(id, (value) => (value === undefined ? reject(new AppFailure('vault.keychainChanged')) : resolve(value)));
    say({ kind: 'keychain', id, ...question });
  });
}
const keychain: Keychain | undefined =
  options.keychainBackend === undefined
    ? undefined
    : {
        backend: options.keychainBackend,
        encrypt: async (plain) => (await ask({ verb: 'encrypt', plain })) as Uint8Array,
        decrypt: async (sealed) => (await ask({ verb: 'decrypt', sealed })) as string,
      };

const service = new VaultService({ dir: options.dir, ...(keychain ? { keychain } : {}) });
service.onUpdate((update) => say({ kind: 'update', update }));
service.onProblem((status) => say({ kind: 'problem', status }));

/** Calls run one after another: an opening that waits for the keychain must not be overtaken. */
let queue: Promise<void> = Promise.resolve();

async function serve({ id, method, args, cancel }: Extract<ToWorker, { kind: 'call' }>): Promise<void> {
  try {
    const progress: CommitOptions['progress'] = (done, total) => {
      say({ kind: 'progress', id, done, total });
      return !(cancel && Atomics.load(cancel, 0) === 1);
    };
    const full = cancel ? [args[0], { ...(args[1] as CommitOptions), progress }] : args;
    const call = service[method] as (...values: unknown[]) => Promise<unknown>;
    say({ kind: 'result', id, value: await call.apply(service, [...full]) });
  } catch (error) {
    say({ kind: 'failure', id, error: vaultFailure(error).error });
  }
}

port.on('message', (message: ToWorker) => {
  if (message.kind === 'keychain') {
    const answer = asked.get(message.id);
    asked.delete(message.id);
    answer?.(message.value);
  } else if (message.kind === 'close') {
    queue = queue.then(async () => {
      await service.close();
      say({ kind: 'closed' });
      port.close();
    });
  } else {
    queue = queue.then(() => serve(message));
  }
});

/** The vault's worker, with one way to die: reading the value `die`. */
import { parentPort } from 'node:worker_threads';
import type { ToWorker } from '../../../electron/vault/protocol.ts';

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'call' && message.method === 'getMeta' && message.args[0] === 'die') process.exit(3);
});
await import('../../../electron/vault/worker.ts');

/** The parsing worker: one file, read and planned away from everything else. It may be ended at any moment. */
import { parentPort } from 'node:worker_threads';
import { type AppError, AppFailure } from '../../shared/result.ts';
import { FileWork } from './file-work.ts';
import type { WorkMessage, WorkRequest, WorkValue } from './worker-messages.ts';

// A file's headers never become keys that mean something to JavaScript; this makes sure.
Object.freeze(Object.prototype);
Object.freeze(Array.prototype);

const port = parentPort;
if (!port) throw new Error('the parsing worker runs in a worker thread');
let work: FileWork | null = null;

function asError(error: unknown): AppError {
  if (error instanceof AppFailure) return error.error;
  // The name only: messages of libraries may quote the file.
  return { code: 'import.damaged', detail: error instanceof Error ? error.name : 'unknown' };
}

async function answer(request: WorkRequest): Promise<WorkValue> {
  const report = (stage: 'reading' | 'recognising' | 'matching', done: number, total: number): undefined => {
    port?.postMessage({ kind: 'progress', id: request.id, stage, done, total } satisfies WorkMessage);
  };
  if (request.kind === 'open') {
    work = new FileWork(request.name, request.bytes);
    return work.read(request.options, report);
  }
  if (!work) throw new AppFailure('import.closed');
  if (request.kind === 'reread') return work.read(request.options, report);
  if (request.kind === 'rows') return work.rows(request.from, request.limit, request.top);
  return work.plan(request.mapping, request.policy, request.known, report);
}

port.on('message', (request: WorkRequest) => {
  answer(request).then(
    (value) => port.postMessage({ kind: 'done', id: request.id, value } satisfies WorkMessage),
    (error: unknown) =>
      port.postMessage({ kind: 'failed', id: request.id, error: asError(error) } satisfies WorkMessage),
  );
});

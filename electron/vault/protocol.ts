/** What the application and the vault's worker thread say to each other. */
import type { LiveUpdate } from '../../shared/model/rows.ts';
import type { AppError } from '../../shared/result.ts';
import type { VaultApi, VaultStatus } from './api.ts';

/** Calls that cross to the worker. Closing and listening are the client's own. */
export type RemoteMethod = Exclude<keyof VaultApi, 'onUpdate' | 'onProblem' | 'onCrash' | 'close'>;

export interface WorkerOptions {
  readonly dir: string;
  /** Set when the application has a keychain; the worker asks for it over the port. */
  readonly keychainBackend?: string;
}
export type ToWorker =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly method: RemoteMethod;
      readonly args: readonly unknown[];
      /** Shared memory that turns 1 when the caller gives up; the worker is busy then and reads no messages. */
      readonly cancel?: Int32Array;
    }
  | { readonly kind: 'keychain'; readonly id: number; readonly value?: Uint8Array | string }
  | { readonly kind: 'close' };
export type FromWorker =
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly error: AppError }
  | { readonly kind: 'progress'; readonly id: number; readonly done: number; readonly total: number }
  | { readonly kind: 'update'; readonly update: LiveUpdate }
  | { readonly kind: 'keychain'; readonly id: number; readonly verb: 'encrypt'; readonly plain: string }
  | { readonly kind: 'keychain'; readonly id: number; readonly verb: 'decrypt'; readonly sealed: Uint8Array }
  | { readonly kind: 'problem'; readonly status: VaultStatus }
  | { readonly kind: 'closed' };

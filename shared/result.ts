/** Values that cross a boundary (worker, IPC, command line): success or a typed error, never a thrown string. */

/** A failure that a person can be told about: `code` names a message `errors.<code>` in the catalogues. */
export interface AppError {
  /** Dotted name, e.g. `vault.wrongPassphrase`. Also the message key below `errors.`. */
  readonly code: string;
  /** Values for the message. Never user content that must not be logged. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** For the log only: a technical reason without user content. */
  readonly detail?: string;
}

export type Result<T, E = AppError> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** Builds a failed result from a code and its parameters. */
export const fail = (
  code: string,
  params?: Readonly<Record<string, string | number>>,
  detail?: string,
): { readonly ok: false; readonly error: AppError } => ({
  ok: false,
  error: { code, ...(params ? { params } : {}), ...(detail ? { detail } : {}) },
});

/** An AppError that travels as an exception inside one process; boundaries turn it into a Result. */
export class AppFailure extends Error {
  readonly error: AppError;
  constructor(code: string, params?: Readonly<Record<string, string | number>>, detail?: string) {
    super(detail ? `${code}: ${detail}` : code);
    this.name = 'AppFailure';
    this.error = { code, ...(params ? { params } : {}), ...(detail ? { detail } : {}) };
  }
}

/** The value of a successful result; throws AppFailure otherwise. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new AppFailure(result.error.code, result.error.params, result.error.detail);
}

/** Makes the compiler prove that a union is exhausted. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${String(value)}`);
}

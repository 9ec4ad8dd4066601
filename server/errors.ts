/** A refusal that a device is told about; everything else is `internal` and stays in the log. */
import { SERVER_ERRORS, type ErrorReply, type ServerErrorCode } from '../shared/sync/errors.ts';

type Extra = Omit<ErrorReply['error'], 'code'>;

export class ServerError extends Error {
  readonly code: ServerErrorCode;
  readonly extra: Extra;
  constructor(code: ServerErrorCode, extra: Extra = {}) {
    super(code);
    this.name = 'ServerError';
    this.code = code;
    this.extra = extra;
  }
  get status(): number {
    return SERVER_ERRORS[this.code];
  }
}

/** Seconds after which a device may try again when the database or its disk is the reason. */
const RETRY = 5;

/** The disk of the database is full, or its own quota. */
const FULL = new Set(['53100']);
/** Raised by row-level security and missing grants: the application's guard let through what it should not have. */
const DENIED = new Set(['42501']);
/** Worth doing again at once: serialisation failure, deadlock, two additions to one audit chain. */
const AGAIN = new Set(['40001', '40P01', '23505']);

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** True when the transaction can be run again from its start. */
export const isTransient = (error: unknown): boolean => AGAIN.has(codeOf(error));

/** The database did not answer for longer than it may: the driver's words for it. */
export const isSilence = (error: unknown): boolean => error instanceof Error && error.message === 'Query read timeout';

/**
 * The database is away or does not let us in: connection, resources, an operator, a standby, a changed password, a
 * database that is not there, a forgotten transaction; of Node, an address that is not found and a certificate.
 */
const AWAY = /^(?:08|28|3D|53|57P|55P03|57014|25006|25P03|58)/;
const UNREACHED = /^(?:E(?!RR_)[A-Z_]+|ERR_TLS_\w+|(?:CERT|DEPTH|SELF|UNABLE)_\w+)$/;

/** What a failure of any kind means to a device. */
export function asServerError(error: unknown): ServerError {
  if (error instanceof ServerError) return error;
  const code = codeOf(error);
  if (FULL.has(code) || code === 'ENOSPC') return new ServerError('full', { retryAfter: 60 });
  if (DENIED.has(code)) return new ServerError('forbidden');
  const message = error instanceof Error ? error.message : '';
  if (AWAY.test(code) || UNREACHED.test(code) || AGAIN.has(code))
    return new ServerError('unavailable', { retryAfter: RETRY });
  if (/connection|timeout exceeded|read timeout|not queryable/i.test(message) && code === '')
    return new ServerError('unavailable', { retryAfter: RETRY });
  return new ServerError('internal');
}

/**
 * What the server answers when it does not do what was asked (SYNC-ERR). The code is the last part of the message key
 * `errors.sync.<code>`.
 */
import { z } from 'zod';

/** Code → HTTP status. */
export const SERVER_ERRORS = {
  /** The request does not have the shape of the protocol. */
  malformed: 400,
  /** No token, or one that nobody has. */
  unauthorised: 401,
  /** The device's access was taken away; `wipe` says that it shall destroy its key. */
  revoked: 401,
  /** The device's role does not allow this. */
  forbidden: 403,
  notFound: 404,
  /** Another owner made this key epoch first: fetch the keys and begin again. */
  keysChanged: 409,
  /** The last owner cannot be revoked. */
  lastOwner: 409,
  invitationUnknown: 404,
  invitationExpired: 410,
  invitationUsed: 410,
  tooLarge: 413,
  /** The server speaks other versions of the protocol; `protocols` names them. */
  protocol: 426,
  /** Too many requests; `retryAfter` seconds. */
  tooMany: 429,
  internal: 500,
  /** Not ready or shutting down; `retryAfter` seconds. */
  unavailable: 503,
  /** The server's disk or the workspace's quota is full. */
  full: 507,
} as const;
export type ServerErrorCode = keyof typeof SERVER_ERRORS;

export const serverErrorCode = z.enum(Object.keys(SERVER_ERRORS) as [ServerErrorCode, ...ServerErrorCode[]]);

/** The body of every answer with a status of 400 and above. */
export const errorReply = z.object({
  error: z.object({
    code: serverErrorCode,
    /** Seconds. */
    retryAfter: z.number().int().min(0).max(86_400).optional(),
    wipe: z.boolean().optional(),
    protocols: z.array(z.number().int()).max(50).optional(),
    /** For the log: technical, without content. */
    detail: z.string().max(500).optional(),
  }),
});
export type ErrorReply = z.infer<typeof errorReply>;

/** Why one change of a push was not taken (SYNC-PUSH-4). The others of the same push are not affected. */
export const REFUSALS = ['tooLarge', 'future', 'malformed', 'readOnly', 'collision', 'full'] as const;
export type Refusal = (typeof REFUSALS)[number];

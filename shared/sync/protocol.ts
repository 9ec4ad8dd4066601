/**
 * The protocol between a device and the server: every request and answer (docs/sync.md). `ROUTES` is the one table from
 * which the server's routes, its authorisation tests and the client's transport are made.
 *
 * Bodies are JSON, gzip in both directions where it helps; chunks of attachments are bytes. Every answer above 399 has
 * the body `errorReply`.
 */
import { z } from 'zod';
import { REFUSALS } from './errors.ts';
import {
  blobId,
  box,
  changeId,
  deviceId,
  epoch,
  instant,
  invitationSecret,
  keyEpoch,
  LIMITS,
  mac,
  pseudonym,
  publicKey,
  type Role,
  role,
  seq,
  sha256,
  token,
  workspaceId,
} from './shapes.ts';

/**
 * A change as the server sees it. `record` and `field` together are its *slot*. `bases` stand in the order of the
 * change. The box is bound to everything beside it (SYNC-SEAL-3).
 */
export const sealedChange = z.object({
  id: changeId,
  record: pseudonym,
  field: pseudonym,
  bases: z.array(changeId).max(LIMITS.bases),
  keyEpoch,
  box: box(LIMITS.boxChars),
});
export type SealedChange = z.infer<typeof sealedChange>;
export const sequencedChange = sealedChange.extend({ seq });
export type SequencedChange = z.infer<typeof sequencedChange>;

/** Count and XOR of the fingerprints of a set of change ids (SYNC-DIGEST-1); 16 bytes in hex. */
export const digest = z.object({ count: z.number().int().min(0), xor: z.string().regex(/^[0-9a-f]{32}$/) });
export type Digest = z.infer<typeof digest>;

/** What a device learns about its workspace with every answer. All of one moment (one transaction). */
export const workspaceStatus = z.object({
  epoch,
  /** The newest change's place. */
  head: seq,
  /** Of all changes up to `head`. */
  digest,
  /** The newest key; 0 before the first owner has enrolled. */
  keyEpoch: z.number().int().min(0).max(LIMITS.keyEpochs),
  role,
  /** Days without contact after which the vault locks; null when there is no lease. */
  leaseDays: z.number().int().min(1).max(3650).nullable(),
  /** The server's clock. */
  now: instant,
});
export type WorkspaceStatus = z.infer<typeof workspaceStatus>;

/** What a device says about itself. `mac` is made with the workspace's key, so that the server cannot slip a device in. */
export const deviceCard = z.object({ publicKey, keyEpoch, mac });
export type DeviceCard = z.infer<typeof deviceCard>;

const deviceName = z.string().min(1).max(500);
export const enrolBody = z.object({
  workspace: workspaceId,
  secret: invitationSecret,
  device: deviceId,
  /** Sealed name of the device (SYNC-SEAL-7). */
  name: deviceName,
  /** Made by the device, so that an answer that was lost can be asked for again (SYNC-ENROL-3). */
  token,
  card: deviceCard,
});
export type EnrolBody = z.infer<typeof enrolBody>;
export const enrolReply = z.object({ status: workspaceStatus });

export const helloReply = z.object({
  service: z.literal('rapport-sync'),
  protocols: z.array(z.number().int()).min(1).max(50),
  now: instant,
});

/** Changes are checked one by one: one that is malformed is refused by its verdict and the others go on. */
export const pushBody = z.object({ changes: z.array(z.unknown()).min(1).max(LIMITS.pushChanges) });
/** In the order of the push. `known`: the server had it already, with this place. */
export const verdict = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('accepted'), seq }),
  z.object({ verdict: z.literal('known'), seq }),
  z.object({ verdict: z.literal('refused'), code: z.enum(REFUSALS) }),
]);
export type Verdict = z.infer<typeof verdict>;
export const pushReply = z.object({ verdicts: z.array(verdict).max(LIMITS.pushChanges), status: workspaceStatus });
export type PushReply = z.infer<typeof pushReply>;

const limit = z.coerce.number().int().min(1).max(LIMITS.page).default(500);
/**
 * `after`: forward, ascending. `before`: backward, descending, for the history behind a state download; then
 * `superseded=true` leaves out changes that are heads at this moment (SYNC-STATE-6). Exactly one of the two.
 */
export const pullQuery = z
  .object({
    after: z.coerce.number().pipe(seq).optional(),
    before: z.coerce.number().pipe(seq).optional(),
    superseded: z.enum(['true', 'false']).default('false'),
    limit,
  })
  .refine(({ after, before }) => (after === undefined) !== (before === undefined), 'after or before');
export const pullReply = z.object({
  changes: z.array(sequencedChange).max(LIMITS.page),
  /** Pass as `after` (or `before`) for the next page; equal to what was passed when nothing was left. */
  next: seq,
  more: z.boolean(),
  status: workspaceStatus,
});
export type PullReply = z.infer<typeof pullReply>;

export const byIdBody = z.object({ ids: z.array(changeId).min(1).max(LIMITS.idsAsked) });
/** Those that the server has; a page that grew too large ends early and the rest is asked for again. */
export const byIdReply = z.object({
  changes: z.array(sequencedChange).max(LIMITS.idsAsked),
  /** Asked for, there, and left out of this page. */
  rest: z.array(changeId).max(LIMITS.idsAsked),
  status: workspaceStatus,
});
export type ByIdReply = z.infer<typeof byIdReply>;

/** One slot's present: its heads, and what its changes name as bases outside the slot or unseen (SYNC-STATE-2). */
export const slot = z.object({
  record: pseudonym,
  field: pseudonym,
  heads: z.array(sequencedChange),
  named: z.array(changeId),
});
export type Slot = z.infer<typeof slot>;
export const stateQuery = z.object({
  /** `next` of the page before; absent for the first. Opaque. */
  after: z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9_.-]*$/)
    .optional(),
  limit,
});
export const stateReply = z.object({
  slots: z.array(slot).max(LIMITS.page),
  next: z.string().max(200).nullable(),
  status: workspaceStatus,
});
export type StateReply = z.infer<typeof stateReply>;
export const recordsBody = z.object({ records: z.array(pseudonym).min(1).max(LIMITS.records) });
export const recordsReply = z.object({
  slots: z.array(slot),
  /** Records that did not fit and are asked for again. */
  rest: z.array(pseudonym).max(LIMITS.records),
  status: workspaceStatus,
});
export type RecordsReply = z.infer<typeof recordsReply>;

export const BUCKETS = 256;
/** One digest per bucket, in the order of the buckets, of the same moment as `status`. */
export const digestReply = z.object({ buckets: z.array(digest).length(BUCKETS), status: workspaceStatus });
export type DigestReply = z.infer<typeof digestReply>;
const bucket = z
  .number()
  .int()
  .min(0)
  .max(BUCKETS - 1);
export const bucketIdsBody = z.object({
  buckets: z.array(bucket).min(1).max(BUCKETS),
  after: changeId.optional(),
});
/** Ids of all these buckets together in ascending order; `next` goes back as `after`. */
export const bucketIdsReply = z.object({
  ids: z.array(changeId).max(LIMITS.idsListed),
  next: changeId.nullable(),
  status: workspaceStatus,
});
export type BucketIdsReply = z.infer<typeof bucketIdsReply>;

/**
 * The newest complete pack: all heads at a place, in sealed parts (SYNC-PACK-1). `pack` is its name, a clock reading of the
 * device that made it.
 */
export const packReply = z.object({
  pack: z.object({ pack: changeId, place: seq, parts: z.number().int().min(1).max(LIMITS.packParts) }).nullable(),
  status: workspaceStatus,
});
export type PackReply = z.infer<typeof packReply>;
export const partParams = z.object({
  pack: changeId,
  part: z.coerce
    .number()
    .int()
    .min(0)
    .max(LIMITS.packParts - 1),
});
/** The place whose heads it holds, and whether this is its last part. */
export const partQuery = z.object({
  place: z.coerce.number().pipe(seq),
  last: z.enum(['true', 'false']),
});

/** Sealed list of what a new device needs first. A hint: losing it costs order only. */
export const manifest = z.object({ keyEpoch, box: box(LIMITS.manifestChars) });
export const manifestReply = z.object({ manifest: manifest.nullable() });

export const device = z.object({
  device: deviceId,
  name: deviceName,
  role,
  card: deviceCard,
  enrolledAt: instant,
  /** Rounded to the minute. */
  seenAt: instant.nullable(),
  revokedAt: instant.nullable(),
  wipe: z.boolean(),
  /** Set when the device was told to wipe and has asked once more since. */
  wipedAt: instant.nullable(),
});
export type DeviceEntry = z.infer<typeof device>;
export const devicesReply = z.object({ devices: z.array(device).max(LIMITS.devices), self: deviceId });
export const selfBody = z.object({ name: deviceName.optional(), card: deviceCard.optional() });
export const revokeBody = z.object({ wipe: z.boolean() });
/** What an owner changes of a device (SYNC-ROLE): its role, its sealed name. At least one of the two. */
export const deviceBody = z
  .object({ name: deviceName.optional(), role: role.optional() })
  .refine(({ name, role }) => name !== undefined || role !== undefined, 'name or role');

export const invitationBody = z.object({
  /** `SHA-256(workspace id ':' secret)`. Also the invitation's name. */
  hash: sha256,
  role,
  expires: instant,
});
export const invitation = z.object({
  hash: sha256,
  role,
  expires: instant,
  createdAt: instant,
  usedBy: deviceId.nullable(),
});
export const invitationsReply = z.object({ invitations: z.array(invitation).max(LIMITS.invitations) });

/**
 * `chain` unlocks key n-1 with key n, so that a code needs to carry the newest key only; null for the first key.
 * `envelope` carries the key to this device (SYNC-KEYS-2); null when it was not wrapped for it.
 */
export const keyEntry = z.object({
  keyEpoch,
  madeBy: deviceId,
  chain: box(1000).nullable(),
  envelope: box(1000).nullable(),
});
export const keysReply = z.object({ keys: z.array(keyEntry).max(LIMITS.keyEpochs) });
export const rotateBody = z.object({
  /** One more than the workspace's present key, else `keysChanged`. */
  keyEpoch,
  chain: box(1000),
  envelopes: z.array(z.object({ device: deviceId, envelope: box(1000) })).max(LIMITS.devices),
});
export type RotateBody = z.infer<typeof rotateBody>;
/** Days without contact after which vaults lock (SYNC-LEASE-1); null takes the lease away. */
export const leaseBody = z.object({ leaseDays: z.number().int().min(1).max(3650).nullable() });
export const statusReply = z.object({ status: workspaceStatus });
export const doneReply = z.object({ done: z.literal(true) });

/** Runs of chunks that are there: first and last number. */
export const blobReply = z.object({
  chunks: z.number().int().min(1).max(LIMITS.chunks).nullable(),
  have: z.array(z.tuple([z.number().int(), z.number().int()])).max(LIMITS.chunks),
});
export type BlobReply = z.infer<typeof blobReply>;
export const blobsBody = z.object({ blobs: z.array(blobId).min(1).max(LIMITS.blobsAsked) });
/** In the order of what was asked. */
export const blobsReply = z.object({ blobs: z.array(blobReply).max(LIMITS.blobsAsked) });
export const blobParams = z.object({ blob: blobId });
export const chunkParams = z.object({
  blob: blobId,
  chunk: z.coerce
    .number()
    .int()
    .min(0)
    .max(LIMITS.chunks - 1),
});
/** How many chunks the attachment has. */
export const chunkQuery = z.object({ of: z.coerce.number().int().min(1).max(LIMITS.chunks) });

/** Events of the stream, as SSE `event:` with JSON `data:`. A comment line is sent at least every 25 s. */
export const EVENTS = {
  /** Something new; at once after connecting, then coalesced to 20 a second at most. */
  head: z.object({ head: seq, epoch, keyEpoch: z.number().int() }),
  /** How the server knows this device: after connecting, and when an owner has changed it (SYNC-ROLE-3). */
  self: z.object({ role, name: deviceName }),
  /** Access has ended; the stream closes. */
  revoked: z.object({ wipe: z.boolean() }),
} as const;

interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Parameters in the notation of Fastify. */
  readonly path: string;
  /** The least role of the asking device; `null` needs no token. */
  readonly least: Role | null;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** `bytes` and `events` have no JSON answer. */
  readonly reply: z.ZodType | 'bytes' | 'events';
  /** A body of bytes instead of JSON. */
  readonly bytes?: true;
}

export const ROUTES = {
  hello: { method: 'GET', path: '/v1/hello', least: null, reply: helloReply },
  enrol: { method: 'POST', path: '/v1/enrol', least: null, body: enrolBody, reply: enrolReply },
  status: { method: 'GET', path: '/v1/status', least: 'reader', reply: statusReply },
  // A reader's push is answered with verdicts `readOnly`, so that its device can say which changes wait.
  push: { method: 'POST', path: '/v1/changes', least: 'reader', body: pushBody, reply: pushReply },
  pull: { method: 'GET', path: '/v1/changes', least: 'reader', query: pullQuery, reply: pullReply },
  byId: { method: 'POST', path: '/v1/changes/by-id', least: 'reader', body: byIdBody, reply: byIdReply },
  state: { method: 'GET', path: '/v1/state', least: 'reader', query: stateQuery, reply: stateReply },
  records: { method: 'POST', path: '/v1/state/records', least: 'reader', body: recordsBody, reply: recordsReply },
  pack: { method: 'GET', path: '/v1/pack', least: 'reader', reply: packReply },
  getPart: { method: 'GET', path: '/v1/pack/:pack/:part', least: 'reader', params: partParams, reply: 'bytes' },
  putPart: {
    method: 'PUT',
    path: '/v1/pack/:pack/:part',
    least: 'editor',
    params: partParams,
    query: partQuery,
    bytes: true,
    reply: doneReply,
  },
  digest: { method: 'GET', path: '/v1/digest', least: 'reader', reply: digestReply },
  bucketIds: { method: 'POST', path: '/v1/digest/ids', least: 'reader', body: bucketIdsBody, reply: bucketIdsReply },
  manifest: { method: 'GET', path: '/v1/manifest', least: 'reader', reply: manifestReply },
  putManifest: { method: 'PUT', path: '/v1/manifest', least: 'editor', body: manifest, reply: doneReply },
  events: { method: 'GET', path: '/v1/events', least: 'reader', reply: 'events' },
  devices: { method: 'GET', path: '/v1/devices', least: 'reader', reply: devicesReply },
  self: { method: 'PATCH', path: '/v1/devices/self', least: 'reader', body: selfBody, reply: doneReply },
  leave: { method: 'DELETE', path: '/v1/devices/self', least: 'reader', reply: doneReply },
  setDevice: {
    method: 'PATCH',
    path: '/v1/devices/:device',
    least: 'owner',
    params: z.object({ device: deviceId }),
    body: deviceBody,
    reply: doneReply,
  },
  revoke: {
    method: 'POST',
    path: '/v1/devices/:device/revoke',
    least: 'owner',
    params: z.object({ device: deviceId }),
    body: revokeBody,
    reply: doneReply,
  },
  invitations: { method: 'GET', path: '/v1/invitations', least: 'owner', reply: invitationsReply },
  invite: { method: 'POST', path: '/v1/invitations', least: 'owner', body: invitationBody, reply: doneReply },
  uninvite: {
    method: 'DELETE',
    path: '/v1/invitations/:hash',
    least: 'owner',
    params: z.object({ hash: sha256 }),
    reply: doneReply,
  },
  keys: { method: 'GET', path: '/v1/keys', least: 'reader', reply: keysReply },
  rotate: { method: 'POST', path: '/v1/keys', least: 'owner', body: rotateBody, reply: statusReply },
  lease: { method: 'PUT', path: '/v1/lease', least: 'owner', body: leaseBody, reply: statusReply },
  blobs: { method: 'POST', path: '/v1/blobs', least: 'reader', body: blobsBody, reply: blobsReply },
  blob: { method: 'GET', path: '/v1/blobs/:blob', least: 'reader', params: blobParams, reply: blobReply },
  getChunk: {
    method: 'GET',
    path: '/v1/blobs/:blob/chunks/:chunk',
    least: 'reader',
    params: chunkParams,
    reply: 'bytes',
  },
  putChunk: {
    method: 'PUT',
    path: '/v1/blobs/:blob/chunks/:chunk',
    least: 'editor',
    params: chunkParams,
    query: chunkQuery,
    bytes: true,
    reply: doneReply,
  },
} as const satisfies Record<string, Route>;
export type RouteName = keyof typeof ROUTES;

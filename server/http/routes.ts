/** The routes, made from the one table of the protocol: for every name in ROUTES what it does. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ROUTES, type RouteName } from '../../shared/sync/protocol.ts';
import { PROTOCOL } from '../../shared/sync/shapes.ts';
import type { Tx } from '../database/session.ts';
import { transaction } from '../database/session.ts';
import { openStream } from '../events/stream.ts';
import { type Access, sha256 } from '../sync/access.ts';
import { blobState, blobStates, getChunk, putChunk } from '../sync/blobs.ts';
import { byId, pull, records, state } from '../sync/changes.ts';
import { devices, leave, revoke, setDevice, setSelf } from '../sync/devices.ts';
import { bucketIds, digest, keepDigest } from '../sync/digest.ts';
import { enrol, invitationHash } from '../sync/enrol.ts';
import { invitations, invite, uninvite } from '../sync/invitations.ts';
import { keys, putManifest, readManifest, rotate } from '../sync/keys.ts';
import { setLease } from '../sync/lease.ts';
import { getPart, newestPack, putPart } from '../sync/packs.ts';
import { checkPush, push } from '../sync/push.ts';
import { readWorkspace, statusOf } from '../sync/workspace.ts';
import { addressKey } from './limits.ts';
import type { Service } from './service.ts';

type Definition<N extends RouteName> = (typeof ROUTES)[N];
type Part<N extends RouteName, K extends 'params' | 'query' | 'body'> =
  Definition<N> extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined;
type Reply<N extends RouteName> = Definition<N>['reply'] extends z.ZodType ? z.output<Definition<N>['reply']> : unknown;

export interface Call<N extends RouteName> {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly params: Part<N, 'params'>;
  readonly query: Part<N, 'query'>;
  readonly body: Part<N, 'body'>;
}
export type Handlers = { readonly [N in RouteName]: (call: Call<N>) => Promise<Reply<N>> };

const DONE = { done: true } as const;

export function handlers(service: Service): Handlers {
  const { now, hub, pool } = service;

  const read = <T>(name: RouteName, request: FastifyRequest, work: (tx: Tx, access: Access) => Promise<T>) =>
    service.asDevice(request, ROUTES[name].least ?? 'owner', { snapshot: true }, work);
  const write = <T>(name: RouteName, request: FastifyRequest, work: (tx: Tx, access: Access) => Promise<T>) =>
    service.asDevice(request, ROUTES[name].least ?? 'owner', {}, work);
  const done = async (name: RouteName, request: FastifyRequest, work: (tx: Tx, access: Access) => Promise<unknown>) => {
    await write(name, request, work);
    return DONE;
  };

  return {
    hello: async () => ({ service: 'rapport-sync', protocols: [PROTOCOL], now: now() }),

    enrol: async ({ request, body }) => {
      const scope = { invitation: invitationHash(body.workspace, body.secret), token: sha256(body.token) };
      const blocked = [`invitation ${addressKey(request.ip)}`, `workspace ${body.workspace}`];
      const status = await service.attempt(
        blocked,
        ({ code }) => code.startsWith('invitation'),
        () => transaction(pool, scope, (tx) => enrol(tx, body, now())),
      );
      return { status };
    },

    status: ({ request }) =>
      read('status', request, async (tx, access) => ({
        status: statusOf(await readWorkspace(tx, access.workspace), access, now()),
      })),

    push: async ({ request, body }) => {
      const checked = checkPush(body.changes, now());
      return write('push', request, async (tx, access) => {
        const reply = await push(tx, access, checked, now());
        tx.afterCommit(() => {
          for (const each of reply.verdicts) {
            service.metrics.count(
              'rapport_sync_changes_total',
              `verdict="${'code' in each ? each.code : each.verdict}"`,
            );
          }
          hub.changed(access.workspace, reply.status);
        });
        return reply;
      });
    },
    pull: ({ request, query }) => read('pull', request, (tx, access) => pull(tx, access, query, now())),
    byId: ({ request, body }) => read('byId', request, (tx, access) => byId(tx, access, body.ids, now())),
    state: ({ request, query }) => read('state', request, (tx, access) => state(tx, access, query, now())),
    records: ({ request, body }) => read('records', request, (tx, access) => records(tx, access, body.records, now())),

    pack: ({ request }) => read('pack', request, (tx, access) => newestPack(tx, access, now())),
    getPart: async ({ request, reply, params }) => {
      const bytes = await read('getPart', request, (tx, access) => getPart(tx, access, params.pack, params.part));
      return reply.type('application/octet-stream').send(bytes);
    },
    putPart: ({ request, params, query, body }) =>
      done('putPart', request, (tx, access) => {
        const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
        return putPart(tx, access, { ...params, place: query.place, last: query.last === 'true', bytes });
      }),

    digest: async ({ request }) => {
      const { reply, keep } = await read('digest', request, (tx, access) => digest(tx, access, now()));
      if (keep) service.later(write('digest', request, (tx, access) => keepDigest(tx, access, keep)));
      return reply;
    },
    bucketIds: ({ request, body }) => read('bucketIds', request, (tx, access) => bucketIds(tx, access, body, now())),

    manifest: ({ request }) => read('manifest', request, readManifest),
    putManifest: ({ request, body }) => done('putManifest', request, (tx, access) => putManifest(tx, access, body)),

    events: ({ request, reply }) => openStream(service, request, reply),

    devices: ({ request }) => read('devices', request, devices),
    self: ({ request, body }) => done('self', request, (tx, access) => setSelf(tx, access, body)),
    leave: ({ request }) =>
      done('leave', request, async (tx, access) => {
        await leave(tx, access, now());
        tx.afterCommit(() => hub.revoked(access.workspace, access.device, false));
      }),
    setDevice: ({ request, params, body }) =>
      done('setDevice', request, async (tx, access) => {
        const self = await setDevice(tx, access, params.device, body, now());
        tx.afterCommit(() => hub.tell(access.workspace, params.device, self));
      }),
    revoke: ({ request, params, body }) =>
      done('revoke', request, async (tx, access) => {
        await revoke(tx, access.workspace, access.device, params.device, body.wipe, now());
        tx.afterCommit(() => hub.revoked(access.workspace, params.device, body.wipe));
      }),

    invitations: ({ request }) => read('invitations', request, invitations),
    invite: ({ request, body }) => done('invite', request, (tx, access) => invite(tx, access, body, now())),
    uninvite: ({ request, params }) =>
      done('uninvite', request, (tx, access) => uninvite(tx, access, params.hash, now())),

    keys: ({ request }) => read('keys', request, keys),
    rotate: ({ request, body }) =>
      write('rotate', request, async (tx, access) => {
        const status = await rotate(tx, access, body, now());
        tx.afterCommit(() => hub.changed(access.workspace, status));
        return { status };
      }),

    lease: ({ request, body }) =>
      write('lease', request, async (tx, access) => ({ status: await setLease(tx, access, body, now()) })),

    blobs: ({ request, body }) => read('blobs', request, (tx, access) => blobStates(tx, access, body.blobs)),
    blob: ({ request, params }) => read('blob', request, (tx, access) => blobState(tx, access, params.blob)),
    getChunk: async ({ request, reply, params }) => {
      const bytes = await read('getChunk', request, (tx, access) => getChunk(tx, access, params.blob, params.chunk));
      return reply.type('application/octet-stream').send(bytes);
    },
    putChunk: ({ request, params, query, body }) =>
      done('putChunk', request, (tx, access) => {
        const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
        return putChunk(tx, access, { ...params, of: query.of, bytes });
      }),
  };
}

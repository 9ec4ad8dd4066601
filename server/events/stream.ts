/** One stream of events to one device, as server-sent events. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HEADERS, PROTOCOL } from '../../shared/sync/shapes.ts';
import { ServerError } from '../errors.ts';
import type { Service } from '../http/service.ts';
import { tokenHash } from '../sync/access.ts';
import { selfOf } from '../sync/devices.ts';
import { readWorkspace, statusOf } from '../sync/workspace.ts';
import type { Listener } from './hub.ts';

/** Bytes that may wait for a slow reader; what comes then is left out: it is a hint. */
const WAITING = 16_384;

/** Checks the device, answers the request with a stream and adds it to the hub. */
export async function openStream(service: Service, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { hub, settings } = service;
  const token = tokenHash(request.headers.authorization) as Buffer;
  const { access, status, self } = await service.asDevice(
    request,
    'reader',
    { snapshot: true },
    async (tx, access) => ({
      access,
      status: statusOf(await readWorkspace(tx, access.workspace), access, service.now()),
      self: await selfOf(tx, token),
    }),
  );
  if (hub.count(access.workspace, access.device) >= settings.streamsPerDevice)
    throw new ServerError('tooMany', { retryAfter: 30 });
  if (hub.size >= settings.streams) throw new ServerError('unavailable', { retryAfter: 60 });
  reply.hijack();
  service.release(request);
  const { raw } = reply;
  raw.writeHead(200, {
    ...reply.getHeaders(),
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    [HEADERS.protocol]: String(PROTOCOL),
  } as Record<string, string>);
  const listener: Listener = {
    workspace: access.workspace,
    device: access.device,
    token,
    send: (text) => {
      if (raw.writableLength <= WAITING) raw.write(text);
    },
    close: () => {
      hub.remove(listener);
      raw.end();
    },
  };
  raw.once('close', () => hub.remove(listener));
  hub.add(listener, { head: status.head, epoch: status.epoch, keyEpoch: status.keyEpoch }, self);
  return reply;
}

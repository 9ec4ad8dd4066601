/** What the service does with bodies, rates, streams and its own end. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asServerError } from '../../server/errors.ts';
import type { RunningServer } from '../../server/server.ts';
import { addressKey, FailureLimit, RateLimit } from '../../server/http/limits.ts';
import { errorReply } from '../../shared/sync/errors.ts';
import { ROUTES } from '../../shared/sync/protocol.ts';
import { LIMITS } from '../../shared/sync/shapes.ts';
import {
  ask,
  change,
  type Database,
  database,
  enrolBody,
  push,
  random,
  serve,
  stream,
  type TestDevice,
  workspace,
} from './support.ts';

let db: Database;
let server: RunningServer;
let owner: TestDevice;
beforeAll(async () => {
  db = await database();
  server = await serve(db);
  owner = await workspace(db, server.address);
});
afterAll(async () => {
  await server.stop();
  await db.drop();
});

const raw = (body: Uint8Array | string, headers: Record<string, string> = {}) =>
  fetch(`${server.address}${ROUTES.push.path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json', ...headers },
    body: body as BodyInit,
  });

describe('bodies', () => {
  it('are taken and given as gzip', async () => {
    const body = gzipSync(JSON.stringify({ changes: [change({ box: random(3000) })] }));
    expect((await raw(body, { 'content-encoding': 'gzip' })).status).toBe(200);
    const { port } = new URL(server.address);
    const answer = await new Promise<Buffer>((done) => {
      const socket = connect(Number(port), '127.0.0.1');
      const parts: Buffer[] = [];
      socket.on('data', (part) => parts.push(part)).on('close', () => done(Buffer.concat(parts)));
      socket.write(
        `GET /v1/changes?after=0 HTTP/1.0\r\nauthorization: Bearer ${owner.token}\r\naccept-encoding: gzip\r\n\r\n`,
      );
    });
    const split = answer.indexOf('\r\n\r\n');
    expect(answer.subarray(0, split).toString()).toMatch(/content-encoding: gzip/);
    expect(JSON.parse(gunzipSync(answer.subarray(split + 4)).toString()).changes.length).toBeGreaterThan(0);
  });

  it('SYNC-LIMIT-1 are bounded after decompression: a bomb costs its own size only', async () => {
    const bomb = gzipSync(Buffer.alloc(LIMITS.bodyBytes * 20));
    expect(bomb.length).toBeLessThan(LIMITS.bodyBytes / 10);
    const before = process.memoryUsage().arrayBuffers;
    const answer = await raw(bomb, { 'content-encoding': 'gzip' });
    expect([answer.status, (await answer.json()).error.code]).toEqual([413, 'tooLarge']);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(LIMITS.bodyBytes * 4);
  });

  it('are refused as malformed when they are no JSON, no gzip, or no object of the protocol', async () => {
    for (const [body, headers] of [
      ['{', {}],
      ['[]', {}],
      ['', {}],
      ['not gzip', { 'content-encoding': 'gzip' }],
      ['{}', { 'content-encoding': 'br' }],
      ['{"changes":[1]}', { 'content-type': 'text/plain' }],
    ] as const) {
      const answer = await raw(body, headers);
      expect([answer.status, (await answer.json()).error.code], body).toEqual([400, 'malformed']);
    }
    const other = await raw('{"changes":[1]}', { 'rapport-protocol': '2' });
    expect([other.status, (await other.json()).error]).toEqual([426, { code: 'protocol', protocols: [1] }]);
  });

  it('SYNC-BLOB-9 that come too slowly end with their connection, chunks later than others', async () => {
    const slow = await serve(db, { settings: { requestTimeout: 300 } });
    const { port } = new URL(slow.address);
    const begun = (line: string, type: string): Promise<{ readonly answer: string; readonly millis: number }> =>
      new Promise((done) => {
        const start = performance.now();
        const socket = connect(Number(port), '127.0.0.1');
        let answer = '';
        socket
          .on('data', (part) => (answer += part.toString()))
          .on('error', () => undefined)
          .on('close', () => done({ answer, millis: performance.now() - start }));
        socket.write(
          `${line} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${owner.token}\r\ncontent-type: ${type}\r\ncontent-length: 1000\r\n\r\n{`,
        );
      });
    const [changes, chunk] = await Promise.all([
      begun('POST /v1/changes', 'application/json'),
      begun(`PUT /v1/blobs/${'A'.repeat(43)}/chunks/0?chunks=1`, 'application/octet-stream'),
    ]);
    expect(changes.answer).toMatch(/^HTTP\/1\.1 408/);
    expect(chunk.answer).toMatch(/^HTTP\/1\.1 408/);
    expect(chunk.millis).toBeGreaterThan(1500);
    expect(changes.millis).toBeLessThan(chunk.millis);
    // The service goes on.
    expect((await fetch(`${slow.address}/healthz`)).status).toBe(200);
    await slow.stop();
  });
});

/** Sends bytes as they are; resolves to the answer when the connection ends. */
const exchange = (address: string, text: string): Promise<string> =>
  new Promise((done) => {
    let answer = '';
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    socket
      .on('data', (part) => (answer += part.toString('latin1')))
      .on('error', () => undefined)
      .on('close', () => done(answer));
    socket.write(text);
  });

/** Opens connections that begin a body and leave it at that, until all of them are heard. */
async function begin(to: RunningServer, count: number, first: string, body: string): Promise<() => void> {
  const before = to.service.inFlight;
  const sockets = Array.from({ length: count }, () => {
    const socket = connect(Number(new URL(to.address).port), '127.0.0.1').on('error', () => undefined);
    socket.write(`${first}\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 4000000\r\n\r\n${body}`);
    return socket;
  });
  await expect.poll(() => to.service.inFlight - before, { timeout: 60_000 }).toBe(count);
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}

describe('requests that are not meant well', () => {
  it('that are no HTTP, or too long, are answered as ours, and their bytes stand in no log', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const loud = await serve(db, { logger });
    const secret = `authorization: Bearer ${owner.token}\r\n`;
    const many = Array.from({ length: 10_000 }, (_, i) => `x-${i}: v\r\n`).join('');
    for (const text of [
      `GET /v1/status HTTP/1.1\r\nhost: x\r\n${secret}${many}\r\n`,
      `POST /v1/changes HTTP/1.1\r\nhost: x\r\n${secret}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n`,
      `NONSENSE ${owner.token}\r\n${secret}\r\n`,
      `GET /v1/%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${secret}\r\n`,
      `GET /v1/packs/${'a'.repeat(5000)}/parts/0 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${secret}\r\n`,
    ]) {
      const [head = '', body = ''] = (await exchange(loud.address, text)).split('\r\n\r\n');
      expect(head, text.slice(0, 60)).toMatch(/^HTTP\/1\.1 4\d\d [\s\S]*rapport-protocol: 1/i);
      expect(errorReply.safeParse(JSON.parse(body)).success, body).toBe(true);
    }
    await loud.stop();
    const log = lines.join('');
    expect(log).not.toContain(owner.token);
    expect(log).not.toContain([...Buffer.from(owner.token)].join(','));
    expect(log).not.toContain('rawPacket');
  });

  it('whose sender goes away in the middle are no failure of the service', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
    const other = await serve(db, { logger });
    const leave = await begin(other, 1, 'POST /v1/changes HTTP/1.1', '{');
    leave();
    await expect.poll(() => other.service.inFlight).toBe(0);
    await other.stop();
    expect(lines).toEqual([]);
  });

  it('from one address take no more than its part of the places, whatever they ask for', async () => {
    const narrow = await serve(db, { settings: { inFlight: 40, inFlightPerAddress: 10, trustProxy: ['127.0.0.1'] } });
    const leave = await begin(narrow, 10, 'POST /nowhere HTTP/1.1', '{');
    expect((await ask(narrow.address, null, 'hello')).status).toBe(503);
    const elsewhere = await ask(narrow.address, owner.token, 'status', { headers: { 'x-forwarded-for': '10.0.0.7' } });
    expect(elsewhere.status).toBe(200);
    leave();
    await expect.poll(async () => (await ask(narrow.address, null, 'hello')).status).toBe(200);
    await narrow.stop();
  });

  it('SYNC-LIMIT-1 hold no more memory together than the process gives for bodies', async () => {
    const narrow = await serve(db, { settings: { bodyBytes: 3_000_000 } });
    const leave = await begin(narrow, 2, 'POST /v1/changes HTTP/1.1', 'x'.repeat(1_400_000));
    await expect.poll(() => narrow.service.bodyBytes).toBe(2_800_000);
    const body = { changes: [change({ box: random(300_000) })] };
    const refused = await ask(narrow.address, owner.token, 'push', { body });
    expect([refused.status, refused.body.error.code]).toEqual([503, 'unavailable']);
    leave();
    await expect.poll(() => narrow.service.bodyBytes).toBe(0);
    expect((await ask(narrow.address, owner.token, 'push', { body })).status).toBe(200);
    expect(narrow.service.bodyBytes).toBe(0);
    await narrow.stop();
  });

  it('for readiness ask the database once, however many there are', async () => {
    const other = await serve(db, { settings: { connections: 2 } });
    const answers = await Promise.all(Array.from({ length: 200 }, () => fetch(`${other.address}/readyz`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(other.service.pool.totalCount).toBe(1);
    await other.stop();
  });
});

/** A way to the database that can fall silent, as when a network goes without a word. */
async function way(url: string) {
  const sockets = new Set<Socket>();
  let silent = false;
  const target = new URL(url);
  const port = Number(target.port);
  const gate = createServer((from) => {
    const to = connect(port, target.hostname);
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    from.on('data', (part) => void (silent || to.write(part))).on('close', () => to.destroy());
    to.on('data', (part) => void (silent || from.write(part))).on('close', () => from.destroy());
  });
  await new Promise<void>((done) => gate.listen(0, '127.0.0.1', done));
  target.port = String((gate.address() as AddressInfo).port);
  return {
    service: target.href,
    fallSilent: (): void => void (silent = true),
    close: (): void => {
      gate.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

describe('a database that falls silent', () => {
  it('counts as away, and is asked again on new connections', async () => {
    const through = await way(db.service);
    const other = await serve(through, { settings: { databaseSilent: 300 } });
    expect((await ask(other.address, owner.token, 'status')).status).toBe(200);
    through.fallSilent();
    const answer = await ask(other.address, owner.token, 'status');
    expect([answer.status, answer.body.error.code, answer.headers.get('retry-after')]).toEqual([
      503,
      'unavailable',
      '5',
    ]);
    await expect.poll(() => other.service.pool.totalCount).toBe(0);
    await other.stop();
    through.close();
  });

  it('does not keep the service from ending', async () => {
    const through = await way(db.service);
    const other = await serve(through, { settings: { drain: 200 } });
    expect((await ask(other.address, owner.token, 'status')).status).toBe(200);
    through.fallSilent();
    const asked = ask(other.address, owner.token, 'status').catch(() => null);
    await expect.poll(() => other.service.pool.idleCount).toBe(0);
    await other.stop();
    expect((await asked)?.status ?? 503).toBe(503);
    through.close();
  });

  it('is told from faults of our own by what the driver says', () => {
    const coded = (code: string) => asServerError(Object.assign(new Error('words'), { code })).code;
    for (const code of ['08006', '28P01', '3D000', '53300', '57P01', '25P03', 'ECONNREFUSED', 'EAI_AGAIN'])
      expect(coded(code), code).toBe('unavailable');
    for (const code of ['CERT_HAS_EXPIRED', 'SELF_SIGNED_CERT_IN_CHAIN', 'ERR_TLS_CERT_ALTNAME_INVALID'])
      expect(coded(code), code).toBe('unavailable');
    for (const code of ['42P01', '22P02', 'ERR_INVALID_ARG_TYPE']) expect(coded(code), code).toBe('internal');
  });
});

describe('rates', () => {
  it('fill up again with time', () => {
    let now = 0;
    const limit = new RateLimit({ perSecond: 2, burst: 3 }, () => now);
    expect([1, 2, 3].map(() => limit.take('a'))).toEqual([0, 0, 0]);
    expect(limit.take('a')).toBe(1);
    expect(limit.take('b')).toBe(0);
    now += 500;
    expect([limit.take('a'), limit.take('a')]).toEqual([0, 1]);
  });

  it('of failures double their wait and are forgotten after success', () => {
    let now = 0;
    const limit = new FailureLimit(10, () => now);
    for (let i = 0; i < 10; i += 1) limit.failed('a');
    const waits: number[] = [];
    for (let i = 0; i < 12; i += 1) {
      waits.push(limit.blocked('a'));
      now += limit.blocked('a') * 1000;
      expect(limit.blocked('a')).toBe(0);
      limit.failed('a');
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
    limit.succeeded('a');
    expect(limit.blocked('a')).toBe(0);
  });

  it('hold for an address: what one customer has, IPv6 included', () => {
    expect(addressKey('::ffff:10.0.0.1')).toBe('10.0.0.1');
    expect(addressKey('2001:db8:1:2::1')).toBe(addressKey('2001:db8:1:2:ffff::9'));
    expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'));
    expect(addressKey('::1')).toBe('0000:0000:0000:0000');
  });

  it('of 10,000 guesses only 20 are looked at, and those who share the address go on', async () => {
    let now = Date.now();
    const strict = await serve(db, { now: () => now, settings: { freeFailures: 10 } });
    expect((await ask(strict.address, owner.token, 'status')).status).toBe(200);
    let evaluated = 0;
    for (let i = 0; i < 10_000; i += 1) {
      // One guess in 20 ms: ten free ones, then 1 + 2 + 4 + … seconds of silence.
      now += 20;
      const { status } = i < 60 || i % 50 === 0 ? await ask(strict.address, random(32), 'status') : { status: 429 };
      if (status === 401) evaluated += 1;
    }
    expect(evaluated).toBeGreaterThanOrEqual(10);
    expect(evaluated).toBeLessThanOrEqual(20);
    expect((await ask(strict.address, owner.token, 'status')).status).toBe(200);
    const guess = () => ask(strict.address, null, 'enrol', { body: enrolBody(owner.workspace, random(16)) });
    const codes: number[] = [];
    for (let i = 0; i < 12; i += 1) codes.push((await guess()).status);
    expect(codes.slice(0, 10)).toEqual(Array(10).fill(404));
    expect(codes.slice(10)).toEqual([429, 429]);
    await strict.stop();
  });

  it('say when to come back', async () => {
    const strict = await serve(db, { settings: { perDevice: { perSecond: 0.1, burst: 1 } } });
    expect((await ask(strict.address, owner.token, 'status')).status).toBe(200);
    const answer = await ask(strict.address, owner.token, 'status');
    expect([answer.status, answer.headers.get('retry-after'), answer.body.error.retryAfter]).toEqual([429, '10', 10]);
    await strict.stop();
  });
});

describe('the service', () => {
  it('describes itself from the table of routes', async () => {
    const text = await (await fetch(`${server.address}/v1/openapi.json`)).json();
    const described = Object.entries(text.paths as Record<string, Record<string, { operationId: string }>>)
      .flatMap(([, methods]) => Object.values(methods).map(({ operationId }) => operationId))
      .sort();
    expect(described).toEqual(Object.keys(ROUTES).sort());
    expect(text.paths['/v1/changes'].post.security).toEqual([{ device: [] }]);
  });

  it('counts without names, for this computer only', async () => {
    const text = await (await fetch(`${server.address}/metrics`)).text();
    expect(text).toContain('rapport_sync_changes_total{verdict="accepted"}');
    for (const secret of [owner.token, owner.workspace, owner.device]) expect(text).not.toContain(secret);
    const forwarded = await fetch(`${server.address}/metrics`, { headers: { 'x-forwarded-for': '10.0.0.1' } });
    expect(forwarded.status).toBe(404);
    expect((await fetch(`${server.address}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${server.address}/readyz`)).json()).toEqual({ ready: true });
  });

  it('marks every answer as its own, errors included (SYNC-TRANSPORT-1)', async () => {
    for (const path of ['/v1/hello', '/v1/status', '/nowhere', '/v1/changes?after=x']) {
      const answer = await fetch(`${server.address}${path}`);
      expect(answer.headers.get('rapport-protocol'), path).toBe('1');
      await answer.text();
    }
  });

  it('stops in order: finishes what has begun and takes nothing new', async () => {
    const other = await serve(db);
    const device = await workspace(db, other.address);
    const hints = await stream(other.address, device);
    await hints.until(/head/);
    const pushes = Array.from({ length: 8 }, () => push(device, [change(), change()]).catch(() => null));
    await Promise.race(pushes);
    await other.stop();
    const answers = (await Promise.all(pushes)).filter((answer) => answer !== null);
    await hints.ended();
    const kept = await ask(server.address, device.token, 'status');
    const taken = answers.filter(({ status }) => status === 200);
    expect(taken.length).toBeGreaterThan(0);
    for (const { status } of answers) expect([200, 503]).toContain(status);
    // What was answered is there; what is there beyond it was not answered and will be `known`.
    expect(kept.body.status.head).toBeGreaterThanOrEqual(taken.length * 2);
    await expect(fetch(`${other.address}/v1/hello`)).rejects.toThrow('fetch failed');
  });
});

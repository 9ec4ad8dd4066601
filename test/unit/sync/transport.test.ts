/** What can answer besides our server, and what is said then (SYNC-TRANSPORT-1, SYNC-ERR-1). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpTransport, readEvent } from '../../../electron/sync/http-transport.ts';
import type { Hint } from '../../../shared/sync/engine/transport.ts';
import { HEADERS } from '../../../shared/sync/shapes.ts';
import { type HttpModel, httpModel } from './http-model.ts';

let http: HttpModel;
beforeEach(async () => {
  http = await httpModel();
});
afterEach(() => http.close());

const TOKEN = 'T'.repeat(43);
const ask = (server = http.server, timeout = 20_000): Promise<unknown> =>
  createHttpTransport({ fetch, timeout }).ask({ server, token: TOKEN }, 'status', {});
const refused = (code: string) => ({ error: { code: `sync.${code}` } });

describe('the transport', () => {
  it.each<[string, number, Record<string, string>, string, string]>([
    ['a hotel’s sign-in page', 200, { 'content-type': 'text/html' }, '<html>Sign in</html>', 'notOurs'],
    ['another service', 404, {}, '{"error":"no"}', 'notOurs'],
    ['a redirection', 302, { location: 'https://elsewhere.example/' }, '', 'redirected'],
    ['a balancer without a server', 502, {}, 'Bad Gateway', 'unreachable'],
    ['a balancer that lets less through', 413, {}, '<html>Request Entity Too Large</html>', 'tooLarge'],
    ['a balancer that wants fewer requests', 429, { 'retry-after': '5' }, 'slow down', 'tooMany'],
    ['what is not gzip', 200, { [HEADERS.protocol]: '1', 'content-encoding': 'gzip' }, 'no gzip at all', 'notOurs'],
    ['something that is not JSON', 200, { [HEADERS.protocol]: '1' }, '{', 'notOurs'],
    ['a shape that is not ours', 200, { [HEADERS.protocol]: '1' }, '{"status":{"head":"x"}}', 'notOurs'],
    ['an error of an unknown shape', 500, { [HEADERS.protocol]: '1' }, '{"oops":1}', 'notOurs'],
    [
      'a busy server',
      503,
      { [HEADERS.protocol]: '1' },
      '{"error":{"code":"unavailable","retryAfter":7}}',
      'unavailable',
    ],
    ['a full server', 507, { [HEADERS.protocol]: '1' }, '{"error":{"code":"full"}}', 'full'],
    ['a newer server', 426, {}, '{"error":{"code":"protocol","protocols":[2]}}', 'protocol'],
  ])('knows %s', async (_, status, headers, body, code) => {
    http.intercept = (_request, response) => {
      response.writeHead(status, headers).end(body);
      return true;
    };
    await expect(ask()).rejects.toMatchObject(refused(code));
  });

  it('waits as long as the server asks', async () => {
    http.intercept = (_request, response) => {
      response.writeHead(429, { [HEADERS.protocol]: '1' }).end('{"error":{"code":"tooMany","retryAfter":12}}');
      return true;
    };
    await expect(ask()).rejects.toMatchObject({ ...refused('tooMany'), retryAfter: 12_000 });
    http.intercept = (_request, response) => {
      response.writeHead(429, { 'retry-after': '5' }).end('slow down');
      return true;
    };
    await expect(ask()).rejects.toMatchObject({ ...refused('tooMany'), retryAfter: 5000 });
  });

  it('knows what does not speak HTTP', async () => {
    http.intercept = (request) => {
      request.socket.end('SSH-2.0-OpenSSH_9.2\r\n');
      return true;
    };
    await expect(ask()).rejects.toMatchObject(refused('notOurs'));
  });

  it('stops reading an answer without end', async () => {
    http.intercept = (_request, response) => {
      response.writeHead(500, { [HEADERS.protocol]: '1' });
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
      return true;
    };
    await expect(ask()).rejects.toMatchObject(refused('answerTooLarge'));
  });

  it('gives up on a server that says nothing', async () => {
    http.intercept = () => true;
    await expect(ask(http.server, 50)).rejects.toMatchObject(refused('timeout'));
  });

  it('goes nowhere in plain text, whatever it was told', async () => {
    await expect(ask('http://sync.example.org')).rejects.toMatchObject(refused('redirected'));
    await expect(ask('ftp://127.0.0.1')).rejects.toMatchObject(refused('notOurs'));
    expect(http.seen).toEqual([]);
  });

  it('names a server that is away, a foreign certificate and a missing network', async () => {
    await http.close();
    await expect(ask()).rejects.toMatchObject(refused('unreachable'));
    http = await httpModel();
    const failing = (error: Error) =>
      createHttpTransport({ fetch: () => Promise.reject(error) }).ask(
        { server: http.server, token: TOKEN },
        'status',
        {},
      );
    const cause = Object.assign(new Error('secret detail'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    await expect(failing(new TypeError('fetch failed', { cause }))).rejects.toMatchObject(refused('certificate'));
    await expect(failing(new Error('net::ERR_CERT_AUTHORITY_INVALID'))).rejects.toMatchObject(refused('certificate'));
    await expect(failing(new Error('net::ERR_INTERNET_DISCONNECTED'))).rejects.toMatchObject(refused('offline'));
    await expect(failing(new TypeError('fetch failed', { cause }))).rejects.not.toThrow(/secret detail/);
  });

  it('hears hints, and says when the stream has ended', async () => {
    http.model.invite('s', 'owner');
    http.model.answer('', 'enrol', { body: { secret: 's', device: 'd', token: TOKEN } });
    const hints: Hint[] = [];
    let heard: () => void = () => undefined;
    const first = new Promise<void>((done) => {
      heard = done;
    });
    const closed = new Promise<void>((done) => {
      createHttpTransport({ fetch }).listen(
        { server: http.server, token: TOKEN },
        {
          hint: (hint) => {
            hints.push(hint);
            heard();
          },
          closed: done,
        },
      );
    });
    // The stream is open when the server has seen the request; a hint before that would be lost, as hints may be.
    while (!http.seen.includes('GET /v1/events')) await new Promise((done) => setImmediate(done));
    await new Promise((done) => setImmediate(done));
    http.model.revoke('d', true);
    await first;
    expect(hints).toEqual([{ event: 'revoked', data: { wipe: true } }]);
    await http.close();
    await closed;
    http = await httpModel();
  });

  it('reads events and skips what is none', () => {
    expect(readEvent('event: head\ndata: {"head":3,"epoch":"AAAAAAAAAAA","keyEpoch":1}')).toEqual({
      event: 'head',
      data: { head: 3, epoch: 'AAAAAAAAAAA', keyEpoch: 1 },
    });
    for (const block of [': hello', 'event: head\ndata: {', 'event: other\ndata: {}', 'event: head\ndata: {"head":-1}'])
      expect(readEvent(block)).toBeNull();
  });
});

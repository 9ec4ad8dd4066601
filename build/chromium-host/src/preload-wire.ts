/** The host's end of the wire to a page's preload world; page-transport.ts is the other end. */
import { randomBytes } from 'node:crypto';
import { packBulk, unpackBulk } from './bulk.ts';
import type { CdpSession } from './cdp.ts';
import { codec } from './ipc-main.ts';
import { offerStream } from './streaming.ts';

type Message = Record<string, unknown>;
export type Receive = (message: Message, buffers: ArrayBuffer[], contextId: number) => void;

const PART = 4_000_000;
const BULK = 200_000;

export class PreloadWire {
  readonly binding = `host${randomBytes(8).toString('hex')}`;
  /** Known to the preload's world only: the page's own requests cannot pass for its messages. */
  readonly secret = randomBytes(16).toString('hex');
  #context: number | undefined;
  #pieces = new Map<string, Buffer[]>();
  #outbox = new Map<string, Buffer>();
  #partId = 0;
  readonly #session: Promise<CdpSession>;
  readonly #receive: Receive;
  readonly #bulkPossible: () => boolean;

  constructor(session: Promise<CdpSession>, receive: Receive, bulkPossible: () => boolean) {
    this.#session = session;
    this.#receive = receive;
    this.#bulkPossible = bulkPossible;
  }

  /** The preload's world of the present document; undefined between documents. */
  set context(id: number | undefined) {
    if (this.#context === id) return;
    this.#context = id;
    this.#pieces.clear();
    this.#outbox.clear();
  }
  get context(): number | undefined {
    return this.#context;
  }

  /** A call of the binding. */
  take(payload: string, contextId: number): void {
    const piece = /^(more|last) (\d+) /.exec(payload.slice(0, 40));
    if (piece?.[2] !== undefined) {
      const list = this.#pieces.get(piece[2]) ?? [];
      list.push(Buffer.from(payload.slice(piece[0].length), 'base64'));
      this.#pieces.set(piece[2], list);
      if (piece[1] === 'more') return;
      this.#pieces.delete(piece[2]);
      const { message, buffers } = unpackBulk(Buffer.concat(list));
      this.#receive(message, buffers, contextId);
      return;
    }
    let message: Message;
    try {
      message = JSON.parse(payload) as Message;
    } catch {
      return;
    }
    switch (message['t']) {
      case 'resend': {
        const token = message['token'] as string;
        const body = this.#outbox.get(token);
        this.#outbox.delete(token);
        if (body) this.deliver({ t: 'body', token, body: codec.encode(new Uint8Array(body)) }, contextId);
        return;
      }
      case 'hello':
        this.context = contextId;
        break;
      default:
    }
    this.#receive(message, [], contextId);
  }

  /** Where Chromium shall fetch a large message instead of the address that the page named. */
  async bulkAddress(path: string, secret: string): Promise<string | undefined> {
    if (secret !== this.secret) return undefined;
    const token = path.split('/').pop() ?? '';
    const body = this.#outbox.get(token);
    if (!body) return undefined;
    const headers = [
      { name: 'Content-Length', value: String(body.length) },
      { name: 'Cache-Control', value: 'no-store' },
    ];
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(body);
        controller.close();
        this.#outbox.delete(token);
      },
    });
    return offerStream({ status: 200, statusText: 'OK', headers, body: stream });
  }

  /** Sends to the preload's world; dropped if there is no document, or not that of `expected` any more. */
  deliver(message: Message, expected?: number): void {
    const context = this.#context;
    if (context === undefined || (expected !== undefined && expected !== context)) return;
    const send = (value: unknown): void => {
      void this.#session
        .then((session) => {
          session.post('Runtime.callFunctionOn', {
            functionDeclaration: 'function (m) { __electronHost.deliver(m); }',
            arguments: [{ value }],
            executionContextId: context,
            silent: true,
          });
        })
        .catch(() => undefined);
    };
    if (!Object.values(message).some((value) => typeof value === 'string' && value.length > PART)) {
      send(message);
      return;
    }
    this.#partId += 1;
    const text = JSON.stringify(message);
    for (let at = 0; at < text.length; at += PART) {
      send({ t: 'part', id: this.#partId, last: at + PART >= text.length, text: text.slice(at, at + PART) });
    }
  }

  /** The same for a message whose `field` is any cloneable value; throws if it cannot be cloned. */
  deliverValue(message: Message, field: string, value: unknown, expected?: number): void {
    const possible = this.#bulkPossible();
    const buffers: Uint8Array[] = [];
    const text = codec.encode(value, possible ? buffers : undefined);
    if (!possible || (buffers.length === 0 && text.length <= BULK)) {
      this.deliver({ ...message, [field]: text }, expected);
      return;
    }
    const token = randomBytes(16).toString('hex');
    this.#outbox.set(token, packBulk({ ...message, [field]: text }, buffers));
    this.deliver({ t: 'bulk', token }, expected);
  }
}

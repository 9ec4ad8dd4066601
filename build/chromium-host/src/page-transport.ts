/** The page end of the wire: messages go out through a binding, large ones come in as bodies of requests that only the host sees. */
import type { Codec } from './codec.ts';

export interface TransportConfig {
  binding: string;
  secret: string;
}

export type Incoming = (message: Record<string, unknown>, buffers: ArrayBuffer[]) => void;

/** Must not refer to anything outside of itself (its source text runs in the page). */
export function createTransport(codec: Codec, config: TransportConfig, receive: Incoming) {
  type Message = Record<string, unknown>;
  const scope = globalThis as unknown as Record<string, unknown>;
  const binding = scope[config.binding] as (text: string) => void;
  delete scope[config.binding];
  const request = globalThis.fetch.bind(globalThis);
  const BULK = 200_000;
  /** Bytes per piece of a large message; a multiple of three, so that pieces of base64 can be joined. */
  const PIECE = 900_000;
  let lastId = 0;
  /** Messages stay in order: while a large one is on its way, later ones wait. */
  let receiving: Promise<void> | undefined;

  function post(message: Message): void {
    binding(JSON.stringify(message));
  }

  function bodyOf(message: Message, buffers: Uint8Array[]): Uint8Array<ArrayBuffer> {
    const text = new TextEncoder().encode(
      JSON.stringify({ ...message, bulk: buffers.map((bytes) => bytes.byteLength) }),
    );
    const body = new Uint8Array(4 + text.length + buffers.reduce((sum, bytes) => sum + bytes.byteLength, 0));
    new DataView(body.buffer).setUint32(0, text.length, true);
    body.set(text, 4);
    let at = 4 + text.length;
    for (const bytes of buffers) {
      body.set(bytes, at);
      at += bytes.byteLength;
    }
    return body;
  }

  // One call with many megabytes would block Chromium's and Node's parsers, and a request's body is repeated in the
  // protocol at a tenth of this speed.
  function upload(body: Uint8Array<ArrayBuffer>): void {
    lastId += 1;
    for (let at = 0; at < body.length; at += PIECE) {
      const last = at + PIECE >= body.length;
      binding(`${last ? 'last' : 'more'} ${lastId} ${codec.toBase64(body.subarray(at, at + PIECE))}`);
    }
  }

  /** Posts a message whose `field` holds any cloneable value; throws at once if it cannot be cloned. */
  function postValue(message: Message, field: string, value: unknown): void {
    const buffers: Uint8Array[] = [];
    const text = codec.encode(value, buffers);
    if (buffers.length > 0 || text.length > BULK) upload(bodyOf({ ...message, [field]: text }, buffers));
    else post({ ...message, [field]: text });
  }

  function unpack(body: ArrayBuffer): void {
    const end = 4 + new DataView(body).getUint32(0, true);
    const message = JSON.parse(new TextDecoder().decode(new Uint8Array(body, 4, end - 4))) as Message;
    let at = end;
    const buffers = (message['bulk'] as number[]).map((size) => {
      at += size;
      return body.slice(at - size, at);
    });
    receive(message, buffers);
  }

  async function download(token: string): Promise<void> {
    let body: ArrayBuffer;
    try {
      const response = await request(`${location.origin}/.electron-ipc/${token}`, {
        headers: { 'x-electron-ipc': config.secret },
        cache: 'no-store',
      });
      if (!response.ok) throw new Error('refused');
      body = await response.arrayBuffer();
    } catch {
      // The host sends it again in pieces; what comes after it has to wait for that.
      await new Promise<void>((resolve) => {
        resent.set(token, resolve);
        post({ t: 'resend', token });
      });
      return;
    }
    unpack(body);
  }
  const resent = new Map<string, () => void>();
  const parts = new Map<number, string[]>();

  function take(message: Message): void {
    if (message['t'] === 'part') {
      const id = message['id'] as number;
      const list = parts.get(id) ?? [];
      list.push(message['text'] as string);
      parts.set(id, list);
      if (!message['last']) return;
      parts.delete(id);
      take(JSON.parse(list.join('')) as Message);
      return;
    }
    if (message['t'] === 'body') {
      const bytes = codec.decode(message['body'] as string) as Uint8Array<ArrayBuffer>;
      unpack(bytes.buffer);
      const token = message['token'] as string;
      resent.get(token)?.();
      resent.delete(token);
      return;
    }
    const work =
      message['t'] === 'bulk' ? () => download(message['token'] as string) : async () => receive(message, []);
    if (!receiving && message['t'] !== 'bulk') {
      receive(message, []);
      return;
    }
    const mine = (receiving ?? Promise.resolve()).then(work).finally(() => {
      if (receiving === mine) receiving = undefined;
    });
    receiving = mine;
  }

  return { post, postValue, take };
}

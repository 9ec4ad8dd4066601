/** One message with its large buffers: length of the text, the text (JSON, with the buffers' lengths), the buffers. */

export interface BulkMessage {
  message: Record<string, unknown>;
  buffers: ArrayBuffer[];
}

export function packBulk(message: Record<string, unknown>, buffers: readonly Uint8Array[]): Buffer {
  const text = Buffer.from(JSON.stringify({ ...message, bulk: buffers.map((bytes) => bytes.byteLength) }));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(text.length);
  return Buffer.concat([size, text, ...buffers]);
}

export function unpackBulk(body: Buffer): BulkMessage {
  const end = 4 + body.readUInt32LE(0);
  const message = JSON.parse(body.subarray(4, end).toString('utf8')) as Record<string, unknown>;
  let at = body.byteOffset + end;
  const buffers = (message['bulk'] as number[]).map((size) => {
    at += size;
    return body.buffer.slice(at - size, at) as ArrayBuffer;
  });
  return { message, buffers };
}

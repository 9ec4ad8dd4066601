/** OpenDocument in one XML file (.fods): the same document as in an .ods, packed so that the library opens it. */
import { crc32 } from 'node:zlib';

interface Part {
  readonly name: string;
  readonly body: Uint8Array;
}

/** A container without compression: what the reader of .ods files expects around a document. */
function pack(parts: readonly Part[]): Uint8Array {
  const chunks: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, body } of parts) {
    const label = new TextEncoder().encode(name);
    const local = new DataView(new ArrayBuffer(30));
    local.setUint32(0, 0x04034b50, true);
    local.setUint16(4, 20, true);
    local.setUint32(14, crc32(body), true);
    local.setUint32(18, body.length, true);
    local.setUint32(22, body.length, true);
    local.setUint16(26, label.length, true);
    const central = new DataView(new ArrayBuffer(46));
    central.setUint32(0, 0x02014b50, true);
    central.setUint16(4, 20, true);
    central.setUint16(6, 20, true);
    // Checksum, sizes and the length of the name stand in the same order in both records.
    new Uint8Array(central.buffer).set(new Uint8Array(local.buffer, 14, 14), 16);
    central.setUint32(42, offset, true);
    chunks.push(new Uint8Array(local.buffer), label, body);
    directory.push(new Uint8Array(central.buffer), label);
    offset += 30 + label.length + body.length;
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, parts.length, true);
  end.setUint16(10, parts.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, offset, true);
  return new Uint8Array(Buffer.concat([...chunks, ...directory, new Uint8Array(end.buffer)]));
}

/** The document as an .ods container. */
export function packFlatOds(bytes: Uint8Array): Uint8Array {
  const mimetype = new TextEncoder().encode('application/vnd.oasis.opendocument.spreadsheet');
  return pack([
    { name: 'mimetype', body: mimetype },
    { name: 'content.xml', body: bytes },
  ]);
}

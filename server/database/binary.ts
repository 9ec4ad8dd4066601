/**
 * Values between the wire's text and PostgreSQL. Names of 16 bytes (workspaces, devices, records, fields, changes) are
 * kept as `uuid`, boxes as `bytea`: half the size of their texts, and compared byte by byte, which for change ids is the
 * order of their texts. Arrays go to the server in its binary format, so that a push costs no parsing of text.
 */

const OID = { bytea: 17, int4: 23, uuid: 2950 } as const;
const UUID_BYTES = 16;
const HEADER = 20;

/** `0192…-4 hex-16 hex` → 32 hex digits. */
const changeHex = (id: string): string => `${id.slice(0, 12)}${id.slice(13, 17)}${id.slice(18)}`;

/** A `uuid` column's text → the text of a change id. */
export function changeIdOf(uuid: string): string {
  // xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx: the first 12 digits are the time, four the counter, the rest the device.
  return `${uuid.slice(0, 8)}${uuid.slice(9, 13)}-${uuid.slice(14, 18)}-${uuid.slice(19, 23)}${uuid.slice(24)}`;
}

/** The text of a change id → a `uuid` parameter. */
export const uuidOfChange = (id: string): string => changeHex(id);

/** base64url of 16 bytes → a `uuid` parameter. */
export const uuidOf = (name: string): string => Buffer.from(name, 'base64url').toString('hex');

/** A `uuid` column's text → base64url. */
export const nameOf = (uuid: string): string => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');

/** A `bytea` column's text (`\x…`) → bytes. */
export const bytesOf = (text: string): Buffer => Buffer.from(text.slice(2), 'hex');

/** A `bytea` column's text → base64url. */
export const base64UrlOf = (text: string): string => bytesOf(text).toString('base64url');

function header(buffer: Buffer, oid: number, count: number): void {
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(0, 4);
  buffer.writeInt32BE(oid, 8);
  buffer.writeInt32BE(count, 12);
  buffer.writeInt32BE(1, 16);
}

/** No dimension: what PostgreSQL calls an empty array. */
function empty(oid: number): Buffer {
  const buffer = Buffer.alloc(12);
  buffer.writeInt32BE(oid, 8);
  return buffer;
}

function uuids(values: readonly string[], encoding: 'hex' | 'base64url', text: (value: string) => string): Buffer {
  if (values.length === 0) return empty(OID.uuid);
  const buffer = Buffer.allocUnsafe(HEADER + values.length * (4 + UUID_BYTES));
  header(buffer, OID.uuid, values.length);
  let at = HEADER;
  for (const value of values) {
    buffer.writeInt32BE(UUID_BYTES, at);
    if (buffer.write(text(value), at + 4, UUID_BYTES, encoding) !== UUID_BYTES) throw new RangeError('not 16 bytes');
    at += 4 + UUID_BYTES;
  }
  return buffer;
}

/** A `uuid[]` parameter of change ids. */
export const changeIdArray = (ids: readonly string[]): Buffer => uuids(ids, 'hex', changeHex);
/** A `uuid[]` parameter of names in base64url. */
export const nameArray = (names: readonly string[]): Buffer => uuids(names, 'base64url', (name) => name);

/** A `bytea[]` parameter. */
export function bytesArray(values: readonly Uint8Array[]): Buffer {
  if (values.length === 0) return empty(OID.bytea);
  const size = values.reduce((sum, value) => sum + 4 + value.length, HEADER);
  const buffer = Buffer.allocUnsafe(size);
  header(buffer, OID.bytea, values.length);
  let at = HEADER;
  for (const value of values) {
    buffer.writeInt32BE(value.length, at);
    buffer.set(value, at + 4);
    at += 4 + value.length;
  }
  return buffer;
}

/** An `int[]` parameter. */
export function intArray(values: readonly number[]): Buffer {
  if (values.length === 0) return empty(OID.int4);
  const buffer = Buffer.allocUnsafe(HEADER + values.length * 8);
  header(buffer, OID.int4, values.length);
  let at = HEADER;
  for (const value of values) {
    buffer.writeInt32BE(4, at);
    buffer.writeInt32BE(value, at + 4);
    at += 8;
  }
  return buffer;
}

/** Bases stand one after another in one `bytea`, 16 bytes each. */
export function packBases(bases: readonly string[]): Buffer {
  const buffer = Buffer.allocUnsafe(bases.length * UUID_BYTES);
  for (const [i, base] of bases.entries()) buffer.write(changeHex(base), i * UUID_BYTES, UUID_BYTES, 'hex');
  return buffer;
}

/** The column's text → change ids in their order. */
export function unpackBases(text: string): string[] {
  const bases: string[] = [];
  for (let at = 2; at < text.length; at += UUID_BYTES * 2)
    bases.push(`${text.slice(at, at + 12)}-${text.slice(at + 12, at + 16)}-${text.slice(at + 16, at + 32)}`);
  return bases;
}

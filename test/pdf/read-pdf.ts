/** Reads what tests need out of the PDFs that Chromium writes (PDF 1.4, no object streams): text by page, structure, information. */
import { inflateSync } from 'node:zlib';

interface PdfObject {
  readonly dict: string;
  readonly stream?: Buffer;
}
export interface ReadPdf {
  /** Text of each page in drawing order; pieces are joined by a line feed. */
  readonly pages: readonly string[];
  readonly title: string;
  readonly language: string;
  readonly tagged: boolean;
  /** Structure element types in the order of the file, e.g. `H1`, `TH`. */
  readonly structure: readonly string[];
  /** Titles of the outline. */
  readonly outline: readonly string[];
  readonly information: string;
  /** Names of embedded fonts without the subset prefix. */
  readonly fonts: readonly string[];
  /** Every stream and dictionary, decompressed, as one text: for looking for what must not be there. */
  readonly everything: string;
}

export function readPdf(bytes: Uint8Array): ReadPdf {
  const file = Buffer.from(bytes);
  const objects = readObjects(file);
  const dicts = [...objects.values()].map((object) => object.dict);
  const text = (of: string | undefined): string => (of === undefined ? '' : decodeString(of));
  const catalog = dicts.find((dict) => /\/Type\s*\/Catalog\b/u.test(dict)) ?? '';
  const information = dicts.find((dict) => /\/Producer\b/u.test(dict)) ?? '';
  return {
    pages: pageNumbers(objects).map((number) => pageText(objects, number)),
    title: text(/\/Title\s*(<[0-9A-Fa-f\s]*>|\((?:\\.|[^\\)])*\))/su.exec(information)?.[1]),
    language: text(/\/Lang\s*(\([^)]*\)|<[^>]*>)/u.exec(catalog)?.[1]),
    tagged: /\/MarkInfo\b[^>]*\/Marked\s+true/su.test(catalog),
    structure: dicts.flatMap((dict) => {
      const type = /\/Type\s*\/StructElem\b/u.test(dict) ? /\/S\s*\/(\w+)/u.exec(dict)?.[1] : undefined;
      return type ? [type] : [];
    }),
    outline: dicts
      .filter((dict) => /\/Parent\b/u.test(dict) && /\/Dest\b|\/A\b/u.test(dict) && /^\s*<<\s*\/Title/u.test(dict))
      .map((dict) => text(/\/Title\s*(<[^>]*>|\((?:\\.|[^\\)])*\))/su.exec(dict)?.[1])),
    information,
    fonts: [
      ...new Set(dicts.flatMap((dict) => /\/FontName\s*\/(?:[A-Z]{6}\+)?([\w-]+)/u.exec(dict)?.[1] ?? [])),
    ].sort(),
    everything: [...objects.values()].map((o) => `${o.dict}\n${o.stream?.toString('latin1') ?? ''}`).join('\n'),
  };
}

function readObjects(file: Buffer): Map<number, PdfObject> {
  const objects = new Map<number, PdfObject>();
  const raw = file.toString('latin1');
  const start = /(?:^|\n)(\d+) 0 obj\b/gu;
  for (let found = start.exec(raw); found; found = start.exec(raw)) {
    const from = start.lastIndex;
    const end = raw.indexOf('endobj', from);
    const streamAt = raw.indexOf('stream', from);
    if (streamAt < 0 || streamAt > end) {
      objects.set(Number(found[1]), { dict: raw.slice(from, end) });
      continue;
    }
    const dict = raw.slice(from, streamAt);
    const length = Number(/\/Length\s+(\d+)/u.exec(dict)?.[1] ?? 0);
    const data = streamAt + 'stream'.length + (raw[streamAt + 6] === '\r' ? 2 : 1);
    const packed = file.subarray(data, data + length);
    objects.set(Number(found[1]), { dict, stream: /\/FlateDecode/u.test(dict) ? inflateSync(packed) : packed });
    start.lastIndex = data + length;
  }
  return objects;
}

const reference = (dict: string, key: string): number | undefined => {
  const found = new RegExp(`/${key}\\s*\\[?\\s*(\\d+) 0 R`, 'u').exec(dict)?.[1];
  return found === undefined ? undefined : Number(found);
};

function pageNumbers(objects: Map<number, PdfObject>): readonly number[] {
  const walk = (number: number): readonly number[] => {
    const dict = objects.get(number)?.dict ?? '';
    if (/\/Type\s*\/Page\b(?!s)/u.test(dict)) return [number];
    const kids = /\/Kids\s*\[([^\]]*)\]/u.exec(dict)?.[1] ?? '';
    return [...kids.matchAll(/(\d+) 0 R/gu)].flatMap((kid) => walk(Number(kid[1])));
  };
  const catalog = [...objects.values()].find((o) => /\/Type\s*\/Catalog\b/u.test(o.dict));
  const root = catalog ? reference(catalog.dict, 'Pages') : undefined;
  return root === undefined ? [] : walk(root);
}

function pageText(objects: Map<number, PdfObject>, number: number): string {
  const page = objects.get(number)?.dict ?? '';
  const resources = reference(page, 'Resources');
  const where = resources === undefined ? page : (objects.get(resources)?.dict ?? '');
  const fonts = new Map<string, ReadonlyMap<number, string>>();
  for (const [, name, font] of (/\/Font\s*<<(.*?)>>/su.exec(where)?.[1] ?? '').matchAll(/\/(\w+)\s+(\d+) 0 R/gu)) {
    const unicode = reference(objects.get(Number(font))?.dict ?? '', 'ToUnicode');
    const map = unicode === undefined ? undefined : objects.get(unicode)?.stream;
    fonts.set(name as string, readCmap(map?.toString('latin1') ?? ''));
  }
  const contents = reference(page, 'Contents');
  const stream = contents === undefined ? '' : (objects.get(contents)?.stream?.toString('latin1') ?? '');
  return drawnText(stream, fonts);
}

/** Character codes → text, of a ToUnicode map. */
function readCmap(cmap: string): ReadonlyMap<number, string> {
  const map = new Map<number, string>();
  const utf16 = (hex: string): string =>
    String.fromCharCode(...(hex.match(/.{4}/gu) ?? []).map((unit) => Number.parseInt(unit, 16)));
  for (const [, body = ''] of cmap.matchAll(/beginbfchar(.*?)endbfchar/gsu)) {
    for (const [, code = '', to = ''] of body.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/gu)) {
      map.set(Number.parseInt(code, 16), utf16(to));
    }
  }
  for (const [, body = ''] of cmap.matchAll(/beginbfrange(.*?)endbfrange/gsu)) {
    for (const [, from = '', until = '', to = ''] of body.matchAll(
      /<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/gu,
    )) {
      const first = Number.parseInt(from, 16);
      for (let code = first; code <= Number.parseInt(until, 16); code++) {
        map.set(code, String.fromCharCode(Number.parseInt(to, 16) + code - first));
      }
    }
  }
  return map;
}

function drawnText(stream: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let out = '';
  let map: ReadonlyMap<number, string> = new Map();
  const token = /\/(\w+)\s+-?[\d.]+\s+Tf\b|<([0-9A-Fa-f]+)>|\bET\b/gu;
  for (const found of stream.matchAll(token)) {
    if (found[1] !== undefined) map = fonts.get(found[1]) ?? new Map();
    else if (found[2] !== undefined) {
      for (const code of found[2].match(/.{4}/gu) ?? []) out += map.get(Number.parseInt(code, 16)) ?? '';
    } else if (!out.endsWith('\n')) out += '\n';
  }
  return out;
}

function decodeString(token: string): string {
  if (token.startsWith('(')) return token.slice(1, -1).replace(/\\(.)/gsu, '$1');
  const bytes = Buffer.from(token.slice(1, -1).replace(/\s/gu, ''), 'hex');
  return bytes[0] === 0xfe && bytes[1] === 0xff
    ? bytes.subarray(2).swap16().toString('utf16le')
    : bytes.toString('latin1');
}

/** Text without any white space: line breaks and spacing of a page are not its words. */
export const squeezed = (text: string): string => text.normalize('NFC').replace(/\s/gu, '');

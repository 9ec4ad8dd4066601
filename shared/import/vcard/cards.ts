/**
 * A file of business cards → its cards, every value as text. Each line is read in the encoding that it names; lines that
 * name none are told together, as the lines of a text file are. A card that is broken never harms its neighbours.
 */
import { type Decoded, decode, decodeAs, encodingName, utf16 } from '../decode/decode.ts';
import { unwrap } from '../../result.ts';
import { type Head, parseHead, unescapeText, type Version } from './content.ts';
import { fromBase64, fromQuoted } from './encodings.ts';
import { colonOf, latin, logicalLines, type RawLine } from './lines.ts';

export interface Property extends Head {
  /** With its escapes: what they mean depends on the property. Line breaks are `\n`. */
  readonly value: string;
  readonly line: number;
}
export interface Card {
  /** Line of the file where the card begins, 1-based. */
  readonly line: number;
  version: Version;
  readonly properties: Property[];
  /** Lines within the card that are no property. */
  readonly unread: { readonly line: number; readonly text: string }[];
  /** Pictures, sounds and keys that were left out. */
  media: number;
  /** False when the file or the next card began before this one ended. */
  ended: boolean;
  /** Cards within the card (AGENT of the versions before 4.0). */
  readonly agents: Card[];
}
export interface CardFile {
  readonly cards: readonly Card[];
  readonly decoded: Omit<Decoded, 'text'>;
  /** Lines outside of every card. */
  readonly stray: number;
}

interface DraftLine {
  readonly line: number;
  /** Name and parameters, when the value was encoded. */
  readonly head: string | null;
  /** The whole line, or the value when there is a head; null while its encoding is not known. */
  text: string | null;
  readonly media: number;
}

/** Stands for a line feed within a line while the encoding of all lines is found out together. */
const FEED = 11;
const CHARSET = /;charset=\s*"?([^;:"]+)/i;

const decoders = new Map<string, TextDecoder>();
function decoderOf(encoding: string): TextDecoder {
  let decoder = decoders.get(encoding);
  if (!decoder) {
    decoder = new TextDecoder(encoding);
    decoders.set(encoding, decoder);
  }
  return decoder;
}
const strict = new TextDecoder('utf-8', { fatal: true });
function asUtf8(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** Bytes in the encoding that the line names; null when it names none, an unknown one, or one that it is plainly not in. */
function inNamed(bytes: Uint8Array, head: string): { readonly text: string; readonly encoding: string } | null {
  const label = CHARSET.exec(head)?.[1];
  const encoding = label === undefined ? null : encodingName(label);
  if (!encoding || encoding.startsWith('repair:')) return null;
  const utf8 = asUtf8(bytes);
  // Files that were saved anew as UTF-8 keep the name of the old encoding; several letters are no chance.
  const letters = bytes.reduce((sum, byte) => sum + (byte >= 0xc0 ? 1 : 0), 0);
  if (utf8 !== null && (encoding === 'utf-8' || letters >= 3)) return { text: utf8, encoding: 'utf-8' };
  return encoding === 'utf-8' ? null : { text: decoderOf(encoding).decode(bytes), encoding };
}

/** Lines whose encoding must be found out. */
class Unknown {
  readonly #lines: Uint8Array[] = [];
  readonly #drafts: DraftLine[] = [];
  #size = 0;

  add(bytes: Uint8Array, draft: DraftLine): void {
    const line = bytes.includes(10) || bytes.includes(13) ? oneLined(bytes) : bytes;
    this.#lines.push(line);
    this.#drafts.push(draft);
    this.#size += line.length + 1;
  }

  /** Reads them all. `chosen` is the encoding that a person named. */
  read(chosen: string | undefined): Omit<Decoded, 'text'> | null {
    if (this.#lines.length === 0) return null;
    const all = new Uint8Array(this.#size);
    let at = 0;
    for (const line of this.#lines) {
      all.set(line, at);
      at += line.length;
      all[at] = 10;
      at += 1;
    }
    const { text, mixed, ...decoded } = chosen === undefined ? decode(all) : unwrap(decodeAs(all, chosen));
    const lines = text.split('\n');
    this.#drafts.forEach((draft, i) => {
      draft.text = (lines[i] ?? '').replaceAll(String.fromCharCode(FEED), '\n');
    });
    const first = mixed && this.#drafts[mixed.line - 1];
    return { ...decoded, ...(first ? { mixed: { line: first.line, encoding: mixed.encoding } } : {}) };
  }
}

function oneLined(bytes: Uint8Array): Uint8Array {
  const out = bytes.filter((byte, i) => byte !== 13 || bytes[i + 1] !== 10);
  return out.map((byte) => (byte === 10 || byte === 13 ? FEED : byte));
}

const feeds = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);

/** One line; what cannot be read yet goes to `unknown`. */
function draftOf(raw: RawLine, unknown: Unknown, named: (encoding: string) => void): DraftLine {
  const { line, bytes, ascii, encoding, isMedia } = raw;
  if (isMedia) return { line, head: null, text: latin(bytes), media: raw.size };
  if (encoding === '') {
    if (ascii) return { line, head: null, text: latin(bytes), media: 0 };
    const start = latin(bytes.subarray(0, 4096));
    const found = inNamed(bytes, start.slice(0, Math.max(0, colonOf(start))));
    const draft: DraftLine = { line, head: null, text: found?.text ?? null, media: 0 };
    if (found) named(found.encoding);
    else unknown.add(bytes, draft);
    return draft;
  }
  const colon = colonOf(latin(bytes));
  const head = latin(bytes.subarray(0, colon));
  const written = bytes.subarray(colon + 1);
  const value = encoding === 'quoted' ? fromQuoted(written) : (fromBase64(written) ?? written);
  if (value.every((byte) => byte < 0x80)) return { line, head, text: feeds(latin(value)), media: 0 };
  const found = inNamed(value, head);
  const draft: DraftLine = { line, head, text: found ? feeds(found.text) : null, media: 0 };
  if (found) named(found.encoding);
  else unknown.add(value, draft);
  return draft;
}

class Assembly {
  readonly cards: Card[] = [];
  stray = 0;
  #open: Card[] = [];

  get #card(): Card | undefined {
    return this.#open.at(-1);
  }

  begin(line: number): void {
    const last = this.#card?.properties.at(-1);
    const isAgent = last?.name === 'AGENT' && last.value.trim() === '';
    if (!isAgent) while (this.#open.length > 0) this.end(false);
    this.#open.push({ line, version: '3.0', properties: [], unread: [], media: 0, ended: true, agents: [] });
  }

  end(ended: boolean): void {
    const card = this.#open.pop();
    if (!card) {
      this.stray += 1;
      return;
    }
    card.ended = ended;
    const parent = this.#card;
    if (parent) parent.agents.push(card);
    else this.cards.push(card);
  }

  close(): void {
    while (this.#open.length > 0) this.end(false);
  }

  take({ line, head, text, media }: DraftLine): void {
    const whole = text ?? '';
    if (head === null && /^\s*begin:vcard\s*$/i.test(whole)) return this.begin(line);
    if (head === null && /^\s*end:vcard\s*$/i.test(whole)) return this.end(true);
    const card = this.#card;
    if (!card) {
      if (whole.trim() !== '') this.stray += 1;
      return;
    }
    const colon = head === null ? colonOf(whole) : 0;
    const parsed = head === null && colon < 0 ? null : parseHead(head ?? whole.slice(0, colon));
    const value = head === null ? whole.slice(colon + 1) : whole;
    if (media > 0) {
      // Japanese telephones keep the reading of a name there.
      if (parsed?.name === 'SOUND' && parsed.params.get('TYPE')?.includes('x-irmc-n')) return;
      if (value.trim() !== '' || media > whole.length) card.media += 1;
      return;
    }
    if (!parsed) return this.#unread(card, line, `${head === null ? '' : `${head}:`}${whole}`);
    if (parsed.name === 'VERSION') {
      const version = value.trim();
      if (version === '2.1' || version === '3.0' || version === '4.0') card.version = version;
      return;
    }
    if (parsed.name === 'AGENT' && /begin:vcard/i.test(value)) {
      const inner = readCards(new TextEncoder().encode(unescapeText(value, '3.0')));
      card.agents.push(...inner.cards);
      return;
    }
    card.properties.push({ ...parsed, value, line });
  }

  /** A line without a name goes on with the note above it: careless programs do not mark line breaks. */
  #unread(card: Card, line: number, text: string): void {
    const last = card.properties.at(-1);
    if (text.trim() === '') return;
    if (last?.name === 'NOTE' && card.unread.length === 0)
      card.properties[card.properties.length - 1] = { ...last, value: `${last.value}\n${text}` };
    else card.unread.push({ line, text });
  }
}

/** Reads a file. `chosen` is the encoding that a person named for lines that name none. Throws `import.encodingUnknown`. */
export function readCards(source: Uint8Array, chosen?: string): CardFile {
  const named = chosen === undefined ? undefined : (encodingName(chosen) ?? chosen);
  const wide = named?.startsWith('utf-16') ? named : named === undefined ? utf16(source) : null;
  const whole = wide ? unwrap(decodeAs(source.subarray(0, source.length - (source.length % 2)), wide)) : null;
  const bytes = whole ? new TextEncoder().encode(whole.text) : source;
  const unknown = new Unknown();
  let first = '';
  const drafts: DraftLine[] = [];
  for (const raw of logicalLines(bytes))
    drafts.push(
      draftOf(raw, unknown, (encoding) => {
        first ||= encoding;
      }),
    );
  const told = unknown.read(whole ? 'utf-8' : named);
  const assembly = new Assembly();
  for (const draft of drafts) assembly.take(draft);
  assembly.close();
  const encoding = whole?.encoding ?? told?.encoding ?? (first || 'utf-8');
  const decoded = told ?? { confidence: 1, sure: true, candidates: [{ encoding, sample: '' }], damaged: false };
  return { cards: assembly.cards, decoded: { ...decoded, encoding }, stray: assembly.stray };
}

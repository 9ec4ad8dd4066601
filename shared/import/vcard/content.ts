/** Names, parameters and values of the lines of business cards (vCard 2.1, RFC 2426, RFC 6350), as text. */

export type Version = '2.1' | '3.0' | '4.0';

export interface Head {
  /** `item1` of `item1.TEL`, lower case; '' without one. */
  readonly group: string;
  /** Upper case. */
  readonly name: string;
  /** Upper-case names; a word without a name is a TYPE. */
  readonly params: ReadonlyMap<string, readonly string[]>;
}

/** Cuts at a sign outside quotes. */
function cut(text: string, sign: string): readonly string[] {
  if (!text.includes(sign)) return [text];
  const out: string[] = [];
  let quoted = false;
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === sign && !quoted) {
      out.push(text.slice(start, i));
      start = i + 1;
    }
  }
  out.push(text.slice(start));
  return out;
}

/** RFC 6868: `^n`, `^'`, `^^`. */
const caret = (text: string): string =>
  text.includes('^') ? text.replace(/\^([n'^])/g, (_, sign) => (sign === 'n' ? '\n' : sign === "'" ? '"' : '^')) : text;

/** `X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=D0=94)`: a label as old telephones write it. */
function customWord(word: string): string | null {
  const custom = /^x-custom\((.*)\)$/i.exec(word);
  if (!custom) return null;
  const bytes = (custom[1] as string)
    .split(',')
    .filter((part) => !/^(?:charset|encoding)=/i.test(part))
    .join(',');
  try {
    return decodeURIComponent(bytes.replaceAll('%', '%25').replace(/=([0-9a-f]{2})/gi, '%$1'));
  } catch {
    return bytes;
  }
}

/** The part before the colon; null when it is no name with parameters. */
export function parseHead(text: string): Head | null {
  const [first = '', ...rest] = cut(text, ';');
  const match = /^\s*(?:([\w-]+)\.)?([\w-]+)\s*$/.exec(first);
  if (!match) return null;
  const params = new Map<string, string[]>();
  const put = (name: string, values: readonly string[]): void => {
    const known = params.get(name);
    if (known) known.push(...values);
    else params.set(name, [...values]);
  };
  for (const part of rest) {
    const equals = part.indexOf('=');
    const custom = customWord(part.trim());
    if (custom !== null) put('X-CUSTOM', [custom]);
    else if (equals < 0) {
      if (part.trim() !== '') put('TYPE', part.trim().toLowerCase().split(','));
    } else {
      const name = part.slice(0, equals).trim().toUpperCase();
      const values = cut(part.slice(equals + 1), ',').map((value) => caret(value.trim().replace(/^"|"$/g, '')));
      // TYPE="voice,cell" means what TYPE=voice,cell means.
      put(name, name === 'TYPE' ? values.flatMap((value) => value.toLowerCase().split(',')) : values);
    }
  }
  return { group: (match[1] ?? '').toLowerCase(), name: (match[2] as string).toUpperCase(), params };
}

/** A value as it is read: escapes undone. The oldest version knows no line feeds. */
export function unescapeText(text: string, version: Version): string {
  if (!text.includes('\\')) return text;
  if (version === '2.1') return text.replace(/\\([\\;:,])/g, '$1');
  return text.replace(/\\([\\;:,nN])/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign));
}

/** Cuts a value at a sign that is not escaped; the pieces keep their escapes. */
export function splitValue(text: string, sign: ';' | ','): readonly string[] {
  if (!text.includes(sign)) return [text];
  const out: string[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === sign) {
      out.push(text.slice(start, i));
      start = i + 1;
    }
  }
  out.push(text.slice(start));
  return out;
}

/** Values of a list, read and without blanks. */
export const listOf = (text: string, version: Version): readonly string[] =>
  splitValue(text, ',')
    .map((piece) => unescapeText(piece, version).trim())
    .filter(Boolean);

/** Components of a structured value; the values of each joined by `between`. In the oldest version a comma is a sign like others. */
export const components = (text: string, version: Version, between: string): readonly string[] =>
  splitValue(text, ';').map((piece) =>
    version === '2.1' ? unescapeText(piece, version).trim() : listOf(piece, version).join(between),
  );

/**
 * Text that was decoded wrongly and saved again: «Ð˜Ð²Ð°Ð½» (UTF-8 read as windows-1252), «Èâàí» (windows-1251 read as
 * windows-1252), «РРІР°РЅ» (UTF-8 read as windows-1251). Undone by encoding it back; only where nothing was lost.
 */
import { scoreText } from './letter-model.ts';

/** `wrong` is the encoding in which it was read, `right` the one it was written in. */
interface Damage {
  readonly wrong: string;
  readonly right: string;
}
const DAMAGES: readonly Damage[] = [
  { wrong: 'windows-1252', right: 'utf-8' },
  { wrong: 'windows-1251', right: 'utf-8' },
  { wrong: 'windows-1252', right: 'windows-1251' },
  { wrong: 'windows-1251', right: 'windows-1252' },
  { wrong: 'ibm866', right: 'windows-1251' },
  { wrong: 'windows-1251', right: 'ibm866' },
  { wrong: 'windows-1251', right: 'koi8-r' },
  { wrong: 'koi8-r', right: 'windows-1251' },
  { wrong: 'macintosh', right: 'windows-1251' },
];

const tables = new Map<string, ReadonlyMap<string, number>>();
function encoderTable(encoding: string): ReadonlyMap<string, number> {
  let table = tables.get(encoding);
  if (!table) {
    const bytes = new Uint8Array(128).map((_, i) => i + 128);
    const letters = [...new TextDecoder(encoding).decode(bytes)];
    const map = new Map(letters.map((letter, i) => [letter, i + 128] as const));
    // Bytes without a letter were kept as control characters by lenient programs.
    for (let byte = 128; byte < 160; byte += 1)
      if (!map.has(String.fromCharCode(byte))) map.set(String.fromCharCode(byte), byte);
    table = map;
    tables.set(encoding, table);
  }
  return table;
}

/** The text encoded as `wrong` and read as `right`; null when a letter cannot be encoded or the bytes are not valid. */
function redecode(text: string, { wrong, right }: Damage): string | null {
  const table = encoderTable(wrong);
  const bytes = new Uint8Array(text.length);
  let used = 0;
  for (const letter of text) {
    const code = letter.charCodeAt(0);
    const byte = code < 128 ? code : table.get(letter);
    if (byte === undefined) return null;
    bytes[used] = byte;
    used += 1;
  }
  try {
    return new TextDecoder(right, { fatal: true }).decode(bytes.subarray(0, used));
  } catch {
    return null;
  }
}

const SUSPICIOUS =
  /[ÐÑÃÂ][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|[РС][\u00a0-\u00bf\u0402-\u040f\u0451-\u045f\u2013-\u203a\u20ac\u2116\u2122]|[À-ÿ]{3}|[\u2500-\u25ff]|[а-я][А-Я][а-я]|[А-Я]{2}[а-я]|[а-яёЁА-Я][¤¦¬®µ¶ЎўЈҐЅѕЂЃѓЉЊЌЋЏђљњќћџ]|[¤¦¬®µ¶ЎўЈҐЅѕЂЃѓЉЊЌЋЏђљњќћџ][а-яёЁ]|[a-z][а-яА-Я][a-z]/;

export interface Repair {
  /** `repair:<wrong>:<right>`. */
  readonly encoding: string;
  /** Repairs cell by cell or line by line; parts that were not damaged stay. */
  readonly apply: (text: string) => string;
}

const RUNS = /[^\t\n;,|"]*[\u0080-\uffff][^\t\n;,|"]*/g;

function applier(damage: Damage): (text: string) => string {
  return (text) =>
    text.replace(RUNS, (piece) => {
      const again = redecode(piece, damage);
      if (again !== null) return again;
      // UTF-8 bytes may contain a delimiter's neighbours only in whole words: try word by word.
      return piece.replace(/\S*[\u0080-\uffff]\S*/g, (word) => redecode(word, damage) ?? word);
    });
}

/** Repairs that make a text clearly more natural, best first; empty for healthy text. Looks at the first 24,000 telling characters. */
export function repairsOf(text: string): readonly Repair[] {
  const start = text.slice(0, 200_000);
  if (!SUSPICIOUS.test(start)) return [];
  const telling = (start.match(RUNS) ?? []).join('\n').slice(0, 24_000);
  const now = scoreText(telling, { ukrainian: true, central: true });
  const found: { readonly repair: Repair; readonly score: number; readonly text: string }[] = [];
  for (const damage of DAMAGES) {
    const apply = applier(damage);
    const repaired = apply(telling);
    if (repaired === telling) continue;
    const { score } = scoreText(repaired, { ukrainian: true, central: true });
    if (score > 0 && score > now.score + Math.max(8, now.words * 2)) {
      found.push({ repair: { encoding: `repair:${damage.wrong}:${damage.right}`, apply }, score, text: repaired });
    }
  }
  found.sort((a, b) => b.score - a.score);
  return found.filter((one, i) => found.findIndex((other) => other.text === one.text) === i).map((one) => one.repair);
}

/** A single value's repair, when it was damaged and comes out clearly better; null otherwise. */
export function repairValue(value: string): string | null {
  if (!SUSPICIOUS.test(value)) return null;
  const repair = repairsOf(value)[0];
  return repair ? repair.apply(value) : null;
}

/** Letters replaced by question marks or U+FFFD when the text was saved: lost for good. */
export function lostLetters(value: string): boolean {
  if (value.includes('\ufffd')) return true;
  return /\?{3,}/.test(value) && !/[\p{L}\d]\?{3,}$/u.test(value);
}

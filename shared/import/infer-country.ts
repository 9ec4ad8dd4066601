/** Whose local telephone numbers, dates and currency a table is written in, when nobody said. */
import { type Cell, cellText } from './table.ts';

const NANP = /^\s*(?:1[\s.-])?\(?[2-9]\d{2}\)?[\s.-]\s?[2-9]\d{2}[\s.-]\d{4}(?:\s*(?:x|ext\.?)\s*\d+)?\s*$/i;
const RUSSIAN = /^\s*(?:\+7|8)[\s(-]*[3489]\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}/;
const CODES: readonly (readonly [RegExp, string])[] = [
  [/^\s*\+49/, 'DE'],
  [/^\s*\+44/, 'GB'],
  [/^\s*\+33/, 'FR'],
  [/^\s*\+34/, 'ES'],
  [/^\s*\+39/, 'IT'],
  [/^\s*\+41/, 'CH'],
  [/^\s*\+43/, 'AT'],
  [/^\s*\+375/, 'BY'],
  [/^\s*\+380/, 'UA'],
  [/^\s*\+77/, 'KZ'],
  [/^\s*\+86/, 'CN'],
  [/^\s*\+1(?!\d{11})/, 'US'],
];

const NEIGHBOURS: readonly (readonly [RegExp, string])[] = [
  // Whole numbers: «380 000» and «8 700 000» are sums of money.
  [/^\s*\+?375[\s(-]*\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}\s*$|@\S+\.by(?!\p{L})/u, 'BY'],
  [/^\s*\+?380[\s(-]*\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}\s*$|@\S+\.ua(?!\p{L})/u, 'UA'],
  [/^\s*(?:\+7|8)[\s(-]*7\d\d[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}\s*$|@\S+\.kz(?!\p{L})/u, 'KZ'],
];
const LETTERS: readonly (readonly [RegExp, string])[] = [
  [/[ўʼ]/, 'BY'],
  [/[әғқңөұүһ]/, 'KZ'],
  [/[їєґ]|і/, 'UA'],
];

/** Under headers in Cyrillic: Russia, unless the letters or the numbers are a neighbour's. */
function cyrillicCountry(titles: string, rows: readonly (readonly Cell[])[]): string {
  const votes = new Map<string, number>();
  let russian = 0;
  const step = Math.max(1, Math.floor(rows.length / 200));
  for (let i = 0; i < rows.length; i += step) {
    for (const cell of rows[i] as readonly Cell[]) {
      const text = cellText(cell);
      if (text.length < 5 || text.length > 60) continue;
      const country = NEIGHBOURS.find(([pattern]) => pattern.test(text))?.[1];
      if (country) votes.set(country, (votes.get(country) ?? 0) + 1);
      else if (RUSSIAN.test(text) || /@\S+\.ru(?!\p{L})/u.test(text)) russian += 1;
    }
  }
  const [best = '', most = 0] = [...votes].sort((a, b) => b[1] - a[1])[0] ?? [];
  const written = LETTERS.find(([pattern]) => pattern.test(titles))?.[1];
  if (written !== undefined && russian === 0) return written === 'UA' && best === 'BY' ? 'BY' : written;
  return most >= 2 && most > russian * 3 ? best : 'RU';
}

/** ISO 3166 code, or '' when nothing tells: then only international numbers are understood, and nothing is invented. */
export function inferCountry(headers: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const titles = headers.join(' ').toLowerCase();
  if (/[а-яёіўғқ]/.test(titles)) return cyrillicCountry(titles, rows);
  const votes = new Map<string, number>();
  const vote = (country: string, weight: number): void => void votes.set(country, (votes.get(country) ?? 0) + weight);
  const step = Math.max(1, Math.floor(rows.length / 200));
  for (let i = 0; i < rows.length; i += step) {
    for (const cell of rows[i] as readonly Cell[]) {
      const text = cellText(cell);
      if (text === '' || text.length > 200) continue;
      if (/[а-яё]/i.test(text)) vote('RU', 1);
      else if (RUSSIAN.test(text)) vote('RU', 1);
      else if (NANP.test(text)) vote('US', 1);
      else if (text.includes('@')) {
        const domain = /@\S+\.(ru|de|fr|es|it|at|ch|by|ua|kz)\b/i.exec(text)?.[1];
        if (domain) vote(domain.toUpperCase(), 0.3);
      } else if (text.startsWith('+')) {
        const code = CODES.find(([pattern]) => pattern.test(text))?.[1];
        if (code) vote(code, 1);
      }
    }
  }
  let best = '';
  for (const [country, count] of votes) if (count > (votes.get(best) ?? 0)) best = country;
  return best;
}

/**
 * Full-text search over the records outside the bin. Text is indexed in the form of `searchKey`; names also by sound
 * (`translitKey`), so that Ivanov finds Иванов; phones and registration numbers as digits. When nothing is found, words that
 * differ by a slip of the keyboard are looked for.
 */
import type { Json } from '../../shared/change/types.ts';
import { docText } from '../../shared/change/doc-text.ts';
import { switchLayout } from '../../shared/text/keyboard-layout.ts';
import { displayName } from '../../shared/text/names.ts';
import { lookalike, nearBeginning } from '../../shared/text/near-words.ts';
import { digitsOnly, searchKey, searchWords } from '../../shared/text/search-key.ts';
import { stem } from '../../shared/text/stem.ts';
import { translitKey } from '../../shared/text/transliterate.ts';
import type { Statements } from './database.ts';
import { type Data, elements, keys, object, text } from './fields.ts';

/** Most candidates that are ranked; enough for any screen, and a bound for one-letter queries. */
const MAX_CANDIDATES = 2000;
/** Longest query whose words are looked for with slips, and the words of the index tried for each. */
const MAX_NEAR_WORDS = 6;
const MAX_NEAR_TERMS = 24;

/** What of a record can be found. */
interface Searchable {
  readonly title: string;
  /** Addresses, jobs, tags: what identifies a record besides its name. */
  readonly detail: readonly string[];
  readonly body: readonly string[];
  readonly numbers: readonly string[];
}

const values = (set: Json | undefined, property: string): string[] =>
  elements(set).map(([, element]) => text(object(element)[property]));
const texts = (set: Json | undefined): string[] =>
  Object.values(object(set)).filter((value): value is string => typeof value === 'string');
const contact = (data: Data): string[] => [
  ...values(data.emails, 'value'),
  ...values(data.links, 'value'),
  ...keys(data.tags),
  ...elements(data.addresses).flatMap(([, address]) =>
    Object.entries(object(address))
      .filter(([name]) => name !== 'label')
      .map(([, part]) => text(part)),
  ),
];
const numbers = (data: Data): string[] => [
  ...values(data.phones, 'e164'),
  ...values(data.phones, 'value'),
  ...texts(data.legalIds),
];

/** Text of a record by its type; null for types that are not searched. `related` is text that stands in other records. */
function searchable(type: string, data: Data, related: readonly string[]): Searchable | null {
  switch (type) {
    case 'organisation':
      return {
        title: text(data.name) || text(data.fullName),
        detail: [text(data.fullName), text(data.industry), text(data.owner), ...contact(data)],
        body: [text(data.summary), ...values(data.extra, 'value')],
        numbers: [...numbers(data), text(data.bank)],
      };
    case 'person':
      return {
        title: displayName(object(data.name)),
        detail: [
          ...related,
          text(object(data.name).nickname),
          text(object(data.name).full),
          ...elements(data.otherNames).map(([, name]) => displayName(object(name))),
          ...contact(data),
        ],
        body: [text(data.summary), ...values(data.extra, 'value')],
        numbers: numbers(data),
      };
    case 'meeting':
      return {
        title: text(data.title),
        detail: [text(data.place), ...values(data.attendees, 'name'), ...keys(data.tags)],
        body: [
          text(data.summary),
          ...values(data.agenda, 'text'),
          ...values(data.decisions, 'text'),
          data.body === undefined ? '' : docText(text(data.body)),
        ],
        numbers: [],
      };
    case 'promise':
      return { title: text(data.text), detail: [text(object(data.owner).name)], body: [text(data.note)], numbers: [] };
    case 'contract':
      return {
        title: [text(data.number), text(data.title)].filter(Boolean).join(' '),
        detail: [
          text(data.owner),
          text(data.deputy),
          ...values(data.parties, 'name'),
          ...values(data.people, 'name'),
          ...keys(data.tags),
        ],
        body: [
          text(data.subject),
          ...['title', 'number', 'place'].flatMap((part) => values(data.documents, part)),
          ...['title', 'number', 'note'].flatMap((part) => values(data.amendments, part)),
          ...values(data.milestones, 'title'),
          ...values(data.decisions, 'reason'),
          ...texts(data.clauses),
          text(data.renewalText),
          ...values(data.extra, 'value'),
        ],
        numbers: [text(data.number)],
      };
    default:
      return null;
  }
}

/** All the text of a record in the order in which a snippet is looked for. */
export function searchableText(type: string, data: Data, related: readonly string[]): readonly string[] {
  const found = searchable(type, data, related);
  return found ? [...found.body, ...found.detail, found.title].filter((part) => part !== '') : [];
}

const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;

/** Any of the ways in which one typed word may be meant. */
function alternatives(word: string): string {
  const forms = new Set([word]);
  const switched = searchWords(switchLayout(word));
  if (switched.length === 1 && switched[0]) forms.add(switched[0]);
  // «А-17» of a contract is typed in whichever alphabet the keyboard is set to.
  const twin = lookalike(word);
  if (twin) forms.add(twin);
  const parts: string[] = [];
  for (const form of forms) {
    parts.push(`${quoted(form)} *`);
    const root = stem(form);
    if (root !== form) parts.push(`${quoted(root)} *`);
    const sound = translitKey(form);
    if (form.length >= 3 && sound.length >= 2 && /\p{L}/u.test(form)) parts.push(`sound : ${quoted(sound)} *`);
  }
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join(' OR ')})`;
}

/** A query in FTS5's language, or null when there is no word in the text. */
export function ftsQuery(input: string): string | null {
  // The wrong layout can turn letters into punctuation (б is a comma): then only the switched text has the right words.
  const words = searchWords(input);
  const whole = input
    .trim()
    .split(/\s+/)
    .flatMap((piece) =>
      /[\p{L}][,.;'[\]`<>:"{}~]|[,.;'[\]`<>:"{}~][\p{L}]/u.test(piece)
        ? searchWords(switchLayout(piece))
        : searchWords(piece),
    );
  const plain = words.map(alternatives).join(' AND ');
  if (whole.join(' ') === words.join(' ')) return plain || null;
  const switched = whole.map(alternatives).join(' AND ');
  return plain && switched ? `(${plain}) OR (${switched})` : plain || switched || null;
}

/** Digits of a query that looks like a number: at least three, nothing but digits and signs. A Russian 8 or +7 in front is left off. */
export function queryDigits(input: string): string | null {
  if (!/^[\d\s+()./\\-]+$/.test(input.trim())) return null;
  const digits = digitsOnly(input);
  if (digits.length < 3) return null;
  return digits.length === 11 && /^[78]/.test(digits) ? digits.slice(1) : digits;
}

/** Writing and asking the index. One instance per open vault. */
export class SearchIndex {
  readonly #sql: Statements;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  /** Brings one record's entry up to date. `fresh` records have none yet. */
  put(
    record: { readonly n: number; readonly type: string; readonly data: Data; readonly deleted: boolean },
    related: readonly string[],
    fresh: boolean,
  ): void {
    const { n } = record;
    if (!fresh) {
      this.#sql.of('DELETE FROM search WHERE rowid = ?').run(n);
      this.#sql.of('DELETE FROM numbers WHERE n = ?').run(n);
    }
    if (record.deleted) return;
    const found = searchable(record.type, record.data, related);
    if (!found) return;
    const key = (parts: readonly string[]): string => searchKey(parts.filter((part) => part !== '').join('\n'));
    const named = record.type === 'organisation' || record.type === 'person';
    const sound = named
      ? searchWords([found.title, ...related].join(' '))
          .map(translitKey)
          .join(' ')
      : '';
    this.#sql
      .of('INSERT INTO search (rowid, title, sound, detail, body) VALUES (?,?,?,?,?)')
      .run(n, searchKey(found.title), sound, key(found.detail), key(found.body));
    for (const digits of new Set(found.numbers.map(digitsOnly))) {
      if (digits.length >= 3) this.#sql.of('INSERT INTO numbers VALUES (?,?)').run(n, digits.slice(0, 64));
    }
  }

  /** Numbers of the records that match, best first. */
  find(input: string, limit: number): readonly number[] {
    const found = new Set<number>();
    const digits = queryDigits(input);
    if (digits) {
      const rows = this.#sql
        .of('SELECT DISTINCT n FROM numbers WHERE instr(digits, ?) > 0 ORDER BY length(digits), n LIMIT ?')
        .all(digits, limit) as { n: number }[];
      for (const { n } of rows) found.add(n);
    }
    const query = ftsQuery(input);
    if (query !== null && found.size < limit) for (const n of this.#match(query, limit)) found.add(n);
    if (found.size === 0) {
      const near = this.#nearQuery(input);
      if (near !== null) return this.#match(near, limit);
    }
    return [...found].slice(0, limit);
  }

  #match(query: string, limit: number): readonly number[] {
    const rows = this.#sql
      .of(
        `SELECT n FROM (SELECT rowid AS n, bm25(search, 10.0, 4.0, 3.0, 1.0) AS score FROM search WHERE search MATCH ? LIMIT ${MAX_CANDIDATES})
         ORDER BY score, n LIMIT ?`,
      )
      .all(query, limit) as { n: number }[];
    return rows.map(({ n }) => n);
  }

  /** The query with the words of the index that are nearest to those typed; null when a word has none. */
  #nearQuery(input: string): string | null {
    const words = searchWords(input);
    if (words.length > MAX_NEAR_WORDS || words.every((word) => word.length < 4)) return null;
    this.#sql.of('CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words USING fts5vocab(main, search, row)').run();
    const parts: string[] = [];
    for (const word of words) {
      // Its form may be another one than the text's.
      const asTyped = this.#near(word);
      const known = asTyped.length > 0 ? asTyped : this.#near(stem(word));
      if (known.length === 0 && word.length >= 4) return null;
      parts.push(known.length > 0 ? `(${known.map((text) => `${quoted(text)} *`).join(' OR ')})` : alternatives(word));
    }
    return parts.join(' AND ');
  }

  /** Beginnings of indexed words near to the word, the nearest only. The first letter is taken to be right. */
  #near(word: string): readonly string[] {
    const first = [...word][0] ?? '';
    const terms = this.#sql
      .of('SELECT term FROM temp.search_words WHERE term >= ? AND term < ?')
      .all(first, `${first}\u{10ffff}`) as { term: string }[];
    const best = new Set<string>();
    let fewest = Number.POSITIVE_INFINITY;
    for (const { term } of terms) {
      const near = nearBeginning(word, term);
      if (!near || near.mistakes > fewest) continue;
      if (near.mistakes < fewest) best.clear();
      fewest = near.mistakes;
      best.add(near.text);
    }
    return [...best].slice(0, MAX_NEAR_TERMS);
  }
}

/** Header → field with confidence: the layout of a known program, lists of headers, rules by words, small typing errors. */
import { HOME_MADE_TEXTS, PRESET_TEXTS } from './aliases/index.ts';
import { fieldByRule } from './header-rules.ts';
import { headerKey, headerTokens, withoutUnits } from './header-key.ts';
import { seriesField } from './series.ts';
import { oneLine } from './table.ts';
import { editDistance } from './values/edit-distance.ts';

export interface HeaderMatch {
  readonly field: string;
  /** 0…1; 1 only when the header stands literally in a list. */
  readonly confidence: number;
}

function parseLines(text: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon < 0) continue;
    const field = line.slice(0, colon);
    for (const header of line.slice(colon + 2).split(' | ')) {
      const key = headerKey(header);
      if (key !== '' && !map.has(key)) map.set(key, field);
    }
  }
  return map;
}

interface Lists {
  readonly presets: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly homeMade: ReadonlyMap<string, string>;
  /** Every key with its default field; hand-made meaning first. */
  readonly all: ReadonlyMap<string, string>;
  /** Every key as it was written first, with its words apart. */
  readonly written: ReadonlyMap<string, string>;
  /** How many presets know a key. */
  readonly spread: ReadonlyMap<string, number>;
}
let lists: Lists | null = null;
function getLists(): Lists {
  if (lists) return lists;
  const presets = new Map(Object.entries(PRESET_TEXTS).map(([name, text]) => [name, parseLines(text)] as const));
  const homeMade = new Map<string, string>();
  for (const text of HOME_MADE_TEXTS)
    for (const [key, field] of parseLines(text)) if (!homeMade.has(key)) homeMade.set(key, field);
  const all = new Map(homeMade);
  const spread = new Map<string, number>();
  for (const map of presets.values()) {
    for (const [key, field] of map) {
      spread.set(key, (spread.get(key) ?? 0) + 1);
      if (!all.has(key)) all.set(key, field);
    }
  }
  const written = new Map<string, string>();
  for (const text of [...HOME_MADE_TEXTS, ...Object.values(PRESET_TEXTS)])
    for (const header of text.split('\n').flatMap((line) => line.slice(line.indexOf(': ') + 2).split(' | ')))
      if (!written.has(headerKey(header))) written.set(headerKey(header), header);
  lists = { presets, homeMade, all, written, spread };
  return lists;
}

/** True when the text is literally a known header: cheap, for finding the header row. */
export const isKnownHeader = (text: string): boolean => {
  const key = headerKey(text);
  return key !== '' && (getLists().all.has(key) || seriesField(text) !== null);
};

/** Name of the program whose layout the headers follow, or '' when they follow none clearly. */
export function presetOf(headers: readonly string[]): string {
  const { presets, spread, homeMade } = getLists();
  const keys = headers.map((header) => headerKey(header)).filter((key) => key !== '');
  if (keys.length < 3) return '';
  const series = headers.map(seriesField).filter((one) => one !== null);
  let best = { name: '', score: 0 };
  for (const [name, map] of presets) {
    let matched = 0;
    let weight = 0;
    let distinctive = 0;
    for (const key of new Set(keys)) {
      if (!map.has(key)) continue;
      matched += 1;
      weight += 1 / (spread.get(key) ?? 1);
      if (spread.get(key) === 1 && !homeMade.has(key)) distinctive += 1;
    }
    if (name.startsWith('google')) {
      const own = series.filter((one) => one.preset === name).length;
      const any = series.length;
      if (any > 0 && own === 0) continue;
      matched += any;
      weight += any;
      distinctive += own;
    } else if (series.length >= 2) continue;
    const share = matched / keys.length;
    // A person chooses which columns such a program writes: two of its own words tell it among strange ones.
    const chosen =
      (matched >= 5 && share >= 0.4 && distinctive >= 2) || (matched >= 6 && share >= 0.5 && distinctive >= 1);
    const enough =
      chosen || (matched >= 3 && share >= 0.6 && (distinctive >= 1 || (matched >= 5 && share >= 0.95 && weight >= 2)));
    const score = weight + matched * share;
    if (enough && score > best.score) best = { name, score };
  }
  return best.name;
}

/** True when each word of one header is a slip of a word of the other: «Вид контрагента» is no «Код контрагента». */
function slipOfWords(header: string, known: string): boolean {
  const a = headerTokens(header);
  const b = headerTokens(known);
  // Words that were run together or torn apart are compared as one.
  if (a.length !== b.length) return true;
  return a.every((word, i) => {
    const other = b[i] as string;
    const length = Math.min(word.length, other.length);
    // «Место» is no slip of «месяц»: short words may differ in one sign.
    return word === other || (length >= 4 && editDistance(word, other, 2) <= (length >= 7 ? 2 : 1));
  });
}

function typo(header: string): HeaderMatch | null {
  const key = headerKey(header);
  if (key.length < 5 || key.length > 40) return null;
  const allowed = key.length >= 10 ? 2 : 1;
  let found: { readonly field: string; readonly distance: number } | null = null;
  const { all, written } = getLists();
  for (const [known, field] of all) {
    // A slip must not drop a column.
    if (field === 'ignored' || Math.abs(known.length - key.length) > allowed || known.length < 5) continue;
    const distance = editDistance(known, key, allowed);
    if (distance > allowed || (found && distance >= found.distance)) continue;
    if (slipOfWords(header, written.get(known) ?? known)) found = { field, distance };
  }
  return found ? { field: found.field, confidence: found.distance === 1 ? 0.75 : 0.65 } : null;
}

/** “Person - Name”, «Реквизиты: ИНН»: programs write whose a column is in front. */
const GROUP =
  /^(person|people|organi[sz]ation|deal|contact|company|lead|account|контакт|компания|организация|контрагент|клиент|сделка|лид|реквизиты?)\s*(?:[-–—]|:)\s+(?=\S)/iu;
const REACH = /^(?:phone|email|link|contacts|address|notes)/;

/** The best field of one header. `preset` is the layout found for the whole row. */
export function matchHeader(raw: string, preset = ''): HeaderMatch | null {
  const header = oneLine(raw);
  if (header === '') return null;
  const { presets, all } = getLists();
  const series = seriesField(header);
  if (series) return { field: series.field, confidence: 1 };
  const own = presets.get(preset);
  for (const [text, confidence] of [
    [header, 1],
    [withoutUnits(header), 0.95],
    [header.replace(/\(\d+\)$/, ''), 0.9],
  ] as const) {
    const key = headerKey(text);
    const field = own?.get(key) ?? all.get(key);
    if (field !== undefined && key !== '') return { field, confidence };
  }
  // «Адрес / Город»: the last part says what it is, the ones before say whose.
  const parts = header.replace(GROUP, '$1 / ').split(' / ');
  if (parts.length > 1) {
    const joined = fieldByRule(header);
    const last = matchHeader(parts.at(-1) as string, preset);
    const first = matchHeader(parts[0] as string, preset);
    if (last?.field.startsWith('address.') && joined?.startsWith('address')) return { field: joined, confidence: 0.85 };
    if (joined && last && joined.split('.')[0] === last.field.split('.')[0]) return { field: joined, confidence: 0.85 };
    if (last && last.confidence >= 0.75)
      return { field: contextual(last.field, first?.field), confidence: Math.min(0.85, last.confidence) };
    if (parts[0] !== header && GROUP.test(header)) return null;
    if (joined) return { field: joined, confidence: 0.7 };
    // «Телефон / городской»; a group of people, companies or contracts says nothing about a column nobody knows.
    if (first && REACH.test(first.field)) return { field: first.field, confidence: 0.6 };
  }
  const rule = fieldByRule(withoutUnits(header));
  if (rule) return { field: rule, confidence: 0.8 };
  return typo(withoutUnits(header));
}

/** «Договор / Дата» and «Организация / Телефон»: the group above changes what a plain word below means. */
function contextual(field: string, group: string | undefined): string {
  if (!group) return field;
  if (group.startsWith('contract') && (field === 'created' || field === 'externalId' || field === 'ignored'))
    return field === 'created' ? 'contract.date' : 'contract.number';
  if (group.startsWith('org.') || group === 'party') {
    if (field === 'phone') return 'org.phone';
    if (field === 'email') return 'org.email';
    if (field === 'party' || field === 'name.full') return 'org.name';
    if (field === 'externalId') return 'org.externalId';
  }
  if (group.startsWith('deal')) {
    if (field === 'jobTitle' || field === 'name.full') return 'deal.name';
    if (field === 'contract.amount') return 'deal.amount';
    if (field === 'externalId') return 'deal.id';
    if (field === 'status') return 'deal.stage';
  }
  if ((group === 'phone' || group === 'contacts') && field === 'email') return 'email';
  return field;
}

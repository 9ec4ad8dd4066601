/** One record while a file is joined to it: what it held, what the file adds, what the file says differently. */
import { fieldSpec } from '../model/schema.ts';
import type { DraftChange, Json } from '../change/types.ts';
import { searchKey } from '../text/search-key.ts';
import { canonicalKey } from './element-keys.ts';
import type { FlatFields } from './flatten.ts';

/** `fill`: only what is empty. `overwrite`: what the file says wins; notes are added to, never replaced. */
export type JoinMode = 'fill' | 'overwrite';

/** Elements whose parts are filled one by one. */
const COMPOSITE = new Set(['name', 'addresses']);
/** Elements without a number or address that is their identity: another value is a difference. */
const VALUED = new Set(['externalIds', 'legalIds', 'extra']);

const setOf = (field: string): string => {
  const slash = field.indexOf('/');
  return slash < 0 ? '' : field.slice(0, slash);
};

const isObject = (value: Json | undefined): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Equal for a person: case, ё and spaces aside. */
function sameForPeople(a: Json, b: Json): boolean {
  if (typeof a === 'string' && typeof b === 'string') {
    return a === b || searchKey(a).replace(/\s+/g, ' ').trim() === searchKey(b).replace(/\s+/g, ' ').trim();
  }
  if (isObject(a) && isObject(b)) {
    return Object.keys(b).every((key) => key === 'order' || sameForPeople(a[key] ?? '', b[key] ?? ''));
  }
  return a === b;
}

export class RecordInProgress {
  readonly id: string;
  readonly type: string;
  readonly isNew: boolean;
  /** A row of the file has changed it (never set by its own creation). */
  changed = false;
  readonly #fields: FlatFields;
  /** Made when a second row comes to the record: most records get only one. */
  #seen: Seen | undefined;
  readonly #written = new Set<string>();

  /** `fields` is taken over, not copied. `stored` is false for a record that the file creates. */
  constructor(type: string, id: string, fields: FlatFields, stored: boolean) {
    this.type = type;
    this.id = id;
    this.isNew = !stored;
    this.#fields = fields;
  }

  #look(): Seen {
    if (this.#seen) return this.#seen;
    const seen: Seen = {
      elements: new Map(),
      claimed: new Set(this.isNew ? this.#fields.keys() : []),
      order: new Map(),
    };
    this.#seen = seen;
    for (const [field, value] of this.#fields) index(seen, field, value);
    return seen;
  }

  get(field: string): Json | undefined {
    return this.#fields.get(field);
  }

  /** Adds a field that the file does not name (source, links between records). */
  set(field: string, value: Json): void {
    if (this.#fields.get(field) === value) return;
    this.#fields.set(field, value);
    this.#written.add(field);
  }

  /** Joins a row's fields. Returns whether anything changed, and the fields where the record kept another value. */
  join(fields: FlatFields, mode: JoinMode): { readonly changed: boolean; readonly kept: readonly string[] } {
    const kept: string[] = [];
    let changed = false;
    const seen = this.#look();
    for (const [field, value] of fields) {
      const path = pathOf(seen, field, value);
      const present = this.#fields.get(path);
      const overwrite = mode === 'overwrite' && !seen.claimed.has(path);
      seen.claimed.add(path);
      if (present === undefined || present === null || present === '') {
        this.#write(path, placed(seen, path, value));
        changed = true;
        continue;
      }
      const next =
        path === 'summary'
          ? this.#notes(present, value, overwrite)
          : path.startsWith('extra/')
            ? this.#extra(path, present, value, overwrite)
            : joined(path, present, value, overwrite);
      if (next !== present) {
        this.#write(path, next);
        changed = true;
      }
      if (next === present && differs(path, present, value)) kept.push(path);
    }
    if (changed) this.changed = true;
    return { changed, kept };
  }

  /** What is to be committed: one `$new` for a new record, else one change per field. */
  drafts(): readonly DraftChange[] {
    const { type, id: record } = this;
    if (this.isNew) return [{ type, record, field: '$new', value: Object.fromEntries(this.#fields) }];
    return [...this.#written].map((field) => ({ type, record, field, value: this.#fields.get(field) ?? null }));
  }

  /** Notes of several rows stand one below the other; a note that is there already adds nothing. */
  #notes(present: Json, value: Json, overwrite: boolean): Json {
    if (typeof present !== 'string' || typeof value !== 'string' || hasNote(present, value)) return present;
    return overwrite || this.isNew ? `${present}\n${value}` : present;
  }

  /** What several rows say of one person (deals, orders, visits) stands line below line, as notes do. */
  #extra(path: string, present: Json, value: Json, overwrite: boolean): Json {
    if (!isObject(present) || !isObject(value)) return joined(path, present, value, overwrite);
    const next = this.#notes(present['value'] ?? '', value['value'] ?? '', false);
    if (this.isNew) return next === present['value'] ? present : { ...present, value: next };
    return joined(path, present, value, overwrite);
  }

  #write(path: string, value: Json): void {
    this.#fields.set(path, value);
    this.#written.add(path);
    if (this.#seen) index(this.#seen, path, value);
  }
}

interface Seen {
  /** Canonical path of each element → its path in the record. */
  readonly elements: Map<string, string>;
  /** Fields that a row of this file has spoken about: later rows only fill. */
  readonly claimed: Set<string>;
  /** Place after the last element of each ordered set. */
  readonly order: Map<string, number>;
}

function index(seen: Seen, field: string, value: Json): void {
  const set = setOf(field);
  if (set === '') return;
  const canonical = `${set}/${canonicalKey(set, field.slice(set.length + 1), value)}`;
  if (!seen.elements.has(canonical)) seen.elements.set(canonical, field);
  if (isObject(value) && typeof value['order'] === 'number') {
    seen.order.set(set, Math.max(seen.order.get(set) ?? 0, value['order'] + 1));
  }
}

function pathOf(seen: Seen, field: string, value: Json): string {
  const set = setOf(field);
  if (set === '') return field;
  return seen.elements.get(`${set}/${canonicalKey(set, field.slice(set.length + 1), value)}`) ?? field;
}

/** Appended phones and e-mails come after those that are there. */
function placed(seen: Seen, path: string, value: Json): Json {
  const set = setOf(path);
  if ((set !== 'phones' && set !== 'emails') || !isObject(value)) return value;
  return { ...value, order: seen.order.get(set) ?? 0 };
}

/** Notes stand one below the other. True when one of them, or several in a row, are the given text. */
const hasNote = (notes: string, note: string): boolean => `\n${notes}\n`.includes(`\n${note}\n`);

/** The value after joining; `present` itself when nothing changes. */
function joined(path: string, present: Json, value: Json, overwrite: boolean): Json {
  const set = setOf(path);
  if (COMPOSITE.has(set === '' ? path : set) && isObject(present) && isObject(value)) {
    const next: Record<string, Json> = { ...present };
    let changed = false;
    for (const [part, text] of Object.entries(value)) {
      if (text === '' || part === 'label' || part === 'full') continue;
      const empty = next[part] === undefined || next[part] === '';
      if (empty || (overwrite && next[part] !== text)) {
        next[part] = text;
        changed = true;
      }
    }
    return changed ? next : present;
  }
  if (set !== '' && !VALUED.has(set)) return present;
  if (!overwrite || sameValue(present, value)) return present;
  return value;
}

const sameValue = (a: Json, b: Json): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** True when the file says something that the record does not hold. */
function differs(path: string, present: Json, value: Json): boolean {
  const set = setOf(path);
  if (path === 'summary') return typeof value === 'string' && !hasNote(String(present), value);
  if (path === 'name' && isObject(present) && isObject(value)) {
    const { full: _, ...parts } = value;
    return !sameForPeople(present, parts);
  }
  if (
    set === 'extra' &&
    isObject(present) &&
    isObject(value) &&
    hasNote(String(present['value']), String(value['value']))
  )
    return false;
  if (set === 'addresses') return !sameForPeople(present, value);
  if (set !== '' && !VALUED.has(set)) return false;
  return !sameForPeople(present, value);
}

/** True for fields that hold a set of elements. */
export const isSetField =
  (type: string) =>
  (field: string): boolean =>
    fieldSpec(type, field).kind === 'set';

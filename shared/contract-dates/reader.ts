/** A cursor over one JSON object that remembers the first thing wrong, with the path of the field as it was typed. */
import { ok, type Result } from '../result.ts';
import { type TermsError, termsError } from './terms.ts';

type Params = Readonly<Record<string, string | number>>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Shared by a reader and those over its parts, so that the first error wins. */
interface Slot {
  error: TermsError | undefined;
}

const MOST_ITEMS = 1000;

export class Reader {
  readonly value: Record<string, unknown>;
  readonly #path: string;
  readonly #slot: Slot;

  private constructor(value: Record<string, unknown>, path: string, slot: Slot, keys: readonly string[]) {
    this.value = value;
    this.#path = path;
    this.#slot = slot;
    const unknown = Object.keys(value).find((key) => !keys.includes(key));
    if (unknown !== undefined) this.refuse(unknown, 'unknownField', { name: unknown });
  }

  /** A reader over a whole document. */
  static over(input: unknown, keys: readonly string[]): Result<Reader, TermsError> {
    return isObject(input)
      ? ok(new Reader(input, '', { error: undefined }, keys))
      : { ok: false, error: termsError('', 'notAnObject') };
  }

  get error(): TermsError | undefined {
    return this.#slot.error;
  }

  get failed(): boolean {
    return this.#slot.error !== undefined;
  }

  #name(key: string): string {
    if (key === '') return this.#path;
    return this.#path === '' ? key : `${this.#path}.${key}`;
  }

  /** Remembers the first refusal. */
  refuse(key: string, code: string, params: Params = {}): undefined {
    this.#slot.error ??= termsError(this.#name(key), code, params);
  }

  /** The value as it is, own properties only. */
  raw(key: string): unknown {
    return Object.hasOwn(this.value, key) ? this.value[key] : undefined;
  }

  /** The value; `null` is the same as leaving the field out. */
  take(key: string): unknown {
    return this.raw(key) ?? undefined;
  }

  boolean(key: string): boolean | undefined {
    const value = this.take(key);
    return value === undefined || typeof value === 'boolean' ? value : this.refuse(key, 'notABoolean');
  }

  text(key: string): string | undefined {
    const value = this.take(key);
    if (value === undefined) return undefined;
    return typeof value === 'string' && value.trim() !== '' && value.length <= 1000
      ? value
      : this.refuse(key, 'notAText');
  }

  whole(key: string, least: number, most: number): number | undefined {
    const value = this.take(key);
    if (value === undefined) return undefined;
    const fits = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
    return fits ? value : this.refuse(key, 'notAWhole', { least, most });
  }

  oneOf<T extends string | number>(key: string, allowed: readonly T[]): T | undefined {
    const value = this.take(key);
    if (value === undefined) return undefined;
    const found = allowed.find((item) => item === value);
    return found === undefined ? this.refuse(key, 'notOneOf', { allowed: allowed.join(', ') }) : found;
  }

  object(key: string, keys: readonly string[]): Reader | undefined {
    const value = this.take(key);
    if (value === undefined) return undefined;
    return isObject(value) ? new Reader(value, this.#name(key), this.#slot, keys) : this.refuse(key, 'notAnObject');
  }

  /** A list of objects; empty when absent. */
  list<T>(key: string, keys: readonly string[], read: (item: Reader) => T): T[] {
    const value = this.take(key);
    if (value === undefined) return [];
    if (!Array.isArray(value) || value.length > MOST_ITEMS) {
      this.refuse(key, 'notAList');
      return [];
    }
    const items: T[] = [];
    for (const [index, item] of value.entries()) {
      const place = `${this.#name(key)}[${index}]`;
      if (!isObject(item)) {
        this.#slot.error ??= termsError(place, 'notAnObject');
        return items;
      }
      items.push(read(new Reader(item, place, this.#slot, keys)));
    }
    return items;
  }
}

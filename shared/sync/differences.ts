/** What people see of concurrent edits: each value with its author, and the one that all of them started from. */
import type { Hlc, Json } from '../change/types.ts';

/** Who made a change, where and when. */
export interface Author {
  readonly actor: string;
  /** The clock device of the change. */
  readonly device: string;
  /** Name of the device, '' when it is not known here. */
  readonly deviceName: string;
  /** Milliseconds since the epoch, by that device's clock. */
  readonly time: number;
  /** Made on this computer. */
  readonly here: boolean;
}
export interface DifferentValue {
  readonly change: Hlc;
  readonly value: Json;
  readonly author: Author;
  /** What an edit beside a deletion changed: field and value. Empty for other fields. */
  readonly edits: readonly { readonly field: string; readonly value: Json }[];
}
export interface Difference {
  readonly record: string;
  readonly type: string;
  /** Title of the record, '' when it has none. */
  readonly title: string;
  readonly field: string;
  /** True when a person has to decide; false when it was settled by a rule and is told for information. */
  readonly open: boolean;
  /** The value that holds now. */
  readonly shown: Json;
  /** The concurrent values, those of this computer first, then newest first. */
  readonly values: readonly DifferentValue[];
  /** The last value that all of them had seen; undefined when there was none. */
  readonly base?: { readonly value: Json; readonly author: Author };
}
export interface Differences {
  /** Open ones first; the fields of one record stand together. */
  readonly items: readonly Difference[];
  /** Titles of records that values name. */
  readonly names: Readonly<Record<string, string>>;
}
/** A note as it stood after a change of its text, newest first. */
export interface NoteVersion {
  readonly change: Hlc;
  readonly author: Author;
  /** Characters of text. */
  readonly length: number;
}

/** Fields whose settling cannot be left to a clock stand above the others. */
export const differenceKey = ({ record, field }: Pick<Difference, 'record' | 'field'>): string => `${record} ${field}`;

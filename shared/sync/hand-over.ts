/** What the screens know of a hand-over file: changes given to a colleague on a stick or by e-mail (features Y6). */

/** What goes in. Records are given whole, with all their history, so that they mean the same over there. */
export type HandOverScope =
  | { readonly kind: 'all' }
  /** Records that changed on this day (local) or later. */
  | { readonly kind: 'since'; readonly day: string }
  /** The organisations with their people, meetings, promises and contracts. */
  | { readonly kind: 'organisations'; readonly ids: readonly string[] };

export interface HandOverSize {
  readonly changes: number;
  readonly records: number;
  /** Contents of attachments that could go along: those on this device, and their bytes. */
  readonly files: number;
  readonly fileBytes: number;
  /** Attachments whose contents are not on this device. */
  readonly filesElsewhere: number;
}

/** Contents of a hand-over file together, in bytes. */
export const MAX_HAND_OVER_FILES = 150_000_000;

/** What a file would bring, before anything is taken in. */
export interface HandOverPreview {
  /** Names the opened file until it is taken in, put away, or the vault is locked. */
  readonly ticket: string;
  /** Who made the file, and when (milliseconds since the epoch). */
  readonly by: string;
  readonly madeAt: number;
  readonly changes: number;
  /** Changes that this vault does not have yet. */
  readonly fresh: number;
  /** Changes that cannot be taken in and would be set aside. */
  readonly bad: number;
  /** Records that would be new, by type. */
  readonly newRecords: Readonly<Record<string, number>>;
  readonly changedRecords: number;
  /** Differences that would wait for a decision, beyond those that wait already. */
  readonly conflicts: number;
  /** Authors of the fresh changes, most changes first. */
  readonly authors: readonly string[];
  /** Contents of attachments that this vault does not have yet, and their bytes. */
  readonly files: number;
  readonly fileBytes: number;
}
export interface HandOverReport {
  readonly applied: number;
  readonly setAside: number;
  /** Contents of attachments that were kept, and those that were not: no room, or not what their names say. */
  readonly files: number;
  readonly filesLeftOut: number;
  /** Batches that came in, newest first: what taking the file back has to undo. */
  readonly batches: readonly string[];
}

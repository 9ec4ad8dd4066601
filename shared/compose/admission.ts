/**
 * The gate between what was written and what a document may read. Layouts for clients take `Admitted<'client', …>` only,
 * and nothing but this file can make one: text that was not marked for the client cannot reach them.
 */
import type { AgendaItem, Decision, Meeting, PromiseRecord } from '../model/records.ts';
import { type Block, blockText, DEFAULT_VISIBILITY, readVisibility } from '../note/blocks.ts';
import { closeUpLists } from './close-up.ts';

declare const admitted: unique symbol;
export type Audience = 'client' | 'house';
/** A thing that may be read by the audience. */
export type Admitted<A extends Audience, T> = T & { readonly [admitted]: A };
export type ClientBlock = Admitted<'client', Block>;

/** All that has a visibility of its own. Title, place, attendees, summary and next meeting are always for the client. */
export interface Content<A extends Audience> {
  readonly blocks: readonly Admitted<A, Block>[];
  /** Those of them whose heading stays out: they do not belong under the heading before it. */
  readonly apart: ReadonlySet<Block>;
  readonly agenda: readonly Admitted<A, AgendaItem>[];
  readonly decisions: readonly Admitted<A, Decision>[];
  readonly promises: readonly Admitted<A, PromiseRecord>[];
}
export interface LeftOut {
  readonly kind: 'paragraph' | 'decision' | 'promise' | 'agenda';
  readonly visibility: 'private' | 'internal';
  readonly text: string;
}
export interface Source {
  readonly meeting: Meeting;
  readonly blocks: readonly Block[];
  readonly promises: readonly PromiseRecord[];
}

const byOrder = <T extends { readonly order: number }>(items: Readonly<Record<string, T>> | undefined): readonly T[] =>
  Object.entries(items ?? {})
    .sort(([a, x], [b, y]) => x.order - y.order || (a < b ? -1 : 1))
    .map(([, item]) => item);

/** Promises that were dropped are no longer a matter of the meeting and appear nowhere. */
const standing = (promises: readonly PromiseRecord[]): readonly PromiseRecord[] =>
  promises.filter((promise) => promise.status !== 'dropped' && !promise.deleted && (promise.text ?? '').trim() !== '');

/** Lets through what is marked for the client, and lists the rest. Anything without a clear mark stays out. */
export function admitForClient(source: Source): {
  readonly content: Content<'client'>;
  readonly leftOut: readonly LeftOut[];
} {
  const leftOut: LeftOut[] = [];
  const sift = <T>(
    items: readonly T[],
    kind: LeftOut['kind'],
    visibilityOf: (item: T) => unknown,
    textOf: (item: T) => string,
  ): readonly Admitted<'client', T>[] =>
    items.filter((item): item is Admitted<'client', T> => {
      const visibility = readVisibility(visibilityOf(item) ?? DEFAULT_VISIBILITY);
      if (visibility === 'client') return true;
      if (textOf(item).trim() !== '') leftOut.push({ kind, visibility, text: textOf(item) });
      return false;
    });
  const all = closeUpLists(source.blocks);
  const content: Content<'client'> = {
    blocks: sift(all, 'paragraph', (block) => block.visibility, blockText),
    apart: withoutTheirHeading(all),
    agenda: sift(
      byOrder(source.meeting.agenda),
      'agenda',
      (item) => item.visibility,
      (item) => item.text,
    ),
    decisions: sift(
      byOrder(source.meeting.decisions),
      'decision',
      (item) => item.visibility,
      (item) => item.text,
    ),
    promises: sift(
      standing(source.promises),
      'promise',
      (item) => item.visibility,
      (item) => item.text ?? '',
    ),
  };
  return { content, leftOut };
}

function withoutTheirHeading(blocks: readonly Block[]): ReadonlySet<Block> {
  const apart = new Set<Block>();
  /** Level of the heading for the client that the text stands under. */
  let under = 0;
  let isHidden = false;
  for (const block of blocks) {
    const isForClient = block.visibility === 'client';
    if (block.type === 'heading') {
      if (isForClient) under = block.level;
      isHidden = !isForClient && (isHidden || block.level <= under);
    } else if (isHidden && isForClient) {
      apart.add(block);
      isHidden = false;
    }
  }
  return apart;
}

/** Everything, for a document that stays in the house and says so on every page. */
export function admitForHouse(source: Source): Content<'house'> {
  const all = <T>(items: readonly T[]): readonly Admitted<'house', T>[] => items as readonly Admitted<'house', T>[];
  return {
    blocks: all(source.blocks),
    apart: new Set(),
    agenda: all(byOrder(source.meeting.agenda)),
    decisions: all(byOrder(source.meeting.decisions)),
    promises: all(standing(source.promises)),
  };
}

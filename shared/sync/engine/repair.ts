/** Finding and mending what two sides do not both have (docs/sync.md, SYNC-DIGEST-3). */
import { differingBuckets } from '../digest.ts';
import type { Refusal } from '../errors.ts';
import type { SequencedChange } from '../protocol.ts';
import { LIMITS } from '../shapes.ts';
import type { AskServer, Reply } from './transport.ts';
import type { SyncStore } from './types.ts';

export interface RepairPorts {
  readonly store: SyncStore;
  readonly ask: AskServer;
  readonly takeIn: (changes: readonly SequencedChange[]) => Promise<void>;
  /** Of one push: changes, and characters of boxes. */
  readonly limits: { readonly changes: number; readonly bytes: number };
  /** False for a reader, whose changes the server would refuse. */
  readonly mayGive: boolean;
}

export interface Repaired {
  /** There was a difference. */
  readonly repaired: boolean;
  /**
   * Changes that the server took back, ids of those that it will not take back for a while, and those that it will never
   * take as they are.
   */
  readonly given: number;
  readonly refused: readonly string[];
  readonly rejected: readonly { readonly id: string; readonly code: Refusal }[];
  /** The server's epoch at the time of the comparison. */
  readonly epoch: string;
}

/** Compares by buckets, fetches what is lacking here and gives back what is lacking there. */
export async function repair(ports: RepairPorts): Promise<Repaired> {
  const { store, ask, mayGive } = ports;
  const theirs = await ask('digest');
  const buckets = differingBuckets(await store.recount(), theirs.buckets);
  const ids: string[] = [];
  let after: string | null = null;
  if (buckets.length > 0)
    do {
      const page: Reply<'bucketIds'> = await ask('bucketIds', {
        body: { buckets, ...(after === null ? {} : { after }) },
      });
      ids.push(...page.ids);
      after = page.next;
    } while (after !== null);
  const { lacking, surplus } = await store.compare(buckets, ids);
  await fetchAll(lacking, ports);
  const back = mayGive ? await giveBack(surplus, ports) : { given: 0, refused: surplus, rejected: [] };
  return { repaired: buckets.length > 0, ...back, epoch: theirs.status.epoch };
}

/** Reasons that lie in the change itself: only a person can decide what becomes of it. */
const IN_ITSELF: ReadonlySet<Refusal> = new Set(['tooLarge', 'malformed', 'collision']);
/** Reasons that may go away at any moment. */
const PASSING: ReadonlySet<Refusal> = new Set(['full', 'readOnly']);

async function fetchAll(lacking: readonly string[], { ask, takeIn }: RepairPorts): Promise<void> {
  for (let at = 0; at < lacking.length; at += LIMITS.idsAsked) {
    let asked: readonly string[] = lacking.slice(at, at + LIMITS.idsAsked);
    while (asked.length > 0) {
      const reply: Reply<'byId'> = await ask('byId', { body: { ids: asked } });
      await takeIn(reply.changes);
      asked = reply.rest.length < asked.length ? reply.rest : [];
    }
  }
}

async function giveBack(
  surplus: readonly string[],
  { store, ask, limits }: RepairPorts,
): Promise<Pick<Repaired, 'given' | 'refused' | 'rejected'>> {
  const sealed = [...(await store.sealed(surplus))];
  const refused: string[] = [];
  const rejected: { readonly id: string; readonly code: Refusal }[] = [];
  let given = 0;
  while (sealed.length > 0) {
    const batch = [];
    for (let bytes = 0; batch.length < limits.changes; ) {
      const one = sealed[0];
      if (!one || (batch.length > 0 && bytes + one.box.length > limits.bytes)) break;
      bytes += one.box.length;
      batch.push(one);
      sealed.shift();
    }
    const { verdicts } = await ask('push', { body: { changes: batch } });
    given += verdicts.filter(({ verdict }) => verdict === 'accepted').length;
    for (const [i, { id }] of batch.entries()) {
      const verdict = verdicts[i];
      if (verdict?.verdict !== 'refused' || PASSING.has(verdict.code)) continue;
      if (IN_ITSELF.has(verdict.code)) rejected.push({ id, code: verdict.code });
      else refused.push(id);
    }
  }
  return { given, refused, rejected };
}

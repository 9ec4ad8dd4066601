/** Leaving a pack on the server for devices to come (docs/sync.md, SYNC-PACK-4). */
import { LIMITS } from '../shapes.ts';
import type { AskServer } from './transport.ts';
import type { PartPlace, SyncStore } from './types.ts';

/** Makes the parts one after another and sends each before the next. `upTo`: place in this device's log. */
export async function sendPack(
  { pack, place, upTo }: Pick<PartPlace, 'pack' | 'place'> & { readonly upTo: number },
  store: SyncStore,
  ask: AskServer,
): Promise<void> {
  for (let part = 0, from: number | null = 0; from !== null && part < LIMITS.packParts; part += 1) {
    const made: { readonly box: Uint8Array; readonly next: number | null } = await store.packPart(
      { pack, place, part },
      from,
      upTo,
    );
    const query = { place, last: String(made.next === null) };
    await ask('putPart', { params: { pack, part }, query, bytes: made.box });
    from = made.next;
  }
}

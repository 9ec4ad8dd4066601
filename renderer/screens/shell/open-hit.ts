import type { SearchHit } from '../../../shared/ipc/contract.ts';
import { call } from '../../app/ipc.ts';
import { openRecord } from '../../app/navigation.ts';

/** Opens what was found; a promise by the meeting, contract or organisation it belongs to. */
export async function openHit({ type, id }: Pick<SearchHit, 'type' | 'id'>): Promise<void> {
  if (openRecord(type, id)) return;
  const record = await call('vault:record', { id });
  if (!record.ok || !record.value) return;
  for (const field of ['meeting', 'contract', 'organisation', 'person']) {
    const target = record.value.data[field];
    if (typeof target === 'string' && openRecord(field, target)) return;
  }
}

/** A vault in which a colleague's device has edited the same fields as ours, made without a server. */
import { join } from 'node:path';
import { formatHlc } from '../../shared/change/clock.ts';
import type { ChangeSet, Json } from '../../shared/change/types.ts';
import type { Language } from '../../shared/i18n/catalogue.ts';
import { sampleBatch } from '../../shared/sample/index.ts';
import type { VaultApi } from '../../electron/vault/api.ts';
import { openVaultService } from '../../electron/vault/service.ts';

const DEVICE = 'c011ea9e00000001';

/** Edits of a record by a colleague who knew it as it was created. */
async function edits(
  vault: VaultApi,
  record: string,
  fields: Readonly<Record<string, Json>>,
  at: number,
): Promise<ChangeSet> {
  const view = await vault.record(record);
  const created = (await vault.history(record)).find(({ field }) => field === '$new')?.change ?? '';
  const batch = formatHlc({ millis: at, counter: 0, device: DEVICE });
  return {
    batch: { id: batch, kind: 'edit', actor: 'Анна Вершинина', device: DEVICE, time: at },
    changes: Object.entries(fields).map(([field, value], i) => ({
      id: formatHlc({ millis: at, counter: i + 1, device: DEVICE }),
      batch,
      type: view?.type ?? '',
      record,
      field,
      value,
      base: [created],
    })),
  };
}

/** Fills a profile: sample data, and on its first contract, promise and organisation differences with a colleague. */
export async function vaultWithDifferences(
  profile: string,
  passphrase: string,
  language: Language,
  today: string,
): Promise<{ readonly contract: string; readonly title: string }> {
  const vault = openVaultService({ dir: join(profile, 'vault') });
  try {
    await vault.create({ passphrase, recovery: true });
    await vault.commit({ kind: 'sample', changes: sampleBatch(language, today, { brand: true }) }, { actor: 'me' });
    const [contract] = await vault.listAll('contract');
    const [organisation] = await vault.listAll('organisation');
    const promise = (await vault.listAll('promise')).find(({ data }) => data['visibility'] === 'internal');
    if (!contract || !organisation || !promise) throw new Error('the sample has no contract');
    const nextYear = Number(today.slice(0, 4)) + 1;
    const edit = (type: string, record: string, field: string, value: Json) => ({ type, record, field, value });
    await vault.commit(
      {
        kind: 'edit',
        changes: [
          edit('contract', contract.id, 'end', `${nextYear}-03-31`),
          edit('contract', contract.id, 'value', { minor: 277_000_000, currency: 'RUB' }),
          edit('promise', promise.id, 'visibility', 'private'),
          edit(
            'organisation',
            organisation.id,
            'industry',
            language === 'ru' ? 'Склады и перевозки' : 'Storage and haulage',
          ),
          edit('organisation', organisation.id, 'source', language === 'ru' ? 'выставка' : 'a fair'),
        ],
      },
      { actor: 'me' },
    );
    // After what it builds on: a change is never older than its base.
    const now = Date.now() + 1000;
    await vault.ingest([
      await edits(
        vault,
        contract.id,
        { end: `${nextYear}-06-30`, value: { minor: 291_500_000, currency: 'RUB' } },
        now,
      ),
      await edits(vault, promise.id, { visibility: 'client' }, now + 1000),
      await edits(
        vault,
        organisation.id,
        language === 'ru'
          ? { industry: 'Речные перевозки', source: 'рекомендация' }
          : { industry: 'River haulage', source: 'a referral' },
        now + 2000,
      ),
      {
        batch: {
          id: formatHlc({ millis: now + 3000, counter: 0, device: DEVICE }),
          kind: 'edit',
          actor: 'Анна Вершинина',
          device: DEVICE,
          time: now + 3000,
        },
        changes: [
          {
            id: formatHlc({ millis: now + 3000, counter: 1, device: DEVICE }),
            batch: formatHlc({ millis: now + 3000, counter: 0, device: DEVICE }),
            type: 'device',
            record: `device:${DEVICE}`,
            field: '$new',
            value: { name: language === 'ru' ? 'Ноутбук Анны' : 'Anna’s laptop' },
            base: [],
          },
        ],
      },
    ]);
    return { contract: contract.id, title: String(contract.data['title']) };
  } finally {
    await vault.close();
  }
}

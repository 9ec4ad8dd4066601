/** search and list. */
import type { Json } from '../../../shared/change/types.ts';
import type { RecordView } from '../../../shared/ipc/contract.ts';
import { noteMarkdown } from '../../../shared/note/index.ts';
import type { RecordType } from '../../../shared/model/schema.ts';
import type { VaultApi } from '../../vault/api.ts';
import { type Command, UsageError } from '../arguments.ts';
import { withVault } from '../open-vault.ts';
import type { Outcome } from '../outcome.ts';

const KINDS: Readonly<Record<string, RecordType>> = {
  organisations: 'organisation',
  people: 'person',
  meetings: 'meeting',
  promises: 'promise',
  contracts: 'contract',
};

export const searchCommand = (command: Command): Promise<Outcome> =>
  withVault(command, { create: false }, async (vault) => {
    const hits = await vault.search({
      text: command.operands.join(' '),
      limit: Number(command.options.limit ?? 50) || 50,
    });
    return { value: hits, text: hits.map((h) => [h.type, h.id, h.title, h.subtitle].join('\t')).join('\n') };
  });

type Fields = Record<string, Json>;

/** A set as a list: its elements with their keys, or only the keys where the elements say nothing more. */
function setAsList(value: Json): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value) as [string, Json][];
  if (entries.length > 0 && entries.every(([, v]) => v === true)) return entries.map(([key]) => key);
  if (entries.length > 0 && entries.every(([, v]) => v !== null && typeof v === 'object' && !Array.isArray(v))) {
    return entries
      .map(([key, v]) => ({ key, ...(v as Fields) }))
      .sort((a, b) => Number((a as Fields)['order'] ?? 0) - Number((b as Fields)['order'] ?? 0)) as Json;
  }
  return value;
}

const SETS = new Set([
  'kinds',
  'phones',
  'emails',
  'links',
  'addresses',
  'tags',
  'languages',
  'otherNames',
  'attendees',
  'agenda',
  'decisions',
  'extra',
]);

/** A record as one object, its sets as lists. */
export function flat(view: RecordView): Fields {
  const data = Object.fromEntries(Object.entries(view.data).map(([k, v]) => [k, SETS.has(k) ? setAsList(v) : v]));
  const body = view.data['body'];
  return {
    id: view.id,
    type: view.type,
    ...data,
    ...(typeof body === 'string' ? { body: noteMarkdown(body) } : {}),
    createdAt: view.createdAt,
    changedAt: view.changedAt,
  };
}

/** Every record of the kind; people carry their affiliations, meetings their promises. */
async function records(vault: VaultApi, type: RecordType): Promise<readonly Fields[]> {
  const all = (await vault.listAll(type)).map(flat);
  if (type !== 'person' && type !== 'meeting') return all;
  const organisationNames = new Map((await vault.listAll('organisation')).map((o) => [o.id, o.data['name'] ?? '']));
  const by = new Map<string, Fields[]>();
  const key = type === 'person' ? 'person' : 'meeting';
  for (const related of await vault.listAll(type === 'person' ? 'affiliation' : 'promise')) {
    const owner = related.data[key];
    if (typeof owner !== 'string') continue;
    const organisation = related.data['organisation'];
    const entry = {
      ...flat(related),
      ...(typeof organisation === 'string' ? { organisationName: organisationNames.get(organisation) ?? '' } : {}),
    };
    by.set(owner, [...(by.get(owner) ?? []), entry]);
  }
  return all.map((record) => ({
    ...record,
    [type === 'person' ? 'affiliations' : 'promises']: by.get(String(record['id'])) ?? [],
  }));
}

export async function listCommand(command: Command): Promise<Outcome> {
  const kind = command.operands[0] ?? '';
  const type = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (!type) throw new UsageError(`list what? ${Object.keys(KINDS).join(', ')}`);
  return withVault(command, { create: false }, async (vault) => ({ value: await records(vault, type) }));
}

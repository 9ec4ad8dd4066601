/**
 * One Rapport device in a process of its own, as the peers' devices are. `make`: writes records and pushes them, prints a
 * code for the next device; `first`: first sync of another device; `edit`: edits the text of records, without a network
 * when `offline`; `week`: gives what waits and takes what has come. One JSON line on standard output.
 */
import { openVaultService } from '../../electron/vault/service.ts';
import { createHttpTransport } from '../../electron/sync/http-transport.ts';
import { syncStore } from '../../electron/sync/store.ts';
import type { DraftChange, Json } from '../../shared/change/types.ts';
import { unwrap } from '../../shared/result.ts';
import { PASSPHRASE } from './contenders.ts';
import { runRound } from '../fixtures/sync-round.ts';
import { decodeInvitation } from '../../shared/sync/invitation-code.ts';

interface Order {
  readonly verb: 'make' | 'first' | 'edit' | 'week';
  readonly dir: string;
  readonly code: string;
  readonly records?: number;
  readonly invitations?: number;
  readonly ranges?: readonly (readonly [from: number, to: number])[];
  readonly who?: string;
  readonly offline?: boolean;
}
/** Changes that a person makes at a time. */
const AT_A_TIME = 20;
const order = JSON.parse(process.argv[2] ?? '') as Order;
const base = process.memoryUsage.rss();
let peak = base;
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);

const isOrganisation = (n: number): boolean => n % 3 === 0;

/** Another text in one field of each record. */
function edits(ranges: readonly (readonly [from: number, to: number])[], who: string): DraftChange[] {
  return ranges.flatMap(([from, to]) =>
    Array.from({ length: to - from }, (_, i): DraftChange => {
      const n = from + i;
      const value = `note ${n} of a row, by ${who}`;
      return isOrganisation(n)
        ? { type: 'organisation', record: `org-${n}`, field: 'summary', value }
        : { type: 'promise', record: `promise-${n}`, field: 'note', value };
    }),
  );
}

/** Records of eight fields each: a third are organisations, the rest promises. */
function records(count: number): DraftChange[] {
  return Array.from({ length: count }, (_, n): DraftChange => {
    const organisation = `org-${n - (n % 3)}`;
    const value: Record<string, Json> = isOrganisation(n)
      ? {
          name: `Organisation ${n}`,
          fullName: `Organisation ${n} Ltd`,
          industry: `industry ${n % 40}`,
          summary: `note ${n} of a row`,
          owner: `owner ${n % 9}`,
          cadenceDays: 30,
          source: 'bench',
          [`emails/${n}`]: { value: `mail${n}@example.org`, label: 'work' },
        }
      : {
          text: `promise ${n} of a row`,
          side: n % 2 ? 'ours' : 'theirs',
          organisation,
          due: `2026-0${1 + (n % 9)}-1${n % 10}`,
          visibility: 'internal',
          status: 'open',
          kind: 'other',
          note: `note ${n}`,
        };
    return isOrganisation(n)
      ? { type: 'organisation', record: organisation, field: '$new', value }
      : { type: 'promise', record: `promise-${n}`, field: '$new', value };
  });
}

const vault = openVaultService({ dir: order.dir });
if (order.verb === 'make' || order.verb === 'first') await vault.create({ passphrase: PASSPHRASE, recovery: false });
else await vault.open({ secret: PASSPHRASE });
const store = syncStore(vault);
const transport = createHttpTransport({ fetch });
const round = () => runRound({ store, transport, page: 1000, pushChanges: 500 });
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const used = process.cpuUsage(cpu);
  result['cpu'] = (used.user + used.system) / 1000;
  return performance.now() - start;
};

const result: Record<string, number | string | readonly string[]> = {};
if (order.verb === 'make') {
  const all = records(order.records ?? 0);
  result['write'] = await timed(async () => {
    for (let from = 0; from < all.length; from += 500)
      await vault.commit({ kind: 'import', changes: all.slice(from, from + 500) }, { actor: 'bench' });
  });
  await store.begin(unwrap(decodeInvitation(order.code)), 'first');
  result['push'] = await timed(round);
  const codes: string[] = [];
  for (let i = 0; i < (order.invitations ?? 1); i += 1) {
    const { code, hash } = await store.invitation();
    const { enrolment } = (await store.memory()) as {
      readonly enrolment: { readonly server: string; readonly token: string };
    };
    await transport.ask(enrolment, 'invite', { body: { hash, role: 'owner', expires: Date.now() + 3_600_000 } });
    codes.push(code);
  }
  result['codes'] = codes;
} else if (order.verb === 'edit') {
  const all = edits(order.ranges ?? [], order.who ?? '');
  result['write'] = await timed(async () => {
    for (let from = 0; from < all.length; from += AT_A_TIME)
      await vault.commit({ kind: 'edit', changes: all.slice(from, from + AT_A_TIME) }, { actor: 'bench' });
  });
  if (!order.offline) result['push'] = await timed(round);
} else if (order.verb === 'week') {
  result['week'] = await timed(round);
  result['conflicts'] = (await vault.conflicts()).length;
} else {
  await store.begin(unwrap(decodeInvitation(order.code)), 'next');
  result['first'] = await timed(async () => {
    for (let report = await round(); !report.complete; report = await round());
  });
}
if (order.verb !== 'make') {
  const cpu = result['cpu'] ?? 0;
  // A search waits for the entries of everything that has come.
  result['indexed'] = await timed(() => vault.search({ text: 'zzz', limit: 1 }));
  result['cpu'] = cpu;
}
clearInterval(watch);
result['changes'] = (await vault.verify()).changes;
result['rssOverBase'] = peak - base;
await vault.close();
process.stdout.write(`${JSON.stringify(result)}\n`);

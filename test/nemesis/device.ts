/**
 * A device of a trial, in a process of its own: a vault, the application's sync service over HTTP, and a person who edits
 * and looks without end. Says on standard output, one JSON line each, what it is about to write, what was acknowledged and
 * what a look has shown; it may be killed at any moment. Argument: an `Order`. Answers lines on standard input.
 */
import { createInterface } from 'node:readline';
import * as Y from 'yjs';
import { createHttpTransport } from '../../electron/sync/http-transport.ts';
import { SyncService } from '../../electron/sync/service.ts';
import { syncStore } from '../../electron/sync/store.ts';
import { openVaultService } from '../../electron/vault/service.ts';
import type { DraftChange } from '../../shared/change/types.ts';
import type { HistoryEntry, RecordView } from '../../shared/ipc/contract.ts';
import { encodeBase64 } from '../../shared/text/base64.ts';
import { Chance } from '../simulation/world.ts';
import {
  type Asked,
  countOf,
  type DeviceState,
  MEETING,
  type Mark,
  type Order,
  type Said,
  SHARED,
  SHARED_FIELDS,
  registerOf,
  stateOf,
} from './history.ts';

const SECRET = 'nemesis';
const order = JSON.parse(process.argv[2] ?? '') as Order;
// Whole lines: a pipe takes a long one in parts, which `writeSync` leaves to the caller.
const say = (said: Said): void => void process.stdout.write(`${JSON.stringify(said)}\n`);

const vault = openVaultService({ dir: order.dir });
if ((await vault.status()).state === 'none') await vault.create({ passphrase: SECRET, recovery: false });
else await vault.open({ secret: SECRET });
const store = syncStore(vault);
const sync = new SyncService({
  vault,
  store,
  transport: createHttpTransport({ fetch }),
  actor: () => order.me,
  now: Date.now,
  random: Math.random,
  after: (millis, work) => {
    const timer = setTimeout(work, millis);
    return () => clearTimeout(timer);
  },
  online: () => true,
  publish: () => undefined,
  lock: async () => undefined,
  destroy: async () => undefined,
  warn: (what, error) => void process.stderr.write(`${order.me}: ${what} ${String(error)}\n`),
});
await sync.opened();

const chance = new Chance(order.seed);
const registers = order.all.map(registerOf);
/** Every register and what its writer had seen, at one moment. */
async function look(): Promise<Record<string, Mark>> {
  const found = await vault.records(registers);
  return Object.fromEntries(
    order.all.map((name) => {
      const record = found.find(({ id }) => id === registerOf(name));
      return [
        name,
        typeof record?.data['summary'] === 'string' ? (JSON.parse(record.data['summary']) as Mark) : { n: 0, seen: {} },
      ];
    }),
  );
}

let written = 0;
async function write(n: number): Promise<void> {
  const token = `${order.me}-${n}`;
  const shared = (field: string): DraftChange => ({ type: 'organisation', record: SHARED, field, value: token });
  let change: DraftChange;
  switch (chance.int(0, 4)) {
    case 0:
      change = shared(chance.pick(SHARED_FIELDS));
      break;
    case 1: {
      const doc = new Y.Doc();
      doc.getText('note').insert(0, `${token};`);
      change = { type: 'meeting', record: MEETING, field: 'body', value: encodeBase64(Y.encodeStateAsUpdate(doc)) };
      break;
    }
    case 2:
      change = { type: 'promise', record: token, field: '$new', value: { text: token, side: 'ours', status: 'open' } };
      break;
    default: {
      const seen = countOf(await look());
      const mark: Mark = { n, seen };
      change = { type: 'organisation', record: registerOf(order.me), field: 'summary', value: JSON.stringify(mark) };
      say({ kind: 'writes', n });
    }
  }
  await vault.commit({ kind: 'edit', changes: [change] }, { actor: order.me });
  say({ kind: 'kept', n, record: change.record, field: change.field });
  sync.committed();
}

let editing = false;
let turn: Promise<void> = Promise.resolve();
async function live(): Promise<void> {
  while (editing) {
    written += 1;
    await write(written);
    say({ kind: 'saw', marks: await look() });
    await new Promise((done) => setTimeout(done, chance.int(0, 2 * order.pause)));
  }
}

/** Everything that is to be the same everywhere, and what sync says of itself. */
async function state(): Promise<DeviceState> {
  const status = await sync.status();
  const records: RecordView[] = [];
  for (const type of ['organisation', 'meeting', 'promise'] as const) records.push(...(await vault.listAll(type)));
  const histories: Record<string, readonly HistoryEntry[]> = {};
  for (const id of [SHARED, MEETING, ...registers]) histories[id] = await vault.history(id);
  const { problems } = await vault.verify();
  return stateOf({ status, digest: await store.digest(), records, histories, problems });
}

const ANSWERS: { readonly [A in Asked['ask']]: (asked: Asked) => Promise<unknown> } = {
  join: async ({ code = '' }) => {
    await sync.enrol(code, order.me);
    return true;
  },
  invite: async () => (await sync.owner.invite('editor', 1)).code,
  // What a kill has cut off may have been kept: numbers go on behind everything that this device has ever begun.
  edit: async ({ from = 0 }) => {
    written = from;
    editing = true;
    turn = live();
    return true;
  },
  rest: async () => {
    editing = false;
    await turn;
    return true;
  },
  state,
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const asked = JSON.parse(line) as Asked;
  ANSWERS[asked.ask](asked).then(
    (value) => say({ kind: 'answer', id: asked.id, value }),
    (error: unknown) => say({ kind: 'answer', id: asked.id, error: String(error) }),
  );
});
say({ kind: 'ready' });

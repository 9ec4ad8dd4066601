// One Actual Budget device in a process of its own. `make`: writes rows and pushes them; `first`: first sync of another
// device; `edit`: edits the notes of rows, without a network when `offline`; `week`: pushes and pulls. Prints one JSON line.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as api from '@actual-app/api';

const {
  verb,
  dir,
  server,
  password,
  budget,
  rows = 0,
  ranges = [],
  who = '',
  offline = false,
} = JSON.parse(process.argv[2]);
// Writing goes on as if a server were there; nobody listens on this port.
const NOWHERE = 'http://127.0.0.1:1';
const log = console.log;
console.log = () => undefined;
console.info = console.log;
mkdirSync(dir, { recursive: true });
const base = process.memoryUsage.rss();
let peak = base;
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
const { send } = await api
  .init({ dataDir: dir, ...(offline ? { serverURL: NOWHERE } : { serverURL: server, password }) })
  .then((it) => it ?? api.internal);

const timed = async (work) => {
  const start = performance.now();
  const value = await work();
  return { value, ms: performance.now() - start };
};
async function write(count, from) {
  const [account] = await api.getAccounts();
  for (let done = 0; done < count; done += 500) {
    const batch = Array.from({ length: Math.min(500, count - done) }, (_, i) => ({
      date: `2026-0${1 + ((from + done + i) % 9)}-1${(from + done + i) % 10}`,
      amount: from + done + i,
      notes: `note ${from + done + i} of a row`,
      imported_id: `${from}-${done + i}`,
    }));
    await api.addTransactions(account.id, batch, { learnCategories: false, runTransfers: false });
  }
}
const localBudget = () => readdirSync(dir).find((name) => existsSync(join(dir, name, 'db.sqlite')));
async function ask(sql) {
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(join(dir, localBudget(), 'db.sqlite'), { readonly: true });
  const rows = db.prepare(sql).all();
  db.close();
  return rows;
}
const messages = async () => (await ask('SELECT count(*) AS n FROM messages_crdt'))[0].n;
/** Another text in one field of each row. */
async function edit() {
  const wanted = new Map();
  for (const [from, to] of ranges) for (let n = from; n < to; n += 1) wanted.set(n, `note ${n} of a row, by ${who}`);
  const updated = (await ask('SELECT id, notes FROM transactions')).flatMap(({ id, notes }) => {
    const text = wanted.get(Number(/^note (\d+) /.exec(notes ?? '')?.[1]));
    return text === undefined ? [] : [{ id, notes: text }];
  });
  if (updated.length !== wanted.size) throw new Error(`${updated.length} rows for ${wanted.size}`);
  for (let done = 0; done < updated.length; done += 500)
    await send('transactions-batch-update', {
      updated: updated.slice(done, done + 500),
      runTransfers: false,
      detectOrphanPayees: false,
    });
}

let result;
if (verb === 'make') {
  await api.runImport('bench', async () => {
    await api.createAccount({ name: 'account', type: 'checking' }, 0);
  });
  await send('upload-budget', {}).catch(() => undefined);
  const [file] = (await api.getBudgets()).filter((each) => each.groupId || each.cloudFileId);
  const written = await timed(() => write(rows, 0));
  const pushed = await timed(() => api.sync());
  result = { budget: file?.groupId, write: written.ms, push: pushed.ms };
} else if (verb === 'first') {
  const first = await timed(async () => {
    await api.downloadBudget(budget);
    await api.sync();
  });
  result = { first: first.ms };
} else {
  await api.loadBudget(localBudget());
  const before = await messages();
  if (verb === 'edit') {
    const written = await timed(edit);
    result = { write: written.ms };
    if (offline && (await messages()) === before) throw new Error('nothing was written for the next sync');
    // Its own sync may be on its way, or have timed out on a busy machine: this part is not what is measured.
    for (let attempt = 0; !offline && result.push === undefined; attempt += 1)
      try {
        result.push = (await timed(() => api.sync())).ms;
      } catch (error) {
        if (attempt === 4) throw error;
      }
  } else {
    const week = await timed(() => api.sync());
    result = { week: week.ms, came: (await messages()) - before };
  }
}
clearInterval(watch);
result.messages = await messages();
result.rssOverBase = peak - base;
await api.shutdown();
log(JSON.stringify(result));
process.exit(0);

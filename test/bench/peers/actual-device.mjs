// One Actual Budget device in a process of its own. `make`: writes rows and pushes them; `first`: first sync of another
// device; `add`: writes more rows without pushing (a week offline); `sync`: pushes and pulls. Prints one JSON line.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as api from '@actual-app/api';

const { verb, dir, server, password, budget, rows = 0, seed = 0 } = JSON.parse(process.argv[2]);
const log = console.log;
console.log = () => undefined;
console.info = console.log;
mkdirSync(dir, { recursive: true });
const base = process.memoryUsage.rss();
let peak = base;
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
const { send } = await api.init({ dataDir: dir, serverURL: server, password }).then((it) => it ?? api.internal);

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
const messages = async () => {
  const { default: Database } = await import('better-sqlite3');
  const id = (await api.getBudgets()).find((each) => each.id)?.id;
  const db = new Database(join(dir, id, 'db.sqlite'), { readonly: true });
  return db.prepare('SELECT count(*) AS n FROM messages_crdt').get().n;
};

let result;
if (verb === 'make') {
  await api.runImport('bench', async () => {
    await api.createAccount({ name: 'account', type: 'checking' }, 0);
  });
  await send('upload-budget', {}).catch(() => undefined);
  const [file] = (await api.getBudgets()).filter((each) => each.groupId || each.cloudFileId);
  const written = await timed(() => write(rows, seed));
  const pushed = await timed(() => api.sync());
  result = { budget: file?.groupId, write: written.ms, push: pushed.ms };
} else if (verb === 'first') {
  const first = await timed(async () => {
    await api.downloadBudget(budget);
    await api.sync();
  });
  result = { first: first.ms };
} else {
  await api.downloadBudget(budget);
  if (verb === 'add') {
    const written = await timed(() => write(rows, seed));
    result = { write: written.ms };
  } else result = {};
  const synced = await timed(() => api.sync());
  result.sync = synced.ms;
}
clearInterval(watch);
result.messages = await messages();
result.rssOverBase = peak - base;
await api.shutdown();
log(JSON.stringify(result));
process.exit(0);

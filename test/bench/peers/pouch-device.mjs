// One PouchDB device in a process of its own. `make`: writes documents and pushes them; `first`: first replication to
// another device; `edit`: edits documents, without a network when `offline`; `week`: replicates both ways. One JSON line.
import { mkdirSync } from 'node:fs';
import PouchDB from 'pouchdb-node';

const { verb, dir, server, docs = 0, fields = 7, ranges = [], who = '', offline = false } = JSON.parse(process.argv[2]);
mkdirSync(dir, { recursive: true });
const base = process.memoryUsage.rss();
let peak = base;
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
const local = new PouchDB(`${dir}/local`);
const remote = new PouchDB(`${server}/bench`);
const options = { batch_size: 1000, batches_limit: 10 };

async function write(count, from) {
  for (let done = 0; done < count; done += 1000) {
    await local.bulkDocs(
      Array.from({ length: Math.min(1000, count - done) }, (_, i) => {
        const n = from + done + i;
        const doc = { _id: `r-${n}` };
        for (let field = 0; field < fields; field += 1) doc[`field${field}`] = `value ${n} of field ${field}`;
        return doc;
      }),
    );
  }
}
/** Another text in one field of each document. */
async function edit() {
  for (const [from, to] of ranges)
    for (let done = from; done < to; done += 1000) {
      const keys = Array.from({ length: Math.min(1000, to - done) }, (_, i) => `r-${done + i}`);
      const { rows } = await local.allDocs({ keys, include_docs: true });
      await local.bulkDocs(rows.map(({ doc }) => ({ ...doc, field3: `note of ${doc._id}, by ${who}` })));
    }
}
const timed = async (work) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};
const result = {};
if (verb === 'make') {
  result.write = await timed(() => write(docs, 0));
  result.push = await timed(() => local.replicate.to(remote, options));
} else if (verb === 'first') {
  result.first = await timed(() => local.replicate.from(remote, options));
} else if (verb === 'edit') {
  result.write = await timed(edit);
  if (!offline) result.push = await timed(() => local.replicate.to(remote, options));
} else {
  result.week = await timed(() => local.sync(remote, options));
}
clearInterval(watch);
result.docs = (await local.info()).doc_count;
result.rssOverBase = peak - base;
await local.close();
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);

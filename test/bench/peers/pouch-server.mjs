// express-pouchdb over LevelDB on a loopback port. Prints "listening PORT".
import { mkdirSync } from 'node:fs';
import express from 'express';
import expressPouch from 'express-pouchdb';
import PouchDB from 'pouchdb-node';

const [dir] = process.argv.slice(2);
mkdirSync(dir, { recursive: true });
const app = express();
app.use(
  '/',
  expressPouch(PouchDB.defaults({ prefix: `${dir}/` }), {
    mode: 'minimumForPouchDB',
    inMemoryConfig: true,
    logPath: `${dir}/log.txt`,
  }),
);
const server = app.listen(0, '127.0.0.1', () => process.stdout.write(`listening ${server.address().port}\n`));

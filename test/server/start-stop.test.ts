/** The service as people run it: `npm run server`, asked to end; and started where it cannot work. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { root } from '../../build/tasks/shell.ts';
import { decodeInvitation } from '../../shared/sync/invitation-code.ts';
import { unwrap } from '../../shared/result.ts';
import { ask, enrolBody } from './support.ts';

const { DATABASE_URL: _, DATABASE_OWNER_URL: __, ...env } = process.env;
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'rapport-server-'));
  folders.push(made);
  return made;
};
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done(child.exitCode);
    else child.once('exit', done);
  });

interface Ran {
  readonly code: number | null;
  readonly stderr: string;
}

/** Runs the service itself on a folder; `said` resolves to what it printed once it matches. */
function service(data: string) {
  const child = spawn(process.execPath, [join(root, 'server/main.ts'), '--data', data, '--port', '0'], {
    cwd: root,
    env: { ...env, RAPPORT_LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  const said = (what: RegExp): Promise<string> =>
    new Promise((done, failed) => {
      const look = (): void => void (what.test(out) && done(out));
      child.stdout.on('data', look);
      child.once('exit', (code) => failed(new Error(`ended with ${code}: ${out}`)));
      look();
    });
  const stop = (): Promise<number | null> => {
    child.kill('SIGTERM');
    return ended(child);
  };
  return { said, stop };
}
const serverIn = (data: string): Promise<Ran> => run(['--data', data, '--port', '0']);
async function run(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const child = spawn(process.execPath, [join(root, 'server/main.ts'), ...args], {
    cwd: root,
    env: { ...env, ...more },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return { code: await ended(child), stderr };
}

describe('npm run server', () => {
  it('asked to end (SIGTERM) ends in order: streams are closed, PostgreSQL is down', async () => {
    const data = folder();
    const npm = spawn('npm', ['run', '-s', 'server', '--', '--data', data, '--port', '0'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    const code = await new Promise<string>((done, failed) => {
      npm.once('exit', (exit) => failed(new Error(`ended with ${exit}: ${out}`)));
      npm.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
        const found = /RPT1-\S+(?=\s)/.exec(out);
        if (found) done(found[0]);
      });
    });
    const { server, workspace, secret } = unwrap(decodeInvitation(code));
    const body = enrolBody(workspace, secret);
    expect((await ask(server, null, 'enrol', { body })).status).toBe(200);
    const stream = await fetch(`${server}/v1/events`, { headers: { authorization: `Bearer ${body.token}` } });
    expect(stream.status).toBe(200);
    const pidFile = join(data, 'postgres/postmaster.pid');
    expect(existsSync(pidFile)).toBe(true);
    npm.kill('SIGTERM');
    // The stream ends because the service closes it, and the answer is whole.
    await expect(stream.text()).resolves.toContain('event: head');
    await ended(npm);
    // npm itself may be quicker than what it started.
    await expect
      .poll(() => existsSync(pidFile) || existsSync(join(data, 'lock.json')), { timeout: 30_000 })
      .toBe(false);
    await expect(fetch(`${server}/healthz`)).rejects.toThrow(/fetch failed/);
  }, 180_000);

  it('passes the signal on by itself, and its code is the server’s', async () => {
    const data = folder();
    const run = spawn(process.execPath, [join(root, 'build/run.mjs'), 'server', '--data', data, '--port', '0'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((done, failed) => {
      run.once('exit', (exit) => failed(new Error(`ended with ${exit}`)));
      let out = '';
      run.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
        if (/RPT1-\S+\s/.test(out)) done();
      });
    });
    run.kill('SIGTERM');
    expect(await ended(run)).toBe(0);
    expect(existsSync(join(data, 'postgres/postmaster.pid'))).toBe(false);
    expect(alive(run.pid ?? 0)).toBe(false);
  }, 180_000);
});

describe('what was left behind', () => {
  const pidFile = (data: string): string => join(data, 'postgres/postmaster.pid');

  it('a start that is asked to end ends in order, and the next one goes on', async () => {
    const data = folder();
    const first = service(data);
    await expect.poll(() => existsSync(join(data, 'lock.json')), { timeout: 60_000, interval: 20 }).toBe(true);
    expect(await first.stop()).toBe(0);
    expect([existsSync(join(data, 'lock.json')), existsSync(pidFile(data))]).toEqual([false, false]);
    const second = service(data);
    await second.said(/RPT1-\S+\s/);
    expect(await second.stop()).toBe(0);
  }, 180_000);

  it('half a cluster of a start that was cut off is made anew', async () => {
    const data = folder();
    chmodSync(data, 0o755);
    mkdirSync(join(data, 'postgres.new-abcdef'));
    writeFileSync(join(data, 'postgres.new-abcdef/PG_VERSION'), '18\n');
    const next = service(data);
    await next.said(/RPT1-\S+\s/);
    expect(await next.stop()).toBe(0);
    expect(existsSync(join(data, 'postgres.new-abcdef'))).toBe(false);
  }, 180_000);

  it('process ids of before a power cut, which others have now, neither stop the start nor end the others', async () => {
    const data = folder();
    const before = service(data);
    await before.said(/RPT1-\S+\s/);
    expect(await before.stop()).toBe(0);
    const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
    try {
      writeFileSync(join(data, 'lock.json'), JSON.stringify({ pid: other.pid, service: true, birth: 'another one' }));
      writeFileSync(pidFile(data), `${other.pid}\n${join(data, 'postgres')}\n1700000000\n5432\n\n127.0.0.1\n`);
      const after = service(data);
      await after.said(/Rapport sync: /);
      expect(other.exitCode ?? other.signalCode).toBeNull();
      expect(readFileSync(pidFile(data), 'utf8').split('\n')[0]).not.toBe(String(other.pid));
      expect(await after.stop()).toBe(0);
    } finally {
      other.kill();
    }
  }, 180_000);

  it('a cluster that PostgreSQL does not start on is named with PostgreSQL’s words', async () => {
    const data = folder();
    const before = service(data);
    await before.said(/RPT1-\S+\s/);
    expect(await before.stop()).toBe(0);
    rmSync(join(data, 'postgres/global/pg_control'));
    const { code, stderr } = await serverIn(data);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^server: PostgreSQL did not start: could not find the database system.*postgres\.log/m);
  }, 180_000);
});

describe('settings that cannot be meant', () => {
  it('are named: an address whose password was not escaped, a level of the log that there is not', async () => {
    const address = await run([], { DATABASE_URL: 'postgres://rapport_service:a#b/c@db.example.org/rapport' });
    expect([address.code, address.stderr]).toEqual([2, expect.stringMatching(/^server: DATABASE_URL is no postgres:/)]);
    expect(address.stderr).not.toContain('a#b');
    const level = await run([], { RAPPORT_LOG_LEVEL: 'verbose' });
    expect([level.code, level.stderr]).toEqual([
      2,
      expect.stringMatching(/^server: RAPPORT_LOG_LEVEL is one of .*debug/),
    ]);
  });
});

describe('a folder that cannot hold the data', () => {
  const sentence = (stderr: string): void => {
    expect(stderr).toMatch(/^server: .*--data/m);
    // Neither the program's own output nor a stack.
    expect(stderr).not.toMatch(/initdb|HINT|hint:|\n\s+at /);
  };

  it('is named when its way is closed to PostgreSQL’s user, or to us', async () => {
    const above = folder();
    const closed = join(above, 'closed');
    mkdirSync(closed);
    // Root passes everywhere, PostgreSQL's own user does not; anybody else is stopped at the door.
    chmodSync(closed, process.getuid?.() === 0 ? 0o700 : 0o000);
    chmodSync(above, 0o755);
    const { code, stderr } = await serverIn(join(closed, 'data'));
    chmodSync(closed, 0o700);
    expect(code).toBe(1);
    sentence(stderr);
    expect(stderr).toContain(closed);
    expect(existsSync(join(closed, 'data/postgres'))).toBe(false);
  });

  it('is named when a part of its path is a file', async () => {
    const above = folder();
    writeFileSync(join(above, 'file'), '');
    const { code, stderr } = await serverIn(join(above, 'file/data'));
    expect(code).toBe(1);
    sentence(stderr);
  });

  it('is named with PostgreSQL’s reason when that cannot make its files', async () => {
    const data = folder();
    chmodSync(data, 0o755);
    // Something else lies where the cluster would be made.
    mkdirSync(join(data, 'postgres'));
    writeFileSync(join(data, 'postgres/notes.txt'), 'mine');
    const { code, stderr } = await serverIn(data);
    expect(code).toBe(1);
    sentence(stderr);
    expect(stderr).toContain('not empty');
    // What lay there before stays.
    expect(existsSync(join(data, 'postgres/notes.txt'))).toBe(true);
  });
});

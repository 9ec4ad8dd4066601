import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Vault } from '../../electron/vault/vault.ts';
import { docText } from '../../shared/change/doc-text.ts';

const KILLS = 200;
/** Vaults edited at the same time. */
const LANES = 2;
const KEY = new Uint8Array(32).fill(7);
const CANARIES = Array.from(
  { length: 20 },
  (_, i) => `канарейка${(i + 1) * 7919}canary${String.fromCharCode(97 + i).repeat(6)}`,
);
const editor = new URL('./editor.ts', import.meta.url).pathname;
/** Longest life of an editor, in milliseconds. */
const LIFE = 90;
const dirs: string[] = [];
const newDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'rapport-kill-'));
  dirs.push(dir);
  return dir;
};
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

// Two hundred starts: without it each would translate the sources anew. It is written when a process ends by itself.
const compileCache = newDir();
beforeAll(() => {
  const vault = new URL('../../electron/vault/vault.ts', import.meta.url).href;
  execFileSync(process.execPath, ['--input-type=module', '-e', `await import(${JSON.stringify(vault)})`], {
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  });
});

/** Canaries that can be read in any file below a folder. */
function readable(dir: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const content = readFileSync(join(entry.parentPath, entry.name));
    for (const canary of CANARIES) {
      const forms = [
        Buffer.from(canary, 'utf8'),
        Buffer.from(canary, 'utf16le'),
        Buffer.from(canary, 'utf16le').swap16(),
        Buffer.from(canary.slice(-15), 'latin1'),
      ];
      if (forms.some((form) => content.includes(form))) found.push(`${entry.name}: ${canary}`);
    }
  }
  return found;
}

/** Pseudo-random numbers in [0, 1), the same in every run (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Starts the editor and kills it after `life` milliseconds of editing (negative: before it has opened the vault). Returns what it acknowledged. */
function editAndKill(file: string, from: number, life: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [editor, file, String(from), JSON.stringify(CANARIES)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    });
    let out = '';
    let errors = '';
    let killed = false;
    const kill = (): void => {
      killed = true;
      child.kill('SIGKILL');
    };
    if (life < 0) setTimeout(kill, 60 - life);
    child.stdout.on('data', (data: Buffer) => {
      if (out === '' && life >= 0) setTimeout(kill, life);
      out += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.on('close', () => {
      if (!killed) reject(new Error(`the editor ended by itself: ${errors}`));
      // A line cut off by the kill was not received whole, hence not acknowledged.
      else
        resolve(
          out
            .slice(0, out.lastIndexOf('\n') + 1)
            .split('\n')
            .filter(Boolean),
        );
    });
  });
}

/** Opens the vault after a kill and looks for everything that was ever acknowledged. Returns what is not there. */
function missing(file: string, acknowledged: ReadonlyMap<string, readonly number[]>): string[] {
  const vault = Vault.open({ file, key: KEY, keyProven: true });
  try {
    const lost: string[] = [];
    const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
    const body = docText(textOf(vault.record('m')?.data.body));
    for (const [record, numbers] of acknowledged) {
      if (record === 'm') {
        lost.push(...numbers.filter((n) => !body.includes(` ${n};`)).map((n) => `note ${n}`));
        continue;
      }
      const { data } = vault.record(record) ?? { data: undefined };
      const shown = Number(textOf(data?.summary ?? data?.name).split(' ')[1] ?? Number.NaN);
      // A later edit may have been saved without its acknowledgement having been read.
      if (!(shown >= (numbers.at(-1) as number))) lost.push(`${record} ${numbers.at(-1)}`);
    }
    return lost;
  } finally {
    vault.close();
  }
}

async function lane(seed: number, kills: number): Promise<{ dir: string; acknowledged: number }> {
  const dir = newDir();
  const file = join(dir, 'vault.db');
  Vault.create({ file, key: KEY }).close();
  const next = random(seed);
  const acknowledged = new Map<string, number[]>();
  let n = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const life = next() * (LIFE + 10) - 10;
    for (const line of await editAndKill(file, n + 1, life)) {
      const [record = '', number = '0'] = line.split(' ');
      if (record === 'open') continue;
      n = Math.max(n, Number(number));
      acknowledged.set(record, [...(acknowledged.get(record) ?? []), Number(number)]);
    }
    // An edit that was saved but not acknowledged must not be made a second time under the same number.
    n += 10;
    expect(kill % 10 === 0 ? readable(dir) : []).toEqual([]);
    expect(missing(file, acknowledged)).toEqual([]);
  }
  const vault = Vault.open({ file, key: KEY, keyProven: true });
  expect(vault.verify()).toMatchObject({ ok: true, problems: [] });
  expect(vault.search({ text: CANARIES[3] as string, limit: 5 }).length).toBeGreaterThan(0);
  vault.close();
  return { dir, acknowledged: [...acknowledged.values()].flat().length };
}

describe('kill -9 at random moments', () => {
  it(`loses nothing that was acknowledged in ${KILLS} kills, and leaves nothing readable on the disk`, {
    timeout: 900_000,
  }, async () => {
    const lanes = await Promise.all(Array.from({ length: LANES }, (_, i) => lane(i + 1, KILLS / LANES)));
    for (const { dir, acknowledged } of lanes) {
      // Otherwise most kills came too early to prove anything.
      expect(acknowledged).toBeGreaterThan(KILLS / LANES / 2);
      expect(readable(dir)).toEqual([]);
    }
  });

  it('would have seen plain text', () => {
    const dir = newDir();
    writeFileSync(
      join(dir, 'leak.log'),
      Buffer.concat([Buffer.from([1, 2]), Buffer.from(CANARIES[7] as string, 'utf16le')]),
    );
    expect(readable(dir)).toEqual([`leak.log: ${CANARIES[7]}`]);
  });
});

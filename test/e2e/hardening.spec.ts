import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  firstRun,
  goTo,
  importFile,
  inside,
  type Journey,
  PLACES,
  saveSummaryPdf,
  unlock,
  writeMeetingNote,
} from '../../build/driver/journey.ts';
import { answerDialogs } from '../../build/driver/launch.ts';
import { messyContacts, messyFile } from '../../build/driver/messy-file.ts';
import { CHANNELS, type ChannelName } from '../../shared/ipc/contract.ts';
import { CHANNEL_NAMES } from '../../shared/ipc/names.ts';
import { expect, PASSPHRASE, test } from './support.ts';

declare global {
  var __violations: string[] | undefined;
  var __opened: string[] | undefined;
  var __popup: Window | null | undefined;
}

test('the page has the bridge and nothing of Node', async ({ start }) => {
  const { page } = await start();
  const found = await page.evaluate(() => ({
    globals: ['require', 'process', 'module', 'Buffer', 'global', 'electron', '__dirname'].filter(
      (name) => name in window,
    ),
    bridge: Object.keys(window.rapport).sort(),
    frozen: Object.isFrozen(window.rapport) || !Reflect.set(window.rapport, 'app:quit', null),
    isolated: typeof (window as unknown as { ipcRenderer?: unknown }).ipcRenderer,
  }));
  expect(found.globals).toEqual([]);
  expect(found.bridge).toEqual([...CHANNEL_NAMES, 'flushed', 'subscribe'].sort());
  expect(found.isolated).toBe('undefined');
});

test('the page cannot leave, open windows, ask for permissions, run strings or reach a network', async ({ start }) => {
  const { page, running } = await start();
  await running.app.evaluate(({ shell }) => {
    globalThis.__opened = [];
    shell.openExternal = (async (url: string) => void globalThis.__opened?.push(url)) as typeof shell.openExternal;
  });
  const opened = (): Promise<readonly string[]> => running.app.evaluate(() => globalThis.__opened ?? []);
  const home = page.url();

  await page.evaluate(() => {
    globalThis.__popup = window.open('https://example.com/window');
  });
  await expect.poll(() => page.evaluate(() => globalThis.__popup?.closed ?? true)).toBe(true);
  await page.evaluate(() => void (location.href = 'https://example.com/away'));
  await page.evaluate(() => void (location.href = 'file:///etc/passwd')).catch(() => undefined);
  await expect.poll(opened).toEqual(expect.arrayContaining(['https://example.com/window', 'https://example.com/away']));
  expect((await opened()).some((url) => url.startsWith('file:'))).toBe(false);
  expect(page.url()).toBe(home);
  await expect.poll(() => running.app.windows().length).toBe(1);

  const refused = await page.evaluate(async () => {
    const outcome = async (work: () => unknown): Promise<string> => {
      try {
        return String(await work());
      } catch (error) {
        return error instanceof Error ? `refused: ${error.name}` : 'refused';
      }
    };
    const script = document.createElement('script');
    script.textContent = 'window.__inline = true';
    document.head.append(script);
    return {
      notification: await outcome(() => Notification.requestPermission()),
      geolocation: await outcome(
        () =>
          new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, () => fail(new Error('denied')))),
      ),
      camera: await outcome(() => navigator.mediaDevices.getUserMedia({ video: true })),
      // oxlint-disable-next-line no-new-func -- the policy must refuse it
      strings: await outcome(() => new Function('return 1')()),
      fetched: await outcome(() => fetch('https://example.com/')),
      socket: await outcome(
        () =>
          new Promise((done, fail) => {
            const socket = new WebSocket('wss://example.com/');
            socket.onopen = done;
            socket.onerror = () => fail(new Error('closed'));
          }),
      ),
      inline: String('__inline' in window),
    };
  });
  expect(refused.notification).toBe('denied');
  for (const what of ['geolocation', 'camera', 'strings', 'fetched', 'socket'] as const) {
    expect.soft(refused[what], what).toMatch(/^refused/);
  }
  expect(refused.inline).toBe('false');
});

/** Remote ends of the TCP connections of a process and its children, by Linux's own tables; loopback left out. */
function connections(root: number): readonly string[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // Ended meanwhile.
    }
  }
  const family = new Set([root]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [pid, parent] of parents) {
      if (family.has(parent) && !family.has(pid)) grown = Boolean(family.add(pid));
    }
  }
  const inodes = new Set<string>();
  for (const pid of family) {
    try {
      for (const fd of readdirSync(`/proc/${pid}/fd`)) {
        const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
        if (inode) inodes.add(inode);
      }
    } catch {
      // Ended meanwhile.
    }
  }
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => inodes.has(fields[9] ?? '') && fields[3] !== '0A')
      .map((fields) => fields[2] ?? '')
      // 127.0.0.1 and ::1 (also as a mapped address), in the byte order of these tables.
      .filter((remote) => !/^(0100007F|0{24}01000000|0{16}FFFF00000100007F):/.test(remote)),
  );
}

test('over the whole journey the policy is never broken and nothing leaves the machine', async ({ folder, start }) => {
  const journey = await start();
  const { page, running } = journey;
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.addInitScript(() => {
    globalThis.__violations = [];
    addEventListener('securitypolicyviolation', (event) =>
      globalThis.__violations?.push(
        `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
      ),
    );
  });
  await page.reload();
  const origin = new URL(page.url()).origin;
  const seen: string[] = [];
  const look = (): void =>
    void seen.push(...(process.platform === 'linux' ? connections(running.app.process().pid ?? 0) : []));

  const table = join(folder, 'contacts.csv');
  writeFileSync(table, messyFile(messyContacts(20)));
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'import' });
  await importFile(journey, table);
  look();
  for (const place of PLACES) await goTo(journey, place);
  await goTo(journey, 'people');
  await writeMeetingNote(journey, {
    title: 'Встреча',
    theirs: [messyContacts(1)[0]?.name ?? ''],
    ours: [],
    agenda: ['Вопрос'],
    note: [{ text: 'Смотрите https://example.com/ и почту a@example.com ', visibility: 'client' }],
    decisions: [{ text: 'Решили', visibility: 'client' }],
    actions: ['Сделать до 10.12'],
  });
  await saveSummaryPdf(journey, join(folder, 'summary.pdf'), async () => look());
  look();
  expect(await page.evaluate(() => globalThis.__violations)).toEqual([]);
  expect(errors).toEqual([]);
  expect(seen).toEqual([]);
  expect(asked.filter((url) => !url.startsWith(origin) && !/^(data|blob|about):/.test(url))).toEqual([]);
});

/** Values of every kind, some of them sensible in places where they are not. */
const NONSENSE: readonly unknown[] = [
  0,
  -1,
  1.5,
  2 ** 53,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  true,
  '',
  'x',
  '../../etc/passwd',
  '\u0000',
  'х'.repeat(100_000),
  [],
  [[]],
  [null],
  {},
  { id: 1 },
  { id: '' },
  { id: 'x'.repeat(1000) },
  { id: null },
  { text: {}, limit: 'many' },
  { text: 'x', limit: -5 },
  { text: '"*NEAR(', limit: 10 },
  { kind: 'edit', changes: [] },
  { kind: 'nothing', changes: [{}] },
  { kind: 'edit', changes: [{ type: 'organisation', record: 'r', field: '__proto__', value: { a: 1 } }] },
  { kind: 'edit', changes: [{ type: 'meeting', record: 'r', field: 'body', value: 'not base64!' }] },
  { kind: 'edit', changes: [{ type: 'nobody', record: 'r', field: 'constructor', value: [] }] },
  { table: 'sqlite_master', limit: 10 },
  { table: 'people', limit: 10 ** 9 },
  { table: 'people', limit: 10, after: "'; drop table changes; --" },
  { session: 'none' },
  { session: 'none', from: -1, limit: 0 },
  { session: 'none', mapping: [{ index: -1, field: 'x' }], policy: 'fill' },
  { session: 'none', mapping: [], policy: 'fill' },
  { session: 'none', options: { encoding: '🙂' } },
  { name: 'x.csv', bytes: 'text' },
  { name: 'x.xlsx', bytes: new Uint8Array(100) },
  { token: '../x' },
  { meeting: 'none', language: 'ru', layout: 'standard' },
  { meeting: 'none', language: 'xx', layout: 'standard' },
  { passphrase: 'short' },
  { passphrase: 5, recovery: 'yes' },
  { language: 'fr' },
  { theme: 'pink', autoLockMinutes: -1 },
  { secret: 'wrong' },
  { secret: {} },
  { batch: 'none' },
  { ids: Array.from({ length: 501 }, String) },
  { ids: ['none'] },
  { organisation: 'none', limit: 10 },
  { type: 'person', name: '' },
  { type: 'table', name: 'x' },
  new Date(0),
  new Map([[1, 2]]),
  new Uint8Array(10),
];
/** Without input these do what they are for: end the application, lock the vault, make or change things. */
const ACTS_WITHOUT_INPUT: ReadonlySet<ChannelName> = new Set([
  'app:quit',
  'vault:lock',
  'vault:recovery',
  'sample:remove',
]);

async function answers(page: Page, channel: ChannelName, inputs: readonly unknown[]): Promise<readonly unknown[]> {
  return page.evaluate(
    async ({ name, values }) => {
      const call = (window.rapport as unknown as Record<string, (input: unknown) => Promise<unknown>>)[name];
      const results: unknown[] = [];
      for (const value of values) {
        try {
          const result = (await call?.(value)) as { ok: boolean; error?: { code: string } };
          results.push(result.ok === true ? 'ok' : (result.error?.code ?? result));
        } catch (error) {
          results.push(`threw ${String(error)}`);
        }
      }
      return results;
    },
    { name: channel, values: [...inputs] },
  );
}

for (const state of ['locked', 'open'] as const) {
  test(`every channel answers nonsense with a typed error, ${state}, and the application goes on`, async ({
    start,
  }) => {
    test.setTimeout(240_000);
    const journey: Journey = await start();
    const { page, running } = journey;
    await firstRun(journey, { passphrase: PASSPHRASE, begin: 'empty' });
    await answerDialogs(running.app, []);
    if (state === 'locked') await page.evaluate(() => window.rapport['vault:lock'](undefined));
    for (const channel of CHANNEL_NAMES) {
      const inputs = ACTS_WITHOUT_INPUT.has(channel) ? NONSENSE : [undefined, null, ...NONSENSE];
      const refusals = inputs.filter((input) => !CHANNELS[channel].input.safeParse(input ?? undefined).success);
      const codes = await answers(page, channel, inputs);
      expect.soft(codes, channel).toHaveLength(inputs.length);
      for (const [i, code] of codes.entries()) {
        expect
          .soft(code, `${channel} with ${JSON.stringify(inputs[i])?.slice(0, 80)}`)
          .toMatch(/^(ok|[a-z]+\.[A-Za-z]+)$/u);
        expect.soft(code, `${channel} with ${JSON.stringify(inputs[i])?.slice(0, 80)}`).not.toBe('app.unexpected');
      }
      expect
        .soft(codes.filter((code) => code === 'app.invalidInput').length, channel)
        .toBeGreaterThanOrEqual(refusals.length);
      expect.soft(refusals.length, channel).toBeGreaterThan(15);
    }
    // Some nonsense is valid input of some channel: the vault may have been locked or the language changed by it.
    await page.evaluate(() => window.rapport['app:settings']({ language: 'ru' }));
    await page.evaluate(() => window.rapport['vault:lock'](undefined));
    await unlock(journey, PASSPHRASE);
    await inside(journey);
    expect(await page.evaluate(() => window.rapport['vault:verify'](undefined))).toEqual({
      ok: true,
      value: { ok: true, problems: [] },
    });
  });
}

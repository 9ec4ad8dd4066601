/** `rapport sync` against the protocol's model over HTTP. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { syncStore } from '../../electron/sync/store.ts';
import { openVaultService } from '../../electron/vault/service.ts';
import type { Role } from '../../shared/sync/shapes.ts';
import { encodeInvitation } from '../../shared/sync/invitation-code.ts';
import { type HttpModel, httpModel } from '../unit/sync/http-model.ts';
import { folder, MAIN, PASSPHRASE, rapport } from './support.ts';

let http: HttpModel;
beforeEach(async () => {
  http = await httpModel();
});
afterEach(() => http.close());

/** The owner's device as the server knows it. */
async function deviceOf(dir: string): Promise<string> {
  const vault = openVaultService({ dir });
  await vault.open({ secret: PASSPHRASE });
  const memory = await syncStore(vault).memory();
  await vault.close();
  return memory?.enrolment.device ?? '';
}

const ME = { actor: 'tester' };
const id = (): string => randomBytes(16).toString('base64url');
const workspace = id();
const key = { epoch: 1, bytes: new Uint8Array(randomBytes(32)) };
function code(role: Role = 'owner'): string {
  const secret = id();
  http.model.invite(secret, role);
  return encodeInvitation({ server: http.server, workspace, secret, key });
}

// Each command derives a key with argon2id in a process of its own.
describe('rapport sync', { timeout: 300_000 }, () => {
  it('joins, sends an import, and brings it to a second vault', async () => {
    const dir = folder();
    const [a, b] = [join(dir, 'a'), join(dir, 'b')];
    writeFileSync(
      join(dir, 'list.csv'),
      'Фамилия;Имя;Телефон\nЁлкин;Пётр;+7 916 123-45-67\nИванова;Анна;+7 916 000-00-01\n',
    );
    expect((await rapport(['import', join(dir, 'list.csv'), '--vault', a])).code).toBe(0);
    const first = await rapport(['sync', '--invite', code(), '--vault', a, '--json']);
    expect(first.stderr).toBe('');
    expect(first.json()).toMatchObject({ complete: true, waiting: 0, refused: 0, setAside: 0 });
    const second = await rapport(['sync', '--invite', code(), '--vault', b, '--json']);
    expect(second.json()).toMatchObject({ received: http.model.backup().changes, sent: 0, complete: true });
    const people = await rapport(['list', 'people', '--vault', b, '--json']);
    expect(
      people
        .json<{ name: { family: string } }[]>()
        .map(({ name }) => name.family)
        .sort(),
    ).toEqual(['Ёлкин', 'Иванова']);
    const again = await rapport(['sync', '--vault', b, '--json']);
    expect(again.json()).toMatchObject({ received: 0, sent: 0 });
    expect((await rapport(['verify', '--vault', b, '--json'])).json()).toMatchObject({ ok: true });
  });

  it('moves contents of attachments, and counts them', async () => {
    const dir = folder();
    const [a, b] = [join(dir, 'a'), join(dir, 'b')];
    expect((await rapport(['sync', '--invite', code(), '--vault', a, '--json'])).code).toBe(0);
    const content = randomBytes(1_500_000);
    const mine = openVaultService({ dir: a });
    await mine.open({ secret: PASSPHRASE });
    const { hash, bytes } = await mine.keepAttachment(content);
    const value = { name: 'Ромашка', 'attachments/a': { name: 'договор.pdf', hash, bytes, order: 1 } };
    await mine.commit({ kind: 'edit', changes: [{ type: 'organisation', record: 'o', field: '$new', value }] }, ME);
    await mine.close();
    const none = { sent: 0, received: 0, waiting: 0, unsent: 0, elsewhere: 0, refused: 0 };
    const sent = await rapport(['sync', '--vault', a, '--json']);
    expect(sent.json()).toMatchObject({ files: { ...none, sent: 1 } });
    const received = await rapport(['sync', '--invite', code(), '--vault', b, '--json']);
    expect(received.json()).toMatchObject({ files: { ...none, received: 1 } });
    const theirs = openVaultService({ dir: b });
    await theirs.open({ secret: PASSPHRASE });
    expect(Buffer.from((await theirs.attachment(hash)) ?? []).equals(content)).toBe(true);
    await theirs.close();
    expect((await rapport(['sync', '--vault', b, '--json'])).json()).toMatchObject({ files: none });
  });

  it('says in words why it does not', async () => {
    const dir = folder();
    const vault = join(dir, 'v');
    const wrong = await rapport(['sync', '--invite', 'RPT1-AAAAA', '--vault', vault, '--json']);
    expect(wrong).toMatchObject({ code: 1 });
    expect(wrong.json()).toMatchObject({ error: { code: 'sync.codeMistyped' } });
    const unknown = encodeInvitation({ server: http.server, workspace, secret: id(), key });
    const refused = await rapport(['sync', '--invite', unknown, '--vault', vault, '--json']);
    expect(refused.json()).toMatchObject({ error: { code: 'sync.invitationUnknown' } });
    expect(refused.stderr).toContain('The server does not know this invitation');
    const plain = code();
    await http.close();
    const away = await rapport(['sync', '--invite', plain, '--vault', vault, '--json']);
    expect(away.json()).toMatchObject({ error: { code: 'sync.unreachable' } });
    http = await httpModel();
  });

  it('SYNC-ENROL-3: an answer that was lost or a download that broke does not cost the invitation', async () => {
    const dir = folder();
    const [a, b] = [join(dir, 'a'), join(dir, 'b')];
    writeFileSync(join(dir, 'list.csv'), 'Фамилия;Имя\nЁлкин;Пётр\n');
    await rapport(['import', join(dir, 'list.csv'), '--vault', a]);
    await rapport(['sync', '--invite', code(), '--vault', a]);
    const given = code();
    // The server does what it was asked, and nobody hears of it.
    http.intercept = (_request, response) => {
      response.writeHead = () => response.destroy();
      response.end = () => response.destroy();
      return false;
    };
    const lost = await rapport(['sync', '--invite', given, '--vault', b, '--json']);
    expect([lost.code, lost.json()]).toMatchObject([1, { error: { code: 'sync.unreachable' } }]);
    http.intercept = (request, response) => {
      if (!request.url?.startsWith('/v1/state')) return false;
      response.destroy();
      return true;
    };
    const broken = await rapport(['sync', '--invite', given, '--vault', b, '--json']);
    expect([broken.code, broken.json()]).toMatchObject([1, { error: { code: 'sync.unreachable' } }]);
    http.intercept = () => false;
    const done = await rapport(['sync', '--vault', b, '--json']);
    expect(done.json()).toMatchObject({ complete: true, received: http.model.backup().changes });
  });

  it('leaves no vault behind when the server refuses the invitation', async () => {
    const vault = join(folder(), 'v');
    const unknown = encodeInvitation({ server: http.server, workspace, secret: id(), key });
    expect((await rapport(['sync', '--invite', unknown, '--vault', vault])).code).toBe(1);
    expect(existsSync(vault)).toBe(false);
  });

  it('comes back with a new code after its access had ended, with all that it has', async () => {
    const dir = folder();
    const vault = join(dir, 'v');
    writeFileSync(join(dir, 'list.csv'), 'Фамилия;Имя\nЁлкин;Пётр\n');
    await rapport(['import', join(dir, 'list.csv'), '--vault', vault]);
    await rapport(['sync', '--invite', code(), '--vault', vault]);
    http.model.revoke(await deviceOf(vault), false);
    for (let time = 0; time < 2; time += 1) {
      const ended = await rapport(['sync', '--vault', vault, '--json']);
      expect([ended.code, ended.json()]).toMatchObject([1, { error: { code: 'sync.revoked' } }]);
    }
    const back = await rapport(['sync', '--invite', code(), '--vault', vault, '--json']);
    expect([back.code, back.json()]).toMatchObject([0, { complete: true, waiting: 0, refused: 0 }]);
    const people = await rapport(['list', 'people', '--vault', vault, '--json']);
    expect(people.json<unknown[]>()).toHaveLength(1);
  });

  it('SYNC-REVOKE-1: told to wipe, destroys the vault and says so', async () => {
    const vault = join(folder(), 'v');
    await rapport(['sync', '--invite', code(), '--vault', vault]);
    http.model.revoke(await deviceOf(vault), true);
    http.seen.length = 0;
    const wiped = await rapport(['sync', '--vault', vault, '--json']);
    expect([wiped.code, wiped.json()]).toMatchObject([1, { error: { code: 'sync.wiped' } }]);
    expect(existsSync(vault)).toBe(false);
    expect(http.seen).toEqual(['GET /v1/status', 'GET /v1/status']);
  });

  it('says in both languages why something waits', async () => {
    const dir = folder();
    const vault = join(dir, 'v');
    writeFileSync(join(dir, 'list.csv'), 'Фамилия;Имя\nЁлкин;Пётр\n');
    await rapport(['sync', '--invite', code('reader'), '--vault', vault]);
    await rapport(['import', join(dir, 'list.csv'), '--vault', vault]);
    for (const [language, words] of [
      ['ru', 'rapport: 2 · У вас право только на чтение.'],
      ['en', 'rapport: 2 · You may read only.'],
    ] as const) {
      const run = await rapport(['sync', '--vault', vault], { RAPPORT_LANGUAGE: language });
      expect(run.stderr).toContain(words);
      expect(run.code).toBe(3);
      expect(run.json()).toMatchObject({ refused: 2, reasons: { refused: { readOnly: 2 }, setAside: {} } });
    }
  });

  it('SYNC-CLI-1: tells scripts by its exit code that not everything went through', async () => {
    const dir = folder();
    const [a, b, reader] = [join(dir, 'a'), join(dir, 'b'), join(dir, 'reader')];
    writeFileSync(join(dir, 'list.csv'), 'Фамилия;Имя\nЁлкин;Пётр\n');
    expect((await rapport(['sync', '--invite', code(), '--vault', a])).code).toBe(0);
    // Whoever holds another key than the workspace's sends what nobody can open.
    const secret = id();
    http.model.invite(secret, 'editor');
    const other = { epoch: 1, bytes: new Uint8Array(randomBytes(32)) };
    await rapport(['import', join(dir, 'list.csv'), '--vault', b]);
    const strange = encodeInvitation({ server: http.server, workspace, secret, key: other });
    expect((await rapport(['sync', '--invite', strange, '--vault', b])).code).toBe(0);
    const aside = await rapport(['sync', '--vault', a, '--json']);
    expect(aside.json()).toMatchObject({ setAside: 2, reasons: { refused: {}, setAside: { box: 2 } } });
    expect(aside.stderr).toContain('rapport: 2 · The workspace’s key does not open it');
    expect(aside.code).toBe(3);
    // It stays so until somebody has seen to it.
    expect((await rapport(['sync', '--vault', a])).code).toBe(3);

    const role = id();
    http.model.invite(role, 'reader');
    const reading = encodeInvitation({ server: http.server, workspace, secret: role, key: other });
    expect((await rapport(['sync', '--invite', reading, '--vault', reader])).code).toBe(0);
    writeFileSync(join(dir, 'list.csv'), 'Фамилия;Имя\nСмирнова;Вера\n');
    await rapport(['import', join(dir, 'list.csv'), '--vault', reader]);
    expect((await rapport(['sync', '--vault', reader])).code).toBe(3);
    http.model.setRole(await deviceOf(reader), 'editor');
    const sent = await rapport(['sync', '--vault', reader, '--json']);
    expect([sent.code, sent.stderr, sent.json()]).toMatchObject([0, '', { sent: 2, refused: 0 }]);
    expect((await rapport(['help'])).stdout).toContain('3 exchanged, but not everything went through');
  });

  describe('two at once on one new folder', () => {
    /** Holds requests to join, which are answered then unless `lost`; resolves once the first has arrived. */
    function holdEnrolment(until: Promise<unknown>, lost = false): Promise<void> {
      return new Promise((arrived) => {
        http.intercept = async (request) => {
          if (request.url !== '/v1/enrol') return false;
          arrived();
          await until;
          return lost;
        };
      });
    }

    it('SYNC-CLI-2: one joins, the other is told that the vault is in use, and nothing half-made stays', async () => {
      for (let time = 0; time < 2; time += 1) {
        const vault = join(folder(), 'v');
        const codes = [code(), code()];
        // The one that joins is held at the server until the other has ended.
        let over = (): void => undefined;
        void holdEnrolment(new Promise<void>((done) => (over = done)));
        const runs = codes.map((each) => rapport(['sync', '--invite', each, '--vault', vault, '--json']));
        const first = await Promise.race(runs.map(async (run, i) => ({ i, run: await run })));
        over();
        const winner = await runs[1 - first.i];
        http.intercept = () => false;
        expect([first.run.code, first.run.json()]).toMatchObject([1, { error: { code: 'vault.busy' } }]);
        expect(first.run.stderr).toContain('Another program is using the vault.');
        expect([winner?.code, winner?.stderr]).toEqual([0, '']);
        expect(readdirSync(vault).sort()).toEqual(['vault.db', 'vault.key.json']);
        expect((await rapport(['verify', '--vault', vault, '--json'])).json()).toMatchObject({ ok: true });
        expect((await rapport(['sync', '--vault', vault, '--json'])).json()).toMatchObject({ complete: true });
        // The other's invitation was not used up.
        const elsewhere = await rapport(['sync', '--invite', codes[first.i] ?? '', '--vault', join(folder(), 'v')]);
        expect(elsewhere.code).toBe(0);
      }
    });

    it('SYNC-CLI-2: one code of both is used once', async () => {
      const vault = join(folder(), 'v');
      const given = code();
      let over = (): void => undefined;
      void holdEnrolment(new Promise<void>((done) => (over = done)));
      const runs = [0, 1].map(() => rapport(['sync', '--invite', given, '--vault', vault, '--json']));
      const first = await Promise.race(runs);
      over();
      const codes = (await Promise.all(runs)).map((run) => run.code).sort((a, b) => a - b);
      expect([first.json(), codes]).toMatchObject([{ error: { code: 'vault.busy' } }, [0, 1]]);
      http.intercept = () => false;
      expect((await rapport(['sync', '--vault', vault, '--json'])).json()).toMatchObject({ complete: true });
    });

    it('SYNC-CLI-2: who is refused takes away its own vault and never another’s', async () => {
      const vault = join(folder(), 'v');
      const unknown = encodeInvitation({ server: http.server, workspace, secret: id(), key });
      const good = code();
      let over = (): void => undefined;
      const arrived = holdEnrolment(new Promise<void>((done) => (over = done)));
      const refused = rapport(['sync', '--invite', unknown, '--vault', vault, '--json']);
      await arrived;
      const busy = await rapport(['sync', '--invite', good, '--vault', vault, '--json']);
      expect([busy.code, busy.json()]).toMatchObject([1, { error: { code: 'vault.busy' } }]);
      over();
      expect((await refused).json()).toMatchObject({ error: { code: 'sync.invitationUnknown' } });
      expect(existsSync(vault)).toBe(false);
      http.intercept = () => false;
      expect((await rapport(['sync', '--invite', good, '--vault', vault])).code).toBe(0);
    });

    it('SYNC-CLI-2: a process that was killed in between is in nobody’s way', async () => {
      const vault = join(folder(), 'v');
      const given = code();
      let over = (): void => undefined;
      const arrived = holdEnrolment(new Promise<void>((done) => (over = done)), true);
      const killed = spawn(process.execPath, [MAIN, 'sync', '--invite', given, '--vault', vault], {
        env: { ...process.env, RAPPORT_PASSPHRASE: PASSPHRASE },
        stdio: 'ignore',
      });
      const gone = new Promise((done) => killed.once('exit', done));
      await arrived;
      killed.kill('SIGKILL');
      await gone;
      over();
      http.intercept = () => false;
      const again = await rapport(['sync', '--invite', given, '--vault', vault, '--json']);
      expect([again.code, again.json()]).toMatchObject([0, { complete: true }]);
    });
  });

  it('says that sync is not set up', async () => {
    const dir = folder();
    writeFileSync(join(dir, 'list.csv'), 'Фамилия;Имя\nЁлкин;Пётр\n');
    await rapport(['import', join(dir, 'list.csv'), '--vault', join(dir, 'v')]);
    const run = await rapport(['sync', '--vault', join(dir, 'v'), '--json']);
    expect(run.json()).toMatchObject({ error: { code: 'sync.notSet' } });
  });
});

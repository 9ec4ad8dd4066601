/**
 * Every route of the protocol and every table of the catalogue against everybody who must not: with both guards, with
 * the application's guard taken away (row-level security alone) and with row-level security taken away.
 */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/server.ts';
import type { Guard } from '../../server/sync/access.ts';
import { ROUTES, type RouteName } from '../../shared/sync/protocol.ts';
import { ROLES } from '../../shared/sync/shapes.ts';
import {
  type Answer,
  ask,
  type Asked,
  type Database,
  database,
  push,
  random,
  serve,
  sha,
  workspace,
} from './support.ts';
import { fingerprint, requests, tables, type Victim, victim } from './victim.ts';

const NAMES = Object.keys(ROUTES) as RouteName[];
const WITH_TOKEN = NAMES.filter((name) => ROUTES[name].least !== null);
const rank = (name: RouteName): number => ROLES.length - ROLES.indexOf(ROUTES[name].least ?? 'reader');
/** Routes that only an owner may use. */
const OWNERS = WITH_TOKEN.filter((name) => rank(name) === ROLES.length);
/** Routes that a reader may not use; a push it may, and is refused change by change. */
const ABOVE_READER = WITH_TOKEN.filter((name) => rank(name) > 1);

interface World {
  readonly db: Database;
  readonly server: RunningServer;
  readonly victim: Victim;
  readonly stranger: string;
}

let worlds: World[] = [];
async function world(prepare: (db: Database) => Promise<void>, guard?: (of: () => Victim) => Guard): Promise<World> {
  const db = await database();
  // Things are made with both guards in place.
  const making = await serve(db);
  const made = await victim(db, making);
  const { token } = await workspace(db, making.address);
  await making.stop();
  await prepare(db);
  const server = await serve(db, guard ? { guard: guard(() => made) } : {});
  const result = { db, server, victim: made, stranger: token };
  worlds.push(result);
  return result;
}
afterAll(async () => {
  for (const { server, db } of worlds) {
    await server.stop();
    await db.drop();
  }
  worlds = [];
});

/** A stream is looked at until its first event. */
async function answerOf(address: string, token: string | null, name: RouteName, asked: Asked): Promise<Answer> {
  if (name !== 'events') return ask(address, token, name, asked);
  const stop = new AbortController();
  const response = await fetch(`${address}${ROUTES.events.path}`, {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    signal: stop.signal,
  });
  const reader = response.body?.getReader();
  const text = Buffer.from((await reader?.read())?.value ?? []).toString();
  stop.abort();
  return { status: response.status, headers: response.headers, text, body: null };
}

/** What the attacker has said itself may come back: a record it pushed to, an id it asked for. */
const leaks = (of: Victim, said: string, text: string): string[] =>
  of.marks.filter((mark) => text.includes(mark) && !said.includes(mark));

/** Asks everything as somebody; nothing of the victim may come back, nothing of it may change. */
async function attack(
  { db, server, victim: of }: World,
  token: string | null,
  names: readonly RouteName[],
  check: (name: RouteName, answer: Answer) => void,
  given = '',
): Promise<void> {
  const before = await fingerprint(db, of);
  const all = requests(of);
  // Its own name it may learn, and the one that the test's guard gives to it.
  const own = of.revoked.token === token ? of.revoked.device : '';
  const pushed = `${JSON.stringify(all.push)}${own}${given}`;
  for (const name of names) {
    const answer = await answerOf(server.address, token, name, all[name]);
    expect(leaks(of, `${pushed}${JSON.stringify(all[name])}`, answer.text), name).toEqual([]);
    check(name, answer);
  }
  expect(await fingerprint(db, of)).toEqual(before);
}

const refusedWith =
  (...codes: readonly number[]) =>
  (name: RouteName, { status }: Answer): void =>
    expect(codes, `${name} ${status}`).toContain(status);

const unknown = (): string => random(32);

function attacks(get: () => World, appGuard: boolean): void {
  const given = (): string => (appGuard ? '' : get().victim.owner.device);
  it('nobody without a token, with a malformed one or with one that nobody has', async () => {
    await attack(get(), null, WITH_TOKEN, refusedWith(401));
    await attack(get(), 'x', WITH_TOKEN, refusedWith(401));
    await attack(get(), unknown(), WITH_TOKEN, appGuard ? refusedWith(401) : () => undefined, given());
  });
  it('SYNC-REVOKE-1 a revoked device', async () => {
    const { revoked } = get().victim;
    await attack(get(), revoked.token, WITH_TOKEN, appGuard ? refusedWith(401) : () => undefined, given());
  });
  it('the owner of another workspace', async () => {
    // Leaving and changing itself are its right, in its own workspace.
    const names = WITH_TOKEN.filter((name) => appGuard || name !== 'leave');
    await attack(get(), get().stranger, names, () => undefined, given());
  });
  it('SYNC-KEYS-1 a reader of the workspace, where more is needed, and its push', async () => {
    const { reader } = get().victim;
    const codes = appGuard ? [403] : [403, 404, 401, 409];
    const before = await fingerprint(get().db, get().victim);
    const all = requests(get().victim);
    for (const name of ABOVE_READER) {
      const answer = await ask(get().server.address, reader.token, name, all[name]);
      // Invitations are shown to owners only.
      if (name === 'invitations') expect(answer.text).not.toContain(get().victim.invitation);
      else refusedWith(...codes)(name, answer);
    }
    const pushed = await ask(get().server.address, reader.token, 'push', all.push);
    expect(pushed.text).not.toContain('accepted');
    expect(await fingerprint(get().db, get().victim)).toEqual(before);
  });
  it('SYNC-KEYS-1 SYNC-LEASE-1 an editor of the workspace, where an owner is needed', async () => {
    const { editor, reader } = get().victim;
    expect(OWNERS).toContain('lease');
    const before = await fingerprint(get().db, get().victim);
    // Ending its own access is its right, by whatever route.
    const revoke: Asked = { params: { device: reader.device }, body: { wipe: true } };
    const all = { ...requests(get().victim), revoke };
    for (const name of OWNERS) {
      const answer = await ask(get().server.address, editor.token, name, all[name]);
      if (name === 'invitations') expect(answer.text).not.toContain(get().victim.invitation);
      else refusedWith(...(appGuard ? [403] : [403, 404, 401, 409]))(name, answer);
    }
    // Each half of what an owner may change of others.
    for (const body of [{ name: 'taken over' }, { role: 'owner' }]) {
      const answer = await ask(get().server.address, editor.token, 'setDevice', {
        params: { device: reader.device },
        body,
      });
      refusedWith(403)('setDevice', answer);
    }
    expect(await fingerprint(get().db, get().victim)).toEqual(before);
  });
}

describe('both guards', () => {
  let it_: World;
  beforeAll(async () => void (it_ = await world(async () => undefined)));
  attacks(() => it_, true);

  it('the routes without a token are hello and enrol, and need an invitation', async () => {
    expect(NAMES.filter((name) => ROUTES[name].least === null)).toEqual(['hello', 'enrol']);
    const { server, victim: of } = it_;
    const all = requests(of);
    const answer = await ask(server.address, null, 'enrol', all.enrol);
    expect([answer.status, answer.body.error.code]).toEqual([404, 'invitationUnknown']);
  });

  it('a replayed push changes nothing (SYNC-PUSH-1)', async () => {
    const before = await fingerprint(it_.db, it_.victim);
    const owner = {
      ...it_.victim.owner,
      ask: (name: RouteName, asked?: Asked) => ask(it_.server.address, it_.victim.owner.token, name, asked),
    };
    const { body } = await push(owner, it_.victim.changes);
    expect(body.verdicts.map((v: { verdict: string }) => v.verdict)).toEqual(['known', 'known', 'known']);
    expect(await fingerprint(it_.db, it_.victim)).toEqual(before);
  });

  it('the same requests do work for whoever may make them', async () => {
    // Otherwise the attacks above would pass on requests that nobody can make.
    const { server, victim: of } = it_;
    const all = requests(of);
    for (const name of WITH_TOKEN.filter((each) => each !== 'leave')) {
      const answer = await answerOf(server.address, of.owner.token, name, all[name]);
      expect(answer.status, `${name} ${answer.text.slice(0, 200)}`).toBe(200);
    }
  });
});

describe('row-level security alone', () => {
  /** Lets everybody be the owner of the victim's workspace. */
  let it_: World;
  beforeAll(async () => {
    it_ = await world(
      async () => undefined,
      (of) => () => ({ workspace: of().owner.workspace, device: of().owner.device, role: 'owner' }),
    );
  });
  attacks(() => it_, false);
});

describe('the application alone', () => {
  let it_: World;
  beforeAll(async () => {
    it_ = await world(async (db) => {
      for (const table of await tables(db)) await db.query(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
    });
  });
  attacks(() => it_, true);
});

describe('the tables of the catalogue', () => {
  let it_: World;
  beforeAll(async () => void (it_ = await world(async () => undefined)));

  it('all have row-level security forced, and the service’s role owns none and is above none', async () => {
    const names = await tables(it_.db);
    expect(names.length).toBeGreaterThanOrEqual(13);
    const rows = await it_.db.query(
      `SELECT relname FROM pg_class WHERE relnamespace = 'rapport'::regnamespace AND NOT relispartition
       AND relrowsecurity AND relforcerowsecurity ORDER BY relname`,
    );
    expect(rows.map(({ relname }) => relname)).toEqual(names);
    const [role] = await it_.db.query(
      `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = 'rapport_service'`,
    );
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false });
    expect(
      await it_.db.query(
        `SELECT relname FROM pg_class WHERE relnamespace = 'rapport'::regnamespace
         AND pg_get_userbyid(relowner) = 'rapport_service'`,
      ),
    ).toEqual([]);
    // A partition has no policies of its own, so nobody but the owner may touch it directly.
    expect(
      await it_.db.query(
        `SELECT relname FROM pg_class WHERE relnamespace = 'rapport'::regnamespace AND relispartition
         AND has_table_privilege('rapport_service', oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')`,
      ),
    ).toEqual([]);
  });

  it('show and take nothing of a workspace without its token, command by command', async () => {
    const id = Buffer.from(it_.victim.owner.workspace, 'base64url').toString('hex');
    const client = new pg.Client({ connectionString: it_.db.service, options: '-c search_path=rapport' });
    await client.connect();
    const before = await fingerprint(it_.db, it_.victim);
    const failing = async (text: string): Promise<number> => {
      await client.query('SAVEPOINT attempt');
      try {
        return (await client.query(text, [id])).rowCount ?? 0;
      } catch {
        await client.query('ROLLBACK TO attempt');
        return 0;
      }
    };
    const tokens = ['', sha(it_.stranger), sha(it_.victim.revoked.token), sha(unknown())];
    for (const table of await tables(it_.db)) {
      const columns = await it_.db.query(
        `SELECT attname FROM pg_attribute WHERE attrelid = 'rapport.${table}'::regclass AND attnum > 0`,
      );
      const column = String(columns.at(-1)?.['attname']);
      for (const token of tokens) {
        await client.query('BEGIN');
        await client.query(`SELECT set_config('app.token', $1, true)`, [token]);
        // The device's own row is how a revoked device learns that it was revoked.
        const own = table === 'device' && token === tokens[2] ? 1 : 0;
        expect(await failing(`SELECT * FROM ${table} WHERE workspace_id = $1`), table).toBe(own);
        expect(await failing(`UPDATE ${table} SET ${column} = ${column} WHERE workspace_id = $1`), table).toBe(0);
        expect(await failing(`DELETE FROM ${table} WHERE workspace_id = $1`), table).toBe(0);
        await client.query('ROLLBACK');
      }
    }
    await client.end();
    expect(await fingerprint(it_.db, it_.victim)).toEqual(before);
  });

  it('a workspace’s lease, quota and epoch are out of the service’s reach, whatever token it holds', async () => {
    const client = new pg.Client({ connectionString: it_.db.service, options: '-c search_path=rapport' });
    await client.connect();
    const before = await fingerprint(it_.db, it_.victim);
    await client.query('BEGIN');
    for (const token of [it_.victim.owner.token, it_.victim.editor.token]) {
      await client.query(`SELECT set_config('app.token', $1, true)`, [sha(token)]);
      for (const text of ['lease_days = 1', 'quota = NULL', `epoch = '\\x00'`]) {
        await client.query('SAVEPOINT attempt');
        await expect(client.query(`UPDATE workspace SET ${text}`), text).rejects.toThrow(/permission denied/);
        await client.query('ROLLBACK TO attempt');
      }
    }
    // The function sees for itself that no owner asks.
    for (const token of [it_.victim.editor.token, it_.victim.reader.token, it_.victim.revoked.token, unknown()]) {
      await client.query(`SELECT set_config('app.token', $1, true)`, [sha(token)]);
      const { rows } = await client.query('SELECT set_lease(1) AS done');
      expect(rows).toEqual([{ done: false }]);
    }
    await client.query('ROLLBACK');
    await client.end();
    expect(await fingerprint(it_.db, it_.victim)).toEqual(before);
  });

  it('SYNC-ROLE-1 a role is out of the service’s reach, but for a function that asks for an owner and leaves one', async () => {
    const client = new pg.Client({ connectionString: it_.db.service, options: '-c search_path=rapport' });
    await client.connect();
    const { owner, editor, reader, revoked } = it_.victim;
    const before = await fingerprint(it_.db, it_.victim);
    const uuid = ({ device }: { device: string }): string => Buffer.from(device, 'base64url').toString('hex');
    await client.query('BEGIN');
    const set = async (token: string, device: string, role: string): Promise<unknown> => {
      await client.query(`SELECT set_config('app.token', $1, true)`, [sha(token)]);
      return (await client.query('SELECT set_role($1, $2) AS done', [device, role])).rows[0].done;
    };
    for (const { token } of [owner, editor]) {
      await client.query(`SELECT set_config('app.token', $1, true)`, [sha(token)]);
      await client.query('SAVEPOINT attempt');
      await expect(client.query(`UPDATE device SET role = 'owner'`)).rejects.toThrow(/permission denied/);
      await client.query('ROLLBACK TO attempt');
    }
    for (const token of [editor.token, reader.token, revoked.token, it_.stranger, unknown()])
      for (const role of ['owner', 'reader']) expect(await set(token, uuid(editor), role)).toBe(false);
    expect(await set(owner.token, uuid(owner), 'reader')).toBe(false);
    expect(await set(owner.token, uuid(revoked), 'owner')).toBe(false);
    expect(await set(owner.token, uuid(editor), 'reader')).toBe(true);
    await client.query('ROLLBACK');
    await client.end();
    expect(await fingerprint(it_.db, it_.victim)).toEqual(before);
  });

  it('the audit trail is only added to, and shows what was taken out or altered', async () => {
    const client = new pg.Client({ connectionString: it_.db.service, options: '-c search_path=rapport' });
    await client.connect();
    await client.query('BEGIN');
    await client.query(`SELECT set_config('app.token', $1, true)`, [sha(it_.victim.owner.token)]);
    for (const text of [`UPDATE audit SET subject = ''`, 'DELETE FROM audit', 'TRUNCATE audit']) {
      await client.query('SAVEPOINT attempt');
      await expect(client.query(text), text).rejects.toThrow(/permission denied/);
      await client.query('ROLLBACK TO attempt');
    }
    await client.query('ROLLBACK');
    await client.end();
  });
});

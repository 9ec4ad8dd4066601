/** Databases, services and devices for the tests. */
import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { Administration } from '../../server/admin/workspaces.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../server/server.ts';
import { decodeInvitation } from '../../shared/sync/invitation-code.ts';
import { ROUTES, type RouteName, type SealedChange } from '../../shared/sync/protocol.ts';
import type { Role } from '../../shared/sync/shapes.ts';
import { unwrap } from '../../shared/result.ts';

export const random = (bytes: number): string => randomBytes(bytes).toString('base64url');

export interface Database {
  readonly superuser: string;
  readonly owner: string;
  readonly service: string;
  /** As superuser, above row-level security. */
  readonly query: (text: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;
  readonly drop: () => Promise<void>;
}

const within = (url: string, database: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
};

async function once(url: string, text: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=rapport' });
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** A new database with the present tables. */
export async function database(): Promise<Database> {
  const cluster = inject('cluster');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await once(cluster.superuser, `CREATE DATABASE ${name} TEMPLATE rapport OWNER rapport_owner`);
  await once(cluster.superuser, `GRANT CONNECT ON DATABASE ${name} TO rapport_service`);
  const superuser = within(cluster.superuser, name);
  return {
    superuser,
    owner: within(cluster.owner, name),
    service: within(cluster.service, name),
    query: (text, values) => once(superuser, text, values),
    drop: async () => void (await once(cluster.superuser, `DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

/** Without bounds that tests would run into by their speed. */
export const UNBOUNDED = {
  perAddress: { perSecond: 1e9, burst: 1e9 },
  perDevice: { perSecond: 1e9, burst: 1e9 },
  freeFailures: 1e9,
} as const;

export const serve = (
  db: Pick<Database, 'service'>,
  options: Partial<Omit<ServerOptions, 'database'>> = {},
): Promise<RunningServer> =>
  startServer({
    database: db.service,
    checkReplies: true,
    ...options,
    settings: { ...UNBOUNDED, ...options.settings },
  });

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // Tests look into answers of every shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}
export interface Asked {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request to a route by its name in the protocol. */
export async function ask(address: string, token: string | null, name: RouteName, asked: Asked = {}): Promise<Answer> {
  const route = ROUTES[name];
  const path = route.path.replaceAll(/:(\w+)/g, (_, key: string) => String(asked.params?.[key]));
  const query = new URLSearchParams(Object.entries(asked.query ?? {}).map(([key, value]) => [key, String(value)]));
  const bytes = asked.body instanceof Uint8Array;
  const response = await fetch(`${address}${path}?${query}`, {
    method: route.method,
    headers: {
      'rapport-protocol': '1',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(asked.body === undefined ? {} : { 'content-type': bytes ? 'application/octet-stream' : 'application/json' }),
      ...asked.headers,
    },
    ...(asked.body === undefined
      ? {}
      : { body: bytes ? (asked.body as Uint8Array<ArrayBuffer>) : JSON.stringify(asked.body) }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : null };
}

export interface TestDevice {
  readonly workspace: string;
  readonly device: string;
  readonly token: string;
  readonly ask: (name: RouteName, asked?: Asked) => Promise<Answer>;
}

export const card = (keyEpoch = 1) => ({ publicKey: random(32), keyEpoch, mac: random(16) });

export const enrolBody = (workspace: string, secret: string) => ({
  workspace,
  secret,
  device: random(16),
  name: `1.${random(40)}`,
  token: random(32),
  card: card(),
});

async function enrolled(address: string, workspace: string, secret: string): Promise<TestDevice> {
  const body = enrolBody(workspace, secret);
  const answer = await ask(address, null, 'enrol', { body });
  if (answer.status !== 200) throw new Error(`enrol: ${answer.status} ${answer.text}`);
  const { device, token } = body;
  return { workspace, device, token, ask: (name, asked) => ask(address, token, name, asked) };
}

/** A new workspace with its first owner. */
export async function workspace(db: Pick<Database, 'owner'>, address: string, quota?: number): Promise<TestDevice> {
  const administration = new Administration(db.owner);
  try {
    const { code } = await administration.create('http://127.0.0.1:1', quota === undefined ? {} : { quota });
    const { workspace, secret } = unwrap(decodeInvitation(code));
    return await enrolled(address, workspace, secret);
  } finally {
    await administration.close();
  }
}

/** SHA-256 in hex, as `app.token` holds it. */
export const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

/** SYNC-CODE-3. */
export const invitationName = (workspace: string, secret: string): string =>
  createHash('sha256').update(`${workspace}:${secret}`).digest('base64url');

/** Another device of the owner's workspace. */
export async function join(owner: TestDevice, address: string, role: Role): Promise<TestDevice> {
  const secret = random(16);
  const hash = invitationName(owner.workspace, secret);
  await owner.ask('invite', { body: { hash, role, expires: Date.now() + 3_600_000 } });
  return enrolled(address, owner.workspace, secret);
}

let counter = 0;
/** Ids that ascend in one process, of a device of its own. */
export const nextId = (millis = Date.now() - 1000, device = '00000000000000aa'): string => {
  counter += 1;
  return `${(millis + Math.floor(counter / 0xffff)).toString(16).padStart(12, '0')}-${(counter % 0xffff).toString(16).padStart(4, '0')}-${device}`;
};

export const change = (part: Partial<SealedChange> = {}): SealedChange => ({
  id: nextId(),
  record: random(16),
  field: random(16),
  bases: [],
  keyEpoch: 1,
  box: random(96),
  ...part,
});

export const push = (device: TestDevice, changes: readonly unknown[]): Promise<Answer> =>
  device.ask('push', { body: { changes } });

/** Reads events until `enough`; null when the stream ends. */
export async function stream(address: string, device: TestDevice) {
  const response = await fetch(`${address}${ROUTES.events.path}`, {
    headers: { authorization: `Bearer ${device.token}` },
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  return {
    until: async (enough: RegExp): Promise<string | null> => {
      while (!enough.test(text)) {
        const { value, done } = await reader.read();
        if (done) return null;
        text += Buffer.from(value).toString();
      }
      const seen = text;
      text = '';
      return seen;
    },
    ended: async (): Promise<string> => {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return text;
        text += Buffer.from(value).toString();
      }
    },
  };
}

/** Reads the command line of the server; anything it does not know is wrong usage. */
import { parseArgs } from 'node:util';

export class UsageError extends Error {}

export const USAGE = `npm run -s server -- [command] [options]

Without a command, or with "start": the service, with its own PostgreSQL or that of DATABASE_URL.
Commands answer in JSON. WORKSPACE and DEVICE are as the lists show them.

  start                          run the service
  migrate                        bring the database to the present tables
  workspaces                     list
  workspace create               a new workspace and its first owner's code
  workspace invite WORKSPACE     another first code, while there is no key yet
  workspace remove WORKSPACE     take it out of the database, its audit trail included; for ever
  devices WORKSPACE              list
  revoke WORKSPACE DEVICE        end a device's access
  wipe WORKSPACE DEVICE          the same, and have it destroy its key at the next contact
  role WORKSPACE DEVICE ROLE     owner, editor or reader
  lease WORKSPACE DAYS|off       lock vaults that had no contact for so long
  quota WORKSPACE BYTES|off      bound what a workspace keeps here
  epoch [WORKSPACE]              after restoring a backup: devices give back what is missing
  audit WORKSPACE                who got and lost access, checked

Options
  --data DIR          folder of the own PostgreSQL (default: the system's folder for applications)
  --port N            loopback port (default: the one of the last start, else a free one)
  --host ADDRESS      default 127.0.0.1; anything else only behind TLS (docs/server.md)
  --public-url URL    the address that codes carry (default: the loopback address)
  --trust-proxy LIST  addresses of balancers, comma-separated
  --days N            how long a code is good (default 7)
  --with-devices      remove a workspace although devices have access; they keep what they hold

Environment
  DATABASE_URL        PostgreSQL in the service's role; DATABASE_OWNER_URL in the role that owns the tables
  RAPPORT_METRICS_TOKEN, RAPPORT_LOG_LEVEL
`;

/** Operands that each command takes: least and most. */
const COMMANDS: Readonly<Record<string, readonly [number, number]>> = {
  start: [0, 0],
  migrate: [0, 0],
  workspaces: [0, 0],
  workspace: [1, 2],
  devices: [1, 1],
  revoke: [2, 2],
  wipe: [2, 2],
  role: [3, 3],
  lease: [2, 2],
  quota: [2, 2],
  epoch: [0, 1],
  audit: [1, 1],
  help: [0, 0],
};

export interface ServerCommand {
  readonly name: string;
  readonly operands: readonly string[];
  readonly options: {
    readonly data?: string;
    readonly port?: number;
    readonly host?: string;
    readonly publicUrl?: string;
    readonly trustProxy: readonly string[];
    readonly days?: number;
    readonly withDevices?: boolean;
  };
}

/** Workspaces and devices have random names of 22 characters: one in 64 begins as an option does. */
const NAME = /^-[\w-]{21}$/;

function parse(argv: readonly string[]) {
  return parseArgs({
    args: argv.map((text) => (NAME.test(text) ? ` ${text}` : text)),
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string' },
      'public-url': { type: 'string' },
      'trust-proxy': { type: 'string' },
      days: { type: 'string' },
      'with-devices': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}

export function wholeNumber(text: string, what: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new UsageError(`${what} is a number from ${least} to ${most}`);
  return value;
}

/** Throws UsageError with a sentence in English. */
export function readArguments(argv: readonly string[]): ServerCommand {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'wrong arguments');
  }
  const { values, positionals } = parsed;
  const [name = 'start', ...operands] = positionals.map((text) => text.trim());
  if (values.help) return { name: 'help', operands: [], options: { trustProxy: [] } };
  const arity = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!arity) throw new UsageError(`unknown command "${name}"`);
  if (operands.length < arity[0] || operands.length > arity[1])
    throw new UsageError(
      `"${name}" takes ${arity[0] === arity[1] ? arity[0] : `${arity[0]} to ${arity[1]}`} operand(s)`,
    );
  return {
    name,
    operands,
    options: {
      ...(values.data === undefined ? {} : { data: values.data }),
      ...(values.port === undefined ? {} : { port: wholeNumber(values.port, '--port', 0, 65_535) }),
      ...(values.host === undefined ? {} : { host: values.host }),
      ...(values['public-url'] === undefined ? {} : { publicUrl: values['public-url'] }),
      trustProxy: values['trust-proxy']?.split(',').filter(Boolean) ?? [],
      ...(values.days === undefined ? {} : { days: wholeNumber(values.days, '--days', 1, 365) }),
      ...(values['with-devices'] === undefined ? {} : { withDevices: values['with-devices'] }),
    },
  };
}

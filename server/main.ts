/** `npm run server`: the service, or one command of its administration. */
import { pino } from 'pino';
import { serverAddress } from '../shared/sync/server-address.ts';
import { readArguments, type ServerCommand, USAGE, UsageError } from './admin/arguments.ts';
import { command } from './admin/commands.ts';
import { bringUpToDate, openPlace, type Place, rememberedPort, rememberPort } from './admin/place.ts';
import { Administration } from './admin/workspaces.ts';
import { ServerError } from './errors.ts';
import { startServer } from './server.ts';

const write = (stream: NodeJS.WriteStream, text: string): Promise<void> =>
  new Promise((done) => {
    stream.write(text, () => done());
  });
const print = (value: unknown): Promise<void> => write(process.stdout, `${JSON.stringify(value, null, 2)}\n`);

/** The address that codes carry; throws UsageError when devices would refuse it. */
function publicAddress(text: string): string {
  const address = serverAddress(text);
  if (!address.ok) throw new UsageError(`--public-url must be https, or http to this computer: ${text}`);
  return address.value;
}

/** Lines of the log go to the error output. Throws UsageError for a level that there is not. */
function makeLogger(level = 'info'): pino.Logger {
  const levels = [...Object.keys(pino.levels.values), 'silent'];
  if (!levels.includes(level)) throw new UsageError(`RAPPORT_LOG_LEVEL is one of ${levels.join(', ')}`);
  return pino({ level }, pino.destination(2));
}

/** Runs until it is asked to stop, which may be before it has started. */
async function serve({ options }: ServerCommand): Promise<number> {
  const logger = makeLogger(process.env['RAPPORT_LOG_LEVEL']);
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort(signal));
  try {
    const place = await openPlace(options.data, true, (text) => logger.warn(text), asked.signal);
    try {
      await bringUpToDate(place);
      if (!asked.signal.aborted) await run(place, options, logger, asked.signal);
    } finally {
      await place.stop();
    }
  } catch (error) {
    if (error !== asked.signal.reason) throw error;
  }
  return 0;
}

async function run(
  place: Place,
  options: ServerCommand['options'],
  logger: pino.Logger,
  asked: AbortSignal,
): Promise<void> {
  if (!place.service) throw new UsageError('DATABASE_URL is missing');
  const saved = place.folder ? rememberedPort(place.folder) : undefined;
  const metricsToken = process.env['RAPPORT_METRICS_TOKEN'] ?? null;
  const server = await startServer({
    database: place.service,
    logger,
    settings: {
      host: options.host ?? '127.0.0.1',
      port: options.port ?? saved ?? 0,
      trustProxy: options.trustProxy,
      metricsToken,
    },
  });
  const stopped = new Promise<unknown>((done) => {
    if (asked.aborted) done(asked.reason);
    else asked.addEventListener('abort', () => done(asked.reason));
  });
  try {
    const port = Number(new URL(server.address).port);
    if (place.folder) rememberPort(place.folder, port);
    const address = publicAddress(options.publicUrl ?? server.address.replace('0.0.0.0', '127.0.0.1'));
    await write(process.stdout, `Rapport sync: ${address}\n`);
    await firstCode(place, address, options.days);
    logger.info({ signal: await stopped }, 'stopping');
  } finally {
    await server.stop();
  }
}

/** The very first time there is a workspace to be made, and a code for its owner. */
async function firstCode(place: Place, address: string, days: number | undefined): Promise<void> {
  if (!place.owner || !place.folder) return;
  const administration = new Administration(place.owner);
  try {
    if ((await administration.workspaces()).length > 0) return;
    const { code } = await administration.create(address, days === undefined ? {} : { days });
    await write(
      process.stdout,
      `\nThe first owner’s invitation. It works once, for ${days ?? 7} days. Paste it in Settings → Sync:\n\n  ${code}\n\n`,
    );
  } finally {
    await administration.close();
  }
}

async function administer(given: ServerCommand): Promise<number> {
  const place = await openPlace(given.options.data, false, () => undefined);
  try {
    const migrations = await bringUpToDate(place);
    if (given.name === 'migrate') {
      await print({ migrations });
      return 0;
    }
    if (!place.owner)
      throw new UsageError('DATABASE_OWNER_URL is missing: the administration works in the owner’s role');
    const port = place.folder ? rememberedPort(place.folder) : undefined;
    const known = given.options.publicUrl ?? (port === undefined ? undefined : `http://127.0.0.1:${port}`);
    const administration = new Administration(place.owner);
    try {
      const { value, code } = await command(administration, given, () => {
        if (known === undefined) throw new UsageError('--public-url is missing: the address that the code carries');
        return publicAddress(known);
      });
      await print(value);
      return code;
    } finally {
      await administration.close();
    }
  } finally {
    await place.stop();
  }
}

async function main(argv: readonly string[]): Promise<number> {
  try {
    const given = readArguments(argv);
    if (given.name === 'help') {
      await write(process.stdout, USAGE);
      return 0;
    }
    return await (given.name === 'start' ? serve(given) : administer(given));
  } catch (error) {
    if (error instanceof UsageError) {
      await write(process.stderr, `server: ${error.message}\n\n${USAGE}`);
      return 2;
    }
    if (error instanceof ServerError) await print({ error: { code: error.code } });
    await write(process.stderr, `server: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));

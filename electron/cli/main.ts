/** `rapport`: the command line for scripts and power users, on the same code as the application. */
import { createTranslator } from '../../shared/i18n/translator.ts';
import { AppFailure } from '../../shared/result.ts';
import { type Command, readArguments, USAGE, UsageError } from './arguments.ts';
import { cliLanguage } from './language.ts';
import type { Outcome } from './outcome.ts';

type Handler = (command: Command) => Promise<Outcome>;

/** Each command loads what it needs when it is called: a script that asks for dates opens neither vault nor fonts. */
const COMMANDS: Readonly<Record<string, () => Promise<Handler>>> = {
  import: async () => (await import('./commands/import.ts')).importCommand,
  search: async () => (await import('./commands/reading.ts')).searchCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  list: async () => (await import('./commands/reading.ts')).listCommand,
  summary: async () => (await import('./commands/summary.ts')).summaryCommand,
  verify: async () => (await import('./commands/keeping.ts')).verifyCommand,
  backup: async () => (await import('./commands/keeping.ts')).backupCommand,
  restore: async () => (await import('./commands/keeping.ts')).restoreCommand,
  sync: async () => (await import('./commands/sync.ts')).syncCommand,
  'contract-dates': async () => (await import('./contract-dates-command.ts')).contractDatesCommand,
  deadlines: async () => (await import('./commands/contracts.ts')).deadlinesCommand,
  renewals: async () => (await import('./commands/contracts.ts')).renewalsCommand,
  'contract-sheet': async () => (await import('./commands/contracts.ts')).contractSheetCommand,
  'contract-timeline': async () => (await import('./commands/contracts.ts')).timelineCommand,
  ics: async () => (await import('./commands/contracts.ts')).icsCommand,
};

const write = (stream: NodeJS.WriteStream, text: string): Promise<void> =>
  new Promise((done) => {
    stream.write(text, () => done());
  });

async function run(argv: readonly string[]): Promise<number> {
  let command: Command;
  try {
    command = readArguments(argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    await write(process.stderr, `rapport: ${error.message}\n\n${USAGE}`);
    return 2;
  }
  const load = COMMANDS[command.name];
  if (!load) {
    await write(process.stdout, USAGE);
    return 0;
  }
  try {
    const { value, text, code = 0 } = await (await load())(command);
    await write(
      process.stdout,
      command.options.json || text === undefined ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`,
    );
    return code;
  } catch (error) {
    if (error instanceof UsageError) {
      await write(process.stderr, `rapport: ${error.message}\n\n${USAGE}`);
      return 2;
    }
    if (!(error instanceof AppFailure)) throw error;
    const { t, i18n } = createTranslator(cliLanguage());
    const key = `errors.${error.error.code}`;
    const message = i18n.exists(key) ? t(key, { ...error.error.params }) : error.error.code;
    await write(process.stderr, `rapport: ${message}\n`);
    const refusal = { error: { code: error.error.code, message, ...error.error.params } };
    if (command.options.json) await write(process.stdout, `${JSON.stringify(refusal, null, 2)}\n`);
    return 1;
  }
}

process.exitCode = await run(process.argv.slice(2)).catch(async (error: unknown) => {
  await write(process.stderr, `rapport: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
});

/** `rapport`: the command line for scripts and power users, on the same code as the application. */
import { createTranslator } from '../../shared/i18n/translator.ts';
import { AppFailure } from '../../shared/result.ts';
import { type Command, readArguments, USAGE, UsageError } from './arguments.ts';
import { backupCommand, restoreCommand, verifyCommand } from './commands/keeping.ts';
import { importCommand } from './commands/import.ts';
import { listCommand, searchCommand } from './commands/reading.ts';
import { summaryCommand } from './commands/summary.ts';
import { syncCommand } from './commands/sync.ts';
import { contractDatesCommand } from './contract-dates-command.ts';
import { cliLanguage } from './language.ts';
import type { Outcome } from './outcome.ts';

const COMMANDS: Readonly<Record<string, (command: Command) => Promise<Outcome>>> = {
  import: importCommand,
  search: searchCommand,
  list: listCommand,
  summary: summaryCommand,
  verify: verifyCommand,
  backup: backupCommand,
  restore: restoreCommand,
  sync: syncCommand,
  'contract-dates': contractDatesCommand,
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
  const handler = COMMANDS[command.name];
  if (!handler) {
    await write(process.stdout, USAGE);
    return 0;
  }
  try {
    const { value, text, code = 0 } = await handler(command);
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

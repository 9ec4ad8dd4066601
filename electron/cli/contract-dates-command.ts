/** contract-dates: terms as JSON on standard input, their dates on standard output. */
import { LANGUAGES } from '../../shared/i18n/catalogue.ts';
import { AppFailure } from '../../shared/result.ts';
import { type Command, UsageError } from './arguments.ts';
import { runContractDates } from './contract-dates.ts';
import type { Outcome } from './outcome.ts';

async function readStandardInput(): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > 10_000_000) throw new AppFailure('contract.inputTooLarge');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** Sentences are in English, whatever the machine's language, unless `--language` says otherwise: scripts read them. */
export async function contractDatesCommand({ options }: Command): Promise<Outcome> {
  const language = options.language === undefined ? 'en' : LANGUAGES.find((one) => one === options.language);
  if (!language) throw new UsageError(`--language is one of ${LANGUAGES.join(', ')}`);
  const { exitCode, stdout } = runContractDates(await readStandardInput(), { language });
  return { value: JSON.parse(stdout) as unknown, code: exitCode === 0 ? 0 : 1 };
}

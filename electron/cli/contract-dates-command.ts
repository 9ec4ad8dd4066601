/** contract-dates: terms as JSON on standard input, their dates on standard output. */
import { AppFailure } from '../../shared/result.ts';
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

export async function contractDatesCommand(): Promise<Outcome> {
  const { exitCode, stdout } = runContractDates(await readStandardInput());
  return { value: JSON.parse(stdout) as unknown, code: exitCode === 0 ? 0 : 1 };
}

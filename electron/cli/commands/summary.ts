/** summary MEETING_ID --pdf FILE: composed here, printed by the runtime's hidden window; nothing touches the disk but FILE. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { LANGUAGES, type Language } from '../../../shared/i18n/catalogue.ts';
import { AppFailure } from '../../../shared/result.ts';
import { writeFileAtomically } from '../../export/atomic-write.ts';
import { prepareSummary } from '../../export/summary-service.ts';
import { type Command, UsageError } from '../arguments.ts';
import { withVault } from '../open-vault.ts';
import type { Outcome } from '../outcome.ts';

const LAYOUTS = ['brief', 'standard', 'protocol', 'internal'] as const;
const PRINT_MILLISECONDS = 60_000;

/** Prints by the runtime that RAPPORT_ELECTRON names (set by the launcher). */
function print(html: string): Promise<Uint8Array> {
  const program = process.env['RAPPORT_ELECTRON'];
  const main = process.env['RAPPORT_PRINT_MAIN'];
  if (!program || !main) throw new AppFailure('print.noRuntime');
  return new Promise((done, refuse) => {
    const child = spawn(program, [main], { stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    let problem = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), PRINT_MILLISECONDS);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      problem = (problem + text).slice(-2000);
    });
    child.on('error', (error) => refuse(new AppFailure('print.failed', {}, error.message)));
    child.on('close', () => {
      clearTimeout(timer);
      const base64 = /^RAPPORT-PDF (\S+)$/m.exec(out)?.[1];
      if (base64) done(Buffer.from(base64, 'base64'));
      else refuse(new AppFailure('print.failed', {}, problem));
    });
    child.stdin.end(JSON.stringify({ html }));
  });
}

/** Today by this machine's zone. */
function localToday(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
}

export async function summaryCommand(command: Command): Promise<Outcome> {
  const { pdf, language, layout } = command.options;
  if (!pdf) throw new UsageError('--pdf FILE is missing');
  const chosenLayout = LAYOUTS.find((l) => l === (layout ?? 'standard'));
  if (!chosenLayout) throw new UsageError(`--layout is one of ${LAYOUTS.join(', ')}`);
  if (language !== undefined && !LANGUAGES.includes(language as Language)) {
    throw new UsageError(`--language is one of ${LANGUAGES.join(', ')}`);
  }
  const meeting = command.operands[0] ?? '';
  const prepared = await withVault(command, { create: false }, async (vault) => {
    const record = await vault.record(meeting);
    const own = record?.data['language'];
    const spoken = (language ?? (own === 'en' || own === 'ru' ? own : 'ru')) as Language;
    return prepareSummary(vault, { meeting, language: spoken, layout: chosenLayout, today: localToday() });
  });
  const bytes = await print(prepared.html);
  const file = resolve(pdf);
  await writeFileAtomically(file, bytes);
  const { included, leftOut, leaks, missingGlyphs, title, fileName } = prepared;
  return {
    value: {
      file,
      bytes: bytes.byteLength,
      title,
      suggestedName: fileName,
      included,
      leftOut: leftOut.length,
      leaks,
      missingGlyphs,
    },
    text: file,
  };
}

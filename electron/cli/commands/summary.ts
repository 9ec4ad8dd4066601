/** summary MEETING_ID --pdf FILE: composed here, printed by the runtime's hidden window; nothing touches the disk but FILE. */
import { resolve } from 'node:path';
import { LANGUAGES, type Language } from '../../../shared/i18n/catalogue.ts';
import { writeFileAtomically } from '../../export/atomic-write.ts';
import { prepareSummary } from '../../export/summary-service.ts';
import { type Command, UsageError } from '../arguments.ts';
import { withVault } from '../open-vault.ts';
import type { Outcome } from '../outcome.ts';
import { localToday, print } from '../print.ts';

const LAYOUTS = ['brief', 'standard', 'protocol', 'internal'] as const;

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
  const { included, leftOut, leaks, missingGlyphs, missingPlaces, title, fileName } = prepared;
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
      missingPlaces,
    },
    text: file,
  };
}

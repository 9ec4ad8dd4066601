/** export KIND --out FILE: people or organisations as a workbook or as CSV; the ending of the file decides. */
import { extname, resolve } from 'node:path';
import type { CsvKind } from '../../../shared/export/csv.ts';
import { LANGUAGES } from '../../../shared/i18n/catalogue.ts';
import { writeFileAtomically } from '../../export/atomic-write.ts';
import { readTable, tableBytes } from '../../export/contact-export.ts';
import { type Command, UsageError } from '../arguments.ts';
import { cliLanguage } from '../language.ts';
import { withVault } from '../open-vault.ts';
import type { Outcome } from '../outcome.ts';

const CSV_KINDS = ['excel', 'programs'] as const satisfies readonly CsvKind[];

export async function exportCommand(command: Command): Promise<Outcome> {
  const { out, for: reader, language: wanted } = command.options;
  const kind = (['people', 'organisations'] as const).find((one) => one === command.operands[0]);
  if (!kind) throw new UsageError('export what? people, organisations');
  const ending = extname(out ?? '').toLowerCase();
  if (!out || (ending !== '.xlsx' && ending !== '.csv')) throw new UsageError('--out FILE.xlsx or FILE.csv is missing');
  const csvKind = CSV_KINDS.find((one) => one === (reader ?? 'excel'));
  if (!csvKind) throw new UsageError(`--for is one of ${CSV_KINDS.join(', ')}`);
  if (ending === '.xlsx' && reader !== undefined) throw new UsageError('--for is for FILE.csv only');
  const language = wanted === undefined ? cliLanguage() : LANGUAGES.find((one) => one === wanted);
  if (!language) throw new UsageError(`--language is one of ${LANGUAGES.join(', ')}`);
  const table = await withVault(command, { create: false }, (vault) => readTable(vault, kind, language));
  const bytes = await tableBytes(table, ending === '.xlsx' ? 'xlsx' : csvKind, language);
  const file = resolve(out);
  await writeFileAtomically(file, bytes);
  return { value: { file, bytes: bytes.byteLength, rows: table.rows.length, columns: table.headers }, text: file };
}

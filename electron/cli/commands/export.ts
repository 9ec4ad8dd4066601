/** export KIND --out FILE: people or organisations as a workbook, CSV or business cards; the ending of the file decides. */
import { extname, resolve } from 'node:path';
import type { CsvKind } from '../../../shared/export/csv.ts';
import { CARD_VERSIONS } from '../../../shared/export/card-version.ts';
import { LANGUAGES } from '../../../shared/i18n/catalogue.ts';
import { writeFileAtomically } from '../../export/atomic-write.ts';
import { readCardFile, readTable, tableBytes } from '../../export/contact-export.ts';
import { type Command, UsageError } from '../arguments.ts';
import { cliLanguage } from '../language.ts';
import { withVault } from '../open-vault.ts';
import type { Outcome } from '../outcome.ts';

const CSV_KINDS = ['excel', 'programs'] as const satisfies readonly CsvKind[];
const ENDINGS = ['.xlsx', '.csv', '.vcf'] as const;

export async function exportCommand(command: Command): Promise<Outcome> {
  const { out, for: reader, language: wanted, vcard: wantedVersion } = command.options;
  const kind = (['people', 'organisations'] as const).find((one) => one === command.operands[0]);
  if (!kind) throw new UsageError('export what? people, organisations');
  const ending = ENDINGS.find((one) => one === extname(out ?? '').toLowerCase());
  if (!out || !ending) throw new UsageError('--out FILE.xlsx, FILE.csv or FILE.vcf is missing');
  const csvKind = CSV_KINDS.find((one) => one === (reader ?? 'excel'));
  if (!csvKind) throw new UsageError(`--for is one of ${CSV_KINDS.join(', ')}`);
  if (ending !== '.csv' && reader !== undefined) throw new UsageError('--for is for FILE.csv only');
  const version = CARD_VERSIONS.find((one) => one === (wantedVersion ?? '3.0'));
  if (!version) throw new UsageError(`--vcard is one of ${CARD_VERSIONS.join(', ')}`);
  if (ending !== '.vcf' && wantedVersion !== undefined) throw new UsageError('--vcard is for FILE.vcf only');
  const language = wanted === undefined ? cliLanguage() : LANGUAGES.find((one) => one === wanted);
  if (!language) throw new UsageError(`--language is one of ${LANGUAGES.join(', ')}`);
  if (ending === '.vcf' && wanted !== undefined) throw new UsageError('--language is for tables only');
  const file = resolve(out);
  if (ending === '.vcf') {
    const { bytes, cards } = await withVault(command, { create: false }, (vault) => readCardFile(vault, kind, version));
    await writeFileAtomically(file, bytes);
    return { value: { file, bytes: bytes.byteLength, cards, version }, text: file };
  }
  const table = await withVault(command, { create: false }, (vault) => readTable(vault, kind, language));
  const bytes = await tableBytes(table, ending === '.xlsx' ? 'xlsx' : csvKind, language);
  await writeFileAtomically(file, bytes);
  return { value: { file, bytes: bytes.byteLength, rows: table.rows.length, columns: table.headers }, text: file };
}

/** export KIND --out FILE: people or organisations as a workbook or as CSV; the ending of the file decides. */
import { extname, resolve } from 'node:path';
import { type CsvKind, toCsv } from '../../../shared/export/csv.ts';
import { organisationsTable, peopleTable, type PersonRow } from '../../../shared/export/contact-table.ts';
import type { Table } from '../../../shared/export/table.ts';
import { LANGUAGES, type Language } from '../../../shared/i18n/catalogue.ts';
import type { Affiliation, Organisation, Person } from '../../../shared/model/records.ts';
import { naturalCompare } from '../../../shared/text/search-key.ts';
import { listName } from '../../../shared/text/names.ts';
import { writeFileAtomically } from '../../export/atomic-write.ts';
import { recordOf } from '../../export/contract-reads.ts';
import { toWorkbook } from '../../export/workbook.ts';
import type { VaultApi } from '../../vault/api.ts';
import { type Command, UsageError } from '../arguments.ts';
import { cliLanguage } from '../language.ts';
import { withVault } from '../open-vault.ts';
import type { Outcome } from '../outcome.ts';

const CSV_KINDS = ['excel', 'programs'] as const satisfies readonly CsvKind[];

async function readTable(vault: VaultApi, kind: 'people' | 'organisations', language: Language): Promise<Table> {
  const organisations = (await vault.listAll('organisation')).map((view) => recordOf<Organisation>(view));
  if (kind === 'organisations') {
    organisations.sort((a, b) => naturalCompare(a.name ?? '', b.name ?? '') || (a.id < b.id ? -1 : 1));
    return organisationsTable(organisations, language);
  }
  const byId = new Map(organisations.map((one) => [one.id, one]));
  const jobs = new Map<string, Affiliation>();
  const rank = (job: Affiliation): number => (job.until ? 0 : 2) + (job.primary ? 1 : 0);
  for (const view of await vault.listAll('affiliation')) {
    const job = recordOf<Affiliation>(view);
    const known = job.person ? jobs.get(job.person) : undefined;
    if (job.person && (!known || rank(job) > rank(known) || (rank(job) === rank(known) && job.id < known.id)))
      jobs.set(job.person, job);
  }
  const people = (await vault.listAll('person')).map((view): PersonRow => {
    const person = recordOf<Person>(view);
    const job = jobs.get(person.id);
    return { person, job, organisation: job?.organisation ? byId.get(job.organisation) : undefined };
  });
  people.sort(
    (a, b) => naturalCompare(listName(a.person.name), listName(b.person.name)) || (a.person.id < b.person.id ? -1 : 1),
  );
  return peopleTable(people, language);
}

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
  const bytes = ending === '.xlsx' ? toWorkbook(table) : new TextEncoder().encode(toCsv(table, csvKind, language));
  const file = resolve(out);
  await writeFileAtomically(file, bytes);
  return { value: { file, bytes: bytes.byteLength, rows: table.rows.length, columns: table.headers }, text: file };
}

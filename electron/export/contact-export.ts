/** People and organisations read out of the vault and written as a spreadsheet, for the screens and the command line. */
import { type CsvKind, toCsv } from '../../shared/export/csv.ts';
import { organisationsTable, peopleTable, type PersonRow } from '../../shared/export/contact-table.ts';
import type { Table } from '../../shared/export/table.ts';
import type { Language } from '../../shared/i18n/catalogue.ts';
import type { Affiliation, Organisation, Person } from '../../shared/model/records.ts';
import { listName } from '../../shared/text/names.ts';
import { naturalCompare } from '../../shared/text/search-key.ts';
import type { VaultApi } from '../vault/api.ts';
import { recordOf } from './contract-reads.ts';
import { toWorkbook } from './workbook.ts';

export type ContactKind = 'people' | 'organisations';

/** Everybody, or every organisation, in the order of lists. The bin stays out. */
export async function readTable(
  vault: Pick<VaultApi, 'listAll'>,
  kind: ContactKind,
  language: Language,
): Promise<Table> {
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

/** The bytes of the file: a workbook, or CSV of one of its kinds. */
export const tableBytes = async (table: Table, format: 'xlsx' | CsvKind, language: Language): Promise<Uint8Array> =>
  format === 'xlsx' ? toWorkbook(table) : new TextEncoder().encode(toCsv(table, format, language));

/** People and organisations read out of the vault and written as a file, for the screens and the command line. */
import { type CsvKind, toCsv } from '../../shared/export/csv.ts';
import { organisationsTable, peopleTable, type PersonRow } from '../../shared/export/contact-table.ts';
import type { Table } from '../../shared/export/table.ts';
import type { CardVersion } from '../../shared/export/card-version.ts';
import { cardFile, organisationCard, personCard } from '../../shared/export/vcard.ts';
import type { Language } from '../../shared/i18n/catalogue.ts';
import type { Affiliation, Organisation, Person } from '../../shared/model/records.ts';
import { displayName, listName } from '../../shared/text/names.ts';
import { naturalCompare } from '../../shared/text/search-key.ts';
import type { VaultApi } from '../vault/api.ts';
import { recordOf } from './contract-reads.ts';
import { toWorkbook } from './workbook.ts';

export type ContactKind = 'people' | 'organisations';
type Reads = Pick<VaultApi, 'listAll'>;

async function readOrganisations(vault: Reads): Promise<readonly Organisation[]> {
  const organisations = (await vault.listAll('organisation')).map((view) => recordOf<Organisation>(view));
  return organisations.sort((a, b) => naturalCompare(a.name ?? '', b.name ?? '') || (a.id < b.id ? -1 : 1));
}

/** Everybody with the job that stands for them: a present one before a past one, the main one before others. */
async function readPeople(vault: Reads): Promise<readonly PersonRow[]> {
  const byId = new Map((await readOrganisations(vault)).map((one) => [one.id, one]));
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
  return people.sort(
    (a, b) => naturalCompare(listName(a.person.name), listName(b.person.name)) || (a.person.id < b.person.id ? -1 : 1),
  );
}

/** Everybody, or every organisation, in the order of lists. The bin stays out. */
export const readTable = async (vault: Reads, kind: ContactKind, language: Language): Promise<Table> =>
  kind === 'organisations'
    ? organisationsTable(await readOrganisations(vault), language)
    : peopleTable(await readPeople(vault), language);

/** The bytes of the file: a workbook, or CSV of one of its kinds. */
export const tableBytes = async (table: Table, format: 'xlsx' | CsvKind, language: Language): Promise<Uint8Array> =>
  format === 'xlsx' ? toWorkbook(table) : new TextEncoder().encode(toCsv(table, format, language));

export interface CardBytes {
  readonly bytes: Uint8Array;
  readonly cards: number;
  /** Whose card it is, when it is one. */
  readonly name: string;
}

/** Business cards of everybody, of every organisation, or of those with the ids; in the order of lists. */
export async function readCardFile(
  vault: Reads,
  kind: ContactKind,
  version: CardVersion,
  ids?: readonly string[],
): Promise<CardBytes> {
  const wanted = ids && new Set(ids);
  const all =
    kind === 'organisations'
      ? (await readOrganisations(vault)).map((one) => ({
          id: one.id,
          name: one.name ?? one.fullName,
          card: () => organisationCard(one, version),
        }))
      : (await readPeople(vault)).map((row) => ({
          id: row.person.id,
          name: displayName(row.person.name),
          card: () => personCard(row, version),
        }));
  const chosen = all.filter((one) => !wanted || wanted.has(one.id));
  return {
    bytes: new TextEncoder().encode(cardFile(chosen.map((one) => one.card()))),
    cards: chosen.length,
    name: chosen.length === 1 ? (chosen[0]?.name ?? '') : '',
  };
}

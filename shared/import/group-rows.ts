/** Lists where a company's name alone stands over its people, as a heading within the column of names. */
import { baseField } from './fields.ts';
import type { DataRow } from './recognise.ts';
import { cellText, oneLine } from './table.ts';
import { looksLikePerson } from './values/names.ts';
import { hasLegalForm, looksLikeOrganisation } from './values/organisations.ts';
import type { ColumnView } from './views.ts';

export interface GroupRows {
  /** Number of a row of a person → the company that stands over it. */
  readonly companyOf: ReadonlyMap<number, string>;
  /** Number of a heading row → how many people stand under it. */
  readonly headings: ReadonlyMap<number, number>;
}

const NONE: GroupRows = { companyOf: new Map(), headings: new Map() };

/**
 * Finds the headings. Only where the table has no column for companies, begins with a heading, and names companies in no
 * other row: a list where people and companies alternate is left as it is.
 */
export function groupRows(columns: readonly ColumnView[], rows: readonly DataRow[]): GroupRows {
  const names = columns.filter((column) => baseField(column.field) === 'name.full');
  const companies = columns.some((column) => column.field === 'org.name' || column.field === 'party');
  const [name] = names;
  if (!name || names.length > 1 || companies) return NONE;
  const companyOf = new Map<number, string>();
  const headings = new Map<number, number>();
  let heading = 0;
  let company = '';
  for (const row of rows) {
    if (row.excluded) continue;
    const text = oneLine(cellText(row.cells[name.index]));
    const alone = row.cells.every((cell, i) => i === name.index || oneLine(cellText(cell)) === '');
    // «Завод „Пихта“» alone in its row is a company without a legal form; beside a telephone it may be anybody.
    const isCompany =
      text !== '' && (hasLegalForm(text) || (alone && looksLikeOrganisation(text) && !looksLikePerson(text)));
    if (isCompany) {
      if (!alone) return NONE;
      heading = row.number;
      company = text;
      headings.set(heading, 0);
    } else if (heading === 0) return NONE;
    else if (text !== '') {
      companyOf.set(row.number, company);
      headings.set(heading, (headings.get(heading) as number) + 1);
    }
  }
  return companyOf.size === 0 ? NONE : { companyOf, headings };
}

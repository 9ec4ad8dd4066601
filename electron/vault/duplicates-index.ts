/** What the search for duplicates needs of every organisation and person. */
import type { Json } from '../../shared/change/types.ts';
import { digitsOnly } from '../../shared/text/search-key.ts';
import type { DuplicatesIndex, ExistingOrganisation, ExistingPerson } from './api.ts';
import type { Statements } from './database.ts';
import { elements, object, text } from './fields.ts';
import type { RecordStore } from './record-store.ts';

const emailsOf = (set: Json | undefined): string[] =>
  elements(set)
    .map(([, email]) => text(object(email).value).trim().toLowerCase())
    .filter(Boolean);
const phonesOf = (set: Json | undefined): string[] =>
  elements(set)
    .map(([, phone]) => text(object(phone).e164) || digitsOnly(text(object(phone).value)))
    .filter(Boolean);
const textsOf = (set: Json | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(object(set)).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : [])),
  );

export function duplicatesIndex(store: RecordStore, sql: Statements): DuplicatesIndex {
  const organisations: ExistingOrganisation[] = [];
  for (const { id, data } of store.each('organisation')) {
    organisations.push({
      id,
      name: text(data.name),
      ...(text(data.fullName) === '' ? {} : { fullName: text(data.fullName) }),
      emails: emailsOf(data.emails),
      phones: phonesOf(data.phones),
      legalIds: textsOf(data.legalIds),
      externalIds: textsOf(data.externalIds),
    });
  }
  const memberships = new Map<string, { id: string; name: string; affiliation: string }[]>();
  const rows = sql
    .of(
      'SELECT a.person, o.id, o.name, r.id AS affiliation FROM affiliations a JOIN organisations o ON o.id = a.organisation JOIN records r ON r.n = a.n ORDER BY a.n',
    )
    .all() as { person: string; id: string; name: string; affiliation: string }[];
  for (const { person, id, name, affiliation } of rows) {
    const list = memberships.get(person);
    if (list) list.push({ id, name, affiliation });
    else memberships.set(person, [{ id, name, affiliation }]);
  }
  const people: ExistingPerson[] = [];
  for (const { id, data } of store.each('person')) {
    people.push({
      id,
      name: textsOf(data.name),
      ...(text(data.birthday) === '' ? {} : { birthday: text(data.birthday) }),
      emails: emailsOf(data.emails),
      phones: phonesOf(data.phones),
      links: elements(data.links)
        .map(([, link]) => text(object(link).value))
        .filter(Boolean),
      externalIds: textsOf(data.externalIds),
      organisations: memberships.get(id) ?? [],
    });
  }
  return { organisations, people };
}

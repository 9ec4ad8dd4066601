/** Addresses of a row gathered from their parts, and the reading of a row that is about a company and not a person. */
import type { Address } from '../model/records.ts';
import type { RowOrganisation, RowPerson } from './row-draft.ts';

type Part =
  | 'formatted'
  | 'street'
  | 'street2'
  | 'street3'
  | 'city'
  | 'region'
  | 'postcode'
  | 'country'
  | 'poBox'
  | 'extended'
  | 'label';

/** `address.city`, `address.work.street2`: the parts; not `address` alone. */
export const isAddressField = (field: string): boolean => field.startsWith('address.');

export class AddressParts {
  private readonly groups = new Map<string, { kind: string; parts: Map<Part, string> }>();

  /** Takes one part; `field` is `address.<part>` or `address.<kind>.<part>`. */
  take(field: string, series: number, value: string): void {
    const [, a = '', b] = field.split('.');
    const kind = b === undefined ? '' : a;
    const part = (b ?? a) as Part;
    const key = `${kind}#${series}`;
    let group = this.groups.get(key);
    if (!group) {
      group = { kind, parts: new Map() };
      this.groups.set(key, group);
    }
    const before = group.parts.get(part);
    group.parts.set(part, before && before !== value ? `${before}, ${value}` : value);
  }

  /** `labelOf` makes our label of the one that is written. */
  list(labelOf: (text: string) => string): readonly Address[] {
    const out: Address[] = [];
    const taken = new Set([...this.groups.values()].map(({ kind }) => kind));
    for (const { kind, parts } of this.groups.values()) {
      const text = (part: Part): string => parts.get(part) ?? '';
      const street = [text('street'), text('street2'), text('street3'), text('extended')].filter(Boolean).join(', ');
      let label = kind || labelOf(text('label')) || (taken.has('work') ? 'other' : 'work');
      const fields = {
        formatted: text('formatted').replace(/\n/g, ', '),
        street,
        city: text('city'),
        region: text('region'),
        postcode: text('postcode'),
        country: text('country'),
        poBox: text('poBox'),
      };
      const filled = Object.entries(fields).filter(([, value]) => value !== '');
      // Outlook writes the country of an address that has nothing else; that is no address.
      if (filled.length === 0) continue;
      // A record holds one address per label.
      for (let n = 2; out.some((one) => one.label === label); n += 1) label = `${label.replace(/ \d+$/, '')} ${n}`;
      out.push({ label, ...Object.fromEntries(filled) });
    }
    return out;
  }
}

/** Without a person the row is about the company: everything reachable is the company's. */
export function contactTarget(person: RowPerson, org: RowOrganisation, jobTitle: string, department: string): void {
  org.phones.push(...person.phones.map((phone, i) => ({ ...phone, order: org.phones.length + i })));
  org.emails.push(...person.emails);
  org.links.push(...person.links);
  org.addresses.push(...person.addresses);
  for (const tag of person.tags) if (!org.tags.includes(tag)) org.tags.push(tag);
  org.extra.push(...person.extra);
  if (jobTitle !== '') org.extra.push({ header: 'jobTitle', value: jobTitle });
  if (department !== '') org.extra.push({ header: 'department', value: department });
  if (person.birthday !== undefined) org.extra.push({ header: 'birthday', value: person.birthday });
  if (person.summary) org.summary = org.summary ? `${org.summary}\n\n${person.summary}` : person.summary;
  if (person.owner !== undefined) org.owner ??= person.owner;
  for (const [system, id] of person.externalIds) if (!org.externalIds.has(system)) org.externalIds.set(system, id);
}

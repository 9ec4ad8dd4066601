/**
 * What a column may be. Keys are stable (they travel in mappings and reports); numbered series of one contact card
 * (E-mail 1, Phone 2) carry `#n` after the key so that a value finds its label.
 */

export type FieldGroup =
  | 'name'
  | 'work'
  | 'phone'
  | 'email'
  | 'link'
  | 'address'
  | 'personal'
  | 'organisation'
  | 'contract'
  | 'deal'
  | 'other';

const GROUPS: Readonly<Record<FieldGroup, string>> = {
  name:
    'name.full name.family name.given name.patronymic name.prefix name.suffix name.nickname name.maiden name.initials ' +
    'name.phoneticGiven name.phoneticPatronymic name.phoneticFamily name.display name.fileAs salutation',
  work: 'org.name party jobTitle department role profession assistant.name manager.name',
  phone:
    'phone phone.label phone.extension phone.work phone.work2 phone.direct phone.mobile phone.mobile2 phone.home phone.home2 phone.fax phone.faxHome ' +
    'phone.faxOther phone.assistant phone.main phone.primary phone.pager phone.other phone.other2 phone.car phone.callback phone.radio phone.telex ' +
    'phone.tty phone.isdn phone.mailing contacts',
  email: 'email email.label email.display email.work email.home email.other email.mailing',
  link:
    'link.web link.label link.work link.home link.linkedin link.telegram link.viber link.whatsapp link.skype link.icq link.vk link.facebook ' +
    'link.instagram link.x link.other',
  address: ['', '.work', '.home', '.other', '.mailing', '.billing']
    .map((kind) =>
      [
        'formatted',
        'street',
        'street2',
        'street3',
        'city',
        'region',
        'postcode',
        'country',
        'poBox',
        'extended',
        'label',
      ]
        .map((part) => `address${kind}.${part}`)
        .join(' '),
    )
    .join(' '),
  personal:
    'birthday birthday.day birthday.month birthday.year anniversary gender notes tags language spouse children hobby relation ' +
    'relation.label event event.label',
  organisation:
    'org.fullName org.industry org.phone org.email org.website org.inn org.kpp org.ogrn org.okpo org.bik org.account org.corrAccount org.bank ' +
    'org.vat org.legalAddress org.actualAddress org.externalId org.notes org.kind',
  contract:
    'contract.number contract.date contract.term contract.start contract.end contract.amount contract.currency contract.renewal contract.subject contract.status',
  deal: 'deal.name deal.stage deal.amount deal.closed deal.pipeline deal.id',
  other:
    'owner source source.details externalId governmentId status contactType lastContact created modified createdBy modifiedBy attachment custom custom.label extra ignored',
};

/** Field key → group. */
export const TARGET_FIELDS: ReadonlyMap<string, FieldGroup> = new Map(
  (Object.entries(GROUPS) as [FieldGroup, string][]).flatMap(([group, keys]) =>
    keys.split(' ').map((key) => [key, group] as const),
  ),
);

/** `phone#2` → `phone`. */
export function baseField(field: string): string {
  const hash = field.indexOf('#');
  return hash < 0 ? field : field.slice(0, hash);
}

/** `phone#2` → 2; 0 without a number. */
export function seriesOf(field: string): number {
  const hash = field.indexOf('#');
  return hash < 0 ? 0 : Number(field.slice(hash + 1));
}

export const isTargetField = (field: string): boolean => field === '' || TARGET_FIELDS.has(baseField(field));

/** For the column menu: every field that can be chosen, with its group. */
export function targetList(): readonly { readonly field: string; readonly group: string }[] {
  return [...TARGET_FIELDS].map(([field, group]) => ({ field, group }));
}

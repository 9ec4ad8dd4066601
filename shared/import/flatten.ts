/** Drafts as the change log writes them: field, or `set/key`, → value. Empty values are left out. */
import type { Json } from '../change/types.ts';
import type { DraftAffiliation, DraftContract, DraftOrganisation, DraftPerson } from './draft.ts';
import { addressKey, emailKey, linkKey, phoneKey, tagKey, textKey } from './element-keys.ts';

export type FlatFields = Map<string, Json>;

const asJson = (value: object): Json => value as unknown as Json;

function put(fields: FlatFields, field: string, value: Json | undefined): void {
  if (value === undefined || value === null || value === '') return;
  if (!fields.has(field)) fields.set(field, value);
}

function putAll(
  fields: FlatFields,
  set: string,
  values: readonly object[] | undefined,
  key: (value: never) => string,
): void {
  for (const value of values ?? []) put(fields, `${set}/${key(value as never)}`, asJson(value));
}

function putOrdered(
  fields: FlatFields,
  set: string,
  values: readonly object[] | undefined,
  key: (value: never) => string,
): void {
  (values ?? []).forEach((value, order) => put(fields, `${set}/${key(value as never)}`, asJson({ order, ...value })));
}

const putTrue = (fields: FlatFields, set: string, keys: readonly string[] | undefined): void => {
  for (const key of keys ?? []) if (key.trim() !== '') put(fields, `${set}/${tagKey(key)}`, true);
};

const putTexts = (fields: FlatFields, set: string, values: Readonly<Record<string, string>> | undefined): void => {
  for (const [key, value] of Object.entries(values ?? {})) put(fields, `${set}/${textKey(key)}`, value);
};

function contacts(fields: FlatFields, draft: DraftPerson | DraftOrganisation): void {
  putOrdered(fields, 'phones', draft.phones, phoneKey);
  putOrdered(fields, 'emails', draft.emails, emailKey);
  putAll(fields, 'links', draft.links, linkKey);
  putAll(fields, 'addresses', draft.addresses, addressKey);
  putTrue(fields, 'tags', draft.tags);
  putTexts(fields, 'externalIds', draft.externalIds);
  putAll(fields, 'extra', draft.extra, (extra: { readonly header: string }) => textKey(extra.header));
}

export function flattenPerson(draft: DraftPerson): FlatFields {
  const fields: FlatFields = new Map();
  if (draft.name && Object.values(draft.name).some(Boolean)) put(fields, 'name', asJson(draft.name));
  putAll(fields, 'otherNames', draft.otherNames, (name: object) => textKey(Object.values(name).join(' ')));
  put(fields, 'salutation', draft.salutation);
  put(fields, 'birthday', draft.birthday);
  put(fields, 'gender', draft.gender);
  putTrue(fields, 'languages', draft.languages);
  put(fields, 'summary', draft.summary);
  put(fields, 'role', draft.role);
  put(fields, 'owner', draft.owner);
  contacts(fields, draft);
  return fields;
}

export function flattenOrganisation(draft: DraftOrganisation): FlatFields {
  const fields: FlatFields = new Map();
  put(fields, 'name', draft.name);
  put(fields, 'fullName', draft.fullName);
  putTrue(fields, 'kinds', draft.kinds);
  put(fields, 'industry', draft.industry);
  put(fields, 'summary', draft.summary);
  putTexts(fields, 'legalIds', draft.legalIds);
  put(fields, 'bank', draft.bank);
  put(fields, 'owner', draft.owner);
  contacts(fields, draft);
  return fields;
}

export function flattenAffiliation(draft: DraftAffiliation): FlatFields {
  const fields: FlatFields = new Map();
  put(fields, 'jobTitle', draft.jobTitle);
  put(fields, 'department', draft.department);
  put(fields, 'from', draft.from);
  put(fields, 'until', draft.until);
  return fields;
}

export function flattenContract(draft: DraftContract): FlatFields {
  const fields: FlatFields = new Map();
  put(fields, 'number', draft.number);
  put(fields, 'title', draft.title);
  put(fields, 'subject', draft.subject);
  put(fields, 'signedOn', draft.signedOn);
  put(fields, 'start', draft.start);
  put(fields, 'end', draft.end);
  if (draft.value) put(fields, 'value', asJson(draft.value));
  if (draft.renewal) put(fields, 'renewalText', draft.renewal);
  put(fields, 'owner', draft.owner);
  put(fields, 'status', draft.status);
  putAll(fields, 'extra', draft.extra, (extra: { readonly header: string }) => textKey(extra.header));
  return fields;
}

/** A record's materialised data (sets as objects) as field paths. `sets` tells which fields are sets. */
export function flattenData(data: Readonly<Record<string, Json>>, isSet: (field: string) => boolean): FlatFields {
  const fields: FlatFields = new Map();
  for (const [name, value] of Object.entries(data)) {
    if (isSet(name) && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, element] of Object.entries(value)) fields.set(`${name}/${key}`, element);
    } else fields.set(name, value);
  }
  return fields;
}

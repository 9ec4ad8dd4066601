/** Phones, addresses and the like: what was typed becomes an element of the record's set, under the key imports use. */
import type { DraftChange, Json } from '../../../shared/change/types.ts';
import { addressKey, emailKey, linkKey, phoneKey } from '../../../shared/import/element-keys.ts';
import { parseEmails } from '../../../shared/import/values/emails.ts';
import { parsePhones } from '../../../shared/import/values/phones.ts';
import type { Address, Email, Link, Phone } from '../../../shared/model/records.ts';

export interface SetElement {
  readonly key: string;
  readonly value: Json;
}
const pack = <T extends object>(key: string, value: T): SetElement => ({ key, value: value as unknown as Json });

/** A typed phone; several in one line become several. The label of the edited one is kept. */
export function phonesFrom(text: string, label: string, order: number): readonly SetElement[] {
  const { phones } = parsePhones(text);
  if (phones.length === 0) {
    const value: Phone = { value: text.trim(), label, order };
    return [pack(phoneKey(value), value)];
  }
  return phones.map((each, index) => {
    const value: Phone = {
      value: each.value,
      label: each.label ?? label,
      order: order + index,
      ...(each.e164 ? { e164: each.e164 } : {}),
      ...(each.extension ? { extension: each.extension } : {}),
    };
    return pack(phoneKey(value), value);
  });
}

export function emailsFrom(text: string, label: string, order: number): readonly SetElement[] {
  const { emails } = parseEmails(text);
  return (emails.length > 0 ? emails : [text.trim()]).map((value, index) => {
    const email: Email = { value, label, order: order + index };
    return pack(emailKey(email), email);
  });
}

const LINK_HOSTS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/\/|\.)t\.me\/|^@/i, 'telegram'],
  [/linkedin\.com/i, 'linkedin'],
  [/(?:^|\/\/|\.)vk\.com/i, 'vk'],
  [/wa\.me|whatsapp/i, 'whatsapp'],
  [/skype/i, 'skype'],
];
export function linkFrom(text: string): SetElement {
  const value = text.trim();
  const kind = LINK_HOSTS.find(([pattern]) => pattern.test(value))?.[1] ?? 'web';
  const link: Link = { kind, value };
  return pack(linkKey(link), link);
}

export const addressFrom = (address: Address): SetElement => pack(addressKey(address), address);

/** One line of an address, as one writes it in its country's usual order: from general to particular for Russian. */
export function addressLine(address: Address): string {
  if (address.formatted) return address.formatted;
  const { postcode, country, region, city, street, poBox } = address;
  const isRussian = /[а-яё]/i.test(`${city ?? ''}${street ?? ''}`);
  const parts = isRussian
    ? [postcode, country, region, city, street, poBox]
    : [street, poBox, city, region, postcode, country];
  return parts.filter(Boolean).join(', ');
}

/** Replaces an element: the old key goes, the new ones come, in one batch. */
export function replaceElement(
  type: string,
  record: string,
  set: string,
  oldKey: string | null,
  elements: readonly SetElement[],
): DraftChange[] {
  const changes: DraftChange[] = elements.map(({ key, value }) => ({ type, record, field: `${set}/${key}`, value }));
  if (oldKey !== null && !elements.some(({ key }) => key === oldKey)) {
    changes.unshift({ type, record, field: `${set}/${oldKey}`, value: null });
  }
  return changes;
}

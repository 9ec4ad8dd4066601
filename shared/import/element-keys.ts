/**
 * Keys of set elements that come from files: the same value always gets the same key, so that a second import of a file
 * adds nothing, and two devices importing the same file agree.
 */
import type { Json } from '../change/types.ts';
import type { Address, Email, Link, Phone } from '../model/records.ts';
import { digitsOnly } from '../text/search-key.ts';

const LONGEST = 120;
// oxlint-disable-next-line no-control-regex -- control characters are what is replaced
const CONTROL = /[\u0000-\u001f\u007f]/;
// oxlint-disable-next-line no-control-regex -- control characters are what is replaced
const CONTROLS = /[\u0000-\u001f\u007f]+/g;

/** 53-bit hash of a text, in base 36; the tail of keys that had to be cut. */
function shortHash(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}

/** Any text as an element key: one line, at most 120 characters (longer ones end in a hash), never empty. */
export function textKey(text: string): string {
  const line = (CONTROL.test(text) ? text.replace(CONTROLS, ' ') : text).trim();
  if (line === '' || line === '__proto__') return `(${line})`;
  if (line.length <= LONGEST) return line;
  return `${line.slice(0, LONGEST - 14).replace(/[\ud800-\udbff]$/, '')}…${shortHash(line)}`;
}

/** E.164, else the digits, else the text; an extension is part of the number. */
export function phoneKey(phone: Phone): string {
  // Most numbers are understood and have no extension.
  if (phone.e164 && !phone.extension) return phone.e164;
  const number = phone.e164 || digitsOnly(phone.value) || phone.value.toLowerCase();
  return textKey(phone.extension ? `${number};ext=${phone.extension}` : number);
}
export const emailKey = (email: Email): string => textKey(email.value.trim().toLowerCase());
export const linkKey = (link: Link): string => textKey(`${link.kind}:${link.value.trim()}`);
export const addressKey = (address: Address): string => textKey(address.label || 'other');
export const tagKey = (tag: string): string => textKey(tag);

/** The key that an element would have had if it had come from a file; `key` itself where elements carry no value. */
export function canonicalKey(set: string, key: string, element: Json): string {
  if (set === 'tags') return key.toLowerCase();
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return key;
  const value = (element as { readonly value?: unknown }).value;
  if (set === 'phones' && typeof value === 'string') return phoneKey(element as unknown as Phone);
  if (set === 'emails' && typeof value === 'string') return emailKey(element as unknown as Email);
  if (set === 'links' && typeof value === 'string') {
    const { kind } = element as unknown as Link;
    // A page is the same page whatever it is called: web, facebook.
    return linkKey({ kind: /^\s*(?:https?:|www\.)/i.test(value) ? '' : kind, value })
      .toLowerCase()
      .replace(/\/$/, '');
  }
  if (set === 'addresses' && typeof (element as { label?: unknown }).label === 'string')
    return addressKey(element as unknown as Address);
  return key;
}

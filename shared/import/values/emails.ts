/** E-mail addresses as they are found in cells: several, with display names, mailto:, look-alike letters, stray dots. */
import { oneLine } from '../table.ts';

export interface ParsedEmails {
  /** Domain in lower case; order kept, repetitions dropped. */
  readonly emails: readonly string[];
  /** Display name of the first address, when one was written. */
  readonly display?: string;
  readonly problems: readonly ('repaired' | 'notRead')[];
}

const SIMPLE =
  /^[a-z0-9_+'&-]+(?:\.[a-z0-9_+'&-]+)*@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.[a-z][a-z0-9-]*[a-z0-9]$/i;
/** Internationalised addresses: letters of any script (RFC 6531). */
const WIDE =
  /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?)*\.(?:\p{L}[\p{L}\p{M}]+|xn--[a-z0-9-]+)$/u;
const LOOK_ALIKE: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  с: 'c',
  е: 'e',
  н: 'h',
  к: 'k',
  м: 'm',
  о: 'o',
  р: 'p',
  т: 't',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ј: 'j',
  ԁ: 'd',
  з: '3',
};

/** Latin letters for Cyrillic look-alikes, part by part of the address; null when a part is truly Cyrillic or needs nothing. */
function toLatin(email: string): string | null {
  const at = email.indexOf('@');
  const repair = (part: string): string => {
    if (!/[\u0400-\u04ff\u0501]/.test(part)) return part;
    if (!/[a-z]/i.test(part)) return part;
    let out = '';
    for (const letter of part) {
      const lower = letter.toLowerCase();
      if (!/[\u0400-\u04ff\u0501]/.test(letter)) out += letter;
      else if (Object.hasOwn(LOOK_ALIKE, lower))
        out += letter === lower ? (LOOK_ALIKE[lower] as string) : (LOOK_ALIKE[lower] as string).toUpperCase();
      else return part;
    }
    return out;
  };
  const local = repair(email.slice(0, at));
  // A domain that is Cyrillic only in its last part («mail.ру») was typed on the wrong layout.
  const domain = repair(
    email
      .slice(at + 1)
      .replace(/\.ру$/u, '.ru')
      .replace(/\.сом$/u, '.com'),
  );
  const repaired = `${local}@${domain}`;
  return repaired === email ? null : repaired;
}

function clean(token: string): string {
  return token
    .replace(/^(?:mailto|e-?mail|почта|эл\.?\s*почта)\s*:\s*/iu, '')
    .replace(/^[<("'«[:]+|[>)"'»\],:;.]+$/g, '')
    .replace(/\?.*$/, '')
    .replace(/\.{2,}/g, '.')
    .replace(/^\.+/, '');
}

/** Lower-case form for comparing; the dots of a Gmail address do not count. */
export function emailKey(email: string): string {
  const lower = email.toLowerCase();
  const at = lower.lastIndexOf('@');
  const domain = lower.slice(at + 1);
  if (domain !== 'gmail.com' && domain !== 'googlemail.com') return lower;
  return `${lower.slice(0, at).replace(/\+.*$/, '').replaceAll('.', '')}@gmail.com`;
}

const ROLE =
  /^(?:info|sales|office|mail|contact|admin|support|help|hello|reception|zakaz|order|orders|zakupki|tender|buh|buhgalter|accounting|hr|job|jobs|kadry|marketing|pr|press|secretary|sekretar|priem|priemnaya|post|noreply|no-reply|webmaster|postmaster|sale|shop|opt|market|client|clients|team|service|servis|billing|finance|general|company|firma|inbox|kontakt|bestellung|vertrieb)[\d._-]*@/i;
/** A mailbox of a role or department (info@, sales@): many people share it. */
export const isRoleMailbox = (email: string): boolean => ROLE.test(email);

function lowerDomain(email: string): string {
  const at = email.lastIndexOf('@');
  return email.slice(0, at + 1) + email.slice(at + 1).toLowerCase();
}

/** Reads every address of a cell. */
export function parseEmails(source: string): ParsedEmails {
  if (SIMPLE.test(source)) return { emails: [lowerDomain(source)], problems: [] };
  const text = oneLine(source.replace(/\s*:::\s*|\n/g, '; '));
  if (text === '') return { emails: [], problems: [] };
  if (SIMPLE.test(text)) return { emails: [lowerDomain(text)], problems: [] };
  const problems: ('repaired' | 'notRead')[] = [];
  const emails: string[] = [];
  const seen = new Set<string>();
  const joined = text
    .replace(/\s*(?:\(at\)|\[at\]|\{at\}|\(собака\)|\[собака\])\s*/giu, '@')
    .replace(/\s*@[\s@]*/g, '@')
    // «ivan@x,ru»: the comma is the point's neighbour; a new address never begins with a domain's end.
    .replace(/(@[\p{L}\d.-]+),(ru|com|net|org|su|by|kz|ua|рф|de|info|biz)(?![\p{L}\d@.-])/giu, '$1.$2')
    .replace(/@([\p{L}\d-]+)\s*\.\s*(\p{L}{2,})(?![\p{L}\d@.])/gu, '@$1.$2');
  let display = '';
  if (/@\s*@|@[\p{L}\d.-]+,(?:ru|com|net|org|su|by|kz|ua|рф|de|info|biz)(?![\p{L}\d@.-])/iu.test(text))
    problems.push('repaired');
  for (const token of joined.split(/[\s,;|<>/]+/)) {
    if (!token.includes('@')) {
      if (emails.length === 0 && token !== '') display = display === '' ? token : `${display} ${token}`;
      continue;
    }
    const cleaned = clean(token);
    const latin = toLatin(cleaned);
    const candidate = latin ?? cleaned;
    if (!SIMPLE.test(candidate) && !WIDE.test(candidate)) {
      problems.push('notRead');
      continue;
    }
    if (latin !== null || (cleaned !== token && /\.$|\.\./.test(token))) problems.push('repaired');
    const email = lowerDomain(candidate);
    const key = email.toLowerCase();
    if (!seen.has(key)) {
      seen.add(key);
      emails.push(email);
    }
  }
  if (emails.length === 0 && !problems.includes('notRead')) problems.push('notRead');
  const name = display
    .replace(/^["'«»]+|["'«»:]+$/g, '')
    .replace(/mailto:?/i, '')
    .trim();
  return { emails, problems, ...(name !== '' && emails.length > 0 && /\p{L}{2}/u.test(name) ? { display: name } : {}) };
}

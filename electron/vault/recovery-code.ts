/**
 * The printed recovery code: 26 Crockford base32 characters (130 random bits) and 2 of checksum, in seven groups of
 * four. Letters that look alike are read as one (O as 0, I and L as 1).
 */
import { createHash, randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 26;

function checksum(body: string): string {
  const hash = createHash('sha256').update(`rapport recovery ${body}`).digest();
  return `${ALPHABET[(hash[0] as number) & 31]}${ALPHABET[(hash[1] as number) & 31]}`;
}

export function newRecoveryCode(): string {
  const body = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte & 31]).join('');
  return (`${body}${checksum(body)}`.match(/.{4}/g) ?? []).join('-');
}

/** The code's 26 characters, however it was typed; null when it is not a recovery code or has a typing error. */
export function parseRecoveryCode(input: string): string | null {
  const code = input
    .toUpperCase()
    .replace(/[\s\p{Pd}._]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  if (code.length !== LENGTH + 2 || !/^[0-9A-HJKMNP-TV-Z]+$/.test(code)) return null;
  const body = code.slice(0, LENGTH);
  return checksum(body) === code.slice(LENGTH) ? body : null;
}

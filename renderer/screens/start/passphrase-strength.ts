/** How hard a passphrase is to guess, in words. Length and variety count; no dictionary leaves the computer. */
export type Strength = 'tooShort' | 'weak' | 'fair' | 'strong';

const SHORTEST = 8;

/** Bits of a rough lower bound: distinct characters times length, repeated and neighbouring characters counted once. */
function bits(text: string): number {
  const characters = [...text];
  const pool =
    (/\p{Ll}/u.test(text) ? 28 : 0) +
    (/\p{Lu}/u.test(text) ? 28 : 0) +
    (/\d/.test(text) ? 10 : 0) +
    (/[^\p{L}\d]/u.test(text) ? 20 : 0);
  const fresh = characters.filter((character, index) => {
    const before = characters[index - 1];
    const step = before === undefined ? 99 : Math.abs(character.codePointAt(0)! - before.codePointAt(0)!);
    return step > 1;
  }).length;
  const varied = Math.min(fresh, new Set(characters).size * 2);
  return varied * Math.log2(Math.max(pool, 2)) * 0.6;
}

/** `tooShort` is refused; the rest is advice. */
export function passphraseStrength(text: string): Strength {
  if ([...text].length < SHORTEST) return 'tooShort';
  const score = bits(text);
  if (score < 36) return 'weak';
  return score < 60 ? 'fair' : 'strong';
}

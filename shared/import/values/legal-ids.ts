/** Russian legal identifiers: check digits (приказ ФНС ММВ-7-6/435@ for ИНН, приказ Минфина 165н for ОГРН), zeros eaten by Excel. */

const digits = (text: string): string => text.replace(/\D/g, '');
const weigh = (number: string, weights: readonly number[]): number =>
  (weights.reduce((sum, weight, i) => sum + weight * Number(number[i]), 0) % 11) % 10;

/** ИНН of 10 (company) or 12 digits (person) whose check digits are right. */
export function isInn(number: string): boolean {
  if (/^\d{10}$/.test(number)) return weigh(number, [2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(number[9]);
  if (!/^\d{12}$/.test(number)) return false;
  return (
    weigh(number, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(number[10]) &&
    weigh(number, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(number[11])
  );
}

/** ОГРН of 13 or ОГРНИП of 15 digits whose check digit is right. */
export function isOgrn(number: string): boolean {
  if (/^\d{13}$/.test(number)) return Number(BigInt(number.slice(0, 12)) % 11n) % 10 === Number(number[12]);
  if (/^\d{15}$/.test(number)) return Number(BigInt(number.slice(0, 14)) % 13n) % 10 === Number(number[14]);
  return false;
}

export interface LegalId {
  readonly value: string;
  readonly problem?: 'restoredZero' | 'wrongLength' | 'wrongCheck' | 'damaged';
}

const LENGTHS: Readonly<Record<string, readonly number[]>> = {
  inn: [10, 12],
  kpp: [9],
  ogrn: [13, 15],
  bik: [9],
  account: [20],
  corrAccount: [20],
  okpo: [8, 10],
};

/**
 * Reads an identifier of a kind (inn, kpp, ogrn, bik, account, …). A missing leading zero is put back only where check
 * digits prove it (ИНН) or the length leaves no other reading (КПП, БИК); the row is told either way.
 */
export function parseLegalId(kind: string, source: string): LegalId | null {
  const text = source.trim();
  if (text === '' || /^[-–—0]+$/.test(text)) return null;
  if (/^\d+[.,]\d+[eе]\+?\d+$/iu.test(text)) return { value: text, problem: 'damaged' };
  // КПП may hold letters in its fifth and sixth place.
  const number = kind === 'kpp' ? text.replace(/[\s.]/g, '') : digits(text);
  const lengths = Object.hasOwn(LENGTHS, kind) ? (LENGTHS[kind] as readonly number[]) : [];
  if (lengths.length === 0) return { value: text };
  if (number === '') return { value: text, problem: 'wrongLength' };
  if (!lengths.includes(number.length)) {
    const padded = `0${number}`;
    if (lengths.includes(padded.length)) {
      if (kind === 'inn')
        return isInn(padded) ? { value: padded, problem: 'restoredZero' } : { value: number, problem: 'wrongLength' };
      if (kind === 'kpp' || kind === 'bik') return { value: padded, problem: 'restoredZero' };
    }
    return { value: number, problem: 'wrongLength' };
  }
  if (kind === 'inn' && !isInn(number)) return { value: number, problem: 'wrongCheck' };
  if (kind === 'ogrn' && !isOgrn(number)) return { value: number, problem: 'wrongCheck' };
  return { value: number };
}

/**
 * «7707083893/773601001», «ИНН 7707083893 КПП 773601001»: several identifiers in one cell, told apart by their lengths.
 * Null when the cell does not hold several.
 */
export function severalLegalIds(source: string): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>();
  const pieces = source.replace(/(?:ИНН|КПП|ОГРН(?:ИП)?)[\s:.№]*/giu, ' / ').split(/\s*[/\\,;|\n]\s*/);
  const parts = pieces.flatMap((piece) => {
    const tight = piece.replace(/[\s\u00a0]/g, '');
    // Groups of digits are one number unless they are too long for any.
    return tight.length > 15 ? piece.split(/\s+/) : [tight];
  });
  for (const part of parts.filter((one) => one !== '')) {
    const kind = /^(?:\d{10}|\d{12})$/.test(part)
      ? 'inn'
      : /^\d{4}[\dA-Z]{2}\d{3}$/.test(part)
        ? 'kpp'
        : /^(?:\d{13}|\d{15})$/.test(part)
          ? 'ogrn'
          : '';
    if (kind === '' || found.has(kind)) return null;
    found.set(kind, part);
  }
  return found.size >= 2 ? found : null;
}

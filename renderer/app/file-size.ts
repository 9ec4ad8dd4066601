/** Sizes of files in words. */

const KILO = 1000;

const scaled = (bytes: number, of: number): { readonly value: number; readonly isMega: boolean } => {
  const isMega = of >= KILO * KILO;
  return { value: isMega ? bytes / KILO / KILO : bytes / KILO, isMega };
};

/** «340 кБ», “2.1 MB”. */
export function sizeWords(bytes: number, language: string): string {
  const { value, isMega } = scaled(bytes, bytes);
  return (isMega ? value : Math.max(1, value)).toLocaleString(language, {
    style: 'unit',
    unit: isMega ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: isMega ? 1 : 0,
  });
}

/** The number of a part in the unit that the whole has: the «3» of «3 из 7 МБ». */
export function partWords(done: number, bytes: number, language: string): string {
  const { value, isMega } = scaled(done, bytes);
  return value.toLocaleString(language, { maximumFractionDigits: isMega ? 1 : 0 });
}

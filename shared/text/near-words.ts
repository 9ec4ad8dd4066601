/** Words as people mistype them: a letter too many, too few, another, or two that changed places. */

/** Mistakes forgiven in a word of so many letters; short words have too many neighbours. */
const forgiven = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

/**
 * The beginning of `term` that is nearest to `word`, when it is near enough: «стелаж» finds «стеллаж» in «стеллажей».
 * Both in search form. Undefined when they are different words.
 */
export function nearBeginning(
  word: string,
  term: string,
): { readonly text: string; readonly mistakes: number } | undefined {
  const most = forgiven(word.length);
  if (most === 0 || term.length < word.length - most) return undefined;
  const width = Math.min(term.length, word.length + most);
  // Rows of the table of distances between beginnings (Damerau-Levenshtein, neighbours only).
  let before: number[] = [];
  let last = Array.from({ length: width + 1 }, (_, i) => i);
  for (let i = 1; i <= word.length; i++) {
    const row = [i];
    for (let j = 1; j <= width; j++) {
      const same = word[i - 1] === term[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && word[i - 1] === term[j - 2] && word[i - 2] === term[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    if (Math.min(...row) > most) return undefined;
    before = last;
    last = row;
  }
  let best = most + 1;
  let length = 0;
  for (let j = 0; j <= width; j++) {
    if ((last[j] ?? best) < best || ((last[j] ?? best) === best && j === word.length)) {
      best = last[j] ?? best;
      length = j;
    }
  }
  return best <= most && length > 0 ? { text: term.slice(0, length), mistakes: best } : undefined;
}

const LATIN = 'abekmhopctyx';
const CYRILLIC = 'авекмнорстух';

/** The word in the letters of the other alphabet that look the same in capitals; undefined when one of them has no twin. */
export function lookalike(word: string): string | undefined {
  const swap = (from: string, to: string): string | undefined => {
    let out = '';
    let letters = 0;
    for (const char of word) {
      const at = from.indexOf(char);
      if (at >= 0) letters++;
      else if (/\p{L}/u.test(char)) return undefined;
      out += at >= 0 ? to[at] : char;
    }
    return letters > 0 ? out : undefined;
  };
  return swap(LATIN, CYRILLIC) ?? swap(CYRILLIC, LATIN);
}

/** Which sign separates the fields of a text table: the one that cuts most lines into equally many fields. */

export const DELIMITERS = [';', ',', '\t', '|'] as const;

export interface DelimiterGuess {
  readonly delimiter: string;
  /** True when a first line `sep=;` said so. */
  readonly declared: boolean;
  /** Nothing separates: a list with one column, or a delimiter nobody thought of. */
  readonly oneColumn: boolean;
}

const SEP = /^\ufeff?"?sep=(.|\\t)"?[ \t]*(?:\n|$)/i;

/** Fields of each record, a newline inside quotes not ending one. */
function fieldCounts(text: string, delimiter: string): readonly number[] {
  const counts: number[] = [];
  let fields = 1;
  let quoted = false;
  let atStart = true;
  let anything = false;
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i] as string;
    if (quoted) {
      if (sign !== '"') continue;
      if (text[i + 1] === '"') i += 1;
      else quoted = false;
      continue;
    }
    if (sign === '"' && atStart) quoted = true;
    else if (sign === delimiter) fields += 1;
    else if (sign === '\n') {
      if (anything) counts.push(fields);
      fields = 1;
      anything = false;
      atStart = true;
      continue;
    }
    // Spaces before an opening quote are none of the field.
    if (sign !== ' ') {
      atStart = sign === delimiter;
      anything = true;
    }
  }
  // An unclosed quote would make the rest one record; then lines are counted as they are.
  if (quoted)
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => line.split(delimiter).length);
  if (anything) counts.push(fields);
  return counts;
}

function quality(counts: readonly number[]): { readonly score: number; readonly columns: number } {
  const frequency = new Map<number, number>();
  for (const count of counts) if (count > 1) frequency.set(count, (frequency.get(count) ?? 0) + 1);
  let columns = 1;
  let times = 0;
  for (const [count, n] of frequency) {
    if (n > times || (n === times && count > columns)) {
      columns = count;
      times = n;
    }
  }
  if (columns < 2) return { score: 0, columns: 1 };
  // Titles above the header and remarks below the table have one field; they count half.
  const ones = counts.filter((count) => count === 1).length;
  const consistency = times / Math.max(1, counts.length - ones / 2);
  return { score: consistency * consistency * (1 + Math.log2(columns) / 4), columns };
}

/** Guesses from the start of a text whose line ends are `\n`. */
export function guessDelimiter(text: string): DelimiterGuess {
  const declared = SEP.exec(text);
  if (declared)
    return { delimiter: declared[1] === '\\t' ? '\t' : (declared[1] as string), declared: true, oneColumn: false };
  const cut = text.length > 64_000 ? text.slice(0, text.lastIndexOf('\n', 64_000) + 1 || 64_000) : text;
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    if (!cut.includes(delimiter)) continue;
    const { score } = quality(fieldCounts(cut, delimiter));
    if (score > best.score * 1.02) best = { delimiter, score };
  }
  return { delimiter: best.delimiter, declared: false, oneColumn: best.score === 0 };
}

/** Length of a leading `sep=` line including its newline; 0 when there is none. */
export const declaredLength = (text: string): number => SEP.exec(text)?.[0].length ?? 0;

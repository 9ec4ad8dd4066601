/** Where characters stand that the document's fonts do not have, so that a person finds them before the paper leaves. */

/** Characters kept on each side, as people count them. */
const AROUND = 24;
/** Places told; more would not be read. */
const MOST = 6;

/** The first place of each missing character: a piece of its line. A place that shows several of them is told once. */
export function glyphPlaces(text: string, missing: readonly string[]): readonly string[] {
  const wanted = new Set(missing);
  const places: string[] = [];
  for (const line of text.normalize('NFC').split('\n')) {
    if (wanted.size === 0 || places.length === MOST) break;
    // Characters as the fonts have them, pieces as people see them: a missing one is part of its piece.
    const parts = [
      ...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(line.replace(/\s+/gu, ' ').trim()),
    ];
    for (const [i, { segment }] of parts.entries()) {
      if (places.length === MOST || ![...segment].some((char) => wanted.has(char))) continue;
      const [from, to] = [Math.max(0, i - AROUND), Math.min(parts.length, i + AROUND + 1)];
      const piece = parts
        .slice(from, to)
        .map((part) => part.segment)
        .join('');
      for (const char of piece) wanted.delete(char);
      places.push(`${from > 0 ? '…' : ''}${piece.trim()}${to < parts.length ? '…' : ''}`);
    }
  }
  return places;
}

/**
 * A light stemmer for search: cuts the endings that Russian declension and English plurals add, never the root. Cruder
 * than Snowball on purpose: what remains is used as a prefix, so it only has to be short enough.
 */
const RUSSIAN =
  /(?:иями|ями|ами|ией|иям|иях|ого|его|ому|ему|ыми|ими|ешь|ишь|ете|ите|ует|уют|ать|ять|ить|еть|ия|ие|ии|ию|ов|ев|ей|ой|ый|ий|ая|яя|ое|ее|ые|ие|ую|юю|ам|ям|ах|ях|ом|ем|ым|им|ых|их|ет|ит|ут|ют|ат|ят|а|я|о|е|ы|и|у|ю|ь|й)$/u;
const ENGLISH = /(?:ies|es|s|ing|ed)$/;
/** Shorter stems would match half the index. */
const MIN_STEM = 3;

/** The stem of a word in search form; the word itself when nothing can be cut. */
export function stem(word: string): string {
  const pattern = /[а-я]/.test(word) ? RUSSIAN : /^[a-z]+$/.test(word) ? ENGLISH : null;
  if (!pattern) return word;
  const cut = word.replace(pattern, '');
  return cut.length >= MIN_STEM ? cut : word;
}

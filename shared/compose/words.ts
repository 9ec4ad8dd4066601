/** The document's words: the shared catalogue in the document's language, whatever the screen's language is. */
import type { Language } from '../i18n/catalogue.ts';
import { createTranslator } from '../i18n/translator.ts';

export type Translate = (key: string, params?: Record<string, unknown>) => string;

const made = new Map<Language, Translate>();

/** A translator for documents in the language. */
export function wordsOf(language: Language): Translate {
  let words = made.get(language);
  if (!words) {
    const { t } = createTranslator(language);
    words = (key, params) => String(params ? t(key, params) : t(key));
    made.set(language, words);
  }
  return words;
}

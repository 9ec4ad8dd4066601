/** Names of fields and their values as people read them, for the history. */
import type { Json } from '../../../shared/change/types.ts';
import { createWords } from '../../../shared/words/value-words.ts';
import { currentLanguage, i18n } from '../../app/i18n.ts';

const words = () =>
  createWords({
    language: currentLanguage(),
    t: i18n.t.bind(i18n) as typeof i18n.t,
    exists: (key) => i18n.exists(key),
  });

/** The word for a field; a field of a newer app is called by its own name. */
export const fieldWord = (field: string): string => words().field(field);

/** A value in words; long texts are cut. */
export const valueWords = (field: string, value: Json): string => words().value(field, value);

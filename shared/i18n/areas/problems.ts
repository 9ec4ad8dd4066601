/** Remarks about the rows and cells of a file; both languages side by side. */
import { readingProblems } from '../../import/messages.ts';
import { importProblems } from './import-errors.ts';

export const problems = {
  ru: { ...readingProblems.ru, ...importProblems.ru },
  en: { ...readingProblems.en, ...importProblems.en },
} as const;

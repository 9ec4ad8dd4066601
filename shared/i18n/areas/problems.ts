/** Remarks about the rows and cells of a file; both languages side by side. */
import { importProblems } from './import-errors.ts';

export const problems = {
  ru: { ...importProblems.ru },
  en: { ...importProblems.en },
} as const;

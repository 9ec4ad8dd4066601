/** Language of the reasons that scripts and people read: RAPPORT_LANGUAGE, else the system's. */
import { LANGUAGES, type Language } from '../../shared/i18n/catalogue.ts';

export function cliLanguage(): Language {
  const { env } = process;
  const wanted = env['RAPPORT_LANGUAGE'] ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '';
  return LANGUAGES.find((language) => wanted.startsWith(language)) ?? 'en';
}

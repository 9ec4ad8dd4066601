/** Numbers by the language of the screen. */
import { useCallback, useMemo } from 'react';
import { useLanguage } from '../../app/i18n.ts';

/** Whole numbers with the thousands marks of the language. */
export function useNumber(): (value: number) => string {
  const language = useLanguage();
  const format = useMemo(() => new Intl.NumberFormat(language), [language]);
  return useCallback((value) => format.format(value), [format]);
}

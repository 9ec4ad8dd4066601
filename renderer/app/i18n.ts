/** Texts in the screens: one translator, its language switched while the app runs. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../shared/i18n/catalogue.ts';
import type { catalogue } from '../../shared/i18n/catalogue.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import type { AppError } from '../../shared/result.ts';

type WithoutPlural<K extends string> = K extends `${infer Base}_${'one' | 'few' | 'many' | 'other'}` ? Base : K;
type KeysOf<T, Path extends string> = {
  [K in keyof T & string]: T[K] extends string ? `${Path}${WithoutPlural<K>}` : KeysOf<T[K], `${Path}${K}.`>;
}[keyof T & string];
/** Every key of the catalogues; plural keys by their base: `common.people` for `people_one`, `people_few`, … */
export type TextKey = KeysOf<(typeof catalogue)['ru'], ''>;
export type TextParams = Readonly<Record<string, string | number>>;
/** Translates a key; with `count` the right plural form. */
export type Translate = (key: TextKey, params?: TextParams) => string;

const { i18n } = createTranslator(navigator.language.startsWith('ru') ? 'ru' : 'en');
export { i18n };

/** For code outside of components (toasts, commands): the language of the moment. */
export const translate: Translate = (key, params) => i18n.t(key, params ?? {});

/** The translator of a component; it draws again when the language changes. */
export function useT(): Translate {
  const { t } = useTranslation(undefined, { i18n });
  return useCallback<Translate>((key, params) => t(key, params ?? {}), [t]);
}

export function useLanguage(): Language {
  const { i18n: current } = useTranslation(undefined, { i18n });
  return current.language === 'ru' ? 'ru' : 'en';
}

export const currentLanguage = (): Language => (i18n.language === 'ru' ? 'ru' : 'en');

/** Switches every text, the document's language and the order of dates. */
export async function setLanguage(language: Language): Promise<void> {
  document.documentElement.lang = language;
  if (i18n.language !== language) await i18n.changeLanguage(language);
}

/** What happened, what is safe, what to do; an error that has no text of its own is named by its code. */
export function errorText(error: AppError): string {
  for (const key of [`errors.${error.code}`, `importing.errors.${error.code}`, `importing.${error.code}`]) {
    if (i18n.exists(key, { count: 1 })) return i18n.t(key, { ...error.params });
  }
  return i18n.t('errors.unknown', { code: error.code });
}

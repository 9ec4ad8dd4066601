/** One i18next set-up for main, renderer, PDF and command line: CLDR plurals, no fallback between languages. */
import i18next, { type i18n, type TFunction } from 'i18next';
import { catalogue, type Language } from './catalogue.ts';

/** A translator with its own language; `t('area.key', {count})`. A missing key is shown as the key itself, and a test forbids it. */
export function createTranslator(language: Language): { readonly i18n: i18n; readonly t: TFunction } {
  const instance = i18next.createInstance();
  void instance.init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    showSupportNotice: false,
    resources: { ru: { translation: catalogue.ru }, en: { translation: catalogue.en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  } as Parameters<typeof instance.init>[0]);
  return { i18n: instance, t: instance.t };
}

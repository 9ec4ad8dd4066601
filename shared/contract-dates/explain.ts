/** Reasons and refusals as sentences. Dates in Russian as 28.06.2026, in English as 2026-06-28: unmistakable in both. */
import type { TFunction } from 'i18next';
import type { Language } from '../i18n/catalogue.ts';
import { createTranslator } from '../i18n/translator.ts';
import { PERIOD_UNITS, type Period } from './period.ts';
import type { Reason, ReasonValue } from './reason.ts';
import type { TermsError } from './terms.ts';

export interface Explainer {
  reason(reason: Reason): string;
  /** A step of a price calculation. */
  price(reason: Reason): string;
  problem(problem: TermsError): string;
  period(period: Period): string;
}

function dateText(date: string, language: Language): string {
  return language === 'ru' ? `${date.slice(8)}.${date.slice(5, 7)}.${date.slice(0, 4)}` : date;
}

const translators = new Map<Language, TFunction>();
function translatorOf(language: Language): TFunction {
  const t = translators.get(language) ?? createTranslator(language).t;
  translators.set(language, t);
  return t;
}

/** @param t a translator already at hand; by default one is made for the language, once. */
export function createExplainer(language: Language, t: TFunction = translatorOf(language)): Explainer {
  const say = (key: string, params: Record<string, unknown> = {}): string => t(`contractDates.${key}`, params);
  const period = (given: Period): string =>
    PERIOD_UNITS.filter((unit) => (given[unit] ?? 0) > 0)
      .map((unit) => say(`period.${unit}`, { count: given[unit] }))
      .join(' ')
      .replaceAll('.', language === 'ru' ? ',' : '.');
  const value = (name: string, given: ReasonValue): string | number => {
    if (name === 'weekday') return say(`weekday.${String(given)}`);
    if (typeof given === 'number') return given;
    if (typeof given === 'string') return text(given);
    return Array.isArray(given) ? given.map((item: string) => text(item)).join(', ') : period(given as Period);
  };
  const text = (given: string): string => {
    if (/^\d{4}-\d{2}-\d{2}$/.test(given)) return dateText(given, language);
    if (given.startsWith('point:')) return say(`point.${given.slice('point:'.length)}`);
    return given.startsWith('field:') ? say(`field.${given.slice('field:'.length)}`) : given;
  };
  const values = (params: Readonly<Record<string, ReasonValue>>): Record<string, string | number> =>
    Object.fromEntries(Object.entries(params).map(([name, given]) => [name, value(name, given)]));
  return {
    period,
    reason({ key, params, clause, amendment }) {
      const sentence = say(`because.${key}`, values(params));
      if (amendment !== undefined) return say('source.amendment', { sentence, number: text(amendment) });
      return clause === undefined ? sentence : say('source.clause', { sentence, clause });
    },
    price: ({ key, params }) => say(`index.${key}`, values(params)),
    problem: ({ code, params }) => say(`problem.${code}`, values(params)),
  };
}

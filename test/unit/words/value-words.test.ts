import { describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/change/types.ts';
import { catalogue, LANGUAGES } from '../../../shared/i18n/catalogue.ts';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import { RECORD_FIELDS } from '../../../shared/model/schema.ts';
import { createWords, type Words } from '../../../shared/words/value-words.ts';

function wordsIn(language: 'ru' | 'en'): Words {
  const { t, i18n } = createTranslator(language);
  return createWords({
    language,
    t,
    exists: (key) => i18n.exists(key),
    nameOf: (id) => (id === 'org-1' ? 'Ромашка' : undefined),
  });
}

describe('values in words', () => {
  const cases: readonly (readonly [field: string, value: Json, ru: string, en: string])[] = [
    ['end', '2026-12-31', '31.12.2026', '31 Dec 2026'],
    ['term', { years: 1, months: 6 }, '1 год 6 месяцев', '1 year 6 months'],
    ['renewal', 'tacit', 'продлевается сам', 'renews itself'],
    ['visibility', 'client', 'для клиента', 'for the client'],
    ['status', 'done', 'сделано', 'done'],
    ['organisation', 'org-1', 'Ромашка', 'Ромашка'],
    ['organisation', 'org-2', 'запись, которой здесь ещё нет', 'a record that is not here yet'],
    ['termToMonthEnd', true, 'да', 'yes'],
    ['tags/vip', true, 'vip', 'vip'],
    ['kinds/client', true, 'Клиент', 'Client'],
    [
      'phones/a',
      { value: '+7 916 123-45-67', label: 'mobile', order: 0 },
      '+7 916 123-45-67 · Мобильный',
      '+7 916 123-45-67 · Mobile',
    ],
    ['phones/a', null, 'убрано', 'removed'],
    ['decisions/a', { text: 'Скидка', order: 0, visibility: 'private' }, 'Скидка · личное', 'Скидка · private'],
    [
      'suspensions/a',
      { from: '2026-05-01', to: '2026-05-31' },
      'с: 01.05.2026 · по: 31.05.2026',
      'from: 1 May 2026 · to: 31 May 2026',
    ],
    ['$deleted', true, 'в корзину', 'to the bin'],
    ['subject', null, '—', '—'],
  ];
  it.each(cases)('%s %j', (field, value, ru, en) => {
    const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
    expect(plain(wordsIn('ru').value(field, value))).toBe(ru);
    expect(plain(wordsIn('en').value(field, value))).toBe(en);
  });

  it('say what an amendment changes', () => {
    const words = wordsIn('ru').value('amendments/a', {
      number: '2',
      effective: '2026-06-01',
      changes: { end: '2027-12-31', notice: { days: 60 } },
    });
    expect(words.replaceAll('\u00a0', ' ')).toBe(
      '№ 2 · действует с: 01.06.2026 · меняет: Окончание: 31.12.2027 · Уведомление: 60 дней',
    );
  });

  it('never show a field by a key of the program', () => {
    for (const language of LANGUAGES) {
      const fields = catalogue[language].profile.fields as Readonly<Record<string, string>>;
      for (const [type, own] of Object.entries(RECORD_FIELDS))
        if (type !== 'importBatch') for (const field of Object.keys(own)) expect(fields, field).toHaveProperty(field);
    }
  });
});

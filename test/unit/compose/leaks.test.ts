import { describe, expect, it } from 'vitest';
import { findLeaks } from '../../../shared/compose/leaks.ts';

const leaks = (closed: string, open: string, known: readonly string[] = []): readonly string[] =>
  findLeaks({ closed: [closed], open: [open], known });

describe('the search for leaks', () => {
  it('finds amounts however they are grouped, and percentages', () => {
    expect(leaks('Потолок бюджета 4 200 000 ₽.', 'Согласована сумма 4200000 рублей.')).toEqual(['4 200 000']);
    expect(leaks('Готовы дать скидку 15 %.', 'Скидка 15% после первой поставки.')).toEqual(['15%']);
    expect(leaks('Ceiling of £42,000.', 'The price is 42000 GBP')).toEqual(['42,000']);
  });
  it('finds names in any case', () => {
    expect(leaks('Спросить у Громова до встречи.', 'Ответ даст Громов.')).toEqual(['Громова']);
    expect(leaks('Offer by Delta Solutions was lower.', 'Unlike Delta, we deliver.')).toEqual(['Delta']);
  });
  it('finds amounts however they are said', () => {
    expect(leaks('Потолок 1,5 млн рублей.', 'Цена 1 500 000,00 ₽')).toEqual(['1,5 млн']);
    expect(leaks('Up to 2.25 million.', 'We agreed on $2,250,000.')).toEqual(['2.25 million']);
    expect(leaks('Дадим 250 тыс. аванса.', 'Аванс 250000 руб.')).toEqual(['250 тыс']);
    expect(leaks('Потолок 1,5 млн.', 'Очередь 15')).toEqual([]);
  });
  it('finds telephones however they are written', () => {
    expect(leaks('личный: +7 916 123-45-67', 'Звонить 8 (916) 123-45-67.')).toContain('+7 916 123-45-67');
    expect(leaks('личный: +7 916 123-45-67', 'Звонить 8 (916) 123-45-68.')).not.toContain('+7 916 123-45-67');
  });
  it('finds names that begin a sentence', () => {
    expect(leaks('Лидия против.', 'Вопрос задать Лидии.')).toEqual(['Лидия']);
    expect(leaks('Johnson refuses.', 'The report goes to Johnson.')).toEqual(['Johnson']);
    expect(leaks('Кравцов против.', 'Кравцову передать акт.')).toEqual(['Кравцов']);
    expect(leaks('Готовы уступить. Основа спора известна.', 'Готовы к приёмке. Основа согласована.')).toEqual([]);
  });
  it('takes its time by the length of the text, not by its square', () => {
    // A pasted picture is one word of a hundred thousand letters; a second would be a minute at ten times the length.
    const word = 'a'.repeat(200_000);
    expect(leaks(word, word)).toEqual([]);
    const text = 'Слово тридцать 123 и Петров, '.repeat(5000);
    expect(leaks(text, text)).toContain('Петров');
  });
  it('finds copied phrases once', () => {
    expect(
      leaks('у них нет людей на ночную разметку склада', 'Выяснили: у них нет людей на ночную разметку склада.'),
    ).toEqual(['у них нет людей на']);
    expect(leaks('Готовы уступить пятую часть.', 'Сказали, что готовы уступить пятую часть цены.')).toEqual([
      'Готовы уступить пятую часть.',
    ]);
  });
  it('finds e-mail addresses', () => {
    expect(leaks('писать на Secret.Box@example.org', 'копия: secret.box@example.org')).toContain(
      'Secret.Box@example.org',
    );
  });
  it('is silent about attendees, years, dates, small numbers and ordinary words', () => {
    expect(leaks('Соколова сомневается, Белов за.', 'Соколова подпишет акт.', ['Соколова Анна Игоревна'])).toEqual([]);
    expect(leaks('Спросить про 2026 год и 12 складов до 31.05.', 'В 2026 году 12 складов, срок 31.05.')).toEqual([]);
    expect(leaks('Поставка задержится.', 'Поставка в июне.')).toEqual([]);
    expect(leaks('See her in December, on Friday.', 'Delivery in December, Friday the 4th.')).toEqual([]);
  });
});

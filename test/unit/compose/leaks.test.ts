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
  it('finds copied phrases once', () => {
    expect(
      leaks('у них нет людей на ночную разметку склада', 'Выяснили: у них нет людей на ночную разметку склада.'),
    ).toEqual(['у них нет людей на']);
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

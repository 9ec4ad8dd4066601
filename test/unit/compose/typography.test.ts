import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullName, shortName } from '../../../shared/compose/person-name.ts';
import { printDate, printLongDate, printShortDate, printTimes, printZone } from '../../../shared/compose/print-date.ts';
import { typeset, typesetRuns } from '../../../shared/compose/typography.ts';

/** Unbreakable spaces shown as `~`. */
const shown = (text: string): string => text.replaceAll('\u00a0', '~');
const ru = (text: string): string => shown(typeset(text, 'ru'));
const en = (text: string): string => shown(typeset(text, 'en'));

describe('Russian typesetting', () => {
  it('turns straight quotes into «ёлочки» and inner ones into „лапки“', () => {
    expect(ru('ООО "Ромашка"')).toBe('ООО «Ромашка»');
    expect(ru('сказал: "читаю "Бумагу" весь день"')).toBe('сказал: «читаю „Бумагу“ весь день»');
    expect(ru('завод "Волга-Маш".')).toBe('завод «Волга-Маш».');
  });
  it('leaves a mark that closes nothing as it is', () => {
    expect(ru('труба 5" на 7"')).toBe('труба 5" на~7"');
    expect(en('a 27" screen')).toBe('a 27" screen');
  });
  it('sets a dash for a hyphen between spaces and keeps hyphens in words', () => {
    expect(ru('Москва - столица')).toBe('Москва~— столица');
    expect(ru('кое-что')).toBe('кое-что');
    expect(ru('- первое\n- второе, -5 градусов')).toBe('— первое\n— второе, -5 градусов');
  });
  it('keeps numbers with their units, number signs with numbers and initials with names', () => {
    expect(ru('аванс 1 200 000 руб. и 30 % сверх, договор №5 и № 6')).toBe(
      'аванс 1~200~000~руб. и~30~% сверх, договор №~5 и~№~6',
    );
    expect(ru('поставка 5 июня 2026 г. для И. О. Фамилия и А.Б. Иванова')).toBe(
      'поставка 5~июня 2026~г. для~И.~О.~Фамилия и~А.Б.~Иванова',
    );
  });
  it('does not leave a short preposition at the end of a line', () => {
    expect(ru('Идём в офис с утра')).toBe('Идём в~офис с~утра');
  });
  it('keeps ё, addresses and e-mails as they are', () => {
    expect(ru('ещё "щётка"')).toBe('ещё «щётка»');
    expect(ru('https://e.ru/?q="a" и a"b@e.ru')).toBe('https://e.ru/?q="a" и~a"b@e.ru');
  });
});

describe('English typesetting', () => {
  it('curls quotes and apostrophes and sets dashes', () => {
    expect(en('He said "don\'t" - twice')).toBe('He said “don’t”~– twice');
    expect(en('within 5 days and No. 7')).toBe('within 5~days and No.~7');
  });
});

describe('typesetting', () => {
  it('changes only spaces, quotes and dashes, whatever the text is', () => {
    const skeleton = (text: string): string => text.replace(/[\s\u00a0"'«»„“”‘’—–-]/gu, '');
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.constantFrom('ru' as const, 'en' as const),
        (text, l) => {
          expect(skeleton(typeset(text, l))).toBe(skeleton(text));
        },
      ),
      { numRuns: 1000 },
    );
  });
  it('judges quotes by the whole paragraph and leaves code alone', () => {
    const runs = typesetRuns(
      [{ text: 'фирма "' }, { text: 'Сад', bold: true }, { text: '" и ' }, { text: '"x"', code: true }],
      'ru',
    );
    expect(runs.map((run) => shown(run.text))).toEqual(['фирма «', 'Сад', '» и~', '"x"']);
  });
});

describe('printed dates', () => {
  it('are said as each language says them', () => {
    expect(shown(printDate('2026-05-31', 'ru'))).toBe('31~мая~2026~г.');
    expect(shown(printDate('2026-05-31', 'en'))).toBe('31~May~2026');
    expect(shown(printLongDate('2026-05-31', 'ru'))).toBe('воскресенье, 31~мая~2026~г.');
    expect(shown(printShortDate('2026-05-31', 'ru'))).toBe('31.05.2026');
  });
  it('give back what is not a date', () => {
    expect(printDate('2026-02-30', 'ru')).toBe('2026-02-30');
    expect(printDate('когда-нибудь', 'ru')).toBe('когда-нибудь');
  });
  it('name the zone with its offset on that day', () => {
    expect(printTimes('2026-05-31T14:00', '2026-05-31T15:30', 'Europe/Moscow', 'ru')).toBe(
      '14:00–15:30 (Москва, UTC+3)',
    );
    expect(printZone('America/New_York', '2026-01-15', 'en')).toBe('New York, UTC−5');
    expect(printZone('America/New_York', '2026-07-15', 'en')).toBe('New York, UTC−4');
    // The night in which the clocks are changed, before and after.
    expect(printZone('America/New_York', '2026-03-08T01:30', 'en')).toBe('New York, UTC−5');
    expect(printZone('America/New_York', '2026-03-08T03:30', 'en')).toBe('New York, UTC−4');
    expect(printZone('Europe/Berlin', '2026-10-25T00:30', 'ru')).toBe('Берлин, UTC+2');
    expect(printZone('Europe/Berlin', '2026-10-25T04:00', 'ru')).toBe('Берлин, UTC+1');
    expect(printZone('Pacific/Kiritimati', '2026-01-01T00:10', 'en')).toBe('Kiritimati, UTC+14');
    expect(printZone('America/St_Johns', '2026-01-15T23:59', 'en')).toBe('St Johns, UTC−3:30');
    expect(printZone('UTC', '2026-07-15', 'ru')).toBe('UTC');
    expect(printZone('Нет/Такой', '2026-07-15', 'ru')).toBe('Нет/Такой');
    expect(printTimes('2026-05-31', undefined, 'Europe/Moscow', 'ru')).toBe('');
    expect(printTimes('2026-05-31T14:00', '2026-05-31T14:00', 'Europe/Moscow', 'ru')).toBe('14:00 (Москва, UTC+3)');
  });
});

describe('printed names', () => {
  const name = { family: 'Соколова', given: 'Анна', patronymic: 'Игоревна' };
  it('follow the order and initials of the language', () => {
    expect(fullName(name, 'ru')).toBe('Соколова Анна Игоревна');
    expect(shown(shortName(name, 'ru'))).toBe('А.~И.~Соколова');
    expect(fullName({ given: 'Anna', family: 'Bell' }, 'en')).toBe('Anna Bell');
    expect(shortName({ full: 'Мадонна' }, 'ru')).toBe('Мадонна');
    expect(fullName(undefined, 'ru')).toBe('');
  });
});

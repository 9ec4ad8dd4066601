import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../../shared/text/base64.ts';
import { switchLayout } from '../../../shared/text/keyboard-layout.ts';
import { displayName, givenAndPatronymic, initials, listName } from '../../../shared/text/names.ts';
import { digitsOnly, naturalCompare, naturalKey, searchKey, searchWords } from '../../../shared/text/search-key.ts';
import { stem } from '../../../shared/text/stem.ts';
import { TRANSLIT_SCHEMES, transliterate, translitKey } from '../../../shared/text/transliterate.ts';

describe('the search form', () => {
  it.each([
    ['Ёлка', 'елка'],
    ['ЙОД и йод', 'йод и йод'],
    ['Й'.normalize('NFD'), 'й'],
    ['Ё'.normalize('NFD'), 'е'],
    ['Crème BRÛLÉE', 'creme brulee'],
    ['Straße', 'strasse'],
    ['Łódź', 'lodz'],
    ['Ørsted', 'orsted'],
    ['Київ', 'київ'],
    ['İstanbul', 'istanbul'],
  ])('of %s is %s', (text, key) => {
    expect(searchKey(text)).toBe(key);
  });

  it('is stable: of itself it is the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(searchKey(searchKey(text))).toBe(searchKey(text));
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'аеёйиїўÉéÅÿßŁłøĐ\u0301\u0306\u0308 aB1'.split('')) }),
        (text) => {
          expect(searchKey(searchKey(text))).toBe(searchKey(text));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is made of words and digits', () => {
    expect(searchWords('ООО «Ромашка-2», д. 15/2')).toEqual(['ооо', 'ромашка', '2', 'д', '15', '2']);
    expect(digitsOnly('+7 (916) 123-45-67 доб. ５')).toBe('791612345675');
  });
});

describe('natural order', () => {
  it('puts numbers by value and ё beside е', () => {
    const sorted = ['Этап 10', 'этап 2', 'Ель', 'Ёлка', 'Ежи', 'Этап 2а'];
    expect([...sorted].sort(naturalCompare)).toEqual(['Ежи', 'Ёлка', 'Ель', 'этап 2', 'Этап 2а', 'Этап 10']);
  });

  it('is an order', () => {
    const names = fc.string({ unit: fc.constantFrom(...'аёЕ019 -b'.split('')), maxLength: 8 });
    fc.assert(
      fc.property(names, names, names, (a, b, c) => {
        expect(Math.sign(naturalCompare(a, b))).toBe(-Math.sign(naturalCompare(b, a)) + 0);
        expect(naturalCompare(a, b) > 0 || naturalCompare(b, c) > 0 || naturalCompare(a, c) <= 0).toBe(true);
        expect(naturalCompare(a, b) === 0).toBe(a === b);
      }),
      { numRuns: 2000 },
    );
  });

  it('has a key that sorts the same way as plain text', () => {
    expect(['Этап 10', 'Этап 9', '«Ромашка»'].map(naturalKey).sort()).toEqual([
      naturalKey('«Ромашка»'),
      naturalKey('Этап 9'),
      naturalKey('Этап 10'),
    ]);
  });
});

describe('transliteration', () => {
  it('follows its scheme', () => {
    expect(TRANSLIT_SCHEMES.map((scheme) => transliterate('Юрий Хрущёв', scheme))).toEqual([
      'Iurii Khrushchev',
      'Yurij Xrushhyov',
      'Yuriy Hruschev',
    ]);
    expect(transliterate('ЩУКИН Объезд, 5')).toBe('SHCHUKIN Obieezd, 5');
  });

  it.each([
    ['Юрий', 'Yuri', 'Yuriy', 'Iurii', 'Jurij'],
    ['Алексей', 'Alexey', 'Aleksei', 'Alexei', 'Aleksey'],
    ['Соловьёв', 'Solovyov', 'Soloviev', 'Solovjov'],
    ['Щукин', 'Shchukin', 'Schukin'],
    ['Фёдор', 'Fyodor', 'Fedor', 'Fiodor'],
    ['Виктор', 'Viktor', 'Victor'],
    ['Цветаева', 'Tsvetaeva', 'Tsvetayeva', 'Cvetaeva'].slice(0, 3),
    ['Хомяков', 'Khomyakov', 'Khomiakov', 'Homyakov'],
  ])('gives %s and its spellings one key', (...spellings) => {
    expect(new Set(spellings.map(translitKey)).size).toBe(1);
  });

  it('keeps different names apart', () => {
    const names = ['Иванов', 'Ивашов', 'Петров', 'Чехов', 'Цехов', 'Жуков', 'Шухов', 'Сухов'];
    expect(new Set(names.map(translitKey)).size).toBe(names.length);
  });
});

describe('the keyboard layout', () => {
  it('is switched in both directions', () => {
    expect(switchLayout('ghbdtn')).toBe('привет');
    expect(switchLayout('Cjkjdm`d')).toBe('Соловьёв');
    expect(switchLayout('руддщ')).toBe('hello');
    for (const same of ['привет hello', '12-34', '']) expect(switchLayout(same)).toBe(same);
  });

  it('comes back', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]+$/), (text) => {
        expect(switchLayout(switchLayout(text))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('stems', () => {
  it('join the forms of a word', () => {
    for (const forms of [
      ['рыбалка', 'рыбалку', 'рыбалкой'],
      ['сканирование', 'сканирования'],
      ['договор', 'договоров', 'договоре'],
      ['contract', 'contracts'],
    ]) {
      expect(new Set(forms.map(stem)).size).toBe(1);
    }
  });

  it('leave short words alone', () => {
    for (const word of ['она', 'чай', 'as', 'дом1']) expect(stem(word)).toBe(word);
  });
});

describe('names', () => {
  const ivanov = { family: 'Иванов', given: 'Пётр', patronymic: 'Сергеевич' };
  const smith = { prefix: 'Dr.', given: 'Mary Ann', family: 'Smith', suffix: 'Jr.' };

  it('stand in their own order', () => {
    expect([displayName(ivanov), displayName(smith)]).toEqual(['Иванов Пётр Сергеевич', 'Dr. Mary Ann Smith Jr.']);
    expect([listName(ivanov), listName(smith)]).toEqual(['Иванов Пётр Сергеевич', 'Smith, Mary Ann']);
    expect([
      displayName({ full: 'ИП Петров А.' }),
      displayName({ nickname: 'Зайка' }),
      displayName({}),
      displayName(undefined),
    ]).toEqual(['ИП Петров А.', 'Зайка', '', '']);
  });

  it('shorten to initials that do not break across lines', () => {
    expect(initials(ivanov)).toBe('Иванов\u00a0П.\u00a0С.');
    expect(initials({ family: 'Смирнова', given: 'анна-мария' })).toBe('Смирнова\u00a0А.-М.');
    expect(initials(smith)).toBe('M.\u00a0Smith');
    expect(initials({ given: 'Анна' })).toBe('Анна');
  });

  it('address a person by given name and patronymic', () => {
    expect(givenAndPatronymic(ivanov)).toBe('Пётр Сергеевич');
    expect(givenAndPatronymic({ family: 'Иванов' })).toBe('Иванов');
  });
});

describe('base64', () => {
  it('is what Node makes of the same bytes, and comes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
      }),
      { numRuns: 300 },
    );
    const large = new Uint8Array(200_000).map((_, i) => i % 251);
    expect(decodeBase64(encodeBase64(large))).toEqual(large);
  });
});

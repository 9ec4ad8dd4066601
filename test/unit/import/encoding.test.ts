import { describe, expect, it } from 'vitest';
import { decode, decodeAs, encodingName } from '../../../shared/import/decode/decode.ts';
import { lostLetters, repairValue } from '../../../shared/import/decode/double-damage.ts';
import { encode, withBom } from '../../fixtures/import/encode.ts';

// None of these surnames is in the detector's own lists.
const SURNAMES = [
  'Вострецов',
  'Щепкин',
  'Яхонтов',
  'Хлопонин',
  'Цыбин',
  'Жеребцов',
  'Забродин',
  'Мокроусова',
  'Гнедых',
  'Вольский',
  'Толстых',
  'Чуйков',
  'Обухович',
  'Юрасов',
];
const GIVEN = ['Тарас', 'Фёкла', 'Юлиан', 'Эльвира', 'Жанна', 'Ыйым', 'Щербак'];
const FIRMS = ['ООО «Гефест»', 'АО "Лесокомбинат"', 'Завод № 5', 'Сельхозтехника'];
const WESTERN = [
  'Müller',
  'François Lefèvre',
  'José Núñez',
  'Søren Kjærgaard',
  'Zoé Dubois',
  'Jürgen Groß',
  'Gonçalves',
  'Hélène Ménard',
  'Élise Brûlé',
  'Überall',
  'Lindström',
  'Peña',
];

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
const heavy = (rows: number, k: number): string =>
  `Фамилия;Имя;Организация;Телефон\r\n${Array.from({ length: rows }, (_, i) => `${pick(SURNAMES, k + i * 3)};${pick(GIVEN, k + i)};${pick(FIRMS, i + k)};+7916000${1000 + i}\r\n`).join('')}`;
const mostlyAscii = (rows: number, k: number): string =>
  `Name;Email;Phone\r\n${Array.from({ length: rows }, (_, i) => `${i === k % rows ? pick(SURNAMES, k) : `smith${i}`};u${i}@mail.ru;+7916000${1000 + i}\r\n`).join('')}`;
const western = (rows: number, k: number): string =>
  `Name;Email;Phone\r\n${Array.from({ length: rows }, (_, i) => `${pick(WESTERN, k + i * 5)};u${i}@mail.com;+4989000${1000 + i}\r\n`).join('')}`;

/** Share of sure right answers and whether any answer was sure and wrong. */
function measure(
  make: (rows: number, k: number) => string,
  encoding: string,
  rows: number,
): { readonly right: number; readonly sureWrong: readonly string[] } {
  const tries = 42;
  let right = 0;
  const sureWrong: string[] = [];
  for (let k = 0; k < tries; k += 1) {
    const bytes = encode(make(rows, k), encoding);
    const decoded = decode(bytes);
    const same = decoded.text === new TextDecoder(encoding).decode(bytes);
    if (same) right += 1;
    else if (decoded.sure) sureWrong.push(`${decoded.encoding}: ${decoded.text.slice(0, 60)}`);
  }
  return { right: right / tries, sureWrong };
}

describe('encoding of a text file', () => {
  for (const encoding of ['windows-1251', 'ibm866', 'koi8-r', 'x-mac-cyrillic']) {
    for (const rows of [1, 3, 20]) {
      it(`reads ${encoding} with Russian headers and ${rows} rows right every time`, () => {
        const { right, sureWrong } = measure(heavy, encoding, rows);
        expect(sureWrong).toEqual([]);
        expect(right).toBe(1);
      });
      it(`reads ${encoding} with one Russian surname among ${rows} ASCII rows`, () => {
        const { right, sureWrong } = measure(mostlyAscii, encoding, rows);
        expect(sureWrong).toEqual([]);
        // Mac letters in a file without a single Russian capital more are a matter of luck; the rest is not.
        expect(right).toBeGreaterThanOrEqual(encoding === 'x-mac-cyrillic' ? 0.9 : 1);
      });
    }
  }
  for (const rows of [1, 3, 5, 20]) {
    it(`does not take ${rows} Western rows of windows-1252 for Russian`, () => {
      const { right, sureWrong } = measure(western, 'windows-1252', rows);
      expect(sureWrong).toEqual([]);
      expect(right).toBe(1);
    });
  }
  it('reads Central European names of windows-1250', () => {
    const text = 'Name;City\r\nWałęsa;Łódź\r\nDvořák;Plzeň\r\nSzűcs;Győr\r\n';
    expect(decode(encode(text, 'windows-1250')).text).toBe(text);
  });
  it('tells koi8-u from koi8-r by Ukrainian letters', () => {
    const text = 'Прізвище;Організація\r\nЇжакевич;Київське підприємство\r\nШевченко;Львів\r\n';
    const decoded = decode(encode(text, 'koi8-u'));
    expect(decoded.text).toBe(text);
    expect(decoded.encoding).toBe('koi8-u');
  });
  it('honours byte order marks and drops them', () => {
    expect(decode(withBom(encode('Имя;Тел\n', 'utf-8'), 0xef, 0xbb, 0xbf))).toMatchObject({
      text: 'Имя;Тел\n',
      encoding: 'utf-8',
      sure: true,
    });
    expect(decode(withBom(encode('Имя\tТел\n', 'utf-16le'), 0xff, 0xfe))).toMatchObject({
      text: 'Имя\tТел\n',
      encoding: 'utf-16le',
    });
    expect(decode(withBom(encode('Имя\tТел\n', 'utf-16be'), 0xfe, 0xff))).toMatchObject({
      text: 'Имя\tТел\n',
      encoding: 'utf-16be',
    });
  });
  it('finds UTF-16 without a mark by its zero bytes', () => {
    const text = 'Имя\tТелефон\r\nИванов Иван\t+7 916 123-45-67\r\n';
    expect(decode(encode(text, 'utf-16le'))).toMatchObject({ text, encoding: 'utf-16le' });
    expect(decode(encode(text, 'utf-16be'))).toMatchObject({ text, encoding: 'utf-16be' });
  });
  it('takes plain ASCII for UTF-8 and is sure', () => {
    expect(decode(encode('Name;Phone\nJohn;1\n', 'utf-8'))).toMatchObject({ encoding: 'utf-8', sure: true });
  });
  it('keeps UTF-8 that is cut in the middle of a letter', () => {
    const bytes = encode('Фамилия;Имя\nИванов;Пётр\n', 'utf-8');
    const decoded = decode(bytes.subarray(0, bytes.length - 2));
    expect(decoded).toMatchObject({ encoding: 'utf-8', damaged: true });
    expect(decoded.text).toContain('Иванов');
  });
  it('is not sure of noise and offers several readings', () => {
    let seed = 1;
    const noise = Uint8Array.from({ length: 4000 }, () => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      return 128 + ((seed >> 12) % 128);
    });
    const decoded = decode(noise);
    expect(decoded.sure).toBe(false);
    expect(decoded.candidates.length).toBeGreaterThan(1);
  });
  it('reads in the encoding a person chose, by any usual name', () => {
    const bytes = encode('Иван', 'windows-1251');
    const chosen = decodeAs(bytes, 'CP1251');
    expect(chosen.ok && chosen.value.text).toBe('Иван');
    expect(encodingName('win-1251')).toBe('windows-1251');
    expect(encodingName('klingon')).toBeNull();
    expect(decodeAs(bytes, 'klingon').ok).toBe(false);
  });
});

describe('text that was decoded wrongly before', () => {
  const twice = (text: string, right: string, wrong: string): Uint8Array =>
    encode(new TextDecoder(wrong).decode(encode(text, right)), 'utf-8');
  const text = 'Фамилия;Имя;Город\nИванов;Пётр;Казань\nЩукина;Алёна;Уфа\n';
  it.each([
    ['utf-8', 'windows-1252'],
    ['windows-1251', 'windows-1252'],
    ['utf-8', 'windows-1251'],
    ['ibm866', 'windows-1251'],
  ])('offers the repair of %s read as %s and does not import before it is chosen', (right, wrong) => {
    const bytes = twice(text, right, wrong);
    const decoded = decode(bytes);
    expect(decoded.sure).toBe(false);
    const [first] = decoded.candidates;
    expect(first?.encoding.startsWith('repair:')).toBe(true);
    expect(first?.sample).toContain('Иванов');
    const chosen = decodeAs(bytes, first?.encoding ?? '');
    expect(chosen.ok && chosen.value.text).toContain('Иванов;Пётр;Казань');
  });
  it('finds one damaged value among healthy ones', () => {
    expect(repairValue('Ð˜Ð²Ð°Ð½Ð¾Ð²')).toBe('Иванов');
    expect(repairValue('Иванов')).toBeNull();
    expect(repairValue('Müller')).toBeNull();
    expect(repairValue('Ångström')).toBeNull();
  });
  it('knows letters that are lost for good', () => {
    expect(lostLetters('?????? ????')).toBe(true);
    expect(lostLetters('Ив\ufffdнов')).toBe(true);
    expect(lostLetters('Когда звонить?')).toBe(false);
    expect(lostLetters('Правда???')).toBe(false);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, minorDigits, parseAmount, parseMoney, toDecimal } from '../../../shared/money/money.ts';

const NBSP = '\u00a0';
const NARROW = '\u202f';

describe('amounts', () => {
  it.each([
    ['1 234,56', 123_456],
    [`1${NBSP}234${NARROW}567,8`, 123_456_780],
    ['1,234.56', 123_456],
    ['1.234,56', 123_456],
    ["1'234.56", 123_456],
    ['1.234.567', 123_456_700],
    ['1234.5', 123_450],
    ['0,07', 7],
    ['-5', -500],
    ['−5,10', -510],
    ['12', 1200],
    ['90 071 992 547 409,91', 9_007_199_254_740_991],
  ])('read %s', (text, minor) => {
    expect(parseAmount(text, 'RUB')).toBe(minor);
  });

  it.each([
    '1,234',
    '1.234',
    '1 23,45',
    '12 34',
    '1,2,3',
    '1.5.5',
    '1,234,56.7',
    '5,123',
    '',
    'abc',
    '1e5',
    '90 071 992 547 409,92',
    '1,23.45',
    '5-6',
  ])('refuse %s, which is no amount or two', (text) => {
    expect(parseAmount(text, 'RUB')).toBeNull();
  });

  it('have as many decimals as the currency', () => {
    expect([minorDigits('RUB'), minorDigits('JPY'), minorDigits('KWD')]).toEqual([2, 0, 3]);
    expect([parseAmount('1500', 'JPY'), parseAmount('1500,5', 'JPY'), parseAmount('1,234', 'KWD')]).toEqual([
      1500,
      null,
      1234,
    ]);
    // Nothing of a yen can be a fraction: there is one way to read it.
    expect([parseAmount('1,234', 'JPY'), parseAmount('1.234.567', 'JPY'), parseAmount('12,34', 'JPY')]).toEqual([
      1234,
      1_234_567,
      null,
    ]);
  });

  it('find their currency', () => {
    expect(parseMoney('1 234,56 ₽')).toEqual({ minor: 123_456, currency: 'RUB' });
    expect(parseMoney('USD 5,000.00')).toEqual({ minor: 500_000, currency: 'USD' });
    expect(parseMoney('€12.50')).toEqual({ minor: 1250, currency: 'EUR' });
    expect(parseMoney('100 руб.')).toEqual({ minor: 10_000, currency: 'RUB' });
    expect([parseMoney('100'), parseMoney('100', 'KZT')]).toEqual([null, { minor: 10_000, currency: 'KZT' }]);
  });
});

describe('money', () => {
  const money = fc.record({ minor: fc.maxSafeInteger(), currency: fc.constantFrom('RUB', 'USD', 'JPY', 'KWD') });

  it('is exact to the last kopeck, as text and back', () => {
    fc.assert(
      fc.property(money, (amount) => {
        const text = toDecimal(amount);
        const [whole = '', fraction = ''] = text.replace('-', '').split('.');
        const digits = minorDigits(amount.currency);
        expect(fraction).toHaveLength(digits);
        expect(BigInt(whole) * 10n ** BigInt(digits) + BigInt(fraction || '0')).toBe(BigInt(Math.abs(amount.minor)));
        expect(text.startsWith('-')).toBe(amount.minor < 0);
      }),
      { numRuns: 1000 },
    );
  });

  it('is read back from what people read', () => {
    fc.assert(
      fc.property(
        fc.record({ minor: fc.maxSafeInteger(), currency: fc.constantFrom('RUB', 'USD', 'EUR', 'JPY') }),
        fc.constantFrom('ru' as const, 'en' as const),
        (amount, language) => {
          // The sign stands before the currency's own, which no reader of amounts needs to know.
          const { minor, currency } = { ...amount, minor: Math.abs(amount.minor) };
          expect(parseMoney(formatMoney({ minor, currency }, language))).toEqual({ minor, currency });
        },
      ),
    );
  });

  it('is exact as people read it', () => {
    fc.assert(
      fc.property(money, fc.constantFrom('ru' as const, 'en' as const), (amount, language) => {
        expect(formatMoney(amount, language).replace(/\D/g, '')).toBe(toDecimal(amount).replace(/\D/g, ''));
      }),
      { numRuns: 1000 },
    );
  });

  it('looks as it should', () => {
    expect(formatMoney({ minor: 123_456, currency: 'RUB' }, 'ru')).toBe(`1${NBSP}234,56${NBSP}₽`);
    expect(formatMoney({ minor: 123_400, currency: 'EUR' }, 'en')).toBe('€1,234.00');
    expect(formatMoney({ minor: 1500, currency: 'JPY' }, 'en')).toBe('¥1,500');
  });

  it('writes a currency that is no code as it stands', () => {
    expect(formatMoney({ minor: 150_000, currency: 'баллов' }, 'ru')).toBe(`1${NBSP}500,00${NBSP}баллов`);
    expect(formatMoney({ minor: 150, currency: '' }, 'en')).toBe('1.50');
  });
});

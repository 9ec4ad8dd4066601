import { describe, expect, it } from 'vitest';
import {
  addressLine,
  emailsFrom,
  linkFrom,
  phonesFrom,
  replaceElement,
} from '../../../renderer/screens/profile/contact-values.ts';
import { birthdayFrom } from '../../../renderer/screens/people/birthday-text.ts';
import { codeGroups } from '../../../renderer/screens/start/code-groups.ts';
import { passphraseStrength } from '../../../renderer/screens/start/passphrase-strength.ts';

describe('A typed phone', () => {
  it('is understood and gets the key that an import would give it', () => {
    const [phone] = phonesFrom('8 (812) 255-01-42 доб. 12', 'work', 0);
    expect(phone?.key).toBe('+78122550142;ext=12');
    expect(phone?.value).toMatchObject({ e164: '+78122550142', extension: '12', label: 'work', order: 0 });
  });
  it('is kept as it was written when it is no number', () => {
    expect(phonesFrom('через секретаря', 'work', 1)[0]?.value).toMatchObject({ value: 'через секретаря' });
  });
  it('may be several', () => {
    expect(phonesFrom('+7 812 255-01-42, +7 921 555-01-43', 'work', 0)).toHaveLength(2);
  });
});

describe('A typed e-mail or link', () => {
  it('is kept even when it is unusual', () => {
    expect(emailsFrom('ivan@example.ru', 'work', 0)[0]?.key).toBe('ivan@example.ru');
    expect(emailsFrom('спросить у Ольги', 'work', 0)[0]?.value).toMatchObject({ value: 'спросить у Ольги' });
  });
  it('knows common messengers', () => {
    expect(linkFrom('https://t.me/ivanov').value).toMatchObject({ kind: 'telegram' });
    expect(linkFrom('@ivanov').value).toMatchObject({ kind: 'telegram' });
    expect(linkFrom('example.ru').value).toMatchObject({ kind: 'web' });
  });
});

describe('An address', () => {
  it('is written in the order of its country', () => {
    expect(addressLine({ label: 'work', street: 'ул. Мира, 5', city: 'Казань', postcode: '420000' })).toBe(
      '420000, Казань, ул. Мира, 5',
    );
    expect(addressLine({ label: 'work', street: '5 High St', city: 'Leeds', postcode: 'LS1' })).toBe(
      '5 High St, Leeds, LS1',
    );
    expect(addressLine({ label: 'work', formatted: 'как есть' })).toBe('как есть');
  });
});

describe('Replacing an element of a set', () => {
  it('removes the old key and adds the new in one batch', () => {
    expect(replaceElement('person', 'p', 'phones', 'old', [{ key: 'new', value: 1 }])).toEqual([
      { type: 'person', record: 'p', field: 'phones/old', value: null },
      { type: 'person', record: 'p', field: 'phones/new', value: 1 },
    ]);
  });
  it('does not remove a key that stays', () => {
    expect(replaceElement('person', 'p', 'phones', 'same', [{ key: 'same', value: 2 }])).toEqual([
      { type: 'person', record: 'p', field: 'phones/same', value: 2 },
    ]);
  });
});

describe('A typed birthday', () => {
  const read = (text: string) => birthdayFrom(text, 'ru', '2026-05-31');
  it('may have a year or not', () => {
    expect(read('14.04.1980')).toBe('1980-04-14');
    expect(read('14.04')).toBe('--04-14');
    expect(read('')).toBe('');
  });
  it('is refused when it is no date', () => {
    expect(read('скоро')).toBeNull();
    expect(read('45.13')).toBeNull();
  });
});

describe('The strength of a passphrase', () => {
  it('is refused when short and grows with length and variety', () => {
    expect(passphraseStrength('коротко')).toBe('tooShort');
    expect(passphraseStrength('aaaaaaaaaaaa')).toBe('weak');
    expect(passphraseStrength('12345678')).toBe('weak');
    expect(passphraseStrength('кофе на северном вокзале')).toBe('strong');
  });
});

describe('A recovery code', () => {
  it('is read in groups', () => {
    expect(codeGroups('6Z6M-B5T5 31F0')).toEqual(['6Z6M', 'B5T5', '31F0']);
  });
});

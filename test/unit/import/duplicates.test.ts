import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Band, OrganisationIndex, PersonIndex, type PersonTraits } from '../../../shared/import/duplicates.ts';
import { compareNames, nameKey } from '../../../shared/import/name-match.ts';
import type { PersonName } from '../../../shared/model/records.ts';
import { editDistance } from '../../../shared/import/values/edit-distance.ts';

type Part = Partial<Omit<PersonTraits, 'externalIds'>> & { readonly id?: string };
const traits = ({ id, ...part }: Part): PersonTraits => ({
  name: {},
  emails: [],
  phones: [],
  links: [],
  organisations: [],
  ...part,
  externalIds: new Map(id ? [['crm', id]] : []),
});
const name = (text: string): PersonName => {
  const [family, given, patronymic] = text.split(' ');
  return {
    ...(family && family !== '-' ? { family } : {}),
    ...(given && given !== '-' ? { given } : {}),
    ...(patronymic ? { patronymic } : {}),
  };
};
/** The band of two people, seen from either side. */
function band(a: Part, b: Part): Band {
  const look = (x: Part, y: Part): Band => {
    const index = new PersonIndex();
    index.add(traits(x));
    return index.find(traits(y))[0]?.band ?? 'no';
  };
  expect(look(b, a)).toBe(look(a, b));
  return look(a, b);
}
const mobile = ['+79161234567'];

describe('two people', () => {
  it.each<[string, Part, Part, Band]>([
    [
      'the same e-mail and name',
      { name: name('Иванов Иван'), emails: ['i@x.ru'] },
      { name: name('Иванов Иван'), emails: ['I@X.ru'], phones: mobile },
      'sure',
    ],
    [
      'the same mobile and initials',
      { name: name('Иванов Иван'), phones: mobile, emails: ['a@a.ru'] },
      { name: name('Иванов И.'), phones: mobile, emails: ['b@b.ru'] },
      'sure',
    ],
    [
      'the same mobile and name in Latin letters',
      { name: name('Щукин Юрий'), phones: mobile },
      { name: name('Shchukin Yuri'), phones: mobile, emails: ['b@b.ru'] },
      'sure',
    ],
    [
      'name, patronymic and company',
      { name: name('Иванов Иван Ильич'), organisations: ['ООО А'], emails: ['a@a.ru'] },
      { name: name('Иванов Иван Ильич'), organisations: ['А, ООО'], phones: mobile },
      'sure',
    ],
    [
      'the same name alone, with other addresses',
      { name: name('Иванов Иван'), emails: ['a@a.ru'] },
      { name: name('Иванов Иван'), emails: ['b@b.ru'] },
      'maybe',
    ],
    [
      'the same personal e-mail, other given name',
      { name: name('Петров Пётр'), emails: ['p@x.ru'] },
      { name: name('Петрова Анна'), emails: ['p@x.ru'] },
      'maybe',
    ],
    [
      'a shared mailbox and other names',
      { name: name('Петров Пётр'), emails: ['info@x.ru'] },
      { name: name('Иванова Анна'), emails: ['info@x.ru'] },
      'no',
    ],
    [
      'a switchboard and other names',
      { name: name('Петров Пётр'), phones: ['+74951234567'] },
      { name: name('Иванова Анна'), phones: ['+74951234567'] },
      'no',
    ],
    [
      'the same mobile and a slip in the name',
      { name: name('Кузнецов Олег'), phones: mobile },
      { name: name('Кузнецв Олег'), phones: mobile, emails: ['b@b.ru'] },
      'sure',
    ],
    [
      'the same mobile and a short form of the name',
      { name: name('Белов Александр'), phones: mobile },
      { name: name('Белов Саша'), phones: mobile, emails: ['b@b.ru'] },
      'sure',
    ],
    [
      'a first name and a mobile',
      { name: name('- Иван'), phones: mobile, emails: ['a@a.ru'] },
      { name: name('- Иван'), phones: mobile, emails: ['b@b.ru'] },
      'maybe',
    ],
    [
      'a first name alone',
      { name: name('- Иван'), emails: ['a@a.ru'] },
      { name: name('- Иван'), emails: ['b@b.ru'] },
      'no',
    ],
    [
      'another patronymic',
      { name: name('Иванов Иван Ильич'), phones: mobile, emails: ['i@x.ru'] },
      { name: name('Иванов Иван Олегович'), phones: mobile, emails: ['i@x.ru'] },
      'no',
    ],
    [
      'another birthday',
      { name: name('Иванов Иван'), birthday: '1980-01-01', emails: ['i@x.ru'] },
      { name: name('Иванов Иван'), birthday: '1981-01-01', emails: ['i@x.ru'] },
      'no',
    ],
    [
      'a birthday without a year that fits',
      { name: name('Иванов Иван'), birthday: '1980-05-06', emails: ['i@x.ru'] },
      { name: name('Иванов Иван'), birthday: '--05-06', emails: ['i@x.ru'] },
      'sure',
    ],
    [
      'the same id of the same system',
      { name: name('Иванов Иван'), id: '7' },
      { name: name('Петров Пётр'), id: '7' },
      'sure',
    ],
    [
      'the same LinkedIn page',
      { name: name('Smith John'), links: ['https://www.linkedin.com/in/js/'] },
      { name: name('Smith Jonathan'), links: ['http://linkedin.com/in/js'] },
      'sure',
    ],
    [
      'ё and е',
      { name: name('Фёдоров Семён'), phones: mobile },
      { name: name('Федоров Семен'), phones: mobile, emails: ['a@a.ru'] },
      'sure',
    ],
    [
      'family and given name exchanged',
      { name: name('Иванов Иван'), phones: mobile },
      { name: name('Иван Иванов'), phones: mobile, emails: ['a@a.ru'] },
      'sure',
    ],
    [
      'look-alike Latin letters',
      { name: name('Сергеев Сергей'), phones: mobile },
      { name: name('Cергеев Cергей'), phones: mobile, emails: ['a@a.ru'] },
      'sure',
    ],
    [
      'nothing in common',
      { name: name('Иванов Иван'), emails: ['a@a.ru'] },
      { name: name('Петров Олег'), emails: ['b@b.ru'] },
      'no',
    ],
  ])('with %s: %#', (_, a, b, expected) => {
    expect(band(a, b)).toBe(expected);
  });
  it('men and women of one family are not a slip of each other', () => {
    expect(compareNames(nameKey(name('Иванов Женя')), nameKey(name('Иванова Женя')))).toBe('different');
  });
  it('compare alike from both sides', () => {
    const word = fc.constantFrom(
      'Иванов',
      'Иванова',
      'Ivanov',
      'Иван',
      'И.',
      'Ivan',
      'Ваня',
      'Пётр',
      'Петр',
      'Кузнецов',
      'Кузнецв',
      '-',
    );
    fc.assert(
      fc.property(word, word, word, word, (f1, g1, f2, g2) => {
        const a = nameKey(name(`${f1} ${g1}`));
        const b = nameKey(name(`${f2} ${g2}`));
        expect(compareNames(a, b)).toBe(compareNames(b, a));
      }),
      { numRuns: 1000 },
    );
  });
  it('give their reasons', () => {
    const index = new PersonIndex();
    index.add(traits({ name: name('Иванов Иван'), emails: ['i@x.ru'] }));
    const [match] = index.find(traits({ name: name('Иванов И.'), emails: ['i@x.ru'], phones: mobile }));
    expect(match?.reasons.map((reason) => reason.code)).toEqual(['email', 'nameInitials']);
  });
});

describe('two companies', () => {
  const company = (text: string, inn = '') => ({
    name: text,
    emails: [],
    phones: [],
    legalIds: new Map(inn ? [['inn', inn]] : []),
    externalIds: new Map<string, string>(),
  });
  it.each([
    ['ООО "Ромашка"', '', 'РОМАШКА', '', 'sure'],
    ['ООО "Ромашка"', '', 'Romashka LLC', '', 'sure'],
    ['ООО "Ромашка"', '', 'АО "Ромашка"', '', 'maybe'],
    ['ООО "Ромашка"', '7707083893', 'ООО "Ромашка"', '7736050003', 'no'],
    ['Сбербанк', '7707083893', 'ПАО СБ', '7707083893', 'sure'],
    ['ООО "Ромашка"', '', 'ООО "Ромашки"', '', 'no'],
  ])('%s %s and %s %s: %s', (a, innA, b, innB, expected) => {
    const index = new OrganisationIndex();
    index.add(company(a, innA));
    expect(index.find(company(b, innB))[0]?.band ?? 'no').toBe(expected);
  });
});

describe('the search', () => {
  it('looks at few pairs: 20,000 people against 20,000 take seconds, not hours', () => {
    const families = Array.from(
      { length: 500 },
      (_, i) => `${'Бвгджз'[i % 6]}${'аеиоу'[i % 5]}${'клмнпрст'[i % 8]}${'аио'[i % 3]}${i}ов`,
    );
    const person = (i: number): PersonTraits =>
      traits({
        name: { family: families[i % 500] as string, given: ['Иван', 'Олег', 'Анна'][i % 3] as string },
        emails: [`u${i}@x${i % 7}.ru`],
        phones: [`+7916${String(i).padStart(7, '0')}`],
        organisations: [`ООО Фирма ${i % 3000}`],
      });
    const index = new PersonIndex();
    for (let i = 0; i < 20_000; i += 1) index.add(person(i));
    // Every pair of them would not be done before the test's time is over.
    for (let i = 0; i < 20_000; i += 1) {
      const [best] = index.find(person(i));
      expect(best?.id).toBe(i);
      expect(best?.band).toBe('sure');
    }
  });
});

describe('edit distance', () => {
  it('counts exchanged neighbours as one and stops at its limit', () => {
    expect(editDistance('кузнецов', 'кузнецво', 2)).toBe(1);
    expect(editDistance('abc', 'abd', 2)).toBe(1);
    expect(editDistance('abc', 'xyz', 1)).toBe(2);
    fc.assert(
      fc.property(
        fc.string({ maxLength: 8 }),
        fc.string({ maxLength: 8 }),
        (a, b) => editDistance(a, b, 20) === editDistance(b, a, 20),
      ),
    );
  });
});

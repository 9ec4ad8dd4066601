/** A contact list as people keep it: windows-1251, semicolons, a title above the header, one person twice, untidy values. */

const UPPER = 0x0410;
const OTHERS: Readonly<Record<string, number>> = {
  Ё: 0xa8,
  ё: 0xb8,
  '№': 0xb9,
  '«': 0xab,
  '»': 0xbb,
  '—': 0x97,
  '–': 0x96,
  '\u00a0': 0xa0,
};

/** Text as windows-1251 bytes. Throws a RangeError for a character that the encoding does not have. */
export function windows1251(text: string): Uint8Array {
  return Uint8Array.from([...text], (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) return code;
    if (code >= UPPER && code < UPPER + 64) return 0xc0 + code - UPPER;
    const other = OTHERS[character];
    if (other === undefined) throw new RangeError(`windows-1251 has no U+${code.toString(16)}`);
    return other;
  });
}

export interface MessyContact {
  readonly name: string;
  readonly organisation: string;
  readonly job: string;
  readonly phone: string;
  readonly email: string;
  readonly note: string;
}

const FAMILIES = [
  'Иванов',
  'Петров',
  'Сидоров',
  'Кузнецов',
  'Смирнов',
  'Волков',
  'Зайцев',
  'Орлов',
  'Фёдоров',
  'Киселёв',
];
const GIVEN = ['Иван', 'Пётр', 'Алексей', 'Дмитрий', 'Сергей', 'Николай'];
const PATRONYMIC = ['Петрович', 'Иванович', 'Сергеевич', 'Алексеевич'];
const FIRMS = ['ООО «Северный ветер»', 'АО «Речной порт»', 'ИП Ковалёва Н. А.', 'ООО «Точка роста»', 'ПАО «Дальсвязь»'];
const JOBS = ['директор', 'гл. бухгалтер', 'менеджер по закупкам', 'юрист', 'начальник отдела'];

/** `count` different people in five organisations. */
export function messyContacts(count: number): readonly MessyContact[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `${FAMILIES[i % 10]} ${GIVEN[(i + Math.floor(i / 10)) % 6]} ${PATRONYMIC[(i + Math.floor(i / 60)) % 4]}`,
    organisation: FIRMS[i % 5] ?? '',
    job: JOBS[(i * 2) % 5] ?? '',
    phone: i % 3 === 0 ? `8 (916) ${100 + i}-${10 + (i % 80)}-${20 + (i % 70)}` : `+7916${2_000_000 + i * 137}`,
    email: `person${i}@example${i % 5}.ru`,
    note: i % 4 === 0 ? 'звонить после обеда; не раньше 14:00' : '',
  }));
}

const cell = (text: string): string => (/[;"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * The bytes of the list. Two rows stand above the header, an empty one below it, and the first person comes once more at
 * the end, under the same address with other capitals.
 */
export function messyFile(contacts: readonly MessyContact[]): Uint8Array {
  const row = (each: MessyContact): string =>
    [each.name, each.organisation, each.job, each.phone, each.email, '12.03.1979', each.note].map(cell).join(';');
  const [first] = contacts;
  const again = first ? [row({ ...first, email: first.email.toUpperCase(), job: '' })] : [];
  const lines = [
    'Контакты отдела продаж;;;;;;',
    'Выгружено 12.11.2026;;;;;;',
    ';;;;;;',
    'ФИО;Компания;Должность;Моб. тел.;Эл. почта;Дата рождения;Примечание',
    ';;;;;;',
    ...contacts.map(row),
    ...again,
  ];
  return windows1251(`${lines.join('\r\n')}\r\n`);
}

/** Business cards as telephones and programs write them, each with its habits, through the whole import. */
import { describe, expect, it } from 'vitest';
import { encode, withBom } from '../../fixtures/import/encode.ts';
import { codes, importInto, type Imported, MemoryVault } from '../../fixtures/import/work.ts';

type Data = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const crlf = (lines: string): string => `${lines.trim().replaceAll('\n', '\r\n')}\r\n`;
const read = (file: string | Uint8Array): Promise<Imported> =>
  importInto(new MemoryVault(), file, { name: 'contacts.vcf' });
const first = ({ vault }: Imported): Data => (vault.people[0] ?? {}) as unknown as Data;
const values = (data: Data, set: string): readonly string[] =>
  Object.values((data[set] ?? {}) as Record<string, { value: string }>).map((one) => one.value);
const labels = (data: Data, set: string): readonly string[] =>
  Object.values((data[set] ?? {}) as Record<string, { label: string }>).map((one) => one.label);
const extras = (data: Data): Record<string, string> =>
  Object.fromEntries(
    Object.values((data['extra'] ?? {}) as Record<string, { header: string; value: string }>).map((one) => [
      one.header,
      one.value,
    ]),
  );
/** Bytes as `=D0=9F…`, in lines of at most 76 signs. */
function quoted(head: string, bytes: Uint8Array): string {
  let out = `${head}:`;
  let line = out.length;
  for (const byte of bytes) {
    const sign =
      byte === 0x3b || (byte > 0x2f && byte < 0x3a)
        ? String.fromCharCode(byte)
        : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    if (line + sign.length > 75) {
      out += '=\r\n';
      line = 0;
    }
    out += sign;
    line += sign.length;
  }
  return out;
}

describe('business cards of telephones and programs', () => {
  it('iPhone and iCloud: groups with labels, preference, folded photograph, social profiles, a birthday without a year', async () => {
    const photo = Array.from({ length: 40 }, () => ` ${'A'.repeat(74)}`).join('\r\n');
    const file = crlf(`
BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iPhone OS 17.0//EN
N:Смирнова;Анна;Сергеевна;;
FN:Анна Сергеевна Смирнова
NICKNAME:Аня
ORG:ООО «Ромашка»;Отдел закупок;
TITLE:Директор по закупкам
item1.EMAIL;type=INTERNET:anna@home.example
item1.X-ABLabel:_$!<Home>!$_
EMAIL;type=INTERNET;type=WORK;type=pref:anna@romashka.example
TEL;type=CELL;type=VOICE:+7 (916) 123-45-67
TEL;type=WORK;type=VOICE;type=pref:+7 (495) 765-43-21
item2.TEL:+7 (495) 111-22-33
item2.X-ABLabel:Приёмная
item3.ADR;type=WORK;type=pref:;;ул. Ленина\\, 5;Москва;;101000;Россия
item3.X-ABADR:ru
item4.URL;type=pref:https\\://romashka.example
item4.X-ABLabel:_$!<HomePage>!$_
BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-12
item5.X-ABDATE;type=pref:2010-09-01
item5.X-ABLabel:_$!<Anniversary>!$_
item6.X-ABRELATEDNAMES:Пётр
item6.X-ABLabel:_$!<Spouse>!$_
X-SOCIALPROFILE;type=twitter:http://twitter.com/anna
IMPP;X-SERVICE-TYPE=Telegram:x-apple:anna_s
NOTE:Любит чай\\nи кофе\\; не звонить в пятницу
X-PHONETIC-LAST-NAME:Smirnova
UID:3F2504E0-4F89-11D3-9A0C-0305E82C3301
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ
`).trimEnd();
    const imported = await read(`${file}\r\n${photo}\r\nEND:VCARD\r\n`);
    const person = first(imported);
    expect(imported.reading).toMatchObject({
      kind: 'vcard',
      preset: 'vcard',
      headerRow: 0,
      delimiter: '',
      encoding: 'utf-8',
    });
    expect(person['name']).toEqual({ family: 'Смирнова', given: 'Анна', patronymic: 'Сергеевна', nickname: 'Аня' });
    expect(values(person, 'phones')).toEqual(['+7 495 765-43-21', '+7 916 123-45-67', '+7 495 111-22-33']);
    expect(labels(person, 'phones')).toEqual(['work', 'mobile', 'Приёмная']);
    expect(values(person, 'emails')).toEqual(['anna@romashka.example', 'anna@home.example']);
    expect(labels(person, 'emails')).toEqual(['work', 'home']);
    expect(person['addresses']).toEqual({
      work: { label: 'work', street: 'ул. Ленина, 5', city: 'Москва', postcode: '101000', country: 'Россия' },
    });
    expect(Object.values(person['links'] ?? {})).toEqual([
      { kind: 'web', value: 'https://romashka.example' },
      { kind: 'telegram', value: 'anna_s' },
      { kind: 'x', value: 'http://twitter.com/anna' },
    ]);
    expect(person['birthday']).toBe('--05-12');
    expect(person['summary']).toBe('Любит чай\nи кофе; не звонить в пятницу');
    expect(person['externalIds']).toEqual({ vcard: '3F2504E0-4F89-11D3-9A0C-0305E82C3301' });
    expect(extras(person)).toEqual({ 'X-PHONETIC-LAST-NAME': 'Smirnova', ANNIVERSARY: '2010-09-01', Spouse: 'Пётр' });
    expect(imported.vault.organisations.map((one) => one['name'])).toEqual(['ООО «Ромашка»']);
    expect(imported.vault.of('affiliation')[0]?.data).toMatchObject({
      jobTitle: 'Директор по закупкам',
      department: 'Отдел закупок',
    });
    expect(codes(imported.plan)).toEqual(['0:cardMedia']);
  });

  it('Google: two spaces of types, system groups, a label of its own', async () => {
    const imported = await read(
      crlf(`
BEGIN:VCARD
VERSION:3.0
FN:Пётр Ильич Щукин
N:Щукин;Пётр;Ильич;;
EMAIL;TYPE=INTERNET;TYPE=WORK:p@x.example
TEL;TYPE=CELL:+79161112233
item1.TEL:84957654321
item1.X-ABLabel:Рабочий
BDAY:19800201
item2.ORG:Вектор
item2.X-ABLabel:
CATEGORIES:myContacts,Клиенты
NOTE:Первая строка\\nвторая
END:VCARD
`),
    );
    const person = first(imported);
    expect(values(person, 'phones')).toEqual(['+7 916 111-22-33', '+7 495 765-43-21']);
    expect(labels(person, 'phones')).toEqual(['mobile', 'work']);
    expect(person['birthday']).toBe('1980-02-01');
    expect(person['tags']).toEqual({ Клиенты: true });
    expect(imported.vault.organisations.map((one) => one['name'])).toEqual(['Вектор']);
    expect(imported.plan.problems).toEqual([]);
  });

  it('Outlook in Russian: 2.1 in windows-1251, the encoding named line by line, printed addresses, ids of its own', async () => {
    const text = crlf(`
BEGIN:VCARD
VERSION:2.1
N;LANGUAGE=ru;CHARSET=Windows-1251:Кузнецов;Олег;Петрович;г-н
FN;CHARSET=Windows-1251:Олег Петрович Кузнецов
ORG;CHARSET=Windows-1251:АО Заря;Снабжение
TITLE;CHARSET=Windows-1251:Начальник отдела
TEL;WORK;VOICE:8 (495) 222-33-44
TEL;CELL;VOICE:8-903-222-33-44
TEL;WORK;FAX:8 (495) 222-33-45
ADR;WORK;PREF;CHARSET=Windows-1251:;;ул. Мира, 1;Тверь;Тверская обл.;170000;Россия
LABEL;WORK;PREF;CHARSET=Windows-1251;ENCODING=QUOTED-PRINTABLE:%
X-MS-OL-DEFAULT-POSTAL-ADDRESS:2
EMAIL;PREF;INTERNET:oleg@zarya.example
BDAY:19751231
X-MS-IMADDRESS:oleg.k
REV:20240101T101010Z
END:VCARD
`);
    const printed = quoted('', encode('ул. Мира, 1\r\nТверь, Тверская обл. 170000\r\nРоссия', 'windows-1251')).slice(1);
    const imported = await read(encode(text.replace('%', printed), 'windows-1251'));
    const person = first(imported);
    expect(imported.reading.encoding).toBe('windows-1251');
    expect(person['name']).toEqual({ family: 'Кузнецов', given: 'Олег', patronymic: 'Петрович', prefix: 'г-н' });
    expect(labels(person, 'phones')).toEqual(['work', 'mobile', 'fax']);
    expect(values(person, 'phones')).toEqual(['+7 495 222-33-44', '+7 903 222-33-44', '+7 495 222-33-45']);
    expect(person['addresses']).toEqual({
      work: {
        label: 'work',
        street: 'ул. Мира, 1',
        city: 'Тверь',
        region: 'Тверская обл.',
        postcode: '170000',
        country: 'Россия',
      },
    });
    expect(person['birthday']).toBe('1975-12-31');
    expect(Object.values(person['links'] ?? {})).toEqual([{ kind: 'other', value: 'ms-imaddress:oleg.k' }]);
    expect(person['extra']).toBeUndefined();
    expect(imported.vault.organisations.map((one) => one['name'])).toEqual(['АО Заря']);
  });

  it('Android: 2.1 quoted-printable with soft breaks in the middle of a letter, labels and dates in its own way', async () => {
    const utf8 = (text: string): Uint8Array => encode(text, 'utf-8');
    const HEAD = 'CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE';
    const imported = await read(
      [
        'BEGIN:VCARD',
        'VERSION:2.1',
        quoted(`N;${HEAD}`, utf8('Автобусов;Коммерческий;Москвич;;')),
        quoted(`FN;${HEAD}`, utf8('Коммерческий Москвич Автобусов')),
        'TEL;CELL;PREF:+79160000001',
        `TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=D0=94=D0=B0=D1=87=D0=B0):+74950000002`,
        quoted(`NOTE;${HEAD}`, utf8('первая\r\nвторая = третья')),
        quoted(`X-ANDROID-CUSTOM;${HEAD}`, utf8('vnd.android.cursor.item/nickname;Автобус;1;;;;;;;;;;;;;')),
        'X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;1985-07-06;3;;;;;;;;;;;;;',
        'X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Olga;14;;;;;;;;;;;;;',
        'END:VCARD',
        '',
      ].join('\r\n'),
    );
    const person = first(imported);
    expect(person['name']).toEqual({
      family: 'Автобусов',
      given: 'Коммерческий',
      patronymic: 'Москвич',
      nickname: 'Автобус',
    });
    expect(labels(person, 'phones')).toEqual(['mobile', 'Дача']);
    expect(person['summary']).toBe('первая\nвторая = третья');
    expect(person['birthday']).toBe('1985-07-06');
    expect(extras(person)).toEqual({ Relation: 'Olga' });
    expect(imported.plan.problems).toEqual([]);
  });

  it('an old Nokia: KOI8-R in quoted-printable, a picture that is not indented, a bare name', async () => {
    const imported = await read(
      [
        'BEGIN:VCARD',
        'VERSION:2.1',
        quoted('N;ENCODING=QUOTED-PRINTABLE;CHARSET=KOI8-R', encode('Жук;Степан', 'koi8-r')),
        'TEL;PREF;CELL;VOICE:+79031112233',
        'PHOTO;ENCODING=BASE64;TYPE=JPEG:',
        '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRof',
        'Hh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwh',
        '',
        'X-CLASS:private',
        'TZ:+0300',
        'END:VCARD',
      ].join('\n'),
    );
    const person = first(imported);
    expect(person['name']).toEqual({ family: 'Жук', given: 'Степан' });
    expect(values(person, 'phones')).toEqual(['+7 903 111-22-33']);
    expect(extras(person)).toEqual({ TZ: '+0300' });
    expect(codes(imported.plan)).toEqual(['0:cardMedia']);
  });

  it('Thunderbird: a card with nothing but a name for display and an address; custom fields', async () => {
    const imported = await read(
      crlf(`
BEGIN:VCARD
VERSION:4.0
EMAIL;PREF=1:jane@doe.example
FN:Jane Mary Doe
NICKNAME:JD
X-CUSTOM1;VALUE=TEXT:met in Berlin
UID:5b1f4a9e-0000-4000-8000-000000000001
END:VCARD
`),
    );
    const person = first(imported);
    expect(person['name']).toEqual({ given: 'Jane Mary', family: 'Doe', nickname: 'JD' });
    expect(extras(person)).toEqual({ 'X-CUSTOM1': 'met in Berlin' });
  });

  it('Nextcloud: 4.0 with URIs, preferences, parameters with commas and line feeds, related people', async () => {
    const imported = await read(
      crlf(`
BEGIN:VCARD
VERSION:4.0
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
FN:Ольга Ким
N:Ким;Ольга;;;
TEL;VALUE=uri;TYPE="work,voice";PREF=2:tel:+7-495-765-43-21;ext=102
TEL;TYPE=cell;VALUE=uri;PREF=1:tel:+79165554433
EMAIL;TYPE=work:olga@kim.example
ADR;TYPE=work;LABEL="ул. Мира, 5^nвход со двора":;;ул. Мира\\, 5;Казань;;420000;Россия
IMPP;TYPE=home:xmpp:olga@jabber.example
BDAY:--0229
ANNIVERSARY:20101010
LANG;TYPE=work;PREF=1:ru
GENDER:F
RELATED;TYPE=spouse;VALUE=text:Ким Сергей
URL:https://kim.example/a,b;c
CATEGORIES:vip\\, первый круг,Казань
END:VCARD
`),
    );
    const person = first(imported);
    expect(Object.values(person['phones'] ?? {})).toMatchObject([
      { value: '+7 916 555-44-33', label: 'mobile', order: 0 },
      { value: '+7 495 765-43-21', extension: '102', label: 'work', order: 1 },
    ]);
    expect(person['addresses']).toEqual({
      work: {
        label: 'work',
        street: 'ул. Мира, 5',
        city: 'Казань',
        postcode: '420000',
        country: 'Россия',
        formatted: 'ул. Мира, 5, вход со двора',
      },
    });
    expect(Object.values(person['links'] ?? {})).toEqual([
      { kind: 'web', value: 'https://kim.example/a,b;c' },
      { kind: 'other', value: 'xmpp:olga@jabber.example' },
    ]);
    expect(person['birthday']).toBe('--02-29');
    expect(person['languages']).toEqual({ ru: true });
    expect(person['gender']).toBe('female');
    expect(person['tags']).toEqual({ 'vip, первый круг': true, Казань: true });
    expect(extras(person)).toEqual({ ANNIVERSARY: '2010-10-10', Spouse: 'Ким Сергей' });
  });
});

describe('encodings of a file of cards', () => {
  const CARD = crlf(
    'BEGIN:VCARD\nVERSION:3.0\nN:Щукин;Пётр;Ильич;;\nFN:Пётр Щукин\nORG:Жёлтый дом\nNOTE:Поставщик бумаги\nEND:VCARD',
  );
  it.each([
    ['windows-1251 without a name', encode(CARD, 'windows-1251'), 'windows-1251'],
    ['KOI8-R without a name', encode(CARD, 'koi8-r'), 'koi8-r'],
    ['UTF-8 with a mark', withBom(encode(CARD, 'utf-8'), 0xef, 0xbb, 0xbf), 'utf-8'],
    ['UTF-16 with a mark', withBom(encode(CARD, 'utf-16le'), 0xff, 0xfe), 'utf-16le'],
    ['UTF-16, the other way round', withBom(encode(CARD, 'utf-16be'), 0xfe, 0xff), 'utf-16be'],
  ])('%s', async (_, bytes, encoding) => {
    const imported = await read(bytes);
    expect(imported.reading).toMatchObject({ encoding, encodingSure: true });
    expect(first(imported)['name']).toEqual({ family: 'Щукин', given: 'Пётр', patronymic: 'Ильич' });
  });

  it('each line in its own: a card in KOI8-R that says so between cards in UTF-8', async () => {
    const koi = encode(
      'BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=koi8-r:Жук;Степан\nTEL:+79031112233\nEND:VCARD\n',
      'koi8-r',
    );
    const imported = await read(Uint8Array.from([...encode(CARD, 'utf-8'), ...koi]));
    expect(imported.vault.people.map((one) => (one['name'] as Record<string, string>)['family'])).toEqual([
      'Щукин',
      'Жук',
    ]);
  });

  it('a file that was saved anew as UTF-8 and still says windows-1251', async () => {
    const imported = await read('BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=windows-1251:Щукин;Пётр\nEND:VCARD\n');
    expect(first(imported)['name']).toEqual({ family: 'Щукин', given: 'Пётр' });
  });

  it('a person chooses when it cannot be told, and the choice is followed', async () => {
    const bytes = encode('BEGIN:VCARD\nVERSION:3.0\nN:Ёж;;;;\nTEL:+79031112233\nEND:VCARD\n', 'koi8-r');
    const chosen = await importInto(new MemoryVault(), bytes, { name: 'one.vcf', encoding: 'koi8-r' });
    expect(chosen.reading).toMatchObject({ encoding: 'koi8-r', encodingSure: true });
    expect(first(chosen)['name']?.['family']).toBe('Ёж');
  });

  it('a letter of two bytes that was folded between them', async () => {
    const bytes = [
      ...encode('BEGIN:VCARD\r\nVERSION:3.0\r\nN:Щукин;П', 'utf-8'),
      0xd1,
      13,
      10,
      32,
      0x91,
      ...encode('тр;;;\r\nEND:VCARD\r\n', 'utf-8'),
    ];
    expect(first(await read(Uint8Array.from(bytes)))['name']).toEqual({ family: 'Щукин', given: 'Пётр' });
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { ftsQuery, queryDigits } from '../../../electron/vault/search-index.ts';
import { snippetOf } from '../../../electron/vault/snippet.ts';
import * as Y from 'yjs';
import { encodeBase64 } from '../../../shared/text/base64.ts';
import { make, newVault, put, type TestVault } from './support.ts';

const open = '\u2068';
const close = '\u2069';
let world: TestVault;
const ids = (text: string): string[] => world.vault.search({ text, limit: 20 }).map((hit) => hit.id);

function note(text: string): string {
  const doc = new Y.Doc();
  doc.getXmlFragment('prosemirror').insert(0, [new Y.XmlText(text)]);
  return encodeBase64(Y.encodeStateAsUpdate(doc));
}

beforeEach(() => {
  world = newVault();
  world.commit(
    make('organisation', 'o1', {
      name: 'ООО «Ромашка»',
      'legalIds/inn': '7707083893',
      'phones/a': { value: '8 (495) 123-45-67', e164: '+74951234567', label: 'work' },
    }),
    make('person', 'p1', {
      name: { family: 'Соловьёв', given: 'Юрий' },
      'phones/a': { value: '+7 916 765-43-21', e164: '+79167654321', label: 'mobile' },
      'emails/a': { value: 'yuri@example.org', label: 'work' },
      summary: 'Любит зимнюю рыбалку',
    }),
    make('person', 'p2', { name: { family: 'Müller', given: 'Zoë' } }),
    make('affiliation', 'a1', { person: 'p1', organisation: 'o1', jobTitle: 'главный инженер' }),
    make('meeting', 'm1', {
      title: 'Переговоры о поставке',
      start: '2026-06-01T10:00',
      organisation: 'o1',
      body: note('Обсудили сканирование архивов'),
      'decisions/d': { text: 'Закупаем пробную партию', order: 0, visibility: 'client' },
    }),
    make('promise', 'q1', { text: 'Прислать прайс', side: 'ours' }),
    make('contract', 'c1', { number: 'Д-15/2026', title: 'Поставка реагентов', organisation: 'o1' }),
    make('contract', 'c2', {
      title: 'Рамочный договор',
      subject: 'Вывоз снега с площадки',
      deputy: 'Ковалёв',
      'parties/a': { name: 'Лизинговая компания «Вектор»', side: 'theirs', order: 0 },
      'people/a': { name: 'Тимур Халилов', role: 'подписант', order: 0 },
      'documents/a': { title: 'Протокол разногласий', kind: 'annex', place: 'сейф бухгалтерии', order: 0 },
      'amendments/a': { number: '4', title: 'О переносе склада', effective: '2026-01-01', changes: {} },
      'milestones/a': { title: 'Пусконаладка', on: '2026-09-01', order: 0 },
      'decisions/a': { date: '2026-05-01', kind: 'renew', author: 'Анна', reason: 'Тариф ниже рынка' },
      'clauses/notice': 'пункт 14.7',
    }),
  );
});

describe('search', () => {
  it.each([
    ['a name', 'Соловьёв', 'p1'],
    ['е for ё', 'соловьев', 'p1'],
    ['the beginning of a name', 'Сол', 'p1'],
    ['a name in Latin letters', 'Soloviev', 'p1'],
    ['another spelling of it', 'Iurii', 'p1'],
    ['the wrong keyboard layout', 'cjkjdm`d', 'p1'],
    ['no diacritics', 'muller', 'p2'],
    ['another form of the word', 'рыбалка', 'p1'],
    ['a job title', 'инженера', 'p1'],
    ['an address', 'yuri@example', 'p1'],
    ['the text of a note', 'сканирования', 'm1'],
    ['the subject of a contract', 'вывоз снега', 'c2'],
    ['a further party of a contract', 'Вектор', 'c2'],
    ['a person named in a contract', 'Халилов', 'c2'],
    ['a document of a contract', 'разногласия', 'c2'],
    ['where a paper is kept', 'сейф', 'c2'],
    ['an amendment', 'перенос склада', 'c2'],
    ['a milestone', 'пусконаладка', 'c2'],
    ['the reason of a decision', 'тариф', 'c2'],
    ['a clause', '14.7', 'c2'],
    ['the deputy', 'Ковалев', 'c2'],
    ['a decision', 'пробная партия', 'm1'],
    ['a promise', 'прайс', 'q1'],
    ['a contract number', 'Д-15/2026', 'c1'],
    ['a phone written the national way', '8 916 765 43 21', 'p1'],
    ['the end of a phone number', '43-21', 'p1'],
    ['a tax number', '7707083893', 'o1'],
    ['two words in any order', 'юрий соловьев', 'p1'],
    ['a word with a letter too few', 'реагетов', 'c1'],
    ['a word with a letter too many', 'Роммашка', 'o1'],
    ['a word with another letter', 'Рамашка', 'o1'],
    ['a word with letters that changed places', 'скнаирование', 'm1'],
    ['a slip in the beginning of another form', 'реагнтам', 'c1'],
    ['one word right and one with a slip', 'поставка реагетов', 'c1'],
  ])('finds by %s', (_, text, id) => {
    expect(ids(text)).toContain(id);
  });

  it('finds a person by the organisation, which itself comes first', () => {
    expect(ids('ромашка').slice(0, 2)).toEqual(['o1', 'p1']);
  });

  it('follows changes: new names are found, old ones are not', () => {
    world.commit(put('organisation', 'o1', 'name', 'Василёк'));
    expect(ids('василек')).toEqual(expect.arrayContaining(['o1', 'p1']));
    expect(ids('ромашка')).toEqual([]);
    world.commit(put('affiliation', 'a1', '$deleted', true));
    expect(ids('василек')).toEqual(['o1']);
  });

  it.each([
    '"',
    '*',
    'AND',
    'a OR',
    'title:',
    'NEAR(',
    '^x',
    '()',
    '-',
    '«»',
    "'; --",
    '\u0000',
    '😀',
    'x'.repeat(400),
  ])('takes %j as text, never as a query', (text) => {
    expect(() => ids(text)).not.toThrow();
  });

  it('shows where it was found', () => {
    const [hit] = world.vault.search({ text: 'сканирование', limit: 5 });
    expect(hit).toEqual({
      type: 'meeting',
      id: 'm1',
      title: 'Переговоры о поставке',
      subtitle: '2026-06-01 · ООО «Ромашка»',
      snippet: `Обсудили ${open}сканирование${close} архивов`,
    });
  });
});

describe('parts of search', () => {
  it('reads a query of digits as a number only when it looks like one', () => {
    expect(queryDigits('+7 (916) 765-43-21')).toBe('9167654321');
    expect(queryDigits('12')).toBeNull();
    expect(queryDigits('дом 123')).toBeNull();
  });

  it('finds a contract by its number in either alphabet', () => {
    world.commit(make('contract', 'c3', { number: 'А-17/42', title: 'Хранение' }));
    expect(ids('А-17/42')).toContain('c3');
    expect(ids('a-17/42')).toContain('c3');
  });

  it('forgives nothing where the words as typed are found, and does not guess short or different ones', () => {
    world.commit(make('person', 'p3', { name: { family: 'Ромажка' } }));
    expect(ids('ромажка')).toEqual(['p3']);
    expect(ids('ром')).toContain('o1');
    expect(ids('рон')).toEqual([]);
    expect(ids('реактивный самолёт')).toEqual([]);
  });

  it('has no query for text without words', () => {
    expect(ftsQuery('  «»!? ')).toBeNull();
  });

  it('cuts snippets around the match and keeps the words as they were written', () => {
    const text = `${'слово '.repeat(30)}Ёлка стоит ${'конец '.repeat(60)}`;
    const snippet = snippetOf([text], 'елка');
    expect(snippet).toContain(`${open}Ёлка${close} стоит`);
    expect(snippet.startsWith('…') && snippet.endsWith('…')).toBe(true);
    expect(snippet.length).toBeLessThan(200);
    expect(snippetOf(['ничего'], 'елка')).toBe('');
  });
});

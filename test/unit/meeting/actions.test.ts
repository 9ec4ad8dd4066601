import { describe, expect, it } from 'vitest';
import { readAction } from '../../../renderer/screens/meeting/read-action.ts';
import type { PersonRow } from '../../../shared/model/rows.ts';

const person = (id: string, name: string): PersonRow => ({ id, name }) as PersonRow;
const [orlov, belova] = [person('orlov', 'Орлов Пётр Ильич'), person('belova', 'Белова Анна')];
const around = {
  today: '2026-11-27',
  theirs: new Set(['orlov']),
  attendees: [orlov, belova],
  people: [orlov, belova],
};

describe('A line of what is to be done', () => {
  it('says what, who and when; whose it is follows from who', () => {
    expect(readAction('Прислать смету @Орлов до 04.12.2026', 'ours', around)).toEqual({
      text: 'Прислать смету',
      side: 'theirs',
      due: '2026-12-04',
      owner: { person: 'orlov' },
    });
    expect(readAction('Собрать вопросы @Белова', 'ours', around)).toEqual({
      text: 'Собрать вопросы',
      side: 'ours',
      due: null,
      owner: { person: 'belova' },
    });
  });
  it('without a name is promised by the side it was entered for', () => {
    expect(readAction('Ждём протокол, пт', 'theirs', around)).toEqual({
      text: 'Ждём протокол',
      side: 'theirs',
      due: '2026-12-04',
    });
  });
});

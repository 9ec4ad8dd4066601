import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAction, parseDue, parseTime } from '../../../renderer/screens/meeting/due-text.ts';
import { addDays, weekday } from '../../../shared/dates/plain-date.ts';

// A Monday.
const TODAY = '2026-11-23';
const due = (text: string): string | null => parseDue(text, TODAY);

describe('a due day as it is typed', () => {
  it('may be a word, a weekday, a date or a distance, in both languages', () => {
    const said: Readonly<Record<string, string>> = {
      сегодня: '2026-11-23',
      tomorrow: '2026-11-24',
      Послезавтра: '2026-11-25',
      пт: '2026-11-27',
      'в пятницу': '2026-11-27',
      'до среды': '2026-11-25',
      Friday: '2026-11-27',
      'by wed': '2026-11-25',
      '31.12': '2026-12-31',
      '31.05': '2027-05-31',
      '31.05.26': '2026-05-31',
      '2026-05-31': '2026-05-31',
      '1/12/2026': '2026-12-01',
      '31 мая': '2027-05-31',
      '5 дек.': '2026-12-05',
      '31 мая 2026 г.': '2026-05-31',
      'May 31': '2027-05-31',
      '31 May 2026': '2026-05-31',
      'через 3 дня': '2026-11-26',
      'через неделю': '2026-11-30',
      'in 2 weeks': '2026-12-07',
      'in a month': '2026-12-23',
      '+3': '2026-11-26',
      '+2н': '2026-12-07',
    };
    expect(Object.fromEntries(Object.keys(said).map((text) => [text, due(text)]))).toEqual(said);
  });
  it('is never guessed', () => {
    for (const text of ['', 'скоро', '31.02', '32.01', 'через', '+', 'план', '2026-13-01', 'in', 'пятно'])
      expect(due(text)).toBeNull();
  });
  it('said as a weekday is within the next seven days and never today', () => {
    const days = ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 6 }), (offset, index) => {
        const today = addDays('2020-01-01', offset);
        const day = parseDue(days[index] as string, today) as string;
        expect(weekday(day)).toBe(index + 1);
        expect(day > today && day <= addDays(today, 7)).toBe(true);
      }),
    );
  });
  it('29 February waits for the next leap year', () => {
    expect(due('29.02')).toBe('2028-02-29');
  });
});

describe('a line of the list of action items', () => {
  it('gives task, owner and day', () => {
    expect(parseAction('Прислать план @Ковалёв до пт', TODAY)).toEqual({
      text: 'Прислать план',
      due: '2026-11-27',
      owner: 'Ковалёв',
    });
    expect(parseAction('Send the plan @Daniel Kovac by Friday', TODAY)).toEqual({
      text: 'Send the plan',
      due: '2026-11-27',
      owner: 'Daniel Kovac',
    });
    expect(parseAction('Позвонить, завтра', TODAY)).toEqual({ text: 'Позвонить', due: '2026-11-24', owner: '' });
  });
  it('leaves days inside the sentence and e-mail addresses where they are', () => {
    expect(parseAction('Проверить, что до пятницы всё готово', TODAY)).toEqual({
      text: 'Проверить, что до пятницы всё готово',
      due: null,
      owner: '',
    });
    expect(parseAction('Написать на a@b.example', TODAY)).toEqual({
      text: 'Написать на a@b.example',
      due: null,
      owner: '',
    });
  });
});

describe('a time as it is typed', () => {
  it('is a time of day or nothing', () => {
    expect(['14', '9:30', '14.00', '1430', '930', '24:00', '12:60', 'утром'].map(parseTime)).toEqual([
      '14:00',
      '09:30',
      '14:00',
      '14:30',
      '09:30',
      null,
      null,
      null,
    ]);
  });
});

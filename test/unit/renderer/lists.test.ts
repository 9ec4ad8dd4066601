// @vitest-environment happy-dom
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meetingGroup, orderMeetings } from '../../../renderer/screens/meetings/meetings.tsx';
import { daysLate } from '../../../renderer/screens/profile/facts-of.tsx';
import { groupHits } from '../../../renderer/screens/shell/use-search.ts';
import { matchOptions } from '../../../renderer/ui/combo-box.tsx';
import { columnsThatFit, compareValues, typeAheadIndex } from '../../../renderer/ui/list-rules.ts';
import { fromDayNumber } from '../../../shared/dates/plain-date.ts';
import type { MeetingRow } from '../../../shared/model/rows.ts';

const meeting = (id: string, start: string): MeetingRow => ({
  id,
  title: id,
  start,
  timeZone: 'Europe/Moscow',
  place: '',
  organisationName: '',
  people: [],
  attendees: 0,
  decisions: 0,
  openPromises: 0,
  state: 'draft',
  language: 'ru',
  changedAt: 0,
});

describe('Meetings', () => {
  // 2026-05-27 is a Wednesday.
  it('stand under the heading of their time', () => {
    const group = (start: string) => meetingGroup(start, '2026-05-27');
    expect(group('')).toBe('undated');
    expect(group('2026-05-27T09:00')).toBe('today');
    expect(group('2026-05-31T09:00')).toBe('week');
    expect(group('2026-06-01T09:00')).toBe('upcoming');
    expect(group('2026-05-25T09:00')).toBe('earlierThisWeek');
    expect(group('2026-05-24T09:00')).toBe('earlier');
  });
  it('come in reading order: ahead from the soonest, the past from the newest', () => {
    const rows = ['2026-05-01', '2026-06-10', '2026-05-27', '', '2026-05-20', '2026-06-02', '2026-05-29'].map((day) =>
      meeting(day || 'none', day && `${day}T10:00`),
    );
    expect(orderMeetings(rows, '2026-05-27').map((row) => row.id)).toEqual([
      '2026-05-27',
      '2026-05-29',
      '2026-06-02',
      '2026-06-10',
      'none',
      '2026-05-20',
      '2026-05-01',
    ]);
  });
  it('keep their groups together whatever their days', () => {
    const day = fc.integer({ min: 20_000, max: 21_000 }).map((n) => `${fromDayNumber(n)}T10:00`);
    fc.assert(
      fc.property(fc.array(fc.oneof(day, fc.constant(''))), (starts) => {
        const today = '2026-05-27';
        const groups = orderMeetings(
          starts.map((start, index) => meeting(String(index), start)),
          today,
        ).map((row) => meetingGroup(row.start, today));
        const runs = groups.filter((group, index) => group !== groups[index - 1]);
        expect(new Set(runs).size).toBe(runs.length);
      }),
    );
  });
});

describe('Sorting', () => {
  it('puts nothing last', () => {
    expect(['б', '', 'а', undefined].sort(compareValues)).toEqual(['а', 'б', '', undefined]);
    expect([10, 9, undefined, 100].sort((a, b) => compareValues(a, b))).toEqual([9, 10, 100, undefined]);
  });
});

describe('Typing a name in a list', () => {
  const names = ['Альфа', 'Ёлка', 'Бета', 'Белов'];
  const find = (typed: string, from = 0): number => typeAheadIndex((i) => names[i]!, names.length, from, typed);
  it('finds the next name that begins so, around the end', () => {
    expect(find('бе')).toBe(2);
    expect(find('бе', 3)).toBe(3);
    expect(find('а', 2)).toBe(0);
    expect(find('ел')).toBe(1);
    expect(find('ю')).toBe(-1);
  });
});

describe('Columns', () => {
  it('are shown as far as there is room, the first always', () => {
    expect(columnsThatFit([200, 100, 100], 320)).toBe(2);
    expect(columnsThatFit([200, 100, 100], 400)).toBe(3);
    expect(columnsThatFit([200, 100], 50)).toBe(1);
    expect(columnsThatFit([], 50)).toBe(0);
  });
});

describe('Choices while typing', () => {
  const options = [
    { id: '1', label: 'Уральский завод', hint: 'Пермь' },
    { id: '2', label: 'Завод «Урал»' },
    { id: '3', label: 'Ромашка' },
  ];
  it('begin with those that begin with what was typed', () => {
    expect(matchOptions(options, 'зав').map((o) => o.id)).toEqual(['2', '1']);
  });
  it('need every word, also of the hint', () => {
    expect(matchOptions(options, 'урал перм').map((o) => o.id)).toEqual(['1']);
  });
  it('are found on the wrong keyboard layout, unless what was typed is found itself', () => {
    expect(matchOptions(options, 'hjvfirf').map((o) => o.id)).toEqual(['3']);
    expect(matchOptions([...options, { id: '4', label: 'hjv' }], 'hjv').map((o) => o.id)).toEqual(['4']);
  });
  it('are few even of very many', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => ({ id: String(i), label: `Имя ${i}` }));
    expect(matchOptions(many, 'имя').length).toBe(60);
    expect(matchOptions(many, '').length).toBe(60);
  });
});

describe('A rhythm', () => {
  it('is late only without a meeting ahead', () => {
    const late = (row: object) => daysLate({ openPromises: 0, ...row }, '2026-05-31');
    expect(late({ cadenceDays: 30, lastMeeting: '2026-04-01T10:00' })).toBe(30);
    expect(late({ cadenceDays: 90, lastMeeting: '2026-04-01T10:00' })).toBeNull();
    expect(late({ cadenceDays: 30, lastMeeting: '2026-04-01T10:00', nextMeeting: '2026-06-02T10:00' })).toBeNull();
    expect(late({ lastMeeting: '2020-04-01T10:00' })).toBeNull();
  });
});

describe('Hits', () => {
  it('are grouped in the order of the sidebar', () => {
    const hit = (type: string, id: string) => ({ type, id, title: '', subtitle: '', snippet: '' });
    const groups = groupHits([
      hit('meeting', 'm'),
      hit('organisation', 'o'),
      hit('affiliation', 'a'),
      hit('meeting', 'n'),
    ]);
    expect(groups.map((group) => [group.type, group.hits.map((h) => h.id)])).toEqual([
      ['organisation', ['o']],
      ['meeting', ['m', 'n']],
    ]);
  });
});

/** Calendars that people bring and correct: every format, every refusal, and what they change in contracts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarEffects, withPacks } from '../../../shared/calendars/effects.ts';
import {
  bundledPack,
  bundledPacks,
  dayChanges,
  type Days,
  daysOfPack,
  packOfDays,
  packText,
} from '../../../shared/calendars/packs.ts';
import { readCalendar } from '../../../shared/calendars/read-calendar.ts';
import { packProblem } from '../../../shared/contract-dates/calendar.ts';
import { addDays, weekday } from '../../../shared/dates/plain-date.ts';
import { nextKind } from '../../../renderer/screens/settings/calendars/next-kind.ts';

const read = (text: string, country = 'RU') => readCalendar({ text, name: 'файл.csv', country });
const value = (text: string, country = 'RU') => {
  const result = read(text, country);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const refusal = (text: string, country = 'RU') => {
  const result = read(text, country);
  return result.ok ? 'ok' : result.error;
};

describe('A calendar that is read', () => {
  it('as a file of this program is what was written, for every bundled year', () => {
    for (const pack of bundledPacks) {
      const again = value(packText(pack));
      expect(again.format).toBe('pack');
      expect(again.packs.map(daysOfPack)).toEqual([daysOfPack(pack)]);
      expect(again.packs[0]?.source).toBe(pack.source);
    }
    expect(value(JSON.stringify(bundledPacks)).packs).toHaveLength(bundledPacks.length);
  });

  it('as a yearly production calendar: all days off by month, with marks of short and moved days', () => {
    const months = Array.from({ length: 12 }, (_, i) => {
      const month = i + 1;
      const days: string[] = [];
      for (
        let date = `2027-${String(month).padStart(2, '0')}-01`;
        Number(date.slice(5, 7)) === month && date.startsWith('2027');
        date = addDays(date, 1)
      ) {
        const isOff = (weekday(date) >= 6 && date !== '2027-02-20') || date === '2027-02-22' || date === '2027-02-23';
        if (isOff) days.push(`${Number(date.slice(8))}${date === '2027-02-22' ? '+' : ''}`);
        if (date === '2027-03-05') days.push('5*');
      }
      return { month, days: days.join(',') };
    });
    const result = value(JSON.stringify({ year: 2027, months }));
    expect(result.format).toBe('months');
    expect(result.packs.map(daysOfPack)).toEqual([
      { '2027-02-20': 'work', '2027-02-22': 'off', '2027-02-23': 'off', '2027-03-05': 'short' },
    ]);
  });

  it('as a table, with a heading, Russian dates and words, several years at once', () => {
    const result = value('Дата;Вид\r\n08.03.2027;праздник\r\n2027-02-20\tрабочий\n"2028-01-03","off"\n2028-01-04\n');
    expect(result.packs.map(({ country, year, nonWorking, working }) => [country, year, nonWorking, working])).toEqual([
      ['RU', 2027, ['2027-03-08'], ['2027-02-20']],
      ['RU', 2028, ['2028-01-03', '2028-01-04'], []],
    ]);
  });

  it('as an .ics file: whole days only, exclusive ends, folded lines, working Saturdays by their name', () => {
    const result = value(
      [
        'BEGIN:VCALENDAR',
        'X-WR-CALNAME:Праздники 2027',
        'BEGIN:VEVENT',
        'SUMMARY:Новогодние кани',
        ' кулы',
        'DTSTART;VALUE=DATE:20270104',
        'DTEND;VALUE=DATE:20270109',
        'END:VEVENT',
        'BEGIN:VEVENT',
        'SUMMARY:Рабочий день (перенос)',
        'DTSTART;VALUE=DATE:20270220',
        'END:VEVENT',
        'BEGIN:VEVENT',
        'SUMMARY:Нерабочий день',
        'DTSTART;VALUE=DATE:20270222',
        'DTEND;VALUE=DATE:20270223',
        'END:VEVENT',
        'BEGIN:VEVENT',
        'SUMMARY:Совещание',
        'DTSTART:20270301T100000Z',
        'END:VEVENT',
        'BEGIN:VEVENT',
        'SUMMARY:Каждый год',
        'DTSTART;VALUE=DATE:20270308',
        'RRULE:FREQ=YEARLY',
        'END:VEVENT',
        'END:VCALENDAR',
      ].join('\r\n'),
    );
    expect(result).toMatchObject({ format: 'ics', passedOver: 2 });
    expect(result.packs[0]).toMatchObject({
      source: 'Праздники 2027',
      nonWorking: ['2027-01-04', '2027-01-05', '2027-01-06', '2027-01-07', '2027-01-08', '2027-02-22'],
      working: ['2027-02-20'],
    });
  });

  it('as an .ics file whose events have a duration instead of an end', () => {
    const event = (...lines: readonly string[]): readonly string[] => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
    const result = value(
      [
        'BEGIN:VCALENDAR',
        ...event('DTSTART;VALUE=DATE:20270104', 'DURATION:P3D'),
        ...event('DTSTART;VALUE=DATE:20270503', 'DURATION:P1W'),
        ...event('DTSTART;VALUE=DATE:20270308', 'DURATION:PT12H'),
        ...event('DTSTART;VALUE=DATE:20270611', 'RDATE;VALUE=DATE:20280611'),
        'END:VCALENDAR',
      ].join('\r\n'),
    );
    // Two events are no whole days or more than one; the Saturday and the Sunday of the week are free anyway.
    expect(result.passedOver).toBe(4);
    expect(result.packs[0]?.nonWorking).toEqual([
      ...['2027-01-04', '2027-01-05', '2027-01-06'],
      ...['2027-05-03', '2027-05-04', '2027-05-05', '2027-05-06', '2027-05-07'],
    ]);
  });

  it('passes over what changes nothing, and counts it', () => {
    expect(value('2027-01-03;off\n2027-01-04;off\n2027-01-05;work')).toMatchObject({
      passedOver: 2,
      packs: [{ nonWorking: ['2027-01-04'], working: [] }],
    });
  });

  it('is refused with the place of what is wrong', () => {
    expect(refusal('')).toMatchObject({ code: 'calendar.empty' });
    expect(refusal('{')).toMatchObject({ code: 'calendar.notJson' });
    expect(refusal('2027-01-04;off\n2027-02-30;off')).toMatchObject({
      code: 'calendar.lineNotADate',
      params: { line: 2, text: '2027-02-30' },
    });
    const weekdays = Array.from({ length: 365 }, (_, i) => addDays('2027-01-01', i)).filter((day) => weekday(day) < 6);
    expect(refusal(weekdays.join('\n'))).toMatchObject({ code: 'calendar.closed' });
    expect(value(weekdays.slice(1).join('\n')).packs[0]?.nonWorking).toHaveLength(weekdays.length - 1);
    expect(refusal('2027-01-04;вроде')).toMatchObject({ code: 'calendar.lineNotAKind', params: { line: 1 } });
    expect(refusal('2027-01-04;off', ' ')).toMatchObject({ code: 'calendar.countryMissing' });
    const pack = { country: 'RU', year: 2027, nonWorking: ['2027-01-03'], working: [], shortened: [], source: 'x' };
    expect(refusal(JSON.stringify(pack))).toMatchObject({
      code: 'calendar.wrongWeekday',
      params: { field: 'nonWorking[0]' },
    });
    expect(refusal(JSON.stringify({ ...pack, nonWorking: ['2028-01-03'] }))).toMatchObject({
      code: 'calendar.wrongYear',
    });
    expect(refusal(`2027-01-04;off${' '.repeat(2_000_000)}`)).toMatchObject({ code: 'calendar.tooLong' });
  });

  it('never throws and never gives a pack that the engine would refuse, whatever the text', () => {
    const line = fc
      .tuple(fc.integer({ min: 0, max: 900 }), fc.constantFrom('off', 'work', 'short', 'рабочий', '', 'x', ';'))
      .map(([day, kind]) => `${addDays('2026-06-01', day)};${kind}`);
    const texts = fc.oneof(
      fc.string(),
      fc.array(line).map((lines) => lines.join('\n')),
      fc.json(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const result = read(text);
        if (result.ok) for (const pack of result.value.packs) expect(packProblem(pack)).toBeUndefined();
      }),
    );
  });
});

describe('A year that is corrected', () => {
  const days = fc
    .dictionary(
      fc.integer({ min: 0, max: 364 }).map((day) => addDays('2027-01-01', day)),
      fc.constantFrom('off', 'work', 'short'),
    )
    .map((found): Days => found as Days);

  it('is reached from any other by its changes', () => {
    fc.assert(
      fc.property(days, days, (before, after) => {
        const result: Record<string, string> = { ...before };
        for (const [date, kind] of Object.entries(dayChanges(before, after))) {
          if (kind === null) delete result[date];
          else result[date] = kind;
        }
        expect(result).toEqual(after);
      }),
    );
  });

  it('stays valid however often its days are changed by hand', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 364 })), (presses) => {
        const current: Record<string, 'off' | 'work' | 'short'> = {};
        for (const press of presses) {
          const date = addDays('2027-01-01', press);
          const kind = nextKind(date, current[date]);
          if (kind === undefined) delete current[date];
          else current[date] = kind;
        }
        expect(packProblem(packOfDays('RU', 2027, current, 'вручную'))).toBeUndefined();
      }),
    );
  });
});

describe('What a year changes in contracts', () => {
  const contract = {
    id: 'c',
    title: 'Аренда',
    number: '7',
    wording: {
      status: 'active',
      start: '2026-04-09',
      end: '2027-04-08',
      renewal: 'tacit',
      renewalTerm: { months: 12 },
      notice: { months: 1 },
      profile: 'rf',
    },
  } as const;
  const none = { ...contract, id: 'n', wording: { ...contract.wording, profile: 'plain' } } as const;
  const draft = { ...contract, id: 'd', wording: { ...contract.wording, status: 'draft' } } as const;
  const today = '2026-11-26';

  it('says which dates move, before and after, and that they are certain now', () => {
    // 8 March 2027 is a Monday: a holiday by law. The decree moves Friday the 5th as well.
    const pack = packOfDays('RU', 2027, { '2027-03-08': 'off', '2027-03-05': 'off' }, 'Постановление');
    const effects = calendarEffects([contract, none, draft], [], withPacks([], [pack]), today);
    expect(effects).toEqual([
      {
        contract: 'c',
        name: 'Аренда',
        moved: [
          { field: 'notice.safe', before: '2027-03-05', after: '2027-03-04' },
          { field: 'notice.sendBy', before: '2027-03-05', after: '2027-03-04' },
        ],
        settled: true,
        unsettled: false,
      },
    ]);
  });

  it('says that dates become provisional when a year is taken away', () => {
    const pack = packOfDays('RU', 2027, { '2027-03-08': 'off' }, 'Постановление');
    const after = withPacks([pack], [], [{ country: 'RU', year: 2027 }]);
    expect(after).toEqual([]);
    expect(calendarEffects([contract], [pack], after, today)).toMatchObject([{ unsettled: true, settled: false }]);
  });

  it('is nothing when the bundled year is copied unchanged', () => {
    const copy = bundledPack('RU', 2026);
    expect(calendarEffects([contract], [], copy ? [copy] : [], today)).toEqual([]);
  });
});

/** The calendar file: read back by two independent readers (ical.js, ts-ics) and held to RFC 5545 by properties. */
import fc from 'fast-check';
import ICAL from 'ical.js';
import { convertIcsCalendar } from 'ts-ics';
import { describe, expect, it } from 'vitest';
import { escapeText, fold, MOST_OCTETS, parameter } from '../../../shared/calendar-file/content-line.ts';
import { calendarText, type EventContent, type RevisedEvent } from '../../../shared/calendar-file/event.ts';
import { deadlineEvent, meetingEvents } from '../../../shared/calendar-file/events.ts';
import { readMemory, revise, type RevisionMemory, type ScopedEvent } from '../../../shared/calendar-file/revisions.ts';
import { offsetAt, offsetText } from '../../../shared/calendar-file/zone.ts';
import { wordsOf } from '../../../shared/compose/words.ts';
import type { ContractWording } from '../../../shared/contracts/wording.ts';
import { rowDeadlines } from '../../../shared/contracts/row-deadlines.ts';
import { addDays, fromDayNumber, toDayNumber, wallTime } from '../../../shared/dates/plain-date.ts';
import type { ContractRow, PromiseRow } from '../../../shared/model/rows.ts';

const TODAY = '2026-02-11';
const NOW = Date.UTC(2026, 1, 11, 9, 30);
const OPEN = { language: 'ru', t: wordsOf('ru'), isPrivate: false } as const;
const PRIVATE = { ...OPEN, isPrivate: true } as const;

const row = (id: string, wording: ContractWording, more: Partial<ContractRow> = {}): ContractRow => ({
  id,
  number: '7',
  title: 'Аренда склада; «Север», 2-я очередь',
  organisationName: 'ООО «Ромашка»',
  status: 'active',
  owner: 'Анна',
  tags: [],
  wording,
  changedAt: 1,
  conflicts: 0,
  ...more,
});
const tacit: ContractWording = {
  status: 'active',
  start: '2024-08-29',
  end: '2025-08-28',
  renewal: 'tacit',
  renewalTerm: { months: 12 },
  notice: { months: 2 },
  calendar: 'RU',
  value: { minor: 120_000_00, currency: 'RUB' },
  valuePer: 'year',
};
const promise: PromiseRow = {
  id: 'p1',
  text: 'Отчёт о работе',
  side: 'theirs',
  ownerName: '',
  organisationName: 'ООО «Ромашка»',
  contract: 'c1',
  due: '2026-03-10',
  status: 'open',
  visibility: 'internal',
  changedAt: 1,
};
const eventsOf = (
  contracts: readonly ContractRow[],
  promises: readonly PromiseRow[] = [],
  options: typeof OPEN | typeof PRIVATE = OPEN,
): ScopedEvent[] =>
  rowDeadlines({ contracts, promises, packs: [], today: TODAY }).map((deadline) => deadlineEvent(deadline, options));
const written = (
  events: readonly ScopedEvent[],
  memory: RevisionMemory = {},
  more: Partial<Parameters<typeof revise>[0]> = {},
) => {
  const result = revise({ memory, events, covers: () => true, today: TODAY, now: NOW, ...more });
  return { ...result, text: calendarText(result.events, { name: 'Сроки', language: 'ru' }) };
};
const read = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
};
const value = (event: ICAL.Event, name: string): string => String(event.component.getFirstPropertyValue(name));

describe('a folded line', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc.string({ unit: fc.constantFrom('я', 'Ж', '漢', '字', '👩‍👩‍👧‍👦', '🏳️‍🌈', '🇷🇺', 'é', 'a', ' '), maxLength: 300 }),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );
  const bytes = (text: string): number => new TextEncoder().encode(text).length;

  it('has at most 75 octets in each piece, no cut character, and unfolds to itself', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const line = `SUMMARY:${escapeText(text)}`;
        const pieces = fold(line).split('\r\n');
        for (const piece of pieces) {
          expect(bytes(piece)).toBeLessThanOrEqual(MOST_OCTETS);
          expect(piece.isWellFormed()).toBe(true);
        }
        expect(pieces.slice(1).every((piece) => piece.startsWith(' '))).toBe(true);
        expect(pieces.map((piece, i) => (i === 0 ? piece : piece.slice(1))).join('')).toBe(line);
        // Every piece but the last is nearly full: folding does not shred the text.
        for (const piece of pieces.slice(0, -1)) if (piece.length > 60) expect(bytes(piece)).toBeGreaterThan(40);
      }),
      { numRuns: 500 },
    );
  });

  it('gives any text back through a reader', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const event = { ...plain, title: `x${text}` };
        const [back] = read(calendarText([{ ...event, sequence: 0, modified: NOW }], { name: text, language: 'ru' }));
        const kept = `x${text}`
          .replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
          .replace(/[\u0000-\u0008\u000b-\u001f\u007f]|\p{Surrogate}/gu, '');
        expect(back?.summary).toBe(kept);
      }),
      { numRuns: 300 },
    );
  });

  it('quotes parameters as RFC 6868 asks', () => {
    expect(parameter('Europe/Moscow')).toBe('Europe/Moscow');
    expect(parameter('a:b"c^\n')).toBe('"a:b^\'c^^^n"');
  });
});

const plain: EventContent = {
  uid: 'one@rapport',
  title: 'Срок',
  description: '',
  location: '',
  url: '',
  categories: [],
  when: { day: '2026-06-26' },
  alarms: ['-P14D', '-P1D'],
};

describe('the file of deadlines', () => {
  const { text } = written(eventsOf([row('c1', tacit)], [promise]));

  it('is one calendar with CRLF lines, published and revised', () => {
    expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
    expect(text).toContain('\r\nMETHOD:PUBLISH\r\n');
    expect(text).toContain('\r\nDTSTAMP:20260211T093000Z\r\n');
    expect(text).toContain('\r\nLAST-MODIFIED:20260211T093000Z\r\n');
  });

  it('gives the golden deadline as a whole day, transparent, with alarms, link and legal day', () => {
    const event = read(text).find((one) => one.uid === 'c1-term-1@rapport');
    if (!event) throw new Error('not there');
    expect([event.startDate.isDate, event.startDate.toString(), event.endDate.toString()]).toEqual([
      true,
      '2026-06-26',
      '2026-06-27',
    ]);
    expect(event.summary).toBe('Уведомить о прекращении: Аренда склада; «Север», 2-я очередь');
    expect(event.description).toContain('28 июня 2026 г.');
    expect([value(event, 'transp'), value(event, 'status'), event.sequence]).toEqual(['TRANSPARENT', 'CONFIRMED', 0]);
    expect(value(event, 'url')).toBe('rapport://contract/c1');
    expect(
      event.component
        .getAllSubcomponents('valarm')
        .map((alarm) => [
          String(alarm.getFirstPropertyValue('action')),
          String(alarm.getFirstPropertyValue('trigger')),
        ]),
    ).toEqual([
      ['DISPLAY', '-P14D'],
      ['DISPLAY', '-P1D'],
    ]);
    expect(event.component.getFirstProperty('categories')?.getValues()).toEqual([
      'Договоры',
      'Уведомить о прекращении',
    ]);
  });

  it('keeps the nearest of a contract’s many days, and the usual ones where it has none of its own', () => {
    const alarms = (remindDays: readonly number[]): readonly string[] | undefined =>
      eventsOf([row('c1', { ...tacit, remindDays })]).find(({ event }) => event.uid === 'c1-term-1@rapport')?.event
        .alarms;
    expect(alarms([180, 120, 90, 60, 30, 21, 14, 7, 3, 1])).toEqual(
      [90, 60, 30, 21, 14, 7, 3, 1].map((days) => `-P${days}D`),
    );
    expect(alarms([])).toEqual(['-P14D', '-P1D']);
    expect(alarms([0.5, -1, 1e21])).toEqual(['-P14D', '-P1D']);
  });

  it('is read alike by a second reader', () => {
    const calendar = convertIcsCalendar(undefined, text);
    expect(calendar.method).toBe('PUBLISH');
    const days = (calendar.events ?? []).map((event) => [event.uid, event.start.date.toISOString().slice(0, 10)]);
    expect(days).toEqual(read(text).map((event) => [event.uid, event.startDate.toString()]));
    expect(days.length).toBeGreaterThan(3);
  });

  it('is the same for the same dates on any day it is read: no date becomes an instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: toDayNumber('1970-01-01'), max: toDayNumber('2199-12-30') }), (number) => {
        const day = fromDayNumber(number);
        const [event] = read(
          calendarText([{ ...plain, when: { day }, sequence: 0, modified: NOW }], { name: 'x', language: 'en' }),
        );
        expect([event?.startDate.toString(), event?.endDate.toString()]).toEqual([day, addDays(day, 1)]);
      }),
      { numRuns: 300 },
    );
  });

  it('says nothing in private mode but that there is a deadline', () => {
    const open = eventsOf([row('c1', tacit)], [promise]);
    const shut = written(eventsOf([row('c1', tacit)], [promise], PRIVATE), {}, { cancelledTitle: 'Срок по договору' });
    expect(shut.events.map((event) => event.when)).toEqual(open.map(({ event }) => event.when));
    const unfolded = shut.text.replaceAll('\r\n ', '');
    expect(unfolded).not.toMatch(/Ромашка|Аренда|Отчёт|Анна|₽|rapport:\/\/|DESCRIPTION:(?!Срок по договору)/u);
    expect([...new Set(read(shut.text).map((event) => event.summary))]).toEqual(['Срок по договору']);
  });
});

describe('the next file', () => {
  const first = written(eventsOf([row('c1', tacit)], [promise]));

  it('is the same to the byte when nothing has changed, whenever it is written', () => {
    const again = written(
      eventsOf([row('c1', tacit)], [promise]),
      readMemory(JSON.parse(JSON.stringify(first.memory))),
      {
        now: NOW + 86_400_000,
      },
    );
    expect(again.text).toBe(first.text);
  });

  it('keeps every UID and raises SEQUENCE and DTSTAMP of what an edit moved', () => {
    const moved = written(eventsOf([row('c1', { ...tacit, notice: { months: 3 } })], [promise]), first.memory, {
      now: NOW + 3_600_000,
    });
    const before = new Map(read(first.text).map((event) => [event.uid, event]));
    const after = read(moved.text);
    expect(after.map((event) => event.uid).sort()).toEqual([...before.keys()].sort());
    const term = after.find((event) => event.uid === 'c1-term-1@rapport');
    expect([term?.startDate.toString(), term?.sequence, term && value(term, 'dtstamp')]).toEqual([
      '2026-05-28',
      1,
      '2026-02-11T10:30:00Z',
    ]);
    const report = after.find((event) => event.uid === 'p1@rapport');
    expect([report?.sequence, report && value(report, 'dtstamp')]).toEqual([0, '2026-02-11T09:30:00Z']);
  });

  it('lists what is gone as cancelled, once more without a new revision, and no longer when its day is long past', () => {
    const gone = written(eventsOf([row('c1', tacit)]), first.memory, { now: NOW + 60_000 });
    const cancelled = read(gone.text).find((event) => event.uid === 'p1@rapport');
    expect(cancelled && [value(cancelled, 'status'), cancelled.sequence, cancelled.startDate.toString()]).toEqual([
      'CANCELLED',
      1,
      '2026-03-10',
    ]);
    expect(cancelled?.component.getAllSubcomponents('valarm')).toEqual([]);
    expect(written(eventsOf([row('c1', tacit)]), gone.memory, { now: NOW + 120_000 }).text).toBe(gone.text);
    const later = written([], gone.memory, { today: '2026-06-01' });
    expect(later.events.map((event) => event.uid)).not.toContain('p1@rapport');
    // Taken back: the same UID returns, above the cancellation.
    const back = written(eventsOf([row('c1', tacit)], [promise]), gone.memory, { now: NOW + 180_000 });
    expect(back.events.find((event) => event.uid === 'p1@rapport')).toMatchObject({ sequence: 2 });
    expect(back.text).not.toContain('CANCELLED');
  });

  it('cancels only what it covers, and never what simply lies behind', () => {
    const other = written([], first.memory, { covers: (scope) => scope === 'c2' });
    expect(other.events).toEqual([]);
    expect(other.memory).toEqual(first.memory);
    const later = written([], first.memory, { today: '2026-03-11' });
    expect(later.events.map((event) => event.uid)).not.toContain('p1@rapport');
  });

  it('names nobody when a private file cancels what an open file named', () => {
    const shut = written([], first.memory, { cancelledTitle: 'Срок по договору' });
    expect(shut.events.length).toBeGreaterThan(0);
    expect(new Set(shut.events.map((event) => event.title))).toEqual(new Set(['Срок по договору']));
    expect(shut.text).not.toMatch(/Аренда|Отчёт/u);
  });

  it('never lowers a revision, whatever is exported in whatever order and whatever the clock does', () => {
    const step = fc.record({
      days: fc.array(fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }), { minLength: 3, maxLength: 3 }),
      minutes: fc.integer({ min: -500, max: 500 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 8 }), (steps) => {
        let memory: RevisionMemory = {};
        let now = NOW;
        const seen = new Map<string, RevisedEvent>();
        for (const { days, minutes } of steps) {
          now += minutes * 60_000;
          const events = days.flatMap((day, i) =>
            day === undefined
              ? []
              : [{ scope: 'c', event: { ...plain, uid: `${i}@rapport`, when: { day: addDays(TODAY, day) } } }],
          );
          const result = written(events, memory, { now });
          memory = readMemory(JSON.parse(JSON.stringify(result.memory)));
          for (const event of result.events) {
            const before = seen.get(event.uid);
            if (before) {
              const same =
                JSON.stringify(before.when) === JSON.stringify(event.when) && before.cancelled === event.cancelled;
              expect(event.sequence - before.sequence).toBe(same ? 0 : 1);
              expect(event.modified >= before.modified).toBe(true);
              if (!same) expect(event.modified).toBeGreaterThan(before.modified);
            } else expect(event.sequence).toBe(0);
            seen.set(event.uid, event);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('forgets a memory that is none', () => {
    for (const broken of [null, 7, 'x', [], { a: 1 }, { a: { sequence: -1 } }]) expect(readMemory(broken)).toEqual({});
  });
});

describe('the file of a meeting', () => {
  const meeting = {
    id: 'm1',
    createdAt: 1,
    changedAt: 1,
    title: 'Сроки, третий склад',
    start: '2026-03-29T14:00',
    end: '2026-03-29T15:30',
    timeZone: 'Europe/Berlin',
    place: 'Берлин; офис',
    agenda: {
      a: { text: 'Приёмка', order: 0, visibility: 'client' },
      b: { text: 'Тайное', order: 1, visibility: 'internal' },
    },
    nextMeeting: { start: '2026-11-02T10:00', place: 'Москва', note: 'Итоги' },
  } as const;
  const facts = { meeting, organisationName: 'Ромашка', people: ['Анна Соколова'], zone: 'Europe/Moscow' };

  it('has the wall time of its zone, and the zone itself, summer time included', () => {
    const { text } = written(meetingEvents(facts, OPEN));
    const [now, next] = read(text);
    // 29 March 2026 is the day on which Berlin's clocks go forward.
    expect(now?.startDate.toJSDate().toISOString()).toBe('2026-03-29T12:00:00.000Z');
    expect(now?.endDate.toJSDate().toISOString()).toBe('2026-03-29T13:30:00.000Z');
    expect(next?.startDate.toJSDate().toISOString()).toBe('2026-11-02T09:00:00.000Z');
    expect([now?.location, now?.uid, next?.uid, now && value(now, 'transp')]).toEqual([
      'Берлин; офис',
      'm1@rapport',
      'm1-next@rapport',
      'OPAQUE',
    ]);
    expect(text.replaceAll('\r\n ', '')).not.toContain('Тайное');
    expect(now?.description).toContain('1. Приёмка');
  });

  it('gives every zone and minute of a year the instant that Intl gives it', () => {
    const zones = [
      'Europe/Moscow',
      'Europe/Berlin',
      'America/St_Johns',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'America/New_York',
      'Asia/Vladivostok',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2024, 0, 2), max: Date.UTC(2027, 11, 30) }),
        (zone, at) => {
          const instant = Math.floor(at / 60_000) * 60_000;
          const start = wallTime(zone, instant);
          // A wall time that comes twice has two instants; the file can only mean one of them.
          fc.pre(wallTime(zone, instant - 3_600_000) !== start && wallTime(zone, instant + 3_600_000) !== start);
          fc.pre(
            [1_800_000, 3_600_000].every((gap) => offsetAt(zone, instant - gap) === offsetAt(zone, instant + gap)),
          );
          const events = meetingEvents(
            { ...facts, meeting: { ...meeting, timeZone: zone, start, end: start, nextMeeting: {} } },
            OPEN,
          );
          const [event] = read(written(events).text);
          expect(event?.startDate.toJSDate().getTime()).toBe(instant);
        },
      ),
      { numRuns: 250 },
    );
  });

  it.each(['Asia/Vladivostok', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Moscow'])(
    'knows the first and the last minute of a year in %s',
    (zone) => {
      for (const start of ['2025-01-01T00:00', '2025-12-31T23:59']) {
        const events = meetingEvents(
          { ...facts, meeting: { ...meeting, timeZone: zone, start, end: start, nextMeeting: {} } },
          OPEN,
        );
        const instant = read(written(events).text)[0]?.startDate.toJSDate().getTime() ?? Number.NaN;
        expect(wallTime(zone, instant)).toBe(start);
      }
    },
  );

  it('falls back where time, end or zone are missing', () => {
    const of = (more: object) =>
      meetingEvents({ ...facts, meeting: { ...meeting, nextMeeting: {}, ...more } }, OPEN)[0]?.event.when;
    expect(of({ start: '2026-03-02' })).toEqual({ day: '2026-03-02' });
    expect(of({ start: '2026-03-02T23:30', end: undefined })).toEqual({
      start: '2026-03-02T23:30',
      end: '2026-03-03T00:30',
      zone: 'Europe/Berlin',
    });
    expect(of({ timeZone: 'Mars/Base' })).toMatchObject({ zone: 'Europe/Moscow' });
    expect(of({ start: undefined })).toBeUndefined();
  });

  it('names nobody and no place in private mode', () => {
    const text = written(meetingEvents(facts, PRIVATE)).text.replaceAll('\r\n ', '');
    expect(text).not.toMatch(/склад|Берлин;|Соколова|Приёмка|Итоги|Москва/u);
    expect(text).toContain('SUMMARY:Встреча');
  });

  it('writes offsets as RFC 5545 has them', () => {
    expect([10_800, -12_600, 0, 9_017].map(offsetText)).toEqual(['+0300', '-0330', '+0000', '+023017']);
  });
});

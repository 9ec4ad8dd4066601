/** An event before it is written, and the lines it becomes. */
import { addDays } from '../dates/plain-date.ts';
import type { PlainDate, PlainDateTime } from '../model/records.ts';
import { escapeText, parameter, toFile } from './content-line.ts';
import { zoneLines } from './zone.ts';

/** What a recipient sees of an event; a change of any of it is a new revision. */
export interface EventContent {
  /** Stable for as long as the thing exists, whatever becomes of its date. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly location: string;
  /** '' in private files. */
  readonly url: string;
  readonly categories: readonly string[];
  /** A whole day, or wall time at a place. */
  readonly when:
    | { readonly day: PlainDate }
    | { readonly start: PlainDateTime; readonly end: PlainDateTime; readonly zone: string };
  /** Durations before the start as RFC 5545 writes them: `-P14D`. */
  readonly alarms: readonly string[];
  readonly cancelled?: true;
}
/** The same with its place in the sequence of revisions. */
export interface RevisedEvent extends EventContent {
  readonly sequence: number;
  /** Milliseconds since the epoch when this revision was first written; a whole second. */
  readonly modified: number;
}

/** `20260628` of a plain date. */
export const compactDate = (date: PlainDate): string => date.replaceAll('-', '');
const compactTime = (at: PlainDateTime): string =>
  `${compactDate(at.slice(0, 10))}T${at.slice(11, 16).replace(':', '')}00`;
const instantText = (millis: number): string => new Date(millis).toISOString().replaceAll(/[-:]|\.\d+/gu, '');

function eventLines(event: RevisedEvent): string[] {
  const { when } = event;
  const text = (name: string, value: string): string[] => (value === '' ? [] : [`${name}:${escapeText(value)}`]);
  const times =
    'day' in when
      ? // The end is the first day that no longer belongs to it.
        [`DTSTART;VALUE=DATE:${compactDate(when.day)}`, `DTEND;VALUE=DATE:${compactDate(addDays(when.day, 1))}`]
      : [
          `DTSTART;TZID=${parameter(when.zone)}:${compactTime(when.start)}`,
          `DTEND;TZID=${parameter(when.zone)}:${compactTime(when.end)}`,
        ];
  return [
    'BEGIN:VEVENT',
    `UID:${escapeText(event.uid)}`,
    `DTSTAMP:${instantText(event.modified)}`,
    `LAST-MODIFIED:${instantText(event.modified)}`,
    `SEQUENCE:${event.sequence}`,
    ...times,
    `SUMMARY:${escapeText(event.title)}`,
    ...text('DESCRIPTION', event.description),
    ...text('LOCATION', event.location),
    ...(event.url === '' ? [] : [`URL;VALUE=URI:${event.url}`]),
    ...(event.categories.length === 0 ? [] : [`CATEGORIES:${event.categories.map(escapeText).join(',')}`]),
    `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    // A deadline does not make the day busy; a meeting does.
    `TRANSP:${'day' in when || event.cancelled ? 'TRANSPARENT' : 'OPAQUE'}`,
    ...(event.cancelled ? [] : event.alarms).flatMap((before) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${escapeText(event.title)}`,
      `TRIGGER:${before}`,
      'END:VALARM',
    ]),
    'END:VEVENT',
  ];
}

/** A whole calendar: METHOD:PUBLISH, the zones that its events need, the events in the order given. */
export function calendarText(
  events: readonly RevisedEvent[],
  options: { readonly name: string; readonly language: string },
): string {
  const zones = new Map<string, number[]>();
  for (const { when } of events) {
    if ('day' in when) continue;
    const years = [when.start, when.end].map((at) => Number(at.slice(0, 4)));
    zones.set(when.zone, [...(zones.get(when.zone) ?? []), ...years]);
  }
  return toFile([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Rapport//Rapport//${options.language.toUpperCase()}`,
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escapeText(options.name)}`,
    `X-WR-CALNAME:${escapeText(options.name)}`,
    ...[...zones].flatMap(([zone, years]) => zoneLines(zone, Math.min(...years), Math.max(...years))),
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ]);
}

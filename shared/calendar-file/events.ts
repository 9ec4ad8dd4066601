/** Deadlines and meetings as events of a calendar file, open or private. */
import { formatMoney } from '../money/money.ts';
import type { Deadline } from '../contracts/deadlines.ts';
import { addDays, isPlainDate, isPlainDateTime } from '../dates/plain-date.ts';
import { formatPlainDate } from '../dates/format-date.ts';
import type { Language } from '../i18n/catalogue.ts';
import type { Meeting, PlainDateTime } from '../model/records.ts';
import { LONGEST_LADDER } from '../reminders/ladder.ts';
import type { EventContent } from './event.ts';
import type { ScopedEvent } from './revisions.ts';
import { isZone } from './zone.ts';

export type Words = (key: string, params?: Record<string, unknown>) => string;
export interface EventOptions {
  readonly language: Language;
  readonly t: Words;
  /** No names, amounts, reasons or addresses: for calendars that others can see. */
  readonly isPrivate: boolean;
}

/** Days before the day to act on, when neither the contract nor anybody else says. */
const REMIND_DAYS = [14, 1] as const;
const MOST_ALARMS = 8;

/**
 * Record ids are random, so an id is unique among all vaults, and all devices that share a vault give the same.
 */
const uidOf = (id: string): string => `${id}@rapport`;

/** The contract's own days, the nearest of them where there are too many for a calendar program: those must not be lost. */
function alarmsOf({ state, remindDays = [] }: Deadline): string[] {
  if (state === 'decided') return [];
  const own = [...new Set(remindDays)].filter((days) => Number.isInteger(days) && days >= 0 && days <= LONGEST_LADDER);
  return (own.length > 0 ? own : [...REMIND_DAYS])
    .sort((a, b) => b - a)
    .slice(-MOST_ALARMS)
    .map((days) => `-P${days}D`);
}

const HAPPENINGS = new Set(['milestone', 'obligation']);

function deadlineDescription(deadline: Deadline, { language, t }: EventOptions): string {
  const date = (day: string): string => formatPlainDate(day, language, 'long');
  const line = (key: string, value: string): string[] =>
    value.trim() === '' ? [] : [t(`contractDocuments.ics.${key}`, { value: value.trim() })];
  const { legal, safe, actBy, value, decision } = deadline;
  return [
    ...line('with', deadline.organisationName),
    ...(HAPPENINGS.has(deadline.kind) ? line('contract', deadline.contractName) : []),
    ...(actBy === legal ? [] : line('legal', date(legal))),
    ...(safe === legal || safe === actBy ? [] : line('safe', date(safe))),
    ...(deadline.provisional ? [t('contractDocuments.ics.provisional')] : []),
    ...(value ? line(HAPPENINGS.has(deadline.kind) ? 'amount' : 'atRisk', formatMoney(value, language)) : []),
    ...line('owner', [deadline.owner, deadline.deputy].filter(Boolean).join(', ')),
    ...(decision
      ? line(
          'decision',
          [date(decision.date), t(`contractDocuments.decision.${decision.kind}`), decision.author, decision.reason]
            .filter(Boolean)
            .join(', '),
        )
      : []),
  ]
    .join('\n')
    .replace(/[\u00a0\u202f]/gu, ' ');
}

/** A deadline as a whole day: the day to act on. Its legal and safe days stand in the description. */
export function deadlineEvent(deadline: Deadline, options: EventOptions): ScopedEvent {
  const { t } = options;
  const name = deadline.contractName || deadline.organisationName;
  const subject = HAPPENINGS.has(deadline.kind)
    ? [deadline.text, name].filter(Boolean).join(' · ')
    : t(`contractDocuments.ics.title.${deadline.kind}`, { name });
  const closed = HAPPENINGS.has(deadline.kind) ? 'closed' : 'decided';
  const shared = {
    uid: uidOf(deadline.id),
    when: { day: deadline.actBy },
    alarms: alarmsOf(deadline),
    location: '',
  } satisfies Partial<EventContent>;
  const target = deadline.contract ?? deadline.promise ?? '';
  const event: EventContent = options.isPrivate
    ? { ...shared, title: t('contractDocuments.ics.privateTitle'), description: '', url: '', categories: [] }
    : {
        ...shared,
        title: deadline.state === 'decided' ? t(`contractDocuments.ics.${closed}`, { subject }) : subject,
        description: deadlineDescription(deadline, options),
        url: `rapport://${deadline.contract ? 'contract' : 'promise'}/${encodeURIComponent(target)}`,
        categories: [t('contractDocuments.ics.category'), t(`contractDocuments.kind.${deadline.kind}`)],
      };
  return { scope: deadline.contract ?? (deadline.promise ? `promise:${deadline.promise}` : ''), event };
}

export interface MeetingFacts {
  readonly meeting: Meeting;
  readonly organisationName: string;
  /** Names of those invited, as the document's language writes them. */
  readonly people: readonly string[];
  /** Used where the meeting names no zone, or one that is not known. */
  readonly zone: string;
}

/** An hour later on the same clock. */
function hourAfter(start: PlainDateTime): PlainDateTime {
  const hour = Number(start.slice(11, 13)) + 1;
  return hour < 24
    ? `${start.slice(0, 11)}${String(hour).padStart(2, '0')}${start.slice(13, 16)}`
    : `${addDays(start.slice(0, 10), 1)}T00${start.slice(13, 16)}`;
}

const hasTime = (at: string): boolean => at.length >= 16 && isPlainDateTime(at);

/**
 * A meeting, and the next one agreed on it. A meeting without a time is a whole day; one without a day gives nothing. The
 * description holds only what is marked for the client: a calendar file is made to be passed on.
 */
export function meetingEvents(
  { meeting, organisationName, people, zone }: MeetingFacts,
  options: EventOptions,
): ScopedEvent[] {
  const { t, isPrivate } = options;
  const own = isZone(meeting.timeZone) ? meeting.timeZone : zone;
  const scope = `meeting:${meeting.id}`;
  const when = (start: string | undefined, end?: string): EventContent['when'] | undefined => {
    if (start !== undefined && hasTime(start))
      return { start, end: end !== undefined && hasTime(end) && end > start ? end : hourAfter(start), zone: own };
    const day = start?.slice(0, 10);
    return day !== undefined && isPlainDate(day) ? { day } : undefined;
  };
  const make = (
    id: string,
    at: EventContent['when'] | undefined,
    more: { title: string; place: string; text: string },
  ) =>
    at === undefined
      ? []
      : [
          {
            scope,
            event: {
              uid: uidOf(id),
              title: isPrivate ? t('contractDocuments.ics.privateMeeting') : more.title,
              description: isPrivate ? '' : more.text,
              location: isPrivate ? '' : more.place,
              url: '',
              categories: isPrivate ? [] : [t('contractDocuments.ics.meetingCategory')],
              when: at,
              alarms: 'day' in at ? ['-P1D'] : ['-P1D', '-PT30M'],
            },
          },
        ];
  const agenda = Object.values(meeting.agenda ?? {})
    .filter((item) => item.visibility === 'client' && item.text.trim() !== '')
    .sort((a, b) => a.order - b.order)
    .map((item, i) => `${i + 1}. ${item.text.trim()}`);
  const title =
    meeting.title?.trim() ||
    (organisationName
      ? t('contractDocuments.ics.meetingWith', { name: organisationName })
      : t('contractDocuments.ics.privateMeeting'));
  const { nextMeeting } = meeting;
  return [
    ...make(meeting.id, when(meeting.start, meeting.end), {
      title,
      place: meeting.place?.trim() ?? '',
      text: [
        ...(people.length > 0 ? [t('contractDocuments.ics.people', { value: people.join(', ') })] : []),
        ...agenda,
      ].join('\n'),
    }),
    ...make(`${meeting.id}-next`, when(nextMeeting?.start), {
      title,
      place: nextMeeting?.place?.trim() ?? '',
      text: nextMeeting?.note?.trim() ?? '',
    }),
  ];
}

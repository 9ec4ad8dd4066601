/** Calendar files for the screens and the command line: what to write, and what to remember once it is written. */
import type { Json } from '../../shared/change/types.ts';
import { calendarText } from '../../shared/calendar-file/event.ts';
import { deadlineEvent, meetingEvents } from '../../shared/calendar-file/events.ts';
import { readMemory, revise, type ScopedEvent } from '../../shared/calendar-file/revisions.ts';
import { safeFileName } from '../../shared/compose/file-name.ts';
import { fullName } from '../../shared/compose/person-name.ts';
import { wordsOf } from '../../shared/compose/words.ts';
import { rowDeadlines } from '../../shared/contracts/row-deadlines.ts';
import type { Language } from '../../shared/i18n/catalogue.ts';
import type { Meeting, Organisation, Person, PlainDate } from '../../shared/model/records.ts';
import { AppFailure } from '../../shared/result.ts';
import { type CalendarMemory, type ContractReads, readByType, readPortfolio, recordOf } from './contract-reads.ts';

export interface CalendarRequest {
  /** One contract; all contracts when neither is given. */
  readonly contract?: string;
  readonly meeting?: string;
  readonly isPrivate: boolean;
  readonly language: Language;
  readonly today: PlainDate;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The machine's zone, for meetings that name none. */
  readonly zone: string;
}
export interface PreparedCalendar {
  readonly text: string;
  readonly fileName: string;
  readonly events: number;
  readonly cancelled: number;
  /** To be kept when the file has been written, and only then. */
  readonly remember: () => Promise<void>;
}

/** Below this key of the vault's own values: what was written last, by UID. */
const MEMORY_KEY = 'calendarFile';

interface Collected {
  readonly events: readonly ScopedEvent[];
  readonly covers: (scope: string) => boolean;
  readonly name: string;
  readonly file: string;
}

async function ofMeeting(reads: ContractReads, id: string, request: CalendarRequest): Promise<Collected> {
  const view = await reads.record(id);
  if (view?.type !== 'meeting' || view.deleted) throw new AppFailure('summary.meetingMissing');
  const meeting = recordOf<Meeting>(view);
  const { language, isPrivate } = request;
  const t = wordsOf(language);
  const attendees = Object.values(meeting.attendees ?? {}).sort((a, b) => a.order - b.order);
  const people = await readByType<Person>(
    reads,
    'person',
    attendees.map(({ person }) => person),
  );
  const organisations = await readByType<Organisation>(reads, 'organisation', [meeting.organisation]);
  const organisationName = (meeting.organisation && organisations.get(meeting.organisation)?.name) || '';
  const names = attendees.map(
    ({ person, name }) => (person && fullName(people.get(person)?.name, language)) || name?.trim() || '',
  );
  const events = meetingEvents(
    { meeting, organisationName, people: names.filter(Boolean), zone: request.zone },
    { language, t, isPrivate },
  );
  const title = meeting.title?.trim() || organisationName;
  return {
    events,
    covers: (scope) => scope === `meeting:${id}`,
    name:
      isPrivate || !title
        ? t('contractDocuments.ics.privateMeeting')
        : t('contractDocuments.ics.meetingCalendar', { name: title }),
    file: [
      meeting.start?.slice(0, 10),
      [isPrivate ? '' : title, t('contractDocuments.ics.meetingFileName')].filter(Boolean).join(' – '),
    ]
      .filter(Boolean)
      .join(' '),
  };
}

async function ofContracts(reads: ContractReads, request: CalendarRequest): Promise<Collected> {
  const { contract, language, isPrivate, today } = request;
  const portfolio = await readPortfolio(reads, today);
  const row = portfolio.contracts.find(({ id }) => id === contract);
  if (contract !== undefined && !row) throw new AppFailure('contract.missing');
  const t = wordsOf(language);
  const promises = portfolio.promises.filter((promise) => promise.contract !== undefined);
  const deadlines = rowDeadlines({ ...portfolio, promises }, contract === undefined ? {} : { contract });
  const title = row ? row.title || row.number : '';
  return {
    events: deadlines.map((deadline) => deadlineEvent(deadline, { language, t, isPrivate })),
    covers: (scope) => (contract === undefined ? !scope.startsWith('meeting:') : scope === contract),
    name: isPrivate
      ? t('contractDocuments.ics.privateCalendar')
      : title
        ? t('contractDocuments.ics.contractCalendar', { name: title })
        : t('contractDocuments.ics.calendar'),
    file: isPrivate
      ? `${today} ${t('contractDocuments.ics.privateFileName')}`
      : [today, [title, t('contractDocuments.ics.fileName')].filter(Boolean).join(' – ')].join(' '),
  };
}

/**
 * Rejects with `contract.missing`, `summary.meetingMissing`, or `calendar.nothing` when there is nothing to write, not
 * even a cancellation.
 */
export async function prepareCalendar(
  vault: ContractReads & CalendarMemory,
  request: CalendarRequest,
): Promise<PreparedCalendar> {
  const { meeting, isPrivate, language, today, now } = request;
  const collected =
    meeting === undefined ? await ofContracts(vault, request) : await ofMeeting(vault, meeting, request);
  const t = wordsOf(language);
  const { events, memory } = revise({
    memory: readMemory(await vault.getMeta(MEMORY_KEY)),
    events: collected.events,
    covers: collected.covers,
    today,
    now,
    ...(isPrivate
      ? { cancelledTitle: t(`contractDocuments.ics.${meeting === undefined ? 'privateTitle' : 'privateMeeting'}`) }
      : {}),
  });
  if (events.length === 0) throw new AppFailure('calendar.nothing');
  return {
    text: calendarText(events, { name: collected.name, language }),
    fileName: safeFileName(collected.file, '.ics'),
    events: events.filter(({ cancelled }) => !cancelled).length,
    cancelled: events.filter(({ cancelled }) => cancelled).length,
    remember: () => vault.setMeta(MEMORY_KEY, memory as unknown as Json),
  };
}

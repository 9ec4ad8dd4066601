/** Turns the written sample stories into a batch of changes around a given day. */
import type { DraftChange, Json } from '../change/types.ts';
import { addDays, weekday } from '../dates/plain-date.ts';
import type { OrganisationKind, PartialDate, PersonName, PlainDate, Visibility } from '../model/records.ts';
import type { Block, Run } from '../note/blocks.ts';
import { createNote } from '../note/note.ts';
import { contractStory, type Story, type StoryName, type StoryWords } from './contract-stories.ts';

export interface SampleOrganisation {
  readonly key: string;
  readonly name: string;
  readonly fullName?: string;
  readonly kinds: readonly OrganisationKind[];
  readonly industry: string;
  readonly city: string;
  readonly street: string;
  readonly country: string;
  readonly phone: string;
  readonly email: string;
  readonly web?: string;
  readonly inn?: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly cadenceDays?: number;
}
export interface SamplePerson {
  readonly key: string;
  readonly organisation: string;
  readonly name: PersonName;
  readonly jobTitle: string;
  readonly phone: string;
  readonly email: string;
  readonly telegram?: string;
  readonly birthday?: PartialDate;
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly role?: string;
  readonly power?: number;
  readonly stance?: string;
  readonly formality?: 'ty' | 'vy';
  readonly cadenceDays?: number;
}
/** `[visibility c|i|p, text]`. */
export type Marked = readonly ['c' | 'i' | 'p', string];
export interface SamplePromise {
  readonly mark: 'c' | 'i' | 'p';
  readonly text: string;
  readonly side: 'ours' | 'theirs';
  /** Key of a person, or a name. */
  readonly owner: string;
  /** Days from today. */
  readonly due?: number;
  /** Days from today when it was done. */
  readonly done?: number;
}
export interface SampleMeeting {
  readonly key: string;
  readonly organisation?: string;
  readonly title: string;
  /** Days from today; weekends are avoided. */
  readonly day: number;
  readonly from: string;
  readonly to?: string;
  readonly place: string;
  readonly kind?: string;
  /** Keys of people of the other side; a leading `-` means absent, `+` a guest. */
  readonly theirs: readonly string[];
  /** `name, role` of ours. */
  readonly ours: readonly string[];
  readonly agenda?: readonly Marked[];
  readonly decisions?: readonly Marked[];
  readonly summary?: string;
  /** Lines of the note: visibility, then `#`, `##`, `-`, `1.`, `[ ]`, `[x]`, `>` or plain text; **bold** is bold. */
  readonly note?: readonly string[];
  readonly promises?: readonly SamplePromise[];
  readonly next?: { readonly day: number; readonly time: string; readonly place: string; readonly note?: string };
  readonly state?: 'draft' | 'reviewed' | 'sent';
  readonly tags?: readonly string[];
}
export interface SampleContract {
  readonly organisation: string;
  readonly number: string;
  readonly title: string;
  readonly subject: string;
  /** Days from today. */
  readonly start: number;
  /** Absent: no end. */
  readonly end?: number;
  /** In units of the currency. */
  readonly value: number;
  readonly currency: string;
  readonly status: 'draft' | 'active' | 'ended';
  /** How it is worded and what is owed under it. */
  readonly story?: StoryName;
}
export interface SampleStory {
  readonly timeZone: string;
  readonly brand: Readonly<Record<string, string>>;
  readonly organisations: readonly SampleOrganisation[];
  readonly people: readonly SamplePerson[];
  readonly meetings: readonly SampleMeeting[];
  readonly contracts: readonly SampleContract[];
  readonly contractWords: StoryWords;
}

const MARKS: Readonly<Record<'c' | 'i' | 'p', Visibility>> = { c: 'client', i: 'internal', p: 'private' };

/** A working day at about so many days from `today`: Saturday goes back to Friday, Sunday on to Monday. */
export function nearWorkday(today: PlainDate, days: number): PlainDate {
  const date = addDays(today, days);
  const day = weekday(date);
  if (day === 6) return addDays(date, -1);
  return day === 7 ? addDays(date, 1) : date;
}

/** Lines of the small notation as blocks. */
export function sampleBlocks(lines: readonly string[]): readonly Block[] {
  let number = 0;
  return lines.map((line): Block => {
    const visibility = MARKS[line[0] as 'c' | 'i' | 'p'];
    const [, marker = '', rest = ''] = /^(##?|-|1\.|\[.\]|>)?\s*(.*)$/su.exec(line.slice(2)) ?? [];
    const runs = boldRuns(rest);
    number = marker === '1.' ? number + 1 : 0;
    switch (marker) {
      case '#':
      case '##':
        return { type: 'heading', level: marker.length + 1, visibility, runs };
      case '-':
        return { type: 'item', list: 'bullet', depth: 0, visibility, runs };
      case '1.':
        return { type: 'item', list: 'ordered', depth: 0, number, visibility, runs };
      case '[ ]':
      case '[x]':
        return { type: 'item', list: 'task', depth: 0, checked: marker === '[x]', visibility, runs };
      case '>':
        return { type: 'quote', visibility, runs };
      default:
        return { type: 'paragraph', visibility, runs };
    }
  });
}

const boldRuns = (text: string): readonly Run[] =>
  text
    .split('**')
    .map((part, i): Run => (i % 2 === 1 ? { text: part, bold: true } : { text: part }))
    .filter((run) => run.text !== '');

/** Every record of the story as one `$new` change. */
export function buildSample(
  story: SampleStory,
  language: 'ru' | 'en',
  today: PlainDate,
  options: { readonly newId: () => string; readonly brand: boolean },
): readonly DraftChange[] {
  const { newId } = options;
  const ids = new Map<string, string>();
  const idOf = (key: string): string => {
    const id = ids.get(key) ?? newId();
    ids.set(key, id);
    return id;
  };
  const known = new Set([...story.organisations, ...story.people].map((entry) => entry.key));
  const people = new Map(story.people.map((person) => [person.key, person]));
  const changes: DraftChange[] = [];
  const add = (type: string, record: string, value: Record<string, Json | undefined>): void => {
    changes.push({
      type,
      record,
      field: '$new',
      value: Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Record<string, Json>,
    });
  };
  const tags = (list: readonly string[] | undefined): Record<string, Json> =>
    Object.fromEntries((list ?? []).map((tag) => [`tags/${tag}`, true]));
  const contact = (entry: { phone: string; email: string }): Record<string, Json> => ({
    [`phones/${newId()}`]: { value: entry.phone, e164: entry.phone.replace(/[^\d+]/gu, ''), label: 'work', order: 0 },
    [`emails/${newId()}`]: { value: entry.email, label: 'work', order: 0 },
  });

  if (options.brand) add('brand', 'brand', story.brand);
  for (const organisation of story.organisations) {
    const { key, kinds, city, street, country, web, inn } = organisation;
    add('organisation', idOf(key), {
      name: organisation.name,
      fullName: organisation.fullName,
      industry: organisation.industry,
      summary: organisation.summary,
      cadenceDays: organisation.cadenceDays,
      source: 'sample',
      ...Object.fromEntries(kinds.map((kind) => [`kinds/${kind}`, true])),
      ...contact(organisation),
      [`addresses/${newId()}`]: { label: 'work', street, city, country, formatted: `${street}, ${city}` },
      ...(web ? { [`links/${newId()}`]: { kind: 'web', value: web } } : {}),
      ...(inn ? { 'legalIds/inn': inn } : {}),
      ...tags(organisation.tags),
    });
  }
  for (const person of story.people) {
    add('person', idOf(person.key), {
      name: person.name as Json,
      birthday: person.birthday,
      summary: person.summary,
      role: person.role,
      power: person.power,
      stance: person.stance,
      formality: person.formality,
      cadenceDays: person.cadenceDays,
      source: 'sample',
      ...contact(person),
      ...(person.telegram ? { [`links/${newId()}`]: { kind: 'telegram', value: person.telegram } } : {}),
      ...tags(person.tags),
    });
    add('affiliation', newId(), {
      person: idOf(person.key),
      organisation: idOf(person.organisation),
      jobTitle: person.jobTitle,
      primary: true,
    });
  }
  for (const contract of story.contracts) {
    const id = newId();
    const told: Story = contract.story ? contractStory(contract.story, story.contractWords, today) : { fields: {} };
    add('contract', id, {
      number: contract.number,
      title: contract.title,
      subject: contract.subject,
      organisation: idOf(contract.organisation),
      signedOn: addDays(today, contract.start - 9),
      start: addDays(today, contract.start),
      end: contract.end === undefined ? undefined : addDays(today, contract.end),
      value: { minor: contract.value * 100, currency: contract.currency },
      status: contract.status,
      owner: story.contractWords.author,
      source: 'sample',
      ...told.fields,
    });
    for (const { text, side, owner, monthly, fields } of told.obligations ?? []) {
      add('promise', newId(), {
        text,
        side,
        owner: { name: owner },
        organisation: idOf(contract.organisation),
        contract: id,
        visibility: 'client',
        status: 'open',
        ...fields,
        ...(monthly ? { amount: { minor: Math.round((contract.value * 100) / 12), currency: contract.currency } } : {}),
      });
    }
  }
  for (const meeting of story.meetings) addMeeting(meeting);
  return changes;

  function addMeeting(meeting: SampleMeeting): void {
    const id = idOf(meeting.key);
    const day = nearWorkday(today, meeting.day);
    const value: Record<string, Json | undefined> = {
      title: meeting.title,
      start: `${day}T${meeting.from}`,
      end: meeting.to ? `${day}T${meeting.to}` : undefined,
      timeZone: story.timeZone,
      place: meeting.place,
      kind: meeting.kind,
      organisation: meeting.organisation ? idOf(meeting.organisation) : undefined,
      summary: meeting.summary,
      language,
      state: meeting.state ?? 'draft',
      body: meeting.note ? createNote(sampleBlocks(meeting.note)) : undefined,
      nextMeeting: meeting.next
        ? {
            start: `${nearWorkday(today, meeting.next.day)}T${meeting.next.time}`,
            place: meeting.next.place,
            ...(meeting.next.note ? { note: meeting.next.note } : {}),
          }
        : undefined,
      ...tags(meeting.tags),
    };
    let order = 0;
    for (const written of meeting.theirs) {
      const key = written.replace(/^[-+]/u, '');
      if (!known.has(key)) throw new Error(`sample meeting ${meeting.key}: unknown person ${key}`);
      value[`attendees/${newId()}`] = {
        person: idOf(key),
        side: 'theirs',
        presence: written.startsWith('-') ? 'absent' : written.startsWith('+') ? 'guest' : 'present',
        order: order++,
      };
    }
    for (const written of meeting.ours) {
      const [name = '', ...role] = written.split(', ');
      value[`attendees/${newId()}`] = {
        name,
        role: role.join(', '),
        side: 'ours',
        presence: 'present',
        order: order++,
      };
    }
    const texts = (field: string, list: readonly Marked[] | undefined): void => {
      for (const [i, [mark, text]] of (list ?? []).entries()) {
        value[`${field}/${newId()}`] = { text, order: i, visibility: MARKS[mark] };
      }
    };
    texts('agenda', meeting.agenda);
    texts('decisions', meeting.decisions);
    add('meeting', id, value);
    for (const promise of meeting.promises ?? []) {
      const person = people.get(promise.owner);
      add('promise', newId(), {
        text: promise.text,
        side: promise.side,
        owner: person ? { person: idOf(person.key) } : { name: promise.owner },
        organisation: meeting.organisation ? idOf(meeting.organisation) : undefined,
        meeting: id,
        due: promise.due === undefined ? undefined : nearWorkday(today, promise.due),
        visibility: MARKS[promise.mark],
        status: promise.done === undefined ? 'open' : 'done',
        doneOn: promise.done === undefined ? undefined : nearWorkday(today, promise.done),
      });
    }
  }
}

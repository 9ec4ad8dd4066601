/** From a meeting to a document: chooses what its readers may see, puts it into words and typesets it. */
import type { Language } from '../i18n/catalogue.ts';
import type {
  Attendee,
  Brand,
  Meeting,
  Organisation,
  PersonName,
  PlainDate,
  PromiseRecord,
  Side,
} from '../model/records.ts';
import { type Block, blockText, type Run } from '../note/blocks.ts';
import {
  type Admitted,
  admitForClient,
  admitForHouse,
  type Audience,
  type Content,
  type LeftOut,
} from './admission.ts';
import type {
  ActionLine,
  AttendeeGroup,
  AttendeeLine,
  ClientLayout,
  DocBlock,
  Fact,
  NumberedText,
  Signature,
  SummaryDocument,
  SummaryLayout,
  Topic,
} from './document.ts';
import { findLeaks } from './leaks.ts';
import { letterheadOf, lines } from './paper.ts';
import { fullName, shortName } from './person-name.ts';
import { dayOf, printDate, printLongDate, printShortDate, printTimes } from './print-date.ts';
import { NBSP, typeset, typesetRuns } from './typography.ts';
import { type Translate, wordsOf } from './words.ts';

/** A person as the document needs them; job and organisation as they are now. */
export interface SummaryPerson {
  readonly name?: PersonName;
  readonly jobTitle?: string;
  /** Organisation record. */
  readonly organisation?: string;
}
export interface SummaryInput {
  readonly meeting: Meeting;
  readonly blocks: readonly Block[];
  /** Promises of this meeting. */
  readonly promises: readonly PromiseRecord[];
  /** By record id. */
  readonly people: Readonly<Record<string, SummaryPerson>>;
  readonly organisations: Readonly<Record<string, Pick<Organisation, 'name' | 'fullName'>>>;
  readonly brand?: Partial<Brand>;
  readonly language: Language;
  readonly layout: SummaryLayout;
  readonly today: PlainDate;
}
export interface Composition {
  readonly document: SummaryDocument;
  readonly included: { readonly paragraphs: number; readonly decisions: number; readonly promises: number };
  /** Empty for the internal layout: nothing stays out of it. */
  readonly leftOut: readonly LeftOut[];
  readonly leaks: readonly string[];
}

/** Composes the document, lists what stays out of it, and searches the document for traces of that. */
export function composeSummary(input: SummaryInput): Composition {
  const source = { meeting: input.meeting, blocks: input.blocks, promises: input.promises };
  if (input.layout === 'internal') {
    const content = admitForHouse(source);
    return { document: build(input, 'internal', content), included: count(content), leftOut: [], leaks: [] };
  }
  const { content, leftOut } = admitForClient(source);
  const document = buildForClient(input, input.layout, content);
  return {
    document,
    included: count(content),
    leftOut,
    leaks: findLeaks({
      closed: leftOut.map((item) => item.text),
      open: documentTexts(input, document),
      known: knownNames(input, document),
    }),
  };
}

/** Layouts for clients: the type of `content` admits nothing that is not for them. */
function buildForClient(input: SummaryInput, layout: ClientLayout, content: Content<'client'>): SummaryDocument {
  return build(input, layout, content);
}

function count(content: Content<Audience>): Composition['included'] {
  return {
    paragraphs: content.blocks.filter((block) => blockText(block).trim() !== '').length,
    decisions: content.decisions.length,
    promises: content.promises.length,
  };
}

/** What the input still gives to the builder once the guarded parts are taken away. */
type Frame = Omit<SummaryInput, 'blocks' | 'promises' | 'meeting' | 'layout'> & {
  readonly meeting: Omit<Meeting, 'agenda' | 'decisions' | 'body'>;
};

function build<A extends Audience>(
  frame: Frame,
  layout: A extends 'client' ? ClientLayout : 'internal',
  content: Content<A>,
): SummaryDocument {
  const { language, meeting } = frame;
  const kind: SummaryLayout = layout;
  const t = wordsOf(language);
  const set = (text: string | undefined): string => typeset((text ?? '').trim(), language);
  const marked = kind === 'internal';

  const organisation = meeting.organisation ? frame.organisations[meeting.organisation] : undefined;
  const client = set(organisation?.name);
  const heading = set(meeting.title) || (client ? `${t('summary.doc.with')} ${client}` : t('summary.doc.untitled'));
  const kicker = t(`summary.doc.kicker.${kind}`);
  const ourName = set(frame.brand?.name);
  const attendees = attendeeGroups(frame, client, ourName, t);
  const date = meeting.start ? dayOf(meeting.start) : undefined;

  return {
    language,
    layout: kind,
    kicker,
    heading,
    client,
    // A title is shown by viewers in one line: no typesetting of spaces.
    title: (kind === 'protocol'
      ? t('summary.doc.protocolTitle', { subject: heading })
      : t('summary.doc.title', { kicker, subject: heading })
    ).replaceAll(NBSP, ' '),
    ...(date ? { date } : {}),
    letterhead: letterheadOf(frame.brand, set),
    facts: facts(frame, kind, client, attendees, t),
    attendees,
    agenda: content.agenda
      .filter((item) => item.text.trim() !== '')
      .map((item, i) => ({
        number: i + 1,
        text: set(item.text),
        ...(marked ? { visibility: item.visibility } : {}),
      })),
    summary: lines(meeting.summary, set),
    topics: kind === 'brief' ? [] : topics(content, language, marked),
    decisions: decisionLines(content, set, marked),
    actions: actionLines(content.promises, frame, { client, ourName, marked }, t),
    next: nextFacts(frame, t),
    nextNote: set(meeting.nextMeeting?.note),
    signatures: kind === 'protocol' ? signatures(frame, attendees, t) : [],
    confidentiality: marked ? t('summary.doc.houseOnly') : set(frame.brand?.confidentiality),
    watermark: marked ? t('summary.doc.watermark') : '',
    footer: set(frame.brand?.footer) || ourName,
  };
}

function facts(
  frame: Frame,
  layout: SummaryLayout,
  client: string,
  attendees: readonly AttendeeGroup[],
  t: Translate,
): readonly Fact[] {
  const { meeting, language } = frame;
  const out: Fact[] = [];
  const add = (key: string, value: string): void => {
    if (value !== '') out.push({ label: t(`summary.doc.${key}`), value });
  };
  if (meeting.start) {
    add('date', printLongDate(dayOf(meeting.start), language));
    add('time', printTimes(meeting.start, meeting.end, meeting.timeZone, language));
  }
  add('place', typeset((meeting.place ?? '').trim(), language));
  if (layout === 'protocol') {
    for (const role of ['chair', 'secretary'] as const) add(role, officer(frame, attendees, role)?.name ?? '');
  } else {
    add('with', client);
    add('preparedBy', typeset((frame.brand?.preparedBy ?? '').trim(), language));
  }
  add('preparedOn', printDate(frame.today, language));
  return out;
}

const OFFICER = { chair: /председател|chair/iu, secretary: /секретар|secretary|minute/iu } as const;

function officer(
  frame: Frame,
  groups: readonly AttendeeGroup[],
  role: keyof typeof OFFICER,
): { readonly name: string; readonly short: string } | undefined {
  // «Заместитель председателя» of an organisation is a job, not the chair of this meeting: only the role typed here counts.
  const attendee = Object.values(frame.meeting.attendees ?? {}).find((a) => OFFICER[role].test(a.role ?? ''));
  if (!attendee) return undefined;
  const name = attendeeName(attendee, frame, fullName);
  return groups.some((group) => group.people.some((person) => person.name === name))
    ? { name, short: attendeeName(attendee, frame, shortName) }
    : undefined;
}

function attendeeName(
  attendee: Pick<Attendee, 'person' | 'name'>,
  frame: Frame,
  print: (name: PersonName | undefined, language: Language) => string,
): string {
  const known = attendee.person ? print(frame.people[attendee.person]?.name, frame.language) : '';
  return known || typeset((attendee.name ?? '').trim(), frame.language);
}

/** One group per organisation: ours first, those present before those absent, otherwise in the order of the list. */
function attendeeGroups(frame: Frame, client: string, ourName: string, t: Translate): readonly AttendeeGroup[] {
  const rank = { present: 0, guest: 1, absent: 2 } as const;
  const sorted = Object.entries(frame.meeting.attendees ?? {}).sort(
    ([keyA, a], [keyB, b]) => rank[a.presence] - rank[b.presence] || a.order - b.order || (keyA < keyB ? -1 : 1),
  );
  const groups = new Map<string, { side: Side; title: string; people: AttendeeLine[] }>();
  for (const [, attendee] of sorted) {
    const name = attendeeName(attendee, frame, fullName);
    if (name === '') continue;
    const person = attendee.person ? frame.people[attendee.person] : undefined;
    const own = person?.organisation
      ? typeset(frame.organisations[person.organisation]?.name ?? '', frame.language)
      : '';
    const title =
      attendee.side === 'ours'
        ? ourName || t('summary.doc.our_company')
        : own || client || t('summary.doc.their_company');
    const key = `${attendee.side}\u0000${title}`;
    const group = groups.get(key) ?? { side: attendee.side, title, people: [] };
    group.people.push({
      name,
      role: typeset((attendee.role || person?.jobTitle || '').trim(), frame.language),
      presence: attendee.presence,
      presenceLabel: attendee.presence === 'present' ? '' : t(`summary.doc.${attendee.presence}`),
    });
    groups.set(key, group);
  }
  return [...groups.values()]
    .sort((a, b) => (a.side === b.side ? 0 : a.side === 'theirs' ? -1 : 1))
    .map((group) => ({ ...group, sideLabel: t(`summary.doc.${group.side}`) }));
}

/** Headings begin topics; text before the first heading, and text whose heading stays out, is a topic without a name. */
function topics({ blocks, apart }: Content<Audience>, language: Language, marked: boolean): readonly Topic[] {
  const out: { heading?: readonly Run[]; visibility?: Block['visibility']; blocks: DocBlock[] }[] = [];
  const top = Math.min(...blocks.filter((b) => b.type === 'heading').map((b) => b.level), 6);
  for (const block of blocks) {
    if (blockText(block).trim() === '') continue;
    const runs = typesetRuns(block.runs, language);
    const mark = marked ? { visibility: block.visibility } : {};
    if (block.type === 'heading' && block.level === top) {
      out.push({ heading: runs, ...mark, blocks: [] });
      continue;
    }
    if (out.length === 0 || apart.has(block)) out.push({ blocks: [] });
    const last = out.at(-1) as (typeof out)[number];
    const foreign = languageOf(blockText(block), language);
    const base = { runs, ...mark, ...(foreign ? { lang: foreign } : {}) };
    if (block.type === 'heading') last.blocks.push({ ...base, type: 'subheading' });
    else if (block.type === 'item') {
      last.blocks.push({
        ...base,
        type: 'item',
        list: block.list,
        depth: block.depth,
        ...(block.number === undefined ? {} : { number: block.number }),
        ...(block.checked === undefined ? {} : { checked: block.checked }),
        ...(block.continued ? { continued: true } : {}),
      });
    } else last.blocks.push({ ...base, type: block.type });
  }
  return out.filter((topic) => topic.heading || topic.blocks.length > 0);
}

/** Russian and English are told apart by their letters; undefined when the text is in the document's language or unclear. */
function languageOf(text: string, language: Language): Language | undefined {
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (language === 'ru' && cyrillic === 0 && latin >= 8) return 'en';
  // Cyrillic in an English document may be any language of the script; only the letters that are Russian alone decide.
  return language === 'en' && latin === 0 && cyrillic >= 8 && !/[іїєґәғқңөұүһ]/iu.test(text) ? 'ru' : undefined;
}

function decisionLines<A extends Audience>(
  content: Content<A>,
  set: (text: string) => string,
  marked: boolean,
): readonly NumberedText[] {
  return content.decisions
    .filter((decision) => decision.text.trim() !== '')
    .map((decision, i) => ({
      number: i + 1,
      text: set(decision.text),
      ...(marked ? { visibility: decision.visibility } : {}),
    }));
}

function actionLines(
  promises: readonly Admitted<Audience, PromiseRecord>[],
  frame: Frame,
  context: { readonly client: string; readonly ourName: string; readonly marked: boolean },
  t: Translate,
): readonly ActionLine[] {
  const { language } = frame;
  return [...promises]
    .sort((a, b) => {
      const [x, y] = [a.due ?? '9999', b.due ?? '9999'];
      return x < y ? -1 : x > y ? 1 : a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
    })
    .map((promise, i) => {
      const side = promise.side ?? 'ours';
      const person = promise.owner?.person ? frame.people[promise.owner.person] : undefined;
      const own = person?.organisation ? typeset(frame.organisations[person.organisation]?.name ?? '', language) : '';
      const done = promise.status === 'done';
      return {
        number: i + 1,
        task: typeset((promise.text ?? '').trim(), language),
        owner:
          shortName(person?.name, language) ||
          typeset((promise.owner?.name ?? '').trim(), language) ||
          t('summary.doc.noOwner'),
        organisation: side === 'ours' ? context.ourName : own || context.client,
        side,
        sideLabel: t(`summary.doc.${side}`),
        ...(promise.due ? { due: promise.due } : {}),
        dueLabel: promise.due ? printShortDate(promise.due, language) : t('summary.doc.noDue'),
        done,
        statusLabel: done
          ? promise.doneOn
            ? t('summary.doc.doneOn', { date: printShortDate(promise.doneOn, language) })
            : t('summary.doc.done')
          : t('summary.doc.open'),
        ...(context.marked ? { visibility: promise.visibility ?? 'internal' } : {}),
      };
    });
}

function nextFacts(frame: Frame, t: Translate): readonly Fact[] {
  const next = frame.meeting.nextMeeting;
  const out: Fact[] = [];
  if (next?.start) {
    const times = printTimes(next.start, undefined, frame.meeting.timeZone, frame.language);
    out.push({
      label: t('summary.doc.date'),
      value: printLongDate(dayOf(next.start), frame.language) + (times ? `, ${times}` : ''),
    });
  }
  const place = typeset((next?.place ?? '').trim(), frame.language);
  if (place !== '') out.push({ label: t('summary.doc.place'), value: place });
  return out;
}

/** Chair and secretary when they are named; otherwise the first present of each side. */
function signatures(frame: Frame, groups: readonly AttendeeGroup[], t: Translate): readonly Signature[] {
  const officers = (['chair', 'secretary'] as const).flatMap((role) => {
    const found = officer(frame, groups, role);
    return found ? [{ label: t(`summary.doc.${role}`), name: found.short }] : [];
  });
  if (officers.length > 0) return officers;
  return (['theirs', 'ours'] as const).flatMap((side) => {
    const group = groups.find((g) => g.side === side);
    const attendee = Object.values(frame.meeting.attendees ?? {})
      .filter((a) => a.side === side && a.presence === 'present')
      .sort((a, b) => a.order - b.order)[0];
    return group && attendee ? [{ label: group.title, name: attendeeName(attendee, frame, shortName) }] : [];
  });
}

/** What people have written: what a leak would stand in. */
function documentTexts(input: SummaryInput, document: SummaryDocument): readonly string[] {
  return [
    document.heading,
    ...document.agenda.map((item) => item.text),
    ...document.summary,
    ...document.topics.flatMap((topic) => [
      ...(topic.heading ? [topic.heading.map((run) => run.text).join('')] : []),
      ...topic.blocks.map((block) => block.runs.map((run) => run.text).join('')),
    ]),
    ...document.decisions.map((item) => item.text),
    ...document.actions.map((action) => action.task),
    document.nextNote,
    input.meeting.place ?? '',
    input.meeting.nextMeeting?.place ?? '',
    ...document.attendees.flatMap((group) => group.people.map((person) => person.role)),
  ];
}

function knownNames(input: SummaryInput, document: SummaryDocument): readonly string[] {
  return [
    document.client,
    document.letterhead.name,
    ...document.attendees.flatMap((group) => [group.title, ...group.people.map((person) => person.name)]),
    ...document.actions.map((action) => action.owner.replaceAll(NBSP, ' ')),
    ...Object.values(input.meeting.attendees ?? {}).map((attendee) => attendee.name ?? ''),
    ...Object.values(input.meeting.attendees ?? {}).flatMap((attendee) => {
      const name = attendee.person ? input.people[attendee.person]?.name : undefined;
      return name ? [fullName(name, 'ru'), fullName(name, 'en')] : [];
    }),
  ];
}

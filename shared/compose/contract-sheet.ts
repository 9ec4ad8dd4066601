/** A contract on one or two pages: everything for us, or what both sides have on paper. */
import { calendarOf } from '../contract-dates/compute.ts';
import { createExplainer } from '../contract-dates/explain.ts';
import { priceSteps } from '../contract-dates/indexation.ts';
import { termList } from '../contract-dates/span-list.ts';
import { contractDeadlines, type Deadline } from '../contracts/deadlines.ts';
import { deadlineContract } from '../contracts/row-deadlines.ts';
import { contractView, type ContractView } from '../contracts/view.ts';
import { ordered, type TermsContext } from '../contracts/wording.ts';
import { addDays } from '../dates/plain-date.ts';
import type { Language } from '../i18n/catalogue.ts';
import { formatMoney } from '../money/money.ts';
import type { Brand, Contract, ContractParty, ContractPerson, Money, PersonName, PlainDate } from '../model/records.ts';
import type { ContractRow, PromiseRow } from '../model/rows.ts';
import { admitContract, byOrder, type ClientContract } from './contract-admission.ts';
import { milestoneLines, type MilestoneLine, type ObligationLine, obligationLines, scopeOf } from './contract-lines.ts';
import type { Fact } from './document.ts';
import { letterheadOf } from './paper.ts';
import { fullName } from './person-name.ts';
import { printDate, printShortDate } from './print-date.ts';
import type { Cell, CellTone, Column, ReportDocument, ReportSection } from './report.ts';
import { NBSP, typeset } from './typography.ts';
import { wordsOf } from './words.ts';

export interface SheetInput {
  readonly contract: Contract;
  readonly row: ContractRow;
  /** What is promised under it. */
  readonly promises: readonly PromiseRow[];
  /** Names by organisation id: the counterparty and the parties. */
  readonly organisations: Readonly<Record<string, string>>;
  /** Names by person id. */
  readonly people: Readonly<Record<string, PersonName>>;
  readonly brand?: Partial<Brand>;
  readonly language: Language;
  readonly audience: 'internal' | 'client';
  readonly context: TermsContext;
}

/** What writes texts, dates and money in the document's language. */
function writer(language: Language) {
  const t = wordsOf(language);
  const set = (text: string | undefined): string => typeset((text ?? '').trim(), language);
  return {
    t: (key: string, params?: Record<string, unknown>): string => t(`contractDocuments.doc.${key}`, params),
    word: t,
    set,
    long: (date: PlainDate | undefined): string => (date === undefined ? '' : printDate(date, language)),
    short: (date: PlainDate | undefined | null): string => (date ? printShortDate(date, language) : ''),
    decimal: (text: string): string => (language === 'ru' ? text.replace('.', ',') : text),
    period: createExplainer(language).period,
    money: (money: Money | null | undefined): string => (money ? formatMoney(money, language) : ''),
  };
}
type Writer = ReturnType<typeof writer>;

const fact = (label: string, value: string): readonly Fact[] => (value === '' ? [] : [{ label, value }]);
const table = (
  title: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): readonly ReportSection[] =>
  rows.length === 0 ? [] : [{ title, kind: 'table', columns, groups: [{ title: '', rows }] }];

/** Composes the sheet. The client's is made from a `ClientContract` only. */
export function composeSheet(input: SheetInput): ReportDocument {
  if (input.audience === 'client') {
    const { organisations, people, brand, language, context } = input;
    const admitted = admitContract(input.contract, input.promises, context);
    return clientSheet(admitted, {
      organisations,
      people,
      ...(brand ? { brand } : {}),
      language,
      today: context.today,
    });
  }
  return houseSheet(input);
}

interface Names {
  readonly organisations: SheetInput['organisations'];
  readonly people: SheetInput['people'];
  readonly language: Language;
}

function frame(
  names: Names & { readonly brand?: Partial<Brand>; readonly today: PlainDate },
  of: { readonly title: string; readonly number: string; readonly organisation: string; readonly isInternal: boolean },
  w: Writer,
) {
  const { brand, language, today } = names;
  const kicker = w.t(of.isInternal ? 'sheetKicker' : 'clientKicker');
  const number = of.number ? w.t('numberIs', { number: of.number }).replaceAll(' ', NBSP) : '';
  const heading = w.set(of.title) || number || w.t('untitled');
  return {
    language,
    size: 'A4' as const,
    kind: of.isInternal ? ('sheet' as const) : ('client' as const),
    kicker,
    heading,
    sub: [heading === number ? '' : number, w.set(of.organisation)].filter(Boolean).join(' · '),
    title: w.t('title', { kicker, subject: heading }).replaceAll(NBSP, ' '),
    letterhead: letterheadOf(brand, w.set),
    confidentiality: of.isInternal ? w.word('summary.doc.houseOnly') : w.set(brand?.confidentiality),
    watermark: of.isInternal ? w.word('summary.doc.watermark') : '',
    footer: w.set(brand?.footer) || w.set(brand?.name),
    date: today,
    fileSubject: [of.organisation, of.number || of.title].filter(Boolean).join(' '),
  };
}

const valueText = (value: Money | undefined, per: ClientContract['valuePer'], w: Writer): string =>
  value ? w.t({ term: 'perTerm', year: 'perYear', month: 'perMonth' }[per], { money: w.money(value) }) : '';

function termText(term: ClientContract['term'], w: Writer): string {
  if (!term) return '';
  return term.end === null
    ? w.t('fromOn', { start: w.short(term.start) })
    : w.t('span', { start: w.short(term.start), end: w.short(term.end) });
}

function partiesSection(parties: readonly ContractParty[], names: Names, w: Writer): readonly ReportSection[] {
  return table(
    w.t('parties'),
    [{ label: w.t('organisation') }, { label: w.t('side'), width: 24 }, { label: w.t('role'), width: 62 }],
    parties.map(({ organisation, name, side, role }) => [
      { text: w.set((organisation && names.organisations[organisation]) || name) },
      { text: w.t(side) },
      { text: w.set(role) },
    ]),
  );
}

function peopleSection(people: readonly ContractPerson[], names: Names, w: Writer): readonly ReportSection[] {
  const role = (text: string): string =>
    ['signatory', 'notices', 'responsible'].includes(text) ? w.t(`roles.${text}`) : w.set(text);
  return table(
    w.t('people'),
    [{ label: w.t('name') }, { label: w.t('role'), width: 86 }],
    people.map(({ person, name, role: of }) => [
      { text: (person && fullName(names.people[person], names.language)) || w.set(name) },
      { text: role(of) },
    ]),
  );
}

const lateTone = (due: PlainDate | undefined, today: PlainDate): CellTone =>
  due !== undefined && due < today ? 'risk' : 'plain';

function obligationsSection(
  title: string,
  lines: readonly ObligationLine[],
  today: PlainDate,
  w: Writer,
): readonly ReportSection[] {
  const closed = lines.some(({ state }) => state !== 'open');
  return table(
    title,
    [
      { label: w.t('task') },
      { label: w.t('who'), width: 34 },
      { label: w.t('amount'), width: 30, align: 'end' },
      { label: w.t(closed ? 'done' : 'due'), width: 28, align: 'end' },
    ],
    lines.map(({ text, side, who, due, amount, state, doneOn, every, provisional }) => [
      {
        text: w.set(text),
        ...(every === undefined || closed ? {} : { more: w.t('every', { period: w.period(every) }) }),
      },
      { text: w.set(who) || w.t(side), ...(who && !closed ? { more: w.t(side) } : {}) },
      { text: w.money(amount) },
      closed
        ? {
            text: state === 'dropped' ? w.t('dropped') : w.short(doneOn ?? due),
            tone: state === 'dropped' ? 'quiet' : 'ok',
          }
        : {
            text: w.short(due) || w.t('noDue'),
            tone: due === undefined ? 'quiet' : lateTone(due, today),
            ...(provisional ? { more: w.t('provisional') } : {}),
          },
    ]),
  );
}

function milestonesSection(
  lines: readonly MilestoneLine[],
  today: PlainDate,
  withSlip: boolean,
  w: Writer,
): readonly ReportSection[] {
  const slip = (days: number): string =>
    days === 0 ? '' : w.t(days > 0 ? 'slipDays' : 'earlyDays', { count: Math.abs(days) });
  return table(
    w.t('milestones'),
    [
      { label: w.t('milestone') },
      { label: w.t('due'), width: 28, align: 'end' },
      { label: w.t('happened'), width: 28, align: 'end' },
      ...(withSlip ? [{ label: w.t('slip'), width: 34, align: 'end' } as const] : []),
    ],
    lines.map(({ title, due, happened, slipDays, provisional }) => [
      { text: w.set(title) },
      {
        text: w.short(due),
        tone: happened === undefined ? lateTone(due, today) : 'plain',
        ...(provisional ? { more: w.t('provisional') } : {}),
      },
      { text: w.short(happened), tone: 'ok' },
      ...(withSlip ? [{ text: slip(slipDays), tone: slipDays > 0 ? ('attention' as const) : ('quiet' as const) }] : []),
    ]),
  );
}

/** «Акт сверки, акт»; a title that is the kind itself is not said twice. */
function paperName(title: string, kind: string, w: Writer): string {
  const word = w.t(`documentKind.${kind}`);
  return title.trim().toLowerCase() === word ? w.set(title) : [w.set(title), word].filter(Boolean).join(', ');
}

/** A day before all others: the client's sheet reproaches nobody with being late. */
const NEVER: PlainDate = '0000-01-01';

/** Only what a `ClientContract` holds. */
function clientSheet(
  contract: ClientContract,
  names: Names & { readonly brand?: Partial<Brand>; readonly today: PlainDate },
): ReportDocument {
  const w = writer(names.language);
  const organisation = (contract.organisation && names.organisations[contract.organisation]) || '';
  return {
    ...frame(names, { title: contract.title, number: contract.number, organisation, isInternal: false }, w),
    facts: [
      ...fact(w.t('signedOn'), w.long(contract.signedOn)),
      ...fact(w.t('term'), termText(contract.term, w)),
      ...fact(w.t('value'), valueText(contract.value, contract.valuePer, w)),
      ...fact(w.t('preparedOn'), w.long(names.today)),
    ],
    sections: [
      ...(contract.subject.trim()
        ? [{ title: w.t('subject'), note: w.set(contract.subject), kind: 'plain' } as const]
        : []),
      ...partiesSection(contract.parties, names, w),
      ...table(
        w.t('amendments'),
        [
          { label: w.t('amendment') },
          { label: w.t('signed'), width: 30, align: 'end' },
          { label: w.t('effective'), width: 34, align: 'end' },
        ],
        contract.amendments.map(({ number, title, signed, effective }) => [
          { text: [number && w.t('numberIs', { number }), w.set(title)].filter(Boolean).join(' · ') },
          { text: w.short(signed) },
          { text: w.short(effective) },
        ]),
      ),
      ...obligationsSection(w.t('openObligations'), contract.openObligations, NEVER, w),
      ...obligationsSection(w.t('keptObligations'), contract.closedObligations, NEVER, w),
      ...milestonesSection(contract.milestones, NEVER, false, w),
      ...peopleSection(contract.people, names, w),
      ...table(
        w.t('documents'),
        [
          { label: w.t('document') },
          { label: w.t('number'), width: 40 },
          { label: w.t('date'), width: 30, align: 'end' },
        ],
        contract.papers.map(({ title, kind, number, date }) => [
          { text: paperName(title, kind, w) },
          { text: number },
          { text: w.short(date) },
        ]),
      ),
    ],
  };
}

const deadlineTone = (deadline: Deadline): CellTone =>
  (({ ahead: 'plain', open: 'attention', due: 'risk', missed: 'risk', decided: 'ok' }) as const)[deadline.state];

function deadlinesSection(deadlines: readonly Deadline[], w: Writer): readonly ReportSection[] {
  const terms = deadlines.filter(({ kind }) => kind !== 'milestone' && kind !== 'obligation');
  return table(
    w.t('deadlines'),
    [
      { label: w.t('what') },
      { label: w.t('actBy'), width: 28, align: 'end' },
      { label: w.t('legal'), width: 28, align: 'end' },
      { label: w.t('atRisk'), width: 34, align: 'end' },
      { label: w.t('state'), width: 32 },
    ],
    terms
      .slice(0, 3)
      .map((deadline) => [
        { text: w.word(`contractDocuments.kind.${deadline.kind}`) },
        { text: w.short(deadline.actBy), ...(deadline.provisional ? { more: w.t('provisional') } : {}) },
        { text: w.short(deadline.legal) },
        { text: w.money(deadline.value) },
        { text: w.word(`contractDocuments.state.${deadline.state}`), tone: deadlineTone(deadline) },
      ]),
  );
}

/** Years ahead whose terms are listed, and how many terms at most. */
const TERM_DAYS = 1100;
const MOST_TERMS = 8;

function termsSection(view: ContractView, today: PlainDate, w: Writer): readonly ReportSection[] {
  if (!view.ok) return [];
  const listed = termList(view.terms, addDays(today, TERM_DAYS));
  if (!listed.ok) return [];
  const { terms } = listed.value;
  const current = Math.max(
    0,
    terms.findIndex(({ kind }) => kind === 'current'),
  );
  const from = Math.max(0, Math.min(current - 3, terms.length - MOST_TERMS));
  return table(
    w.t('terms'),
    [
      { label: w.t('termNumber'), width: 12 },
      { label: w.t('start'), width: 26, align: 'end' },
      { label: w.t('end'), width: 28, align: 'end' },
      { label: w.t('notice'), width: 34, align: 'end' },
      { label: w.t('actBy'), width: 30, align: 'end' },
      { label: w.t('state') },
    ],
    terms.slice(from, from + MOST_TERMS).map(({ index, start, end, notice, kind }) => {
      const tone = kind === 'past' ? 'quiet' : 'plain';
      return [
        { text: String(index + 1), tone },
        { text: w.short(start), tone },
        { text: end === null ? w.t('openEnd') : w.short(end), tone },
        { text: w.short(notice?.legal), tone },
        { text: w.short(notice?.sendBy), tone },
        {
          text: [w.t(`termKind.${kind}`), ...(notice?.provisional && kind !== 'past' ? [w.t('provisional')] : [])].join(
            ', ',
          ),
          tone: kind === 'current' ? 'ok' : tone,
        },
      ];
    }),
  );
}

function pricesSection(view: ContractView, today: PlainDate, w: Writer): readonly ReportSection[] {
  if (!view.ok || !view.terms.indexation) return [];
  const calendar = calendarOf(view.terms);
  if (!calendar.ok) return [];
  const { terms, dates } = view;
  const { currency } = view.terms.indexation.base;
  const until = dates.term.end !== null && dates.term.end > today ? dates.term.end : addDays(today, 366);
  const steps = priceSteps(view.terms.indexation, until, { profile: terms.profile, calendar: calendar.value });
  if (!steps.ok) return [];
  return table(
    w.t('prices'),
    [
      { label: w.t('from') },
      { label: w.t('factor'), width: 34, align: 'end' },
      { label: w.t('price'), width: 40, align: 'end' },
      { label: w.t('announceBy'), width: 36, align: 'end' },
    ],
    steps.value
      .slice(-8)
      .map(({ from, factor, minor, announceBy, provisional }) => [
        { text: w.short(from), ...(provisional ? { more: w.t('provisional') } : {}) },
        { text: w.decimal(factor) },
        { text: w.money({ minor, currency }) },
        { text: w.short(announceBy) },
      ]),
  );
}

function houseSheet(input: SheetInput): ReportDocument {
  const { contract, row, promises, language, context } = input;
  const { today } = context;
  const w = writer(language);
  const explain = createExplainer(language);
  const view = contractView(row.wording, context);
  const organisation = (contract.organisation && input.organisations[contract.organisation]) || row.organisationName;
  const deadlines = contractDeadlines(deadlineContract(row), view, today);
  const next = deadlines.find(({ state, kind }) => state !== 'decided' && kind !== 'milestone');
  const scope = scopeOf(row.wording, view);
  const { open, closed } = obligationLines(promises, today, scope);
  const names = { organisations: input.organisations, people: input.people, language };
  return {
    ...frame(
      { ...names, today, ...(input.brand ? { brand: input.brand } : {}) },
      { title: contract.title ?? '', number: contract.number ?? '', organisation, isInternal: true },
      w,
    ),
    facts: [
      ...fact(w.t('state'), view.ok ? w.word(`contractDates.state.${view.dates.state}`) : ''),
      ...fact(w.t('term'), termText(view.ok ? view.dates.term : undefined, w)),
      ...fact(w.t('actBy'), w.long(next?.actBy)),
      ...fact(w.t('value'), valueText(contract.value, contract.valuePer ?? 'term', w)),
      ...fact(w.t('renewal'), view.ok ? w.word(`contractDocuments.renewal.${view.terms.renewal}`) : ''),
      ...fact(w.t('owner'), w.set([contract.owner, contract.deputy].filter(Boolean).join(', '))),
      ...fact(w.t('signedOn'), w.long(contract.signedOn)),
      ...fact(w.t('preparedOn'), w.long(today)),
    ],
    sections: [
      ...(contract.subject?.trim()
        ? [{ title: w.t('subject'), note: w.set(contract.subject), kind: 'plain' } as const]
        : []),
      ...(view.ok
        ? []
        : [
            {
              title: w.t('deadlines'),
              note: w.t('notComputed', { reason: explain.problem(view.problem) }),
              kind: 'plain',
            } as const,
          ]),
      ...deadlinesSection(deadlines, w),
      ...(view.ok
        ? [
            {
              title: w.t('because'),
              kind: 'list',
              items: view.dates.because.map((reason) => w.set(explain.reason(reason))),
            } as const,
          ]
        : []),
      ...table(
        w.t('decisions'),
        [
          { label: w.t('date'), width: 26 },
          { label: w.t('decision'), width: 40 },
          { label: w.t('author'), width: 38 },
          { label: w.t('reason') },
        ],
        ordered(contract.decisions, ({ date }) => date).map(([, { date, kind, author, reason }]) => [
          { text: w.short(date) },
          { text: w.word(`contractDocuments.decision.${kind}`) },
          { text: w.set(author) },
          { text: w.set(reason) },
        ]),
      ),
      ...obligationsSection(w.t('openObligations'), open, today, w),
      ...obligationsSection(w.t('keptObligations'), closed, today, w),
      ...milestonesSection(milestoneLines(byOrder(contract.milestones), scope), today, true, w),
      ...pricesSection(view, today, w),
      ...termsSection(view, today, w),
      ...table(
        w.t('amendments'),
        [
          { label: w.t('amendment'), width: 54 },
          { label: w.t('signed'), width: 26, align: 'end' },
          { label: w.t('effective'), width: 28, align: 'end' },
          { label: w.t('changes') },
        ],
        ordered(contract.amendments, ({ effective }) => effective).map(
          ([, { number, title, signed, effective, changes, value, note }]) => [
            {
              text:
                [number && w.t('numberIs', { number }), w.set(title)].filter(Boolean).join(' · ') || w.short(effective),
              ...(note ? { more: w.set(note) } : {}),
            },
            { text: w.short(signed) },
            { text: w.short(effective) },
            {
              text: [
                ...Object.keys(changes ?? {}).map((field) => w.word(`contractDates.field.${field}`)),
                ...(value ? [w.money(value)] : []),
              ].join(', '),
            },
          ],
        ),
      ),
      ...partiesSection(
        byOrder(contract.parties).map(([, party]) => party),
        names,
        w,
      ),
      ...peopleSection(
        byOrder(contract.people).map(([, person]) => person),
        names,
        w,
      ),
      ...table(
        w.t('documents'),
        [
          { label: w.t('document') },
          { label: w.t('number'), width: 32 },
          { label: w.t('date'), width: 26, align: 'end' },
          { label: w.t('place'), width: 56 },
        ],
        byOrder(contract.documents).map(([, { title, kind, number, date, place }]) => [
          { text: paperName(title, kind, w) },
          { text: number ?? '' },
          { text: w.short(date) },
          { text: w.set(place) },
        ]),
      ),
    ],
  };
}

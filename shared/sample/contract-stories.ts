/** Wordings of the sample's contracts: one of each kind, so that every state can be seen whatever day it is. */
import type { Json } from '../change/types.ts';
import { addDays } from '../dates/plain-date.ts';
import type { PlainDate } from '../model/records.ts';

/** Fields of a contract; set elements as `name/key`. */
export type ContractFields = Readonly<Record<string, Json>>;
export interface SampleObligation {
  readonly text: string;
  readonly side: 'ours' | 'theirs';
  readonly owner: string;
  /** A twelfth of the contract's value is due each time. */
  readonly monthly?: true;
  readonly fields: ContractFields;
}

/** What the stories say, in the sample's language. */
export interface StoryWords {
  /** `п. {{n}}` */
  readonly clause: string;
  readonly annex: string;
  readonly contractTitle: string;
  readonly amendmentTitle: string;
  readonly noticeLetter: string;
  readonly archive: string;
  readonly author: string;
  readonly deputy: string;
  readonly renewReason: string;
  readonly signatory: string;
  readonly noticeContact: string;
  readonly milestones: readonly [string, string, string];
  readonly report: string;
  readonly payment: string;
  readonly training: string;
  readonly delivery: string;
  readonly penalty: string;
  readonly act: string;
  readonly stop: string;
}
export interface Story {
  readonly fields: ContractFields;
  readonly obligations?: readonly SampleObligation[];
}
export type StoryName =
  | 'tacitOpen'
  | 'fixed'
  | 'optionOurs'
  | 'express'
  | 'evergreen'
  | 'tacitDue'
  | 'tacitMissed'
  | 'decided';

const clauses = (words: StoryWords, byField: Readonly<Record<string, string>>): ContractFields =>
  Object.fromEntries(
    Object.entries(byField).map(([field, number]) => [`clauses/${field}`, words.clause.replace('{{n}}', number)]),
  );

/** First day of the month so many months from a day's month. */
function firstOfMonth(day: PlainDate, months: number): PlainDate {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`;
}

/** The story's fields around `today`; `start` and `end` are those of the contract. */
export function contractStory(name: StoryName, words: StoryWords, today: PlainDate): Story {
  const day = (days: number): PlainDate => addDays(today, days);
  const russian = { profile: 'rf', calendar: 'RU' } as const;
  const tacit = { renewal: 'tacit', renewalTerm: { months: 12 }, ...russian } as const;
  switch (name) {
    case 'tacitOpen':
      return {
        fields: {
          ...tacit,
          notice: { days: 30 },
          noticeCounts: 'received',
          deliveryDays: 3,
          approvalDays: 2,
          valuePer: 'term',
          deputy: words.deputy,
          ...clauses(words, { renewal: '8.1', notice: '8.2' }),
          'amendments/a1': {
            number: '1',
            title: words.amendmentTitle,
            signed: day(-125),
            effective: day(-120),
            changes: { notice: { days: 20 } },
            note: words.annex,
          },
          'documents/d1': {
            title: words.contractTitle,
            kind: 'contract',
            date: day(-319),
            place: words.archive,
            order: 0,
          },
          'documents/d2': { title: words.amendmentTitle, kind: 'amendment', number: '1', date: day(-125), order: 1 },
          'people/p1': { name: words.author, role: words.signatory, order: 0 },
          'people/p2': { name: words.deputy, role: words.noticeContact, order: 1 },
        },
        obligations: [
          {
            text: words.report,
            side: 'ours',
            owner: words.author,
            fields: {
              kind: 'report',
              rule: {
                kind: 'recurring',
                recurrence: {
                  anchor: firstOfMonth(day(-310), 0),
                  every: { months: 3 },
                  window: { monthsAfter: 1, byDay: 10 },
                  dayOff: 'next',
                },
              },
              ...keptUntilNow(firstOfMonth(day(-310), 0), 3, today, words),
            },
          },
          {
            text: words.payment,
            side: 'theirs',
            owner: '',
            monthly: true,
            fields: {
              kind: 'payment',
              penalty: words.penalty,
              rule: {
                kind: 'recurring',
                recurrence: {
                  anchor: firstOfMonth(today, -1),
                  every: { months: 1 },
                  window: { monthsAfter: 1, byDay: 15 },
                  dayOff: 'previous',
                },
              },
            },
          },
        ],
      };
    case 'fixed':
      return {
        fields: {
          renewal: 'none',
          ...russian,
          ...clauses(words, { end: '2.1' }),
          'milestones/survey': { title: words.milestones[0], on: day(-12), happened: day(-9), order: 0 },
          'milestones/scheme': {
            title: words.milestones[1],
            relative: { to: 'survey', direction: 'after', period: { days: 21 } },
            dayOff: 'next',
            order: 1,
          },
          'milestones/acceptance': {
            title: words.milestones[2],
            relative: { to: 'end', direction: 'before', period: { workingDays: 3 } },
            order: 2,
          },
        },
        obligations: [
          {
            text: words.act,
            side: 'theirs',
            owner: '',
            fields: {
              kind: 'other',
              rule: { kind: 'relative', to: 'scheme', direction: 'after', period: { workingDays: 5 }, dayOff: 'next' },
            },
          },
        ],
      };
    case 'optionOurs':
      return {
        fields: {
          renewal: 'optionOurs',
          renewalTerm: { months: 24 },
          maxRenewals: 1,
          notice: { months: 2 },
          noticeOpens: { months: 6 },
          ...russian,
          deputy: words.deputy,
          ...clauses(words, { renewal: '9.3', notice: '9.4' }),
          'suspensions/s1': { from: day(-60), to: day(-51) },
          'documents/d1': { title: words.stop, kind: 'letter', date: day(-61), order: 0 },
        },
        obligations: [
          {
            text: words.training,
            side: 'ours',
            owner: words.deputy,
            fields: {
              kind: 'training',
              rule: { kind: 'relative', to: 'start', direction: 'after', period: { days: 150 }, dayOff: 'previous' },
            },
          },
        ],
      };
    case 'express':
      return {
        fields: {
          renewal: 'express',
          renewalTerm: { months: 12 },
          notice: { days: 45 },
          noticeCounts: 'sent',
          ...russian,
          ...clauses(words, { renewal: '7.2', notice: '7.3' }),
        },
      };
    case 'evergreen':
      return {
        fields: {
          renewal: 'evergreen',
          convenienceNotice: { days: 60 },
          valuePer: 'year',
          ...russian,
          ...clauses(words, { convenienceNotice: '10.2' }),
        },
        obligations: [
          {
            text: words.delivery,
            side: 'theirs',
            owner: '',
            fields: {
              kind: 'delivery',
              penalty: words.penalty,
              rule: {
                kind: 'recurring',
                recurrence: {
                  anchor: firstOfMonth(today, 0),
                  every: { months: 1 },
                  window: { monthsAfter: 0, byDay: 25 },
                  dayOff: 'previous',
                },
              },
            },
          },
        ],
      };
    case 'tacitDue':
      return {
        fields: {
          ...tacit,
          notice: { days: 26 },
          deputy: words.deputy,
          remindDays: [30, 14, 7, 3],
          ...clauses(words, { renewal: '6.1', notice: '6.2' }),
        },
      };
    case 'tacitMissed':
      return { fields: { ...tacit, notice: { days: 45 }, ...clauses(words, { notice: '5.4' }) } };
    case 'decided':
      return {
        fields: {
          ...tacit,
          notice: { days: 30 },
          ...clauses(words, { renewal: '8.1', notice: '8.2' }),
          'decisions/d1': { date: day(-6), kind: 'renew', author: words.author, reason: words.renewReason },
          'documents/d1': { title: words.noticeLetter, kind: 'notice', date: day(-6), place: words.archive, order: 0 },
        },
      };
    default:
      return { fields: {} };
  }
}

/** Occurrences of a recurring report whose day has passed are kept, so that only the next one waits. */
function keptUntilNow(anchor: PlainDate, months: number, today: PlainDate, words: StoryWords): ContractFields {
  const kept: Record<string, Json> = {};
  for (let index = 0; ; index += 1) {
    // The period ends the day before; the report is due within the month that follows.
    const due = addDays(firstOfMonth(anchor, months * (index + 1)), 9);
    if (due >= addDays(today, -1)) return kept;
    kept[`fulfilments/${index}`] = { on: addDays(due, -3), state: 'done', author: words.author };
  }
}

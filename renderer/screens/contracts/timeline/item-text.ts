/** What is said of the things on a timeline: on cards, in the table and to screen readers. */
import type { LaneItem, LaneSummary } from '../../../../shared/contracts/timeline.ts';
import { datesOfItem } from '../../../../shared/contracts/timeline.ts';
import type { Language } from '../../../../shared/i18n/catalogue.ts';
import { formatMoney } from '../../../../shared/money/money.ts';
import type { Dates } from '../../../app/dates.ts';
import type { Translate } from '../../../app/i18n.ts';

export interface Words {
  readonly t: Translate;
  readonly language: Language;
  readonly dates: Dates;
}

const written = new WeakMap<Dates, Map<string, string>>();
/** A day in figures. Thousands of names hold the same few hundred days, so each is written once. */
function shortDay(dates: Dates, day: string): string {
  let known = written.get(dates);
  if (!known) {
    known = new Map();
    written.set(dates, known);
  }
  let text = known.get(day);
  if (text === undefined) {
    text = dates.short(day);
    known.set(day, text);
  }
  return text;
}

/** The state of a contract in words. */
export const stateWord = (t: Translate, state: LaneSummary['state']): string =>
  state === 'unclear' ? t('timeline.unclear') : t(`contractDates.state.${state}`);

/** What it is: «Период 3», «Решение», «Обязательство: отчёт». */
export function itemTitle({ t }: Words, item: LaneItem): string {
  switch (item.kind) {
    case 'term':
      return item.index === 0 ? t('timeline.item.firstTerm') : t('timeline.item.term', { number: item.index + 1 });
    case 'amendment':
      if (item.title) return item.title;
      return item.number ? t('timeline.item.amendmentNumber', { number: item.number }) : t('timeline.item.amendment');
    case 'milestone':
      return t('timeline.item.milestone', { text: item.text });
    case 'obligation':
      return t('timeline.item.obligation', { text: item.deadline.text });
    case 'meeting':
      return t('timeline.item.meeting', { text: item.meeting.title });
    default:
      return t(`timeline.item.${item.kind}`);
  }
}

/** How it stands: «идёт сейчас», «окно открыто», «Продлить · не записаны автор или причина». */
export function itemState({ t }: Words, item: LaneItem): string {
  switch (item.kind) {
    case 'term':
      return t(`timeline.term.${item.term}`);
    case 'window':
    case 'actBy':
    case 'safe':
      return t(`timeline.deadline.${item.state}`);
    case 'decision': {
      const word = t(`timeline.decision.${item.decision}`);
      return item.complete ? word : `${word} · ${t('timeline.incomplete')}`;
    }
    case 'milestone': {
      const word = item.happened
        ? t('timeline.happened')
        : t(item.tone === 'risk' ? 'timeline.overdue' : 'timeline.notHappened');
      return item.provisional ? `${word} · ${t('timeline.provisional')}` : word;
    }
    case 'obligation': {
      const word = t(`timeline.done.${item.deadline.state}`);
      return item.deadline.provisional ? `${word} · ${t('timeline.provisional')}` : word;
    }
    default:
      return '';
  }
}

/** Its day or days: «01.03.2026 — 28.02.2027». */
export function itemDates({ t, dates }: Words, item: LaneItem): string {
  if (item.kind === 'meeting') return shortDay(dates, item.meeting.start);
  const { from, to } = datesOfItem(item);
  if (to === from) return shortDay(dates, from);
  const last =
    to === null ? t(item.kind === 'suspension' ? 'timeline.stillStands' : 'timeline.noEnd') : shortDay(dates, to);
  return t('timeline.fromTo', { from: shortDay(dates, from), to: last });
}

/** Further facts, one a line. */
export function itemFacts({ t, language, dates }: Words, item: LaneItem): readonly string[] {
  switch (item.kind) {
    case 'window': {
      const { legal, safe, sendBy, provisional } = item.notice;
      return [
        t('timeline.actDay', { day: dates.exact(sendBy) }),
        ...(safe === sendBy ? [] : [t('timeline.safeDay', { day: dates.exact(safe) })]),
        t('timeline.legalDay', { day: dates.exact(legal) }),
        ...(provisional ? [t('timeline.provisional')] : []),
      ];
    }
    case 'decision':
      return [
        ...(item.author ? [t('timeline.by', { name: item.author })] : []),
        ...(item.reason ? [t('timeline.reason', { text: item.reason })] : []),
      ];
    case 'obligation': {
      const { side, value } = item.deadline;
      return [t(`timeline.${side}`), ...(value ? [formatMoney(value, language)] : [])];
    }
    case 'suspension':
      return [t('timeline.days', { count: item.to - item.from + 1 })];
    default:
      return [];
  }
}

/** All of it in one line, for screen readers and the table. */
export const itemName = (words: Words, item: LaneItem): string =>
  [itemTitle(words, item), itemDates(words, item), itemState(words, item)].filter(Boolean).join(', ');

/** What is said of a whole contract. */
export function laneName({ t, language, dates }: Words, lane: LaneSummary): string {
  const { contract, state, deadline, atRisk, finalEnd } = lane;
  return [
    contract.title || contract.number || t('contracts.untitled'),
    contract.organisationName,
    stateWord(t, state),
    deadline ? t('timeline.decideByDay', { day: dates.exact(deadline.actBy) }) : '',
    !deadline && finalEnd ? t('timeline.endsOn', { day: dates.exact(finalEnd) }) : '',
    atRisk ? t('timeline.value', { sum: formatMoney(atRisk, language) }) : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** How a deadline is said: its state with an icon, its day, its name. */
import { BellOff, CircleAlert, CircleCheck, CircleDot, Clock, TriangleAlert } from 'lucide-react';
import type { Deadline } from '../../../../shared/contracts/deadlines.ts';
import type { Language } from '../../../../shared/i18n/catalogue.ts';
import type { Money, PlainDate } from '../../../../shared/model/records.ts';
import { formatPartialDate } from '../../../../shared/dates/format-date.ts';
import { formatMoney, minorDigits } from '../../../../shared/money/money.ts';
import type { Dates } from '../../../app/dates.ts';
import { useDates } from '../../../app/dates.ts';
import { type TextKey, type Translate, useT } from '../../../app/i18n.ts';
import { Badge, type Tone } from '../../../ui/index.ts';

const size = { size: 12, 'aria-hidden': true } as const;
const STATES = {
  ahead: { tone: 'plain', icon: <Clock {...size} /> },
  open: { tone: 'accent', icon: <CircleDot {...size} /> },
  due: { tone: 'attention', icon: <CircleAlert {...size} /> },
  missed: { tone: 'risk', icon: <TriangleAlert {...size} /> },
  decided: { tone: 'ok', icon: <CircleCheck {...size} /> },
} as const satisfies Record<Deadline['state'], { readonly tone: Tone; readonly icon: unknown }>;

/** What an obligation's state is called: it is kept, not decided. */
const OBLIGATION_WORDS: Readonly<Partial<Record<Deadline['state'], TextKey>>> = {
  due: 'deadlines.dueObligation',
  open: 'deadlines.openObligation',
  decided: 'deadlines.keptObligation',
};
const isEvent = ({ kind }: Deadline): boolean => kind === 'obligation' || kind === 'milestone';

export function stateWords(deadline: Deadline, t: Translate): string {
  return t((isEvent(deadline) ? OBLIGATION_WORDS[deadline.state] : undefined) ?? `deadlines.states.${deadline.state}`);
}

/** Only green when a decision with author, date and reason is recorded, or the promise is kept. */
export function StateBadge({ deadline }: { readonly deadline: Deadline }) {
  const t = useT();
  const dates = useDates();
  if (deadline.snooze && deadline.state !== 'decided') {
    return (
      <Badge icon={<BellOff {...size} />}>{t('deadlines.snoozed', { date: dates.short(deadline.snooze.until) })}</Badge>
    );
  }
  const { tone, icon } = STATES[deadline.state];
  return (
    <Badge tone={isEvent(deadline) && deadline.state === 'open' ? 'plain' : tone} icon={icon}>
      {stateWords(deadline, t)}
    </Badge>
  );
}

/** «Этап: приёмка», «Отчёт за квартал», «Уведомить или продлить». */
export const whatOf = (deadline: Deadline, t: Translate): string =>
  deadline.text || t(`deadlines.kinds.${deadline.kind}`);

/** The name one looks for: the contract, else the other party. */
export const nameOf = (deadline: Deadline, t: Translate): string =>
  deadline.contractName || deadline.organisationName || t('contracts.untitled');

/** Who has to act: a person, else the other party as a whole. */
export const whoOf = ({ owner, side, organisationName }: Deadline, t: Translate): string =>
  owner || (side === 'theirs' ? organisationName : '') || t('deadlines.nobody');

/** The three days in one sentence, for tooltips and for reading aloud. */
export function daysText(deadline: Deadline, dates: Dates, t: Translate): string {
  const parts: readonly (readonly [TextKey, PlainDate])[] = [
    ['deadlines.actBy', deadline.actBy],
    ['deadlines.safe', deadline.safe],
    ['deadlines.legal', deadline.legal],
  ];
  return parts.map(([label, day]) => `${t(label)}: ${dates.exact(day)}`).join(' · ');
}

/** «Ноябрь 2026», “November 2026”. */
export function monthName(month: string, language: Language): string {
  const name = formatPartialDate(month, language).replace(/\u00a0г\.$/u, '');
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

const shortMonths = new Map<Language, Intl.DateTimeFormat>();
/** «нояб.», “Nov”. */
export function shortMonth(month: string, language: Language): string {
  const known = shortMonths.get(language) ?? new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' });
  shortMonths.set(language, known);
  return known
    .format(new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1, 15, 12)))
    .replace(/\.$/, '');
}

const compact = new Map<string, Intl.NumberFormat>();
/** «2,6 млн ₽», “£26K”: where there is no room for the whole amount. */
export function shortMoney({ minor, currency }: Money, language: Language): string {
  const key = `${language} ${currency}`;
  let format = compact.get(key);
  if (!format) {
    try {
      format = new Intl.NumberFormat(language === 'ru' ? 'ru' : 'en-GB', {
        style: 'currency',
        currency,
        notation: 'compact',
        maximumFractionDigits: 1,
      });
    } catch {
      // A currency that is none: written as everywhere else.
      return formatMoney({ minor, currency }, language);
    }
    compact.set(key, format);
  }
  return format.format(minor / 10 ** minorDigits(currency));
}

export const moneyList = (values: readonly Money[], language: Language): string =>
  values.map((money) => formatMoney(money, language)).join(' + ');

/** Terms in words: the lines in which the record shows what its paper says. */
import { PERIOD_UNITS, type Period } from '../../../../shared/contract-dates/period.ts';
import type { ContractText, ExitPoint, Terms, TextField } from '../../../../shared/contract-dates/terms.ts';
import { formatPlainDate } from '../../../../shared/dates/format-date.ts';
import { isPlainDate } from '../../../../shared/dates/plain-date.ts';
import type { Language } from '../../../../shared/i18n/catalogue.ts';
import { i18n, type TextKey, type Translate } from '../../../app/i18n.ts';
import { CLAUSE_FIELDS, type ClauseLine } from './terms-draft.ts';

/** «12 месяцев» after «в течение» (gen) or «за» (acc). */
export const periodWords = (period: Period, t: Translate, grammar: 'gen' | 'acc'): string =>
  PERIOD_UNITS.filter((unit) => (period[unit] ?? 0) > 0)
    .map((unit) => `${period[unit]}\u00a0${t(`contractTerms.unit.${grammar}.${unit}`, { count: period[unit] ?? 0 })}`)
    .join(' ');

/** A calendar by its name; one's own is called as it was imported. */
export const calendarWords = (name: string, t: Translate): string =>
  i18n.exists(`contractTerms.calendar.${name}`) ? t(`contractTerms.calendar.${name}` as TextKey) : name;

/** One changed field of an amendment in words: «за 60 дней», «автоматически», «31.12.2026». */
export function valueOfField(field: TextField, text: Partial<ContractText>, t: Translate, language: Language): string {
  const value = text[field];
  if (field === 'maxRenewals') {
    return value === null || value === undefined ? t('contractTerms.says.unlimited') : String(value);
  }
  if (value === undefined || value === null) return '—';
  if (typeof value === 'boolean') return t(value ? 'profile.yes' : 'profile.no');
  if (typeof value === 'object') return periodWords(value, t, 'acc');
  if (field === 'renewal') return t(`contractTerms.renewal.${value as ContractText['renewal']}`);
  if (field === 'noticeCounts') return t(`contractTerms.counts.${value as ContractText['noticeCounts']}`);
  if (field === 'exitAt') return t(`contractTerms.exitAt.${value as ExitPoint}`);
  if (field === 'profile') return t(`contractTerms.profile.${value as ContractText['profile']}`);
  if (value === 'day-before') return t('contracts.reading.dayBefore');
  if (value === 'same-day') return t('contracts.reading.sameDay');
  return isPlainDate(value) ? formatPlainDate(value, language, 'short') : String(value);
}

export interface SaidLine {
  readonly line: ClauseLine | 'sending';
  readonly text: string;
  /** The clause of the paper, or the amendment that set it last. */
  readonly clause?: string;
  readonly amendment?: string;
}

function termLine(text: ContractText, t: Translate, language: Language): string {
  const start = formatPlainDate(text.start, language, 'short');
  const named = text.end !== undefined && isPlainDate(text.end) ? text.end : undefined;
  if (named !== undefined && text.renewal !== 'evergreen') {
    return t('contractTerms.says.dates', { start, end: formatPlainDate(named, language, 'short') });
  }
  if (!text.term) return t('contractTerms.says.open', { start });
  const period = periodWords(text.term, t, 'acc');
  const parts = [
    t(text.renewal === 'evergreen' ? 'contractTerms.says.minimum' : 'contractTerms.says.termGen', { period, start }),
    ...(text.termToMonthEnd ? [t('contractTerms.words.termToMonthEnd')] : []),
    ...(text.end === 'day-before' ? [t('contracts.reading.dayBefore')] : []),
    ...(text.end === 'same-day' ? [t('contracts.reading.sameDay')] : []),
  ];
  return parts.join(', ');
}

function renewalLine(text: ContractText, t: Translate, language: Language): string {
  const kind = t(`contractTerms.renewal.${text.renewal}`);
  const length = text.renewalTerm ?? text.term;
  if (text.renewal === 'none' || text.renewal === 'evergreen' || !length) return kind;
  return [
    t('contractTerms.says.renewalFor', { kind, period: periodWords(length, t, 'acc') }),
    ...(text.maxRenewals === null ? [] : [t('contractTerms.says.upTo', { count: text.maxRenewals })]),
    ...(text.renewNotAfter === undefined
      ? []
      : [t('contractTerms.says.notBeyond', { date: formatPlainDate(text.renewNotAfter, language, 'short') })]),
  ].join(', ');
}

/** The terms in force, line by line; lines that say nothing are left out. */
export function saidLines(
  terms: Terms,
  { text, sources }: { readonly text: ContractText; readonly sources: Readonly<Partial<Record<TextField, string>>> },
  t: Translate,
  language: Language,
): SaidLine[] {
  const period = (value: Period): string => periodWords(value, t, 'acc');
  const line = (id: ClauseLine, words: string): SaidLine => {
    const fields: readonly string[] = CLAUSE_FIELDS[id];
    const amendment = fields.map((field) => sources[field as TextField]).find((each) => each !== undefined);
    const clause = fields.map((field) => terms.clauses[field]).find((each) => each !== undefined);
    return {
      line: id,
      text: words,
      ...(amendment === undefined ? (clause === undefined ? {} : { clause }) : { amendment }),
    };
  };
  const { notice, noticeOpens, convenienceNotice, coolingOff } = text;
  const calendars = [terms.calendar, ...(terms.counterpartyCalendar ? [terms.counterpartyCalendar] : [])];
  const exit = text.exitAt ? [t(`values.exitAt.${text.exitAt}`)] : [];
  const sending = [
    ...(terms.approvalDays > 0 ? [t('contractTerms.says.approval', { count: terms.approvalDays })] : []),
    ...(terms.deliveryDays > 0 ? [t('contractTerms.says.delivery', { count: terms.deliveryDays })] : []),
  ];
  return [
    line('term', termLine(text, t, language)),
    ...(text.renewal === 'evergreen' && !text.term ? [] : [line('renewal', renewalLine(text, t, language))]),
    ...(notice
      ? [
          line(
            'notice',
            [
              t(
                text.renewal === 'evergreen' && !text.term
                  ? 'contractTerms.says.noticeOpen'
                  : 'contractTerms.says.notice',
                {
                  period: period(notice),
                  counts: t(`contractTerms.counts.${text.noticeCounts}`),
                },
              ),
              ...(text.noticeToMonthEnd ? [t('contractTerms.says.toMonthEnd')] : []),
              ...(convenienceNotice ? [] : exit),
              ...(noticeOpens ? [t('contractTerms.says.opens', { period: period(noticeOpens) })] : []),
            ].join(', '),
          ),
        ]
      : []),
    ...(convenienceNotice
      ? [
          line(
            'convenience',
            [
              t(text.exitAt ? 'contractTerms.says.leaving' : 'contractTerms.says.convenience', {
                period: period(convenienceNotice),
              }),
              ...exit,
            ].join(', '),
          ),
        ]
      : []),
    ...(coolingOff
      ? [line('coolingOff', t('contractTerms.says.coolingOff', { period: periodWords(coolingOff, t, 'gen') }))]
      : []),
    line(
      'rules',
      t('contractTerms.says.rules', {
        profile: t(`contractTerms.profile.${text.profile}`),
        calendar: calendars.map((name) => calendarWords(name, t)).join(' + '),
      }),
    ),
    ...(sending.length > 0 ? [{ line: 'sending' as const, text: sending.join(', ') }] : []),
  ];
}

import { diffDays } from '../../../shared/dates/plain-date.ts';
import { useToday } from '../../app/clock.ts';
import { useDates } from '../../app/dates.ts';
import { useT } from '../../app/i18n.ts';
import type { FactEntry } from './parts.tsx';

export interface Rhythm {
  readonly lastMeeting?: string | undefined;
  readonly nextMeeting?: string | undefined;
  readonly openPromises: number;
  readonly cadenceDays?: number | undefined;
}

/** Days a contact is late against its own rhythm; null without a rhythm or when a meeting is ahead. */
export function daysLate(rhythm: Rhythm, today: string): number | null {
  if (!rhythm.cadenceDays || !rhythm.lastMeeting || rhythm.nextMeeting) return null;
  const late = diffDays(rhythm.lastMeeting.slice(0, 10), today) - rhythm.cadenceDays;
  return late > 0 ? late : null;
}

/** When last, when next, what is open, and whether the rhythm is kept. */
export function useRhythmFacts(row: Rhythm | undefined): readonly FactEntry[] {
  const t = useT();
  const dates = useDates();
  const today = useToday();
  const late = row ? daysLate(row, today) : null;
  return [
    {
      label: t('profile.lastMeeting'),
      value: row?.lastMeeting ? dates.ago(row.lastMeeting) : t('profile.never'),
      hint: dates.exact(row?.lastMeeting),
      tone: row?.lastMeeting ? (late === null ? 'plain' : 'attention') : 'quiet',
    },
    {
      label: t('profile.nextMeeting'),
      value: row?.nextMeeting ? dates.near(row.nextMeeting) : t('profile.notPlanned'),
      hint: dates.exact(row?.nextMeeting),
      tone: row?.nextMeeting ? 'plain' : 'quiet',
    },
    {
      label: t('profile.open'),
      value: row?.openPromises ? t('profile.openCount', { count: row.openPromises }) : t('profile.nothingOpen'),
      tone: row?.openPromises ? 'plain' : 'quiet',
    },
    {
      label: t('profile.rhythm'),
      value: row?.cadenceDays
        ? late === null
          ? t('profile.every', { count: row.cadenceDays })
          : t('profile.late', { count: late })
        : t('profile.noRhythm'),
      tone: row?.cadenceDays ? (late === null ? 'plain' : 'attention') : 'quiet',
    },
  ];
}

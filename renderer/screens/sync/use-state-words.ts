/** Sync's state in a few words, for the status line and the panel. */
import type { SyncStatus } from '../../../shared/sync/view.ts';
import { wallTime } from '../../../shared/dates/plain-date.ts';
import { localTimeZone } from '../../app/clock.ts';
import { useDates } from '../../app/dates.ts';
import { type Translate, useT } from '../../app/i18n.ts';

/** An instant as people say it near. */
export function useNear(): { readonly near: (instant: number) => string; readonly exact: (instant: number) => string } {
  const dates = useDates();
  return {
    near: (instant) => dates.near(wallTime(localTimeZone(), instant)),
    exact: (instant) => dates.exact(wallTime(localTimeZone(), instant)),
  };
}

/** The word for the status line; '' when there is nothing to say. */
export function lineWords(status: SyncStatus, t: Translate): string {
  const { state, pending, refused, download } = status;
  if (state === 'off') return '';
  if (state === 'revoked') return t('sync.line.revoked');
  if (state === 'problem') return t('sync.line.problem');
  if (refused > 0) return t('sync.line.refused', { count: refused });
  if (download === 'state') return t('sync.line.downloading');
  if (pending > 0 && state !== 'syncing') return t('sync.line.waiting', { count: pending });
  return state === 'paused' ? t('sync.line.paused') : '';
}

export function useLineWords(status: SyncStatus): string {
  return lineWords(status, useT());
}

/** Today and now at this machine, for screens; tests set the clock instead of waiting. */
import { useSyncExternalStore } from 'react';
import { wallTime } from '../../shared/dates/plain-date.ts';
import type { PlainDate, PlainDateTime } from '../../shared/model/records.ts';

export const localTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** 'YYYY-MM-DDTHH:MM' at this machine. */
export const nowLocal = (): PlainDateTime => wallTime(localTimeZone(), Date.now());
export const todayLocal = (): PlainDate => nowLocal().slice(0, 10);

const listeners = new Set<() => void>();
let minute = '';
let timer: ReturnType<typeof setInterval> | undefined;
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  timer ??= setInterval(() => {
    const now = nowLocal();
    if (now === minute) return;
    minute = now;
    for (const each of listeners) each();
  }, 5000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

/** The minute that it is; the component draws again when it has passed. */
export const useNow = (): PlainDateTime => useSyncExternalStore(subscribe, nowLocal);
/** The day that it is; the component draws again at midnight. */
export const useToday = (): PlainDate => useSyncExternalStore(subscribe, todayLocal);

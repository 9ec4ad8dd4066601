/**
 * Reminders as the operating system shows them. There is no schedule: at unlock, at every full hour, after midnight and
 * when the computer wakes, what is due is computed from the vault and what was shown is remembered in it. While the vault is
 * locked nothing can be read and nothing is said.
 */
import type { Deadline } from '../../shared/contracts/deadlines.ts';
import { addDays, isPlainDate } from '../../shared/dates/plain-date.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import type { DeviceSettings } from '../../shared/ipc/contract.ts';
import type { PlainDate } from '../../shared/model/records.ts';
import { type CatchUp, catchUp, type Portfolio } from '../../shared/reminders/catch-up.ts';
import { afterShowing, dueReminders, type Reminder, type Shown } from '../../shared/reminders/due.ts';
import { LONGEST_LADDER } from '../../shared/reminders/ladder.ts';
import type { VaultApi } from '../vault/api.ts';
import { deadlinesInSlices, readPortfolio } from './read-portfolio.ts';
import { manyText, type NotificationText, oneText } from './words.ts';

/** Nothing reminds earlier than its longest possible ladder. */
const HORIZON_DAYS = LONGEST_LADDER + 1;
/** More than so many at once come as one notification. */
const SINGLY = 3;
const META = 'reminders';

export interface Notice extends NotificationText {
  /** Stable, so that a later one takes the earlier one's place. */
  readonly id: string;
  readonly contract?: string;
  readonly promise?: string;
}
export interface ReminderPorts {
  readonly vault: Pick<VaultApi, 'status' | 'fill' | 'getMeta' | 'setMeta'>;
  readonly settings: () => DeviceSettings;
  readonly today: () => PlainDate;
  /** 0–23, by the machine's clock and zone. */
  readonly hour: () => number;
  readonly show: (notices: readonly Notice[]) => Promise<void>;
  readonly remove: (ids: readonly string[]) => void;
}

interface Memory {
  /** The last day on which the person looked at what had reminded. */
  readonly seen?: PlainDate;
  readonly shown: Shown;
}

/** What was remembered, whatever stands there. */
function memoryOf(value: unknown): Memory {
  if (typeof value !== 'object' || value === null) return { shown: {} };
  const { seen, shown } = value as { seen?: unknown; shown?: unknown };
  const entries = typeof shown === 'object' && shown !== null ? Object.entries(shown) : [];
  return {
    ...(isPlainDate(seen) ? { seen } : {}),
    shown: Object.fromEntries(entries.filter((entry): entry is [string, PlainDate] => isPlainDate(entry[1]))),
  };
}

/** Hours like 22–6 go over midnight; equal ones mean the whole day. */
export function withinHours(hour: number, from: number, until: number): boolean {
  const end = until % 24;
  if (from === end) return true;
  return from < end ? from <= hour && hour < end : hour >= from || hour < end;
}

export class Reminders {
  readonly #ports: ReminderPorts;
  /** Notifications that may still be on the screen. */
  readonly #open = new Set<string>();
  #work: Promise<unknown> = Promise.resolve();

  constructor(ports: ReminderPorts) {
    this.#ports = ports;
  }

  /** One after the other, so that two checks never show the same twice. */
  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const done = this.#work.then(step);
    this.#work = done.catch(() => undefined);
    return done;
  }

  async #read(): Promise<{ readonly portfolio: Portfolio; readonly deadlines: Deadline[]; readonly memory: Memory }> {
    const today = this.#ports.today();
    const portfolio = await readPortfolio(this.#ports.vault);
    const { packs } = portfolio;
    const deadlines = await deadlinesInSlices(portfolio, { today, packs, until: addDays(today, HORIZON_DAYS) });
    return { portfolio, deadlines, memory: memoryOf(await this.#ports.vault.getMeta(META)) };
  }

  #remember({ seen, shown }: Memory): Promise<void> {
    return this.#ports.vault.setMeta(META, { ...(seen === undefined ? {} : { seen }), shown });
  }

  /** Shows what is due and was not shown, unless the hour or the settings forbid it. Resolves to how many were due. */
  check(): Promise<number> {
    return this.#inTurn(async () => {
      const { settings, vault, hour, today } = this.#ports;
      if ((await vault.status()).state !== 'open') return 0;
      const { notifications, notifyFrom, notifyUntil } = settings();
      const day = today();
      const { deadlines, memory } = await this.#read();
      this.#removeSettled(deadlines);
      if (memory.seen === undefined) await this.#remember({ ...memory, seen: day });
      if (!notifications || !withinHours(hour(), notifyFrom, notifyUntil)) return 0;
      const due = dueReminders(deadlines, memory.shown, day);
      if (due.length === 0) return 0;
      await this.#show(due);
      await this.#remember({
        seen: memory.seen ?? day,
        shown: afterShowing(memory.shown, due, deadlines, day),
      });
      return due.length;
    });
  }

  /** After a change: takes what has been decided off the screen. Shows nothing new, since the person is at work here. */
  settle(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#open.size === 0 || (await this.#ports.vault.status()).state !== 'open') return;
      this.#removeSettled((await this.#read()).deadlines);
    });
  }

  async #show(due: readonly Reminder[]): Promise<void> {
    const { notificationNames, language } = this.#ports.settings();
    const { t } = createTranslator(language);
    const notices =
      due.length > SINGLY
        ? [{ id: 'reminders', ...manyText(due, notificationNames, t) }]
        : due.map((reminder): Notice => {
            const { id, contract, promise } = reminder.deadline;
            return {
              id,
              ...oneText(reminder, notificationNames, language, t),
              ...(contract === undefined ? {} : { contract }),
              ...(promise === undefined ? {} : { promise }),
            };
          });
    await this.#ports.show(notices);
    for (const { id } of notices) this.#open.add(id);
  }

  /** A decision, a kept promise or a snooze takes its notification off the screen. */
  #removeSettled(deadlines: readonly Deadline[]): void {
    const waiting = new Set(
      deadlines.filter(({ state, snooze }) => state !== 'decided' && !snooze).map(({ id }) => id),
    );
    const gone = [...this.#open].filter((id) => id !== 'reminders' && !waiting.has(id));
    for (const id of gone) this.#open.delete(id);
    if (gone.length > 0) this.#ports.remove(gone);
  }

  /** Takes every notification off the screen: at locking, nothing may be left to read. */
  clear(): void {
    const all = [...this.#open];
    this.#open.clear();
    if (all.length > 0) this.#ports.remove(all);
  }

  /** What has reminded since the person last looked, today included; whether as a notification or not. */
  due(): Promise<readonly Reminder[]> {
    return this.#inTurn(async () => {
      const today = this.#ports.today();
      const { deadlines, memory } = await this.#read();
      const since = memory.seen === undefined || memory.seen > today ? today : memory.seen;
      return dueReminders(deadlines, {}, today).filter(({ on }) => on === today || on > since);
    });
  }

  /** What would have been shown since the person last looked. */
  catchUp(): Promise<CatchUp | null> {
    return this.#inTurn(async () => {
      const today = this.#ports.today();
      const { portfolio, deadlines, memory } = await this.#read();
      const { seen } = memory;
      // Never looked, or a clock that once stood in the future: there is nothing to compare with.
      if (seen === undefined || seen > today) {
        await this.#remember({ ...memory, seen: today });
        return null;
      }
      const report = catchUp(portfolio, deadlines, seen, today);
      if (report === null && seen !== today) await this.#remember({ ...memory, seen: today });
      return report;
    });
  }

  seen(): Promise<void> {
    return this.#inTurn(async () => {
      const memory = memoryOf(await this.#ports.vault.getMeta(META));
      await this.#remember({ ...memory, seen: this.#ports.today() });
    });
  }
}

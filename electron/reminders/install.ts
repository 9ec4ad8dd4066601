/** Connects the reminders with the desktop: notifications, the clock, waking up. */
import { Notification, powerMonitor } from 'electron';
import type { AppContext } from '../app/context.ts';
import { log } from '../app/log.ts';
import { type Notice, Reminders } from './reminders.ts';

const TICK_MILLISECONDS = 60_000;
/** After a change, so that a decision takes its notification away; a burst of changes asks once. */
const SETTLE_MILLISECONDS = 1500;

/** Kept as long as they are on the screen: a notification that is garbage-collected loses its click. */
const onScreen = new Map<string, Notification>();

function showNotices(notices: readonly Notice[], open: (notice: Notice) => void): void {
  if (!Notification.isSupported()) return;
  for (const notice of notices) {
    onScreen.get(notice.id)?.close();
    const notification = new Notification({ id: notice.id, title: notice.title, body: notice.body });
    onScreen.set(notice.id, notification);
    notification.on('click', () => open(notice));
    notification.on('failed', () => log.warn('The system did not show a notification'));
    notification.show();
  }
}

function removeNotices(ids: readonly string[]): void {
  for (const id of ids) {
    onScreen.get(id)?.close();
    onScreen.delete(id);
  }
}

/**
 * Starts checking. `check` is to be called when the vault was opened, `changed` when records changed; the returned
 * reminders answer the screens.
 */
export function installReminders(context: Pick<AppContext, 'vault' | 'settings' | 'today' | 'broadcast' | 'window'>): {
  readonly reminders: Reminders;
  readonly check: () => void;
  readonly changed: () => void;
} {
  const reminders = new Reminders({
    vault: context.vault,
    settings: () => context.settings.get(),
    today: context.today,
    hour: () => new Date().getHours(),
    show: async (notices) =>
      showNotices(notices, ({ contract, promise }) => {
        const window = context.window();
        if (window?.isMinimized()) window.restore();
        window?.show();
        window?.focus();
        context.broadcast('reminders:open', {
          ...(contract === undefined ? {} : { contract }),
          ...(promise === undefined ? {} : { promise }),
        });
      }),
    remove: removeNotices,
  });
  const check = (): void => {
    reminders.check().catch((error: unknown) => log.warn('Reminders could not be computed', error));
  };
  let hour = new Date().getHours();
  setInterval(() => {
    const now = new Date().getHours();
    if (now === hour) return;
    hour = now;
    check();
  }, TICK_MILLISECONDS).unref();
  powerMonitor.on('resume', check);
  powerMonitor.on('unlock-screen', check);
  let settling: NodeJS.Timeout | undefined;
  return {
    reminders,
    check,
    changed: () => {
      clearTimeout(settling);
      settling = setTimeout(() => void reminders.settle().catch(() => undefined), SETTLE_MILLISECONDS);
      settling.unref();
    },
  };
}

/** What the handlers share: made once in main.ts, passed explicitly. */
import type { BrowserWindow } from 'electron';
import type { EventMap, EventName } from '../../shared/ipc/contract.ts';
import type { SyncService } from '../sync/service.ts';
import type { VaultApi } from '../vault/api.ts';
import type { Previews } from './protocol.ts';
import type { OpenedFiles } from './opened-files.ts';
import type { SavedFiles } from './saved-files.ts';
import type { SettingsStore } from './settings-store.ts';

export interface AppContext {
  readonly vault: VaultApi;
  readonly settings: SettingsStore;
  readonly sync: SyncService;
  readonly previews: Previews;
  readonly savedFiles: SavedFiles;
  readonly openedFiles: OpenedFiles;
  readonly keychain: boolean;
  readonly parseWorker: URL;
  /** The window that dialogs belong to; undefined when it is gone. */
  readonly window: () => BrowserWindow | undefined;
  /** Sends an event to every open page. */
  readonly broadcast: <E extends EventName>(event: E, payload: EventMap[E]) => void;
  /** Today by the machine's clock and zone, `YYYY-MM-DD`. */
  readonly today: () => string;
  /** Called when language, theme or auto-lock changed. */
  readonly settingsChanged: () => void;
}

/** The author of changes: the name in the settings, or the neutral one until a person has said who they are. */
export const actorOf = (context: Pick<AppContext, 'settings'>): string => context.settings.get().userName || 'me';

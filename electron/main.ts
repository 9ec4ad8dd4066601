/** Start of the main process: one instance, locked-down contents, the vault in its worker, one window. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, type BrowserWindow, nativeTheme, net, powerMonitor, session as sessions } from 'electron';
import { createTranslator } from '../shared/i18n/translator.ts';
import type { EventMap } from '../shared/ipc/contract.ts';
import { AutoLock } from './app/auto-lock.ts';
import { actorOf, type AppContext } from './app/context.ts';
import { findKeychain } from './app/keychain.ts';
import { log, openLog } from './app/log.ts';
import { installMenu } from './app/menu.ts';
import { Previews, registerScheme, serveScreens } from './app/protocol.ts';
import { OpenedFiles } from './app/opened-files.ts';
import { SavedFiles } from './app/saved-files.ts';
import { lockDownContents, lockDownSession } from './app/security.ts';
import { openSettings } from './app/settings-store.ts';
import { bundlePaths, createMainWindow } from './app/window.ts';
import { closePrinter, warmPrinter } from './export/pdf/print-summary.ts';
import { allHandlers } from './ipc/handlers/index.ts';
import { admit } from './ipc/handlers/vault.ts';
import { askToFlush, registerHandlers, sendEvent } from './ipc/router.ts';
import { installReminders } from './reminders/install.ts';
import { createHttpTransport } from './sync/http-transport.ts';
import { SyncService } from './sync/service.ts';
import { syncStore } from './sync/store.ts';
import { connectVault } from './vault/client.ts';

/** In memory: no plaintext of the live view ever reaches the disk. */
const PARTITION = 'rapport';

// A folder of its own for tests, portable use and several people on one machine.
const profile = app.commandLine.getSwitchValue('profile') || process.env['RAPPORT_PROFILE'];
if (profile) app.setPath('userData', profile);

registerScheme();
lockDownContents();
app.enableSandbox();

if (app.requestSingleInstanceLock()) {
  void app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      log.error('The application could not start', error);
      app.exit(1);
    });
} else {
  app.quit();
}

async function start(): Promise<void> {
  const folder = app.getPath('userData');
  openLog(join(folder, 'logs'));
  const paths = bundlePaths(import.meta.dirname);
  const settings = openSettings(folder, app.getPreferredSystemLanguages());
  const keychain = await findKeychain();
  const vault = connectVault({
    dir: join(folder, 'vault'),
    worker: pathToFileURL(paths.vaultWorker),
    ...(keychain ? { keychain } : {}),
  });
  const session = sessions.fromPartition(PARTITION);
  const previews = new Previews();
  const openedFiles = new OpenedFiles();
  lockDownSession(session);
  serveScreens(session, paths.renderer, previews);

  let window: BrowserWindow | undefined;
  const sync = new SyncService({
    vault,
    store: syncStore(vault),
    transport: createHttpTransport({ fetch: (url, init) => net.fetch(url, init) }),
    actor: () => actorOf({ settings }),
    now: Date.now,
    random: Math.random,
    after: (millis, work) => {
      const timer = setTimeout(work, millis);
      return () => clearTimeout(timer);
    },
    online: () => net.isOnline(),
    publish: (status) => context.broadcast('sync:status', status),
    lock,
    destroy: async () => {
      closePrinter();
      previews.clear();
      openedFiles.clear();
      await vault.destroy();
      context.broadcast('vault:state', { state: 'problem', error: { code: 'sync.wiped' } });
    },
    warn: (what, error) => log.warn(what, error),
  });
  const context: AppContext = {
    vault,
    sync,
    settings,
    previews,
    savedFiles: new SavedFiles(),
    openedFiles,
    keychain: keychain !== undefined,
    parseWorker: pathToFileURL(paths.parseWorker),
    window: () => window,
    broadcast: (event, payload) => {
      if (event === 'vault:state') {
        if ((payload as EventMap['vault:state']).state === 'open') {
          warmPrinterSoon();
          reminding.check();
        } else reminding.reminders.clear();
      }
      if (window) sendEvent(window.webContents, event, payload);
    },
    today: localToday,
    settingsChanged: applySettings,
  };

  const reminding = installReminders(context);

  /** After the first screens: the first document is then as quick as the next ones. */
  function warmPrinterSoon(): void {
    setTimeout(() => {
      if (window) warmPrinter();
    }, 3000).unref();
  }

  const autoLock = new AutoLock(() => powerMonitor.getSystemIdleTime(), lock);
  function applySettings(): void {
    const { theme, language, autoLockMinutes } = settings.get();
    nativeTheme.themeSource = theme;
    installMenu(createTranslator(language).t, (command) => context.broadcast('app:menu', { command }));
    autoLock.setMinutes(autoLockMinutes);
  }
  /** Everything typed is committed first; then the key is forgotten. */
  async function lock(): Promise<void> {
    if ((await vault.status()).state !== 'open') return;
    if (window) await askToFlush(window.webContents, 3000);
    closePrinter();
    await sync.closed();
    const { keySources: _, ...state } = await vault.lock();
    previews.clear();
    openedFiles.clear();
    context.broadcast('vault:state', state);
  }

  registerHandlers(allHandlers(context, reminding.reminders));
  applySettings();
  vault.onUpdate((update) => {
    context.broadcast('live:update', update);
    // Without records nothing was written: time has passed.
    if (update.records.length === 0) return;
    reminding.changed();
    sync.committed();
  });
  vault.onCrash(() => context.broadcast('vault:state', { state: 'problem', error: { code: 'vault.workerCrashed' } }));
  vault.onProblem(({ keySources: _, ...state }) => context.broadcast('vault:state', state));
  powerMonitor.on('suspend', () => void lock());
  powerMonitor.on('lock-screen', () => void lock());
  powerMonitor.on('resume', () => sync.woke());
  powerMonitor.on('unlock-screen', () => sync.woke());

  // With a keychain the vault opens by itself; otherwise the page asks for the passphrase.
  if (keychain && (await vault.status()).state === 'locked') {
    await vault
      .open()
      .then(() => admit(context))
      .then(() => reminding.check())
      .catch((error: unknown) => log.warn('The vault did not open by itself', error));
  }

  const open = (): void => {
    window = createMainWindow({ session, preload: paths.preload, title: app.getName() });
    window.on('closed', () => {
      // The hidden printing window must not keep the application alive.
      closePrinter();
      window = undefined;
    });
  };
  open();

  let online = net.isOnline();
  setInterval(() => {
    if (net.isOnline() === online) return;
    online = net.isOnline();
    context.broadcast('app:online-changed', online);
    sync.woke();
  }, 2000).unref();

  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('activate', () => {
    if (!window) open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    closed = true;
    openedFiles.clear();
    void sync
      .closed()
      .then(() => vault.close())
      .finally(() => app.quit());
  });
}

/** The calendar day by the machine's zone. */
function localToday(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
}

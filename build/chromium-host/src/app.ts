/** `app`: the life of the process. */
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type Electron from 'electron';
import { BrowserWindow, windowHooks } from './browser-window.ts';
import { createPreventable } from './events.ts';
import { guard, notImplemented } from './guard.ts';
import { host } from './host.ts';
import { paths } from './paths.ts';
import { Session, sessionSettings } from './session.ts';
import { releaseInstanceLock, takeInstanceLock } from './single-instance.ts';
import { contentsCreated, WebContents } from './web-contents.ts';

let ready = false;
let quitting = false;
let exiting = false;
let settleReady: () => void = () => undefined;
const readyPromise = new Promise<void>((resolve) => {
  settleReady = resolve;
});

const commandLine = guard('commandLine', {
  appendSwitch(name: string, value = ''): void {
    host.commandLine.switches.set(name.toLowerCase().replace(/^--/, ''), String(value));
  },
  appendArgument(value: string): void {
    host.commandLine.switches.set(value.replace(/^--/, ''), '');
  },
  hasSwitch: (name: string): boolean => host.commandLine.switches.has(name),
  getSwitchValue: (name: string): string => host.commandLine.switches.get(name) ?? '',
  removeSwitch(name: string): void {
    host.commandLine.switches.delete(name);
  },
});

/** The languages of the environment, most wanted first (`LANGUAGE`, then `LC_ALL`, `LC_MESSAGES`, `LANG`). */
function languages(): string[] {
  const { LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = process.env;
  const names = [...(LANGUAGE ?? '').split(':'), LC_ALL ?? LC_MESSAGES ?? LANG ?? '']
    .map((name) => name.split(/[.@]/)[0]?.replace('_', '-') ?? '')
    .filter((name) => name !== '' && name !== 'C' && name !== 'POSIX');
  return names.length === 0 ? ['en-US'] : [...new Set(names)];
}

class App extends EventEmitter {
  readonly commandLine = commandLine;
  applicationMenu: unknown = null;
  badgeCount = 0;
  userAgentFallback = '';
  allowRendererProcessReuse = true;
  accessibilitySupportEnabled = false;
  #version = process.versions['electron'] ?? '';

  get name(): string {
    return paths.appName;
  }
  set name(name: string) {
    paths.appName = name;
  }
  get isPackaged(): boolean {
    return host.packed;
  }
  isReady(): boolean {
    return ready;
  }
  whenReady(): Promise<void> {
    return readyPromise;
  }
  getName(): string {
    return paths.appName;
  }
  setName(name: string): void {
    paths.appName = name;
  }
  getVersion(): string {
    return this.#version;
  }
  /** Not part of Electron's interface: from package.json. */
  setVersion(version: string): void {
    this.#version = version;
  }
  getAppPath(): string {
    return paths.appPath;
  }
  setAppPath(path: string): void {
    paths.appPath = path;
  }
  getPath(name: string): string {
    return paths.get(name);
  }
  setPath(name: string, path: string): void {
    paths.set(name, path);
  }
  setAppLogsPath(path?: string): void {
    paths.set('logs', path ?? join(paths.get('userData'), 'logs'));
  }
  getLocale(): string {
    return host.commandLine.switches.get('lang') || (languages()[0] ?? 'en-US');
  }
  getSystemLocale(): string {
    return languages()[0] ?? 'en-US';
  }
  getLocaleCountryCode(): string {
    return this.getSystemLocale().split('-')[1] ?? '';
  }
  getPreferredSystemLanguages(): string[] {
    return languages();
  }
  getAppMetrics(): object[] {
    return [];
  }
  getGPUFeatureStatus(): object {
    return {};
  }
  async getFileIcon(): Promise<never> {
    return notImplemented('app.getFileIcon');
  }
  setAppUserModelId(): void {}
  setDesktopName(): void {}
  setAboutPanelOptions(): void {}
  setAsDefaultProtocolClient(): boolean {
    return false;
  }
  removeAsDefaultProtocolClient(): boolean {
    return false;
  }
  isDefaultProtocolClient(): boolean {
    return false;
  }
  setLoginItemSettings(): void {}
  getLoginItemSettings(): object {
    return { openAtLogin: false };
  }
  addRecentDocument(): void {}
  clearRecentDocuments(): void {}
  setBadgeCount(): boolean {
    return false;
  }
  getBadgeCount(): number {
    return 0;
  }
  isAccessibilitySupportEnabled(): boolean {
    return false;
  }
  setAccessibilitySupportEnabled(): void {}
  /** Chromium's pages are sandboxed in any case. */
  enableSandbox(): void {}
  disableHardwareAcceleration(): void {
    commandLine.appendSwitch('disable-gpu');
  }
  isHardwareAccelerationEnabled(): boolean {
    return !host.commandLine.switches.has('disable-gpu') && !host.headless;
  }
  disableDomainBlockingFor3DAPIs(): void {}
  isEmojiPanelSupported(): boolean {
    return false;
  }
  focus(): void {
    BrowserWindow.getAllWindows()[0]?.focus();
  }

  requestSingleInstanceLock(data: unknown = {}): boolean {
    return takeInstanceLock(paths.get('userData'), data, (argv, folder, sent) => {
      this.emit('second-instance', createPreventable(), argv, folder, sent);
    });
  }
  hasSingleInstanceLock(): boolean {
    return takeInstanceLock.held;
  }
  releaseSingleInstanceLock(): void {
    releaseInstanceLock();
  }

  /** Asks every window to close, then ends. Any of them, and the app, may refuse. */
  quit(): void {
    if (exiting || quitting) return;
    const event = createPreventable();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    quitting = true;
    const open = BrowserWindow.getAllWindows();
    let refused = false;
    for (const window of open) {
      let closeEvent: { defaultPrevented: boolean } | undefined;
      window.once('close', (given: { defaultPrevented: boolean }) => {
        closeEvent = given;
      });
      window.close();
      if (closeEvent?.defaultPrevented) refused = true;
    }
    if (refused) quitting = false;
    else if (BrowserWindow.getAllWindows().length === 0) setImmediate(() => this.#finish());
  }

  #finish(): void {
    if (exiting) return;
    quitting = false;
    const event = createPreventable();
    this.emit('will-quit', event);
    if (!event.defaultPrevented) this.#end(Number(process.exitCode ?? 0));
  }

  /** All windows at once, without asking; no `before-quit`, no `will-quit`. */
  exit(code = 0): void {
    if (!exiting) this.#end(code);
  }

  #end(code: number): void {
    exiting = true;
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
    this.emit('quit', createPreventable(), code);
    releaseInstanceLock();
    void host.stop().finally(() => process.exit(code));
  }

  relaunch(): void {
    notImplemented('app.relaunch');
  }

  /** Called by the window module: a page stays, so the app does. */
  cancelQuit(): void {
    quitting = false;
  }

  /** Called by the window module: the last window is gone. */
  lastWindowClosed(): void {
    if (exiting) return;
    if (quitting) setImmediate(() => this.#finish());
    else if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }
}

export const app = guard(
  'app',
  new App(),
  process.platform === 'darwin' ? [] : ['dock', 'runningUnderARM64Translation'],
);

windowHooks.isReady = () => ready;
windowHooks.allClosed = () => app.lastWindowClosed();
windowHooks.closeRefused = () => app.cancelQuit();
windowHooks.created = (window) => app.emit('browser-window-created', createPreventable(), window);
windowHooks.focusChanged = (window, focused) =>
  app.emit(focused ? 'browser-window-focus' : 'browser-window-blur', createPreventable(), window);
contentsCreated.push((contents) => {
  app.emit('web-contents-created', createPreventable(), contents);
  contents.on('render-process-gone', (event: Electron.Event, details: object) =>
    app.emit('render-process-gone', event, contents, details),
  );
});
sessionSettings.created = (session) => {
  if (ready) app.emit('session-created', session);
};
sessionSettings.profile = () => join(paths.get('sessionData'), 'chromium-host');
sessionSettings.pages = (session: Session) =>
  WebContents.getAllWebContents().flatMap((contents) =>
    contents.session === session && contents.live ? [contents.live] : [],
  );

/** The app has decided to end; nothing new may be started. */
export const isEnding = (): boolean => exiting;

/** The app's code is loaded and Chromium runs: windows may be made. Goes through `app.emit`, which test drivers replace. */
export function becomeReady(): void {
  ready = true;
  app.userAgentFallback = host.userAgent;
  app.emit('will-finish-launching');
  app.emit('ready', createPreventable(), {});
  settleReady();
}

/** A page that opened by itself: the opener's app decides whether it becomes a window. */
host.handlers = {
  onUninvited(info, session) {
    const opener = info.openerId ? WebContents.fromDevToolsTargetId(info.openerId) : undefined;
    if (!opener) {
      // A page of a test driver; it is none of the app's business.
      session.post('Runtime.runIfWaitingForDebugger');
      return;
    }
    opener.adopt(info, session);
  },
};

/** Signals end the app as closing it would; a second one ends it at once. */
export function installSignals(): void {
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (asked || !ready) app.exit(signal === 'SIGINT' ? 130 : 143);
      asked = true;
      app.quit();
    });
  }
  process.on('exit', () => {
    releaseInstanceLock();
    host.cleanUp();
  });
}

/** The main window: sandboxed, isolated, in a session that never touches the disk. */
import { join } from 'node:path';
import { BrowserWindow, nativeTheme, type Session } from 'electron';
import { askToFlush } from '../ipc/router.ts';
import { START_URL } from './origin.ts';

/** Longest wait for a page to commit what was typed before its window goes away. */
const FLUSH_MILLISECONDS = 3000;

export interface MainWindowOptions {
  readonly session: Session;
  readonly preload: string;
  readonly title: string;
}

/** Background of the first frame, equal to the design tokens, so that nothing flashes. */
const background = (): string => (nativeTheme.shouldUseDarkColors ? '#1c1b19' : '#faf9f7');

/** Creates and loads the window. Closing it first lets the page commit everything typed. */
export function createMainWindow(options: MainWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    name: 'main',
    windowStatePersistence: true,
    width: 1280,
    height: 800,
    minWidth: 760,
    minHeight: 520,
    show: false,
    title: options.title,
    backgroundColor: background(),
    webPreferences: {
      preload: options.preload,
      session: options.session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  let flushed = false;
  window.on('close', (event) => {
    if (flushed || window.webContents.isDestroyed()) return;
    event.preventDefault();
    void askToFlush(window.webContents, FLUSH_MILLISECONDS).then(() => {
      flushed = true;
      window.close();
    });
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(START_URL);
  return window;
}

/** Where the bundles lie: beside each other in out/, in a packed app inside the archive. */
export const bundlePaths = (mainFolder: string) => ({
  preload: join(mainFolder, '../preload/preload.cjs'),
  renderer: join(mainFolder, '../renderer'),
  vaultWorker: join(mainFolder, 'vault-worker.js'),
  parseWorker: join(mainFolder, 'parse-worker.js'),
});

/** What `require('electron')` and `import … from 'electron'` give the main process. */

import Module, { registerHooks } from 'node:module';
import type Electron from 'electron';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { dialog } from './dialog.ts';
import { guard, notImplemented } from './guard.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu, MenuItem } from './menu.ts';
import { NativeImage } from './native-image.ts';
import { ProtocolHandlers, Session } from './session.ts';
import { screen } from './screen.ts';
import { clipboard, shell } from './shell.ts';
import {
  crashReporter,
  globalShortcut,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  systemPreferences,
} from './system.ts';
import { UtilityProcess } from './utility-process.ts';
import { WebContents } from './web-contents.ts';
import { WebFrameMain } from './web-frame-main.ts';

/** Classes of Electron that cannot be shown here; making one fails by name. */
function absentClass(name: string): unknown {
  const stub = class {
    constructor() {
      notImplemented(`new ${name}`);
    }
  };
  Object.defineProperty(stub, 'name', { value: name });
  return stub;
}

/** `protocol` of the module is that of the default session, and knows the schemes. */
const protocol = guard('protocol', {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) =>
    new ProtocolHandlers().registerSchemesAsPrivileged(schemes),
  handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) =>
    Session.defaultSession.protocol.handle(scheme, handler),
  unhandle: (scheme: string) => Session.defaultSession.protocol.unhandle(scheme),
  isProtocolHandled: (scheme: string) => Session.defaultSession.protocol.isProtocolHandled(scheme),
});

const members: Record<string, unknown> = {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage: NativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session: Session,
  shell,
  systemPreferences,
  utilityProcess: UtilityProcess,
  webContents: WebContents,
  webFrameMain: WebFrameMain,
};
for (const name of [
  'BaseWindow',
  'BrowserView',
  'ImageView',
  'MessageChannelMain',
  'ShareMenu',
  'TouchBar',
  'Tray',
  'View',
  'WebContentsView',
]) {
  members[name] = absentClass(name);
}
for (const name of [
  'autoUpdater',
  'contentTracing',
  'desktopCapturer',
  'inAppPurchase',
  'netLog',
  'pushNotifications',
]) {
  members[name] = guard(name, {});
}

/** Writable members, as in Electron: test drivers replace functions such as `dialog.showOpenDialog`. */
export const electron = guard('electron', members, ['contextBridge', 'ipcRenderer', 'webFrame', 'webUtils']);

const NAMES = new Set(['electron', 'electron/main', 'electron/common']);
const VIRTUAL = 'electron-host:main';

/** Makes the name `electron` mean this module, for `require` and for `import`, whatever is installed. */
export function installElectronModule(): void {
  const key = Symbol.for('electron-host');
  Object.defineProperty(globalThis, key, { value: electron });
  const names = Object.keys(members);
  const source = [
    `const electron = globalThis[Symbol.for('electron-host')];`,
    'export default electron;',
    ...names.map((name) => `export const ${name} = electron.${name};`),
  ].join('\n');
  const loader = Module as unknown as { _load(request: string, ...rest: unknown[]): unknown };
  const load = loader._load;
  loader._load = function (request, ...rest) {
    return NAMES.has(request) ? electron : load.call(this, request, ...rest);
  };
  registerHooks({
    resolve: (specifier, context, next) =>
      NAMES.has(specifier) && !context.conditions.includes('require')
        ? { url: VIRTUAL, format: 'module', shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) =>
      url === VIRTUAL ? { format: 'module', source, shortCircuit: true } : next(url, context),
  });
}

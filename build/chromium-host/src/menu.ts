/** `Menu` and `MenuItem`: the model and the keys. Nothing is drawn: the app's own screens lead everywhere. */
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { type Accelerator, parseAccelerator } from './accelerators.ts';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { createPreventable } from './events.ts';
import { guardClass } from './guard.ts';
import { acceleratorPressed } from './page-target.ts';
import { contentsCreated, WebContents } from './web-contents.ts';

type Template = Electron.MenuItemConstructorOptions;
type Action = (contents: WebContents, window: BrowserWindow | null) => void;

interface Role {
  label: string;
  accelerator?: string;
  /** Chromium itself obeys the keys of editing roles. */
  native?: boolean;
  run?: Action;
}

const zoomBy =
  (step: number): Action =>
  (contents) =>
    contents.setZoomLevel(contents.getZoomLevel() + step);

const ROLES: Record<string, Role> = {
  undo: { label: 'Undo', accelerator: 'CommandOrControl+Z', native: true, run: (contents) => contents.undo() },
  redo: { label: 'Redo', accelerator: 'Shift+CommandOrControl+Z', native: true, run: (contents) => contents.redo() },
  cut: { label: 'Cut', accelerator: 'CommandOrControl+X', native: true, run: (contents) => contents.cut() },
  copy: { label: 'Copy', accelerator: 'CommandOrControl+C', native: true, run: (contents) => contents.copy() },
  paste: { label: 'Paste', accelerator: 'CommandOrControl+V', native: true, run: (contents) => contents.paste() },
  pasteandmatchstyle: { label: 'Paste and Match Style', native: true, run: (contents) => contents.paste() },
  delete: { label: 'Delete', native: true, run: (contents) => contents.delete() },
  selectall: {
    label: 'Select All',
    accelerator: 'CommandOrControl+A',
    native: true,
    run: (contents) => contents.selectAll(),
  },
  reload: { label: 'Reload', accelerator: 'CommandOrControl+R', run: (contents) => contents.reload() },
  forcereload: {
    label: 'Force Reload',
    accelerator: 'Shift+CommandOrControl+R',
    run: (contents) => contents.reloadIgnoringCache(),
  },
  toggledevtools: {
    label: 'Toggle Developer Tools',
    accelerator: 'Ctrl+Shift+I',
    run: (contents) => contents.toggleDevTools(),
  },
  resetzoom: { label: 'Actual Size', accelerator: 'CommandOrControl+0', run: (contents) => contents.setZoomLevel(0) },
  zoomin: { label: 'Zoom In', accelerator: 'CommandOrControl+Plus', run: zoomBy(0.5) },
  zoomout: { label: 'Zoom Out', accelerator: 'CommandOrControl+-', run: zoomBy(-0.5) },
  togglefullscreen: {
    label: 'Toggle Full Screen',
    accelerator: 'F11',
    run: (_contents, window) => window?.setFullScreen(!window.isFullScreen()),
  },
  minimize: { label: 'Minimize', accelerator: 'CommandOrControl+M', run: (_contents, window) => window?.minimize() },
  close: { label: 'Close Window', accelerator: 'CommandOrControl+W', run: (_contents, window) => window?.close() },
  quit: {
    label: 'Quit',
    accelerator: process.platform === 'win32' ? 'Alt+F4' : 'CommandOrControl+Q',
    run: () => app.quit(),
  },
  about: { label: 'About' },
  help: { label: 'Help' },
  window: { label: 'Window' },
  services: { label: 'Services' },
  hide: { label: 'Hide' },
  hideothers: { label: 'Hide Others' },
  unhide: { label: 'Show All' },
  front: { label: 'Bring All to Front' },
  zoom: { label: 'Zoom' },
  editmenu: { label: 'Edit' },
  viewmenu: { label: 'View' },
  filemenu: { label: 'File' },
  windowmenu: { label: 'Window' },
  appmenu: { label: 'Application' },
};

const SUBMENUS: Record<string, Template[]> = {
  editmenu: [
    { role: 'undo' },
    { role: 'redo' },
    { type: 'separator' },
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'delete' },
    { role: 'selectAll' },
  ],
  viewmenu: [
    { role: 'reload' },
    { role: 'forceReload' },
    { role: 'toggleDevTools' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
  ],
  filemenu: [{ role: process.platform === 'darwin' ? 'close' : 'quit' }],
  windowmenu: [{ role: 'minimize' }, { role: 'close' }],
  appmenu: [{ role: 'about' }, { role: 'quit' }],
};

let lastCommand = 0;

export class MenuItem {
  readonly commandId: number;
  readonly id: string;
  label: string;
  readonly sublabel: string;
  readonly toolTip: string;
  readonly type: string;
  readonly role: string | undefined;
  readonly accelerator: string | undefined;
  readonly submenu: Menu | undefined;
  readonly registerAccelerator: boolean;
  readonly icon: unknown;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  menu: Menu | undefined;
  readonly click: (event?: object, window?: unknown, contents?: unknown) => void;
  readonly userAccelerator = null;

  constructor(options: Template) {
    lastCommand += 1;
    this.commandId = lastCommand;
    const roleName = options.role?.toLowerCase();
    const role = roleName === undefined ? undefined : ROLES[roleName];
    const template = options.submenu ?? (roleName === undefined ? undefined : SUBMENUS[roleName]);
    this.submenu = Array.isArray(template) ? Menu.buildFromTemplate(template) : (template as Menu | undefined);
    this.type = options.type ?? (this.submenu ? 'submenu' : 'normal');
    this.id = options.id ?? '';
    this.role = roleName;
    this.label = options.label ?? role?.label ?? '';
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.icon = options.icon;
    this.accelerator = (options.accelerator as string | undefined) ?? role?.accelerator;
    this.registerAccelerator = options.registerAccelerator ?? !(role?.native ?? false);
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    const own = options.click as ((item: MenuItem, window: unknown, event: object) => void) | undefined;
    this.click = (event = {}, window = BrowserWindow.getFocusedWindow() ?? undefined, contents = undefined) => {
      if (!this.enabled) return;
      if (this.type === 'checkbox') this.checked = !this.checked;
      if (this.type === 'radio') this.checked = true;
      const owner = window as BrowserWindow | undefined;
      const page = (contents as WebContents | undefined) ?? owner?.webContents;
      if (role?.run && page) role.run(page, owner ?? null);
      else if (roleName === 'quit') app.quit();
      else if (own) own(this, window, event);
    };
  }
}
guardClass(MenuItem);

let applicationMenu: Menu | null = null;

export class Menu extends EventEmitter {
  items: MenuItem[] = [];

  append(item: MenuItem): void {
    this.insert(this.items.length, item);
  }
  insert(position: number, item: MenuItem): void {
    item.menu = this;
    this.items.splice(position, 0, item);
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
  /** Nothing is drawn; the menu is closed as if the person had looked away. */
  popup(options: { callback?: () => void } = {}): void {
    this.emit('menu-will-show', createPreventable());
    setImmediate(() => {
      this.emit('menu-will-close', createPreventable());
      options.callback?.();
    });
  }
  closePopup(): void {}

  static buildFromTemplate(template: (Template | MenuItem)[]): Menu {
    if (!Array.isArray(template)) throw new TypeError('Invalid template for Menu: Menu template must be an array');
    const menu = new Menu();
    for (const item of template) {
      if (!(item instanceof MenuItem) && !item.label && !item.role && item.type !== 'separator') {
        throw new TypeError('Invalid submenu: Items must have either a label, role or type');
      }
      menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    }
    return menu;
  }
  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
    app.applicationMenu = menu;
    for (const contents of WebContents.getAllWebContents()) contents.setAccelerators(accelerators());
  }
  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }
  static sendActionToFirstResponder(): void {}
}
guardClass(Menu);

function allItems(menu: Menu | null): MenuItem[] {
  return (menu?.items ?? []).flatMap((item) => [item, ...allItems(item.submenu ?? null)]);
}

function accelerators(): (Accelerator & { id: number })[] {
  return allItems(applicationMenu).flatMap((item) =>
    item.accelerator && item.registerAccelerator ? [{ ...parseAccelerator(item.accelerator), id: item.commandId }] : [],
  );
}

contentsCreated.push((contents) => contents.setAccelerators(accelerators()));
acceleratorPressed.handler = (id, contents) => {
  const item = allItems(applicationMenu).find((candidate) => candidate.commandId === id);
  const window = BrowserWindow.fromWebContents(contents as WebContents) ?? undefined;
  item?.click({ triggeredByAccelerator: true }, window, contents);
};

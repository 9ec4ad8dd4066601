/** `BrowserWindow`: a Chromium window with one page. */
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import type { Protocol } from './cdp.ts';
import { createPreventable } from './events.ts';
import { guardClass } from './guard.ts';
import { host } from './host.ts';
import { primaryDisplay } from './screen.ts';
import type { PageOptions } from './open-page.ts';
import { adoption } from './page-target.ts';
import { WebContents } from './web-contents.ts';
import { clearWindowState, readWindowState, writeWindowState } from './window-state.ts';

const windows = new Map<number, BrowserWindow>();
let lastId = 0;
let focused: BrowserWindow | null = null;

/** Set by `app`: whether windows may be made yet, and what happens when the last is gone. */
export const windowHooks = {
  isReady: (): boolean => false,
  allClosed: (): void => undefined,
  /** A page refuses to unload, so its window stays. */
  closeRefused: (): void => undefined,
  created: (_window: BrowserWindow): void => undefined,
  focusChanged: (_window: BrowserWindow, _focused: boolean): void => undefined,
};

WebContents.focused = () => focused?.webContents ?? null;

export class BrowserWindow extends EventEmitter {
  readonly id: number;
  readonly webContents: WebContents;
  readonly #options: Electron.BrowserWindowConstructorOptions;
  #bounds: Electron.Rectangle;
  #minimum: [number, number];
  #maximum: [number, number] = [0, 0];
  #visible = false;
  #destroyed = false;
  #maximized = false;
  #minimized = false;
  #fullScreen = false;
  #title: string;
  #showed = false;
  #closing = false;
  #background: string;
  #flags = {
    resizable: true,
    movable: true,
    minimizable: true,
    maximizable: true,
    closable: true,
    alwaysOnTop: false,
    menuBar: true,
    autoHide: false,
  };
  #enabled = true;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}, adopted?: PageOptions['adopted']) {
    super();
    if (!windowHooks.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    this.setMaxListeners(0);
    lastId += 1;
    this.id = lastId;
    this.#options = options;
    this.#title = options.title ?? 'Electron';
    this.#background = options.backgroundColor ?? '#FFFFFF';
    this.#minimum = [options.minWidth ?? 0, options.minHeight ?? 0];
    const display = primaryDisplay().workArea;
    const width = Math.max(options.width ?? 800, this.#minimum[0]);
    const height = Math.max(options.height ?? 600, this.#minimum[1]);
    const x = options.x ?? display.x + Math.max(0, Math.round((display.width - width) / 2));
    const y = options.y ?? display.y + Math.max(0, Math.round((display.height - height) / 2));
    this.#bounds = { x, y, width, height };
    const stored = this.#persists() ? readWindowState(options.name ?? '') : undefined;
    if (stored) this.#bounds = stored.bounds;
    this.#maximized = stored?.maximized ?? false;
    this.webContents = new WebContents({
      preferences: options.webPreferences ?? {},
      width: this.#bounds.width,
      height: this.#bounds.height,
      // A page without scripts that is not shown is there to be printed: it must not flash on anybody's screen.
      hidden: !host.headless && options.show === false && options.webPreferences?.javascript === false,
      ...(adopted ? { adopted } : {}),
    });
    windows.set(this.id, this);
    this.#listen();
    void this.#place().catch(() => undefined);
    if (options.show !== false) this.show();
    windowHooks.created(this);
    if (stored) queueMicrotask(() => this.emit('persisted-state-restored'));
  }

  /** Electron keeps no state where there is no display; the host keeps it there too, so that it can be tested. */
  #persists(): boolean {
    return Boolean(this.#options.windowStatePersistence) && Boolean(this.#options.name);
  }

  #listen(): void {
    const contents = this.webContents;
    contents.on('destroyed', () => this.#gone());
    contents.on('host-close', () => this.close());
    contents.on('host-stays', () => {
      this.#closing = false;
      windowHooks.closeRefused();
    });
    contents.on('page-title-updated', (event: Electron.Event, title: string, explicit: boolean) => {
      this.emit('page-title-updated', event, title, explicit);
      if (!event.defaultPrevented) this.#title = title;
    });
    contents.onPageEvent = (event, data) => this.#pageEvent(event, data);
    contents.on('did-finish-load', () => this.#ready());
  }

  #pageEvent(event: string, data: Record<string, number>): void {
    if (event === 'firstPaint' && this.webContents.getURL() !== '') this.#ready();
    else if (event === 'focus' && this.#visible) this.#takeFocus();
    else if (event === 'resize' && !host.headless) {
      this.#bounds = { x: data['x'] ?? 0, y: data['y'] ?? 0, width: data['width'] ?? 0, height: data['height'] ?? 0 };
      this.emit('resize');
    }
  }

  #ready(): void {
    if (this.#showed) return;
    this.#showed = true;
    this.emit('ready-to-show');
  }

  async #place(): Promise<void> {
    const { targetId } = await this.webContents.attached.then(() => this.webContents);
    const { root } = host.connection;
    const { windowId } = await root.send('Browser.getWindowForTarget', { targetId });
    this.webContents.windowId = windowId;
    await this.#apply();
  }

  async #bound(bounds: Protocol.Browser.Bounds): Promise<void> {
    const { windowId } = this.webContents;
    if (windowId !== undefined && !this.#destroyed)
      await host.connection.root.send('Browser.setWindowBounds', { windowId, bounds });
  }

  /** Brings Chromium's window to the state that this object has. */
  async #apply(): Promise<void> {
    const { windowId } = this.webContents;
    if (windowId === undefined || this.#destroyed) return;
    const { root } = host.connection;
    if (this.#fullScreen) return this.#bound({ windowState: 'fullscreen' });
    if (!host.headless && (this.#minimized || !this.#visible)) return this.#bound({ windowState: 'minimized' });
    if (this.#maximized && !host.headless) return this.#bound({ windowState: 'maximized' });
    const { width, height, x, y } = this.#inner();
    await this.#bound({ windowState: 'normal' });
    if (!host.headless) await this.#bound({ left: x, top: y });
    await root.send('Browser.setContentsSize', { windowId, width, height });
  }

  #inner(): Electron.Rectangle {
    return this.#maximized ? primaryDisplay().workArea : this.#bounds;
  }

  #change(): void {
    void this.#apply().catch(() => undefined);
    if (this.#persists())
      writeWindowState(this.#options.name ?? '', { bounds: this.#bounds, maximized: this.#maximized });
  }

  #takeFocus(): void {
    if (focused === this || this.#destroyed) return;
    const before = focused;
    focused = this;
    if (before && !before.isDestroyed()) {
      before.emit('blur');
      windowHooks.focusChanged(before, false);
    }
    this.emit('focus');
    windowHooks.focusChanged(this, true);
  }

  #gone(): void {
    if (this.#destroyed) return;
    if (!this.#closing) this.emit('close', createPreventable());
    this.#destroyed = true;
    windows.delete(this.id);
    if (focused === this) focused = null;
    this.emit('closed');
    if (windows.size === 0) windowHooks.allClosed();
  }

  // ---- Electron's interface ----

  loadURL(url: string, options?: Electron.LoadURLOptions): Promise<void> {
    return this.webContents.loadURL(url, options);
  }
  loadFile(path: string, options?: Electron.LoadFileOptions): Promise<void> {
    return this.webContents.loadFile(path, options);
  }
  reload(): void {
    this.webContents.reload();
  }
  capturePage(rectangle?: Electron.Rectangle) {
    return this.webContents.capturePage(rectangle);
  }

  show(): void {
    this.showInactive();
    this.focus();
  }
  showInactive(): void {
    if (this.#visible) return;
    this.#visible = true;
    this.#minimized = false;
    if (!host.headless) this.#change();
    this.emit('show');
  }
  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    if (!host.headless) this.#change();
    this.blur();
    this.emit('hide');
  }
  focus(): void {
    if (!this.#visible) return;
    this.webContents.focus();
    this.#takeFocus();
  }
  blur(): void {
    if (focused !== this) return;
    focused = null;
    this.emit('blur');
    windowHooks.focusChanged(this, false);
  }
  isFocused(): boolean {
    return focused === this;
  }
  isVisible(): boolean {
    return this.#visible && !this.#minimized;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** `close` may be prevented by the app, `beforeunload` by the page. */
  close(): void {
    if (this.#destroyed || this.#closing) return;
    const event = createPreventable();
    this.emit('close', event);
    if (event.defaultPrevented || this.#destroyed) return;
    this.#closing = true;
    // A window that never got a page has nobody to ask.
    if (!this.webContents.live) {
      this.destroy();
      return;
    }
    void this.webContents.attached.then((session) => session.send('Page.close')).catch(() => this.destroy());
  }
  destroy(): void {
    if (this.#destroyed) return;
    this.#closing = true;
    this.webContents.destroy();
    this.#gone();
  }

  getBounds(): Electron.Rectangle {
    return { ...this.#inner() };
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const next = { ...this.#bounds, ...bounds };
    next.width = Math.max(next.width, this.#minimum[0]);
    next.height = Math.max(next.height, this.#minimum[1]);
    if (this.#maximum[0] > 0) next.width = Math.min(next.width, this.#maximum[0]);
    if (this.#maximum[1] > 0) next.height = Math.min(next.height, this.#maximum[1]);
    const { x, y, width, height } = this.#bounds;
    this.#bounds = next;
    this.#change();
    if (next.x !== x || next.y !== y) this.emit('move');
    if (next.width !== width || next.height !== height) {
      this.emit('resize');
      this.emit('resized');
    }
  }
  getNormalBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }
  getContentBounds(): Electron.Rectangle {
    return this.getBounds();
  }
  setContentBounds(bounds: Electron.Rectangle): void {
    this.setBounds(bounds);
  }
  getSize(): number[] {
    const { width, height } = this.#inner();
    return [width, height];
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getContentSize(): number[] {
    return this.getSize();
  }
  setContentSize(width: number, height: number): void {
    this.setSize(width, height);
  }
  getPosition(): number[] {
    return [this.#bounds.x, this.#bounds.y];
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }
  center(): void {
    const area = primaryDisplay().workArea;
    this.setBounds({
      x: area.x + Math.round((area.width - this.#bounds.width) / 2),
      y: area.y + Math.round((area.height - this.#bounds.height) / 2),
    });
  }
  getMinimumSize(): number[] {
    return [...this.#minimum];
  }
  setMinimumSize(width: number, height: number): void {
    this.#minimum = [width, height];
  }
  getMaximumSize(): number[] {
    return [...this.#maximum];
  }
  setMaximumSize(width: number, height: number): void {
    this.#maximum = [width, height];
  }

  maximize(): void {
    if (this.#maximized) return;
    this.#maximized = true;
    this.#minimized = false;
    this.#visible = true;
    this.#change();
    this.emit('maximize');
  }
  unmaximize(): void {
    if (!this.#maximized) return;
    this.#maximized = false;
    this.#change();
    this.emit('unmaximize');
  }
  isMaximized(): boolean {
    return this.#maximized;
  }
  minimize(): void {
    if (this.#minimized) return;
    this.#minimized = true;
    this.#change();
    this.emit('minimize');
  }
  restore(): void {
    if (this.#minimized) {
      this.#minimized = false;
      this.#change();
      this.emit('restore');
    } else this.unmaximize();
  }
  isMinimized(): boolean {
    return this.#minimized;
  }
  setFullScreen(flag: boolean): void {
    if (flag === this.#fullScreen) return;
    this.#fullScreen = flag;
    this.#change();
    this.emit(flag ? 'enter-full-screen' : 'leave-full-screen');
  }
  isFullScreen(): boolean {
    return this.#fullScreen;
  }
  isNormal(): boolean {
    return !this.#maximized && !this.#minimized && !this.#fullScreen;
  }
  isModal(): boolean {
    return Boolean(this.#options.modal);
  }
  getParentWindow(): BrowserWindow | null {
    return (this.#options.parent as unknown as BrowserWindow | undefined) ?? null;
  }
  getChildWindows(): BrowserWindow[] {
    return [...windows.values()].filter((window) => window.getParentWindow() === this);
  }

  setTitle(title: string): void {
    this.#title = title;
  }
  getTitle(): string {
    return this.#title;
  }
  get title(): string {
    return this.#title;
  }
  set title(title: string) {
    this.#title = title;
  }
  setBackgroundColor(color: string): void {
    this.#background = color;
  }
  getBackgroundColor(): string {
    return this.#background;
  }
  setMenu(): void {}
  removeMenu(): void {}
  setMenuBarVisibility(visible: boolean): void {
    this.#flags.menuBar = visible;
  }
  isMenuBarVisible(): boolean {
    return this.#flags.menuBar;
  }
  setAutoHideMenuBar(hide: boolean): void {
    this.#flags.autoHide = hide;
  }
  setResizable(value: boolean): void {
    this.#flags.resizable = value;
  }
  isResizable(): boolean {
    return this.#flags.resizable;
  }
  setAlwaysOnTop(value: boolean): void {
    this.#flags.alwaysOnTop = value;
  }
  isAlwaysOnTop(): boolean {
    return this.#flags.alwaysOnTop;
  }
  setEnabled(value: boolean): void {
    this.#enabled = value;
  }
  isEnabled(): boolean {
    return this.#enabled;
  }
  setContentProtection(): void {}
  setIcon(): void {}
  setProgressBar(): void {}
  setSkipTaskbar(): void {}
  setTitleBarOverlay(): void {}
  setRepresentedFilename(): void {}
  setDocumentEdited(): void {}
  flashFrame(): void {}
  moveTop(): void {}
  getMediaSourceId(): string {
    return `window:${this.id}:0`;
  }
  getOpacity(): number {
    return 1;
  }
  setOpacity(): void {}

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return focused;
  }
  static fromWebContents(contents: WebContents | undefined): BrowserWindow | null {
    return [...windows.values()].find((window) => window.webContents === contents) ?? null;
  }
  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null;
  }
  static clearPersistedState(name: string): void {
    clearWindowState(name);
  }
}
guardClass(BrowserWindow);

adoption.open = (opener, adopted, options) => {
  const webPreferences = { ...opener.preferences, ...options.webPreferences };
  const window = new BrowserWindow({ ...options, webPreferences }, adopted);
  opener.emit('did-create-window', window, { url: '', frameName: '', options, disposition: 'new-window' });
};

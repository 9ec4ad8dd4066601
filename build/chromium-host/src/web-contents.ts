/** `webContents`: Electron's interface of a page. */
import { randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type Electron from 'electron';
import { CdpError, type CdpSession } from './cdp.ts';
import { evaluateInPage, runInContext } from './evaluate.ts';
import { createPreventable } from './events.ts';
import { guardClass, notImplemented } from './guard.ts';
import { host } from './host.ts';
import { NativeImage } from './native-image.ts';
import { netError } from './net-errors.ts';
import type { PageOptions } from './open-page.ts';
import { type OpenHandler, PageTarget } from './page-target.ts';
import { pdfParameters } from './print-to-pdf.ts';
import { toMapped } from './schemes.ts';
import type { WebFrameMain } from './web-frame-main.ts';

const all = new Map<number, WebContents>();
/** Told about every new one (`web-contents-created`, menus' accelerators). */
export const contentsCreated: ((contents: WebContents) => void)[] = [];

export class WebContents extends PageTarget {
  #zoom = 1;
  #userAgent: string | undefined;
  #css = new Map<string, string>();

  constructor(options: PageOptions) {
    super(options);
    all.set(this.id, this);
    this.begin(options);
    for (const listener of contentsCreated) listener(this);
  }

  protected forget(): void {
    all.delete(this.id);
  }

  send(channel: string, ...args: unknown[]): void {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
    this.wire.deliverValue({ t: 'message', channel }, 'args', args);
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  isCrashed(): boolean {
    return this.crashed;
  }
  isLoading(): boolean {
    return this.loading;
  }
  isLoadingMainFrame(): boolean {
    return this.loading;
  }
  isWaitingForResponse(): boolean {
    return false;
  }
  getURL(): string {
    return this.url;
  }
  getTitle(): string {
    return this.title;
  }
  getType(): string {
    return 'window';
  }
  getOSProcessId(): number {
    return host.chromium?.process.pid ?? 0;
  }
  getProcessId(): number {
    return 1;
  }
  getLastWebPreferences(): Electron.WebPreferences {
    return this.preferences;
  }

  /** Resolves at `did-finish-load`; rejects with Chromium's net error. */
  async loadURL(url: string, options: Electron.LoadURLOptions = {}): Promise<void> {
    if (!URL.canParse(url))
      throw Object.assign(new Error(`ERR_INVALID_URL (-300) loading '${url}'`), {
        code: 'ERR_INVALID_URL',
        errno: -300,
        url,
      });
    const session = await this.attached;
    const done = new Promise<void>((resolve, reject) => this.loads.push({ resolve, reject, url }));
    done.catch(() => undefined);
    this.expected = new URL(url).href.split('#')[0];
    const referrer = typeof options.httpReferrer === 'string' ? { referrer: options.httpReferrer } : {};
    let errorText: string | undefined;
    let loaderId: string | undefined;
    try {
      ({ errorText, loaderId } = await session.send('Page.navigate', { url: toMapped(url), ...referrer }));
    } catch (error) {
      this.failLoads('ERR_FAILED', -2);
      if (error instanceof CdpError && error.closed) return done;
    }
    this.expected = undefined;
    if (errorText) {
      const { name, code } = netError(errorText);
      this.emit('did-fail-load', createPreventable(), code, name, url, true, 0, 0);
      this.failLoads(name, code);
    } else if (loaderId === undefined) {
      // Only the fragment changed: nothing will load.
      for (const load of this.loads.splice(0)) load.resolve();
    }
    return done;
  }

  loadFile(path: string, options: Electron.LoadFileOptions = {}): Promise<void> {
    const url = pathToFileURL(path);
    if (options.query) url.search = new URLSearchParams(options.query).toString();
    if (options.search) url.search = options.search;
    if (options.hash) url.hash = options.hash;
    return this.loadURL(url.href);
  }

  reload(): void {
    this.expected = this.url.split('#')[0];
    void this.command((session) => session.send('Page.reload')).catch(() => undefined);
  }
  reloadIgnoringCache(): void {
    this.expected = this.url.split('#')[0];
    void this.command((session) => session.send('Page.reload', { ignoreCache: true })).catch(() => undefined);
  }
  stop(): void {
    void this.command((session) => session.send('Page.stopLoading')).catch(() => undefined);
  }

  /** Like closing its window. */
  close(options: { waitForBeforeUnload?: boolean } = {}): void {
    if (options.waitForBeforeUnload) void this.command((session) => session.send('Page.close')).catch(() => undefined);
    else this.emit('host-close');
  }
  /** Closes the target at once; not part of Electron's interface. */
  destroy(): void {
    if (this.destroyed) return;
    const { targetId } = this;
    this.gone();
    if (targetId !== '' && !host.connection.root.closed) host.connection.root.post('Target.closeTarget', { targetId });
  }

  async printToPDF(options: Electron.PrintToPDFOptions): Promise<Buffer> {
    const parameters = pdfParameters(options ?? {});
    const session = await this.#document();
    const { data, stream } = await session.send('Page.printToPDF', parameters);
    if (!stream) return Buffer.from(data, 'base64');
    const parts: Buffer[] = [];
    for (;;) {
      const part = await session.send('IO.read', { handle: stream, size: 2_000_000 });
      parts.push(Buffer.from(part.data, part.base64Encoded ? 'base64' : 'utf8'));
      if (part.eof) break;
    }
    session.post('IO.close', { handle: stream });
    return Buffer.concat(parts);
  }

  async capturePage(rectangle?: Electron.Rectangle): Promise<NativeImage> {
    const clip = rectangle ? { clip: { ...rectangle, scale: 1 } } : {};
    const { data } = await (await this.#document()).send('Page.captureScreenshot', { format: 'png', ...clip });
    return NativeImage.createFromBuffer(Buffer.from(data, 'base64'));
  }

  /** The page, with a document in it: scripts and pictures of a window that has loaded nothing are those of an empty page. */
  async #document(): Promise<CdpSession> {
    if (this.url === '' && this.loads.length === 0) await this.loadURL('about:blank');
    else if (this.url === '') await new Promise((resolve) => this.once('did-stop-loading', () => resolve(undefined)));
    return this.attached;
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return evaluateInPage(await this.#document(), code, { userGesture });
  }

  async executeJavaScriptInIsolatedWorld(
    worldId: number,
    scripts: Electron.WebSource[],
    userGesture = false,
  ): Promise<unknown> {
    const session = await this.#document();
    let context = this.isolated.get(worldId);
    if (!context) {
      const worldName = `Electron world ${worldId}`;
      context = session
        .send('Page.createIsolatedWorld', { frameId: this.targetId, worldName })
        .then(({ executionContextId }) => executionContextId);
      this.isolated.set(worldId, context);
    }
    const contextId = await context;
    let result: unknown;
    for (const { code } of scripts) result = await evaluateInPage(session, code, { userGesture, contextId });
    return result;
  }

  async insertCSS(css: string): Promise<string> {
    const key = randomBytes(8).toString('hex');
    this.#css.set(key, css);
    const code = `(() => { const sheet = new CSSStyleSheet(); sheet.replaceSync(${JSON.stringify(css)});
      (globalThis.__sheets ??= new Map()).set('${key}', sheet); document.adoptedStyleSheets.push(sheet); })()`;
    await this.executeJavaScriptInIsolatedWorld(-1, [{ code }]);
    return key;
  }
  async removeInsertedCSS(key: string): Promise<void> {
    if (!this.#css.delete(key)) return;
    const code = `document.adoptedStyleSheets = document.adoptedStyleSheets.filter((s) => s !== globalThis.__sheets?.get('${key}'))`;
    await this.executeJavaScriptInIsolatedWorld(-1, [{ code: `${code}; undefined` }]);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.windowOpen = handler;
  }
  setZoomFactor(factor: number): void {
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0");
    this.#zoom = factor;
    void this.command((session) =>
      runInContext(session, this.targetId, `document.documentElement.style.zoom = ${factor}`),
    ).catch(() => undefined);
  }
  getZoomFactor(): number {
    return this.#zoom;
  }
  setZoomLevel(level: number): void {
    this.setZoomFactor(1.2 ** level);
  }
  getZoomLevel(): number {
    return Math.log(this.#zoom) / Math.log(1.2);
  }
  get zoomFactor(): number {
    return this.#zoom;
  }
  set zoomFactor(factor: number) {
    this.setZoomFactor(factor);
  }
  get zoomLevel(): number {
    return this.getZoomLevel();
  }
  set zoomLevel(level: number) {
    this.setZoomLevel(level);
  }
  async setVisualZoomLevelLimits(): Promise<void> {}
  setUserAgent(userAgent: string): void {
    this.#userAgent = userAgent;
    void this.command((session) => session.send('Emulation.setUserAgentOverride', { userAgent })).catch(
      () => undefined,
    );
  }
  getUserAgent(): string {
    return this.#userAgent ?? this.session.getUserAgent();
  }
  get userAgent(): string {
    return this.getUserAgent();
  }
  setBackgroundThrottling(): void {}
  setAudioMuted(): void {}
  isAudioMuted(): boolean {
    return host.headless;
  }
  focus(): void {
    void this.command((session) => session.send('Page.bringToFront')).catch(() => undefined);
  }
  isFocused(): boolean {
    return WebContents.focused?.() === this;
  }
  sendInputEvent(event: { type: string; keyCode?: string; modifiers?: string[]; x?: number; y?: number }): void {
    if (event.type !== 'char' || event.keyCode === undefined)
      notImplemented(`webContents.sendInputEvent('${event.type}')`);
    const text = event.keyCode;
    void this.command((session) => session.send('Input.insertText', { text })).catch(() => undefined);
  }
  async insertText(text: string): Promise<void> {
    await this.command((session) => session.send('Input.insertText', { text }));
  }
  openDevTools(): void {}
  closeDevTools(): void {}
  toggleDevTools(): void {}
  isDevToolsOpened(): boolean {
    return false;
  }
  forcefullyCrashRenderer(): void {
    void this.command((session) => session.send('Page.crash')).catch(() => undefined);
  }
  #edit(command: string): void {
    void this.executeJavaScriptInIsolatedWorld(-1, [{ code: `void document.execCommand('${command}')` }], true).catch(
      () => undefined,
    );
  }
  undo(): void {
    this.#edit('undo');
  }
  redo(): void {
    this.#edit('redo');
  }
  cut(): void {
    this.#edit('cut');
  }
  copy(): void {
    this.#edit('copy');
  }
  paste(): void {
    this.#edit('paste');
  }
  delete(): void {
    this.#edit('delete');
  }
  selectAll(): void {
    this.#edit('selectAll');
  }

  /** Not part of Electron's interface: the menu's keys. */
  setAccelerators(list: object[]): void {
    this.accelerators = list;
    this.wire.deliver({ t: 'accelerators', list });
  }
  static focused: (() => WebContents | null) | undefined;
  static fromId(id: number): WebContents | undefined {
    return all.get(id);
  }
  static fromFrame(frame: WebFrameMain): WebContents | undefined {
    return [...all.values()].find(
      (contents) => contents.mainFrame === frame || contents.mainFrame.routingId === frame.routingId,
    );
  }
  static fromDevToolsTargetId(targetId: string): WebContents | undefined {
    return [...all.values()].find((contents) => contents.targetId === targetId);
  }
  static getAllWebContents(): WebContents[] {
    return [...all.values()];
  }
  static getFocusedWebContents(): WebContents | null {
    return WebContents.focused?.() ?? null;
  }
}
guardClass(WebContents, ['hostWebContents', 'opener', 'debugger', 'devToolsWebContents']);

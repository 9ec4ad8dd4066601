/** `webContents`: one Chromium page target. */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type Electron from 'electron';
import { CdpError, type CdpSession, type Protocol } from './cdp.ts';
import { createPreventable } from './events.ts';
import { guardClass, notImplemented } from './guard.ts';
import { host } from './host.ts';
import { injectedScripts, PRELOAD_WORLD } from './injection.ts';
import { type Answer, answerInvoke, codec, IpcMain, ipcMain } from './ipc-main.ts';
import { NativeImage } from './native-image.ts';
import { interceptRequests } from './network.ts';
import { PreloadWire } from './preload-wire.ts';
import { pdfParameters } from './print-to-pdf.ts';
import { customSchemes, toMapped, toReal } from './schemes.ts';
import { incognito, Session } from './session.ts';
import { holdAddress } from './streaming.ts';
import { evaluateInPage, runInContext } from './evaluate.ts';
import { netError } from './net-errors.ts';
import { WebFrameMain } from './web-frame-main.ts';

export interface WebContentsOptions {
  preferences: Electron.WebPreferences;
  width: number;
  height: number;
  /** Not on any screen, even where there is one. */
  hidden: boolean;
  /** A target that Chromium opened by itself (`window.open`). */
  adopted?: { targetId: string; session: CdpSession };
}

type OpenHandler = (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse;

/** Closes a page before it loads anything. It must not stay stopped: it shares its process with the page that opened it. */
async function refuse(session: CdpSession, targetId: string): Promise<void> {
  session.on('Fetch.requestPaused', ({ requestId }) => session.post('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }));
  session.post('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  await session.send('Runtime.runIfWaitingForDebugger').catch(() => undefined);
  host.connection.root.post('Target.closeTarget', { targetId });
}

let lastId = 0;
const all = new Map<number, WebContents>();
/** Told about every new one (`web-contents-created`, menus' accelerators). */
export const contentsCreated: ((contents: WebContents) => void)[] = [];
export const acceleratorPressed: { handler: (id: number, contents: WebContents) => void } = { handler: () => undefined };

/** Set by the window module. */
export const adoption: {
  open(opener: WebContents, adopted: { targetId: string; session: CdpSession }, options: Electron.BrowserWindowConstructorOptions): void;
} = { open: () => undefined };

export class WebContents extends EventEmitter {
  readonly id: number;
  readonly session: Session;
  readonly ipc = new IpcMain();
  readonly mainFrame: WebFrameMain;
  readonly preferences: Electron.WebPreferences;
  /** Resolves when the page's target is attached and set up; commands sent after that are in order. */
  readonly attached: Promise<CdpSession>;
  /** The same, once it is there. */
  live: CdpSession | undefined;
  targetId = '';
  windowId: number | undefined;
  frameRate = 60;
  #destroyed = false;
  #crashed = false;
  #url = '';
  #title = '';
  #loading = false;
  #windowOpen: OpenHandler = () => ({ action: 'allow' });
  #expected: string | undefined;
  #mainContext: number | undefined;
  #isolated = new Map<number, Promise<number>>();
  readonly #wire: PreloadWire;
  #zoom = 1;
  #userAgent: string | undefined;
  #accelerators: object[] = [];
  #css = new Map<string, string>();
  #openings: Protocol.Page.windowOpenPayload[] = [];
  #adoptions: { info: Protocol.Target.TargetInfo; session: CdpSession }[] = [];
  #loads: { resolve(): void; reject(error: Error): void; url: string }[] = [];
  /** `resize`, `focus` and the like of the page, for its window. */
  onPageEvent: (event: string, data: Record<string, number>) => void = () => undefined;

  constructor(options: WebContentsOptions) {
    super();
    this.setMaxListeners(0);
    lastId += 1;
    this.id = lastId;
    this.preferences = options.preferences;
    if (options.preferences.nodeIntegration) notImplemented('webPreferences.nodeIntegration');
    if (options.preferences.contextIsolation === false) notImplemented('webPreferences.contextIsolation: false');
    const given = options.preferences.session as unknown as Session | undefined;
    this.session = given ?? Session.fromPartition(options.preferences.partition ?? '');
    this.mainFrame = new WebFrameMain(this);
    all.set(this.id, this);
    const opening = Promise.withResolvers<CdpSession>();
    this.attached = opening.promise;
    this.#wire = new PreloadWire(this.attached, (...message) => this.#receive(...message), () => toMapped(this.#url) !== this.#url);
    this.#attach(options).then(opening.resolve, opening.reject);
    // Failures reach the caller through the method that needed the page.
    this.attached.catch(() => undefined);
    for (const listener of contentsCreated) listener(this);
  }

  async #attach(options: WebContentsOptions): Promise<CdpSession> {
    const adopted = options.adopted ?? (await this.#open(options));
    const { session, targetId } = adopted;
    this.targetId = targetId;
    if (this.#destroyed) {
      host.connection.root.post('Target.closeTarget', { targetId });
      throw new CdpError('attach', 'the window was closed', true);
    }
    this.#listen(session);
    session.post('Page.enable');
    session.post('Page.setLifecycleEventsEnabled', { enabled: true });
    session.post('Runtime.enable');
    session.post('Log.enable');
    session.post('Runtime.addBinding', { name: this.#wire.binding, executionContextName: PRELOAD_WORLD });
    session.on('Runtime.bindingCalled', (call) => {
      if (call.name === this.#wire.binding) this.#wire.take(call.payload, call.executionContextId);
    });
    const scripts = this.#scripts();
    session.post('Page.addScriptToEvaluateOnNewDocument', { source: scripts.main });
    session.post('Page.addScriptToEvaluateOnNewDocument', { source: scripts.preload, worldName: PRELOAD_WORLD });
    interceptRequests(session, this.#networkPage());
    session.post('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
    session.on('Target.attachedToTarget', ({ sessionId }) => {
      const child = host.connection.session(sessionId);
      interceptRequests(child, this.#networkPage());
      child.post('Runtime.runIfWaitingForDebugger');
    });
    if (options.preferences.javascript === false) session.post('Emulation.setScriptExecutionDisabled', { value: true });
    session.post('Emulation.setUserAgentOverride', { userAgent: this.getUserAgent() });
    for (const command of pageSettings) command(session);
    await session.send('Runtime.runIfWaitingForDebugger');
    this.live = session;
    return session;
  }

  async #open(options: WebContentsOptions): Promise<{ targetId: string; session: CdpSession }> {
    const url = await holdAddress();
    if (!host.headless && !options.hidden && (this.session.isPersistent() || this.session.isIncognito)) {
      const window = await host.createAppWindow(url, this.session.isIncognito);
      if (this.session.isIncognito) incognito.resolve(window.contextId);
      else await this.session.contextId();
      return window;
    }
    const browserContextId = await this.session.contextId();
    return host.createTarget({
      url,
      ...(browserContextId === undefined ? {} : { browserContextId }),
      ...(options.hidden ? { hidden: true } : { newWindow: true, width: options.width, height: options.height }),
      ...(host.headless || options.hidden ? {} : { focus: true }),
    });
  }

  #networkPage() {
    const contents = this;
    return {
      webContentsId: this.id,
      session: this.session,
      get mainFrameId() {
        return contents.targetId;
      },
      bulkAddress: (path: string, secret: string) => this.#wire.bulkAddress(path, secret),
      allowNavigation: (navigation: { url: string; isMainFrame: boolean; frameId: string; redirect: boolean }) => this.#allowNavigation(navigation),
    };
  }

  #scripts() {
    const { preload, additionalArguments } = this.preferences;
    let source: string | null = null;
    if (preload) {
      try {
        source = readFileSync(preload, 'utf8');
      } catch (error) {
        this.emit('preload-error', createPreventable(), preload, error);
        process.stderr.write(`Unable to load preload script: ${preload}\n`);
      }
    }
    const config = {
      binding: this.#wire.binding,
      schemes: customSchemes(),
      secret: this.#wire.secret,
      platform: process.platform,
      arch: process.arch,
      versions: { node: process.versions.node, chrome: host.version, electron: process.versions['electron'] ?? '', v8: process.versions.v8 },
      argv: [host.executable, ...(additionalArguments ?? [])],
      env: {},
      contextIsolation: true,
      sandboxed: this.preferences.sandbox !== false,
    };
    return injectedScripts(randomBytes(16).toString('hex'), config, source);
  }

  #allowNavigation(navigation: { url: string; isMainFrame: boolean; frameId: string; redirect: boolean }): boolean {
    const { url, isMainFrame, redirect } = navigation;
    const frame = isMainFrame ? this.mainFrame : undefined;
    const details = { url, isMainFrame, isSameDocument: false, frame, initiator: frame };
    if (redirect) {
      const event = createPreventable(details);
      this.emit('will-redirect', event, url, false, isMainFrame, 0, 0);
      return !event.defaultPrevented;
    }
    if (isMainFrame && this.#expected === url.split('#')[0]) {
      this.#expected = undefined;
      return true;
    }
    const any = createPreventable(details);
    this.emit('will-frame-navigate', any);
    if (any.defaultPrevented) return false;
    if (!isMainFrame) return true;
    const event = createPreventable(details);
    this.emit('will-navigate', event, url, false, true, 0, 0);
    return !event.defaultPrevented;
  }

  #listen(session: CdpSession): void {
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const aux = context.auxData as { frameId?: string; isDefault?: boolean } | undefined;
      if (aux?.frameId !== this.targetId) return;
      if (context.name === PRELOAD_WORLD) this.#wire.context = context.id;
      else if (aux.isDefault) this.#mainContext = context.id;
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (this.#wire.context === executionContextId) this.#wire.context = undefined;
      if (this.#mainContext === executionContextId) this.#mainContext = undefined;
    });
    session.on('Runtime.executionContextsCleared', () => {
      this.#wire.context = undefined;
      this.#mainContext = undefined;
      this.#isolated.clear();
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) {
        this.emit('did-frame-navigate', createPreventable(), toReal(frame.url), 200, '', false, 0, 0);
        return;
      }
      this.#url = toReal(frame.url) + (frame.urlFragment ?? '');
      this.#isolated.clear();
      for (const command of documentSettings) command(session);
      void this.session.applyPermissions(this.#url, this as unknown as Electron.WebContents).catch(() => undefined);
      this.emit('did-start-navigation', createPreventable({ url: this.#url, isMainFrame: true, isSameDocument: false }), this.#url, false, true, 0, 0);
      this.emit('did-navigate', createPreventable(), this.#url, 200, '');
      this.emit('did-frame-navigate', createPreventable(), this.#url, 200, '', true, 0, 0);
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      const isMain = frameId === this.targetId;
      if (isMain) this.#url = toReal(url);
      this.emit('did-navigate-in-page', createPreventable(), toReal(url), isMain, 0, 0);
    });
    session.on('Page.frameStartedLoading', ({ frameId }) => {
      if (frameId !== this.targetId) return;
      this.#loading = true;
      this.emit('did-start-loading');
    });
    session.on('Page.frameStoppedLoading', ({ frameId }) => {
      if (frameId !== this.targetId) return;
      this.#loading = false;
      this.emit('did-stop-loading');
    });
    session.on('Page.lifecycleEvent', ({ frameId, name }) => {
      if (frameId !== this.targetId) return;
      if (name === 'DOMContentLoaded' && this.#url !== '') this.emit('dom-ready', createPreventable());
      if (name === 'load' && this.#url !== '') {
        if (this.preferences.javascript === false) void this.#askTitle(session).catch(() => undefined).finally(() => this.#loaded());
        else this.#loaded();
      }
      if (name === 'firstPaint') this.onPageEvent('firstPaint', {});
    });
    session.on('Page.windowOpen', (opening) => {
      const adoption = this.#adoptions.shift();
      if (adoption) this.#decideOpening(opening, adoption.info, adoption.session);
      else this.#openings.push(opening);
    });
    session.on('Page.javascriptDialogOpening', ({ type }) => {
      if (type !== 'beforeunload') {
        session.post('Page.handleJavaScriptDialog', { accept: type === 'alert' });
        return;
      }
      // Electron's rule: a page that refuses to unload stays, unless the app overrules it.
      const event = createPreventable();
      this.emit('will-prevent-unload', event);
      session.post('Page.handleJavaScriptDialog', { accept: event.defaultPrevented });
      if (!event.defaultPrevented) this.emit('host-stays');
    });
    session.on('Runtime.consoleAPICalled', (call) => this.#console(call));
    session.on('Log.entryAdded', ({ entry }) => {
      const level = entry.level === 'verbose' ? 'debug' : entry.level;
      this.#emitConsole(level, entry.text, entry.lineNumber ?? 0, toReal(entry.url ?? ''));
    });
    session.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
      const message = exceptionDetails.exception?.description ?? exceptionDetails.text;
      this.#emitConsole('error', `Uncaught ${message}`, exceptionDetails.lineNumber + 1, toReal(exceptionDetails.url ?? ''));
    });
    session.on('Inspector.targetCrashed', () => {
      this.#crashed = true;
      this.emit('render-process-gone', createPreventable(), { reason: 'crashed', exitCode: 1 });
      this.#failLoads('ERR_FAILED', -2);
    });
    session.events.once('closed', () => this.#gone());
  }

  /** A page without scripts does not tell its title. */
  async #askTitle(session: CdpSession): Promise<void> {
    const { result } = await session.send('Runtime.evaluate', { expression: 'document.title', returnByValue: true });
    if (typeof result.value === 'string') this.#retitle(result.value);
  }

  #loaded(): void {
    const waiting = this.#loads.splice(0);
    if (this.#url.startsWith('chrome-error:')) return;
    this.emit('did-frame-finish-load', createPreventable(), true, 0, 0);
    this.emit('did-finish-load');
    for (const load of waiting) load.resolve();
  }

  #failLoads(name: string, code: number): void {
    for (const { reject, url } of this.#loads.splice(0)) {
      const error = new Error(`${name} (${code}) loading '${url}'`);
      reject(Object.assign(error, { code: name, errno: code, url }));
    }
  }

  #console(call: Protocol.Runtime.consoleAPICalledPayload): void {
    const levels: Record<string, string> = { error: 'error', assert: 'error', warning: 'warning', debug: 'debug' };
    const text = call.args.map((arg) => (arg.type === 'string' ? String(arg.value) : (arg.description ?? String(arg.value)))).join(' ');
    const frame = call.stackTrace?.callFrames[0];
    this.#emitConsole(levels[call.type] ?? 'info', text, (frame?.lineNumber ?? 0) + 1, toReal(frame?.url ?? ''));
  }

  #emitConsole(level: string, message: string, lineNumber: number, sourceId: string): void {
    const event = createPreventable({ level, message, lineNumber, sourceId, frame: this.mainFrame });
    const numbers: Record<string, number> = { debug: 0, info: 1, warning: 2, error: 3 };
    this.emit('console-message', event, numbers[level] ?? 1, message, lineNumber, sourceId);
  }

  /** The target is gone, whoever closed it. */
  #gone(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    all.delete(this.id);
    this.#failLoads('ERR_ABORTED', -3);
    this.emit('destroyed');
  }

  #receive(message: Record<string, unknown>, buffers: ArrayBuffer[], contextId: number): void {
    const channel = String(message['channel']);
    switch (message['t']) {
      case 'hello':
        if (this.#accelerators.length > 0) this.#wire.deliver({ t: 'accelerators', list: this.#accelerators });
        break;
      case 'send': {
        const event = this.#ipcEvent({ ports: [], reply: (name: string, ...args: unknown[]) => this.send(name, ...args) });
        const args = codec.decode(message['args'] as string, buffers) as unknown[];
        this.emit('ipc-message', event, channel, ...args);
        if (channel !== 'error') {
          this.ipc.emit(channel, event, ...args);
          ipcMain.emit(channel, event, ...args);
        }
        break;
      }
      case 'invoke': {
        const event = this.#ipcEvent({}) as unknown as Electron.IpcMainInvokeEvent;
        const args = codec.decode(message['args'] as string, buffers) as unknown[];
        void answerInvoke([this.ipc, ipcMain], channel, event, args).then((answer) => {
          if (!this.#destroyed) this.#reply(message['id'] as number, channel, answer, contextId);
        });
        break;
      }
      case 'files':
        void this.#filePaths(contextId, message['id'] as number, message['count'] as number);
        break;
      case 'accelerator':
        acceleratorPressed.handler(message['id'] as number, this);
        break;
      case 'title':
        this.#retitle(String(message['title']));
        break;
      case 'page':
        this.onPageEvent(String(message['event']), message['data'] as Record<string, number>);
        break;
      case 'preload-error':
        this.emit('preload-error', createPreventable(), this.preferences.preload ?? '', codec.decode(message['error'] as string));
        break;
      default:
    }
  }

  #ipcEvent(extra: object) {
    return createPreventable({ type: 'frame', sender: this, senderFrame: this.mainFrame.snapshot(), processId: 1, frameId: 1, returnValue: undefined, ...extra });
  }

  #reply(id: number, channel: string, answer: Answer, contextId: number): void {
    if (answer.ok) {
      try {
        this.#wire.deliverValue({ t: 'reply', id, ok: true }, 'value', answer.value, contextId);
      } catch (error) {
        this.#wire.deliver({ t: 'reply', id, ok: false, error: `Error invoking remote method '${channel}': ${String(error)}` }, contextId);
      }
    } else this.#wire.deliver({ t: 'reply', id, ...answer }, contextId);
  }

  async #filePaths(contextId: number, id: number, count: number): Promise<void> {
    const session = await this.attached;
    const paths: string[] = [];
    for (let at = 0; at < count; at += 1) {
      let path = '';
      try {
        const expression = `__electronHost.file(${id}, ${at})`;
        const { result } = await session.send('Runtime.evaluate', { expression, contextId });
        if (result.objectId) {
          path = (await session.send('DOM.getFileInfo', { objectId: result.objectId })).path;
          session.post('Runtime.releaseObject', { objectId: result.objectId });
        }
      } catch {
        // A file that the page made itself has no path.
      }
      paths.push(path);
    }
    this.#wire.deliver({ t: 'paths', id, paths }, contextId);
  }

  /** Sends a command; rejects if the page is gone. */
  async command<T>(run: (session: CdpSession) => Promise<T>): Promise<T> {
    return run(await this.attached);
  }

  // ---- Electron's interface ----

  send(channel: string, ...args: unknown[]): void {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
    this.#wire.deliverValue({ t: 'message', channel }, 'args', args);
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  isCrashed(): boolean {
    return this.#crashed;
  }
  isLoading(): boolean {
    return this.#loading;
  }
  isLoadingMainFrame(): boolean {
    return this.#loading;
  }
  isWaitingForResponse(): boolean {
    return false;
  }
  getURL(): string {
    return this.#url;
  }
  getTitle(): string {
    return this.#title;
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
    if (!URL.canParse(url)) throw Object.assign(new Error(`ERR_INVALID_URL (-300) loading '${url}'`), { code: 'ERR_INVALID_URL', errno: -300, url });
    const session = await this.attached;
    const done = new Promise<void>((resolve, reject) => this.#loads.push({ resolve, reject, url }));
    done.catch(() => undefined);
    this.#expected = new URL(url).href.split('#')[0];
    const referrer = typeof options.httpReferrer === 'string' ? { referrer: options.httpReferrer } : {};
    let errorText: string | undefined;
    let loaderId: string | undefined;
    try {
      ({ errorText, loaderId } = await session.send('Page.navigate', { url: toMapped(url), ...referrer }));
    } catch (error) {
      this.#failLoads('ERR_FAILED', -2);
      if (error instanceof CdpError && error.closed) return done;
    }
    this.#expected = undefined;
    if (errorText) {
      const { name, code } = netError(errorText);
      this.emit('did-fail-load', createPreventable(), code, name, url, true, 0, 0);
      this.#failLoads(name, code);
    } else if (loaderId === undefined) {
      // Only the fragment changed: nothing will load.
      for (const load of this.#loads.splice(0)) load.resolve();
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
    this.#expected = this.#url.split('#')[0];
    void this.command((session) => session.send('Page.reload')).catch(() => undefined);
  }
  reloadIgnoringCache(): void {
    this.#expected = this.#url.split('#')[0];
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
    if (this.#destroyed) return;
    const { targetId } = this;
    this.#gone();
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
    if (this.#url === '' && this.#loads.length === 0) await this.loadURL('about:blank');
    else if (this.#url === '') await new Promise((resolve) => this.once('did-stop-loading', () => resolve(undefined)));
    return this.attached;
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return evaluateInPage(await this.#document(), code, { userGesture });
  }

  async executeJavaScriptInIsolatedWorld(worldId: number, scripts: Electron.WebSource[], userGesture = false): Promise<unknown> {
    const session = await this.#document();
    let context = this.#isolated.get(worldId);
    if (!context) {
      const worldName = `Electron world ${worldId}`;
      context = session.send('Page.createIsolatedWorld', { frameId: this.targetId, worldName }).then(({ executionContextId }) => executionContextId);
      this.#isolated.set(worldId, context);
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
    this.#windowOpen = handler;
  }
  /** What the app says to `window.open`; not part of Electron's interface. */
  askWindowOpen(url: string, opening: Protocol.Page.windowOpenPayload): Electron.WindowOpenHandlerResponse {
    const referrer = { url: this.#url, policy: 'strict-origin-when-cross-origin' as const };
    const features = opening.windowFeatures.join(',');
    const disposition = features === '' ? 'foreground-tab' : 'new-window';
    return this.#windowOpen({ url, frameName: opening.windowName, features, disposition, referrer });
  }

  /** Not part of Electron's interface: this page has opened another one, which waits for the app's decision. */
  adopt(info: Protocol.Target.TargetInfo, session: CdpSession): void {
    const opening = this.#openings.shift();
    if (!opening) {
      // Chromium announces the page and its address in either order.
      this.#adoptions.push({ info, session });
      return;
    }
    this.#decideOpening(opening, info, session);
  }

  #decideOpening(opening: Protocol.Page.windowOpenPayload, info: Protocol.Target.TargetInfo, session: CdpSession): void {
    const answer = this.askWindowOpen(toReal(opening.url), opening);
    if (answer.action !== 'allow') {
      void refuse(session, info.targetId);
      return;
    }
    adoption.open(this, { targetId: info.targetId, session }, answer.overrideBrowserWindowOptions ?? {});
  }

  setZoomFactor(factor: number): void {
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0");
    this.#zoom = factor;
    void this.command((session) => runInContext(session, this.targetId, `document.documentElement.style.zoom = ${factor}`)).catch(() => undefined);
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
    void this.command((session) => session.send('Emulation.setUserAgentOverride', { userAgent })).catch(() => undefined);
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
    if (event.type !== 'char' || event.keyCode === undefined) notImplemented(`webContents.sendInputEvent('${event.type}')`);
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
    void this.executeJavaScriptInIsolatedWorld(-1, [{ code: `void document.execCommand('${command}')` }], true).catch(() => undefined);
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
    this.#accelerators = list;
    this.#wire.deliver({ t: 'accelerators', list });
  }
  #retitle(title: string): void {
    if (title === '' || title === this.#title) return;
    this.#title = title;
    this.emit('page-title-updated', createPreventable(), title, true);
  }

  static focused: (() => WebContents | null) | undefined;
  static fromId(id: number): WebContents | undefined {
    return all.get(id);
  }
  static fromFrame(frame: WebFrameMain): WebContents | undefined {
    return [...all.values()].find((contents) => contents.mainFrame === frame || contents.mainFrame.routingId === frame.routingId);
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

/** Commands that bring a new page to the host's present settings (theme). */
export const pageSettings: ((session: CdpSession) => void)[] = [];
/** The same for every new document: a test driver resets some of them when it meets the page. */
export const documentSettings: ((session: CdpSession) => void)[] = [];

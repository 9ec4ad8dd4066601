/** One Chromium page target, as `webContents` needs it. */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type Electron from 'electron';
import { CdpError, type CdpSession, type Protocol } from './cdp.ts';
import { createPreventable } from './events.ts';
import { notImplemented } from './guard.ts';
import { host } from './host.ts';
import { injectedScripts, PRELOAD_WORLD } from './injection.ts';
import { type Answer, answerInvoke, codec, IpcMain, ipcMain } from './ipc-main.ts';
import { interceptRequests } from './network.ts';
import { openPage, type PageOptions, refusePage } from './open-page.ts';
import { PreloadWire } from './preload-wire.ts';
import { customSchemes, toMapped, toReal } from './schemes.ts';
import { Session } from './session.ts';
import { WebFrameMain } from './web-frame-main.ts';

export type OpenHandler = (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse;

let lastId = 0;
export const acceleratorPressed: { handler: (id: number, page: PageTarget) => void } = {
  handler: () => undefined,
};

/** Set by the window module. */
export const adoption: {
  open(
    opener: PageTarget,
    adopted: { targetId: string; session: CdpSession },
    options: Electron.BrowserWindowConstructorOptions,
  ): void;
} = { open: () => undefined };

/** Commands that bring a new page to the host's present settings (theme). */
export const pageSettings: ((session: CdpSession) => void)[] = [];
/** The same for every new document: a test driver resets some of them when it meets the page. */
export const documentSettings: ((session: CdpSession) => void)[] = [];

/** Everything between Chromium's page and Electron's `webContents`: attaching, events, messages. */
export abstract class PageTarget extends EventEmitter {
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
  protected destroyed = false;
  protected crashed = false;
  protected url = '';
  protected title = '';
  protected loading = false;
  protected windowOpen: OpenHandler = () => ({ action: 'allow' });
  protected expected: string | undefined;
  protected isolated = new Map<number, Promise<number>>();
  protected readonly wire: PreloadWire;
  protected accelerators: object[] = [];
  #openings: Protocol.Page.windowOpenPayload[] = [];
  #adoptions: { info: Protocol.Target.TargetInfo; session: CdpSession }[] = [];
  protected loads: { resolve(): void; reject(error: Error): void; url: string }[] = [];
  /** `resize`, `focus` and the like of the page, for its window. */
  readonly #opening = Promise.withResolvers<CdpSession>();
  onPageEvent: (event: string, data: Record<string, number>) => void = () => undefined;

  constructor(options: PageOptions) {
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
    this.attached = this.#opening.promise;
    // Failures reach the caller through the method that needed the page.
    this.attached.catch(() => undefined);
    this.wire = new PreloadWire(
      this.attached,
      (...message) => this.#receive(...message),
      () => toMapped(this.url) !== this.url,
    );
  }

  abstract getURL(): string;
  abstract getUserAgent(): string;
  abstract isDestroyed(): boolean;
  abstract send(channel: string, ...args: unknown[]): void;
  abstract reload(): void;
  /** Out of the list of all pages. */
  protected abstract forget(): void;
  abstract executeJavaScript(code: string, userGesture?: boolean): Promise<unknown>;

  /** Opens or adopts the page; the last thing that the constructor does. */
  protected begin(options: PageOptions): void {
    this.#attach(options).then(this.#opening.resolve, this.#opening.reject);
  }

  async #attach(options: PageOptions): Promise<CdpSession> {
    const adopted = options.adopted ?? (await openPage(this.session, options));
    const { session, targetId } = adopted;
    this.targetId = targetId;
    if (this.destroyed) {
      host.connection.root.post('Target.closeTarget', { targetId });
      throw new CdpError('attach', 'the window was closed', true);
    }
    this.#listen(session);
    session.post('Page.enable');
    session.post('Page.setLifecycleEventsEnabled', { enabled: true });
    session.post('Runtime.enable');
    session.post('Log.enable');
    session.post('Runtime.addBinding', { name: this.wire.binding, executionContextName: PRELOAD_WORLD });
    session.on('Runtime.bindingCalled', (call) => {
      if (call.name === this.wire.binding) this.wire.take(call.payload, call.executionContextId);
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

  #networkPage() {
    const contents = this;
    return {
      webContentsId: this.id,
      session: this.session,
      get mainFrameId() {
        return contents.targetId;
      },
      bulkAddress: (path: string, secret: string) => this.wire.bulkAddress(path, secret),
      allowNavigation: (navigation: { url: string; isMainFrame: boolean; frameId: string; redirect: boolean }) =>
        this.#allowNavigation(navigation),
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
      binding: this.wire.binding,
      schemes: customSchemes(),
      secret: this.wire.secret,
      platform: process.platform,
      arch: process.arch,
      versions: {
        node: process.versions.node,
        chrome: host.version,
        electron: process.versions['electron'] ?? '',
        v8: process.versions.v8,
      },
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
    if (isMainFrame && this.expected === url.split('#')[0]) {
      this.expected = undefined;
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
      const aux = context.auxData as { frameId?: string } | undefined;
      if (aux?.frameId !== this.targetId) return;
      if (context.name === PRELOAD_WORLD) this.wire.context = context.id;
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (this.wire.context === executionContextId) this.wire.context = undefined;
    });
    session.on('Runtime.executionContextsCleared', () => {
      this.wire.context = undefined;
      this.isolated.clear();
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) {
        this.emit('did-frame-navigate', createPreventable(), toReal(frame.url), 200, '', false, 0, 0);
        return;
      }
      this.url = toReal(frame.url) + (frame.urlFragment ?? '');
      this.isolated.clear();
      for (const command of documentSettings) command(session);
      void this.session.applyPermissions(this.url, this as unknown as Electron.WebContents).catch(() => undefined);
      this.emit(
        'did-start-navigation',
        createPreventable({ url: this.url, isMainFrame: true, isSameDocument: false }),
        this.url,
        false,
        true,
        0,
        0,
      );
      this.emit('did-navigate', createPreventable(), this.url, 200, '');
      this.emit('did-frame-navigate', createPreventable(), this.url, 200, '', true, 0, 0);
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      const isMain = frameId === this.targetId;
      if (isMain) this.url = toReal(url);
      this.emit('did-navigate-in-page', createPreventable(), toReal(url), isMain, 0, 0);
    });
    session.on('Page.frameStartedLoading', ({ frameId }) => {
      if (frameId !== this.targetId) return;
      this.loading = true;
      this.emit('did-start-loading');
    });
    session.on('Page.frameStoppedLoading', ({ frameId }) => {
      if (frameId !== this.targetId) return;
      this.loading = false;
      this.emit('did-stop-loading');
    });
    session.on('Page.lifecycleEvent', ({ frameId, name }) => {
      if (frameId !== this.targetId) return;
      if (name === 'DOMContentLoaded' && this.url !== '') this.emit('dom-ready', createPreventable());
      if (name === 'load' && this.url !== '') {
        if (this.preferences.javascript === false)
          void this.#askTitle(session)
            .catch(() => undefined)
            .finally(() => this.#loaded());
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
      this.#emitConsole(
        'error',
        `Uncaught ${message}`,
        exceptionDetails.lineNumber + 1,
        toReal(exceptionDetails.url ?? ''),
      );
    });
    session.on('Inspector.targetCrashed', () => {
      this.crashed = true;
      this.emit('render-process-gone', createPreventable(), { reason: 'crashed', exitCode: 1 });
      this.failLoads('ERR_FAILED', -2);
    });
    session.events.once('closed', () => this.gone());
  }

  /** A page without scripts does not tell its title. */
  async #askTitle(session: CdpSession): Promise<void> {
    const { result } = await session.send('Runtime.evaluate', { expression: 'document.title', returnByValue: true });
    if (typeof result.value === 'string') this.#retitle(result.value);
  }

  #loaded(): void {
    const waiting = this.loads.splice(0);
    if (this.url.startsWith('chrome-error:')) return;
    this.emit('did-frame-finish-load', createPreventable(), true, 0, 0);
    this.emit('did-finish-load');
    for (const load of waiting) load.resolve();
  }

  protected failLoads(name: string, code: number): void {
    for (const { reject, url } of this.loads.splice(0)) {
      const error = new Error(`${name} (${code}) loading '${url}'`);
      reject(Object.assign(error, { code: name, errno: code, url }));
    }
  }

  #console(call: Protocol.Runtime.consoleAPICalledPayload): void {
    const levels: Record<string, string> = { error: 'error', assert: 'error', warning: 'warning', debug: 'debug' };
    const text = call.args
      .map((arg) => (arg.type === 'string' ? String(arg.value) : (arg.description ?? String(arg.value))))
      .join(' ');
    const frame = call.stackTrace?.callFrames[0];
    this.#emitConsole(levels[call.type] ?? 'info', text, (frame?.lineNumber ?? 0) + 1, toReal(frame?.url ?? ''));
  }

  #emitConsole(level: string, message: string, lineNumber: number, sourceId: string): void {
    const event = createPreventable({ level, message, lineNumber, sourceId, frame: this.mainFrame });
    const numbers: Record<string, number> = { debug: 0, info: 1, warning: 2, error: 3 };
    this.emit('console-message', event, numbers[level] ?? 1, message, lineNumber, sourceId);
  }

  /** The target is gone, whoever closed it. */
  protected gone(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.forget();
    this.failLoads('ERR_ABORTED', -3);
    this.emit('destroyed');
  }

  #receive(message: Record<string, unknown>, buffers: ArrayBuffer[], contextId: number): void {
    const channel = String(message['channel']);
    switch (message['t']) {
      case 'hello':
        if (this.accelerators.length > 0) this.wire.deliver({ t: 'accelerators', list: this.accelerators });
        break;
      case 'send': {
        const event = this.#ipcEvent({
          ports: [],
          reply: (name: string, ...args: unknown[]) => this.send(name, ...args),
        });
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
          if (!this.destroyed) this.#reply(message['id'] as number, channel, answer, contextId);
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
        this.emit(
          'preload-error',
          createPreventable(),
          this.preferences.preload ?? '',
          codec.decode(message['error'] as string),
        );
        break;
      default:
    }
  }

  #ipcEvent(extra: object) {
    return createPreventable({
      type: 'frame',
      sender: this,
      senderFrame: this.mainFrame.snapshot(),
      processId: 1,
      frameId: 1,
      returnValue: undefined,
      ...extra,
    });
  }

  #reply(id: number, channel: string, answer: Answer, contextId: number): void {
    if (answer.ok) {
      try {
        this.wire.deliverValue({ t: 'reply', id, ok: true }, 'value', answer.value, contextId);
      } catch (error) {
        this.wire.deliver(
          { t: 'reply', id, ok: false, error: `Error invoking remote method '${channel}': ${String(error)}` },
          contextId,
        );
      }
    } else this.wire.deliver({ t: 'reply', id, ...answer }, contextId);
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
    this.wire.deliver({ t: 'paths', id, paths }, contextId);
  }

  /** Sends a command; rejects if the page is gone. */
  async command<T>(run: (session: CdpSession) => Promise<T>): Promise<T> {
    return run(await this.attached);
  }

  /** What the app says to `window.open`. */
  #askWindowOpen(url: string, opening: Protocol.Page.windowOpenPayload): Electron.WindowOpenHandlerResponse {
    const referrer = { url: this.url, policy: 'strict-origin-when-cross-origin' as const };
    const features = opening.windowFeatures.join(',');
    const disposition = features === '' ? 'foreground-tab' : 'new-window';
    return this.windowOpen({ url, frameName: opening.windowName, features, disposition, referrer });
  }

  /** This page has opened another one, which waits for the app's decision. */
  adopt(info: Protocol.Target.TargetInfo, session: CdpSession): void {
    const opening = this.#openings.shift();
    if (!opening) {
      // Chromium announces the page and its address in either order.
      this.#adoptions.push({ info, session });
      return;
    }
    this.#decideOpening(opening, info, session);
  }

  #decideOpening(
    opening: Protocol.Page.windowOpenPayload,
    info: Protocol.Target.TargetInfo,
    session: CdpSession,
  ): void {
    const answer = this.#askWindowOpen(toReal(opening.url), opening);
    if (answer.action !== 'allow') {
      void refusePage(session, info.targetId);
      return;
    }
    adoption.open(this, { targetId: info.targetId, session }, answer.overrideBrowserWindowOptions ?? {});
  }

  #retitle(title: string): void {
    if (title === '' || title === this.title) return;
    this.title = title;
    this.emit('page-title-updated', createPreventable(), title, true);
  }
}

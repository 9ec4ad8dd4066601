/** `session`: one Chromium browser context per partition; `protocol` and `webRequest` belong to it. */
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import type { CdpSession, Protocol } from './cdp.ts';
import { guard, guardClass, notImplemented } from './guard.ts';
import { host } from './host.ts';
import { BUILT_IN, originOf, registerScheme, toMapped } from './schemes.ts';

type ProtocolHandler = (request: Request) => Response | Promise<Response>;
type Verdict = Record<string, unknown>;
type RequestListener = (details: Record<string, unknown>, callback: (verdict: Verdict) => void) => void;
type PermissionRequestHandler = (
  contents: Electron.WebContents,
  permission: string,
  callback: (granted: boolean) => void,
  details: object,
) => void;
type PermissionCheckHandler = (
  contents: Electron.WebContents | null,
  permission: string,
  origin: string,
  details: object,
) => boolean;

/** `protocol` of one session. */
export class ProtocolHandlers {
  readonly handlers = new Map<string, ProtocolHandler>();

  handle(scheme: string, handler: ProtocolHandler): void {
    if (typeof handler !== 'function') throw new TypeError('protocol.handle expects a function');
    if (this.handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    registerScheme(scheme);
    this.handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    if (!this.handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.handlers.has(scheme) || BUILT_IN.has(scheme);
  }

  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (host.chromium) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) registerScheme(scheme, privileges);
  }
}
guardClass(ProtocolHandlers);

interface Rule {
  listener: RequestListener;
  matches(url: string, type: string): boolean;
}

/** A Chrome match pattern, as in `webRequest` filters. */
function matchPattern(pattern: string): (url: string) => boolean {
  if (pattern === '<all_urls>') return () => true;
  const text = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  const expression = new RegExp(`^${text}$`, 'i');
  return (url) => expression.test(url);
}

/** `webRequest` of one session: the last listener set for an event is the only one. */
export class WebRequest {
  readonly rules = new Map<string, Rule>();

  #set(event: string, first: unknown, second: unknown): void {
    const listener = (typeof first === 'function' || first === null ? first : second) as
      | RequestListener
      | null
      | undefined;
    const filter = (typeof first === 'object' ? first : null) as Electron.WebRequestFilter | null;
    if (!listener) {
      this.rules.delete(event);
      return;
    }
    const urls = (filter?.urls ?? []).map(matchPattern);
    const excluded = (filter?.excludeUrls ?? []).map(matchPattern);
    const types = filter?.types as string[] | undefined;
    this.rules.set(event, {
      listener,
      matches: (url, type) =>
        (urls.length === 0 || urls.some((test) => test(url))) &&
        !excluded.some((test) => test(url)) &&
        (!types || types.includes(type)),
    });
  }

  onBeforeRequest(first: unknown, second?: unknown): void {
    this.#set('onBeforeRequest', first, second);
  }
  onBeforeSendHeaders(first: unknown, second?: unknown): void {
    this.#set('onBeforeSendHeaders', first, second);
  }
  onHeadersReceived(first: unknown, second?: unknown): void {
    this.#set('onHeadersReceived', first, second);
  }
  onCompleted(first: unknown, second?: unknown): void {
    this.#set('onCompleted', first, second);
  }
  onErrorOccurred(first: unknown, second?: unknown): void {
    this.#set('onErrorOccurred', first, second);
  }

  /** What the listener decides; undefined without a listener for this address. */
  async ask(event: string, details: Record<string, unknown>): Promise<Verdict | undefined> {
    const rule = this.rules.get(event);
    if (!rule?.matches(String(details['url']), String(details['resourceType']))) return undefined;
    return new Promise((resolve) => rule.listener(details, (verdict) => resolve(verdict ?? {})));
  }

  tell(event: string, details: Record<string, unknown>): void {
    const rule = this.rules.get(event);
    if (rule?.matches(String(details['url']), String(details['resourceType']))) rule.listener(details, () => undefined);
  }
}
guardClass(WebRequest);

/** Electron's permission → Chromium's. */
const PERMISSIONS: Record<string, Protocol.Browser.PermissionDescriptor[]> = {
  'clipboard-read': [{ name: 'clipboard-read' }],
  'clipboard-sanitized-write': [{ name: 'clipboard-write' }],
  'display-capture': [{ name: 'display-capture' }],
  geolocation: [{ name: 'geolocation' }],
  'idle-detection': [{ name: 'idle-detection' }],
  media: [{ name: 'camera' }, { name: 'microphone' }],
  midi: [{ name: 'midi' }],
  midiSysex: [{ name: 'midi', sysex: true }],
  notifications: [{ name: 'notifications' }],
  'persistent-storage': [{ name: 'persistent-storage' }],
  sensors: [{ name: 'accelerometer' }, { name: 'gyroscope' }, { name: 'magnetometer' }],
  'storage-access': [{ name: 'storage-access' }],
  'window-management': [{ name: 'window-management' }],
};

let persistentOwner: string | undefined;
let incognitoOwner: Session | undefined;

/** Chromium's incognito context exists once its first window does. */
export const incognito = Promise.withResolvers<string | undefined>();

export class Session extends EventEmitter {
  readonly partition: string;
  readonly protocol = new ProtocolHandlers();
  readonly webRequest = new WebRequest();
  #context: Promise<string | undefined> | undefined;
  #requestHandler: PermissionRequestHandler | null = null;
  #checkHandler: PermissionCheckHandler | null = null;
  #decided = new Set<string>();
  #userAgent: string | undefined;
  #downloads: string | undefined;

  constructor(partition: string) {
    super();
    this.partition = partition;
    guard('protocol', this.protocol);
    guard('webRequest', this.webRequest);
  }

  isPersistent(): boolean {
    return this.partition === '' || this.partition.startsWith('persist:');
  }

  /** Storage path of a persistent session, null for one in memory. */
  get storagePath(): string | null {
    return this.isPersistent() ? (sessionSettings.profile?.() ?? null) : null;
  }
  getStoragePath(): string | null {
    return this.storagePath;
  }

  /** The browser context of this partition. In-memory partitions have their own; Chromium's profile holds one persistent one. */
  contextId(): Promise<string | undefined> {
    this.#context ??= this.#createContext();
    return this.#context;
  }

  async #createContext(): Promise<string | undefined> {
    if (this.isPersistent()) {
      persistentOwner ??= this.partition;
      if (persistentOwner !== this.partition)
        notImplemented(`A second persistent session ('${this.partition}' beside '${persistentOwner}')`);
      return undefined;
    }
    if (this.isIncognito) return incognito.promise;
    const { browserContextId } = await host.connection.root.send('Target.createBrowserContext', {
      disposeOnDetach: true,
    });
    host.connection.root.post('Browser.setDownloadBehavior', { behavior: 'deny', browserContextId });
    return browserContextId;
  }

  /**
   * True if this session lives in Chromium's own incognito context, whose windows can be plain ones: where somebody
   * looks, the first in-memory partition does. Others get contexts of the protocol, whose windows look like a browser's.
   */
  get isIncognito(): boolean {
    if (host.headless || this.isPersistent()) return false;
    incognitoOwner ??= this;
    return incognitoOwner === this;
  }

  setPermissionRequestHandler(handler: PermissionRequestHandler | null): void {
    this.#requestHandler = handler;
    this.#decided.clear();
  }
  setPermissionCheckHandler(handler: PermissionCheckHandler | null): void {
    this.#checkHandler = handler;
    this.#decided.clear();
  }

  /**
   * Asks the app's handlers once per origin for every permission and tells Chromium the answers, because the protocol has
   * no event for a request. Without any handler everything is denied.
   */
  async applyPermissions(realUrl: string, contents: Electron.WebContents): Promise<void> {
    const origin = originOf(realUrl);
    if (origin === 'null' || this.#decided.has(origin)) return;
    this.#decided.add(origin);
    const browserContextId = await this.contextId();
    const mappedOrigin = URL.canParse(toMapped(realUrl)) ? new URL(toMapped(realUrl)).origin : '';
    if (mappedOrigin === '' || mappedOrigin === 'null') return;
    for (const [name, descriptors] of Object.entries(PERMISSIONS)) {
      const granted = await this.#decide(name, origin, realUrl, contents);
      for (const permission of descriptors) {
        const setting = granted ? 'granted' : 'denied';
        const target = browserContextId === undefined ? {} : { browserContextId };
        host.connection.root.post('Browser.setPermission', { permission, setting, origin: mappedOrigin, ...target });
      }
    }
  }

  async #decide(name: string, origin: string, url: string, contents: Electron.WebContents): Promise<boolean> {
    const details = { isMainFrame: true, requestingUrl: url, securityOrigin: `${origin}/`, mediaTypes: [] };
    const check = this.#checkHandler;
    if (check && !check(contents, name, `${origin}/`, details)) return false;
    const request = this.#requestHandler;
    if (!request) return check !== null;
    return new Promise((resolve) => request(contents, name, (granted) => resolve(granted === true), details));
  }

  /** Deletes what pages have stored, of one origin or of all that have been open. */
  async clearStorageData(options: { origin?: string; storages?: string[] } = {}): Promise<void> {
    const browserContextId = await this.contextId();
    const names: Record<string, string> = {
      filesystem: 'file_systems',
      indexdb: 'indexeddb',
      localstorage: 'local_storage',
      shadercache: 'shader_cache',
      websql: 'websql',
      serviceworkers: 'service_workers',
      cachestorage: 'cache_storage',
      cookies: 'cookies',
    };
    const storageTypes = options.storages?.map((name) => names[name] ?? name).join(',') ?? 'all';
    const origins = options.origin
      ? [toMapped(`${options.origin}/`)]
      : [...this.#decided].map((origin) => toMapped(`${origin}/`));
    for (const session of sessionSettings.pages(this)) {
      for (const origin of origins)
        await session.send('Storage.clearDataForOrigin', { origin: new URL(origin).origin, storageTypes });
    }
    if (!options.storages || options.storages.includes('cookies')) {
      await host.connection.root.send(
        'Storage.clearCookies',
        browserContextId === undefined ? {} : { browserContextId },
      );
    }
  }

  async clearData(options: { origins?: string[] } = {}): Promise<void> {
    if (!options.origins) await this.clearStorageData();
    for (const origin of options.origins ?? []) await this.clearStorageData({ origin });
  }
  async clearCache(): Promise<void> {
    for (const session of sessionSettings.pages(this)) await session.send('Network.clearBrowserCache');
  }
  async clearCodeCaches(): Promise<void> {}
  async clearHostResolverCache(): Promise<void> {}
  async clearAuthCache(): Promise<void> {}
  async getCacheSize(): Promise<number> {
    return 0;
  }
  /** The host's pages never reach the network through a proxy of their own. */
  async setProxy(): Promise<void> {}
  async closeAllConnections(): Promise<void> {}
  async resolveProxy(): Promise<string> {
    return 'DIRECT';
  }
  flushStorageData(): void {}

  setUserAgent(userAgent: string): void {
    this.#userAgent = userAgent;
  }
  getUserAgent(): string {
    return this.#userAgent ?? host.userAgent;
  }
  setSpellCheckerEnabled(): void {}
  isSpellCheckerEnabled(): boolean {
    return false;
  }
  setSpellCheckerLanguages(): void {}
  setCertificateVerifyProc(): void {}
  setDevicePermissionHandler(): void {}
  setDisplayMediaRequestHandler(): void {}
  setUSBProtectedClassesHandler(): void {}
  setBluetoothPairingHandler(): void {}
  setDownloadPath(path: string): void {
    this.#downloads = path;
  }
  get downloadPath(): string | undefined {
    return this.#downloads;
  }
  /** Requests made by the main process: custom schemes by their handlers, the rest by Node. */
  async fetch(input: string | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const handler = this.protocol.handlers.get(new URL(request.url).protocol.slice(0, -1));
    return handler ? handler(request) : fetch(request);
  }

  static fromPartition(partition: string): Session {
    let found = sessions.get(partition);
    if (!found) {
      found = new Session(partition);
      sessions.set(partition, found);
      sessionSettings.created?.(found);
    }
    return found;
  }

  static get defaultSession(): Session {
    return Session.fromPartition('');
  }
}
guardClass(Session, ['serviceWorkers']);

const sessions = new Map<string, Session>();

/** Set by other parts, which would otherwise import each other in a circle. */
export const sessionSettings: {
  pages(session: Session): CdpSession[];
  profile?: () => string;
  created?: (session: Session) => void;
} = { pages: () => [] };

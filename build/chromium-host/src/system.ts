/** The smaller modules: theme, network, secrets, power, notifications. */
import { spawn } from 'node:child_process';
import { createCipheriv, createDecipheriv, pbkdf2Sync, randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Electron from 'electron';
import type { CdpSession } from './cdp.ts';
import { createPreventable } from './events.ts';
import { guard, guardClass } from './guard.ts';
import { host } from './host.ts';
import { Session } from './session.ts';
import { documentSettings, pageSettings } from './page-target.ts';
import { WebContents } from './web-contents.ts';

type ThemeSource = Electron.NativeTheme['themeSource'];

class NativeTheme extends EventEmitter {
  #source: ThemeSource = 'system';
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;
  readonly shouldUseDarkColorsForSystemIntegratedUI = false;

  get themeSource(): ThemeSource {
    return this.#source;
  }
  set themeSource(source: ThemeSource) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`Invalid theme source: ${String(source)}`);
    const before = this.shouldUseDarkColors;
    const changed = source !== this.#source;
    this.#source = source;
    if (!changed) return;
    for (const contents of WebContents.getAllWebContents()) {
      void contents.command(async (session) => this.apply(session)).catch(() => undefined);
    }
    if (before !== this.shouldUseDarkColors || source === 'system') this.emit('updated');
    else queueMicrotask(() => this.emit('updated'));
  }
  /** Chromium in this host takes "system" for light, as a desktop without a preference does. */
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
  apply(session: CdpSession): void {
    const value = this.#source === 'system' ? '' : this.#source;
    session.post('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
  }
}
const theme = new NativeTheme();
pageSettings.push((session) => theme.apply(session));
documentSettings.push((session) => {
  if (theme.themeSource !== 'system') theme.apply(session);
});
export const nativeTheme = guard('nativeTheme', theme);

const FILE_TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.pdf': 'application/pdf',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
};

function online(): boolean {
  return Object.values(networkInterfaces()).some((list) => list?.some((address) => !address.internal));
}

export const net = guard('net', {
  /** Custom schemes go to the default session's handlers, `file:` to the disk, the rest to the network. */
  async fetch(input: string | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    if (request.url.startsWith('file:')) {
      const path = fileURLToPath(request.url);
      try {
        const headers = { 'content-type': FILE_TYPES[extname(path)] ?? 'application/octet-stream' };
        return new Response(readFileSync(path), { headers });
      } catch {
        throw new Error('net::ERR_FILE_NOT_FOUND');
      }
    }
    return Session.defaultSession.fetch(request);
  },
  isOnline: online,
  get online(): boolean {
    return online();
  },
});

// Chromium's obfuscation where there is no keychain: a fixed password, so it protects nothing (os_crypt_linux.cc).
const PREFIX = Buffer.from('v10');
const key = (): Buffer => pbkdf2Sync('peanuts', 'saltysalt', 1, 16, 'sha1');
const IV = Buffer.alloc(16, ' ');

function encrypt(text: string): Buffer {
  const cipher = createCipheriv('aes-128-cbc', key(), IV);
  return Buffer.concat([PREFIX, cipher.update(text, 'utf8'), cipher.final()]);
}

function decrypt(data: Buffer): string {
  if (!data.subarray(0, 3).equals(PREFIX))
    throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
  const decipher = createDecipheriv('aes-128-cbc', key(), IV);
  return Buffer.concat([decipher.update(data.subarray(3)), decipher.final()]).toString('utf8');
}

export const safeStorage = guard('safeStorage', {
  isEncryptionAvailable: (): boolean => host.chromium !== undefined,
  isAsyncEncryptionAvailable: async (): Promise<boolean> => host.chromium !== undefined,
  encryptString: encrypt,
  decryptString: decrypt,
  encryptStringAsync: async (text: string): Promise<Buffer> => encrypt(text),
  decryptStringAsync: async (data: Buffer): Promise<Electron.DecryptStringAsyncReturnValue> => ({
    shouldReEncrypt: false,
    result: decrypt(data),
  }),
  getSelectedStorageBackend: (): string => 'basic_text',
  setUsePlainTextEncryption(): void {},
});

/** Emits nothing by itself: Node is not told of suspend and lock. Tests emit the events. */
class PowerMonitor extends EventEmitter {
  readonly onBatteryPower = false;
  getSystemIdleTime(): number {
    return 0;
  }
  getSystemIdleState(threshold: number): string {
    return this.getSystemIdleTime() >= threshold ? 'idle' : 'active';
  }
  getCurrentThermalState(): string {
    return 'unknown';
  }
  isOnBatteryPower(): boolean {
    return false;
  }
}
export const powerMonitor = guard('powerMonitor', new PowerMonitor());

/** What the desktop's notification centre holds; without a desktop this is the centre. */
const centre = new Map<string, Notification>();

export class Notification extends EventEmitter {
  readonly id: string;
  title: string;
  subtitle: string;
  body: string;
  silent: boolean;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.id = options.id ?? randomUUID();
    this.title = options.title ?? '';
    this.subtitle = options.subtitle ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
  }
  static isSupported(): boolean {
    return true;
  }
  /** Those that were shown and neither closed nor removed, oldest first. */
  static async getHistory(): Promise<Notification[]> {
    return [...centre.values()];
  }
  static remove(id: string | string[]): void {
    for (const each of [id].flat()) centre.delete(each);
  }
  static removeAll(): void {
    centre.clear();
  }
  show(): void {
    // Shown again under the same id, it takes the place of the earlier one.
    centre.delete(this.id);
    centre.set(this.id, this);
    if (host.headless) {
      queueMicrotask(() => this.emit('show', createPreventable()));
      return;
    }
    const child = spawn('notify-send', ['--', this.title, this.body], { stdio: 'ignore' });
    child.once('error', (error) => this.emit('failed', createPreventable(), error.message));
    child.once('spawn', () => this.emit('show', createPreventable()));
  }
  close(): void {
    if (centre.delete(this.id)) this.emit('close', createPreventable());
  }
}
guardClass(Notification);

export const systemPreferences = guard(
  'systemPreferences',
  Object.assign(new EventEmitter(), {
    getAnimationSettings: () => ({
      shouldRenderRichAnimation: true,
      scrollAnimationsEnabledBySystem: false,
      prefersReducedMotion: false,
    }),
    getAccentColor: (): string => '3584e4ff',
    getMediaAccessStatus: (): string => 'denied',
  }),
);

export const crashReporter = guard('crashReporter', {
  start(): void {},
  getUploadToServer: (): boolean => false,
  setUploadToServer(): void {},
  addExtraParameter(): void {},
  removeExtraParameter(): void {},
  getParameters: (): object => ({}),
  getLastCrashReport: (): null => null,
  getUploadedReports: (): object[] => [],
});

/** Keys outside of the app's windows belong to the desktop: nothing can be registered. */
export const globalShortcut = guard('globalShortcut', {
  register: (): boolean => false,
  registerAll(): void {},
  isRegistered: (): boolean => false,
  unregister(): void {},
  unregisterAll(): void {},
});

let blockers = 0;
export const powerSaveBlocker = guard('powerSaveBlocker', {
  start(): number {
    blockers += 1;
    return blockers;
  },
  stop: (): boolean => true,
  isStarted: (id: number): boolean => id <= blockers,
});

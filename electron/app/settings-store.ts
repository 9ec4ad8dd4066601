/** Settings of this device: they are needed before the vault is open, so they stand beside it, and hold nothing private. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DeviceSettings } from '../../shared/ipc/contract.ts';
import { writeFileAtomically } from '../export/atomic-write.ts';
import { log } from './log.ts';

const schema = z.object({
  language: z.enum(['ru', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'comfortable']),
  userName: z.string().max(200),
  autoLockMinutes: z.number().int().min(0).max(1440),
  notifications: z.boolean(),
  notificationNames: z.boolean(),
  notifyFrom: z.number().int().min(0).max(23),
  notifyUntil: z.number().int().min(1).max(24),
});

export interface SettingsStore {
  readonly get: () => DeviceSettings;
  readonly patch: (
    patch: { readonly [K in keyof DeviceSettings]?: DeviceSettings[K] | undefined },
  ) => Promise<DeviceSettings>;
}

/** Reads `<folder>/settings.json`; a damaged file is replaced by defaults at the next change and said in the log. */
export function openSettings(folder: string, systemLanguages: readonly string[]): SettingsStore {
  const path = join(folder, 'settings.json');
  let current: DeviceSettings = {
    language: systemLanguages.some((l) => /^(ru|be|uk|kk)\b/i.test(l)) ? 'ru' : 'en',
    theme: 'system',
    density: 'compact',
    userName: '',
    autoLockMinutes: 15,
    notifications: true,
    notificationNames: false,
    notifyFrom: 9,
    notifyUntil: 19,
  };
  try {
    const parsed = schema.partial().safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (parsed.success) current = merge(current, parsed.data);
    else log.warn('settings.json has unknown values and was passed over');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.warn('settings.json could not be read', error);
  }
  return {
    get: () => current,
    async patch(patch) {
      current = merge(current, patch);
      await writeFileAtomically(path, Buffer.from(`${JSON.stringify(current, null, 2)}\n`));
      return current;
    },
  };
}

function merge(
  base: DeviceSettings,
  patch: { readonly [K in keyof DeviceSettings]?: DeviceSettings[K] | undefined },
): DeviceSettings {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return { ...base, ...given };
}

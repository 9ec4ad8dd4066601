/** Start-up facts, settings of this device and the state of the vault, as main tells them. */
import { create } from 'zustand';
import type { BootInfo, ChannelInput, DeviceSettings, VaultState } from '../../shared/ipc/contract.ts';
import { clearLiveView, fillLiveView } from '../db/live-view.ts';
import { clearNotices } from '../ui/toast.tsx';
import { forgetUndo, showError } from './commit.ts';
import { flushAll } from './flush.ts';
import { setLanguage } from './i18n.ts';
import { call } from './ipc.ts';
import { go, openContract, resetNavigation } from './navigation.ts';
import { useStatus } from './status.ts';
import { followSync, forgetSync, readSync } from './sync.ts';

interface Session {
  readonly boot: BootInfo | null;
  readonly settings: DeviceSettings;
  readonly vault: VaultState | null;
  /** True from the making of a vault until the person has chosen how to begin. */
  readonly firstRun: boolean;
}
const DEFAULTS: DeviceSettings = {
  language: 'en',
  theme: 'system',
  density: 'comfortable',
  userName: '',
  autoLockMinutes: 15,
  notifications: true,
  notificationNames: false,
  notifyFrom: 9,
  notifyUntil: 19,
};
export const useSession = create<Session>(() => ({ boot: null, settings: DEFAULTS, vault: null, firstRun: false }));

const dark = window.matchMedia('(prefers-color-scheme: dark)');

function applySettings(settings: DeviceSettings): void {
  const root = document.documentElement;
  const isDark = settings.theme === 'dark' || (settings.theme === 'system' && dark.matches);
  root.dataset['theme'] = isDark ? 'dark' : 'light';
  root.dataset['density'] = settings.density;
  void setLanguage(settings.language);
  useSession.setState({ settings });
}

function applyVault(vault: VaultState): void {
  const before = useSession.getState().vault;
  if (before && before.state === vault.state && vault.state !== 'problem') return;
  useSession.setState({ vault });
  // What can open the vault may have changed since the start: a new passphrase, a recovery code.
  if (before) void readBoot();
  if (vault.state === 'open') {
    void fillLiveView();
    void readSync();
    return;
  }
  void clearLiveView();
  forgetUndo();
  forgetSync();
  clearNotices();
  resetNavigation();
}

async function readBoot(): Promise<void> {
  const boot = await call('app:boot', undefined);
  if (boot.ok) useSession.setState({ boot: boot.value });
}

/** Reads where the app stands and keeps following it. */
export async function startSession(): Promise<void> {
  const { subscribe } = window.rapport;
  subscribe['vault:state'](applyVault);
  subscribe['app:settings-changed'](applySettings);
  followSync();
  subscribe['app:online-changed']((online) => useStatus.setState({ online }));
  subscribe['reminders:open'](({ contract }) => {
    if (useSession.getState().vault?.state !== 'open') return;
    if (contract !== undefined) openContract(contract);
    else go({ screen: 'today' });
  });
  dark.addEventListener('change', () => applySettings(useSession.getState().settings));
  const boot = await call('app:boot', undefined);
  if (!boot.ok) {
    applyVault({ state: 'problem', error: boot.error });
    return;
  }
  applySettings(boot.value.settings);
  useSession.setState({ boot: boot.value });
  applyVault(boot.value.vault);
  const online = await call('app:online', undefined);
  if (online.ok) useStatus.setState({ online: online.value });
}

/** Changes settings of this device; language and theme change at once. */
export async function changeSettings(patch: ChannelInput<'app:settings'>): Promise<void> {
  applySettings({ ...useSession.getState().settings, ...(patch as Partial<DeviceSettings>) });
  const saved = await call('app:settings', patch);
  if (saved.ok) applySettings(saved.value);
  else showError(saved.error);
}

/** Saves everything typed, then locks. */
export async function lockVault(): Promise<void> {
  await flushAll();
  const result = await call('vault:lock', undefined);
  if (result.ok) applyVault(result.value);
  else showError(result.error);
}

export { applyVault };

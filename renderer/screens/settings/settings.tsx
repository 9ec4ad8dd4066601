import { useEffect, useRef, useState } from 'react';
import { useT } from '../../app/i18n.ts';
import { showInList, useNavigation } from '../../app/navigation.ts';
import { changeSettings, useSession } from '../../app/session.ts';
import { PaneHeader, Segmented, TextField } from '../../ui/index.ts';
import { SyncSettings } from '../sync/sync-settings.tsx';
import { DataSettings } from './data.tsx';
import { Letterhead } from './letterhead.tsx';
import { CalendarsSettings } from './calendars/calendars.tsx';
import { RemindersSettings } from './reminders.tsx';
import { SettingsGroup, SettingsRow } from './row.tsx';
import { Security } from './security.tsx';
import styles from './settings.module.css';

function UserName() {
  const t = useT();
  const saved = useSession((state) => state.settings.userName);
  const [name, setName] = useState(saved);
  return (
    <TextField
      label={t('settings.name')}
      hideLabel
      className={styles.narrow ?? ''}
      autoComplete="off"
      maxLength={200}
      value={name}
      onChange={setName}
      onBlur={() => {
        if (name.trim() !== saved) void changeSettings({ userName: name.trim() });
      }}
    />
  );
}

/** Settings of this device and of the vault. */
export function Settings() {
  const t = useT();
  const settings = useSession((state) => state.settings);
  const boot = useSession((state) => state.boot);
  const part = useNavigation((state) => (state.place.screen === 'settings' ? state.place.id : undefined));
  const sync = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (part !== 'sync') return;
    sync.current?.scrollIntoView();
    showInList(null);
  }, [part]);
  return (
    <>
      <PaneHeader title={t('shell.settings')} />
      <div className={styles.page} tabIndex={-1}>
        <div className={styles.inner}>
          <SettingsGroup title={t('settings.appearance')}>
            <SettingsRow label={t('start.language')}>
              <Segmented
                label={t('start.language')}
                hideLabel
                options={[
                  { id: 'ru', label: t('start.russian') },
                  { id: 'en', label: t('start.english') },
                ]}
                value={settings.language}
                onChange={(language) => void changeSettings({ language })}
              />
            </SettingsRow>
            <SettingsRow label={t('settings.theme')}>
              <Segmented
                label={t('settings.theme')}
                hideLabel
                options={[
                  { id: 'system', label: t('settings.themes.system') },
                  { id: 'light', label: t('settings.themes.light') },
                  { id: 'dark', label: t('settings.themes.dark') },
                ]}
                value={settings.theme}
                onChange={(theme) => void changeSettings({ theme })}
              />
            </SettingsRow>
            <SettingsRow label={t('settings.density')}>
              <Segmented
                label={t('settings.density')}
                hideLabel
                options={[
                  { id: 'comfortable', label: t('settings.densities.comfortable') },
                  { id: 'compact', label: t('settings.densities.compact') },
                ]}
                value={settings.density}
                onChange={(density) => void changeSettings({ density })}
              />
            </SettingsRow>
            <SettingsRow label={t('settings.name')} hint={t('settings.nameHint')}>
              <UserName />
            </SettingsRow>
          </SettingsGroup>
          <Letterhead />
          <RemindersSettings />
          <CalendarsSettings />
          <Security />
          <div ref={sync}>
            <SyncSettings />
          </div>
          <DataSettings />
          <SettingsGroup title={t('settings.about')}>
            <SettingsRow label={t('settings.version')}>{boot?.version ?? ''}</SettingsRow>
            <SettingsRow label={t('settings.zone')}>{boot?.timeZone ?? ''}</SettingsRow>
            <p className={styles.hint}>{t('settings.aboutText')}</p>
          </SettingsGroup>
        </div>
      </div>
    </>
  );
}

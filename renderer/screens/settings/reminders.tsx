import { useT } from '../../app/i18n.ts';
import { changeSettings, useSession } from '../../app/session.ts';
import { Select, Switch } from '../../ui/index.ts';
import { SettingsGroup, SettingsRow } from './row.tsx';
import styles from './settings.module.css';

const HOURS = Array.from({ length: 25 }, (_, hour) => hour);

/** Notifications of the operating system: whether, with names or without, and when. */
export function RemindersSettings() {
  const t = useT();
  const { notifications, notificationNames, notifyFrom, notifyUntil } = useSession((state) => state.settings);
  const hours = (list: readonly number[]) =>
    list.map((hour) => ({ id: String(hour), label: t('deadlines.settings.hour', { hour }) }));
  return (
    <SettingsGroup title={t('deadlines.settings.title')}>
      <SettingsRow label={t('deadlines.settings.notifications')} hint={t('deadlines.settings.hint')}>
        <Switch
          label={t('deadlines.settings.on')}
          value={notifications}
          onChange={(value) => void changeSettings({ notifications: value })}
        />
      </SettingsRow>
      <SettingsRow label={t('deadlines.settings.names')} hint={t('deadlines.settings.namesHint')}>
        <Switch
          label={t('deadlines.settings.namesOn')}
          value={notificationNames}
          isDisabled={!notifications}
          onChange={(value) => void changeSettings({ notificationNames: value })}
        />
      </SettingsRow>
      <SettingsRow label={t('deadlines.settings.hours')} hint={t('deadlines.settings.hoursHint')}>
        <div className={styles.actions}>
          <Select
            label={t('deadlines.settings.from')}
            options={hours(HOURS.slice(0, 24))}
            value={String(notifyFrom)}
            isDisabled={!notifications}
            onChange={(id) => void changeSettings({ notifyFrom: Number(id) })}
          />
          <Select
            label={t('deadlines.settings.until')}
            options={hours(HOURS.slice(1))}
            value={String(notifyUntil)}
            isDisabled={!notifications}
            onChange={(id) => void changeSettings({ notifyUntil: Number(id) })}
          />
        </div>
      </SettingsRow>
    </SettingsGroup>
  );
}

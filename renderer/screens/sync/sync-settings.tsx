import { useState } from 'react';
import { useT } from '../../app/i18n.ts';
import { useSync } from '../../app/sync.ts';
import { SettingsGroup, SettingsRow } from '../settings/row.tsx';
import { HandOver } from './hand-over.tsx';
import { Join } from './join.tsx';
import { Panel } from './panel.tsx';
import styles from './sync.module.css';

/** Sync with other devices and colleagues, and hand-over without a server. */
export function SyncSettings() {
  const t = useT();
  const state = useSync((all) => all.status.state);
  const [joining, setJoining] = useState(false);
  const [sent, setSent] = useState(false);
  const asks = joining || state === 'off' || state === 'revoked';
  return (
    <SettingsGroup title={t('sync.title')}>
      {state !== 'off' && !joining && <Panel takesFocus={sent} />}
      {asks && (
        <SettingsRow label={t('sync.join')}>
          {state !== 'revoked' && <p className={styles.intro}>{t('sync.intro')}</p>}
          <Join
            onBusy={(busy) => {
              setJoining(busy);
              if (busy) setSent(true);
            }}
          />
        </SettingsRow>
      )}
      <HandOver />
    </SettingsGroup>
  );
}

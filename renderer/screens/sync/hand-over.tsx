import { useState } from 'react';
import { useT } from '../../app/i18n.ts';
import { Button } from '../../ui/index.ts';
import { SettingsRow } from '../settings/row.tsx';
import { HandOverOpen } from './hand-over-open.tsx';
import { HandOverSave } from './hand-over-save.tsx';
import styles from './sync.module.css';

/** A sealed file instead of a server: made here, or taken in. */
export function HandOver() {
  const t = useT();
  const [shown, setShown] = useState<'save' | 'open' | null>(null);
  return (
    <SettingsRow label={t('sync.handOver.title')} hint={t('sync.handOver.hint')}>
      <div className={styles.actions}>
        <Button onPress={() => setShown('save')}>{t('sync.handOver.save')}</Button>
        <Button onPress={() => setShown('open')}>{t('sync.handOver.open')}</Button>
      </div>
      {shown === 'save' && <HandOverSave onClose={() => setShown(null)} />}
      {shown === 'open' && <HandOverOpen onClose={() => setShown(null)} />}
    </SettingsRow>
  );
}

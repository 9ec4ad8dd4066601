import { useState } from 'react';
import { showError } from '../../app/commit.ts';
import { useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { Button, Dialog, notify } from '../../ui/index.ts';
import styles from './sync.module.css';

/** Asked, because what has not been sent stays here alone. */
export function LeaveDialog({ pending, onClose }: { readonly pending: number; readonly onClose: () => void }) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const leave = async (): Promise<void> => {
    setBusy(true);
    const done = await call('sync:leave', undefined);
    setBusy(false);
    if (done.ok) notify({ text: t('sync.left') });
    else showError(done.error);
    onClose();
  };
  return (
    <Dialog
      title={t('sync.leaveTitle')}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('common.cancel')}
          </Button>
          <Button variant="danger" onPress={() => void leave()} isDisabled={busy}>
            {t('sync.leave')}
          </Button>
        </>
      }
    >
      <p>{t('sync.leaveText')}</p>
      {pending > 0 && <p className={styles.error}>{t('sync.leaveWaiting', { count: pending })}</p>}
    </Dialog>
  );
}

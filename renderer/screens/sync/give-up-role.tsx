import { useState } from 'react';
import type { Role } from '../../../shared/sync/shapes.ts';
import { useT } from '../../app/i18n.ts';
import { Button, Dialog } from '../../ui/index.ts';
import styles from './sync.module.css';

/** Asked, because only another owner can give the role back. */
export function GiveUpRole({
  role,
  onConfirm,
  onClose,
}: {
  /** What is left. */
  readonly role: Role;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    await onConfirm();
    onClose();
  };
  return (
    <Dialog
      title={t('sync.giveUpTitle')}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('common.cancel')}
          </Button>
          <Button variant="danger" onPress={() => void confirm()} isDisabled={busy}>
            {t('sync.giveUp')}
          </Button>
        </>
      }
    >
      <p>{t('sync.giveUpText')}</p>
      {role === 'reader' && <p>{t('sync.giveUpReader')}</p>}
      <p className={styles.quiet}>{t('sync.giveUpBack')}</p>
    </Dialog>
  );
}

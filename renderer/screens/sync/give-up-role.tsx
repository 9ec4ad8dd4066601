import { useState } from 'react';
import type { Role } from '../../../shared/sync/shapes.ts';
import { useT } from '../../app/i18n.ts';
import { Dialog, DialogFooter } from '../../ui/index.ts';
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
        <DialogFooter
          cancelLabel={t('common.cancel')}
          onCancel={onClose}
          label={t('sync.giveUp')}
          tone="danger"
          onPress={() => void confirm()}
          isDisabled={busy}
        />
      }
    >
      <p>{t('sync.giveUpText')}</p>
      {role === 'reader' && <p>{t('sync.giveUpReader')}</p>}
      <p className={styles.quiet}>{t('sync.giveUpBack')}</p>
    </Dialog>
  );
}

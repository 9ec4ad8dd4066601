import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { SyncStatus } from '../../../shared/sync/view.ts';
import { showError } from '../../app/commit.ts';
import { sizeWords } from '../../app/file-size.ts';
import { useLanguage, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { useSync } from '../../app/sync.ts';
import { Button, Dialog, DialogFooter, notify } from '../../ui/index.ts';
import { HandOverSave } from './hand-over-save.tsx';
import styles from './sync.module.css';

/** What would not reach the others, or not open here, once the workspace's key is gone (SYNC-LEAVE-1). */
function useLeftOver({ pending, refused, quarantined, files, enrolling }: SyncStatus): readonly string[] {
  const t = useT();
  const language = useLanguage();
  // Before the server has answered there is nothing that anybody could miss.
  if (enrolling) return [];
  const unsent = files?.unsent;
  const absent = files?.waiting;
  return [
    ...(pending > refused ? [t('sync.leaveWaiting', { count: pending - refused })] : []),
    ...(refused > 0 ? [t('sync.leaveRefused', { count: refused })] : []),
    ...(quarantined > 0 ? [t('sync.leaveAside', { count: quarantined })] : []),
    ...(unsent && unsent.files > 0
      ? [t('sync.leaveUnsent', { count: unsent.files, size: sizeWords(unsent.bytes, language) })]
      : []),
    ...(absent && absent.files > 0
      ? [t('sync.leaveAbsent', { count: absent.files, size: sizeWords(absent.bytes, language) })]
      : []),
  ];
}

/** Asked, because the key goes: says what still waits, and offers to send it or to save it in a file first. */
export function LeaveDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const status = useSync((all) => all.status);
  const leftOver = useLeftOver(status);
  const [busy, setBusy] = useState(false);
  const [saving, setSaving] = useState(false);
  const leave = async (): Promise<void> => {
    setBusy(true);
    const done = await call('sync:leave', undefined);
    setBusy(false);
    if (done.ok) notify({ text: t('sync.left') });
    else showError(done.error);
    onClose();
  };
  const now = async (): Promise<void> => {
    const done = await call('sync:now', undefined);
    if (!done.ok) showError(done.error);
  };
  return (
    <>
      <Dialog
        title={t('sync.leaveTitle')}
        isOpen
        onClose={onClose}
        closeLabel={t('common.close')}
        footer={
          <DialogFooter
            cancelLabel={t('common.cancel')}
            onCancel={onClose}
            label={t('sync.leave')}
            tone="danger"
            onPress={() => void leave()}
            isDisabled={busy}
          />
        }
      >
        <p>{t('sync.leaveText')}</p>
        {leftOver.length > 0 && (
          <>
            <ul className={styles.leftOver}>
              {leftOver.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <div className={styles.actions}>
              {status.state !== 'revoked' && (
                <Button
                  icon={<RefreshCw size={14} aria-hidden />}
                  onPress={() => void now()}
                  isPending={status.state === 'syncing'}
                >
                  {t('sync.now')}
                </Button>
              )}
              <Button onPress={() => setSaving(true)}>{t('sync.leaveSave')}</Button>
            </div>
            <p className={styles.quiet}>{t('sync.leaveKeeps')}</p>
          </>
        )}
      </Dialog>
      {saving && <HandOverSave onClose={() => setSaving(false)} />}
    </>
  );
}

import { useState } from 'react';
import { showError } from '../../app/commit.ts';
import { errorText, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { useSync } from '../../app/sync.ts';
import { useKept, useLoaded } from '../../db/index.ts';
import { Button, Dialog, notify, Spinner } from '../../ui/index.ts';
import styles from './sync.module.css';
import { useNear } from './use-state-words.ts';

/** What came from others and could not be taken in, with its reason. It blocks nothing. */
export function SetAsideDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const { near, exact } = useNear();
  const count = useSync((state) => state.status.quarantined);
  const [busy, setBusy] = useState(false);
  const { value: read, error } = useLoaded(
    () => call('sync:set-aside', undefined),
    () => true,
    [count],
  );
  const value = useKept(read);
  const retry = async (): Promise<void> => {
    setBusy(true);
    const done = await call('sync:retry-set-aside', undefined);
    setBusy(false);
    if (done.ok) notify({ text: t('sync.retried', done.value) });
    else showError(done.error);
  };
  return (
    <Dialog
      title={t('sync.setAsideTitle')}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
      size="wide"
      footer={
        <Button onPress={() => void retry()} isDisabled={busy}>
          {t('sync.retry')}
        </Button>
      }
    >
      <p className={styles.note}>{t('sync.setAsideLead')}</p>
      {error && <p role="alert">{errorText(error)}</p>}
      {!value && !error && <Spinner label={t('common.loading')} />}
      <ul className={styles.entries}>
        {value?.map(({ id, reason, time }) => (
          <li key={id} className={styles.entry}>
            <div className={styles.entryMain}>
              <div>{t(`sync.setAside.${reason}`)}</div>
              <div className={styles.quiet} title={exact(time)}>
                {t('sync.setAsideFrom', { when: near(time) })}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

import { useState } from 'react';
import { errorText, type TextKey, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { applyVault, useSession } from '../../app/session.ts';
import type { AppError } from '../../../shared/result.ts';
import { Button, notify, TextField } from '../../ui/index.ts';
import { StartPage } from './start.tsx';
import styles from './start.module.css';

const TITLES: Readonly<Record<string, TextKey>> = {
  'vault.damaged': 'start.problemTitle.damaged',
  'vault.keyDamaged': 'start.problemTitle.keychain',
  'vault.keyMissing': 'start.problemTitle.keychain',
  'vault.keychainChanged': 'start.problemTitle.keychain',
  'vault.newer': 'start.problemTitle.newer',
  'vault.readOnly': 'start.problemTitle.readOnly',
  'vault.diskFull': 'start.problemTitle.diskFull',
  'vault.missing': 'start.problemTitle.missing',
  'sync.wiped': 'start.problemTitle.wiped',
};
/** There is nothing left that could be opened. */
const GONE = 'sync.wiped';
/** The vault's own file is at fault: a backup can take its place. */
const RESTORABLE = new Set([
  'vault.damaged',
  'vault.missing',
  'vault.keyDamaged',
  'vault.keyMissing',
  'vault.keychainChanged',
]);
const SECRET_OPENS = new Set(['vault.keyMissing', 'vault.keychainChanged', 'vault.keyDamaged', 'vault.wrongKey']);

/** The vault cannot be opened: what happened, what is safe, and the ways on. */
export function Problem({ error }: { readonly error: AppError }) {
  const t = useT();
  const platformReady = useSession((state) => state.boot !== null);
  const [secret, setSecret] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const asksForSecret = SECRET_OPENS.has(error.code);
  const tryAgain = async (): Promise<void> => {
    setBusy(true);
    setFailure('');
    const opened = await call('vault:unlock', secret && asksForSecret ? { secret } : {});
    setBusy(false);
    if (opened.ok) applyVault(opened.value);
    // It can be read again, and only its passphrase is missing.
    else if (opened.error.code === 'vault.passphraseNeeded') applyVault({ state: 'locked' });
    else setFailure(errorText(opened.error));
  };
  const beginAnew = async (): Promise<void> => {
    setBusy(true);
    const boot = await call('app:boot', undefined);
    setBusy(false);
    if (boot.ok) applyVault(boot.value.vault);
    else setFailure(errorText(boot.error));
  };
  const restore = async (): Promise<void> => {
    setBusy(true);
    setFailure('');
    const restored = await call('vault:restore', secret ? { secret } : {});
    setBusy(false);
    if (!restored.ok) setFailure(errorText(restored.error));
    else if (restored.value) {
      applyVault(restored.value);
      notify({ text: t('start.restored') });
    }
  };
  const restoreButton = (
    <Button variant={asksForSecret ? 'plain' : 'primary'} isDisabled={busy} onPress={() => void restore()}>
      {t('start.restore')}
    </Button>
  );
  return (
    <StartPage title={t(TITLES[error.code] ?? 'start.problemTitle.other')}>
      <div className={styles.block}>
        <p role="alert" className={styles.lead}>
          {errorText(error)}
        </p>
        {failure && (
          <p role="alert" className={styles.error}>
            {failure}
          </p>
        )}
        {(asksForSecret || RESTORABLE.has(error.code)) && (
          <TextField
            label={asksForSecret ? t('start.secretOrCode') : t('start.restoreSecret')}
            description={asksForSecret ? undefined : t('start.restoreSecretHint')}
            type="password"
            autoComplete="current-password"
            value={secret}
            onChange={setSecret}
          />
        )}
        <div className={styles.actions}>
          {RESTORABLE.has(error.code) && !asksForSecret && restoreButton}
          {error.code === GONE && (
            <Button variant="primary" isDisabled={busy} onPress={() => void beginAnew()}>
              {t('start.beginAnew')}
            </Button>
          )}
          {platformReady && error.code !== 'vault.newer' && error.code !== GONE && (
            <Button
              variant={RESTORABLE.has(error.code) && !asksForSecret ? 'plain' : 'primary'}
              isDisabled={busy}
              onPress={() => void tryAgain()}
            >
              {t('start.tryAgain')}
            </Button>
          )}
          {RESTORABLE.has(error.code) && asksForSecret && restoreButton}
          <Button variant="quiet" onPress={() => void call('app:quit', undefined)}>
            {t('start.quit')}
          </Button>
        </div>
      </div>
    </StartPage>
  );
}

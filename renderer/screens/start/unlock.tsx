import { type FormEvent, useState } from 'react';
import type { AppError } from '../../../shared/result.ts';
import { errorText, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { applyVault, useSession } from '../../app/session.ts';
import { Button, TextField } from '../../ui/index.ts';
import { StartPage } from './start.tsx';
import styles from './start.module.css';

/** A locked vault: the system's key, the passphrase or the recovery code opens it. */
export function Unlock() {
  const t = useT();
  const sources = useSession((state) => state.boot?.keySources ?? ['passphrase']);
  const [secret, setSecret] = useState('');
  const [busy, setBusy] = useState(false);
  // The error itself, not its text: the language may change while it stands there.
  const [error, setError] = useState<AppError | null>(null);
  const unlock = async (input: { readonly secret?: string }): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setError(null);
    const opened = await call('vault:unlock', input);
    setBusy(false);
    if (opened.ok) applyVault(opened.value);
    else setError(opened.error);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (secret) void unlock({ secret });
  };
  const hasPassphrase = sources.includes('passphrase');
  const hasCode = sources.includes('recovery');
  const label = hasPassphrase ? (hasCode ? t('start.secretOrCode') : t('start.secret')) : t('start.code');
  return (
    <StartPage title={t('start.unlockTitle')}>
      <form className={styles.block} onSubmit={submit}>
        {sources.includes('keychain') && (
          <div className={styles.actions}>
            <Button variant="primary" size="large" isDisabled={busy} onPress={() => void unlock({})} autoFocus>
              {t('start.unlockKeychain')}
            </Button>
          </div>
        )}
        <TextField
          label={label}
          type="password"
          autoComplete="current-password"
          value={secret}
          onChange={setSecret}
          error={error ? errorText(error) : undefined}
          autoFocus={!sources.includes('keychain')}
        />
        <div className={styles.actions}>
          <Button
            type="submit"
            variant={sources.includes('keychain') ? 'plain' : 'primary'}
            isDisabled={busy || !secret}
          >
            {busy ? t('start.unlocking') : t('start.unlock')}
          </Button>
        </div>
      </form>
    </StartPage>
  );
}

import { type FormEvent, type ReactNode, useState } from 'react';
import type { AppError } from '../../../shared/result.ts';
import { useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { applyVault, changeSettings, useSession } from '../../app/session.ts';
import { errorText } from '../../app/i18n.ts';
import { Button, RadioGroup, Segmented } from '../../ui/index.ts';
import { Begin } from './begin.tsx';
import { BrandMark } from './brand-mark.tsx';
import { isUsable, PassphraseFields } from './passphrase-fields.tsx';
import { RecoveryCode } from './recovery-code.tsx';
import styles from './start.module.css';

/** The frame of everything before the app itself: mark, language, one column. */
export function StartPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const t = useT();
  const language = useSession((state) => state.settings.language);
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <div className={`${styles.top} ${styles.noPrint}`}>
          <span className={styles.mark}>
            <BrandMark size={28} />
            {t('start.title')}
          </span>
          <Segmented
            label={t('start.language')}
            hideLabel
            options={[
              { id: 'ru', label: t('start.russian') },
              { id: 'en', label: t('start.english') },
            ]}
            value={language}
            onChange={(id) => void changeSettings({ language: id })}
          />
        </div>
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
    </main>
  );
}

function CreateVault({ onCreated }: { readonly onCreated: (code: string) => void }) {
  const t = useT();
  const keychain = useSession((state) => state.boot?.keychain ?? false);
  const [method, setMethod] = useState<'keychain' | 'passphrase'>(keychain ? 'keychain' : 'passphrase');
  const [draft, setDraft] = useState({ first: '', second: '' });
  const [busy, setBusy] = useState(false);
  // The error itself, not its text: the language may change while it stands there.
  const [error, setError] = useState<AppError | null>(null);
  const ready = method === 'keychain' || isUsable(draft);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!ready || busy) return;
    setBusy(true);
    setError(null);
    // The vault opens at once; the person stays here until the way to begin is chosen.
    useSession.setState({ firstRun: true });
    const made = await call('vault:create', {
      recovery: true,
      ...(method === 'passphrase' ? { passphrase: draft.first } : {}),
    });
    setBusy(false);
    if (made.ok) {
      applyVault({ state: 'open' });
      onCreated(made.value.recoveryCode);
    } else {
      useSession.setState({ firstRun: false });
      setError(made.error);
    }
  };
  return (
    <form className={styles.block} onSubmit={(event) => void submit(event)}>
      <p className={styles.lead}>{t('start.lead')}</p>
      {keychain ? (
        <RadioGroup
          label={t('start.protect')}
          options={[
            { id: 'keychain', label: t('start.withKeychain'), hint: t('start.withKeychainHint') },
            { id: 'passphrase', label: t('start.withPassphrase'), hint: t('start.withPassphraseHint') },
          ]}
          value={method}
          onChange={setMethod}
        />
      ) : (
        <p className={styles.quiet}>{t('start.noKeychain')}</p>
      )}
      {method === 'passphrase' && <PassphraseFields value={draft} onChange={setDraft} autoFocus={!keychain} />}
      {error && (
        <p role="alert" className={styles.error}>
          {errorText(error)}
        </p>
      )}
      <div className={styles.actions}>
        <Button type="submit" variant="primary" size="large" isDisabled={!ready || busy} autoFocus={keychain}>
          {busy ? t('start.creating') : t('start.create')}
        </Button>
      </div>
    </form>
  );
}

/** First run: language, protection of the data, recovery code, and how to begin. */
export function Start() {
  const t = useT();
  const [code, setCode] = useState('');
  const [confirmed, setConfirmed] = useState(false);
  if (confirmed) {
    return (
      <StartPage title={t('start.beginTitle')}>
        <Begin />
      </StartPage>
    );
  }
  if (code) {
    return (
      <StartPage title={t('start.recoveryTitle')}>
        <RecoveryCode code={code} onDone={() => setConfirmed(true)} />
      </StartPage>
    );
  }
  return (
    <StartPage title={t('start.createTitle')}>
      <CreateVault
        onCreated={(made) => {
          setCode(made);
          setConfirmed(!made);
        }}
      />
    </StartPage>
  );
}

import { type FormEvent, useState } from 'react';
import { decodeInvitation } from '../../../shared/sync/invitation-code.ts';
import { errorText, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { useSession } from '../../app/session.ts';
import { readSync, useSync } from '../../app/sync.ts';
import { Button, notify, TextArea, TextField } from '../../ui/index.ts';
import styles from './sync.module.css';

/**
 * Paste a code, name the device, join. What the code says is shown while it is being typed. `onBusy` keeps the form where
 * it is until the server has answered.
 */
export function Join({ onBusy }: { readonly onBusy: (busy: boolean) => void }) {
  const t = useT();
  const userName = useSession((state) => state.settings.userName);
  const platform = useSession((state) => state.boot?.platform ?? '');
  const stage = useSync((state) => state.status.progress?.stage);
  const [code, setCode] = useState('');
  const [name, setName] = useState(() => [userName, PLATFORMS[platform] ?? ''].filter(Boolean).join(', '));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const read = code.trim() === '' ? null : decodeInvitation(code);
  const join = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || !read?.ok || name.trim() === '') return;
    setBusy(true);
    onBusy(true);
    setError('');
    const joined = await call('sync:enrol', { code, deviceName: name.trim() });
    // Where sync stands now decides whether the form stays; an older state must not take it away with its error.
    await readSync();
    setBusy(false);
    onBusy(false);
    if (joined.ok) {
      setCode('');
      notify({ text: t('sync.connected') });
    } else setError(errorText(joined.error));
  };
  return (
    <form className={styles.join} onSubmit={(event) => void join(event)}>
      <TextArea
        label={t('sync.code')}
        rows={4}
        value={code}
        onChange={(text) => {
          setCode(text);
          setError('');
        }}
        error={read && !read.ok ? errorText(read.error) : undefined}
        description={read === null ? t('sync.codeHint') : undefined}
        spellCheck="false"
        autoComplete="off"
      />
      {read?.ok && (
        <p className={styles.says}>
          <strong>{t('sync.codeServer', { server: read.value.server })}</strong>
          <span>{t(read.value.key ? 'sync.codeKey' : 'sync.codeFirst')}</span>
          <span>{t('sync.joinMerges')}</span>
        </p>
      )}
      <TextField
        label={t('sync.device')}
        description={t('sync.deviceHint')}
        value={name}
        onChange={setName}
        maxLength={100}
        autoComplete="off"
      />
      {error && (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
      <div className={styles.actions}>
        <Button variant="primary" type="submit" isPending={busy} isDisabled={!read?.ok || name.trim() === ''}>
          {busy ? t(stage ? `sync.stages.${stage}` : 'sync.connecting') : t('sync.connect')}
        </Button>
      </div>
    </form>
  );
}

const PLATFORMS: Readonly<Record<string, string>> = { darwin: 'Mac', win32: 'Windows', linux: 'Linux' };

import { type FormEvent, useState } from 'react';
import { showError } from '../../app/commit.ts';
import { useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { changeSettings, useSession } from '../../app/session.ts';
import { Button, Dialog, DialogFooter, Select, notify } from '../../ui/index.ts';
import { isUsable, PassphraseFields } from '../start/passphrase-fields.tsx';
import { RecoveryCode } from '../start/recovery-code.tsx';
import { SettingsGroup, SettingsRow } from './row.tsx';
import styles from './settings.module.css';

const MINUTES = [0, 5, 15, 30, 60, 240] as const;
const FORM = 'new-passphrase';

function PassphraseDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const [draft, setDraft] = useState({ first: '', second: '' });
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isUsable(draft) || busy) return;
    setBusy(true);
    const set = await call('vault:passphrase', { passphrase: draft.first });
    setBusy(false);
    if (!set.ok) {
      showError(set.error);
      return;
    }
    notify({ text: t('settings.passphraseSet') });
    onClose();
  };
  return (
    <Dialog
      title={t('settings.setPassphrase')}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
      footer={
        <DialogFooter
          cancelLabel={t('common.cancel')}
          onCancel={onClose}
          label={t('common.save')}
          form={FORM}
          isDisabled={!isUsable(draft) || busy}
        />
      }
    >
      <form id={FORM} onSubmit={(event) => void submit(event)}>
        <PassphraseFields value={draft} onChange={setDraft} autoFocus />
      </form>
    </Dialog>
  );
}

/** Locking, passphrase, recovery code. */
export function Security() {
  const t = useT();
  const minutes = useSession((state) => state.settings.autoLockMinutes);
  const [passphrase, setPassphrase] = useState(false);
  const [code, setCode] = useState('');
  const renew = async (): Promise<void> => {
    const made = await call('vault:recovery', undefined);
    if (made.ok) setCode(made.value.recoveryCode);
    else showError(made.error);
  };
  return (
    <SettingsGroup title={t('settings.security')}>
      <SettingsRow label={t('settings.autoLock')}>
        <Select
          label={t('settings.autoLock')}
          hideLabel
          className={styles.narrow ?? ''}
          options={MINUTES.map((count) => ({
            id: String(count),
            label: count === 0 ? t('settings.neverLock') : t('settings.minutes', { count }),
          }))}
          value={String(minutes)}
          onChange={(id) => void changeSettings({ autoLockMinutes: Number(id) })}
        />
      </SettingsRow>
      <SettingsRow label={t('start.passphrase')} hint={t('settings.passphraseHint')}>
        <Button onPress={() => setPassphrase(true)}>{t('settings.setPassphrase')}</Button>
      </SettingsRow>
      <SettingsRow label={t('start.recoveryTitle')} hint={t('settings.recoveryHint')}>
        <Button onPress={() => void renew()}>{t('settings.newRecovery')}</Button>
      </SettingsRow>
      {passphrase && <PassphraseDialog onClose={() => setPassphrase(false)} />}
      {code && (
        <Dialog title={t('start.recoveryTitle')} isOpen onClose={() => setCode('')} closeLabel={t('common.close')}>
          <RecoveryCode code={code} onDone={() => setCode('')} />
        </Dialog>
      )}
    </SettingsGroup>
  );
}

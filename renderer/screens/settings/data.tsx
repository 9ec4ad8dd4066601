import { type FormEvent, useState } from 'react';
import { showError } from '../../app/commit.ts';
import { errorText, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { useSession } from '../../app/session.ts';
import { Button, Dialog, DialogFooter, TextField, notify } from '../../ui/index.ts';
import { backUp } from './backup.ts';
import { openCards } from '../documents/card-dialog.tsx';
import { exportContacts } from './export-contacts.ts';
import { SettingsGroup, SettingsRow } from './row.tsx';
import styles from './settings.module.css';

const FORM = 'restore-secret';

/** Restoring from a backup; one made under another key asks for its passphrase or code. */
function Restore() {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const [secret, setSecret] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const restore = async (input: { readonly secret?: string }): Promise<void> => {
    setBusy(true);
    setError('');
    const restored = await call('vault:restore', input);
    setBusy(false);
    if (restored.ok) {
      setAsking(false);
      setSecret('');
      if (restored.value) notify({ text: t('start.restored') });
    } else if (restored.error.code === 'restore.secretNeeded') {
      setAsking(true);
      if (input.secret) setError(errorText(restored.error));
    } else showError(restored.error);
  };
  return (
    <>
      <Button onPress={() => void restore({})} isDisabled={busy}>
        {t('start.restore')}
      </Button>
      <Dialog
        title={t('start.restore')}
        isOpen={asking}
        onClose={() => setAsking(false)}
        closeLabel={t('common.close')}
        footer={
          <DialogFooter
            cancelLabel={t('common.cancel')}
            onCancel={() => setAsking(false)}
            label={t('start.restore')}
            form={FORM}
            isDisabled={busy || !secret}
          />
        }
      >
        <form
          id={FORM}
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            void restore({ secret });
          }}
        >
          <TextField
            label={t('start.restoreSecret')}
            description={t('settings.restoreSecretHint')}
            type="password"
            value={secret}
            onChange={setSecret}
            error={error || undefined}
            autoFocus
          />
        </form>
      </Dialog>
    </>
  );
}

function Verify() {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [report, setReport] = useState<{ readonly ok: boolean; readonly problems: readonly string[] } | null>(null);
  const verify = async (): Promise<void> => {
    setBusy(true);
    const checked = await call('vault:verify', undefined);
    setBusy(false);
    if (checked.ok) setReport(checked.value);
    else showError(checked.error);
  };
  return (
    <>
      <Button onPress={() => void verify()} isDisabled={busy}>
        {busy ? t('settings.verifying') : t('settings.verify')}
      </Button>
      <div role="status">
        {report && (
          <p className={report.ok ? styles.result : styles.problems}>
            {report.ok ? t('settings.verified') : t('settings.verifyProblems', { count: report.problems.length })}
          </p>
        )}
        {report && !report.ok && (
          <ul className={styles.problems}>
            {report.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}

function Sample() {
  const t = useT();
  const language = useSession((state) => state.settings.language);
  const [busy, setBusy] = useState(false);
  const remove = async (): Promise<void> => {
    setBusy(true);
    const removed = await call('sample:remove', undefined);
    setBusy(false);
    if (!removed.ok) showError(removed.error);
    else {
      notify({
        text:
          removed.value.kept.length > 0
            ? t('settings.sampleKept', { count: removed.value.kept.length })
            : t('settings.sampleRemoved'),
      });
    }
  };
  const add = async (): Promise<void> => {
    setBusy(true);
    const added = await call('sample:add', { language });
    setBusy(false);
    if (added.ok) notify({ text: t('settings.sampleAdded') });
    else showError(added.error);
  };
  return (
    <div className={styles.actions}>
      <Button onPress={() => void remove()} isDisabled={busy}>
        {t('settings.removeSample')}
      </Button>
      <Button variant="quiet" onPress={() => void add()} isDisabled={busy}>
        {t('settings.addSample')}
      </Button>
    </div>
  );
}

/** Backups, contacts as files, checking, sample data. */
export function DataSettings() {
  const t = useT();
  return (
    <SettingsGroup title={t('settings.data')}>
      <SettingsRow label={t('settings.backup')} hint={t('settings.backupHint')}>
        <div className={styles.actions}>
          <Button onPress={() => void backUp()}>{t('shell.backup')}</Button>
          <Restore />
        </div>
      </SettingsRow>
      <SettingsRow label={t('settings.export')} hint={t('settings.exportHint')}>
        <div className={styles.actions}>
          <Button onPress={() => void exportContacts('people')}>{t('settings.exportPeople')}</Button>
          <Button onPress={() => void exportContacts('organisations')}>{t('settings.exportOrganisations')}</Button>
          <Button onPress={() => openCards()}>{t('settings.exportCards')}</Button>
        </div>
      </SettingsRow>
      <SettingsRow label={t('settings.check')} hint={t('settings.checkHint')}>
        <Verify />
      </SettingsRow>
      <SettingsRow label={t('settings.sample')} hint={t('settings.sampleHint')}>
        <Sample />
      </SettingsRow>
    </SettingsGroup>
  );
}

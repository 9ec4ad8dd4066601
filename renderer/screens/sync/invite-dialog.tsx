import { Copy, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { ROLES, type Role } from '../../../shared/sync/shapes.ts';
import { showError } from '../../app/commit.ts';
import { useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { useKept, useLoaded } from '../../db/index.ts';
import { Button, Dialog, notify, RadioGroup, Select } from '../../ui/index.ts';
import styles from './sync.module.css';
import { useNear } from './use-state-words.ts';

const DAYS = [1, 7, 30] as const;

function Unused({ turn, onChanged }: { readonly turn: number; readonly onChanged: () => void }) {
  const t = useT();
  const { exact } = useNear();
  const { value: read } = useLoaded(
    () => call('sync:invitations', undefined),
    () => false,
    [turn],
  );
  const value = useKept(read);
  const open = value?.filter(({ used, expires }) => !used && expires > Date.now()) ?? [];
  if (open.length === 0) return null;
  const withdraw = async (hash: string): Promise<void> => {
    const done = await call('sync:uninvite', { hash });
    if (done.ok) notify({ text: t('sync.uninvited') });
    else showError(done.error);
    onChanged();
  };
  return (
    <section aria-label={t('sync.invitations')}>
      <h3 className={styles.sub}>{t('sync.invitations')}</h3>
      <ul className={styles.entries}>
        {open.map(({ hash, role, expires }) => (
          <li key={hash} className={styles.entry}>
            <div className={styles.entryMain}>
              {t('sync.invitationUntil', { role: t(`sync.roles.${role}`), until: exact(expires) })}
            </div>
            <Button size="small" variant="quiet" onPress={() => void withdraw(hash)}>
              {t('sync.uninvite')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A code for a colleague or another device: role, expiry, and the code itself, once. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const { exact } = useNear();
  const [role, setRole] = useState<Role>('editor');
  const [days, setDays] = useState('7');
  const [made, setMade] = useState<{ readonly code: string; readonly expires: number } | null>(null);
  const [busy, setBusy] = useState(false);
  const [turn, setTurn] = useState(0);
  const make = async (): Promise<void> => {
    setBusy(true);
    const done = await call('sync:invite', { role, days: Number(days) });
    setBusy(false);
    if (!done.ok) {
      showError(done.error);
      return;
    }
    setMade(done.value);
    setTurn(turn + 1);
  };
  const copy = async (): Promise<void> => {
    if (!made) return;
    await navigator.clipboard.writeText(made.code);
    notify({ text: t('sync.copied') });
  };
  return (
    <Dialog
      title={t(made ? 'sync.codeReady' : 'sync.inviteTitle')}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
      size="wide"
      footer={
        made ? (
          <Button
            key="copy"
            variant="primary"
            icon={<Copy size={14} aria-hidden />}
            onPress={() => void copy()}
            // The button that made the code is gone: without this the keys would be nowhere.
            autoFocus
          >
            {t('sync.copy')}
          </Button>
        ) : (
          <Button key="make" variant="primary" onPress={() => void make()} isDisabled={busy}>
            {t('sync.makeCode')}
          </Button>
        )
      }
    >
      {made ? (
        <>
          <p className={styles.warning}>
            <KeyRound size={16} aria-hidden />
            <span>{t('sync.codeIsKey', { until: exact(made.expires) })}</span>
          </p>
          <output className={styles.code} data-invitation-code={made.code}>
            {made.code}
          </output>
        </>
      ) : (
        <>
          <p className={styles.warning}>
            <KeyRound size={16} aria-hidden />
            <span>{t('sync.inviteSees')}</span>
          </p>
          <div className={styles.form}>
            <RadioGroup
              label={t('sync.inviteRole')}
              options={[...ROLES].reverse().map((id) => ({
                id,
                label: t(`sync.roles.${id}`),
                hint: t(`sync.roleHints.${id}`),
              }))}
              value={role}
              onChange={setRole}
            />
            <Select
              label={t('sync.inviteDays')}
              options={DAYS.map((count) => ({ id: String(count), label: t('sync.days', { count }) }))}
              value={days}
              onChange={setDays}
            />
          </div>
          <Unused turn={turn} onChanged={() => setTurn(turn + 1)} />
        </>
      )}
    </Dialog>
  );
}

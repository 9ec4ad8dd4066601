import { CircleAlert, CircleCheck, CloudOff, LoaderCircle, Pause, Play, RefreshCw } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import type { SyncState, SyncStatus } from '../../../shared/sync/view.ts';
import { showError } from '../../app/commit.ts';
import { errorText, useLanguage, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { useSync } from '../../app/sync.ts';
import { Button, classNames, Switch } from '../../ui/index.ts';
import { SettingsRow } from '../settings/row.tsx';
import { FilesRow } from './files-row.tsx';
import { LeaseRow } from './lease-row.tsx';
import { DevicesDialog } from './devices-dialog.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { SetAsideDialog } from './set-aside-dialog.tsx';
import styles from './sync.module.css';
import { useNear } from './use-state-words.ts';
import { WaitingDialog } from './waiting-dialog.tsx';

const ICONS: Readonly<Record<SyncState, ReactNode>> = {
  off: null,
  idle: <CircleCheck size={16} aria-hidden />,
  syncing: <LoaderCircle size={16} aria-hidden />,
  offline: <CloudOff size={16} aria-hidden />,
  waiting: <CloudOff size={16} aria-hidden />,
  paused: <Pause size={16} aria-hidden />,
  problem: <CircleAlert size={16} aria-hidden />,
  revoked: <CircleAlert size={16} aria-hidden />,
};

function Head({ status }: { readonly status: SyncStatus }) {
  const t = useT();
  const language = useLanguage();
  const { near, exact } = useNear();
  const { state, progress, error, download } = status;
  const attention = state === 'problem' || state === 'revoked' || (state === 'idle' && status.refused > 0);
  return (
    <div className={styles.state} role="status">
      <span
        className={classNames(
          styles.stateWord,
          attention && styles.attention,
          state === 'idle' && !attention && styles.good,
        )}
      >
        {ICONS[attention ? 'problem' : state]}
        {progress
          ? t(`sync.stages.${progress.stage}`)
          : state !== 'idle'
            ? t(`sync.states.${state}`)
            : t(status.refused > 0 ? 'sync.notAllTaken' : status.files ? 'sync.recordsExchanged' : 'sync.states.idle')}
      </span>
      {progress && progress.received + progress.sent > 0 && (
        <span className={styles.quiet}>
          {t('sync.moved', {
            received: progress.received.toLocaleString(language),
            sent: progress.sent.toLocaleString(language),
          })}
        </span>
      )}
      {status.nextTry !== undefined && (
        <span className={styles.quiet}>{t('sync.nextTry', { when: t('sync.soon') })}</span>
      )}
      <span className={styles.quiet} title={status.lastSync ? exact(status.lastSync) : ''}>
        {`${t('sync.lastSync')}: ${status.lastSync ? near(status.lastSync) : t('sync.never')}`}
      </span>
      {download !== undefined && <p className={styles.note}>{t('sync.usable')}</p>}
      {error && state !== 'syncing' && <p className={attention ? styles.error : styles.note}>{errorText(error)}</p>}
      {status.enrolling && state !== 'syncing' && <p className={styles.note}>{t('sync.keepsTrying')}</p>}
    </div>
  );
}

type Shown = 'waiting' | 'aside' | 'devices' | 'invite' | 'leave' | null;

/**
 * Everything about a connection: its state, what waits, what was set aside, devices, invitations. `takesFocus`: it stands
 * where the form was that somebody has just sent.
 */
export function Panel({ takesFocus = false }: { readonly takesFocus?: boolean }) {
  const t = useT();
  const language = useLanguage();
  const status = useSync((state) => state.status);
  const [shown, setShown] = useState<Shown>(null);
  const { state, role } = status;
  const actions = useRef<HTMLDivElement>(null);
  const close = (): void => {
    setShown(null);
    // The button that opened a list is gone with its last entry; the window gives up the focus a frame after it is closed.
    const rescue = (): void => {
      if (document.activeElement === document.body) actions.current?.querySelector('button')?.focus();
    };
    requestAnimationFrame(() => requestAnimationFrame(rescue));
  };
  const now = async (): Promise<void> => {
    const done = await call('sync:now', undefined);
    if (!done.ok) showError(done.error);
  };
  const change = async (options: { readonly paused?: boolean; readonly frugal?: boolean }): Promise<void> => {
    const done = await call('sync:options', options);
    if (done.ok) useSync.setState({ status: done.value });
    else showError(done.error);
  };
  const isOwner = role === 'owner' && !status.enrolling && state !== 'revoked';
  return (
    <>
      <SettingsRow label={t('sync.connection')}>
        <Head status={status} />
        <div ref={actions} className={styles.actions}>
          <Button
            icon={<RefreshCw size={14} aria-hidden />}
            onPress={() => void now()}
            isDisabled={state === 'revoked'}
            // Disabled it would lose the focus at every press.
            isPending={state === 'syncing'}
            autoFocus={takesFocus}
          >
            {t('sync.now')}
          </Button>
          {state !== 'revoked' && (
            <Button
              variant="quiet"
              icon={state === 'paused' ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
              onPress={() => void change({ paused: state !== 'paused' })}
            >
              {t(state === 'paused' ? 'sync.resume' : 'sync.pause')}
            </Button>
          )}
          <Button variant="quiet" onPress={() => setShown('leave')}>
            {t(status.enrolling ? 'sync.cancelJoin' : 'sync.leave')}
          </Button>
        </div>
      </SettingsRow>
      <SettingsRow label={t('sync.waits')}>
        <div className={styles.line}>
          {status.pending === 0 && <span>{t('sync.waitsNone')}</span>}
          {status.refused > 0 && (
            <span className={styles.attention}>{t('sync.line.refused', { count: status.refused })}</span>
          )}
          {status.pending > status.refused && (
            <span>{t('sync.line.waiting', { count: status.pending - status.refused })}</span>
          )}
          {status.pending > 0 && (
            <Button size="small" onPress={() => setShown('waiting')}>
              {t('sync.show')}
            </Button>
          )}
        </div>
      </SettingsRow>
      <FilesRow status={status} />
      {status.quarantined > 0 && (
        <SettingsRow label={t('sync.setAsideCount')}>
          <div className={styles.line}>
            <span>{status.quarantined.toLocaleString(language)}</span>
            <Button size="small" onPress={() => setShown('aside')}>
              {t('sync.show')}
            </Button>
          </div>
        </SettingsRow>
      )}
      <SettingsRow label={t('sync.server')}>
        <div className={styles.server}>{status.server}</div>
        {role && (
          <p className={styles.quiet}>
            {`${t('sync.role')}: ${t(`sync.roles.${role}`)}. ${t(`sync.roleHints.${role}`)}`}
          </p>
        )}
        {status.clockDifference !== undefined && (
          <p className={styles.note}>
            {t('sync.clock', { minutes: Math.round(Math.abs(status.clockDifference) / 60_000) })}
          </p>
        )}
      </SettingsRow>
      <LeaseRow status={status} canSet={isOwner} />
      {!status.enrolling && state !== 'revoked' && (
        <SettingsRow label={t('sync.devices')}>
          <div className={styles.actions}>
            <Button onPress={() => setShown('devices')}>{t('sync.show')}</Button>
            {isOwner && <Button onPress={() => setShown('invite')}>{t('sync.invite')}</Button>}
          </div>
        </SettingsRow>
      )}
      <SettingsRow label={t('sync.network')} hint={t('sync.frugalHint')}>
        <Switch label={t('sync.frugal')} value={status.frugal} onChange={(frugal) => void change({ frugal })} />
      </SettingsRow>
      {shown === 'waiting' && <WaitingDialog onClose={close} />}
      {shown === 'aside' && <SetAsideDialog onClose={close} />}
      {shown === 'devices' && <DevicesDialog isOwner={isOwner} onClose={close} />}
      {shown === 'invite' && <InviteDialog onClose={close} />}
      {shown === 'leave' && <LeaveDialog onClose={close} />}
    </>
  );
}

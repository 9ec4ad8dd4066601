import { Laptop } from 'lucide-react';
import { useRef, useState } from 'react';
import type { DeviceView } from '../../../shared/sync/view.ts';
import { showError } from '../../app/commit.ts';
import { errorText, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { useKept, useLoaded } from '../../db/index.ts';
import { Button, Checkbox, classNames, Dialog, notify, Spinner, useKeptFocus } from '../../ui/index.ts';
import styles from './sync.module.css';
import { useNear } from './use-state-words.ts';

function Device({ device, onRevoke }: { readonly device: DeviceView; readonly onRevoke: (() => void) | null }) {
  const t = useT();
  const { near, exact } = useNear();
  const gone = device.revokedAt !== null;
  const state = gone
    ? device.wipedAt !== null
      ? t('sync.wiped', { when: near(device.wipedAt) })
      : device.wipe
        ? t('sync.wipeWaits')
        : t('sync.revokedOn', { when: near(device.revokedAt ?? 0) })
    : device.isSelf
      ? t('sync.thisDevice')
      : device.seenAt === null
        ? t('sync.notSeen')
        : t('sync.seen', { when: near(device.seenAt) });
  return (
    <li className={classNames(styles.entry, gone && styles.gone)} tabIndex={-1}>
      <Laptop size={16} aria-hidden />
      <div className={styles.entryMain}>
        <div>
          <strong>{device.name || t('sync.unnamed')}</strong>
          {' · '}
          {t(`sync.roles.${device.role}`)}
        </div>
        <div className={styles.quiet} title={device.seenAt === null ? '' : exact(device.seenAt)}>
          {state}
        </div>
      </div>
      {onRevoke && (
        <Button
          size="small"
          variant="quiet"
          onPress={onRevoke}
          aria-label={t('sync.revokeTitle', { name: device.name || t('sync.unnamed') })}
        >
          {t('sync.revoke')}
        </Button>
      )}
    </li>
  );
}

/** Asked, because there is no way back: what ends, what stays on the device, whether its data goes too. */
function Revoke({ device, onDone }: { readonly device: DeviceView; readonly onDone: () => void }) {
  const t = useT();
  const [wipe, setWipe] = useState(false);
  const [busy, setBusy] = useState(false);
  const name = device.name || t('sync.unnamed');
  const revoke = async (): Promise<void> => {
    setBusy(true);
    const done = await call('sync:revoke', { device: device.id, wipe });
    setBusy(false);
    if (done.ok) notify({ text: t('sync.revoked', { name }) });
    else showError(done.error);
    onDone();
  };
  return (
    <Dialog
      title={t('sync.revokeTitle', { name })}
      isOpen
      onClose={onDone}
      closeLabel={t('common.close')}
      footer={
        <>
          <Button variant="quiet" onPress={onDone}>
            {t('common.cancel')}
          </Button>
          <Button variant="danger" onPress={() => void revoke()} isDisabled={busy}>
            {t('sync.revoke')}
          </Button>
        </>
      }
    >
      <p>{wipe ? t('sync.revokeText') : `${t('sync.revokeText')} ${t('sync.revokeStays')}`}</p>
      <div className={styles.choice}>
        <Checkbox label={t('sync.wipe')} isSelected={wipe} onChange={setWipe} />
        <p className={styles.quiet}>{t('sync.wipeHint')}</p>
      </div>
      <p className={styles.quiet}>{t('sync.cannotUndo')}</p>
    </Dialog>
  );
}

/** Devices of the workspace: which, whose, when last seen; an owner can end a device's access. */
export function DevicesDialog({ canRevoke, onClose }: { readonly canRevoke: boolean; readonly onClose: () => void }) {
  const t = useT();
  const [turn, setTurn] = useState(0);
  const [revoking, setRevoking] = useState<DeviceView | null>(null);
  const { value: read, error } = useLoaded(
    () => call('sync:devices', undefined),
    () => false,
    [turn],
  );
  const value = useKept(read);
  const list = useRef<HTMLUListElement>(null);
  useKeptFocus(list, 'li', value);
  return (
    <>
      <Dialog title={t('sync.devicesTitle')} isOpen onClose={onClose} closeLabel={t('common.close')} size="wide">
        {error && <p role="alert">{errorText(error)}</p>}
        {!value && !error && <Spinner label={t('common.loading')} />}
        <ul ref={list} className={styles.entries}>
          {value?.map((device) => (
            <Device
              key={device.id}
              device={device}
              onRevoke={canRevoke && !device.isSelf && device.revokedAt === null ? () => setRevoking(device) : null}
            />
          ))}
        </ul>
      </Dialog>
      {revoking && (
        <Revoke
          device={revoking}
          onDone={() => {
            setRevoking(null);
            setTurn(turn + 1);
          }}
        />
      )}
    </>
  );
}

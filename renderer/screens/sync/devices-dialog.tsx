import { useRef, useState } from 'react';
import type { Role } from '../../../shared/sync/shapes.ts';
import type { DeviceView } from '../../../shared/sync/view.ts';
import { showError } from '../../app/commit.ts';
import { errorText, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { useKept, useLoaded } from '../../db/index.ts';
import { Checkbox, Dialog, DialogFooter, Spinner, notify, useKeptFocus } from '../../ui/index.ts';
import { type DeviceActions, DeviceRow } from './device-row.tsx';
import { GiveUpRole } from './give-up-role.tsx';
import styles from './sync.module.css';

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
        <DialogFooter
          cancelLabel={t('common.cancel')}
          onCancel={onDone}
          label={t('sync.revoke')}
          tone="danger"
          onPress={() => void revoke()}
          isDisabled={busy}
        />
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

/** Devices of the workspace: which, whose, when last seen. An owner names them, says what each may do, and ends access. */
export function DevicesDialog({ isOwner, onClose }: { readonly isOwner: boolean; readonly onClose: () => void }) {
  const t = useT();
  const [turn, setTurn] = useState(0);
  const [revoking, setRevoking] = useState<DeviceView | null>(null);
  const [givingUp, setGivingUp] = useState<{ readonly device: DeviceView; readonly role: Role } | null>(null);
  const { value: read, error } = useLoaded(
    () => call('sync:devices', undefined),
    () => false,
    [turn],
  );
  const value = useKept(read);
  const list = useRef<HTMLUListElement>(null);
  useKeptFocus(list, 'li', value);
  const again = (): void => setTurn((count) => count + 1);
  const lastOwner = value?.filter(({ role, revokedAt }) => role === 'owner' && revokedAt === null).length === 1;

  const rename = async (device: DeviceView, name: string, before = device.name): Promise<void> => {
    const done = await call('sync:rename-device', { device: device.id, name });
    again();
    if (!done.ok) {
      showError(done.error);
      return;
    }
    notify({
      text: t('sync.renamed', { name }),
      // A name that could not be read cannot be written again.
      ...(before === '' ? {} : { action: { label: t('common.undo'), run: () => void rename(device, before, '') } }),
    });
  };
  const setRole = async (device: DeviceView, role: Role, before: Role | null): Promise<void> => {
    const done = await call('sync:set-role', { device: device.id, role });
    again();
    if (!done.ok) {
      showError(done.error);
      return;
    }
    notify({
      text: t('sync.roleSet', { name: device.name || t('sync.unnamed'), role: t(`sync.roles.${role}`) }),
      ...(before === null
        ? {}
        : { action: { label: t('common.undo'), run: () => void setRole(device, before, null) } }),
    });
  };
  const actionsOf = (device: DeviceView): DeviceActions => {
    if (device.revokedAt !== null) return {};
    return {
      onRename: isOwner || device.isSelf ? (name) => void rename(device, name) : undefined,
      onRole:
        !isOwner || (device.role === 'owner' && lastOwner)
          ? undefined
          : (role) => (device.isSelf ? setGivingUp({ device, role }) : void setRole(device, role, device.role)),
      onRevoke: isOwner && !device.isSelf ? () => setRevoking(device) : undefined,
    };
  };
  return (
    <>
      <Dialog title={t('sync.devicesTitle')} isOpen onClose={onClose} closeLabel={t('common.close')} size="wide">
        {error && <p role="alert">{errorText(error)}</p>}
        {!value && !error && <Spinner label={t('common.loading')} />}
        <ul ref={list} className={styles.entries}>
          {value?.map((device) => (
            <DeviceRow key={device.id} device={device} isLastOwner={lastOwner} {...actionsOf(device)} />
          ))}
        </ul>
      </Dialog>
      {revoking && (
        <Revoke
          device={revoking}
          onDone={() => {
            setRevoking(null);
            again();
          }}
        />
      )}
      {givingUp && (
        <GiveUpRole
          role={givingUp.role}
          // Nobody here could undo it.
          onConfirm={() => setRole(givingUp.device, givingUp.role, null)}
          onClose={() => setGivingUp(null)}
        />
      )}
    </>
  );
}

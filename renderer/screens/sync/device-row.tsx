import { Laptop } from 'lucide-react';
import type { DeviceView } from '../../../shared/sync/view.ts';
import { ROLES, type Role } from '../../../shared/sync/shapes.ts';
import { useT } from '../../app/i18n.ts';
import { Button, classNames, InlineEdit, Select } from '../../ui/index.ts';
import styles from './sync.module.css';
import { useNear } from './use-state-words.ts';

/** Absent where the person who looks may not do it. */
export interface DeviceActions {
  readonly onRename?: ((name: string) => void) | undefined;
  readonly onRole?: ((role: Role) => void) | undefined;
  readonly onRevoke?: (() => void) | undefined;
}

/** When it was last seen, or what became of it. */
function useStateOf({ revokedAt, wipedAt, wipe, isSelf, seenAt, role }: DeviceView, isLastOwner: boolean): string {
  const t = useT();
  const { near } = useNear();
  if (revokedAt !== null) {
    if (wipedAt !== null) return t('sync.wiped', { when: near(wipedAt) });
    return wipe ? t('sync.wipeWaits') : t('sync.revokedOn', { when: near(revokedAt) });
  }
  const here = isSelf
    ? t('sync.thisDevice')
    : seenAt === null
      ? t('sync.notSeen')
      : t('sync.seen', { when: near(seenAt) });
  return role === 'owner' && isLastOwner ? `${here} · ${t('sync.onlyOwner')}` : here;
}

/** A device of the workspace: its name, which is edited where it stands, its role, and the end of its access. */
export function DeviceRow({
  device,
  isLastOwner,
  onRename,
  onRole,
  onRevoke,
}: DeviceActions & { readonly device: DeviceView; readonly isLastOwner: boolean }) {
  const t = useT();
  const { exact } = useNear();
  const state = useStateOf(device, isLastOwner);
  const name = device.name || t('sync.unnamed');
  const role = t(`sync.roles.${device.role}`);
  return (
    <li className={classNames(styles.entry, device.revokedAt !== null && styles.gone)} tabIndex={-1}>
      <Laptop size={16} aria-hidden />
      <div className={styles.entryMain}>
        <div className={styles.deviceName}>
          {onRename ? (
            <InlineEdit
              label={t('sync.device')}
              value={device.name}
              placeholder={t('sync.unnamed')}
              onCommit={onRename}
              problemOf={(text) =>
                text === '' ? t('sync.nameMissing') : [...text].length > 60 ? t('sync.nameLong') : undefined
              }
            />
          ) : (
            name
          )}
        </div>
        <div className={styles.quiet} title={device.seenAt === null ? '' : exact(device.seenAt)}>
          {state}
        </div>
      </div>
      <div className={styles.deviceRole}>
        {onRole ? (
          <Select
            label={t('sync.roleOf', { name })}
            hideLabel
            quiet
            options={ROLES.map((id) => ({ id, label: t(`sync.roles.${id}`) }))}
            value={device.role}
            onChange={(next) => {
              if (next !== device.role) onRole(next);
            }}
          />
        ) : (
          <span>{role}</span>
        )}
      </div>
      <div className={styles.deviceEnd}>
        {onRevoke && (
          <Button size="small" variant="quiet" onPress={onRevoke} aria-label={t('sync.revokeTitle', { name })}>
            {t('sync.revoke')}
          </Button>
        )}
      </div>
    </li>
  );
}

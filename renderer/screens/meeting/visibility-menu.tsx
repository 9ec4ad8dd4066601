import { Building2, Lock, Users } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { Visibility } from '../../../shared/model/records.ts';
import { useT } from '../../app/i18n.ts';
import { Button, classNames, Menu } from '../../ui/index.ts';
import styles from './meeting-page.module.css';

const ICONS = { private: Lock, internal: Building2, client: Users } as const;
export const VISIBILITIES = ['client', 'internal', 'private'] as const satisfies readonly Visibility[];

/** What Ctrl+1, 2 or 3 means for the line that holds the focus; null for other keys. */
export function visibilityOfKey(event: KeyboardEvent): Visibility | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return null;
  return VISIBILITIES[['Digit1', 'Digit2', 'Digit3'].indexOf(event.code)] ?? null;
}

/** Who may see one line: a word and an icon, changed by a click. */
export function VisibilityMenu({
  value,
  onChange,
}: {
  readonly value: Visibility;
  readonly onChange: (value: Visibility) => void;
}) {
  const t = useT();
  const Icon = ICONS[value];
  const word = t(`meeting.${value}`);
  return (
    <Menu
      label={t('meeting.visibility')}
      trigger={
        <Button
          variant="quiet"
          size="small"
          aria-label={t('meeting.changeVisibility', { word })}
          className={classNames(styles.visibility, styles[value])}
          icon={<Icon size={13} aria-hidden />}
        >
          {word}
        </Button>
      }
      entries={VISIBILITIES.map((visibility) => {
        const Entry = ICONS[visibility];
        return {
          id: visibility,
          label: t(`meeting.${visibility}`),
          icon: <Entry size={14} aria-hidden />,
          run: () => onChange(visibility),
        };
      })}
    />
  );
}

import { IdCard } from 'lucide-react';
import { useState } from 'react';
import { create } from 'zustand';
import type { CardVersion } from '../../../shared/export/card-version.ts';
import { useLanguage, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { useAction } from '../../app/shortcuts.ts';
import { Button, Dialog, type MenuEntry, RadioGroup, Segmented } from '../../ui/index.ts';
import styles from './document-dialog.module.css';
import { tellSaved, useFocusedButton } from './document-dialog.tsx';

type Kind = 'people' | 'organisations';
interface Open {
  readonly kind: Kind;
  /** Whose cards; of all when absent. */
  readonly ids?: readonly string[];
}

/** The dialog that is on the screen, if any; opened from menus, the settings and the palette. */
const useOpen = create<{ readonly open: Open | null }>(() => ({ open: null }));
const close = (): void => useOpen.setState({ open: null });
export const openCards = (open: Open = { kind: 'people' }): void => useOpen.setState({ open });

/** The version chosen last, while the application runs. */
const useVersion = create<{ readonly version: CardVersion }>(() => ({ version: '3.0' }));

/** What a profile offers in its menu and in the palette: the card of its person or organisation. */
export function useCardEntry(kind: Kind, id: string): MenuEntry {
  const t = useT();
  const run = (): void => openCards({ kind, ids: [id] });
  useAction({ id: 'card-here', label: 'cards.saveOne', group: 'record', run });
  return { id: 'card', label: t('cards.saveOne'), icon: <IdCard size={14} aria-hidden />, run };
}

/** The cards of a list as its filters leave it, in the palette. */
export function useListedCards(kind: Kind, rows: readonly { readonly id: string }[] | undefined): void {
  const run = (): void => openCards({ kind, ids: rows?.map((row) => row.id) ?? [] });
  useAction({ id: 'cards-of-list', label: 'cards.saveList', group: 'app', run }, rows !== undefined && rows.length > 0);
}

export function CardDialog() {
  const open = useOpen((state) => state.open);
  return open && <CardChoices key={open.ids?.[0] ?? ''} open={open} />;
}

/** Whose cards and for which program; then a place for the file. */
function CardChoices({ open }: { readonly open: Open }) {
  const t = useT();
  const language = useLanguage();
  const { version } = useVersion();
  const [kind, setKind] = useState<Kind>(open.kind);
  const [saving, setSaving] = useState(false);
  const saveFrame = useFocusedButton(true);
  const { ids } = open;
  const save = async (): Promise<void> => {
    setSaving(true);
    const result = await call('contacts:cards', { kind, version, ...(ids ? { ids: [...ids] } : {}) });
    setSaving(false);
    if (tellSaved(result, 'cards.saved')) close();
  };
  return (
    <Dialog
      isOpen
      title={t(ids?.length === 1 ? 'cards.titleOne' : 'cards.title')}
      closeLabel={t('cards.cancel')}
      onClose={close}
      footer={
        <>
          <Button onPress={close}>{t('cards.cancel')}</Button>
          <span ref={saveFrame}>
            <Button variant="primary" isDisabled={saving} onPress={() => void save()}>
              {t('cards.choose')}
            </Button>
          </span>
        </>
      }
    >
      <div className={styles.stack}>
        {!ids && (
          <Segmented
            label={t('cards.whose')}
            value={kind}
            options={[
              { id: 'people', label: t('cards.people') },
              { id: 'organisations', label: t('cards.organisations') },
            ]}
            onChange={setKind}
          />
        )}
        {ids && ids.length > 1 && (
          <p>{t('cards.listed', { count: ids.length, formatted: ids.length.toLocaleString(language) })}</p>
        )}
        <RadioGroup
          label={t('cards.version')}
          value={version}
          options={[
            { id: '3.0', label: t('cards.old'), hint: t('cards.oldHint') },
            { id: '4.0', label: t('cards.new'), hint: t('cards.newHint') },
          ]}
          onChange={(chosen) => useVersion.setState({ version: chosen })}
        />
        <p className={styles.quiet}>
          {t('cards.leaves')} {t('cards.plain')}
        </p>
      </div>
    </Dialog>
  );
}

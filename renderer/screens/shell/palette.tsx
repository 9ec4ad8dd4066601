import {
  ArrowRight,
  Building2,
  CalendarDays,
  ChevronRight,
  FileText,
  Handshake,
  Plus,
  Search,
  User,
} from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  TextField,
} from 'react-aria-components';
import { searchKey } from '../../../shared/text/search-key.ts';
import { switchLayout } from '../../../shared/text/keyboard-layout.ts';
import { useDates } from '../../app/dates.ts';
import { i18n, useT } from '../../app/i18n.ts';
import { type Action, type ActionGroup, useActions, visibleActions } from '../../app/shortcuts.ts';
import { afterChoice } from '../../ui/after-choice.ts';
import { Kbd } from '../../ui/index.ts';
import overlay from '../../ui/overlays.module.css';
import { hitWords } from './hit-words.ts';
import { openHit } from './open-hit.ts';
import styles from './shell.module.css';
import { useSearch } from './use-search.ts';

const LIMIT = 12;
const icon = { size: 16, 'aria-hidden': true } as const;
const ICONS: Readonly<Record<string, ReactNode>> = {
  organisation: <Building2 {...icon} />,
  person: <User {...icon} />,
  meeting: <CalendarDays {...icon} />,
  contract: <FileText {...icon} />,
  promise: <Handshake {...icon} />,
};

const GROUP_ICONS: Readonly<Record<ActionGroup, ReactNode>> = {
  record: <ChevronRight {...icon} />,
  create: <Plus {...icon} />,
  go: <ArrowRight {...icon} />,
  app: <ChevronRight {...icon} />,
};
/** While nothing is typed, what can be done with what is open comes first: it is why one opens the palette here. */
const ORDER: readonly ActionGroup[] = ['record', 'create', 'go', 'app'];

/** Actions whose words, in Russian or English or typed on the other layout, begin with the words that were typed. */
export function matchActions(actions: readonly Action[], typed: string): readonly Action[] {
  const tries = [typed, switchLayout(typed)].map((text) => searchKey(text).split(' ').filter(Boolean));
  const found = visibleActions(actions).filter((action) => {
    const words = ['ru', 'en'].flatMap((lng) => searchKey(i18n.t(action.label, { lng })).split(/[\s,:«»“”]+/));
    return tries.some((wanted) => wanted.every((part) => words.some((word) => word.startsWith(part))));
  });
  if (typed.trim() !== '') return found;
  return ORDER.flatMap((group) => found.filter((action) => action.group === group));
}

/** One field for everything: any action, any record. */
export function Palette({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const t = useT();
  const dates = useDates();
  const [text, setText] = useState('');
  const all = useActions((state) => state.actions);
  const { hits } = useSearch(isOpen ? text : '', LIMIT);
  const actions = useMemo(() => matchActions(all, text), [all, text]);
  const close = (): void => {
    setText('');
    onClose();
  };
  const run = (key: string): void => {
    close();
    const [kind, type, id] = key.split('\u0000');
    if (kind === 'hit' && type && id) void openHit({ type, id });
    else all.findLast((action) => action.id === type)?.run();
  };
  return (
    <ModalOverlay
      className={overlay.scrim!}
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) close();
      }}
    >
      <Modal className={overlay.modal!} style={{ maxWidth: 600 }}>
        <Dialog aria-label={t('shell.palette')} className={styles.palette!}>
          <Autocomplete inputValue={text} onInputChange={setText}>
            <TextField aria-label={t('shell.palette')} className={styles.paletteInput!} autoFocus>
              <Search size={16} aria-hidden />
              <Input placeholder={t('shell.paletteHint')} />
            </TextField>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard too; the items have virtual focus only */}
            <div className={styles.paletteList} tabIndex={0}>
              <Menu
                aria-label={t('shell.palette')}
                className={styles.paletteMenu!}
                onAction={(key) => afterChoice(() => run(String(key)))}
                renderEmptyState={() => <div className={overlay.noItems}>{t('common.notFound')}</div>}
              >
                {hits.length > 0 && (
                  <MenuSection>
                    <Header className={overlay.sectionHead!}>{t('search.records')}</Header>
                    {hits.map((hit) => (
                      <MenuItem
                        key={hit.id}
                        id={`hit\u0000${hit.type}\u0000${hit.id}`}
                        textValue={hit.title}
                        className={overlay.item!}
                      >
                        {ICONS[hit.type] ?? <ChevronRight {...icon} />}
                        <span className={overlay.itemText}>{hit.title.replaceAll(/[\u2068\u2069]/g, '')}</span>
                        <span className={overlay.itemHint}>{hitWords(hit.subtitle, dates)}</span>
                      </MenuItem>
                    ))}
                  </MenuSection>
                )}
                {actions.length > 0 && (
                  <MenuSection>
                    <Header className={overlay.sectionHead!}>{t('search.actions')}</Header>
                    {actions.map((action) => (
                      <MenuItem
                        key={action.id}
                        id={`action\u0000${action.id}`}
                        textValue={t(action.label)}
                        className={overlay.item!}
                      >
                        {GROUP_ICONS[action.group]}
                        <span className={overlay.itemText}>{t(action.label)}</span>
                        {action.shortcut && <Kbd shortcut={action.shortcut} />}
                      </MenuItem>
                    ))}
                  </MenuSection>
                )}
              </Menu>
            </div>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

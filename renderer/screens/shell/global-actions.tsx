import { undoLast } from '../../app/commit.ts';
import { newMeeting, openCreate } from '../../app/create.ts';
import { go, useNavigation } from '../../app/navigation.ts';
import { changeSettings, lockVault, useSession } from '../../app/session.ts';
import { type Action, useAction } from '../../app/shortcuts.ts';
import { live } from '../../db/index.ts';
import { openCards } from '../documents/card-dialog.tsx';
import { openCalendarFile, openRenewalsReport, openTimelineDocument } from '../documents/contract-documents.tsx';
import { backUp } from '../settings/backup.ts';
import { exportContacts } from '../settings/export-contacts.ts';
import { MAIN_ENTRIES, MORE_ENTRIES } from './sidebar.tsx';

/** Registers one action; a component, so that a list of actions keeps the rules of hooks. */
function Registered({ action }: { readonly action: Action }) {
  useAction(action);
  return null;
}

/** The organisation or person whose record is open, for new records that belong to it. */
async function atHand(): Promise<{ readonly organisation?: string; readonly person?: string }> {
  const { screen, id } = useNavigation.getState().place;
  if (!id) return {};
  if (screen === 'organisations') return { organisation: id };
  if (screen === 'people') {
    const person = await live.people.get(id);
    return { person: id, ...(person?.organisation ? { organisation: person.organisation } : {}) };
  }
  if (screen === 'contracts') {
    const contract = await live.contracts.get(id);
    return contract?.organisation ? { organisation: contract.organisation } : {};
  }
  return {};
}

const startMeeting = (): void => {
  void atHand().then((with_) => newMeeting(with_));
};
const createAtHand = (kind: 'person' | 'contract'): void => {
  void atHand().then(({ organisation }) => openCreate(kind, organisation ?? null));
};

/** Everything that can be done from anywhere. */
export function GlobalActions({ onPalette, onKeys }: { readonly onPalette: () => void; readonly onKeys: () => void }) {
  const { theme, density } = useSession((state) => state.settings);
  const actions: readonly Action[] = [
    ...[...MAIN_ENTRIES, ...MORE_ENTRIES].map(
      (entry): Action => ({
        id: `go-${entry.screen}`,
        label: entry.label,
        group: 'go',
        ...(entry.shortcut ? { shortcut: entry.shortcut } : {}),
        run: () => go({ screen: entry.screen }),
      }),
    ),
    { id: 'new-organisation', label: 'shell.newOrganisation', group: 'create', run: () => openCreate('organisation') },
    { id: 'new-person', label: 'shell.newPerson', group: 'create', run: () => createAtHand('person') },
    { id: 'new-meeting', label: 'shell.newMeeting', group: 'create', shortcut: 'KeyM', run: startMeeting },
    { id: 'new-contract', label: 'shell.newContract', group: 'create', run: () => createAtHand('contract') },
    {
      id: 'quick-note',
      label: 'shell.quickNote',
      group: 'create',
      shortcut: '$mod+Shift+KeyN',
      run: () => void newMeeting({}, false),
    },
    { id: 'renewals-pdf', label: 'contractDocuments.ui.renewals', group: 'app', run: openRenewalsReport },
    { id: 'timeline-pdf', label: 'contractDocuments.ui.timeline', group: 'app', run: openTimelineDocument },
    {
      id: 'contracts-calendar',
      label: 'contractDocuments.ui.calendarAll',
      group: 'app',
      run: () => openCalendarFile(),
    },
    { id: 'palette', label: 'shell.palette', group: 'app', shortcut: '$mod+KeyK', run: onPalette },
    { id: 'undo', label: 'shell.undo', group: 'app', shortcut: '$mod+KeyZ', run: () => void undoLast() },
    { id: 'lock', label: 'shell.lock', group: 'app', shortcut: '$mod+KeyL', run: () => void lockVault() },
    { id: 'backup', label: 'shell.backup', group: 'app', run: () => void backUp() },
    { id: 'export-people', label: 'shell.exportPeople', group: 'app', run: () => void exportContacts('people') },
    {
      id: 'export-organisations',
      label: 'shell.exportOrganisations',
      group: 'app',
      run: () => void exportContacts('organisations'),
    },
    { id: 'export-cards', label: 'cards.save', group: 'app', run: () => openCards() },
    {
      id: 'keys',
      label: 'shell.keys',
      group: 'app',
      shortcut: 'Shift+Slash',
      // Where the question mark stands on the Russian layout.
      alsoKeys: ['Shift+Digit7'],
      run: onKeys,
    },
    {
      id: 'theme',
      label: theme === 'dark' ? 'shell.themeLight' : 'shell.themeDark',
      group: 'app',
      run: () => void changeSettings({ theme: theme === 'dark' ? 'light' : 'dark' }),
    },
    {
      id: 'density',
      label: density === 'compact' ? 'shell.densityComfortable' : 'shell.densityCompact',
      group: 'app',
      run: () => void changeSettings({ density: density === 'compact' ? 'comfortable' : 'compact' }),
    },
    { id: 'language-ru', label: 'shell.languageRu', group: 'app', run: () => void changeSettings({ language: 'ru' }) },
    { id: 'language-en', label: 'shell.languageEn', group: 'app', run: () => void changeSettings({ language: 'en' }) },
  ];
  return actions.map((action) => <Registered key={action.id} action={action} />);
}

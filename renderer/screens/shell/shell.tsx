import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { CardDialog } from '../documents/card-dialog.tsx';
import { ContractDocumentDialogs } from '../documents/contract-documents.tsx';
import { useT } from '../../app/i18n.ts';
import { useNavigation } from '../../app/navigation.ts';
import { Spinner } from '../../ui/index.ts';
import { DeadlinesProvider } from '../contracts/decisions/deadlines-provider.tsx';
import { SnoozeDialog } from '../contracts/decisions/snooze-dialog.tsx';
import { Today } from '../today/today.tsx';
import { CreateDialogs } from './create-dialogs.tsx';
import { FileDrop } from './file-drop.tsx';
import { GlobalActions } from './global-actions.tsx';
import { KeysSheet } from './keys-sheet.tsx';
import { Palette } from './palette.tsx';
import styles from './shell.module.css';
import { ScreenBoundary } from './screen-boundary.tsx';
import { Sidebar } from './sidebar.tsx';
import { StatusLine } from './status-line.tsx';
import { useEscape } from './use-escape.ts';

const Organisations = lazy(async () => ({
  default: (await import('../organisations/organisations.tsx')).Organisations,
}));
const People = lazy(async () => ({ default: (await import('../people/people.tsx')).People }));
const Meetings = lazy(async () => ({ default: (await import('../meetings/meetings.tsx')).Meetings }));
const Contracts = lazy(async () => ({ default: (await import('../contracts/contracts.tsx')).Contracts }));
const ImportScreen = lazy(async () => ({ default: (await import('../import/import-screen.tsx')).ImportScreen }));
const Settings = lazy(async () => ({ default: (await import('../settings/settings.tsx')).Settings }));
const Differences = lazy(async () => ({
  default: (await import('../differences/differences.tsx')).Differences,
}));
const Bin = lazy(async () => ({ default: (await import('../bin/bin.tsx')).Bin }));

const SCREENS = {
  today: Today,
  organisations: Organisations,
  people: People,
  meetings: Meetings,
  contracts: Contracts,
  differences: Differences,
  import: ImportScreen,
  settings: Settings,
  bin: Bin,
} as const;

/** The app: places on the left, one screen, the status line below. */
export function Shell() {
  const t = useT();
  const screen = useNavigation((state) => state.place.screen);
  const [palette, setPalette] = useState(false);
  const [keys, setKeys] = useState(false);
  const main = useRef<HTMLElement>(null);
  useEscape();
  const first = useRef(true);
  useEffect(() => {
    // A change of screen takes the focus along, unless the new screen has already taken it.
    if (first.current) first.current = false;
    else if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
  }, [screen]);
  const openPalette = useCallback(() => setPalette(true), []);
  const openKeys = useCallback(() => setKeys(true), []);
  const Screen = SCREENS[screen];
  return (
    <DeadlinesProvider>
      <div className={styles.app}>
        <Sidebar />
        <main ref={main} className={styles.main} tabIndex={-1}>
          <Suspense
            fallback={
              <div className={styles.loading} role="status" aria-busy>
                <Spinner label={t('common.loading')} />
              </div>
            }
          >
            <ScreenBoundary key={screen}>
              <Screen />
            </ScreenBoundary>
          </Suspense>
        </main>
        <StatusLine />
      </div>
      <GlobalActions onPalette={openPalette} onKeys={openKeys} />
      <Palette isOpen={palette} onClose={() => setPalette(false)} />
      <KeysSheet isOpen={keys} onClose={() => setKeys(false)} />
      <CreateDialogs />
      <ContractDocumentDialogs />
      <CardDialog />
      <FileDrop />
      <SnoozeDialog />
    </DeadlinesProvider>
  );
}

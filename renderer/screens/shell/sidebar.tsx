import { Building2, CalendarDays, FileInput, FileText, GitMerge, Settings, Sun, Trash2, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { type TextKey, useLanguage, useT } from '../../app/i18n.ts';
import { go, type Screen, useNavigation } from '../../app/navigation.ts';
import { live, useLive } from '../../db/index.ts';
import { Tooltip } from '../../ui/index.ts';
import { useUrgentDecisions } from '../contracts/decisions/deadlines-provider.tsx';
import { BrandMark } from '../start/brand-mark.tsx';
import { useDifferences } from '../differences/use-differences.ts';
import { SearchBox } from './search-box.tsx';
import styles from './shell.module.css';

interface Entry {
  readonly screen: Screen;
  readonly label: TextKey;
  readonly icon: ReactNode;
  readonly shortcut?: string;
}
const size = { size: 16, 'aria-hidden': true } as const;
export const MAIN_ENTRIES: readonly Entry[] = [
  { screen: 'today', label: 'shell.today', icon: <Sun {...size} />, shortcut: 'Alt+Digit1' },
  { screen: 'organisations', label: 'shell.organisations', icon: <Building2 {...size} />, shortcut: 'Alt+Digit2' },
  { screen: 'people', label: 'shell.people', icon: <Users {...size} />, shortcut: 'Alt+Digit3' },
  { screen: 'meetings', label: 'shell.meetings', icon: <CalendarDays {...size} />, shortcut: 'Alt+Digit4' },
  { screen: 'contracts', label: 'shell.contracts', icon: <FileText {...size} />, shortcut: 'Alt+Digit5' },
];
export const MORE_ENTRIES: readonly Entry[] = [
  { screen: 'differences', label: 'differences.title', icon: <GitMerge {...size} />, shortcut: 'Alt+Digit6' },
  { screen: 'import', label: 'shell.import', icon: <FileInput {...size} />, shortcut: '$mod+KeyI' },
  { screen: 'bin', label: 'shell.bin', icon: <Trash2 {...size} /> },
  { screen: 'settings', label: 'shell.settings', icon: <Settings {...size} />, shortcut: '$mod+Comma' },
];

function NavLink({
  entry,
  count,
  waiting,
}: {
  readonly entry: Entry;
  readonly count?: number | undefined;
  /** How many things here cannot wait. */
  readonly waiting?: number | undefined;
}) {
  const t = useT();
  const language = useLanguage();
  const current = useNavigation((state) => state.place.screen === entry.screen);
  const link = (
    <Button
      className={styles.link!}
      onPress={() => go({ screen: entry.screen })}
      {...(current ? { 'aria-current': 'page' as const } : {})}
    >
      {entry.icon}
      <span className={styles.linkText}>{t(entry.label)}</span>
      {count ? <span className={styles.linkCount}>{count.toLocaleString(language)}</span> : null}
      {waiting ? (
        <span className={styles.linkWaiting} title={t('deadlines.today.badge', { count: waiting })}>
          <span aria-hidden>{waiting.toLocaleString(language)}</span>
          <span className={styles.readAloud}>{t('deadlines.today.badge', { count: waiting })}</span>
        </span>
      ) : null}
    </Button>
  );
  return entry.shortcut ? (
    <Tooltip text={t(entry.label)} shortcut={entry.shortcut}>
      {link}
    </Tooltip>
  ) : (
    link
  );
}

/** Places on the left, search above them. */
export function Sidebar() {
  const t = useT();
  const organisations = useLive(() => live.organisations.count(), []);
  const people = useLive(() => live.people.count(), []);
  const urgent = useUrgentDecisions();
  const differences = useDifferences().value?.items;
  const counts: Readonly<Partial<Record<Screen, number | undefined>>> = {
    organisations,
    people,
    differences: differences?.filter((one) => one.open).length,
  };
  const at = useNavigation((state) => state.place.screen);
  // Most people never see a difference: the place is there when there is one.
  const more = MORE_ENTRIES.filter(
    ({ screen }) => screen !== 'differences' || at === 'differences' || (differences?.length ?? 0) > 0,
  );
  return (
    <nav className={styles.sidebar} aria-label={t('shell.places')}>
      <div className={styles.brand}>
        <BrandMark size={20} />
        <span className={styles.brandName}>{t('start.title')}</span>
      </div>
      <SearchBox />
      {MAIN_ENTRIES.map((entry) => (
        <NavLink
          key={entry.screen}
          entry={entry}
          count={counts[entry.screen]}
          waiting={entry.screen === 'contracts' ? urgent?.length : undefined}
        />
      ))}
      <span className={styles.gap} />
      {more.map((entry) => (
        <NavLink key={entry.screen} entry={entry} count={counts[entry.screen]} />
      ))}
    </nav>
  );
}

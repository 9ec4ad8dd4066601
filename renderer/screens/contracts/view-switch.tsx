import { CalendarCheck, ChartNoAxesGantt, List } from 'lucide-react';
import type { ReactNode } from 'react';
import { useT } from '../../app/i18n.ts';
import { classNames, IconButton } from '../../ui/index.ts';
import styles from './view-switch.module.css';
import { type ContractsView, showContractsView, useContractsView } from './views.ts';

const ICONS: Readonly<Record<ContractsView, ReactNode>> = {
  list: <List size={14} aria-hidden />,
  timeline: <ChartNoAxesGantt size={14} aria-hidden />,
  decisions: <CalendarCheck size={14} aria-hidden />,
};
const LABELS = {
  list: 'timeline.viewList',
  timeline: 'timeline.viewTimeline',
  decisions: 'timeline.viewDecisions',
} as const;

/** List, timeline, decisions: the ways to look at all contracts that there are. */
export function ViewSwitch() {
  const t = useT();
  const { view, offered } = useContractsView();
  if (offered.length < 2) return null;
  return (
    <div role="group" aria-label={t('timeline.views')} className={styles.switch}>
      {offered.map((each, place) => (
        <IconButton
          key={each}
          size="small"
          icon={ICONS[each]}
          label={t(LABELS[each])}
          shortcut={`Digit${place + 1}`}
          aria-pressed={each === view}
          className={classNames(styles.choice, each === view && styles.chosen)}
          onPress={() => showContractsView(each)}
        />
      ))}
    </div>
  );
}

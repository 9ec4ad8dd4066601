import { BellOff, Scale } from 'lucide-react';
import type { Deadline } from '../../../shared/contracts/deadlines.ts';
import { useT } from '../../app/i18n.ts';
import { go } from '../../app/navigation.ts';
import { useAction } from '../../app/shortcuts.ts';
import { Button, IconButton } from '../../ui/index.ts';
import { askToSnooze, decideDeadline, openDeadline } from '../contracts/decisions/actions.ts';
import { DeadlineLine } from '../contracts/decisions/deadline-line.tsx';
import { showContractsView } from '../contracts/views.ts';
import { Section } from '../profile/parts.tsx';
import profile from '../profile/profile.module.css';

const SHOWN = 6;

const showAll = (): void => {
  showContractsView('decisions');
  go({ screen: 'contracts' });
};

/** The deadline whose line has the focus, else the most urgent one. */
function atHand(deadlines: readonly Deadline[]): Deadline | undefined {
  const { activeElement } = document;
  const line = activeElement?.parentElement?.closest('div')?.querySelector<HTMLElement>('[data-deadline]');
  return deadlines.find(({ id }) => id === line?.dataset['deadline']) ?? deadlines[0];
}

/** Decisions on contracts that cannot wait; two keys away from being made. */
export function DecideSection({ deadlines }: { readonly deadlines: readonly Deadline[] }) {
  const t = useT();
  const has = deadlines.length > 0;
  useAction(
    {
      id: 'decide-here',
      label: 'deadlines.decide',
      group: 'record',
      shortcut: 'KeyD',
      run: () => {
        const deadline = atHand(deadlines);
        if (deadline) void decideDeadline(deadline);
      },
    },
    has,
  );
  useAction(
    {
      id: 'snooze-here',
      label: 'deadlines.snooze',
      group: 'record',
      shortcut: 'KeyS',
      run: () => {
        const deadline = atHand(deadlines);
        if (deadline) askToSnooze(deadline);
      },
    },
    has,
  );
  if (!has) return null;
  return (
    <Section
      title={t('deadlines.today.title')}
      count={deadlines.length}
      actions={
        <Button variant="quiet" size="small" onPress={showAll}>
          {t('deadlines.today.all')}
        </Button>
      }
    >
      {deadlines.slice(0, SHOWN).map((deadline) => (
        <DeadlineLine
          key={deadline.id}
          deadline={deadline}
          end={
            <>
              <IconButton
                size="small"
                icon={<Scale size={14} aria-hidden />}
                label={t('deadlines.decide')}
                shortcut="KeyD"
                onPress={() => void openDeadline(deadline)}
              />
              <IconButton
                size="small"
                icon={<BellOff size={14} aria-hidden />}
                label={t('deadlines.snooze')}
                shortcut="KeyS"
                onPress={() => askToSnooze(deadline)}
              />
            </>
          }
        />
      ))}
      {deadlines.length > SHOWN && (
        <p className={profile.empty}>{t('deadlines.today.more', { count: deadlines.length - SHOWN })}</p>
      )}
    </Section>
  );
}

import {
  Archive,
  BellRing,
  CalendarClock,
  CircleCheck,
  CirclePause,
  CircleAlert,
  FilePen,
  Flag,
  Hourglass,
  KeyRound,
  LogOut,
  RefreshCw,
  TriangleAlert,
} from 'lucide-react';
import type { ComponentType } from 'react';
import type { ContractState } from '../../../shared/contract-dates/compute.ts';
import { useT } from '../../app/i18n.ts';
import { Badge, type Tone } from '../../ui/index.ts';

type Icon = ComponentType<{ readonly size: number; readonly 'aria-hidden': boolean }>;

/** Green is kept for what a person has decided; a contract that merely runs needs no colour. */
const LOOKS: Readonly<Record<ContractState, readonly [Tone, Icon]>> = {
  draft: ['plain', FilePen],
  upcoming: ['plain', CalendarClock],
  active: ['plain', CircleCheck],
  suspended: ['attention', CirclePause],
  noticeWindowOpen: ['attention', BellRing],
  decisionDue: ['risk', CircleAlert],
  renewalDecided: ['ok', RefreshCw],
  renewedUnlessShownOtherwise: ['risk', TriangleAlert],
  expressAwaiting: ['attention', Hourglass],
  optionOpen: ['attention', KeyRound],
  optionAwaiting: ['attention', Hourglass],
  ending: ['attention', Flag],
  terminating: ['ok', LogOut],
  ended: ['plain', Archive],
};

/** The state of a contract in words. `decided`: its decision has an author, a day and a reason. */
export function StateBadge({ state, decided }: { readonly state: ContractState; readonly decided: boolean }) {
  const t = useT();
  const [tone, Icon] = LOOKS[state];
  return (
    <Badge tone={tone === 'ok' && !decided ? 'attention' : tone} icon={<Icon size={12} aria-hidden />}>
      {t(`contractDates.state.${state}`)}
    </Badge>
  );
}

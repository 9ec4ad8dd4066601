/** What one does with a deadline: open it, put it off with a reason, let it remind again. */
import { create } from 'zustand';
import type { Deadline } from '../../../../shared/contracts/deadlines.ts';
import type { PlainDate } from '../../../../shared/model/records.ts';
import { commit } from '../../../app/commit.ts';
import { translate } from '../../../app/i18n.ts';
import { openContract, openMeeting, openOrganisation, openWithin, useNavigation } from '../../../app/navigation.ts';
import { useSession } from '../../../app/session.ts';
import { live } from '../../../db/index.ts';
import { askToDecide } from '../deciding.ts';

/** The deadline whose snooze is being asked for. */
export const useSnoozing = create<{ readonly deadline: Deadline | null }>(() => ({ deadline: null }));
export const askToSnooze = (deadline: Deadline): void => useSnoozing.setState({ deadline });
export const stopAsking = (): void => useSnoozing.setState({ deadline: null });

/** The record on which a deadline's snooze is kept. */
const ownerOf = ({ promise, contract }: Deadline): { readonly type: string; readonly record: string } | null =>
  promise !== undefined
    ? { type: 'promise', record: promise }
    : contract !== undefined
      ? { type: 'contract', record: contract }
      : null;

/** Shows where the deadline comes from: its contract, else the meeting or the organisation of the promise. */
export async function openDeadline(deadline: Deadline): Promise<void> {
  const { contract, promise, organisation } = deadline;
  if (contract !== undefined) {
    if (useNavigation.getState().place.screen === 'contracts') openWithin(contract);
    else openContract(contract);
    return;
  }
  const meeting = promise === undefined ? undefined : (await live.promises.get(promise))?.meeting;
  if (meeting !== undefined) openMeeting(meeting);
  else if (organisation !== undefined) openOrganisation(organisation);
}

/** Opens the contract with its decision ready to be written; a promise is opened where it was made. */
export async function decideDeadline(deadline: Deadline): Promise<void> {
  const { contract, promise } = deadline;
  if (contract !== undefined && promise === undefined) askToDecide(contract);
  await openDeadline(deadline);
}

/** The reason is required: silence is somebody's decision. */
export async function snooze(deadline: Deadline, until: PlainDate, reason: string, said: string): Promise<boolean> {
  const owner = ownerOf(deadline);
  if (!owner || !reason.trim()) return false;
  const author = useSession.getState().settings.userName;
  const result = await commit(
    {
      kind: 'edit',
      changes: [{ ...owner, field: `snoozes/${deadline.id}`, value: { until, reason: reason.trim(), author } }],
    },
    { toast: said },
  );
  return result.ok;
}

/** Ends a snooze. */
export async function wake(deadline: Deadline): Promise<void> {
  const owner = ownerOf(deadline);
  if (!owner) return;
  await commit(
    { kind: 'edit', changes: [{ ...owner, field: `snoozes/${deadline.id}`, value: null }] },
    { toast: translate('deadlines.woken') },
  );
}

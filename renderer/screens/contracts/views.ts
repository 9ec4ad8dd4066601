/** The ways to look at all contracts, and which one is on the screen. */
import { create } from 'zustand';
import { onOpenContract, useNavigation } from '../../app/navigation.ts';

export const CONTRACT_VIEWS = ['list', 'timeline', 'decisions'] as const;
export type ContractsView = (typeof CONTRACT_VIEWS)[number];

export const useContractsView = create<{ readonly view: ContractsView }>(() => ({ view: 'list' }));
export const showContractsView = (view: ContractsView): void => useContractsView.setState({ view });
onOpenContract(() => showContractsView('list'));

/** Opens a contract's record from another view of the contracts; the step back leads to that view again. */
export function openFromView(open: () => void): void {
  const { view } = useContractsView.getState();
  const before = useNavigation.getState();
  open();
  if (before.place.screen !== 'contracts' || view === 'list') {
    showContractsView('list');
    return;
  }
  // The same record may have been the current one already: the step back is needed all the same.
  if (useNavigation.getState().place === before.place) useNavigation.setState({ back: [...before.back, before.place] });
  showContractsView('list');
  const depth = useNavigation.getState().back.length;
  const stop = useNavigation.subscribe(({ back, place }) => {
    if (back.length < depth) showContractsView(view);
    if (back.length !== depth || place.screen !== 'contracts') stop();
  });
}

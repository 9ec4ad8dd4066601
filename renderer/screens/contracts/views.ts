/** The ways to look at all contracts, and which one is on the screen. */
import { create } from 'zustand';
import { type Place, useNavigation } from '../../app/navigation.ts';

export const CONTRACT_VIEWS = ['list', 'timeline', 'decisions'] as const;
export type ContractsView = (typeof CONTRACT_VIEWS)[number];

interface ContractsViewState {
  readonly view: ContractsView;
  /** Views that exist, in the order of the switch. */
  readonly offered: readonly ContractsView[];
}
export const useContractsView = create<ContractsViewState>(() => ({ view: 'list', offered: ['list'] }));
export const showContractsView = (view: ContractsView): void => useContractsView.setState({ view });
/** Called once by the screen that knows which views there are. */
export const offerContractsViews = (views: Readonly<Partial<Record<ContractsView, unknown>>>): void =>
  useContractsView.setState({ offered: CONTRACT_VIEWS.filter((view) => views[view] !== undefined) });

/** The view in which a place was left, so that a step back finds it again. Places are kept by identity. */
const leftIn = new WeakMap<Place, ContractsView>();

// A record asked for by name is shown by the list; a step back returns to the view it was asked from.
useNavigation.subscribe((now, before) => {
  if (now.place === before.place) return;
  const { view } = useContractsView.getState();
  if (before.place.screen === 'contracts') leftIn.set(before.place, view);
  if (now.place.screen !== 'contracts') return;
  const next = now.asked ? 'list' : (leftIn.get(now.place) ?? view);
  if (next !== view) showContractsView(next);
});

import type { ComponentType } from 'react';
import { useAction } from '../../app/shortcuts.ts';
import { ContractsList } from './contracts-list.tsx';
import { Portfolio } from './timeline/index.tsx';
import { type ContractsView, offerContractsViews, showContractsView, useContractsView } from './views.ts';

const VIEWS: Readonly<Partial<Record<ContractsView, ComponentType>>> = { list: ContractsList, timeline: Portfolio };
offerContractsViews(VIEWS);

const LABELS = {
  list: 'timeline.viewList',
  timeline: 'timeline.viewTimeline',
  decisions: 'timeline.viewDecisions',
} as const;

/** A view as an action, with its key; a component, so that a list of views keeps the rules of hooks. */
function ViewAction({ view, place }: { readonly view: ContractsView; readonly place: number }) {
  useAction({
    id: `contracts-${view}`,
    label: LABELS[view],
    group: 'go',
    shortcut: `Digit${place + 1}`,
    alsoKeys: [`Numpad${place + 1}`],
    run: () => showContractsView(view),
  });
  return null;
}

/** Contracts, in the view that was chosen last. */
export function Contracts() {
  const { view, offered } = useContractsView();
  const View = VIEWS[view] ?? ContractsList;
  return (
    <>
      {offered.map((each, place) => (
        <ViewAction key={each} view={each} place={place} />
      ))}
      <View />
    </>
  );
}

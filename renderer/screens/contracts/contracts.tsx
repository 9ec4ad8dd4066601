import type { ComponentType } from 'react';
import { ContractsList } from './contracts-list.tsx';
import { type ContractsView, useContractsView } from './views.ts';

const VIEWS: Readonly<Partial<Record<ContractsView, ComponentType>>> = { list: ContractsList };

/** Contracts, in the view that was chosen last. */
export function Contracts() {
  const View = VIEWS[useContractsView((state) => state.view)] ?? ContractsList;
  return <View />;
}

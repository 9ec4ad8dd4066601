/** The ways to look at all contracts, and which one is on the screen. */
import { create } from 'zustand';

export const CONTRACT_VIEWS = ['list', 'timeline', 'decisions'] as const;
export type ContractsView = (typeof CONTRACT_VIEWS)[number];

export const useContractsView = create<{ readonly view: ContractsView }>(() => ({ view: 'list' }));
export const showContractsView = (view: ContractsView): void => useContractsView.setState({ view });

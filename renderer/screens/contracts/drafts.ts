/**
 * What is typed into the forms of contracts and not saved yet, by contract: it survives going elsewhere and coming back.
 * Forgotten when the vault is locked, because nothing of it may stay in memory then.
 */
import { create } from 'zustand';
import { useSession } from '../../app/session.ts';
import type { AmendmentDraft } from './amendments/amendment-draft.ts';
import type { DecisionDraft } from './decision/decision-draft.ts';
import type { TermsDraft } from './terms/terms-draft.ts';

/** The form now, and as it was opened: only what differs is saved. */
export interface TermsEdit {
  readonly base: TermsDraft;
  readonly draft: TermsDraft;
}
export interface ContractDrafts {
  readonly terms?: TermsEdit;
  readonly decision?: DecisionDraft;
  readonly amendment?: AmendmentDraft;
}

interface Drafts {
  readonly of: Readonly<Record<string, ContractDrafts>>;
}
const useDrafts = create<Drafts>(() => ({ of: {} }));
const NONE: ContractDrafts = {};

useSession.subscribe(({ vault }) => {
  if (vault?.state !== 'open') useDrafts.setState({ of: {} });
});

export const useContractDrafts = (id: string): ContractDrafts => useDrafts((state) => state.of[id] ?? NONE);

/** Keeps a draft, or forgets it when `value` is undefined. */
export function keepDraft<K extends keyof ContractDrafts>(id: string, kind: K, value: ContractDrafts[K]): void {
  useDrafts.setState(({ of }) => {
    const { [kind]: _, ...others } = of[id] ?? NONE;
    return { of: { ...of, [id]: value === undefined ? others : { ...others, [kind]: value } } };
  });
}

/** The newest draft, for handlers that run after several changes. */
export const draftNow = (id: string): ContractDrafts => useDrafts.getState().of[id] ?? NONE;

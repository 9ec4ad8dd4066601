/** The contract on which a decision is to be recorded as soon as its record is on the screen. */
import { create } from 'zustand';

export const useDeciding = create<{ readonly contract: string | null }>(() => ({ contract: null }));
export const askToDecide = (contract: string): void => useDeciding.setState({ contract });
/** True once for the contract that was asked for. */
export function takeDeciding(contract: string): boolean {
  if (useDeciding.getState().contract !== contract) return false;
  useDeciding.setState({ contract: null });
  return true;
}

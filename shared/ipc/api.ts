/** What the preload exposes to the screens as `window.rapport`. */
import type { Result } from '../result.ts';
import type { ChannelInput, ChannelName, ChannelOutput, EventMap, EventName } from './contract.ts';

export type RapportApi = {
  readonly [C in ChannelName]: (input: ChannelInput<C>) => Promise<Result<ChannelOutput<C>>>;
} & {
  /** Each returns a function that ends the subscription. */
  readonly subscribe: { readonly [E in EventName]: (listener: (payload: EventMap[E]) => void) => () => void };
  /** Answers `app:flush`: everything typed so far has been committed. */
  readonly flushed: (ticket: string) => void;
};

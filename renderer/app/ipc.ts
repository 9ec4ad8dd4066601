/** Calls to the main process; a call that throws (a dead worker, a closing app) becomes a typed error like any other. */
import type { ChannelInput, ChannelName, ChannelOutput } from '../../shared/ipc/contract.ts';
import { fail, type Result } from '../../shared/result.ts';

/** Asks the main process. Never throws. */
export async function call<C extends ChannelName>(
  channel: C,
  input: ChannelInput<C>,
): Promise<Result<ChannelOutput<C>>> {
  try {
    const ask = window.rapport[channel] as (value: ChannelInput<C>) => Promise<Result<ChannelOutput<C>>>;
    return await ask(input);
  } catch (reason) {
    return fail('app.noAnswer', undefined, reason instanceof Error ? reason.name : 'unknown');
  }
}

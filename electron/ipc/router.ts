/** Registers one validated handler per channel. The only place, with the preload, that touches raw IPC. */
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { z } from 'zod';
import {
  CHANNELS,
  type ChannelName,
  type ChannelOutput,
  type EventMap,
  type EventName,
} from '../../shared/ipc/contract.ts';
import { AppFailure, fail, ok, type Result } from '../../shared/result.ts';
import { log } from '../app/log.ts';
import { isOurPage } from '../app/origin.ts';

export interface CallContext {
  readonly sender: WebContents;
}
export type Handlers = {
  readonly [C in ChannelName]: (
    input: z.output<(typeof CHANNELS)[C]['input']>,
    context: CallContext,
  ) => Promise<ChannelOutput<C>>;
};

/** A call from anything but our own page is a fault or an attack: it gets an exception, not an answer. */
function assertTrusted(event: IpcMainInvokeEvent): void {
  if (!isOurPage(event.senderFrame?.url ?? '')) throw new Error('IPC from an untrusted sender was refused');
}

/** Connects the handlers; returns a function that removes them. */
export function registerHandlers(handlers: Handlers): () => void {
  for (const channel of Object.keys(CHANNELS) as ChannelName[]) {
    const handler = handlers[channel] as (input: unknown, context: CallContext) => Promise<unknown>;
    const schema: z.ZodType = CHANNELS[channel].input;
    ipcMain.handle(channel, async (event, input: unknown): Promise<Result<unknown>> => {
      assertTrusted(event);
      const parsed = schema.safeParse(input ?? undefined);
      if (!parsed.success) {
        const where = parsed.error.issues[0]?.path.join('.') ?? '';
        return fail('app.invalidInput', { channel, where });
      }
      try {
        return ok(await handler(parsed.data, { sender: event.sender }));
      } catch (error) {
        if (error instanceof AppFailure) return { ok: false, error: error.error };
        log.error(`${channel} failed`, error);
        return fail('app.unexpected', { channel });
      }
    });
  }
  return () => {
    for (const channel of Object.keys(CHANNELS)) ipcMain.removeHandler(channel);
  };
}

/** Sends an event of the contract to a window. */
export function sendEvent<E extends EventName>(target: WebContents, event: E, payload: EventMap[E]): void {
  if (!target.isDestroyed()) target.send(event, payload);
}

/**
 * Asks a page to commit everything typed and waits for its answer, at most `milliseconds`.
 * Resolves to false when the page did not answer in time.
 */
export function askToFlush(target: WebContents, milliseconds: number): Promise<boolean> {
  const ticket = crypto.randomUUID();
  return new Promise((done) => {
    const finish = (answered: boolean): void => {
      clearTimeout(timer);
      ipcMain.removeListener('app:flushed', onFlushed);
      done(answered);
    };
    const onFlushed = (event: Electron.IpcMainEvent, answered: unknown): void => {
      if (event.sender === target && answered === ticket) finish(true);
    };
    const timer = setTimeout(() => finish(false), milliseconds);
    ipcMain.on('app:flushed', onFlushed);
    sendEvent(target, 'app:flush', { ticket });
  });
}

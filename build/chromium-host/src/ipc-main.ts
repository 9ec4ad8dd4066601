/** `ipcMain`: Node's event emitter plus one handler per invoked channel. */
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { createCodec } from './codec.ts';
import { guard } from './guard.ts';

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;

export const codec = createCodec();

/** Also what `webContents.ipc` is. */
export class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, { handler: Handler; once: boolean }>();

  handle(channel: string, handler: Handler): void {
    this.#add(channel, handler, false);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.#add(channel, handler, true);
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  #add(channel: string, handler: Handler, once: boolean): void {
    if (typeof handler !== 'function')
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, { handler, once });
  }

  /** The handler of a channel; a `handleOnce` one is used up by this call. */
  take(channel: string): Handler | undefined {
    const entry = this.#handlers.get(channel);
    if (entry?.once) this.#handlers.delete(channel);
    return entry?.handler;
  }
}

// An 'error' channel is an ordinary channel.
export const ipcMain = new IpcMain();
ipcMain.on('error', () => undefined);
guard('ipcMain', ipcMain);

export type Answer = { ok: true; value: unknown } | { ok: false; error: string };

/** Runs the handler of an invoked channel; never rejects. Errors read as in Electron. */
export async function answerInvoke(
  scopes: IpcMain[],
  channel: string,
  event: Electron.IpcMainInvokeEvent,
  args: unknown[],
): Promise<Answer> {
  try {
    let handler: Handler | undefined;
    for (const scope of scopes) handler ??= scope.take(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    const value = await handler(event, ...args);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, error: `Error invoking remote method '${channel}': ${String(error)}` };
  }
}

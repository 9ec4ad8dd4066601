/** The only bridge between the screens and the main process: one function per channel of the contract, nothing generic. */
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { RapportApi } from '../../shared/ipc/api.ts';
import { CHANNEL_NAMES, EVENT_CHANNELS } from '../../shared/ipc/names.ts';

const calls = Object.fromEntries(
  CHANNEL_NAMES.map((channel) => [channel, (input: unknown) => ipcRenderer.invoke(channel, input)]),
);

const subscribe = Object.fromEntries(
  EVENT_CHANNELS.map((event) => [
    event,
    (listener: (payload: unknown) => void) => {
      const forward = (_: IpcRendererEvent, payload: unknown): void => listener(payload);
      ipcRenderer.on(event, forward);
      return () => {
        ipcRenderer.removeListener(event, forward);
      };
    },
  ]),
);

const api = {
  ...calls,
  subscribe,
  flushed: (ticket: string) => ipcRenderer.send('app:flushed', ticket),
} as unknown as RapportApi;

contextBridge.exposeInMainWorld('rapport', api);

import type { RapportApi } from '../shared/ipc/api.ts';

declare global {
  interface Window {
    /** Exposed by the preload; the only way to the main process. */
    readonly rapport: RapportApi;
  }
}

/** The scripts that Chromium runs in every new document of a window. */
import { createCodec } from './codec.ts';
import { createBridge } from './page-bridge.ts';
import { type PreloadConfig, preloadRuntime } from './page-preload.ts';
import { mapPageAddresses } from './page-addresses.ts';
import { createTransport } from './page-transport.ts';

/** Name of the preload's world; seen in developer tools only. */
export const PRELOAD_WORLD = 'Electron Isolated Context';

export interface Injection {
  main: string;
  preload: string;
}

/**
 * Source text for the page's own world and for the preload's. `secret`: unguessable, new for every window, names the
 * events between the two.
 */
export function injectedScripts(secret: string, config: PreloadConfig, preloadSource: string | null): Injection {
  const toMain = JSON.stringify(`m${secret}`);
  const toPreload = JSON.stringify(`p${secret}`);
  const inTopFrame = 'if (window !== window.top) return;';
  const main = `(() => {
(${mapPageAddresses.toString()})(${JSON.stringify(config.schemes)});
${inTopFrame}
(${createBridge.toString()})(${toPreload}, ${toMain}).acceptExposed();
})()`;
  const preload =
    preloadSource === null ? 'null' : `function (require, module, exports, process, global) {${preloadSource}\n}`;
  return {
    main,
    preload: `(() => {
${inTopFrame}
(${preloadRuntime.toString()})((${createCodec.toString()})(), (${createBridge.toString()})(${toMain}, ${toPreload}), ${createTransport.toString()}, ${JSON.stringify(config)}, ${preload});
})()`,
  };
}

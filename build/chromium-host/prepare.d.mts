export { findChromium } from './src/chromium.ts';
/** Assembles the distribution folder; see prepare.mjs. */
export function prepareHost(options: { outDir: string }): Promise<{ distPath: string; electronPath: string }>;

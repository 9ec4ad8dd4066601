/** Prints pages with the system's Chromium under the rules of the print window: no script, no network. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { fontsFor } from '../../electron/export/pdf/document-fonts.ts';
import { finishPdf } from '../../electron/export/pdf/finish-pdf.ts';
import { printSettled } from '../../electron/export/pdf/settled-print.ts';
import { type Composition, composeSummary, type SummaryInput } from '../../shared/compose/compose.ts';
import { barePage, summaryHtml } from '../../shared/compose/html.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const PLACES = [
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

function chromiumPath(): string {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = [...PLACES, ...onPath].find((path) => existsSync(path));
  if (!found) throw new Error('Chromium is needed to test printing: install chromium');
  return found;
}

export interface Printer {
  readonly print: (html: string) => Promise<Uint8Array>;
  /** CSS pixels by which the page is wider than the paper's text area (A4 with the margins of a letter); 0 when it fits. */
  readonly overflow: (html: string) => Promise<number>;
  /** Addresses that a page tried to load besides itself. */
  readonly refused: readonly string[];
  readonly close: () => Promise<void>;
}

export async function openPrinter(): Promise<Printer> {
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const refused: string[] = [];
  const address = 'http://print.localhost/document';
  let html = '';
  await page.route('**/*', (route) => {
    if (route.request().url() === address)
      return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html });
    refused.push(route.request().url());
    return route.abort();
  });
  return {
    refused,
    close: () => browser.close(),
    async overflow(text) {
      html = text;
      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width: Math.floor((166 / 25.4) * 96), height: 900 });
      await page.goto(address);
      const { scrollWidth, clientWidth } = await page
        .locator('html')
        .evaluate((root) => ({ scrollWidth: root.scrollWidth, clientWidth: root.clientWidth }));
      await page.emulateMedia({ media: null });
      return scrollWidth - clientWidth;
    },
    async print(text) {
      html = text;
      await page.goto(address);
      return finishPdf(
        await printSettled(html, () =>
          page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true }),
        ),
      );
    },
  };
}

/** Composition and page with its fonts, as the application makes them. */
export function makePage(
  input: SummaryInput,
): Composition & { readonly html: string; readonly missing: readonly string[] } {
  const composition = composeSummary(input);
  const fonts = fontsFor(barePage(composition.document));
  return { ...composition, html: summaryHtml(composition.document, { fontsCss: fonts.css }), missing: fonts.missing };
}

/**
 * HTML → PDF in a window that nobody sees: no script, no preload, no network, no permission, its own session in memory.
 * One window is kept warm, because opening one costs more than printing two pages.
 */
import { BrowserWindow, type Session, session } from 'electron';
import { AppFailure } from '../../../shared/result.ts';
import { SCHEME } from '../../app/origin.ts';
import { finishPdf } from './finish-pdf.ts';
import { printSettled } from './settled-print.ts';

export interface PrintOptions {
  /** Milliseconds until a document that does not finish is given up. Default 30,000. */
  readonly timeout?: number;
}

/** No `persist:`: the session lives in memory. */
const PARTITION = 'print';
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'";

let printSession: Session | undefined;
let warm: BrowserWindow | undefined;
/** Documents are printed one after another; each waits for the one before. */
let queue: Promise<unknown> = Promise.resolve();
/** The only document that may be loaded now. */
let current: { readonly url: string; readonly html: string } | undefined;

/** A session that can load one document and nothing else. */
function lockedSession(): Session {
  if (printSession) return printSession;
  const made = session.fromPartition(PARTITION, { cache: false });
  made.protocol.handle(SCHEME, (request) =>
    current && request.method === 'GET' && request.url === current.url
      ? new Response(current.html, {
          headers: {
            'content-type': 'text/html; charset=utf-8',
            'content-security-policy': POLICY,
            'x-content-type-options': 'nosniff',
            'cache-control': 'no-store',
          },
        })
      : new Response('', { status: 404 }),
  );
  made.webRequest.onBeforeRequest((details, answer) =>
    answer({
      cancel: !(details.url === current?.url || details.url.startsWith('data:') || details.url === 'about:blank'),
    }),
  );
  made.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  made.setPermissionCheckHandler(() => false);
  made.on('will-download', (event) => event.preventDefault());
  printSession = made;
  return made;
}

function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    width: 794,
    height: 1123,
    webPreferences: {
      session: lockedSession(),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      webSecurity: true,
      devTools: false,
      spellcheck: false,
      // Hidden pages are slowed down otherwise.
      backgroundThrottling: false,
    },
  });
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('will-navigate', (event) => event.preventDefault());
  return window;
}

/** Opens the hidden window ahead of time, so that the first document is as quick as the next ones. */
export function warmPrinter(): void {
  if (!warm || warm.isDestroyed()) warm = openWindow();
}

/** Closes the hidden window; the next document opens a new one. */
export function closePrinter(): void {
  if (warm && !warm.isDestroyed()) warm.destroy();
  warm = undefined;
}

/**
 * Prints a complete page: A4 and margins by its own `@page`, tagged, with outline, title from `<title>`, language from
 * `<html lang>`. Rejects with `print.failed` or `print.timeout`; the window is thrown away then.
 */
export function printSummary(html: string, options: PrintOptions = {}): Promise<Uint8Array> {
  const job = queue.then(() => printNow(html, options));
  queue = job.catch(() => undefined);
  return job;
}

async function printNow(html: string, options: PrintOptions): Promise<Uint8Array> {
  warmPrinter();
  const window = warm as BrowserWindow;
  const url = `${SCHEME}://print/${crypto.randomUUID()}`;
  current = { url, html };
  const clock = { timer: undefined as NodeJS.Timeout | undefined };
  const givenUp = new Promise<never>((_resolve, reject) => {
    clock.timer = setTimeout(() => reject(new AppFailure('print.timeout')), options.timeout ?? 30_000);
    window.webContents.once('render-process-gone', () => reject(new AppFailure('print.failed', undefined, 'gone')));
  });
  try {
    return await Promise.race([printIn(window, url, html), givenUp]);
  } catch (error) {
    closePrinter();
    if (error instanceof AppFailure) throw error;
    // Messages of Chromium can name the document's address only, never its text.
    throw new AppFailure('print.failed', undefined, error instanceof Error ? error.name : 'unknown');
  } finally {
    clearTimeout(clock.timer);
    current = undefined;
    if (warm && !warm.isDestroyed()) warm.webContents.removeAllListeners('render-process-gone');
  }
}

async function printIn(window: BrowserWindow, url: string, html: string): Promise<Uint8Array> {
  await window.loadURL(url);
  const pdf = await printSettled(
    html,
    () =>
      window.webContents.printToPDF({
        pageSize: 'A4',
        preferCSSPageSize: true,
        printBackground: true,
        displayHeaderFooter: false,
        generateTaggedPDF: true,
        generateDocumentOutline: true,
      }),
    // Given up meanwhile: the window prints something else or is gone.
    () => window.isDestroyed() || current?.url !== url,
  );
  // The text must not stay in the hidden page.
  await window.loadURL('about:blank');
  return finishPdf(pdf);
}

/** A small main process for the test of the print window: prints what it is told and says what happened. */
import { createServer } from 'node:http';
import { app } from 'electron';
import { registerScheme } from '../../electron/app/protocol.ts';
import { closePrinter, printSummary, warmPrinter } from '../../electron/export/pdf/print-summary.ts';

export interface PrintWindowReport {
  /** Base64 of a document printed in a window that has printed before. */
  readonly pdf: string;
  /** What reached the server on this machine. */
  readonly requests: readonly string[];
  /** Base64 of the document that tried to reach it. */
  readonly hostile: string;
  /** Two documents asked for at once, base64. */
  readonly both: readonly string[];
  /** Code of a printing that was given no time, and whether the next one worked. */
  readonly timeout: string;
  readonly afterTimeout: boolean;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const page = (body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Plain</title></head><body>${body}</body></html>`;

async function report(html: string): Promise<PrintWindowReport> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    response.end('x');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  warmPrinter();
  await printSummary(html);
  const pdf = await printSummary(html);
  const hostile = await printSummary(
    page(
      `<p>before</p><link rel="stylesheet" href="${origin}/style"><script src="${origin}/script"></script>` +
        `<script>document.title = 'Changed'; document.body.append('scripted')</script><img src="${origin}/image">` +
        `<iframe src="${origin}/frame"></iframe><iframe src="file:///etc/hostname"></iframe><img src="app://rapport/x">` +
        `<meta http-equiv="refresh" content="0;url=${origin}/refresh"><p>after</p>`,
    ),
  );
  const both = await Promise.all([printSummary(page('<p>first</p>')), printSummary(page('<p>second</p>'))]);
  const timeout = await printSummary(html, { timeout: 0 }).then(
    () => 'printed',
    (error: { error?: { code: string } }) => error.error?.code ?? 'untyped',
  );
  const afterTimeout = (await printSummary(html)).byteLength > 0;
  closePrinter();
  server.close();
  return { pdf: base64(pdf), requests, hostile: base64(hostile), both: both.map(base64), timeout, afterTimeout };
}

async function start(): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin as AsyncIterable<Buffer>) pieces.push(piece);
  await app.whenReady();
  const line = JSON.stringify(await report(Buffer.concat(pieces).toString('utf8')));
  process.stdout.write(`\nREPORT ${line}\n`, () => app.exit(0));
}

registerScheme();
// The last window closing must not end the test.
app.on('window-all-closed', () => undefined);
start().catch((error: unknown) => {
  process.stderr.write(String(error));
  app.exit(1);
});

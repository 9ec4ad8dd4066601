/**
 * A second, tiny application for the command line: HTML on standard input, a PDF on standard output, on the same
 * printing code as the main application. Nothing is written to the disk in between.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { registerScheme } from './app/protocol.ts';
import { lockDownContents } from './app/security.ts';
import { printSummary } from './export/pdf/print-summary.ts';

const profile = mkdtempSync(join(tmpdir(), 'rapport-print-'));
app.setPath('userData', profile);
registerScheme();
lockDownContents();
app.enableSandbox();

async function readInput(): Promise<PrintJob> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin as AsyncIterable<Buffer>) pieces.push(piece);
  return JSON.parse(Buffer.concat(pieces).toString('utf8')) as PrintJob;
}

export interface PrintJob {
  readonly html: string;
}

async function print(): Promise<void> {
  const { html } = await readInput();
  const pdf = await printSummary(html);
  // One line, so that anything else a runtime may print cannot be taken for the document.
  process.stdout.write(`\nRAPPORT-PDF ${Buffer.from(pdf).toString('base64')}\n`, () => app.exit(0));
}

app.on('quit', () => rmSync(profile, { recursive: true, force: true }));
void app
  .whenReady()
  .then(print)
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    app.exit(1);
  });

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRuntime } from '../../build/tasks/runtime.ts';
import type { SummaryInput } from '../../shared/compose/compose.ts';
import { noteBlocks } from '../../shared/note/note.ts';
import { createNote } from '../../shared/note/note.ts';
import { makePage } from './printer.ts';
import type { PrintWindowReport } from './print-window-main.ts';
import { readPdf, squeezed } from './read-pdf.ts';

let folder = '';
let report: PrintWindowReport;

/** Bundles the small main process and runs it on the runtime that the application would use. */
async function runMain(html: string): Promise<PrintWindowReport> {
  await build({
    root: process.cwd(),
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir: folder,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        input: { main: 'test/pdf/print-window-main.ts' },
        external: ['electron', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
        output: { format: 'es', entryFileNames: '[name].mjs' },
      },
    },
  });
  const runtime = await findRuntime();
  const child = spawn(runtime.program, [join(folder, 'main.mjs')], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...runtime.env },
  });
  let out = '';
  let problem = '';
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    problem += text;
  });
  child.stdin.end(html);
  await new Promise((closed) => child.on('close', closed));
  const line = /^REPORT (.*)$/mu.exec(out)?.[1];
  if (line === undefined) throw new Error(`no report: ${problem.slice(-1000)}`);
  return JSON.parse(line) as PrintWindowReport;
}

const stamp = { createdAt: 1, changedAt: 1 };
const input: SummaryInput = {
  meeting: { ...stamp, id: 'm', title: 'Третий склад', start: '2026-05-31T14:00', timeZone: 'Europe/Moscow' },
  blocks: noteBlocks(
    createNote(
      Array.from({ length: 14 }, (_, i) => ({
        type: 'paragraph' as const,
        visibility: 'client' as const,
        runs: [{ text: `Абзац ${i}. ${'Стеллажи смонтированы, адреса нанесены. '.repeat(8)}` }],
      })),
    ),
  ),
  promises: [],
  people: {},
  organisations: {},
  language: 'ru',
  layout: 'standard',
  today: '2026-06-01',
};
/** The machine's own font may have joined letters into one sign. */
const pagesOf = (base64: string): string =>
  squeezed(readPdf(Buffer.from(base64, 'base64')).pages.join('')).normalize('NFKC');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-print-'));
  report = await runMain(makePage(input).html);
  // Bundling, starting a runtime and two dozen prints: minutes on a machine that others use too.
}, 400_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the print window', () => {
  it('prints a document as the tests of its look see it', () => {
    const pdf = readPdf(Buffer.from(report.pdf, 'base64'));
    expect([pdf.title, pdf.language, pdf.tagged, pdf.pages.length]).toEqual([
      'Резюме встречи: Третий склад',
      'ru',
      true,
      2,
    ]);
    expect(pdf.fonts).toEqual(['GolosText-Regular', 'PTSerif-Bold', 'PTSerif-Regular']);
    expect(pdf.information).toContain('/Creator (Rapport)');
    expect(squeezed(pdf.pages[1] as string)).toContain('стр.2из2');
  });
  it('asks nobody for anything and runs no script', () => {
    expect(report.requests).toEqual([]);
    const pdf = readPdf(Buffer.from(report.hostile, 'base64'));
    expect(pdf.title).toBe('Plain');
    expect(pagesOf(report.hostile)).toMatch(/before.*after/su);
    expect(pagesOf(report.hostile)).not.toContain('scripted');
  });
  it('prints documents asked for at once one after the other', () => {
    expect(report.both.map(pagesOf)).toEqual(['first', 'second']);
  });
  it('gives up a document that does not finish, and works afterwards', () => {
    expect(report.timeout).toBe('print.timeout');
    expect(report.afterTimeout).toBe(true);
  });
});

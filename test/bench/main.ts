/** Runs the benchmarks named on the command line, or all; prints a table and, when all ran, writes docs/benchmarks.md. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractTimeline } from './contract-timeline.ts';
import { durableEdit } from './durable-edit.ts';
import { firstScreen } from './first-screen.ts';
import { machine, type Result } from './harness.ts';
import { importCsv } from './import-csv.ts';
import { serverIngest } from './server-ingest.ts';
import { summaryPdf } from './summary-pdf.ts';
import { syncPeers } from './sync-peers.ts';
import { syncWeek } from './sync-week.ts';

const ALL: Readonly<Record<string, () => Promise<Result>>> = {
  'contract-timeline': contractTimeline,
  'durable-edit': durableEdit,
  'first-screen': firstScreen,
  'import-csv': importCsv,
  'server-ingest': serverIngest,
  'summary-pdf': summaryPdf,
  'sync-peers': syncPeers,
  'sync-week': syncWeek,
};

const wanted = process.argv.slice(2);
const names = wanted.length > 0 ? wanted : Object.keys(ALL);
const where = machine();
const lines: string[] = [];
for (const name of names) {
  const benchmark = ALL[name];
  if (!benchmark) {
    process.stderr.write(`Unknown benchmark "${name}". Known: ${Object.keys(ALL).join(', ')}\n`);
    process.exit(2);
  }
  process.stderr.write(`${name}…\n`);
  const result = await benchmark();
  lines.push(
    `## ${result.name}`,
    '',
    result.what,
    '',
    '| figure | value |',
    '|---|---|',
    ...result.figures.map(
      (f) => `| ${f.name} | ${f.value.toFixed(f.value < 10 ? 2 : f.value < 100 ? 1 : 0)} ${f.unit} |`,
    ),
    '',
    `Target: ${result.target}: **${result.reached ? 'reached' : 'not reached'}**.`,
    '',
  );
}
const report = lines.join('\n');
process.stdout.write(`${report}\n`);
if (wanted.length === 0) {
  const head = `# Benchmarks\n\nWritten by \`npm run bench\` (medians unless said otherwise). Measured ${new Date().toISOString().slice(0, 10)} on ${where}.\nCompare ratios within one run; absolute times belong to the machine.\n\n`;
  writeFileSync(join(import.meta.dirname, '../../docs/benchmarks.md'), `${head}${report}`);
}

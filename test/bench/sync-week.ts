/**
 * A week offline: a device with 5,000 changes of its own meets 20,000 of the others, 2 % of its own on the same fields.
 * Rapport, Actual Budget and PouchDB over loopback, until both directions are done.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contender, costs, fillContenders, firstDevice, type Report } from './contenders.ts';
import { median, type Result } from './harness.ts';

const REMOTE = Number(process.env['RAPPORT_BENCH_CHANGES'] ?? 20_000);
const ROUNDS = Number(process.env['RAPPORT_BENCH_ROUNDS'] ?? 3);
const LOCAL = REMOTE / 4;
const BOTH = Math.round(LOCAL * 0.02);
/** Each change is of a record of its own, or PouchDB, whose conflicts are of documents, would have nothing else. */
const RECORDS = REMOTE + LOCAL - BOTH;

interface Run {
  readonly millis: number;
  readonly bytes: number;
  readonly memory: number;
  readonly indexed: number;
}

async function week(one: Contender, folder: string, round: number): Promise<Run> {
  const dir = join(folder, `${one.name}-${round}`);
  await one.device({ verb: 'first', dir });
  await one.device({
    verb: 'edit',
    dir,
    ranges: [
      [0, BOTH],
      [REMOTE, RECORDS],
    ],
    who: `traveller ${round}`,
    offline: true,
  });
  await one.device({ verb: 'edit', dir: firstDevice(folder, one), ranges: [[0, REMOTE]], who: `office ${round}` });
  one.bytes();
  const report: Report = await one.device({ verb: 'week', dir });
  if (report.conflicts !== undefined && report.conflicts !== BOTH)
    throw new Error(`${one.name} shows ${report.conflicts} conflicts instead of ${BOTH}`);
  const { week: millis = Number.NaN, indexed = Number.NaN, rssOverBase: memory } = report;
  return { millis, bytes: one.bytes(), memory, indexed };
}

export async function syncWeek(): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-week-'));
  // As root, PostgreSQL runs as another user, who must be able to enter.
  chmodSync(folder, 0o755);
  const contenders: Contender[] = [];
  try {
    await fillContenders(folder, RECORDS, ROUNDS, contenders);
    const runs = new Map(contenders.map(({ name }) => [name, [] as Run[]]));
    for (let round = 0; round < ROUNDS; round += 1) {
      const order = round % 2 === 0 ? contenders : contenders.toReversed();
      for (const one of order) runs.get(one.name)?.push(await week(one, folder, round));
    }
    const figure = (name: string, pick: (run: Run) => number): number => median((runs.get(name) ?? []).map(pick));
    const millis = (name: string): number => figure(name, (run) => run.millis);
    const overActual = millis('Actual Budget') / millis('Rapport');
    const overPouch = millis('PouchDB') / millis('Rapport');
    return {
      name: 'A week offline against Actual Budget and PouchDB',
      what: `${LOCAL.toLocaleString('en')} changes here meet ${REMOTE.toLocaleString('en')} from elsewhere, ${BOTH} of them on the same fields, among ${RECORDS.toLocaleString('en')} records; until all are on both sides and durable. Rapport: folded and listed, every conflict found and shown (checked in the run), search entries in the next quiet moment; Actual keeps the last writer, PouchDB a document's winner.`,
      figures: [
        ...contenders.map(({ name }) => ({ name, value: millis(name), unit: 'ms' })),
        { name: 'Actual ÷ Rapport', value: overActual, unit: '×' },
        { name: 'PouchDB ÷ Rapport', value: overPouch, unit: '×' },
        { name: 'Rapport: search entries, after it', value: figure('Rapport', (run) => run.indexed), unit: 'ms' },
        ...costs(contenders, figure),
      ],
      target: '≥ 5 × faster than either',
      reached: overActual >= 5 && overPouch >= 5,
    };
  } finally {
    for (const one of contenders) await one.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

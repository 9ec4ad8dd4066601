/** First sync of a new device: Rapport, Actual Budget and PouchDB, 300,000 field changes (eight fields a record or row). */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contender, costs, FIELDS, fillContenders } from './contenders.ts';
import { median, type Result } from './harness.ts';

const RECORDS = Number(process.env['RAPPORT_BENCH_RECORDS'] ?? 37_500);
const ROUNDS = Number(process.env['RAPPORT_BENCH_ROUNDS'] ?? 3);

interface Run {
  readonly rate: number;
  readonly bytes: number;
  readonly memory: number;
  readonly indexed: number;
  readonly floor: number;
}

/** Median rates of first syncs taken in turn, and their ratios. */
export async function syncPeers(): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-sync-'));
  // As root, PostgreSQL runs as another user, who must be able to enter.
  chmodSync(folder, 0o755);
  const contenders: Contender[] = [];
  try {
    await fillContenders(folder, RECORDS, ROUNDS, contenders);
    const runs = new Map(contenders.map(({ name }) => [name, [] as Run[]]));
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      const order = turn % 2 === 0 ? contenders : contenders.toReversed();
      for (const one of order) {
        const dir = join(folder, `${one.name}-${turn}`);
        const {
          first = Number.NaN,
          indexed = Number.NaN,
          rssOverBase: memory,
        } = await one.device({ verb: 'first', dir });
        const bytes = one.bytes();
        const floor = (await one.floor?.(dir)) ?? Number.NaN;
        runs.get(one.name)?.push({ rate: (one.count * 1000) / first, bytes, memory, indexed, floor });
      }
    }
    const figure = (name: string, pick: (run: Run) => number): number => median((runs.get(name) ?? []).map(pick));
    const ours = figure('Rapport', ({ rate }) => rate);
    const overActual = (ours * FIELDS) / figure('Actual Budget', ({ rate }) => rate);
    const overPouch = ours / figure('PouchDB', ({ rate }) => rate);
    const floor = figure('Rapport', (run) => run.floor);
    const memory = figure('Rapport', (run) => run.memory) / 1e6;
    return {
      name: 'First sync of a new device against Actual Budget and PouchDB',
      what: `${(RECORDS * FIELDS).toLocaleString('en')} field changes in ${RECORDS.toLocaleString('en')} records of ${FIELDS} fields; until the new device holds everything. Rapport: by the pack that the first device has left, history and digest compared; folded, listed, sealed, encrypted at rest, synchronous=FULL; full text, which the peers do not have, follows in the next quiet moment and is given beside it. Actual: fields as messages, plain. PouchDB: documents in LevelDB, plain. SQLite alone: the rows that the new device then holds, read before, written into an empty vault in as many transactions, with nothing fetched, opened, checked, folded or compared.`,
      figures: [
        { name: 'Rapport', value: ours * FIELDS, unit: 'field changes/s' },
        { name: 'Rapport', value: ours, unit: 'records/s' },
        { name: 'Actual Budget', value: figure('Actual Budget', ({ rate }) => rate), unit: 'field changes/s' },
        { name: 'PouchDB', value: figure('PouchDB', ({ rate }) => rate), unit: 'documents/s' },
        { name: 'ratio to Actual, field changes', value: overActual, unit: '×' },
        { name: 'ratio to PouchDB, documents', value: overPouch, unit: '×' },
        { name: 'the same rows by SQLite alone', value: floor, unit: 'records/s' },
        {
          name: 'the same rows by SQLite alone, ratio to PouchDB',
          value: floor / figure('PouchDB', ({ rate }) => rate),
          unit: '×',
        },
        {
          name: 'Rapport: search entries of all records, after it',
          value: figure('Rapport', (run) => run.indexed),
          unit: 'ms',
        },
        ...costs(contenders, figure),
      ],
      target: '≥ 5 × Actual, ≥ 8 × PouchDB, ≤ 250 MB over base',
      reached: overActual >= 5 && overPouch >= 8 && memory <= 250,
    };
  } finally {
    for (const one of contenders) await one.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

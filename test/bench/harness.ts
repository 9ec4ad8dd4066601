/** Medians, ratios in one run, and where they were taken. Timings are milliseconds. */
import { cpus, loadavg, release, totalmem, type as osType } from 'node:os';

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}
export interface Result {
  readonly name: string;
  /** What is compared with what, in a sentence. */
  readonly what: string;
  readonly figures: readonly Figure[];
  readonly target: string;
  readonly reached: boolean;
}

/** The value below which `q` of the samples lie (nearest rank). */
export function quantile(samples: readonly number[], q: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN;
}
export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** Time of one call in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Runs both in turn (A B B A …) so that a machine that changes its speed changes it for both. */
export async function interleaved(
  rounds: number,
  a: () => Promise<number>,
  b: () => Promise<number>,
): Promise<{ a: number[]; b: number[] }> {
  const result = { a: [] as number[], b: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) {
      result.a.push(await a());
      result.b.push(await b());
    } else {
      result.b.push(await b());
      result.a.push(await a());
    }
  }
  return result;
}

export function machine(): string {
  const [cpu] = cpus();
  return [
    `${cpu?.model.trim() ?? 'unknown processor'} × ${cpus().length}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `${osType()} ${release()}`,
    `Node ${process.versions.node}`,
    `load at start ${loadavg()[0]?.toFixed(2)}`,
  ].join(', ');
}

/**
 * Devices, a server, a bad network, bad disks, wrong clocks and bad luck, by seed (docs/sync.md: SYNC-1 to SYNC-4). Millions:
 * `node test/simulation/run.mjs --seeds 1000000 --from 1`. A failing seed is replayed with `--seeds 1 --from SEED --verbose`
 * (a long life with `--steps 300` as well).
 */
import { describe, expect, it } from 'vitest';
import { playSeed, type ScenarioOptions } from '../../simulation/scenario.ts';

const SEEDS = 2000;
/** Of 300 things that happen, five times as many as otherwise. */
const LIVES = 40;
const LONG = 900_000;

/** The first seed whose oracles complain, with what they say. */
async function caught(options: Omit<ScenarioOptions, 'seed'>, seeds: number): Promise<readonly string[]> {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { problems } = await playSeed({ seed, ...options });
    if (problems.length > 0) return problems;
  }
  return [];
}

describe('the simulation', () => {
  it(`finds no divergence, no loss and nothing stuck in ${SEEDS} seeds`, { timeout: LONG }, async () => {
    const failures: string[] = [];
    let acknowledged = 0;
    let brought = 0;
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const outcome = await playSeed({ seed });
      acknowledged += outcome.acknowledged;
      brought += outcome.brought;
      if (outcome.problems.length > 0) failures.push(`seed ${seed}: ${outcome.problems[0]}`);
    }
    expect(failures).toEqual([]);
    expect(acknowledged).toBeGreaterThan(SEEDS * 20);
    // Contents of attachments that came from other devices.
    expect(brought).toBeGreaterThan(SEEDS * 3);
  });

  it(`finds nothing in ${LIVES} long lives either`, { timeout: LONG }, async () => {
    const failures: string[] = [];
    for (let seed = 9001; seed < 9001 + LIVES; seed += 1) {
      const { problems } = await playSeed({ seed, steps: 300 });
      if (problems.length > 0) failures.push(`seed ${seed} of 300 steps: ${problems[0]}`);
    }
    expect(failures).toEqual([]);
  });

  it('is the same each time for a seed', { timeout: LONG }, async () => {
    for (let seed = 5001; seed <= 5020; seed += 1) {
      const first = await playSeed({ seed });
      const second = await playSeed({ seed });
      expect(second.fingerprint).toBe(first.fingerprint);
      expect(second.events).toEqual(first.events);
    }
  });

  it('heals a server whose places can be read out of order, by the digest (SYNC-DIGEST-3)', {
    timeout: LONG,
  }, async () => {
    expect(await caught({ skippingServer: true }, 60)).toEqual([]);
  });

  it.each<[string, Omit<ScenarioOptions, 'seed'>, RegExp]>([
    ['drops the loser of a conflict', { mutations: ['lastWriterWins'] }, /differs|lost|other order|another order/],
    [
      'has places that can be read out of order, and no digest',
      { skippingServer: true, mutations: ['noRepair'] },
      /differs|not there/,
    ],
    [
      'takes what was sent as received, and has no digest',
      { mutations: ['settleUnheard', 'noRepair'] },
      /differs|not there/,
    ],
    ['keeps contents of attachments unchecked', { mutations: ['chunkUnchecked'] }, /corrupted/],
    ['believes for ever that the server has a content', { mutations: ['sentForEver'] }, /has not come/],
  ])('notices a design that %s', { timeout: LONG }, async (_, options, complaint) => {
    expect((await caught(options, 120)).join('\n')).toMatch(complaint);
  });
});

/**
 * Real devices and the real server under a nemesis that kills, freezes and parts them: every look of every device is held
 * against the session guarantees and causal order, and in the end everything acknowledged is everywhere. Longer ones:
 * `node test/nemesis/run.mjs --trials 100 --devices 5 --seconds 100`.
 */
import { describe, expect, it } from 'vitest';
import { brokenEnd, brokenSession, type DeviceState, type Mark, SHARED, type Told } from '../nemesis/history.ts';
import { trial } from '../nemesis/trial.ts';

const SEED = Number(process.env['RAPPORT_NEMESIS'] ?? 1);
const mark = (n: number, seen: Mark['seen'] = {}): Mark => ({ n, seen });
const saw = (a: Mark, b: Mark): Told => ({ kind: 'saw', marks: { a, b } });
const wrote = (n: number): Told => ({ kind: 'kept', n, record: 'register-a', field: 'summary' });
const BEGUN = { a: 9, b: 9 };

describe('the laws', () => {
  it('notice an own write that is not seen, a step back, a cause that is missing and a write that nobody made', () => {
    const good = [saw(mark(0), mark(1)), wrote(2), saw(mark(2, { b: 1 }), mark(3, { a: 2 }))];
    expect(brokenSession('a', good, BEGUN)).toEqual([]);
    expect(brokenSession('a', [wrote(2), saw(mark(1), mark(0))], BEGUN)).toHaveLength(1);
    expect(brokenSession('a', [saw(mark(0), mark(4)), saw(mark(0), mark(3))], BEGUN)).toHaveLength(1);
    expect(brokenSession('a', [saw(mark(1), mark(4, { a: 2 }))], BEGUN)).toHaveLength(1);
    expect(brokenSession('a', [saw(mark(0), mark(10))], BEGUN)).toHaveLength(1);
  });

  it('notice what waits, what differs and what is missing at the end', () => {
    const state: DeviceState = {
      says: '',
      waiting: 0,
      refused: 0,
      aside: 0,
      digest: '3 x',
      records: { meeting: JSON.stringify([[['body', 'a-4;']]]), 'a-5': '[]' },
      changes: [`${SHARED} industry "a-1" h1`, 'register-a summary "{\\"n\\":3,\\"seen\\":{}}" h2'],
      problems: [],
    };
    const kept = (n: number, record: string, field: string): Told => ({ kind: 'kept', n, record, field });
    const told = {
      a: [
        kept(1, SHARED, 'industry'),
        kept(3, 'register-a', 'summary'),
        kept(4, 'meeting', 'body'),
        kept(5, 'a-5', '$new'),
      ],
    };
    expect(brokenEnd(told, { a: state, b: state })).toEqual([]);
    const wrong: readonly Partial<DeviceState>[] = [
      { waiting: 1 },
      { refused: 1 },
      { aside: 1 },
      { problems: ['x'] },
      { digest: '4 y' },
      { changes: [state.changes[0] as string] },
      { changes: [state.changes[1] as string] },
      { records: { ...state.records, 'a-5': '["other"]' } },
      { records: { meeting: '[[["body","a-4;a-4;"]]]', 'a-5': '[]' } },
      { records: { meeting: state.records['meeting'] as string } },
    ];
    for (const part of wrong) expect(brokenEnd(told, { a: state, b: { ...state, ...part } })).not.toEqual([]);
  });
});

describe('under a nemesis', () => {
  it('SYNC-1 to SYNC-4: nothing is lost, nothing is stuck, no look shows less than before', async () => {
    const { problems, acknowledged, looks, deeds } = await trial({ seed: SEED, devices: 4, seconds: 25, pause: 100 });
    expect({ seed: SEED, deeds, problems }).toEqual({ seed: SEED, deeds, problems: [] });
    expect(Math.min(acknowledged, looks)).toBeGreaterThan(100);
    expect(deeds.length).toBeGreaterThan(2);
  }, 900_000);
});

/** When a device asks by itself: after failures, and when its stream of hints has ended (SYNC-TALK). */
import { describe, expect, it } from 'vitest';
import { createHttpTransport } from '../../../electron/sync/http-transport.ts';
import { type Transport, TransportFailure } from '../../../shared/sync/engine/transport.ts';
import { type Desk, engineOf, owner } from './desks.ts';

describe('when the application asks', () => {
  /** An engine whose clock and timers are ours; the timer that is due next is fired by hand. */
  function byHand(of: Desk, transport: Transport, random: () => number) {
    let now = 1_790_000_000_000;
    let timer: { readonly at: number; readonly work: () => void } | undefined;
    const engine = engineOf(of, {
      transport,
      random,
      now: () => now,
      after: (millis, work) => {
        const set = { at: now + millis, work };
        timer = set;
        return () => {
          if (timer === set) timer = undefined;
        };
      },
    });
    const ended = (): Promise<unknown> =>
      new Promise((done) => {
        const stop = engine.onState(({ phase }) => {
          if (phase !== 'idle' && phase !== 'waiting') return;
          stop();
          // The state is said before the round is over.
          setImmediate(done, phase);
        });
      });
    return {
      engine,
      pass: (millis: number) => (now += millis),
      due: () => (timer ? timer.at - now : Number.POSITIVE_INFINITY),
      /** Lets the time until the next round pass, and that round; resolves to how it ended. */
      fire: async (): Promise<unknown> => {
        const set = timer;
        if (!set) throw new Error('nothing is due');
        timer = undefined;
        now = Math.max(now, set.at);
        const end = ended();
        set.work();
        return end;
      },
    };
  }

  it('SYNC-TALK-2: soon after a short absence, seldom in a long one', async () => {
    const a = await owner();
    await a.round();
    const away: Transport = {
      listen: () => () => undefined,
      ask: () => Promise.reject(new TransportFailure('unreachable')),
    };
    const { engine, due, fire } = byHand(a, away, () => 0.999);
    engine.start();
    await fire();
    let absence = 0;
    let asked = 0;
    for (; absence < 3 * 3_600_000; asked += 1) {
      const wait = due();
      expect(wait).toBeLessThanOrEqual(Math.min(300_000, Math.max(5000, absence / 4)));
      absence += wait;
      expect(await fire()).toBe('waiting');
    }
    expect(due()).toBeGreaterThan(290_000);
    expect(asked).toBeLessThan(60);
    await engine.stop();
  });

  it('SYNC-TALK-5: soon when hints end, more seldom when they keep ending', async () => {
    const a = await owner();
    await a.round();
    const real = createHttpTransport({ fetch });
    let closed: (() => void) | undefined;
    const listens: Transport = {
      ask: real.ask,
      listen: (_to, on) => {
        closed = on.closed;
        return () => undefined;
      },
    };
    const { engine, pass, due, fire } = byHand(a, listens, () => 0.999);
    engine.start();
    expect(await fire()).toBe('idle');
    const drop = async (after: number): Promise<number> => {
      await expect.poll(() => closed).toBeDefined();
      const close = closed as () => void;
      closed = undefined;
      pass(after);
      close();
      const wait = due();
      expect(await fire()).toBe('idle');
      return Math.round(wait / 1000);
    };
    expect(await drop(25_000)).toBe(5);
    expect([await drop(10), await drop(10), await drop(10)]).toEqual([10, 20, 40]);
    // Never later than without hints at all.
    expect(await drop(10)).toBe(60);
    expect(await drop(25_000)).toBe(5);
    await engine.stop();
  });
});

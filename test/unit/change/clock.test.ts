import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareHlc, createClock, formatHlc, isHlc, MAX_DRIFT, parseHlc } from '../../../shared/change/clock.ts';

const device = '00000000000000aa';
const other = '00000000000000bb';
const at = (millis: number, counter = 0, from = other): string => formatHlc({ millis, counter, device: from });

describe('the clock', () => {
  it('gives readings that only grow, whatever the wall clock and others do', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            wall: fc.integer({ min: 0, max: 2 ** 45 }),
            remote: fc.option(fc.integer({ min: 0, max: 2 ** 45 })),
          }),
          { maxLength: 60 },
        ),
        (events) => {
          let wall = 0;
          const clock = createClock({ device, now: () => wall });
          let greatest = '';
          for (const event of events) {
            wall = event.wall;
            if (event.remote !== null) {
              const remote = at(event.remote, 9);
              if (clock.receive(remote).ok && remote > greatest) greatest = remote;
            }
            const next = clock.tick();
            expect(next > greatest).toBe(true);
            greatest = next;
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('counts within one millisecond and starts again at the next', () => {
    let wall = 1000;
    const clock = createClock({ device, now: () => wall });
    expect([clock.tick(), clock.tick()].map((hlc) => parseHlc(hlc))).toEqual([
      { millis: 1000, counter: 0, device },
      { millis: 1000, counter: 1, device },
    ]);
    wall = 1001;
    expect(parseHlc(clock.tick())).toEqual({ millis: 1001, counter: 0, device });
  });

  it('goes on from where it was when the wall clock goes back', () => {
    let wall = 5000;
    const clock = createClock({ device, now: () => wall });
    clock.tick();
    wall = 10;
    expect(parseHlc(clock.tick())).toMatchObject({ millis: 5000, counter: 1 });
  });

  it('takes the next millisecond when the counter is full', () => {
    const clock = createClock({ device, now: () => 1000, last: at(1000, 0xffff) });
    expect(parseHlc(clock.tick())).toMatchObject({ millis: 1001, counter: 0 });
  });

  it('starts behind the last reading of the log', () => {
    const clock = createClock({ device, now: () => 10, last: at(1000, 7) });
    expect(clock.tick() > at(1000, 7)).toBe(true);
  });

  it('refuses a reading more than five minutes ahead and does not move', () => {
    const clock = createClock({ device, now: () => 1000 });
    expect(clock.receive(at(1000 + MAX_DRIFT + 1))).toMatchObject({ ok: false, error: { code: 'clock.tooFarAhead' } });
    expect(parseHlc(clock.tick())).toMatchObject({ millis: 1000, counter: 0 });
    expect(clock.receive(at(1000 + MAX_DRIFT)).ok).toBe(true);
    expect(clock.tick() > at(1000 + MAX_DRIFT)).toBe(true);
  });

  it('refuses what is no reading', () => {
    const clock = createClock({ device, now: () => 1000 });
    for (const bad of ['', 'x', at(1).toUpperCase(), `${at(1)}0`, at(1).replace('-', '_')]) {
      expect(clock.receive(bad)).toMatchObject({ ok: false, error: { code: 'clock.malformed' } });
      expect(isHlc(bad)).toBe(false);
    }
    expect(() => createClock({ device: 'short', now: () => 0 })).toThrow(RangeError);
  });

  it('orders readings as text by time, then counter, then device', () => {
    const inOrder = [at(1), at(1, 0, 'c'.repeat(16)), at(1, 1), at(2), at(16 ** 8)];
    expect([...inOrder].reverse().sort(compareHlc)).toEqual(inOrder);
    expect([...inOrder].reverse().sort()).toEqual(inOrder);
  });
});

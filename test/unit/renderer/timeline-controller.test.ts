/** The timeline moves without React: one painting a frame, everything else when the movement has settled. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TimelineController } from '../../../renderer/screens/contracts/timeline/controller.ts';
import { dayOf } from '../../../shared/contract-dates/civil.ts';

const [first, last, today] = [dayOf('2010-01-01'), dayOf('2040-12-31'), dayOf('2026-02-11')];
const WIDTH = 900;
let frames: (() => void)[] = [];
const frame = (): void => {
  const due = frames;
  frames = [];
  for (const each of due) each();
};
beforeEach(() => {
  frames = [];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback));
  vi.stubGlobal('cancelAnimationFrame', () => {
    frames = [];
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

interface Watched {
  readonly moving: TimelineController;
  /** The camera at every painting. */
  readonly painted: { readonly left: number; readonly scale: number }[];
  readonly settled: number[];
}
function controller(): Watched {
  const moving = new TimelineController(first, last, today, 366);
  moving.resize(WIDTH);
  const painted: Watched['painted'] = [];
  const settled: number[] = [];
  moving.onFrame(() => painted.push(moving.camera));
  moving.subscribe(() => settled.push(moving.settled().left));
  return { moving, painted, settled };
}

describe('The movement of a timeline', () => {
  it('paints once in a frame, however many events came, and shows the last of them', () => {
    const { moving, painted } = controller();
    for (let event = 0; event < 5; event += 1) moving.pan(40);
    expect(painted).toEqual([]);
    frame();
    expect(painted).toEqual([moving.camera]);
    frame();
    expect(painted.length).toBe(1);
  });

  it('tells what hangs on it when it has settled, once', () => {
    const { moving, settled } = controller();
    const before = moving.settled();
    for (let step = 0; step < 20; step += 1) {
      moving.pan(60);
      frame();
    }
    expect(settled).toEqual([]);
    expect(moving.settled()).toBe(before);
    vi.runAllTimers();
    expect(settled).toEqual([moving.camera.left]);
    expect(moving.settled()).toBe(moving.camera);
  });

  it('jumps at once: painted and told before the next frame, which paints nothing', () => {
    const { moving, painted, settled } = controller();
    moving.pan(10);
    moving.preset('years10', today);
    expect(painted).toEqual([moving.camera]);
    expect(settled).toEqual([moving.camera.left]);
    frame();
    vi.runAllTimers();
    expect(painted.length).toBe(1);
    expect(settled.length).toBe(1);
  });

  it('paints nothing at its ends', () => {
    const { moving, painted } = controller();
    moving.jump({ left: last, scale: moving.camera.scale });
    painted.length = 0;
    moving.pan(500);
    frame();
    expect(painted).toEqual([]);
  });

  it('keeps the day under the pointer while it zooms, and the span of days when the window grows', () => {
    const { moving } = controller();
    const under = (x: number): number => moving.camera.left + x / moving.camera.scale;
    const day = under(300);
    for (let step = 0; step < 12; step += 1) moving.zoom(1.09, 300);
    expect(under(300)).toBeCloseTo(day, 6);
    const end = under(WIDTH);
    moving.resize(WIDTH * 2);
    expect(under(WIDTH * 2)).toBeCloseTo(end, 6);
  });

  it('does not paint for a screen that has gone', () => {
    const { moving, painted, settled } = controller();
    moving.pan(40);
    moving.dispose();
    frame();
    vi.runAllTimers();
    expect(painted).toEqual([]);
    expect(settled).toEqual([]);
    expect(moving.settled()).toBe(moving.camera);
  });
});

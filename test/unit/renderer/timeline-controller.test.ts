/** The timeline moves by transforms and draws its lanes a few in a frame. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Layout,
  TimelineController,
  transformBetween,
} from '../../../renderer/screens/contracts/timeline/controller.ts';
import { dayOf } from '../../../shared/contract-dates/civil.ts';

const [first, last, today] = [dayOf('2010-01-01'), dayOf('2040-12-31'), dayOf('2026-02-11')];
const LANES = Array.from({ length: 12 }, (_, index) => `lane-${index}`);
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
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
function controller(): TimelineController {
  const made = new TimelineController(first, last, today, 366);
  made.resize(900);
  made.setLanes(LANES);
  return made;
}
const layouts = (from: TimelineController): Layout[] => LANES.map((lane) => from.drawing().of(lane));
/** Runs until nothing is asked for any more. */
function settle(): void {
  for (let turn = 0; turn < 50; turn += 1) {
    frame();
    vi.runAllTimers();
  }
}

describe('The movement of a timeline', () => {
  it('within what is drawn sets a transform and draws nothing', () => {
    const moving = controller();
    const plane = { style: { transform: '' } } as HTMLElement;
    moving.attach(plane);
    const [before, drawing] = [plane.style.transform, moving.drawing()];
    moving.pan(40);
    frame();
    expect(plane.style.transform).not.toBe(before);
    expect(moving.drawing()).toBe(drawing);
  });

  it('shows the days of the camera in every frame, whatever is drawn', () => {
    const moving = controller();
    const plane = { style: { transform: '' } } as HTMLElement;
    moving.attach(plane);
    for (let step = 0; step < 60; step += 1) {
      if (step % 3 === 0) moving.zoom(1.09, 300);
      else moving.pan(75);
      frame();
      const { layout } = moving.drawing();
      const [x = 0] = (/translate3d\(([-\d.e]+)px/.exec(plane.style.transform) ?? []).slice(1).map(Number);
      expect(moving.camera.left + -x / -moving.camera.scale).toBeCloseTo(layout.origin, 3);
      const right = moving.camera.left + 900 / moving.camera.scale;
      expect(layout.from).toBeLessThanOrEqual(moving.camera.left);
      expect(layout.to).toBeGreaterThanOrEqual(Math.min(right, last + 1) - 1e-6);
    }
  });

  it('draws a few lanes in a frame and all of them in the end', () => {
    const moving = controller();
    moving.pan(1000);
    frame();
    const { layout } = moving.drawing();
    const drawn = layouts(moving).filter((each) => each === layout).length;
    expect(drawn).toBeGreaterThan(0);
    expect(drawn).toBeLessThan(LANES.length);
    settle();
    const now = moving.drawing().layout;
    expect(layouts(moving).every((each) => each === now)).toBe(true);
    expect(now.left).toBe(moving.camera.left);
  });

  it('keeps its origin while days keep their width', () => {
    const moving = controller();
    const { origin, scale } = moving.drawing().layout;
    for (let step = 0; step < 20; step += 1) {
      moving.pan(60);
      frame();
    }
    expect(moving.drawing().layout).toMatchObject({ origin, scale });
    moving.step(2);
    expect(moving.drawing().layout.scale).toBeCloseTo(scale * 2, 6);
  });

  it('draws every lane at once when it jumps', () => {
    const moving = controller();
    moving.preset('years10', today);
    const { layout } = moving.drawing();
    expect(layouts(moving).every((each) => each === layout)).toBe(true);
  });
});

it('A lane drawn earlier is put where its days now stand', () => {
  const moving = controller();
  const drawn = moving.drawing().layout;
  moving.step(2);
  const shown = moving.drawing().layout;
  const [x = 0, stretch = 1] = (
    /translateX\(([-\d.e]+)px\) scaleX\(([\d.]+)\)/.exec(transformBetween(drawn, shown)) ?? []
  )
    .slice(1)
    .map(Number);
  const place = (day: number, { origin, scale }: Layout): number => (day - origin) * scale;
  for (const day of [today, today + 100]) expect(x + place(day, drawn) * stretch).toBeCloseTo(place(day, shown), 3);
  expect(transformBetween(shown, shown)).toBe('');
});

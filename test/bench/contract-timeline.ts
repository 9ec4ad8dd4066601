/** The timeline of 2,000 contracts: until it is seen, and what a frame of moving costs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchApp } from '../../build/driver/launch.ts';
import { fillPortfolio } from '../fixtures/contracts/portfolio.ts';
import { median, quantile, type Figure, type Result } from './harness.ts';

const CONTRACTS = 2_000;
const ROUNDS = 3;
const FRAMES = 60;
const PASSPHRASE = 'bench passphrase';
/** Milliseconds of main-thread work that a frame may cost at 60 frames a second. */
const GOAL = 16;

type Movement = 'pan' | 'zoom' | 'scroll';
interface Frames {
  /** Milliseconds of the main thread's processor time per frame: input, script, style, layout, paint, commit. */
  readonly work: readonly number[];
  /** Milliseconds from frame to frame. */
  readonly interval: readonly number[];
  /** Tasks of more than 50 ms of processor time, the drawing after the movement has settled included. */
  readonly long: number;
}
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Microseconds of the thread's processor time: what other programs take from the machine is not in it. */
  readonly tdur?: number;
}

/** Milliseconds from the key press until the frame after the first one with lanes in it. */
const firstPaint = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((done) => {
        const start = performance.now();
        const event = { key: '2', code: 'Digit2', bubbles: true, cancelable: true };
        document.body.dispatchEvent(new KeyboardEvent('keydown', event));
        const look = (): void => {
          if (document.querySelector('[data-timeline-plane] [data-item]')) {
            // A message is handled after the frame in which it was sent has been painted.
            const channel = new MessageChannel();
            channel.port1.onmessage = () => done(performance.now() - start);
            channel.port2.postMessage(0);
          } else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
  );

/** Moves for that many frames, one event in each; resolves when the movement has settled. */
const move = (page: Page, movement: Movement): Promise<void> =>
  page.evaluate(
    ({ movement, frames }) =>
      new Promise<void>((done) => {
        const area = document.querySelector('[data-timeline-area]') as HTMLElement;
        const scroller = area.closest('[role="grid"]') as HTMLElement;
        const box = scroller.getBoundingClientRect();
        const place = { clientX: box.left + box.width * 0.6, clientY: box.top + box.height / 2 };
        const at = { ...place, bubbles: true, cancelable: true };
        let frame = 0;
        const step = (): void => {
          if (frame === frames) {
            setTimeout(done, 500);
            return;
          }
          requestAnimationFrame(step);
          const there = frame % 60 < 30 ? 1 : -1;
          if (movement === 'scroll') scroller.scrollTop += there * 90;
          else if (movement === 'pan') area.dispatchEvent(new WheelEvent('wheel', { ...at, deltaX: there * 60 }));
          else area.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: there * 8, ctrlKey: true }));
          frame += 1;
        };
        requestAnimationFrame(step);
      }),
    { movement, frames: FRAMES },
  );

/** Resolves when the window has nothing more to do for about a second: rows and meetings have come, lanes are computed. */
const atRest = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((done) => {
        let calm = 0;
        const look = (deadline: IdleDeadline): void => {
          calm = deadline.timeRemaining() > 30 ? calm + 1 : 0;
          if (calm >= 20) done();
          else requestIdleCallback(look);
        };
        requestIdleCallback(look);
      }),
  );

/** What Chromium's own trace says of a movement. */
async function traced(page: Page, movement: Movement): Promise<Frames> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const includedCategories = ['disabled-by-default-devtools.timeline', 'disabled-by-default-devtools.timeline.frame'];
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } });
  await move(page, movement);
  const complete = new Promise<void>((done) => session.once('Tracing.tracingComplete', () => done()));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const frames = events.filter(({ name }) => name === 'BeginMainThreadFrame').sort((a, b) => a.ts - b.ts);
  const main = frames[0];
  if (!main || frames.length < FRAMES / 2) throw new Error(`only ${frames.length} frames of ${movement} were traced`);
  const tasks = events.filter(({ name, pid, tid }) => name === 'RunTask' && pid === main.pid && tid === main.tid);
  const work = new Float64Array(frames.length);
  for (const { ts, dur = 0, tdur = 0 } of tasks) {
    // A frame's own task begins a little before it says that the frame begins.
    let frame = frames.findIndex((next) => next.ts > ts + dur) - 1;
    if (frame === -2) frame = frames.length - 1;
    if (frame >= 0) work[frame]! += tdur / 1000;
  }
  return {
    work: [...work],
    interval: frames.slice(1).map(({ ts }, i) => (ts - frames[i]!.ts) / 1000),
    long: tasks.filter(({ tdur = 0 }) => tdur > 50_000).length,
  };
}

const figures = (name: string, rounds: readonly Frames[]): Figure[] => {
  const work = rounds.flatMap((round) => round.work);
  const interval = rounds.flatMap((round) => round.interval);
  return [
    { name: `${name}: work per frame, median`, value: median(work), unit: 'ms' },
    { name: `${name}: work per frame, p95`, value: quantile(work, 0.95), unit: 'ms' },
    { name: `${name}: from frame to frame, median`, value: median(interval), unit: 'ms' },
    { name: `${name}: from frame to frame, p95`, value: quantile(interval, 0.95), unit: 'ms' },
    {
      name: `${name}: tasks over 50 ms, in ${rounds.length * FRAMES} frames`,
      value: rounds.reduce((n, { long }) => n + long, 0),
      unit: '',
    },
  ];
};

export async function contractTimeline(): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-'));
  try {
    await fillPortfolio(folder, PASSPHRASE, CONTRACTS);
    const { page, close } = await launchApp({ profile: folder, size: { width: 1280, height: 800 } });
    try {
      const field = page.locator('input[type=password]');
      await field.fill(PASSPHRASE);
      await field.press('Enter');
      await page.getByRole('navigation').first().waitFor();
      await page.keyboard.press('Alt+Digit5');
      await page.locator('[data-list] [aria-selected]').first().waitFor();
      const cold = await firstPaint(page);
      const paints: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        await page.keyboard.press('Digit1');
        await page.locator('[data-list] [aria-selected]').first().waitFor();
        paints.push(await firstPaint(page));
      }
      await atRest(page);
      const rounds: Record<Movement, Frames[]> = { pan: [], zoom: [], scroll: [] };
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const movement of ['pan', 'zoom', 'scroll'] as const) rounds[movement].push(await traced(page, movement));
      }
      const worst = Math.max(
        ...(['pan', 'zoom'] as const).map((movement) =>
          quantile(
            rounds[movement].flatMap(({ work }) => work),
            0.95,
          ),
        ),
      );
      return {
        name: 'Contract timeline',
        what: `${CONTRACTS.toLocaleString('en')} contracts over ten years in a window of 1280 × 800: from the key to the first painted lanes (at once after the list has appeared, then ${ROUNDS} times), and ${ROUNDS} × ${FRAMES} frames of panning, zooming and scrolling, one event in each, once the window has come to rest. Work is the processor time of everything that the window's main thread does from one frame to the next, by Chromium's trace.`,
        figures: [
          { name: 'first time', value: cold, unit: 'ms' },
          { name: 'again, median', value: median(paints), unit: 'ms' },
          { name: 'again, p95', value: quantile(paints, 0.95), unit: 'ms' },
          ...figures('panning', rounds.pan),
          ...figures('zooming', rounds.zoom),
          ...figures('scrolling', rounds.scroll),
        ],
        target: `p95 of work per frame ≤ ${GOAL} ms while panning and zooming`,
        reached: worst <= GOAL,
      };
    } finally {
      await close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

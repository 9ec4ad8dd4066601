/**
 * Moves a timeline without React: a frame of panning or pinching calls the painters once. Everything else that hangs on
 * what is looked at (cells for screen readers, buttons of the toolbar) is told when the movement has settled.
 */
import type { DayNumber } from '../../../../shared/contract-dates/civil.ts';
import {
  type Camera,
  type CameraBounds,
  clampCamera,
  lookAt,
  panBy,
  type Preset,
  PRESETS,
  reveal,
  spanOf,
  zoomAt,
} from './camera.ts';

/** Milliseconds without movement after which it has settled. */
const SETTLE = 140;

type Listener = () => void;

export class TimelineController {
  /** The day from which cells are placed. It never changes, so that moving changes no cell. */
  readonly origin: DayNumber;
  #bounds: CameraBounds;
  #camera: Camera;
  #settled: Camera;
  readonly #listeners = new Set<Listener>();
  readonly #movements = new Set<Listener>();
  readonly #painters = new Set<Listener>();
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(first: DayNumber, last: DayNumber, today: DayNumber, days: number) {
    this.origin = first;
    this.#bounds = { first, last, width: 800 };
    this.#camera = lookAt(today, days, this.#bounds);
    this.#settled = this.#camera;
  }

  /** Called when a movement has settled, and at once after a jump. */
  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  /** What was looked at when the last movement settled; the same object until the next one has. */
  readonly settled = (): Camera => this.#settled;
  get camera(): Camera {
    return this.#camera;
  }
  get bounds(): CameraBounds {
    return this.#bounds;
  }
  /** From the first movement until it has settled: what is painted meanwhile may be plainer. */
  get moving(): boolean {
    return this.#camera !== this.#settled;
  }
  /** Called on every movement, before it is drawn. */
  onMove(listener: Listener): () => void {
    this.#movements.add(listener);
    return () => this.#movements.delete(listener);
  }
  /** Called once in every frame that shows something else than the one before. */
  onFrame(painter: Listener): () => void {
    this.#painters.add(painter);
    return () => this.#painters.delete(painter);
  }

  resize(width: number): void {
    if (width <= 0 || width === this.#bounds.width) return;
    // The span of days stays; a wider window shows them larger.
    const scale = (this.#camera.scale * width) / this.#bounds.width;
    this.#bounds = { ...this.#bounds, width };
    this.jump({ left: this.#camera.left, scale });
  }
  setRange(first: DayNumber, last: DayNumber): void {
    if (first === this.#bounds.first && last === this.#bounds.last) return;
    this.#bounds = { ...this.#bounds, first, last };
    this.jump(this.#camera);
  }

  /** Goes there at once. */
  jump(camera: Camera): void {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#camera = clampCamera(camera, this.#bounds);
    this.#settled = this.#camera;
    for (const listener of this.#movements) listener();
    this.#paint();
    this.#settle();
  }
  /** Moves by pixels, drawn in the next frame. */
  pan(pixels: number): void {
    this.#move(panBy(this.#camera, this.#bounds, pixels));
  }
  /** Zooms about a place in the window (pixels), drawn in the next frame. */
  zoom(factor: number, x = this.#bounds.width / 3): void {
    this.#move(zoomAt(this.#camera, this.#bounds, factor, x));
  }
  /** One step by key or button. */
  step(factor: number): void {
    this.jump(zoomAt(this.#camera, this.#bounds, factor, this.#bounds.width / 3));
  }
  preset(name: Preset, day: DayNumber): void {
    const { left, scale } = this.#camera;
    const x = (day - left) * scale;
    const seen = x >= 0 && x <= this.#bounds.width;
    // The middle stays, unless today is in view: then today does.
    const anchor = seen ? day : left + spanOf(this.#camera, this.#bounds) / 3;
    this.jump(lookAt(anchor, PRESETS[name], this.#bounds));
  }
  today(day: DayNumber): void {
    this.jump(lookAt(day, spanOf(this.#camera, this.#bounds), this.#bounds));
  }
  /** Brings a span of days into the window if none of it is there. */
  reveal(from: number, to: number): void {
    const { left } = this.#camera;
    const margin = 24 / this.#camera.scale;
    const right = left + spanOf(this.#camera, this.#bounds);
    if (from < right - margin && to > left + margin) return;
    this.jump(reveal(this.#camera, this.#bounds, from >= right - margin ? from : to));
  }
  /** Stops what is still to be drawn; what was moved counts as settled. */
  dispose(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = 0;
    this.#settled = this.#camera;
  }

  #move(camera: Camera): void {
    if (camera.left === this.#camera.left && camera.scale === this.#camera.scale) return;
    this.#camera = camera;
    for (const listener of this.#movements) listener();
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(), SETTLE);
  }
  #paint(): void {
    for (const painter of this.#painters) painter();
  }
  #settle(): void {
    this.#settled = this.#camera;
    for (const listener of this.#listeners) listener();
  }
}

/**
 * Moves a timeline without React: a frame of panning or pinching sets one transform on what is already drawn. The drawing
 * (`layout`) is made anew only when it runs out, has been stretched too far, or the movement has settled.
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

/** What is drawn: days `base` to `base + days`, of which the window showed `left` to `left + span` when it was made. */
export interface Layout {
  readonly base: DayNumber;
  readonly days: number;
  readonly scale: number;
  readonly left: number;
  readonly span: number;
  /** Width of the window in pixels. */
  readonly width: number;
}

/** Milliseconds without movement after which the drawing is made anew. */
const SETTLE = 140;
/** How far a drawing may be stretched or squeezed before it is made anew. */
const STRETCH = 1.7;
/** Widths of the window drawn on either side of it. */
const OVERSCAN = 1;

type Listener = () => void;

export class TimelineController {
  #bounds: CameraBounds;
  #camera: Camera;
  #layout: Layout;
  readonly #listeners = new Set<Listener>();
  readonly #movements = new Set<Listener>();
  readonly #planes = new Set<HTMLElement | SVGElement>();
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(first: DayNumber, last: DayNumber, today: DayNumber, days: number) {
    this.#bounds = { first, last, width: 800 };
    this.#camera = lookAt(today, days, this.#bounds);
    this.#layout = this.#draw();
  }

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly layout = (): Layout => this.#layout;
  get camera(): Camera {
    return this.#camera;
  }
  get bounds(): CameraBounds {
    return this.#bounds;
  }
  /** Called on every movement, before it is drawn. */
  onMove(listener: Listener): () => void {
    this.#movements.add(listener);
    return () => this.#movements.delete(listener);
  }

  /** An element that moves with the days; it is placed at once and again after every new drawing. */
  attach(plane: HTMLElement | SVGElement): () => void {
    this.#planes.add(plane);
    this.#place(plane);
    return () => this.#planes.delete(plane);
  }
  placeAll(): void {
    for (const plane of this.#planes) this.#place(plane);
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

  /** Goes there at once, drawn anew. */
  jump(camera: Camera): void {
    this.#camera = clampCamera(camera, this.#bounds);
    this.#moved();
    this.#commit();
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
  /** Stops what is still to be drawn. */
  dispose(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = 0;
  }

  #move(camera: Camera): void {
    this.#camera = camera;
    this.#moved();
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#runsOut()) this.#commit();
      else this.placeAll();
    });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#camera.scale !== this.#layout.scale || this.#camera.left !== this.#layout.left) this.#commit();
    }, SETTLE);
  }
  #moved(): void {
    for (const listener of this.#movements) listener();
  }
  #runsOut(): boolean {
    const { base, days, scale } = this.#layout;
    const { first, last } = this.#bounds;
    const stretch = this.#camera.scale / scale;
    if (stretch > STRETCH || stretch < 1 / STRETCH) return true;
    const right = this.#camera.left + spanOf(this.#camera, this.#bounds);
    return (this.#camera.left < base && base > first) || (right > base + days && base + days <= last);
  }
  #draw(): Layout {
    const { left, scale } = this.#camera;
    const span = spanOf(this.#camera, this.#bounds);
    const base = Math.max(this.#bounds.first, Math.floor(left - span * OVERSCAN));
    const end = Math.min(this.#bounds.last + 1, Math.ceil(left + span * (1 + OVERSCAN)));
    return { base, days: Math.max(1, end - base), scale, left, span, width: this.#bounds.width };
  }
  #commit(): void {
    clearTimeout(this.#timer);
    this.#layout = this.#draw();
    for (const listener of this.#listeners) listener();
  }
  #place(plane: HTMLElement | SVGElement): void {
    const { base, scale } = this.#layout;
    const stretch = this.#camera.scale / scale;
    const x = (base - this.#camera.left) * this.#camera.scale;
    plane.style.transform = stretch === 1 ? `translate3d(${x}px,0,0)` : `translate3d(${x}px,0,0) scale(${stretch},1)`;
  }
}

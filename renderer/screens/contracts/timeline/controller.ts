/**
 * Moves a timeline without React: a frame of panning or pinching sets one transform on what is already drawn. A new
 * drawing (`layout`) is begun only when the present one runs out, has been stretched too far, or the movement has settled;
 * its lanes are then drawn a few in each frame, and those that wait are shown stretched to their place.
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

/** What is drawn: the days `from` to `to`, of which the window showed `left` to `left + span` when it was begun. */
export interface Layout {
  /** The day at x = 0. It stays while days keep their width, so that moving in time changes nothing that is drawn. */
  readonly origin: DayNumber;
  readonly from: DayNumber;
  /** The first day that is no longer drawn. */
  readonly to: DayNumber;
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
/** Widths of the window drawn on either side of it, and what must be left of them. */
const OVERSCAN = 1.5;
const LEAST_OVERSCAN = 0.6;
/** Lanes drawn anew in one frame: one while the hand moves, more when it rests. */
const LANES_MOVING = 1;
const LANES_AT_REST = 3;
/** Pixels from the origin beyond which it is moved: renderers lose precision far out. */
const FAR = 30_000;

/** The drawing, and the older ones in which some lanes still are. */
export interface Drawing {
  readonly layout: Layout;
  readonly of: (lane: string) => Layout;
}

/** CSS that puts what was drawn in one layout to its place in another; '' when it stands there. */
export function transformBetween(drawn: Layout, shown: Layout): string {
  const stretch = shown.scale / drawn.scale;
  const x = (drawn.origin - shown.origin) * shown.scale;
  return stretch === 1 && x === 0 ? '' : `translateX(${x}px) scaleX(${stretch})`;
}

type Listener = () => void;

export class TimelineController {
  #bounds: CameraBounds;
  #camera: Camera;
  #layout: Layout;
  #drawing: Drawing;
  /** The layout in which each lane near the window is drawn; those longest untouched come first. */
  #lanes = new Map<string, Layout>();
  readonly #listeners = new Set<Listener>();
  readonly #movements = new Set<Listener>();
  readonly #planes = new Set<HTMLElement | SVGElement>();
  #frame = 0;
  #moving = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(first: DayNumber, last: DayNumber, today: DayNumber, days: number) {
    this.#bounds = { first, last, width: 800 };
    this.#camera = lookAt(today, days, this.#bounds);
    this.#layout = this.#draw(undefined);
    this.#drawing = { layout: this.#layout, of: () => this.#layout };
  }

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly drawing = (): Drawing => this.#drawing;
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

  /** Says which lanes are drawn. New ones are drawn as they come. */
  setLanes(ids: readonly string[]): void {
    const layout = this.#layout;
    this.#lanes = new Map(ids.map((id) => [id, this.#lanes.get(id) ?? layout]));
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
    clearTimeout(this.#timer);
    this.#moving = false;
    this.#camera = clampCamera(camera, this.#bounds);
    this.#moved();
    this.#begin();
    for (const id of this.#lanes.keys()) this.#lanes.set(id, this.#layout);
    this.#show();
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
    this.#moving = true;
    this.#moved();
    this.#ask();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#moving = false;
      if (this.#camera.scale === this.#layout.scale && this.#camera.left === this.#layout.left) return;
      this.#begin();
      this.#ask();
    }, SETTLE);
  }
  #ask(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#runsOut()) this.#begin();
      this.#drawSome();
      this.placeAll();
    });
  }
  /** Draws the lanes that have waited longest; asks for another frame while there are more. */
  #drawSome(): void {
    const behind = [...this.#lanes].filter(([, layout]) => layout !== this.#layout);
    const count = this.#moving ? LANES_MOVING : LANES_AT_REST;
    for (const [id] of behind.slice(0, count)) {
      this.#lanes.delete(id);
      this.#lanes.set(id, this.#layout);
    }
    if (behind.length > 0 || this.#drawing.layout !== this.#layout) this.#show();
    if (behind.length > count) this.#ask();
  }
  #moved(): void {
    for (const listener of this.#movements) listener();
  }
  #runsOut(): boolean {
    const { from, to, scale } = this.#layout;
    const { first, last } = this.#bounds;
    const stretch = this.#camera.scale / scale;
    if (stretch > STRETCH || stretch < 1 / STRETCH) return true;
    const span = spanOf(this.#camera, this.#bounds);
    const least = stretch === 1 ? span * LEAST_OVERSCAN : 0;
    return (this.#camera.left - least < from && from > first) || (this.#camera.left + span + least > to && to <= last);
  }
  #draw(before: Layout | undefined): Layout {
    const { left, scale } = this.#camera;
    const span = spanOf(this.#camera, this.#bounds);
    const from = Math.max(this.#bounds.first, Math.floor(left - span * OVERSCAN));
    const to = Math.min(this.#bounds.last + 1, Math.ceil(left + span * (1 + OVERSCAN)));
    const near = before?.scale === scale && Math.abs(left - before.origin) * scale < FAR;
    const origin = near ? before.origin : from;
    return { origin, from, to: Math.max(from + 1, to), scale, left, span, width: this.#bounds.width };
  }
  /** Begins a drawing; its lanes follow. */
  #begin(): void {
    this.#layout = this.#draw(this.#layout);
  }
  #show(): void {
    const layout = this.#layout;
    const lanes = new Map(this.#lanes);
    this.#drawing = { layout, of: (lane) => lanes.get(lane) ?? layout };
    for (const listener of this.#listeners) listener();
    // Those who listen draw before the frame ends; the planes already stand where the new drawing belongs.
    this.placeAll();
  }
  #place(plane: HTMLElement | SVGElement): void {
    const { origin, scale } = this.#drawing.layout;
    const stretch = this.#camera.scale / scale;
    const x = (origin - this.#camera.left) * this.#camera.scale;
    plane.style.transform = stretch === 1 ? `translate3d(${x}px,0,0)` : `translate3d(${x}px,0,0) scale(${stretch},1)`;
  }
}

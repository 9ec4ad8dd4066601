/** What part of time a timeline shows: the day at its left edge and how many pixels a day has. Pure; no drawing here. */
import type { DayNumber } from '../../../../shared/contract-dates/civil.ts';

export interface Camera {
  /** The day at the left edge; fractions are parts of a day. */
  readonly left: number;
  /** Pixels per day. */
  readonly scale: number;
}
/** Limits of what can be looked at: first and last day, the width of the window in pixels. */
export interface CameraBounds {
  readonly first: DayNumber;
  readonly last: DayNumber;
  readonly width: number;
}

export const PRESETS = { week: 7, month: 31, quarter: 92, year: 366, years3: 3 * 366, years10: 3653 } as const;
export type Preset = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as readonly Preset[];

/** Days that the window shows. */
export const spanOf = ({ scale }: Camera, { width }: CameraBounds): number => width / scale;

const LEAST_DAYS = 5;

/** The nearest camera that looks at nothing outside of the bounds; never closer than five days. */
export function clampCamera({ left, scale }: Camera, { first, last, width }: CameraBounds): Camera {
  const days = last - first + 1;
  const closest = width / LEAST_DAYS;
  const widest = width / days;
  const clamped = Math.max(widest, Math.min(closest, scale));
  const span = width / clamped;
  return { scale: clamped, left: Math.max(first, Math.min(last + 1 - span, left)) };
}

/** Zooms by a factor; the day under `x` (pixels from the left edge) stays where it is. */
export function zoomAt(camera: Camera, bounds: CameraBounds, factor: number, x: number): Camera {
  const day = camera.left + x / camera.scale;
  const { scale } = clampCamera({ ...camera, scale: camera.scale * factor }, bounds);
  return clampCamera({ scale, left: day - x / scale }, bounds);
}

/** Moves by pixels; positive looks later. */
export const panBy = (camera: Camera, bounds: CameraBounds, pixels: number): Camera =>
  clampCamera({ ...camera, left: camera.left + pixels / camera.scale }, bounds);

/** Shows a span of so many days with `day` at a third of the width, so that more of what is ahead is seen. */
export function lookAt(day: DayNumber, days: number, bounds: CameraBounds): Camera {
  return clampCamera({ scale: bounds.width / days, left: day - days / 3 }, bounds);
}

/** Moves as little as needed to bring a day into the window, with a margin in pixels. */
export function reveal(camera: Camera, bounds: CameraBounds, day: number, margin = 48): Camera {
  const x = (day - camera.left) * camera.scale;
  if (x < margin) return panBy(camera, bounds, x - margin);
  if (x > bounds.width - margin) return panBy(camera, bounds, x - bounds.width + margin);
  return camera;
}

/** The preset whose span is nearest, for the buttons; null when none is near. */
export function presetOf(camera: Camera, bounds: CameraBounds): Preset | null {
  const days = spanOf(camera, bounds);
  return PRESET_NAMES.find((name) => Math.abs(Math.log(days / PRESETS[name])) < 0.06) ?? null;
}

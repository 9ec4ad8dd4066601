/** Draws what lies in a lane. The context stands at the lane's upper left corner in the window, in CSS pixels. */
import type { DeadlineState } from '../../../../shared/contracts/deadlines.ts';
import type { LaneItem, LaneTone, TermItem, TermKind } from '../../../../shared/contracts/timeline.ts';
import type { Camera } from './camera.ts';
import { BAR, BAR_TOP, boxOf, extentOf, LINE, MIDDLE } from './geometry.ts';
import type { Words } from './item-text.ts';
import type { LaneLine } from './model.ts';
import type { Palette } from './palette.ts';

export interface Scene {
  readonly camera: Camera;
  /** Pixels of the window. */
  readonly width: number;
  readonly palette: Palette;
  readonly words: Words;
  /** Words without a halo: outlines of letters are the dearest thing to draw, and in movement nobody sees them. */
  readonly plain?: boolean;
}

type Context = CanvasRenderingContext2D;

/** What of a thing decides how it looks: things in lanes, and the signs of the legend. */
export type Sign = { readonly tone: LaneTone } & (
  | { readonly kind: 'term'; readonly term: TermKind }
  | { readonly kind: 'decision'; readonly complete: boolean }
  | { readonly kind: 'obligation'; readonly deadline: { readonly state: DeadlineState } }
  | { readonly kind: Exclude<LaneItem['kind'], 'term' | 'decision' | 'obligation'> }
);

/** Pixels beyond the window's edges from which nothing is drawn. */
const MARGIN = 12;
const HATCH = 6;
/** Pixels below which hatching, dashes and round corners could not be told any more: plain shapes are cheaper. */
const NARROW = 10;

/** Line and ground of the bar of a term. */
const TERMS: Readonly<
  Record<TermKind, (palette: Palette, tone: LaneTone) => { fill?: string; stroke: string; dash?: readonly number[] }>
> = {
  past: ({ surface2, borderSoft }) => ({ fill: surface2, stroke: borderSoft }),
  current: ({ tones }, tone) => ({ fill: tones[tone].ground, stroke: tones[tone].line }),
  next: ({ surface, border }) => ({ fill: surface, stroke: border, dash: [4, 2] }),
  possible: ({ border }) => ({ stroke: border, dash: [1.5, 2.5] }),
  stated: ({ border }) => ({ stroke: border, dash: [6, 3] }),
};

/** Diagonal hatching of notice windows, one tile for each tone, palette and sharpness of the screen. */
const hatches = new WeakMap<Palette, Map<string, CanvasPattern | null>>();
function hatchOf(ctx: Context, palette: Palette, tone: LaneTone): CanvasPattern | null {
  let known = hatches.get(palette);
  if (!known) {
    known = new Map();
    hatches.set(palette, known);
  }
  const density = Math.max(1, Math.ceil(ctx.getTransform().a));
  const key = `${tone}${density}`;
  let pattern = known.get(key);
  if (pattern !== undefined) return pattern;
  const tile = ctx.canvas.ownerDocument.createElement('canvas');
  tile.width = HATCH * density;
  tile.height = HATCH * density;
  const inside = tile.getContext('2d');
  if (inside) {
    const { ground, line } = palette.tones[tone];
    inside.globalAlpha = 0.55;
    inside.fillStyle = ground;
    inside.fillRect(0, 0, tile.width, tile.height);
    inside.globalAlpha = 0.45;
    inside.fillStyle = line;
    inside.fillRect(0, 0, 2 * density, tile.height);
  }
  pattern = ctx.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().rotate(45).scale(1 / density));
  known.set(key, pattern);
  return pattern;
}

/** The part of a span that can be seen. Very wide shapes lose precision, and their dashes would be counted out. */
function cut(x: number, width: number, scene: Pick<Scene, 'width'>): { readonly x: number; readonly right: number } {
  return { x: Math.max(x, -MARGIN), right: Math.min(x + width, scene.width + MARGIN) };
}

function paintTerm(
  ctx: Context,
  item: Sign & { readonly kind: 'term' },
  x: number,
  width: number,
  scene: Pick<Scene, 'palette' | 'width'>,
): void {
  const { fill, stroke, dash } = TERMS[item.term](scene.palette, item.tone);
  const edge = cut(x + 0.5, Math.max(2, width - 1), scene);
  ctx.strokeStyle = stroke;
  ctx.lineWidth = 1;
  ctx.beginPath();
  if (width < NARROW) {
    const right = Math.max(edge.right, edge.x + 1);
    if (fill) {
      ctx.fillStyle = fill;
      ctx.fillRect(edge.x, BAR_TOP, right - edge.x, BAR);
    }
    ctx.strokeRect(edge.x, BAR_TOP + 0.5, right - edge.x, BAR - 1);
    return;
  }
  if (!dash) {
    ctx.roundRect(edge.x, BAR_TOP + 0.5, edge.right - edge.x, BAR - 1, 3);
    if (fill) {
      ctx.fillStyle = fill;
      ctx.fill();
    }
    ctx.stroke();
    return;
  }
  if (fill) {
    ctx.fillStyle = fill;
    ctx.fillRect(edge.x, BAR_TOP, edge.right - edge.x, BAR);
  }
  for (const y of [BAR_TOP + 0.5, BAR_TOP + BAR - 0.5]) {
    ctx.moveTo(edge.x, y);
    ctx.lineTo(edge.right, y);
  }
  for (const side of [edge.x, edge.right]) {
    ctx.moveTo(side, BAR_TOP);
    ctx.lineTo(side, BAR_TOP + BAR);
  }
  ctx.setLineDash([...dash]);
  // Dashes belong to the days and move with them, wherever the bar is cut.
  ctx.lineDashOffset = edge.x - x;
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.lineDashOffset = 0;
}

/** One thing whose days lie from `x` over `width` pixels. */
export function paintSign(
  ctx: Context,
  item: Sign,
  x: number,
  width: number,
  scene: Pick<Scene, 'palette' | 'width'>,
): void {
  const { palette } = scene;
  const { line } = palette.tones[item.tone];
  const centre = x + width / 2;
  ctx.fillStyle = line;
  switch (item.kind) {
    case 'term':
      paintTerm(ctx, item, x, width, scene);
      return;
    case 'suspension': {
      const edge = cut(x, Math.max(2, width), scene);
      ctx.globalAlpha = 0.45;
      ctx.fillStyle = palette.text3;
      ctx.fillRect(edge.x, BAR_TOP + 3, edge.right - edge.x, BAR - 6);
      ctx.globalAlpha = 1;
      return;
    }
    case 'window': {
      const edge = cut(x, Math.max(2, width), scene);
      const hatch = width < NARROW ? null : hatchOf(ctx, palette, item.tone);
      ctx.globalAlpha = 0.5;
      if (!hatch) {
        ctx.fillRect(edge.x, BAR_TOP, edge.right - edge.x, BAR);
        ctx.globalAlpha = 1;
        return;
      }
      ctx.strokeStyle = line;
      ctx.lineWidth = 1;
      ctx.strokeRect(edge.x, BAR_TOP + 0.5, edge.right - edge.x, BAR - 1);
      ctx.globalAlpha = 1;
      ctx.fillStyle = hatch;
      // The hatching moves with its days: the pattern begins where the context stands.
      ctx.translate(x, BAR_TOP);
      ctx.fillRect(edge.x - x, 0, edge.right - edge.x, BAR);
      ctx.translate(-x, -BAR_TOP);
      return;
    }
    case 'actBy':
      ctx.beginPath();
      ctx.moveTo(centre - 4, 4);
      ctx.lineTo(centre + 4, 4);
      ctx.lineTo(centre, 10);
      ctx.fill();
      ctx.fillRect(centre - 0.75, 9, 1.5, LINE - 15);
      return;
    case 'safe':
      ctx.fillRect(centre - 0.5, BAR_TOP - 2, 1, BAR + 4);
      return;
    case 'decision':
      ctx.beginPath();
      ctx.moveTo(centre, MIDDLE - 7);
      ctx.lineTo(centre + 7, MIDDLE);
      ctx.lineTo(centre, MIDDLE + 7);
      ctx.lineTo(centre - 7, MIDDLE);
      ctx.closePath();
      ctx.fillStyle = item.complete ? line : palette.surface;
      ctx.fill();
      ctx.strokeStyle = item.complete ? palette.surface : line;
      ctx.lineWidth = item.complete ? 1.5 : 1.75;
      ctx.stroke();
      return;
    case 'amendment':
      ctx.beginPath();
      ctx.moveTo(centre, LINE - 9);
      ctx.lineTo(centre + 5, LINE - 1);
      ctx.lineTo(centre - 5, LINE - 1);
      ctx.closePath();
      ctx.fillStyle = palette.private;
      ctx.fill();
      ctx.strokeStyle = palette.surface;
      ctx.lineWidth = 1;
      ctx.stroke();
      return;
    case 'milestone':
      ctx.beginPath();
      ctx.moveTo(centre - 0.5, 2);
      ctx.lineTo(centre + 7.5, 2);
      ctx.lineTo(centre + 5, 5);
      ctx.lineTo(centre + 7.5, 8);
      ctx.lineTo(centre + 0.5, 8);
      ctx.lineTo(centre + 0.5, 8 + BAR_TOP);
      ctx.lineTo(centre - 0.5, 8 + BAR_TOP);
      ctx.fill();
      return;
    case 'obligation':
      ctx.fillStyle = item.deadline.state === 'decided' ? line : palette.surface;
      ctx.fillRect(centre - 2.5, LINE - 8, 5, 5);
      ctx.strokeStyle = line;
      ctx.lineWidth = 1.5;
      ctx.strokeRect(centre - 2.5, LINE - 8, 5, 5);
      return;
    case 'meeting':
      ctx.beginPath();
      ctx.arc(centre, 5, 2.75, 0, Math.PI * 2);
      ctx.fillStyle = palette.text3;
      ctx.fill();
      return;
    case 'coolingOff':
      ctx.beginPath();
      ctx.arc(centre, MIDDLE, 4, 0, Math.PI * 2);
      ctx.strokeStyle = line;
      ctx.lineWidth = 1.5;
      ctx.stroke();
      return;
    case 'end':
      // The day is counted: the line stands behind it.
      ctx.fillRect(x + width - 1.5, 6, 3, LINE - 12);
      return;
  }
}

const isSeen = (item: LaneItem, { camera, width }: Scene): boolean => {
  const margin = MARGIN / camera.scale;
  return item.to + 1 > camera.left - margin && item.from < camera.left + width / camera.scale + margin;
};

/** Everything of a lane but its words. `marked` is the thing under the keyboard. */
export function paintLane(ctx: Context, line: LaneLine, marked: string | null, scene: Scene): void {
  for (const item of line.items()) {
    if (!isSeen(item, scene)) continue;
    const { x, width } = extentOf(item, scene.camera);
    paintSign(ctx, item, x, width, scene);
    if (item.id !== marked) continue;
    const box = boxOf(item, scene.camera);
    const edge = cut(box.x, box.width, scene);
    ctx.beginPath();
    ctx.roundRect(edge.x, box.y ?? 0, edge.right - edge.x, box.height ?? LINE, 4);
    ctx.strokeStyle = scene.palette.focus;
    ctx.lineWidth = 2;
    ctx.stroke();
  }
}

/** Widths of words in pixels; the words of a timeline are few and come again in every frame. */
const widths = new WeakMap<Palette, Map<string, number>>();
export function widthOf(ctx: Context, palette: Palette, text: string): number {
  let known = widths.get(palette);
  if (!known) {
    known = new Map();
    widths.set(palette, known);
  }
  const key = `${ctx.font}\n${text}`;
  let width = known.get(key);
  if (width === undefined) {
    ({ width } = ctx.measureText(text));
    known.set(key, width);
  }
  return width;
}

/** Words for the bar of a term, the longest first. */
const labels = new WeakMap<Words, WeakMap<TermItem, readonly string[]>>();
function labelsOf(words: Words, item: TermItem): readonly string[] {
  let known = labels.get(words);
  if (!known) {
    known = new WeakMap();
    labels.set(words, known);
  }
  let found = known.get(item);
  if (!found) {
    const number = String(item.index + 1);
    const end =
      item.end === null ? words.t('timeline.noEnd') : words.t('timeline.endsOn', { day: words.dates.short(item.end) });
    if (item.term === 'current') found = [end];
    else found = item.term === 'stated' ? [end, number] : [`${number} · ${end}`, number];
    known.set(item, found);
  }
  return found;
}

/** Space in pixels between the edge of a bar and its words. */
const INSET = 6;
/** Pixels that no letter of these words is wider than, on the average: what fits by it need not be measured. */
const WIDEST = 9;
/** Weight of the words of a term. */
const isStrong = ({ term }: TermItem): boolean => term === 'current';

/** The font of the words in lanes, for `ctx.font`. */
export const labelFont = ({ tiny, font }: Palette, strong: boolean): string =>
  `${strong ? 550 : 400} ${tiny}px ${font}`;

/**
 * The words of a lane's terms: over windows and marks, or they could not be read. Those of running terms and those of
 * all others are drawn by turns, because changing the font of a canvas is dear.
 */
export function paintWords(ctx: Context, line: LaneLine, strong: boolean, scene: Scene): void {
  const { palette, words, width: room, camera } = scene;
  const items = line.items();
  if (items.length === 0 && !strong && line.empty) {
    ctx.fillStyle = palette.text3;
    ctx.fillText(line.empty, 8, MIDDLE + 4);
    return;
  }
  for (const item of items) {
    if (item.kind !== 'term' || isStrong(item) !== strong || !isSeen(item, scene)) continue;
    const { x, width } = extentOf(item, camera);
    const start = Math.max(x, 0) + INSET;
    const space = Math.min(x + width, room) - start - INSET;
    if (space < INSET) continue;
    const text = labelsOf(words, item).find(
      (each) => each.length * WIDEST <= space || widthOf(ctx, palette, each) <= space,
    );
    if (!text) continue;
    ctx.strokeStyle = strong
      ? palette.tones[item.tone].ground
      : item.term === 'past'
        ? palette.surface2
        : palette.surface;
    ctx.fillStyle = strong ? palette.text : item.term === 'past' ? palette.text3 : palette.text2;
    if (!scene.plain) ctx.strokeText(text, start, MIDDLE + 4);
    ctx.fillText(text, start, MIDDLE + 4);
  }
}

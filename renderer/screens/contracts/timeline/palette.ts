/** Colours and letters of the drawing, read from the design tokens; another object whenever they change. */
import { useSyncExternalStore } from 'react';
import type { LaneTone } from '../../../../shared/contracts/timeline.ts';

export interface Tone {
  readonly ground: string;
  readonly line: string;
}
export interface Palette {
  readonly surface: string;
  readonly surface2: string;
  readonly hairline: string;
  readonly border: string;
  readonly borderSoft: string;
  readonly text: string;
  readonly text2: string;
  readonly text3: string;
  readonly accent: string;
  readonly onAccent: string;
  readonly private: string;
  readonly focus: string;
  readonly tones: Readonly<Record<LaneTone, Tone>>;
  /** Families, for `font` of a canvas. */
  readonly font: string;
  /** Pixels. */
  readonly small: number;
  readonly tiny: number;
}

const forced = (): boolean => matchMedia('(forced-colors: active)').matches;

function read(): Palette {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  const pixels = (name: string): number => Number.parseFloat(of(name));
  const letters = { font: of('--font'), small: pixels('--size-s'), tiny: pixels('--size-xs') };
  if (forced()) {
    // The system's colours go before ours; a canvas has to ask for them.
    const plain: Tone = { ground: 'Canvas', line: 'CanvasText' };
    const strong: Tone = { ground: 'Canvas', line: 'Highlight' };
    return {
      surface: 'Canvas',
      surface2: 'Canvas',
      hairline: 'GrayText',
      border: 'CanvasText',
      borderSoft: 'GrayText',
      text: 'CanvasText',
      text2: 'CanvasText',
      text3: 'CanvasText',
      accent: 'Highlight',
      onAccent: 'HighlightText',
      private: 'CanvasText',
      focus: 'Highlight',
      tones: { plain, quiet: plain, ok: plain, attention: strong, risk: strong },
      ...letters,
    };
  }
  const tone = (ground: string, line: string): Tone => ({ ground: of(ground), line: of(line) });
  return {
    surface: of('--surface'),
    surface2: of('--surface-2'),
    hairline: of('--hairline'),
    border: of('--border'),
    borderSoft: of('--border-soft'),
    text: of('--text'),
    text2: of('--text-2'),
    text3: of('--text-3'),
    accent: of('--accent'),
    onAccent: of('--on-accent'),
    private: of('--private'),
    focus: of('--focus'),
    tones: {
      plain: tone('--accent-soft', '--accent'),
      quiet: tone('--surface-2', '--border'),
      ok: tone('--ok-soft', '--ok'),
      attention: tone('--attention-soft', '--attention'),
      risk: tone('--risk-soft', '--risk'),
    },
    ...letters,
  };
}

const listeners = new Set<() => void>();
let kept: Palette | undefined;
let stop: (() => void) | undefined;

function changed(): void {
  kept = read();
  for (const listener of listeners) listener();
}
/** Themes are attributes of the root element; letters may come after the first drawing. */
function watch(): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true });
  const queries = [matchMedia('(forced-colors: active)'), matchMedia('(prefers-color-scheme: dark)')];
  for (const query of queries) query.addEventListener('change', changed);
  document.fonts.addEventListener('loadingdone', changed);
  // On another screen the same drawing may need more points; each query knows one sharpness only.
  let sharpness: MediaQueryList;
  const watchSharpness = (): void => {
    sharpness = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    sharpness.addEventListener('change', sharpened, { once: true });
  };
  const sharpened = (): void => {
    changed();
    watchSharpness();
  };
  watchSharpness();
  return () => {
    sharpness.removeEventListener('change', sharpened);
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', changed);
    document.fonts.removeEventListener('loadingdone', changed);
  };
}
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  stop ??= watch();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stop?.();
    stop = undefined;
    kept = undefined;
  };
}

export const usePalette = (): Palette => useSyncExternalStore(subscribe, () => (kept ??= read()));

/** The fonts of printed documents, embedded as data: so that a document looks the same on every machine. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BarePage } from '../../../shared/compose/page.ts';
import { fontCoverage } from './font-coverage.ts';
import { fontFileName, fontSources, STYLES, type Style, SUBSETS } from './font-files.ts';

interface Face extends Style {
  readonly covers: ReadonlySet<number>;
  readonly base64: string;
}
/** What a document needs: its `@font-face` rules, and the characters that no bundled font has. */
export interface DocumentFonts {
  readonly css: string;
  readonly missing: readonly string[];
}

let loaded: readonly Face[] | undefined;

/** Reads the faces once: from `fonts/` beside the bundle, or from where they are developed. */
function faces(): readonly Face[] {
  if (loaded) return loaded;
  const bundled = [import.meta.dirname, dirname(import.meta.dirname)]
    .map((folder) => join(folder, 'fonts'))
    .find((folder) => existsSync(join(folder, fontFileName(STYLES[0], 'latin'))));
  const sources = bundled ? undefined : new Map(fontSources().map((source) => [source.name, source.path]));
  loaded = STYLES.flatMap((style) =>
    SUBSETS.map((subset) => {
      const name = fontFileName(style, subset);
      const bytes = readFileSync(bundled ? join(bundled, name) : (sources?.get(name) as string));
      return { ...style, covers: fontCoverage(bytes), base64: bytes.toString('base64') };
    }),
  );
  return loaded;
}

/** Spaces, joiners and other characters that leave no mark need no glyph. */
const INVISIBLE = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}]$/u;

/**
 * Chooses the faces that the page's text needs, a few files of 20–35 KB each. `missing` lists characters that would be
 * taken from whatever fonts the machine happens to have, in order of appearance.
 */
export function fontsFor(page: BarePage): DocumentFonts {
  const { html } = page;
  const text = page.text.normalize('NFC');
  const codes = new Set<number>();
  // Small headings are set in capitals.
  for (const char of text + text.toUpperCase()) if (!INVISIBLE.test(char)) codes.add(char.codePointAt(0) as number);
  const italic = /<em>|<blockquote/u.test(html);
  const boldItalic = italic && /<strong>/u.test(html);

  const taken = new Map<string, Set<number>>();
  let css = '';
  for (const face of faces()) {
    if (face.style === 'italic' && !(face.weight === 700 ? boldItalic : italic)) continue;
    const key = `${face.family} ${face.weight} ${face.style}`;
    const before = taken.get(key) ?? new Set<number>();
    // Each character is taken from the first subset that has it.
    const own = [...codes].filter((code) => face.covers.has(code) && !before.has(code));
    if (own.length === 0) continue;
    taken.set(key, new Set([...before, ...own]));
    css += `@font-face { font-family: '${face.family}'; font-weight: ${face.weight}; font-style: ${face.style}; font-display: block; src: url(data:font/woff2;base64,${face.base64}) format('woff2'); unicode-range: ${ranges([...own, 0x20, 0xa0])}; }\n`;
  }
  const covered = new Set([...taken.values()].flatMap((set) => [...set]));
  return {
    css,
    missing: [...codes].filter((code) => !covered.has(code)).map((code) => String.fromCodePoint(code)),
  };
}

/** Code points as a CSS unicode-range. */
function ranges(codes: readonly number[]): string {
  const sorted = [...new Set(codes)].sort((a, b) => a - b);
  const out: string[] = [];
  for (let i = 0; i < sorted.length; i++) {
    const start = sorted[i] as number;
    while (sorted[i + 1] === (sorted[i] as number) + 1) i++;
    const end = sorted[i] as number;
    out.push(start === end ? `U+${start.toString(16)}` : `U+${start.toString(16)}-${end.toString(16)}`);
  }
  return out.join(', ');
}

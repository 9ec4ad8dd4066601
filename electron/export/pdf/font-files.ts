/** The font files of printed documents and where they come from. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const SUBSETS = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext'] as const;
/** Styles of the text face; the label face has no italic. */
export const STYLES = [
  { family: 'PT Serif', weight: 400, style: 'normal' },
  { family: 'PT Serif', weight: 700, style: 'normal' },
  { family: 'PT Serif', weight: 400, style: 'italic' },
  { family: 'PT Serif', weight: 700, style: 'italic' },
  { family: 'Golos Text', weight: 400, style: 'normal' },
  { family: 'Golos Text', weight: 600, style: 'normal' },
] as const;
export interface Style {
  readonly family: 'PT Serif' | 'Golos Text';
  readonly weight: 400 | 600 | 700;
  readonly style: 'normal' | 'italic';
}

/** File name of a face; `build` copies these files beside the bundle. */
export const fontFileName = (style: Style, subset: string): string =>
  `${style.family.toLowerCase().replace(' ', '-')}-${subset}-${style.weight}-${style.style}.woff2`;

/** Every font file: its name and the place it comes from. */
export function fontSources(): readonly { readonly name: string; readonly path: string }[] {
  const require = createRequire(import.meta.url);
  const serif = dirname(require.resolve('@fontsource/pt-serif/package.json'));
  return STYLES.flatMap((style) =>
    SUBSETS.map((subset) => {
      const name = fontFileName(style, subset);
      const folder = style.family === 'PT Serif' ? join(serif, 'files') : join(import.meta.dirname, 'fonts');
      return { name, path: join(folder, name) };
    }),
  );
}

/** `webContents.printToPDF` options → `Page.printToPDF`. Both use inches. */
import type Electron from 'electron';
import type { Protocol } from './cdp.ts';

/** Width × height in inches, portrait (the sizes Electron names). */
const SIZES: Record<string, readonly [number, number]> = {
  A0: [33.1, 46.8],
  A1: [23.4, 33.1],
  A2: [16.54, 23.4],
  A3: [11.7, 16.54],
  A4: [8.27, 11.7],
  A5: [5.83, 8.27],
  A6: [4.13, 5.83],
  Legal: [8.5, 14],
  Letter: [8.5, 11],
  Tabloid: [11, 17],
  Ledger: [17, 11],
};

/** One centimetre: Electron's default margin. */
const MARGIN = 0.4;

function number(name: string, value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value !== 'number') throw new TypeError(`${name} must be a Number`);
  return value;
}

function flag(name: string, value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value !== 'boolean') throw new TypeError(`${name} must be a Boolean`);
  return value;
}

function text(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') throw new TypeError(`${name} must be a String`);
  return value;
}

function paper(size: unknown): readonly [number, number] {
  if (size === undefined) return [8.5, 11];
  if (typeof size === 'string') {
    const known = SIZES[size];
    if (!known) throw new Error(`Invalid pageSize ${size}`);
    return known;
  }
  const { width, height } = (size ?? {}) as Partial<Electron.Size>;
  if (typeof width !== 'number' || typeof height !== 'number')
    throw new TypeError('width and height properties are required for pageSize');
  return [width, height];
}

/** Throws like Electron for options of the wrong kind. */
export function pdfParameters(options: Electron.PrintToPDFOptions): Protocol.Page.printToPDFParameters {
  const margins = options.margins ?? {};
  const [paperWidth, paperHeight] = paper(options.pageSize);
  return {
    landscape: flag('landscape', options.landscape),
    displayHeaderFooter: flag('displayHeaderFooter', options.displayHeaderFooter),
    printBackground: flag('printBackground', options.printBackground),
    scale: number('scale', options.scale, 1),
    paperWidth,
    paperHeight,
    marginTop: number('margins.top', margins.top, MARGIN),
    marginBottom: number('margins.bottom', margins.bottom, MARGIN),
    marginLeft: number('margins.left', margins.left, MARGIN),
    marginRight: number('margins.right', margins.right, MARGIN),
    pageRanges: text('pageRanges', options.pageRanges),
    headerTemplate: text('headerTemplate', options.headerTemplate),
    footerTemplate: text('footerTemplate', options.footerTemplate),
    preferCSSPageSize: flag('preferCSSPageSize', options.preferCSSPageSize),
    generateTaggedPDF: flag('generateTaggedPDF', options.generateTaggedPDF),
    generateDocumentOutline: flag('generateDocumentOutline', options.generateDocumentOutline),
    // A stream: one protocol message with a large document would hold up everything else.
    transferMode: 'ReturnAsStream',
  };
}

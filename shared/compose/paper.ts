/** What every printed document has: its language and title, the letterhead, the marks in the margins of its pages. */
import type { Language } from '../i18n/catalogue.ts';
import type { Brand } from '../model/records.ts';
import type { Letterhead } from './document.ts';
import { cleanLogo } from './logo.ts';

export type PaperSize = 'A4' | 'A4 landscape' | 'A3 landscape';

export interface Paper {
  readonly language: Language;
  /** The PDF's title. */
  readonly title: string;
  readonly letterhead: Letterhead;
  /** '' when there is none. */
  readonly confidentiality: string;
  /** '' when there is none. */
  readonly watermark: string;
  /** One line at the foot of every page; '' when there is none. */
  readonly footer: string;
  /** Upright A4 with the margins of a letter when absent. */
  readonly size?: PaperSize;
}

/** The accent of documents without a brand colour. */
const DEFAULT_COLOUR = '#8a4b2d';

/** The lines of a text, set and without empty ones. */
export const lines = (text: string | undefined, set: (line: string) => string): readonly string[] =>
  (text ?? '')
    .split(/\r?\n/u)
    .map(set)
    .filter((line) => line !== '');

/** The letterhead of a brand; anything that is not a colour or a picture is left out. */
export function letterheadOf(brand: Partial<Brand> | undefined, set: (line: string | undefined) => string): Letterhead {
  const logo = cleanLogo(brand?.logo);
  return {
    name: set(brand?.name),
    address: lines(brand?.address, set),
    details: lines(brand?.details, set),
    ...(logo ? { logo } : {}),
    colour: /^#[0-9a-f]{6}$/iu.test(brand?.colour ?? '') ? (brand?.colour as string) : DEFAULT_COLOUR,
  };
}

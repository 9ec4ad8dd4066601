/** A summary ready to be set: every text is typeset and allowed to its reader; layouts only arrange it. */
import type { Language } from '../i18n/catalogue.ts';
import type { PlainDate, Side, Visibility } from '../model/records.ts';
import type { Run } from '../note/blocks.ts';
import type { Paper } from './paper.ts';

export type SummaryLayout = 'brief' | 'standard' | 'protocol' | 'internal';
export type ClientLayout = Exclude<SummaryLayout, 'internal'>;

export interface Letterhead {
  readonly name: string;
  readonly address: readonly string[];
  readonly details: readonly string[];
  /** data: URL of a PNG, JPEG or SVG. */
  readonly logo?: string;
  /** `#rrggbb`. */
  readonly colour: string;
}
export interface Fact {
  readonly label: string;
  readonly value: string;
}
export interface AttendeeLine {
  readonly name: string;
  readonly role: string;
  readonly presence: 'present' | 'absent' | 'guest';
  /** The word for it; '' for those present. */
  readonly presenceLabel: string;
}
export interface AttendeeGroup {
  readonly side: Side;
  /** Organisation with the words «наша сторона» or the like. */
  readonly title: string;
  readonly sideLabel: string;
  readonly people: readonly AttendeeLine[];
}
export type DocBlock = {
  readonly runs: readonly Run[];
  /** Only in the internal layout: who may read it. */
  readonly visibility?: Visibility;
  /** Language when it differs from the document's. */
  readonly lang?: Language;
} & (
  | { readonly type: 'paragraph' | 'quote' | 'code' }
  | {
      readonly type: 'item';
      readonly list: 'bullet' | 'ordered' | 'task';
      readonly depth: number;
      readonly number?: number;
      readonly checked?: boolean;
      readonly continued?: true;
    }
  | { readonly type: 'subheading' }
);
export interface Topic {
  readonly heading?: readonly Run[];
  readonly visibility?: Visibility;
  readonly blocks: readonly DocBlock[];
}
export interface NumberedText {
  readonly number: number;
  readonly text: string;
  readonly visibility?: Visibility;
}
export interface ActionLine {
  readonly number: number;
  readonly task: string;
  readonly owner: string;
  readonly organisation: string;
  readonly side: Side;
  readonly sideLabel: string;
  readonly due?: PlainDate;
  readonly dueLabel: string;
  readonly done: boolean;
  readonly statusLabel: string;
  readonly visibility?: Visibility;
}
export interface Signature {
  readonly label: string;
  readonly name: string;
}
export interface SummaryDocument extends Paper {
  readonly layout: SummaryLayout;
  /** What kind of paper it is: «Резюме встречи». */
  readonly kicker: string;
  readonly heading: string;
  readonly client: string;
  /** Day of the meeting, for the file's name. */
  readonly date?: PlainDate;
  readonly facts: readonly Fact[];
  readonly attendees: readonly AttendeeGroup[];
  readonly agenda: readonly NumberedText[];
  /** Paragraphs. */
  readonly summary: readonly string[];
  readonly topics: readonly Topic[];
  readonly decisions: readonly NumberedText[];
  readonly actions: readonly ActionLine[];
  readonly next: readonly Fact[];
  readonly nextNote: string;
  readonly signatures: readonly Signature[];
}

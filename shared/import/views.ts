/** What the import screens see of a file: plain values that can cross to the renderer. Counts always add up. */
import type { AppError } from '../result.ts';

export interface EncodingChoice {
  readonly encoding: string;
  /** The same first lines read in this encoding: a person recognises the right one. */
  readonly sample: string;
}
export interface ColumnView {
  readonly index: number;
  readonly header: string;
  /** Target field, or `` when skipped. */
  readonly field: string;
  /** 0…1. */
  readonly confidence: number;
  readonly samples: readonly string[];
}
/** A remark about a row or cell: `code` is a message key below `import.problem`. Row numbers as the spreadsheet shows them; 0 = the file. */
export interface ImportProblem {
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly severity: 'info' | 'warning' | 'error';
  /** Line of the file where the row begins, 1-based, when rows are cards and not lines. */
  readonly line?: number;
}
export interface ImportReadingView {
  readonly session: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly kind: 'csv' | 'xlsx' | 'xls' | 'ods' | 'html' | 'vcard';
  readonly encoding: string;
  /** False when several encodings read equally well: the person must choose before anything is saved. */
  readonly encodingSure: boolean;
  readonly encodings: readonly EncodingChoice[];
  readonly delimiter: string;
  readonly sheets: readonly { readonly name: string; readonly rows: number; readonly hidden: boolean }[];
  readonly sheet: string;
  /** 1-based row of the header as the spreadsheet shows it; 0 = no header. */
  readonly headerRow: number;
  /** Cells merged over several rows whose value may be shared by them: how many, and whether each row was given it. */
  readonly merged: { readonly count: number; readonly filled: boolean };
  readonly preset: string;
  readonly columns: readonly ColumnView[];
  readonly rowsTotal: number;
  /** First rows as text, header excluded; each begins with its row number. */
  readonly preview: readonly { readonly row: number; readonly cells: readonly string[] }[];
  readonly problems: readonly ImportProblem[];
  /** Target fields that may be chosen: key and group, for the column menu. */
  readonly targets: readonly { readonly field: string; readonly group: string }[];
}
export interface ImportCounts {
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly failed: number;
}
export interface ImportPlanView {
  readonly session: string;
  readonly rows: ImportCounts;
  readonly organisations: { readonly created: number; readonly updated: number };
  readonly contracts: { readonly created: number };
  readonly problems: readonly ImportProblem[];
  /** First rows as they will be saved. */
  readonly sample: readonly {
    readonly row: number;
    readonly outcome: keyof Omit<ImportCounts, 'read'>;
    readonly name: string;
    readonly organisation: string;
    readonly phones: readonly string[];
    readonly emails: readonly string[];
    readonly note: string;
  }[];
  readonly duplicates: readonly {
    readonly row: number;
    readonly band: 'sure' | 'maybe';
    readonly name: string;
    readonly withName: string;
    readonly withRow: number;
    readonly reason: string;
  }[];
}
export interface ImportReportView extends ImportPlanView {
  /** Batch that can be undone. */
  readonly batch: string;
  readonly milliseconds: number;
  readonly error?: AppError;
}

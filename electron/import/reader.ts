/** What an import needs of reading and recognition; implemented over the parsing worker, and by simple ones in tests. */
import type { ImportPolicy, RowPlan } from '../../shared/import/plan.ts';
import type { ImportReadingView } from '../../shared/import/views.ts';
import type { DuplicatesIndex } from '../vault/api.ts';

export interface ReadOptions {
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly sheet?: string | undefined;
  /** 1-based; 0 = no header. */
  readonly headerRow?: number | undefined;
  /** Cells merged over several rows count for each of them; they do not when absent. */
  readonly fillDown?: boolean | undefined;
  /** ISO 3166 code of the country whose numbers are written without its code; RU when absent. */
  readonly country?: string | undefined;
}
export interface ColumnTarget {
  readonly index: number;
  readonly field: string;
}
export type Policy = ImportPolicy;
/** What becomes of the rows, before they are joined to the vault's records. */
export type FilePlan = RowPlan;
export type WorkStage = 'reading' | 'recognising' | 'matching';

export interface WorkHooks {
  /** Ends the work; it rejects with `import.cancelled`. */
  readonly signal: AbortSignal;
  readonly progress: (stage: WorkStage, done: number, total: number) => void;
}
export interface TextRow {
  /** As the spreadsheet shows it. */
  readonly row: number;
  readonly cells: readonly string[];
}
/** A file that has been read in one way. */
export interface FileReader {
  readonly reading: Omit<ImportReadingView, 'session' | 'fileName' | 'bytes'>;
  /** Rows by position as text: below the header, or with `top` from the sheet's first row. */
  rows(from: number, limit: number, top: boolean): Promise<readonly TextRow[]>;
  /** The result takes this one's place; both stand for the same file. When it rejects this one is as it was. */
  reread(options: ReadOptions, hooks: WorkHooks): Promise<FileReader>;
  plan(mapping: readonly ColumnTarget[], policy: Policy, index: DuplicatesIndex, hooks: WorkHooks): Promise<FilePlan>;
  close(): void;
}
export interface SpreadsheetReader {
  /** Rejects with the `import.*` codes of shared/import/messages.ts. */
  open(name: string, bytes: Uint8Array, options: ReadOptions, hooks: WorkHooks): Promise<FileReader>;
}

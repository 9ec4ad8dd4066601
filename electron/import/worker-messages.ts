/** What the application and the parsing worker say to each other. One request at a time. */
import type { KnownRecords } from '../../shared/import/existing.ts';
import type { ImportPolicy, RowPlan } from '../../shared/import/plan.ts';
import type { AppError } from '../../shared/result.ts';
import type { Reading } from './file-work.ts';
import type { ColumnTarget, ReadOptions, TextRow, WorkStage } from './reader.ts';

export type WorkRequest =
  | {
      readonly kind: 'open';
      readonly id: number;
      readonly name: string;
      readonly bytes: Uint8Array;
      readonly options: ReadOptions;
    }
  | { readonly kind: 'reread'; readonly id: number; readonly options: ReadOptions }
  | { readonly kind: 'rows'; readonly id: number; readonly from: number; readonly limit: number; readonly top: boolean }
  | {
      readonly kind: 'plan';
      readonly id: number;
      readonly mapping: readonly ColumnTarget[];
      readonly policy: ImportPolicy;
      readonly known: KnownRecords;
    };
export type WorkValue = Reading | readonly TextRow[] | RowPlan;
export type WorkMessage =
  | {
      readonly kind: 'progress';
      readonly id: number;
      readonly stage: WorkStage;
      readonly done: number;
      readonly total: number;
    }
  | { readonly kind: 'done'; readonly id: number; readonly value: WorkValue }
  | { readonly kind: 'failed'; readonly id: number; readonly error: AppError };

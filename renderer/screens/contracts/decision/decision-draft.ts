/** A decision while it is typed. */
import type { DecisionKind } from '../../../../shared/contract-dates/terms.ts';

export interface DecisionDraft {
  readonly kind: DecisionKind | null;
  /** `YYYY-MM-DD` or, while it cannot be read, the text as typed. */
  readonly date: string;
  readonly author: string;
  readonly reason: string;
}

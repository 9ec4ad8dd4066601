/** A table that leaves the program: what a spreadsheet or another program is given. */

export type Cell =
  /** Anything a person has written, numbers of documents included: never a formula, never counted with. */
  | { readonly kind: 'text'; readonly text: string }
  /** A telephone number: its plus is part of it. */
  | { readonly kind: 'phone'; readonly text: string }
  /** `YYYY-MM-DD`. */
  | { readonly kind: 'date'; readonly date: string };

export interface Table {
  /** Name of the sheet. */
  readonly name: string;
  readonly headers: readonly string[];
  /** As many cells in each row as there are headers; undefined where there is nothing. */
  readonly rows: readonly (readonly (Cell | undefined)[])[];
}

export const cellText = (cell: Cell | undefined): string =>
  cell === undefined ? '' : cell.kind === 'date' ? cell.date : cell.text;

/** Rows of the open file, fetched page by page as they come into view. */
import { call } from '../../app/ipc.ts';
import { useMemo, useSyncExternalStore } from 'react';
import type { ImportReadingView } from '../../../shared/import/views.ts';

export interface FileRow {
  readonly row: number;
  readonly cells: readonly string[];
}

const PAGE = 200;

/** Row numbers grow with the position, but may leave gaps (a cell with line feeds, rows left out). */
export class FileRows {
  readonly count: number;
  readonly #session: string;
  readonly #pages = new Map<number, readonly FileRow[]>();
  readonly #asked = new Map<number, Promise<void>>();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  constructor(reading: ImportReadingView) {
    this.count = reading.rowsTotal;
    this.#session = reading.session;
    for (
      let page = 0;
      (page + 1) * PAGE <= reading.preview.length ||
      (page * PAGE < reading.preview.length && reading.preview.length === this.count);
      page += 1
    ) {
      this.#pages.set(page, reading.preview.slice(page * PAGE, (page + 1) * PAGE));
    }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  version = (): number => this.#version;

  /** The row at a position, when it is here already. */
  at(index: number): FileRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Fetches what is missing between two positions. */
  want(first: number, last: number): void {
    for (
      let page = Math.floor(first / PAGE);
      page <= Math.floor(Math.max(0, Math.min(last, this.count - 1)) / PAGE);
      page += 1
    )
      void this.#load(page);
  }

  /** Position of the row with this number, or of the nearest one. */
  async find(number: number): Promise<number> {
    let guess = Math.max(0, Math.min(this.count - 1, number - 2));
    for (let tries = 0; tries < 12; tries += 1) {
      const page = Math.floor(guess / PAGE);
      await this.#load(page);
      const rows = this.#pages.get(page) ?? [];
      const [first] = rows;
      const last = rows.at(-1);
      if (!first || !last) return guess;
      if (number < first.row && page > 0) guess = Math.max(0, Math.min(page * PAGE - 1, guess - (first.row - number)));
      else if (number > last.row && (page + 1) * PAGE < this.count) guess = (page + 1) * PAGE;
      else {
        const at = rows.findIndex((row) => row.row >= number);
        return page * PAGE + (at < 0 ? rows.length - 1 : at);
      }
    }
    return guess;
  }

  #load(page: number): Promise<void> {
    if (this.#pages.has(page) || page * PAGE >= this.count) return Promise.resolve();
    const known = this.#asked.get(page);
    if (known) return known;
    const asked = call('import:rows', { session: this.#session, from: page * PAGE, limit: PAGE }).then((result) => {
      this.#asked.delete(page);
      if (!result.ok) return;
      this.#pages.set(page, result.value);
      this.#version += 1;
      for (const listener of this.#listeners) listener();
    });
    this.#asked.set(page, asked);
    return asked;
  }
}

/** The rows of a reading; the component is drawn again when more of them arrive. */
export function useFileRows(reading: ImportReadingView): FileRows {
  const rows = useMemo(() => new FileRows(reading), [reading]);
  useSyncExternalStore(rows.subscribe, rows.version);
  return rows;
}

/** Fills the live view from the vault in the order in which screens need it, and keeps it current. */
import { create } from 'zustand';
import { addDays } from '../../shared/dates/plain-date.ts';
import { LIVE_TABLES, type FillPage, type LiveTable, type LiveUpdate } from '../../shared/model/rows.ts';
import type { AppError, Result } from '../../shared/result.ts';
import { call } from '../app/ipc.ts';
import { forgetRows } from './same-rows.ts';
import { live, type LiveDatabase } from './live-database.ts';

const PAGE = 1000;
/** Days of meetings that lie ahead of which Today shows some: read before everything. */
const AHEAD_DAYS = 8;
/** Days of past meetings that Today and the first lists need, and that are kept at all; older ones are paged from the vault. */
const RECENT_DAYS = 60;
const KEPT_DAYS = 366;

export interface FillState {
  readonly phase: 'empty' | 'filling' | 'ready' | 'failed';
  /** Tables that are complete. */
  readonly complete: readonly LiveTable[];
  /** Rows read so far. */
  readonly rows: number;
  readonly error: AppError | null;
}
const EMPTY: FillState = { phase: 'empty', complete: [], rows: 0, error: null };
export const useFill = create<FillState>(() => EMPTY);

interface FillQuery {
  readonly table: LiveTable;
  readonly after?: string;
  readonly limit: number;
  readonly since?: string;
  readonly until?: string;
}
/** One table, or a part of it; `complete` when nothing of it is missing afterwards. */
interface FillStep extends Omit<FillQuery, 'limit' | 'after'> {
  readonly complete?: boolean;
}
/** What the live view needs from outside, so that it can be tested without a window. */
export interface FillSource {
  readonly fill: (query: FillQuery) => Promise<Result<FillPage>>;
  readonly subscribe: (listener: (update: LiveUpdate) => void) => () => void;
  readonly today: () => string;
  /** Resolves when what is on the screen by now has been drawn. */
  readonly painted: () => Promise<void>;
}

type Listener = (records: readonly string[]) => void;
const changeListeners = new Set<Listener>();

/** Tells when records of any type changed, after the live view has the change. Returns a function that stops. */
export function onRecordsChanged(listener: Listener): () => void {
  changeListeners.add(listener);
  return () => {
    changeListeners.delete(listener);
  };
}

/** One filling of one database; a newer one makes it stop. */
export class LiveView {
  readonly #db: LiveDatabase;
  readonly #source: FillSource;
  /** Per row: the log position of the newest update, so that an older page does not overwrite it. */
  readonly #newer = new Map<string, number>();
  #run = 0;
  #stop: (() => void) | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  /** Nothing has been written since the tables were emptied. */
  #isEmpty = false;

  constructor(db: LiveDatabase, source: FillSource) {
    this.#db = db;
    this.#source = source;
  }

  /** Empties and fills; resolves when the working set is complete. */
  async fill(): Promise<void> {
    this.#reset();
    // Empty tables are not waited for: the first rows are asked for before the screen is drawn.
    if (!this.#isEmpty) await this.#empty();
    this.#run += 1;
    const run = this.#run;
    this.#stop = this.#source.subscribe((update) => {
      this.#queue = this.#queue
        .then(() => (run === this.#run ? this.#apply(update) : undefined))
        .catch(() => undefined);
    });
    useFill.setState({ ...EMPTY, phase: 'filling' });
    const today = this.#source.today();
    const steps: readonly FillStep[] = [
      // What lies ahead and what was promised come before everything: Today is usable from there on.
      { table: 'meetings', since: addDays(today, -1), until: addDays(today, AHEAD_DAYS) },
      { table: 'promises', complete: true },
      { table: 'meetings', since: addDays(today, -RECENT_DAYS) },
      { table: 'calendars', complete: true },
      { table: 'contracts', complete: true },
      { table: 'organisations', complete: true },
      { table: 'people', complete: true },
      { table: 'meetings', since: addDays(today, -KEPT_DAYS), complete: true },
    ];
    for (const { complete = false, ...query } of steps) {
      const { table } = query;
      const error = await this.#fillTable(run, query);
      if (run !== this.#run) return;
      if (error) {
        useFill.setState({ phase: 'failed', error });
        return;
      }
      if (complete) useFill.setState((state) => ({ complete: [...state.complete, table] }));
      if (table === 'promises') await this.#source.painted();
      if (run !== this.#run) return;
    }
    this.#newer.clear();
    useFill.setState({ phase: 'ready' });
  }

  async clear(): Promise<void> {
    this.#reset();
    await this.#empty();
  }

  #reset(): void {
    this.#run += 1;
    this.#stop?.();
    this.#stop = undefined;
    this.#newer.clear();
    forgetRows();
    useFill.setState(EMPTY);
  }

  async #empty(): Promise<void> {
    await this.#queue;
    this.#isEmpty = true;
    await Promise.all(LIVE_TABLES.map((table) => this.#db.table(table).clear())).catch((error: unknown) => {
      this.#isEmpty = false;
      throw error;
    });
  }

  async #fillTable(run: number, query: Omit<FillQuery, 'limit' | 'after'>): Promise<AppError | null> {
    const { table } = query;
    let after: string | undefined;
    do {
      const page = await this.#source.fill({
        ...query,
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      if (run !== this.#run) return null;
      if (!page.ok) return page.error;
      const { rows, seq, next } = page.value;
      this.#isEmpty = false;
      this.#queue = this.#queue.then(() =>
        this.#db.table(table).bulkPut(rows.filter((row) => (this.#newer.get(`${table}/${row.id}`) ?? 0) <= seq)),
      );
      await this.#queue;
      useFill.setState((state) => ({ rows: state.rows + rows.length }));
      after = next;
    } while (after !== undefined);
    return null;
  }

  async #apply(update: LiveUpdate): Promise<void> {
    this.#isEmpty = false;
    const filling = useFill.getState().phase !== 'ready';
    await this.#db.transaction(
      'rw',
      LIVE_TABLES.map((table) => this.#db.table(table)),
      async () => {
        for (const table of LIVE_TABLES) {
          const put = update.put[table] ?? [];
          const remove = update.remove[table] ?? [];
          if (filling) {
            for (const id of [...put.map((row) => row.id), ...remove]) this.#newer.set(`${table}/${id}`, update.seq);
          }
          if (put.length > 0) await this.#db.table(table).bulkPut([...put]);
          if (remove.length > 0) await this.#db.table(table).bulkDelete([...remove]);
        }
      },
    );
    for (const listener of changeListeners) listener(update.records);
  }
}

let view: LiveView | undefined;
function theView(): LiveView {
  view ??= new LiveView(live, {
    fill: (query) => call('vault:fill', query),
    subscribe: (listener) => window.rapport.subscribe['live:update'](listener),
    painted,
    today: () => {
      const now = new Date();
      return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
    },
  });
  return view;
}

/** A window that is hidden draws nothing and is not waited for longer than this, in milliseconds. */
const PAINTED = 300;
const painted = (): Promise<void> =>
  new Promise((done) => {
    requestIdleCallback(() => done(), { timeout: PAINTED });
  });

/** Fills the live view anew: after unlocking and after a restore. */
export const fillLiveView = (): Promise<void> => theView().fill();
/** Throws the live view away: at locking. */
export const clearLiveView = (): Promise<void> => theView().clear();

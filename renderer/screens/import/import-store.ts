/** The import that is on the screen: what has been read, what is chosen, what will come of it. No business data is kept here after it is left. */
import { create } from 'zustand';
import type { ChannelInput, EventMap, UndoReport } from '../../../shared/ipc/contract.ts';
import type { ImportPlanView, ImportReadingView, ImportReportView } from '../../../shared/import/views.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import type { TextKey } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { MAX_FILE_BYTES } from '../../../shared/import/limits.ts';

export type Policy = ChannelInput<'import:plan'>['policy'];
export type ReadOptions = ChannelInput<'import:reread'>['options'];
export type Progress = EventMap['import:progress'];

export type Phase = 'idle' | 'reading' | 'open' | 'saving' | 'done';

export interface ImportState {
  readonly phase: Phase;
  readonly reading: ImportReadingView | null;
  /** Target field of each column by index; '' is left out. */
  readonly mapping: ReadonlyMap<number, string>;
  readonly policy: Policy;
  readonly plan: ImportPlanView | null;
  /** The plan shown is older than the choices. */
  readonly planning: boolean;
  readonly progress: Progress | null;
  /** When the present stage of work began, by `performance.now()`. */
  readonly progressSince: number;
  readonly report: ImportReportView | null;
  readonly undone: UndoReport | null;
  readonly error: AppError | null;
  /** Something to say that is no error: cancelled, an empty clipboard. */
  readonly notice: TextKey | '';
  /** Cell that the list of remarks points to. */
  readonly focus: { readonly row: number; readonly column: string } | null;
}

const EMPTY: ImportState = {
  phase: 'idle',
  reading: null,
  mapping: new Map(),
  policy: 'fill',
  plan: null,
  planning: false,
  progress: null,
  progressSince: 0,
  report: null,
  undone: null,
  error: null,
  notice: '',
  focus: null,
};

export const useImport = create<ImportState>(() => EMPTY);
const set = useImport.setState;
const get = useImport.getState;

/** Grows with every new file; answers to questions about an earlier one are thrown away. */
let generation = 0;
let planTimer: ReturnType<typeof setTimeout> | undefined;

/** Milliseconds between the last choice and counting anew. */
const PLAN_AFTER = 150;

const mappingOf = (reading: ImportReadingView): ReadonlyMap<number, string> =>
  new Map(reading.columns.map(({ index, field }) => [index, field]));

const wire = (mapping: ReadonlyMap<number, string>) => [...mapping].map(([index, field]) => ({ index, field }));

function forget(): void {
  const { reading, progress, phase } = get();
  const session = reading?.session ?? (phase === 'reading' ? progress?.session : undefined);
  if (session !== undefined) void call('import:cancel', { session });
}

/** Leaves the file; what was being read or saved is cancelled. */
export function startOver(notice: TextKey | '' = ''): void {
  forget();
  generation += 1;
  clearTimeout(planTimer);
  set({ ...EMPTY, notice });
}

async function read(ask: () => Promise<Result<ImportReadingView | null>>): Promise<void> {
  forget();
  generation += 1;
  const mine = generation;
  const before = get();
  set({ ...EMPTY, phase: 'reading', progressSince: performance.now() });
  const result = await ask();
  if (mine !== generation) {
    if (result.ok && result.value) void call('import:cancel', { session: result.value.session });
    return;
  }
  if (!result.ok) set({ ...EMPTY, error: result.error });
  else if (!result.value) set(before.phase === 'open' ? { ...EMPTY } : before);
  else take(result.value);
}

function take(reading: ImportReadingView): void {
  set({ phase: 'open', reading, mapping: mappingOf(reading), plan: null, error: null, progress: null, focus: null });
  if (reading.encodingSure) planSoon(0);
}

/** A file dropped or chosen in the page. Its size is looked at before its bytes. */
export function openFile(file: File): Promise<void> {
  if (file.size > MAX_FILE_BYTES) {
    startOver();
    set({
      error: {
        code: 'import.tooLarge',
        params: { megabytes: Math.round(file.size / 1_000_000), limit: Math.round(MAX_FILE_BYTES / 1_000_000) },
      },
    });
    return Promise.resolve();
  }
  return read(async () => {
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch {
      return { ok: false, error: { code: 'import.unreadable' } };
    }
    return call('import:open', { name: file.name.slice(0, 400), bytes });
  });
}

/** A table from the clipboard: HTML when there is a table in it, else business cards or text with tabs. */
export function openClipboard(data: DataTransfer): void {
  const [file] = data.files;
  if (file) {
    void openFile(file);
    return;
  }
  const html = data.getData('text/html');
  const text = data.getData('text/plain');
  const isTable = /<table[\s>]/i.test(html);
  if (!isTable && text.trim() === '') {
    set({ notice: 'importing.pasteEmpty' });
    return;
  }
  const bytes = new TextEncoder().encode(isTable ? html : text);
  const ending = isTable ? 'html' : /^\s*begin:vcard/i.test(text) ? 'vcf' : 'tsv';
  void read(() => call('import:open', { name: `clipboard.${ending}`, bytes }));
}

export const chooseFile = (): Promise<void> => read(() => call('import:choose', undefined));

/** Reads the same file in another way. A choice that cannot be followed leaves the present reading and says why. */
export async function reread(options: ReadOptions): Promise<void> {
  const { reading } = get();
  if (!reading) return;
  const mine = (generation += 1);
  set({ planning: true, error: null });
  const result = await call('import:reread', { session: reading.session, options });
  if (mine !== generation) return;
  if (result.ok) take(result.value);
  else set({ planning: false, error: result.error });
}

export function setTarget(index: number, field: string): void {
  set({ mapping: new Map(get().mapping).set(index, field) });
  planSoon();
}

export function setPolicy(policy: Policy): void {
  set({ policy });
  planSoon();
}

export const pointAt = (focus: ImportState['focus']): void => set({ focus });

function planSoon(after = PLAN_AFTER): void {
  clearTimeout(planTimer);
  set({ planning: true });
  planTimer = setTimeout(() => void plan(), after);
}

/** One plan at a time: choices made meanwhile are counted together afterwards. */
let counting = false;
async function plan(): Promise<void> {
  if (counting) return;
  counting = true;
  try {
    for (;;) {
      const { reading, mapping, policy, phase } = get();
      if (!reading || phase !== 'open') return;
      const file = generation;
      const result = await call('import:plan', { session: reading.session, mapping: wire(mapping), policy });
      const now = get();
      if (file === generation && now.mapping === mapping && now.policy === policy) {
        if (result.ok) set({ plan: result.value, planning: false, progress: null });
        else set({ planning: false, error: result.error, progress: null });
        return;
      }
    }
  } finally {
    counting = false;
  }
}

/** True when what is on the screen may be saved. */
export const canCommit = ({ phase, reading, plan, planning }: ImportState): boolean =>
  phase === 'open' &&
  reading !== null &&
  reading.encodingSure &&
  plan !== null &&
  !planning &&
  plan.rows.created + plan.rows.updated > 0;

export async function commitImport(): Promise<void> {
  const state = get();
  if (!canCommit(state) || !state.reading) return;
  const mine = generation;
  set({ phase: 'saving', progress: null, progressSince: performance.now(), error: null });
  const result = await call('import:commit', {
    session: state.reading.session,
    mapping: wire(state.mapping),
    policy: state.policy,
  });
  if (mine !== generation) return;
  if (result.ok) set({ phase: 'done', report: result.value, progress: null });
  else if (result.error.code === 'commit.cancelled' || result.error.code === 'import.cancelled')
    startOver('importing.cancelled');
  else set({ phase: 'open', error: result.error, progress: null });
}

/** Cancels what is going on: nothing is saved. */
export function cancelWork(): void {
  const { phase, reading, progress } = get();
  if (phase === 'saving' && reading) {
    // The answer to the commit says whether it was still in time.
    void call('import:cancel', { session: reading.session });
    return;
  }
  if (phase === 'reading' && progress) void call('import:cancel', { session: progress.session });
  startOver('importing.cancelled');
}

export async function undoImport(): Promise<void> {
  const { report } = get();
  if (!report?.batch) return;
  const result = await call('vault:undo', { batch: report.batch });
  if (result.ok) set({ undone: result.value });
  else set({ error: result.error });
}

/** Follows the main process; returns the function that stops. */
export function followProgress(): () => void {
  return window.rapport.subscribe['import:progress']((progress) => {
    const { phase, progress: before, reading } = get();
    if (phase === 'idle' || phase === 'done') return;
    if (phase !== 'reading' && progress.session !== reading?.session) return;
    set({ progress, ...(before?.stage === progress.stage ? {} : { progressSince: performance.now() }) });
  });
}

/**
 * The whole traffic between the screens and the main process. Handlers (electron/ipc), the preload's API and the
 * renderer's client are derived from this map: a missing handler or validator does not compile.
 */
import { CARD_VERSIONS } from '../export/card-version.ts';
import { z } from 'zod';
import type { BatchKind, Conflict, Json } from '../change/types.ts';
import type { ImportPlanView, ImportReadingView, ImportReportView } from '../import/views.ts';
import type { CatchUp } from '../reminders/catch-up.ts';
import type { Reminder } from '../reminders/due.ts';
import type { HandOverPreview, HandOverReport, HandOverSize } from '../sync/hand-over.ts';
import { ROLES } from '../sync/shapes.ts';
import type { AttachmentState, DeviceView, InvitationView, PendingList, SetAside, SyncStatus } from '../sync/view.ts';
import type { Differences, NoteVersion } from '../sync/differences.ts';
import type { FillPage, LiveUpdate, MeetingRow } from '../model/rows.ts';

/** Marks an output type in the map; has no value at run time. */
interface Channel<I extends z.ZodType, O> {
  readonly input: I;
  readonly output?: O;
}
const channel =
  <O>() =>
  <I extends z.ZodType>(input: I): Channel<I, O> => ({ input });

const id = z.string().min(1).max(64);
const field = z.string().min(1).max(200);
const none = z.undefined();
const json: z.ZodType<Json> = z.lazy(() =>
  z.union([
    z.null(),
    z.boolean(),
    z.number(),
    z.string().max(4_000_000),
    z.array(json),
    z.record(z.string().max(200), json),
  ]),
);
const localTime = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/);
const batchKind = z.enum([
  'edit',
  'import',
  'merge',
  'undo',
  'sync',
  'restore',
  'sample',
]) satisfies z.ZodType<BatchKind>;

export const draftBatchSchema = z.object({
  kind: batchKind,
  label: z.string().max(200).optional(),
  changes: z
    .array(z.object({ type: z.string().min(1).max(40), record: id, field, value: json }))
    .min(1)
    .max(200_000),
});

export interface DeviceSettings {
  readonly language: 'ru' | 'en';
  readonly theme: 'system' | 'light' | 'dark';
  readonly density: 'compact' | 'comfortable';
  /** Name used as the author of changes and as «prepared by». */
  readonly userName: string;
  /** Minutes without input until the vault locks; 0 = never. */
  readonly autoLockMinutes: number;
  /** Reminders as notifications of the operating system. */
  readonly notifications: boolean;
  /** Whether those notifications name contracts and parties; others may see the screen. */
  readonly notificationNames: boolean;
  /** Full hours between which notifications are shown: from 9 up to, not including, 19. */
  readonly notifyFrom: number;
  readonly notifyUntil: number;
}
export const settingsPatchSchema = z.object({
  language: z.enum(['ru', 'en']).optional(),
  theme: z.enum(['system', 'light', 'dark']).optional(),
  density: z.enum(['compact', 'comfortable']).optional(),
  userName: z.string().max(200).optional(),
  autoLockMinutes: z.number().int().min(0).max(1440).optional(),
  notifications: z.boolean().optional(),
  notificationNames: z.boolean().optional(),
  notifyFrom: z.number().int().min(0).max(23).optional(),
  notifyUntil: z.number().int().min(1).max(24).optional(),
});

/** `none`: no vault yet; `locked`: a passphrase is needed; `problem`: `error` says what and what to do. */
export type VaultState =
  | { readonly state: 'none' | 'locked' | 'open' }
  | {
      readonly state: 'problem';
      readonly error: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> };
    };
/** What can open a locked vault. */
export type KeySource = 'keychain' | 'passphrase' | 'recovery';
export interface BootInfo {
  readonly settings: DeviceSettings;
  readonly vault: VaultState;
  /** True when the operating system can keep the key; otherwise a passphrase is asked for. */
  readonly keychain: boolean;
  readonly keySources: readonly KeySource[];
  readonly version: string;
  readonly platform: string;
  /** Today and now by the machine's clock and zone. */
  readonly timeZone: string;
}
/** A record as a page shows it: current values, open differences. */
export interface RecordView {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, Json>>;
  readonly deleted: boolean;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly conflicts: readonly Conflict[];
}
export interface HistoryEntry {
  readonly change: string;
  readonly batch: string;
  readonly kind: BatchKind;
  readonly actor: string;
  readonly device: string;
  readonly time: number;
  readonly field: string;
  readonly value: Json;
  readonly previous: Json;
}
export interface SearchHit {
  readonly type: string;
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  /** Text around the match; the matched words stand between U+2068 and U+2069. */
  readonly snippet: string;
}
/** What taking back a batch did: three buckets, nothing silent. */
export interface UndoReport {
  readonly batch: string;
  readonly reversed: number;
  readonly kept: readonly { readonly record: string; readonly field: string }[];
  readonly errored: readonly { readonly record: string; readonly field: string; readonly code: string }[];
}
export interface SavedFile {
  /** Shown to the person; opened by its token only. */
  readonly path: string;
  readonly token: string;
  readonly bytes: number;
}
/** Last look before a client document is made: what goes in and what stays out. */
export interface SummaryPreview {
  readonly html: string;
  /** Address of the same document for an `<iframe sandbox>`: served by the main process with its own policy. */
  readonly url: string;
  readonly fileName: string;
  readonly included: { readonly paragraphs: number; readonly decisions: number; readonly promises: number };
  readonly leftOut: readonly {
    readonly kind: 'paragraph' | 'decision' | 'promise' | 'agenda';
    readonly visibility: 'private' | 'internal';
    readonly text: string;
  }[];
  /** Words or amounts that stand only in left-out blocks and yet appear in the document. */
  readonly leaks: readonly string[];
  /** Characters the document's fonts cannot show. */
  readonly missingGlyphs: readonly string[];
  /** Pieces of the document's text in which they stand. */
  readonly missingPlaces: readonly string[];
}
const summaryOptions = z.object({
  meeting: id,
  language: z.enum(['ru', 'en']),
  layout: z.enum(['brief', 'standard', 'protocol', 'internal']),
});
/** Last look before a document of contracts is saved. */
export interface DocumentPreview {
  /** Address of the document for an `<iframe sandbox>`. */
  readonly url: string;
  readonly fileName: string;
  /** Characters the document's fonts cannot show. */
  readonly missingGlyphs: readonly string[];
  /** Pieces of the document's text in which they stand. */
  readonly missingPlaces: readonly string[];
}
const language = z.enum(['ru', 'en']);
const documentOptions = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sheet'), contract: id, audience: z.enum(['internal', 'client']), language }),
  z.object({
    kind: z.literal('renewals'),
    by: z.enum(['month', 'quarter']),
    months: z.number().int().min(1).max(120),
    language,
  }),
  z.object({
    kind: z.literal('timeline'),
    paper: z.enum(['A4', 'A3']),
    group: z.enum(['none', 'organisation', 'owner']),
    years: z.number().int().min(1).max(10),
    language,
  }),
]);
const importOptions = z.object({
  encoding: z.string().max(40).optional(),
  delimiter: z.string().max(4).optional(),
  sheet: z.string().max(200).optional(),
  headerRow: z.number().int().min(0).max(1000).optional(),
  fillDown: z.boolean().optional(),
});
const importMapping = z
  .array(z.object({ index: z.number().int().min(0).max(20_000), field: z.string().max(80) }))
  .max(20_000);
const importPolicy = z.enum(['fill', 'overwrite', 'skip', 'separate']);

const attachmentHash = z.string().regex(/^[0-9a-f]{64}$/);
const handOverScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('since'), day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) }),
  z.object({ kind: z.literal('organisations'), ids: z.array(id).min(1).max(10_000) }),
]);

export const CHANNELS = {
  'app:boot': channel<BootInfo>()(none),
  'app:settings': channel<DeviceSettings>()(settingsPatchSchema),
  'app:quit': channel<null>()(none),
  'app:online': channel<boolean>()(none),

  'vault:create': channel<{ recoveryCode: string }>()(
    z.object({ passphrase: z.string().min(8).max(1024).optional(), recovery: z.boolean() }),
  ),
  'vault:unlock': channel<VaultState>()(z.object({ secret: z.string().max(1024).optional() })),
  'vault:lock': channel<VaultState>()(none),
  'vault:commit': channel<{ batch: string; seq: number }>()(draftBatchSchema),
  'vault:undo': channel<UndoReport>()(z.object({ batch: id })),
  'vault:fill': channel<FillPage>()(
    z.object({
      table: z.enum(['organisations', 'people', 'meetings', 'promises', 'contracts', 'calendars']),
      after: z.string().max(400).optional(),
      limit: z.number().int().min(1).max(5000),
      /** Meetings: only those from this day on. */
      since: localTime.optional(),
      /** Meetings: only those before this day. */
      until: localTime.optional(),
    }),
  ),
  'vault:record': channel<RecordView | null>()(z.object({ id })),
  'vault:records': channel<readonly RecordView[]>()(z.object({ ids: z.array(id).max(500) })),
  'vault:history': channel<readonly HistoryEntry[]>()(z.object({ id })),
  /** Affiliations of a person or an organisation, ended ones included. */
  'vault:affiliations': channel<readonly RecordView[]>()(
    z.object({ person: id.optional(), organisation: id.optional() }),
  ),
  'vault:promises': channel<readonly RecordView[]>()(
    z.object({ meeting: id.optional(), organisation: id.optional(), contract: id.optional() }),
  ),
  'vault:conflicts': channel<readonly Conflict[]>()(none),
  /** Concurrent edits with authors; of one record when given. */
  'vault:differences': channel<Differences>()(z.object({ record: id.optional() })),
  'vault:note-versions': channel<readonly NoteVersion[]>()(z.object({ id, field })),
  /** Base64 of a note as it was after a change. */
  'vault:note-at': channel<string | null>()(z.object({ id, field, change: id })),
  /** A new recovery code; the previous one stops working. */
  'vault:recovery': channel<{ recoveryCode: string }>()(none),
  'vault:bin': channel<readonly RecordView[]>()(none),
  'vault:search': channel<readonly SearchHit[]>()(
    z.object({ text: z.string().max(400), limit: z.number().int().min(1).max(200) }),
  ),
  'vault:meetings': channel<{ rows: readonly MeetingRow[]; next?: string }>()(
    z.object({
      organisation: id.optional(),
      person: id.optional(),
      before: z.string().max(400).optional(),
      limit: z.number().int().min(1).max(500),
    }),
  ),
  'vault:duplicates': channel<readonly { id: string; reason: string }[]>()(
    z.object({
      type: z.enum(['organisation', 'person']),
      name: z.string().max(400),
      email: z.string().max(400).optional(),
      phone: z.string().max(100).optional(),
    }),
  ),
  'vault:backup': channel<SavedFile | null>()(none),
  /** `secret` opens a backup made under another key (a new machine): its passphrase or recovery code. */
  'vault:restore': channel<VaultState | null>()(z.object({ secret: z.string().max(1024).optional() })),
  'vault:verify': channel<{ ok: boolean; problems: readonly string[] }>()(none),
  'vault:passphrase': channel<null>()(z.object({ passphrase: z.string().min(8).max(1024) })),

  /** Nothing of these carries a token or a key; an invitation's code is shown once. */
  'sync:status': channel<SyncStatus>()(none),
  'sync:enrol': channel<null>()(
    z.object({ code: z.string().max(4000), deviceName: z.string().trim().min(1).max(100) }),
  ),
  'sync:now': channel<null>()(none),
  /** `metered` is what the page knows of the network; `filesStopped` holds contents of attachments back. */
  'sync:options': channel<SyncStatus>()(
    z.object({
      paused: z.boolean().optional(),
      frugal: z.boolean().optional(),
      metered: z.boolean().optional(),
      filesStopped: z.boolean().optional(),
    }),
  ),
  'sync:lease': channel<null>()(z.object({ leaseDays: z.number().int().min(1).max(3650).nullable() })),
  'sync:pending': channel<PendingList>()(none),
  'sync:discard': channel<null>()(z.object({ change: id })),
  'sync:set-aside': channel<readonly SetAside[]>()(none),
  'sync:retry-set-aside': channel<{ taken: number; left: number }>()(none),
  'sync:devices': channel<readonly DeviceView[]>()(none),
  'sync:rename-device': channel<null>()(z.object({ device: id, name: z.string().trim().min(1).max(60) })),
  'sync:set-role': channel<null>()(z.object({ device: id, role: z.enum(ROLES) })),
  'sync:revoke': channel<null>()(z.object({ device: id, wipe: z.boolean() })),
  'sync:invite': channel<{ code: string; expires: number }>()(
    z.object({ role: z.enum(ROLES), days: z.number().int().min(1).max(365) }),
  ),
  'sync:invitations': channel<readonly InvitationView[]>()(none),
  'sync:uninvite': channel<null>()(z.object({ hash: z.string().max(100) })),
  'sync:leave': channel<null>()(none),

  'hand-over:size': channel<HandOverSize>()(handOverScope),
  'hand-over:save': channel<(SavedFile & HandOverSize) | null>()(
    z.object({ scope: handOverScope, passphrase: z.string().min(8).max(1024), files: z.boolean() }),
  ),
  /** Without `path` in the answer: the file is named by `ticket` from here on. Null when no file was chosen. */
  'hand-over:choose': channel<{ file: string; name: string } | null>()(none),
  'hand-over:open': channel<HandOverPreview>()(z.object({ file: id, passphrase: z.string().max(1024) })),
  'hand-over:take': channel<HandOverReport>()(z.object({ ticket: id })),
  'hand-over:undo': channel<UndoReport>()(z.object({ batches: z.array(id).max(200_000) })),

  /** Files chosen in a dialog are kept with the record; null when none was chosen. */
  'attachments:add': channel<{ batch: string; added: number } | null>()(
    z.object({ type: z.enum(['organisation', 'meeting', 'contract']), record: id }),
  ),
  /** In the order of the hashes. */
  'attachments:states': channel<readonly AttachmentState[]>()(z.object({ hashes: z.array(attachmentHash).max(1000) })),
  /** Brings a content here now; one that was refused is asked for once more. */
  'attachments:fetch': channel<null>()(z.object({ hash: attachmentHash })),
  'attachments:open': channel<null>()(z.object({ hash: attachmentHash, name: z.string().max(400) })),
  'attachments:save': channel<SavedFile | null>()(z.object({ hash: attachmentHash, name: z.string().max(400) })),

  'sample:add': channel<{ batch: string }>()(z.object({ language: z.enum(['ru', 'en']) })),
  'sample:remove': channel<UndoReport>()(none),

  'import:choose': channel<ImportReadingView | null>()(none),
  'import:open': channel<ImportReadingView>()(z.object({ name: z.string().max(400), bytes: z.instanceof(Uint8Array) })),
  'import:reread': channel<ImportReadingView>()(z.object({ session: id, options: importOptions })),
  /** Rows of the sheet by position, below the header or (`top`) from the very first: the whole file can be looked through. */
  'import:rows': channel<readonly { readonly row: number; readonly cells: readonly string[] }[]>()(
    z.object({
      session: id,
      from: z.number().int().min(0),
      limit: z.number().int().min(1).max(500),
      top: z.boolean().optional(),
    }),
  ),
  'import:plan': channel<ImportPlanView>()(z.object({ session: id, mapping: importMapping, policy: importPolicy })),
  'import:commit': channel<ImportReportView>()(z.object({ session: id, mapping: importMapping, policy: importPolicy })),
  'import:cancel': channel<null>()(z.object({ session: id })),

  'summary:preview': channel<SummaryPreview>()(summaryOptions),
  /** With `seen`, the address of the last look, saves only what was shown there: `summary.changed` otherwise. */
  'summary:save': channel<SavedFile | null>()(summaryOptions.extend({ seen: z.string().max(200).optional() })),
  /** Reminders that are due today, most urgent first; what was shown as a notification stays due until the next day. */
  'reminders:due': channel<readonly Reminder[]>()(none),
  /** What would have been shown since the person last looked; null when they were not away. */
  'reminders:catch-up': channel<CatchUp | null>()(none),
  /** The person has read it: from now on the absence is over. */
  'reminders:seen': channel<null>()(none),
  /** Writes a year's working days as a file; the bundled year when no own one is kept. */
  'calendar:save': channel<SavedFile | null>()(
    z.object({ country: z.string().min(1).max(40), year: z.number().int().min(1900).max(2200) }),
  ),
  /** The contract's sheet, the renewals report, the timeline of all contracts. */
  'document:preview': channel<DocumentPreview>()(documentOptions),
  'document:save': channel<SavedFile | null>()(documentOptions),
  /** Everybody or every organisation as a workbook, or as CSV for Excel when the person names the file so. */
  'contacts:export': channel<SavedFile | null>()(z.object({ kind: z.enum(['people', 'organisations']), language })),
  /** Business cards of everybody, of every organisation, or of those with the ids. */
  'contacts:cards': channel<SavedFile | null>()(
    z.object({
      kind: z.enum(['people', 'organisations']),
      version: z.enum(CARD_VERSIONS),
      ids: z.array(id).min(1).max(200_000).optional(),
    }),
  ),
  /** Deadlines of one contract or of all, or a meeting, as a calendar file. */
  'calendar-file:save': channel<SavedFile | null>()(
    z.object({ contract: id.optional(), meeting: id.optional(), isPrivate: z.boolean(), language }),
  ),
  'file:show': channel<null>()(z.object({ token: id })),
  'file:open': channel<null>()(z.object({ token: id })),
} as const;

export type ChannelName = keyof typeof CHANNELS;
export type ChannelInput<C extends ChannelName> = z.input<(typeof CHANNELS)[C]['input']>;
export type ChannelOutput<C extends ChannelName> = Exclude<(typeof CHANNELS)[C]['output'], undefined>;

/** What the main process tells the screens without being asked. */
export interface EventMap {
  'live:update': LiveUpdate;
  'vault:state': VaultState;
  'app:menu': { readonly command: string };
  'app:settings-changed': DeviceSettings;
  'app:online-changed': boolean;
  /** A notification was clicked: what it was about. */
  'reminders:open': { readonly contract?: string; readonly promise?: string };
  'sync:status': SyncStatus;
  'import:progress': {
    readonly session: string;
    readonly stage: 'reading' | 'recognising' | 'matching' | 'saving';
    readonly done: number;
    readonly total: number;
  };
  /** Main asks for everything unsaved before it locks, sleeps or closes; answered through `flushed`. */
  'app:flush': { readonly ticket: string };
}
export type EventName = keyof EventMap;

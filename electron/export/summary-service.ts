/** Meeting summaries for the screens and the command line: reads the vault, composes, prints. */
import { newDictionary } from '../../shared/change/json.ts';
import { composeSummary, type Composition, type SummaryPerson } from '../../shared/compose/compose.ts';
import type { SummaryLayout } from '../../shared/compose/document.ts';
import { summaryFileName } from '../../shared/compose/file-name.ts';
import { glyphPlaces } from '../../shared/compose/glyph-places.ts';
import { barePage, summaryHtml } from '../../shared/compose/html.ts';
import type { Language } from '../../shared/i18n/catalogue.ts';
import type { RecordView, SummaryPreview } from '../../shared/ipc/contract.ts';
import type {
  Affiliation,
  Brand,
  Meeting,
  Organisation,
  Person,
  PlainDate,
  PromiseRecord,
} from '../../shared/model/records.ts';
import { noteBlocks } from '../../shared/note/note.ts';
import { AppFailure } from '../../shared/result.ts';
import { recordOf } from './contract-reads.ts';
import { fontsFor } from './pdf/document-fonts.ts';

/** What the service asks of the vault; `VaultApi` has it all. */
export interface SummaryReads {
  record(id: string): Promise<RecordView | null>;
  records(ids: readonly string[]): Promise<readonly RecordView[]>;
  promises(query: { readonly meeting?: string }): Promise<readonly RecordView[]>;
  affiliations(query: { readonly person?: string }): Promise<readonly RecordView[]>;
}
export interface SummaryRequest {
  readonly meeting: string;
  readonly language: Language;
  readonly layout: SummaryLayout;
  readonly today: PlainDate;
  /** Name for «prepared by» when the letterhead names nobody. */
  readonly userName?: string;
}
/** Everything that the last look shows, but the address under which main serves the page. */
export type PreparedSummary = Omit<SummaryPreview, 'url'> & { readonly title: string };

/** Composes the summary of a meeting. Rejects with `summary.meetingMissing` when there is no such meeting. */
export async function prepareSummary(reads: SummaryReads, request: SummaryRequest): Promise<PreparedSummary> {
  const view = await reads.record(request.meeting);
  if (view?.type !== 'meeting' || view.deleted) throw new AppFailure('summary.meetingMissing');
  const meeting = recordOf<Meeting>(view);
  const promises = (await reads.promises({ meeting: meeting.id })).map((p) => recordOf<PromiseRecord>(p));
  const people = await readPeople(reads, meeting, promises);
  const organisations = await readOrganisations(reads, meeting, people);
  const brandView = await reads.record('brand');
  const letterhead: Partial<Brand> =
    brandView?.type === 'brand' && !brandView.deleted ? recordOf<Brand>(brandView) : {};
  const preparedBy = letterhead.preparedBy ?? request.userName ?? '';

  const composition = composeSummary({
    meeting,
    blocks: noteBlocks(meeting.body),
    promises,
    people,
    organisations,
    brand: { ...letterhead, ...(preparedBy ? { preparedBy } : {}) },
    language: request.language,
    layout: request.layout,
    today: request.today,
  });
  return present(composition);
}

/**
 * Rejects with `summary.changed` when the document is not the one that a person has looked at: a colleague's change may have
 * come in, or the day may have turned. What nobody has seen must not leave the house.
 */
export function refuseUnseen(prepared: PreparedSummary, seenHtml: string | undefined): void {
  if (prepared.html !== seenHtml) throw new AppFailure('summary.changed');
}

function present(composition: Composition): PreparedSummary {
  const { document } = composition;
  const page = barePage(document);
  const fonts = fontsFor(page);
  return {
    html: summaryHtml(document, { fontsCss: fonts.css }),
    title: document.title,
    fileName: summaryFileName(document),
    included: composition.included,
    leftOut: composition.leftOut,
    leaks: composition.leaks,
    missingGlyphs: fonts.missing,
    missingPlaces: glyphPlaces(page.text, fonts.missing),
  };
}

async function readPeople(
  reads: SummaryReads,
  meeting: Meeting,
  promises: readonly PromiseRecord[],
): Promise<Readonly<Record<string, SummaryPerson>>> {
  const ids = new Set<string>();
  for (const attendee of Object.values(meeting.attendees ?? {})) if (attendee.person) ids.add(attendee.person);
  for (const promise of promises) if (promise.owner?.person) ids.add(promise.owner.person);
  const views = await readAll(reads, [...ids]);
  const entries = await Promise.all(
    views
      .filter((view) => view.type === 'person')
      .map(async (view): Promise<[string, SummaryPerson]> => {
        const person = recordOf<Person>(view);
        const jobs = (await reads.affiliations({ person: view.id })).map((a) => recordOf<Affiliation>(a));
        const job = chooseJob(jobs, meeting);
        return [
          view.id,
          {
            ...(person.name ? { name: person.name } : {}),
            ...(job?.jobTitle ? { jobTitle: job.jobTitle } : {}),
            ...(job?.organisation ? { organisation: job.organisation } : {}),
          },
        ];
      }),
  );
  // A name that means something to objects may be written where an id belongs.
  return Object.assign(newDictionary<SummaryPerson>(), Object.fromEntries(entries));
}

/** The job at the meeting's organisation, else the main one; jobs that had ended before the meeting come last. */
function chooseJob(jobs: readonly Affiliation[], meeting: Meeting): Affiliation | undefined {
  const day = meeting.start?.slice(0, 10) ?? '';
  const rank = (job: Affiliation): number =>
    (job.until && day && job.until < day.slice(0, job.until.length) ? 0 : 4) +
    (job.organisation && job.organisation === meeting.organisation ? 2 : 0) +
    (job.primary ? 1 : 0);
  return [...jobs].filter((job) => !job.deleted).sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1))[0];
}

async function readOrganisations(
  reads: SummaryReads,
  meeting: Meeting,
  people: Readonly<Record<string, SummaryPerson>>,
): Promise<Readonly<Record<string, Pick<Organisation, 'name' | 'fullName'>>>> {
  const ids = new Set(Object.values(people).flatMap((person) => (person.organisation ? [person.organisation] : [])));
  if (meeting.organisation) ids.add(meeting.organisation);
  const views = await readAll(reads, [...ids]);
  return Object.assign(
    newDictionary<Organisation>(),
    Object.fromEntries(views.filter((v) => v.type === 'organisation').map((v) => [v.id, recordOf<Organisation>(v)])),
  );
}

/** Reads any number of records, a page at a time. */
async function readAll(reads: SummaryReads, ids: readonly string[]): Promise<readonly RecordView[]> {
  const out: RecordView[] = [];
  for (let i = 0; i < ids.length; i += 500) out.push(...(await reads.records(ids.slice(i, i + 500))));
  return out;
}

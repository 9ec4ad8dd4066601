/** Documents of contracts for the screens and the command line: read, composed, with fonts. Printing is the caller's. */
import { newDictionary } from '../../shared/change/json.ts';
import { composeSheet } from '../../shared/compose/contract-sheet.ts';
import { reportFileName } from '../../shared/compose/file-name.ts';
import { glyphPlaces } from '../../shared/compose/glyph-places.ts';
import { composeTimeline, type TimelineQuery } from '../../shared/compose/portfolio-timeline.ts';
import { composeRenewals, type RenewalsQuery } from '../../shared/compose/renewals-report.ts';
import { bareReport, type ReportDocument, reportHtml } from '../../shared/compose/report.ts';
import type { Language } from '../../shared/i18n/catalogue.ts';
import type { DocumentPreview } from '../../shared/ipc/contract.ts';
import type { Contract, Organisation, Person, PersonName, PlainDate } from '../../shared/model/records.ts';
import { AppFailure } from '../../shared/result.ts';
import { type ContractReads, readBrand, readByType, readPortfolio, recordOf } from './contract-reads.ts';
import { fontsFor } from './pdf/document-fonts.ts';

export type ContractDocumentRequest = { readonly language: Language } & (
  | { readonly kind: 'sheet'; readonly contract: string; readonly audience: 'internal' | 'client' }
  | ({ readonly kind: 'renewals' } & RenewalsQuery)
  | ({ readonly kind: 'timeline' } & TimelineQuery)
);
export type PreparedDocument = Omit<DocumentPreview, 'url'> & { readonly html: string; readonly title: string };

async function compose(
  reads: ContractReads,
  request: ContractDocumentRequest,
  today: PlainDate,
): Promise<ReportDocument> {
  const { language } = request;
  const brand = await readBrand(reads);
  const portfolio = await readPortfolio(reads, today);
  if (request.kind === 'renewals') return composeRenewals({ ...request, portfolio, brand, language });
  if (request.kind === 'timeline') return composeTimeline({ ...request, portfolio, brand, language });
  const view = await reads.record(request.contract);
  const row = portfolio.contracts.find(({ id }) => id === request.contract);
  if (view?.type !== 'contract' || view.deleted || !row) throw new AppFailure('contract.missing');
  const contract = recordOf<Contract>(view);
  const parties = Object.values(contract.parties ?? {});
  const organisations = await readByType<Organisation>(reads, 'organisation', [
    contract.organisation,
    ...parties.map(({ organisation }) => organisation),
  ]);
  const people = await readByType<Person>(
    reads,
    'person',
    Object.values(contract.people ?? {}).map(({ person }) => person),
  );
  const names = [...people].flatMap(([id, { name }]): [string, PersonName][] => (name ? [[id, name]] : []));
  return composeSheet({
    contract,
    row,
    promises: portfolio.promises.filter((promise) => promise.contract === contract.id),
    organisations: Object.assign(
      newDictionary<string>(),
      Object.fromEntries([...organisations].map(([id, { name, fullName }]) => [id, fullName || name || ''])),
    ),
    people: Object.assign(newDictionary<PersonName>(), Object.fromEntries(names)),
    brand,
    language,
    audience: request.audience,
    context: { today, packs: portfolio.packs },
  });
}

/** Rejects with `contract.missing` when there is no such contract. */
export async function prepareContractDocument(
  reads: ContractReads,
  request: ContractDocumentRequest,
  today: PlainDate,
): Promise<PreparedDocument> {
  const document = await compose(reads, request, today);
  const page = bareReport(document);
  const fonts = fontsFor(page);
  return {
    html: reportHtml(document, { fontsCss: fonts.css }),
    title: document.title,
    fileName: reportFileName(document),
    missingGlyphs: fonts.missing,
    missingPlaces: glyphPlaces(page.text, fonts.missing),
  };
}

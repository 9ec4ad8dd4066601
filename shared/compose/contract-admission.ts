/**
 * The gate between a contract's record and what the other side may read of it. The client's sheet is composed from a
 * `ClientContract`, which only this file can make: it holds what both sides have on paper, and of milestones and
 * obligations only those that are marked for the client. Deadlines, decisions, notes, owners, tags, places of documents,
 * price steps, clauses of our own reading and snoozes have no place in it.
 */
import { contractView, type ContractView } from '../contracts/view.ts';
import { ordered, type TermsContext } from '../contracts/wording.ts';
import type { Contract, ContractParty, ContractPerson, Money, PlainDate } from '../model/records.ts';
import type { PromiseRow } from '../model/rows.ts';
import { readVisibility } from '../note/blocks.ts';
import { milestoneLines, type MilestoneLine, type ObligationLine, obligationLines, scopeOf } from './contract-lines.ts';

declare const open: unique symbol;
/** Something that is marked for the client. */
export type ForClient<T> = T & { readonly [open]: true };

export interface ClientAmendment {
  readonly number: string;
  readonly title: string;
  readonly signed: PlainDate;
  readonly effective: PlainDate;
}
export interface ClientPaper {
  readonly title: string;
  readonly kind: string;
  readonly number: string;
  readonly date?: PlainDate;
}
export interface ClientContract {
  readonly number: string;
  readonly title: string;
  readonly subject: string;
  readonly organisation?: string;
  readonly signedOn?: PlainDate;
  readonly value?: Money;
  readonly valuePer: 'term' | 'year' | 'month';
  /** As both sides read the paper: our decisions to leave do not show. */
  readonly term?: { readonly start: PlainDate; readonly end: PlainDate | null };
  readonly parties: readonly ContractParty[];
  readonly people: readonly ContractPerson[];
  readonly papers: readonly ClientPaper[];
  readonly amendments: readonly ClientAmendment[];
  readonly milestones: readonly ForClient<MilestoneLine>[];
  readonly openObligations: readonly ForClient<ObligationLine>[];
  readonly closedObligations: readonly ForClient<ObligationLine>[];
}

export const byOrder = <T extends { readonly order: number }>(
  set: Readonly<Record<string, T>> | undefined,
): [string, T][] => Object.entries(set ?? {}).sort(([a, x], [b, y]) => x.order - y.order || (a < b ? -1 : 1));

const isOpen = <T extends { readonly visibility?: unknown }>(item: T): item is ForClient<T> =>
  readVisibility(item.visibility) === 'client';

/** The contract as both sides read the paper: renewals that were agreed count, our decisions to leave do not. */
function viewOnPaper(contract: Contract, context: TermsContext): ContractView {
  const renewals = Object.fromEntries(
    Object.entries(contract.decisions ?? {}).filter(([, decision]) => decision.kind === 'renew'),
  );
  return contractView({ ...contract, decisions: renewals }, context);
}

/** Kinds of documents that both sides have. Notices and letters may not have been sent yet. */
const SHARED_PAPERS = new Set(['contract', 'amendment', 'annex', 'act']);

/** Lets through what the other side may read. Anything without a clear mark stays out. */
export function admitContract(
  contract: Contract,
  promises: readonly PromiseRow[],
  context: TermsContext,
): ClientContract {
  const view = viewOnPaper(contract, context);
  const scope = scopeOf(contract, view);
  const term = view.ok
    ? { start: view.dates.term.start, end: view.dates.term.end }
    : contract.start === undefined
      ? undefined
      : { start: contract.start, end: contract.end ?? null };
  const { open, closed } = obligationLines(promises.filter(isOpen), context.today, scope);
  return {
    number: contract.number ?? '',
    title: contract.title ?? '',
    subject: contract.subject ?? '',
    ...(contract.organisation === undefined ? {} : { organisation: contract.organisation }),
    ...(contract.signedOn === undefined ? {} : { signedOn: contract.signedOn }),
    ...(contract.value === undefined ? {} : { value: contract.value }),
    valuePer: contract.valuePer ?? 'term',
    ...(term === undefined ? {} : { term }),
    parties: byOrder(contract.parties).map(([, { organisation, name, role, side, order }]) => ({
      ...(organisation === undefined ? {} : { organisation }),
      ...(name === undefined ? {} : { name }),
      ...(role === undefined ? {} : { role }),
      side,
      order,
    })),
    people: byOrder(contract.people).map(([, { person, name, role, order }]) => ({
      ...(person === undefined ? {} : { person }),
      ...(name === undefined ? {} : { name }),
      role,
      order,
    })),
    papers: byOrder(contract.documents).flatMap(([, { title, kind, number, date }]) =>
      SHARED_PAPERS.has(kind) ? [{ title, kind, number: number ?? '', ...(date === undefined ? {} : { date }) }] : [],
    ),
    // An agreement that is not signed yet is still ours to talk about.
    amendments: ordered(contract.amendments, ({ effective }) => effective).flatMap(
      ([, { number, title, signed, effective }]) =>
        signed === undefined || signed > context.today
          ? []
          : [{ number: number ?? '', title: title ?? '', signed, effective }],
    ),
    milestones: milestoneLines(byOrder(contract.milestones), scope).filter(isOpen),
    openObligations: open.filter(isOpen),
    closedObligations: closed.filter(isOpen),
  };
}

/** deadlines, renewals, contract-sheet and ics: contracts for scripts, on the services that the screens use. */
import { resolve } from 'node:path';
import { type Renewals, renewalsOf } from '../../../shared/compose/renewals-report.ts';
import { rowDeadlines } from '../../../shared/contracts/row-deadlines.ts';
import { isPlainDate } from '../../../shared/dates/plain-date.ts';
import { LANGUAGES, type Language } from '../../../shared/i18n/catalogue.ts';
import { writeFileAtomically } from '../../export/atomic-write.ts';
import { prepareCalendar } from '../../export/calendar-export.ts';
import { type ContractDocumentRequest, prepareContractDocument } from '../../export/contract-documents.ts';
import { readPortfolio } from '../../export/contract-reads.ts';
import { type Command, UsageError } from '../arguments.ts';
import { cliLanguage } from '../language.ts';
import { withVault } from '../open-vault.ts';
import type { Outcome } from '../outcome.ts';
import { localToday, print } from '../print.ts';

/** One of the allowed words, or the first of them when the option is absent. */
function choice<T extends string>(name: string, given: string | undefined, allowed: readonly T[]): T {
  const found = given === undefined ? allowed[0] : allowed.find((word) => word === given);
  if (found === undefined) throw new UsageError(`--${name} is one of ${allowed.join(', ')}`);
  return found;
}
function languageOf({ options }: Command): Language {
  return options.language === undefined ? cliLanguage() : choice('language', options.language, LANGUAGES);
}
function monthsOf({ options }: Command): number {
  const months = Number(options.months ?? 12);
  if (!Number.isInteger(months) || months < 1 || months > 120)
    throw new UsageError('--months is a whole number from 1 to 120');
  return months;
}
/** The day from which one looks: the machine's own, or `--today`. */
function todayOf({ options }: Command): string {
  if (options.today === undefined) return localToday();
  if (!isPlainDate(options.today)) throw new UsageError('--today is a day as YYYY-MM-DD');
  return options.today;
}

async function pdf(command: Command, request: ContractDocumentRequest): Promise<Outcome> {
  const { pdf: target } = command.options;
  if (!target) throw new UsageError('--pdf FILE is missing');
  const prepared = await withVault(command, { create: false }, (vault) =>
    prepareContractDocument(vault, request, todayOf(command)),
  );
  const bytes = await print(prepared.html);
  const file = resolve(target);
  await writeFileAtomically(file, bytes);
  const { title, fileName, missingGlyphs } = prepared;
  return { value: { file, bytes: bytes.byteLength, title, suggestedName: fileName, missingGlyphs }, text: file };
}

export function contractSheetCommand(command: Command): Promise<Outcome> {
  const audience = choice('audience', command.options.audience, ['internal', 'client'] as const);
  return pdf(command, { kind: 'sheet', contract: command.operands[0] ?? '', audience, language: languageOf(command) });
}

export function timelineCommand(command: Command): Promise<Outcome> {
  const { options } = command;
  const years = Number(options.years ?? 3);
  if (!Number.isInteger(years) || years < 1 || years > 10)
    throw new UsageError('--years is a whole number from 1 to 10');
  return pdf(command, {
    kind: 'timeline',
    language: languageOf(command),
    paper: choice('paper', options.paper, ['A4', 'A3'] as const),
    group: choice('group', options.group, ['none', 'organisation', 'owner'] as const),
    years,
  });
}

const DAY_COLUMNS = ['actBy', 'safe', 'legal', 'state', 'kind', 'id'] as const;

/** Every deadline, by urgency. Without `--json` one line each: days, state, kind, id, contract, text. */
export async function deadlinesCommand(command: Command): Promise<Outcome> {
  const today = todayOf(command);
  const { contract } = command.options;
  const deadlines = await withVault(command, { create: false }, async (vault) =>
    rowDeadlines(await readPortfolio(vault, today), contract === undefined ? {} : { contract }),
  );
  return {
    value: deadlines,
    text: deadlines
      .map((one) => [...DAY_COLUMNS.map((column) => one[column]), one.contractName, one.text].join('\t'))
      .join('\n'),
  };
}

function renewalsJson(renewals: Renewals): unknown {
  const { from, to, waiting, decided, atRisk, periods } = renewals;
  return {
    from,
    to,
    waiting,
    decided,
    atRisk,
    periods: periods.map((period) => ({
      from: period.from,
      to: period.to,
      atRisk: period.atRisk,
      deadlines: period.deadlines.map((one) => ({
        id: one.id,
        contract: one.contract,
        contractName: one.contractName,
        organisationName: one.organisationName,
        kind: one.kind,
        actBy: one.actBy,
        safe: one.safe,
        legal: one.legal,
        provisional: one.provisional,
        value: one.value,
        state: one.state,
        decision: one.decision ?? null,
      })),
    })),
  };
}

/** A PDF with `--pdf`, else the numbers as JSON. */
export async function renewalsCommand(command: Command): Promise<Outcome> {
  const by = choice('by', command.options.by, ['quarter', 'month'] as const);
  const months = monthsOf(command);
  if (command.options.pdf !== undefined)
    return pdf(command, { kind: 'renewals', by, months, language: languageOf(command) });
  const today = todayOf(command);
  return withVault(command, { create: false }, async (vault) => ({
    value: renewalsJson(renewalsOf(await readPortfolio(vault, today), { by, months })),
  }));
}

/** The file, or the calendar itself on standard output without `--out`. */
export async function icsCommand(command: Command): Promise<Outcome> {
  const { contract, meeting, out } = command.options;
  if (contract !== undefined && meeting !== undefined)
    throw new UsageError('--contract and --meeting exclude each other');
  const today = todayOf(command);
  return withVault(command, { create: false }, async (vault) => {
    const prepared = await prepareCalendar(vault, {
      ...(contract === undefined ? {} : { contract }),
      ...(meeting === undefined ? {} : { meeting }),
      isPrivate: command.options.private === true,
      language: languageOf(command),
      today,
      now: Date.now(),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    const { text, events, cancelled, fileName } = prepared;
    const summary = { events, cancelled, suggestedName: fileName };
    if (out === undefined) {
      await prepared.remember();
      return { value: { ...summary, text }, text: text.trimEnd() };
    }
    const file = resolve(out);
    await writeFileAtomically(file, new TextEncoder().encode(text));
    await prepared.remember();
    return { value: { file, ...summary }, text: file };
  });
}

/** import: reads a spreadsheet or business cards into the vault, or says what it would do. */
import { resolve } from 'node:path';
import { encodingName } from '../../../shared/import/decode/decode.ts';
import type { ImportPolicy } from '../../../shared/import/plan.ts';
import type { ImportReadingView, ImportReportView } from '../../../shared/import/views.ts';
import { problemText } from '../../../shared/i18n/problem-text.ts';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import { ImportService } from '../../import/import-service.ts';
import type { ReadOptions } from '../../import/reader.ts';
import { workerReader } from '../../import/worker-reader.ts';
import type { VaultApi } from '../../vault/api.ts';
import { type Command, UsageError } from '../arguments.ts';
import { cliLanguage } from '../language.ts';
import { actor, vaultExists, vaultFolder, withVault } from '../open-vault.ts';
import type { Outcome } from '../outcome.ts';

const POLICIES: readonly ImportPolicy[] = ['fill', 'overwrite', 'skip', 'separate'];
const DELIMITERS: Readonly<Record<string, string>> = { '\\t': '\t', tab: '\t', comma: ',', semicolon: ';', pipe: '|' };

function policyOf({ options }: Command): ImportPolicy {
  const policy = POLICIES.find((known) => known === (options.policy ?? 'fill'));
  if (!policy) throw new UsageError(`unknown policy "${options.policy}": ${POLICIES.join(', ')}`);
  return policy;
}

function readOptions({ options }: Command): ReadOptions {
  const { encoding, delimiter, sheet, country } = options;
  if (encoding !== undefined && encodingName(encoding) === null) throw new UsageError(`unknown encoding "${encoding}"`);
  if (delimiter === '') throw new UsageError('--delimiter is empty');
  const headerRow = options['header-row'] === undefined ? undefined : Number(options['header-row']);
  if (
    headerRow !== undefined &&
    !(Number.isInteger(headerRow) && headerRow >= 0 && options['header-row']?.trim() !== '')
  ) {
    throw new UsageError('--header-row is a row number, 0 for none');
  }
  if (country !== undefined && !/^[A-Za-z]{2}$/.test(country))
    throw new UsageError('--country is two letters, such as RU');
  return {
    ...(encoding === undefined ? {} : { encoding: encodingName(encoding) ?? encoding }),
    ...(delimiter === undefined ? {} : { delimiter: DELIMITERS[delimiter] ?? delimiter }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(headerRow === undefined ? {} : { headerRow }),
    ...(options['fill-down'] ? { fillDown: true } : {}),
    ...(country === undefined ? {} : { country: country.toUpperCase() }),
  };
}

/** The report's shape is a promise to scripts: see docs/import.md. */
function report(reading: ImportReadingView, result: ImportReportView): Outcome {
  const language = cliLanguage();
  const { t } = createTranslator(language);
  const problems = result.problems.map((problem) => {
    const { row, column, code, severity, line } = problem;
    const message = problemText(t, problem);
    return { row, column, message, code, severity, ...(line === undefined ? {} : { line }) };
  });
  const value = {
    encoding: reading.encoding,
    delimiter: reading.delimiter,
    sheet: reading.sheet,
    headerRow: reading.headerRow,
    preset: reading.preset,
    columns: reading.columns.map(({ header, field, confidence }) => ({ header, field, confidence })),
    rows: result.rows,
    organisations: result.organisations,
    contracts: result.contracts,
    problems,
    batch: result.batch,
  };
  const { read, created, updated, unchanged, skipped, failed } = result.rows;
  const lines = [
    t('importing.cli.rows', { read, created, updated, unchanged, skipped, failed }),
    ...problems.map((problem) =>
      [problem.row || '', problem.column, problem.message].filter((part) => part !== '').join(' · '),
    ),
  ];
  return { value, text: lines.join('\n') };
}

/** A reading nobody can be sure of is refused, with the readings to choose from. */
function unsure({ encodings, fileName }: ImportReadingView): Outcome {
  const { t } = createTranslator(cliLanguage());
  const message = t('errors.import.encodingUnsure', { file: fileName });
  process.stderr.write(`rapport: ${message}\n`);
  const text = encodings
    .map(({ encoding, sample }) => `--encoding ${encoding}\n${sample.replace(/^/gm, '  ')}`)
    .join('\n');
  return { value: { error: { code: 'import.encodingUnsure', message, readings: encodings } }, text, code: 1 };
}

/** Checks the arguments, then the file, and only then makes or opens a vault: a file that is refused leaves no vault behind. */
export async function importCommand(command: Command): Promise<Outcome> {
  const policy = policyOf(command);
  const options = readOptions(command);
  const dry = command.options['dry-run'] === true;
  const known = vaultExists(vaultFolder(command));
  let vault: VaultApi | null = null;
  const service = new ImportService({ vault: () => vault, actor, reader: workerReader() });
  try {
    const reading = await service.openFile(resolve(command.operands[0] ?? ''), options);
    if (!reading.encodingSure) return unsure(reading);
    const mapping = reading.columns.map(({ index, field }) => ({ index, field }));
    const work = async (): Promise<Outcome> =>
      report(
        reading,
        dry
          ? { ...(await service.plan(reading.session, mapping, policy)), batch: '', milliseconds: 0 }
          : await service.commit(reading.session, mapping, policy),
      );
    if (dry && !known) return await work();
    return await withVault(command, { create: !dry }, (opened) => {
      vault = opened;
      return work();
    });
  } finally {
    service.clear();
  }
}

/** Reads the command line of `rapport`; anything it does not know is wrong usage. */
import { parseArgs } from 'node:util';

export interface Command {
  readonly name: string;
  readonly operands: readonly string[];
  readonly options: {
    readonly vault?: string;
    readonly json?: boolean;
    readonly 'dry-run'?: boolean;
    readonly encoding?: string;
    readonly delimiter?: string;
    readonly sheet?: string;
    readonly 'header-row'?: string;
    readonly 'fill-down'?: boolean;
    readonly policy?: string;
    readonly country?: string;
    readonly 'passphrase-file'?: string;
    readonly pdf?: string;
    readonly language?: string;
    readonly layout?: string;
    readonly limit?: string;
    readonly contract?: string;
    readonly meeting?: string;
    readonly private?: boolean;
    readonly out?: string;
    readonly for?: string;
    readonly vcard?: string;
    readonly audience?: string;
    readonly by?: string;
    readonly months?: string;
    readonly years?: string;
    readonly paper?: string;
    readonly group?: string;
    readonly today?: string;
    readonly invite?: string;
    readonly help?: boolean;
  };
}

/** Operands that each command takes: least and most. */
export const COMMANDS: Readonly<Record<string, readonly [number, number]>> = {
  import: [1, 1],
  search: [1, 50],
  list: [1, 1],
  export: [1, 1],
  summary: [1, 1],
  verify: [0, 0],
  backup: [1, 1],
  restore: [1, 1],
  sync: [0, 0],
  'contract-dates': [0, 0],
  deadlines: [0, 0],
  renewals: [0, 0],
  'contract-sheet': [1, 1],
  'contract-timeline': [0, 0],
  ics: [0, 0],
  help: [0, 0],
};

export class UsageError extends Error {}

/** Throws UsageError with a sentence in English for a script's author. */
export function readArguments(argv: readonly string[]): Command {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'wrong arguments');
  }
  const [name = '', ...operands] = parsed.positionals;
  if (parsed.values.help) return { name: 'help', operands: [], options: {} };
  const arity = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!arity) throw new UsageError(name ? `unknown command "${name}"` : 'a command is missing');
  if (operands.length < arity[0] || operands.length > arity[1]) {
    throw new UsageError(
      `"${name}" takes ${arity[0] === arity[1] ? arity[0] : `${arity[0]} to ${arity[1]}`} operand(s)`,
    );
  }
  return { name, operands, options: { ...parsed.values } };
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      vault: { type: 'string' },
      json: { type: 'boolean' },
      'dry-run': { type: 'boolean' },
      encoding: { type: 'string' },
      delimiter: { type: 'string' },
      sheet: { type: 'string' },
      'header-row': { type: 'string' },
      'fill-down': { type: 'boolean' },
      policy: { type: 'string' },
      country: { type: 'string' },
      'passphrase-file': { type: 'string' },
      pdf: { type: 'string' },
      language: { type: 'string' },
      layout: { type: 'string' },
      limit: { type: 'string' },
      contract: { type: 'string' },
      meeting: { type: 'string' },
      private: { type: 'boolean' },
      out: { type: 'string' },
      for: { type: 'string' },
      vcard: { type: 'string' },
      audience: { type: 'string' },
      by: { type: 'string' },
      months: { type: 'string' },
      years: { type: 'string' },
      paper: { type: 'string' },
      group: { type: 'string' },
      today: { type: 'string' },
      invite: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}

export const USAGE = `Usage: rapport <command> [operands] --vault DIR [--json]

  import FILE          read a spreadsheet or business cards (vCard) into the vault
      --dry-run        say what would happen, save nothing
      --encoding NAME  --delimiter CHAR  --sheet NAME  --header-row N (1-based, 0 = none)
      --fill-down      a company, place or owner merged over several rows belongs to each of them
      --policy fill|overwrite|skip|separate   what to do with sure duplicates (fill)
  search TEXT          find text in every record
  list KIND            organisations, people, meetings, promises or contracts, every record with every field
  export people|organisations --out FILE.xlsx|FILE.csv [--for excel|programs]   a table; .csv for Excel or for programs
      --language ru|en of the headers
  export people|organisations --out FILE.vcf [--vcard 3.0|4.0]                  business cards
  summary MEETING_ID --pdf FILE [--language ru|en] [--layout brief|standard|protocol|internal]
  verify               check every page of the vault and rebuild records from the log
  backup FILE          write a verified copy
  restore FILE         replace the vault's content by a backup's (the present is backed up first)
  sync [--invite CODE] exchange changes with the workspace's server; with a code, join it first
  contract-dates       read contract terms as JSON from standard input, write their dates
      --language ru|en (en)
  deadlines [--contract ID]               every deadline of contracts and promises, the most urgent first
  renewals [--by quarter|month] [--months N] [--pdf FILE]   decisions with the value at risk
  contract-sheet ID --pdf FILE [--audience internal|client]
  contract-timeline --pdf FILE [--paper A4|A3] [--group none|organisation|owner] [--years N]
  ics [--contract ID | --meeting ID] [--private] [--out FILE]   a calendar file; later ones update the same events
      --language ru|en   --today YYYY-MM-DD (the machine's day)

The vault's key comes from --passphrase-file FILE or the variable RAPPORT_PASSPHRASE.
A folder without a vault becomes a new vault.
Exit codes: 0 done, 1 refused with a reason, 2 wrong usage,
3 exchanged, but not everything went through: "sync" names what was refused or set aside.
`;

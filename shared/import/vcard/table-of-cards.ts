/** Cards → a table whose columns are known: from here on a file of business cards is a spreadsheet like any other. */
import type { GivenTable, Table } from '../table.ts';
import type { ImportProblem } from '../views.ts';
import type { Card, CardFile } from './cards.ts';
import { type CardValue, readCard } from './read-card.ts';
import { CARD_PRESET } from './uid.ts';

/** Columns of properties that nobody knows; further ones share the last. */
const MOST_UNKNOWN = 300;
const REST = 'X-…';

interface Column {
  readonly header: string;
  readonly field: string;
  readonly rank: number;
}

class Columns {
  readonly all: Column[] = [];
  readonly #byKey = new Map<string, number>();
  #unknown = 0;

  /** Position of the value's column, in the order of first use. */
  of({ header, field, rank }: CardValue): number {
    const key = `${field}\n${header}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    if (field === 'extra' && header !== REST) {
      if (this.#unknown >= MOST_UNKNOWN)
        return this.of({ header: REST, field, rank: Number.MAX_SAFE_INTEGER, text: '' });
      this.#unknown += 1;
    }
    this.#byKey.set(key, this.all.length);
    this.all.push({ header, field, rank });
    return this.all.length - 1;
  }
}

/** One row for each card. Rows are numbered as the cards are, from 1. */
export function tableOfCards({ cards, decoded, stray }: CardFile): Table {
  const columns = new Columns();
  const problems: ImportProblem[] = [];
  const skipped = new Map<number, 'group'>();
  const sparse = cards.map((card, i) => {
    const { values, isGroup, left } = readCard(card);
    if (isGroup) skipped.set(i, 'group');
    problems.push(...problemsOf(card, i + 1, left));
    const cells = new Map<number, string>();
    for (const value of values) {
      const at = columns.of(value);
      const before = cells.get(at);
      const text = columns.all[at]?.header === REST ? `${value.header}: ${value.text}` : value.text;
      cells.set(at, before === undefined ? text : `${before}\n${text}`);
    }
    return cells;
  });
  const order = columns.all
    .map((_, i) => i)
    .sort((a, b) => (columns.all[a] as Column).rank - (columns.all[b] as Column).rank || a - b);
  const given: GivenTable = {
    preset: CARD_PRESET,
    headers: order.map((i) => (columns.all[i] as Column).header),
    fields: order.map((i) => (columns.all[i] as Column).field),
    lines: cards.map((card) => card.line),
    skipped,
  };
  return {
    name: '',
    hidden: false,
    rows: sparse.map((cells) => order.map((i) => cells.get(i) ?? '')),
    numbers: cards.map((_, i) => i + 1),
    merges: [],
    epoch: 1900,
    given,
    problems: [...fileProblems(cards, decoded, stray), ...problems],
  };
}

function problemsOf(card: Card, row: number, left: readonly string[]): ImportProblem[] {
  const problems: ImportProblem[] = [];
  if (!card.ended) problems.push({ row, column: '', code: 'cardNoEnd', severity: 'warning' });
  for (const { line, text } of card.unread.slice(0, 3))
    problems.push({
      row,
      column: '',
      code: 'cardLineNotRead',
      params: { at: line, value: text.trim().slice(0, 60) },
      severity: 'warning',
    });
  for (const name of left)
    problems.push({ row, column: name, code: 'cardTooMany', params: { name }, severity: 'warning' });
  return problems;
}

function fileProblems(cards: readonly Card[], decoded: CardFile['decoded'], stray: number): ImportProblem[] {
  const problems: ImportProblem[] = [];
  if (decoded.damaged) problems.push({ row: 0, column: '', code: 'damagedBytes', severity: 'warning' });
  if (decoded.mixed) {
    const { line, encoding } = decoded.mixed;
    const row = cards.findLastIndex((card) => card.line <= line) + 1;
    problems.push({ row, column: '', code: 'mixedEncodings', params: { encoding }, severity: 'warning' });
  }
  const media = cards.reduce((sum, card) => sum + card.media, 0);
  if (media > 0) problems.push({ row: 0, column: '', code: 'cardMedia', params: { count: media }, severity: 'info' });
  if (stray > 0) problems.push({ row: 0, column: '', code: 'cardStray', params: { count: stray }, severity: 'info' });
  return problems;
}

/** Headers and values together → what each column is, and how sure that is. */
import { baseField } from './fields.ts';
import { matchHeader, presetOf } from './header-match.ts';
import { type ColumnLook, lookAtColumn } from './sniff.ts';
import { type Cell, cellText, oneLine } from './table.ts';
import type { ColumnView } from './views.ts';

export interface RecognisedColumns {
  readonly preset: string;
  /** Columns from here on repeat the ones before: another table stands beside. */
  readonly beside: number;
  readonly columns: readonly ColumnView[];
}

const is = (field: string, prefix: string): boolean => field === prefix || field.startsWith(`${prefix}.`);

/** Answers to headers that mean one thing beside other columns and another alone. */
const PLAIN_NAME = /^(?:name|имя и фамилия|nom|nome)$/iu;
const TITLE_HEADER = /^(?:title|titel|titre)$/i;

/**
 * True when no value of the column is what a guess says: «Phone verified: yes» holds no telephone, “Client since” no
 * company. Headers that stand literally in a list are believed.
 */
function contradicted(base: string, look: ColumnLook): boolean {
  if (base === 'phone.extension') return look.code === 0;
  if (is(base, 'phone') || base === 'org.phone' || base === 'contacts') return look.digits === 0 && look.email === 0;
  if (is(base, 'email') || base === 'org.email') return look.email === 0 && look.digits === 0 && look.address === 0;
  if (/^(?:birthday|anniversary|contract\.(?:date|start|end|term|amount))/.test(base)) return look.code === 0;
  if (base === 'contract.number') return look.code < 0.2;
  if (is(base, 'name') || base === 'org.name' || base === 'party' || base === 'jobTitle' || base === 'owner')
    return look.letters < 0.5 || look.date >= 0.5 || look.email >= 0.8;
  return false;
}

/** Corrects a header's answer by what the values are; a header that lies loses. */
function adjust(
  field: string,
  confidence: number,
  look: ColumnLook,
  raw: string,
  all: ReadonlySet<string>,
): { field: string; confidence: number } {
  const base = baseField(field);
  if (look.filled === 0) return { field, confidence };
  const many = look.filled >= 2;
  const keep = { field, confidence };
  if (base === 'ignored' || base.endsWith('.label') || base === 'email.display') return keep;
  const emailish = is(base, 'email') || base === 'org.email' || base === 'contacts';
  const linkish = is(base, 'link');
  const noteish = base === 'notes' || base === 'custom' || base === 'extra';
  if (!emailish && !linkish && !noteish && look.email >= 0.8 && !is(base, 'name'))
    return { field: 'email', confidence: many ? 0.9 : 0.75 };
  if (confidence < 0.9 && contradicted(base, look)) return { field: 'extra', confidence: 0 };
  // A slip that would make somebody of words that name nobody («Persona: Engineer»).
  if (base === 'name.full' && confidence < 0.8 && look.person < 0.3) return { field: 'extra', confidence: 0 };
  if (is(base, 'email') && look.email < 0.3) {
    if (look.phone >= 0.7) return { field: 'phone', confidence: 0.8 };
    if (look.address >= 0.5) return { field: 'address.mailing.formatted', confidence: 0.75 };
    if (look.filled >= 3) return { field, confidence: Math.min(confidence, 0.5) };
  }
  if (is(base, 'phone') && base !== 'phone.extension' && look.phone < 0.2 && look.url >= 0.7)
    return { field: 'link.web', confidence: 0.7 };
  // «Контакт», «Имя», «Клиент» mean different things in different tables.
  if (base === 'name.full' && /контакт|contact/iu.test(raw)) {
    if (look.phone >= 0.6) return { field: look.email > 0.2 ? 'contacts' : 'phone', confidence: 0.8 };
    if (look.email > 0 && look.person < 0.3) return { field: 'contacts', confidence: 0.75 };
  }
  if (
    base === 'name.full' &&
    /^(?:name|наименование|название)$/iu.test(raw) &&
    look.legalForm >= 0.4 &&
    !all.has('org.name')
  )
    return { field: 'org.name', confidence: 0.85 };
  if (base === 'name.full' && look.legalForm >= 0.6) return { field: 'party', confidence: 0.7 };
  // “Vorname | Name”: what is left beside a given name is the family's.
  if (base === 'name.full' && PLAIN_NAME.test(raw) && all.has('name.given') && !all.has('name.family'))
    return look.person < 0.3 ? { field: 'name.family', confidence: 0.9 } : keep;
  if (base === 'name.given' && look.person >= 0.6 && look.given < 0.3 && !all.has('name.family'))
    return { field: 'name.full', confidence: 0.85 };
  if (base === 'name.family' && look.person >= 0.6 && !all.has('name.given'))
    return { field: 'name.full', confidence: 0.85 };
  if (base === 'party' && look.person >= 0.8 && look.organisation === 0) return { field: 'name.full', confidence: 0.8 };
  if (base === 'party' && all.has('name.full') && look.person < 0.3) return { field: 'org.name', confidence };
  if (
    base === 'org.name' &&
    look.person >= 0.8 &&
    look.organisation < 0.1 &&
    look.legalForm === 0 &&
    !all.has('name.full') &&
    !all.has('name.family')
  )
    return { field: 'party', confidence: 0.6 };
  if (base === 'jobTitle' && TITLE_HEADER.test(raw) && look.title >= 0.6)
    return { field: 'name.prefix', confidence: 0.9 };
  if (base === 'name.prefix' && TITLE_HEADER.test(raw) && look.title < 0.2 && look.job >= 0.3 && !all.has('jobTitle'))
    return { field: 'jobTitle', confidence: 0.85 };
  if (base === 'birthday' && look.day === 1 && look.date === 0 && many && all.has('birthday.month'))
    return { field: 'birthday.day', confidence: 0.9 };
  // Words that many rows share («Физическое лицо») identify nobody.
  if (
    (base === 'externalId' || base === 'org.externalId') &&
    look.code < 0.5 &&
    (look.words >= 0.5 || look.distinct < 0.7)
  )
    return { field: 'extra', confidence: 0 };
  if (base === 'manager.name' || base === 'owner') return keep;
  if (base === 'contract.amount' && look.amount < 0.3 && look.filled >= 3)
    return { field, confidence: Math.min(confidence, 0.5) };
  // «Договор: да», “Agreement: yes” names no agreement.
  if (base === 'contract.number' && look.code === 0 && look.boolean > 0.5) return { field: 'extra', confidence: 0 };
  if (base === 'contract.number' && look.date >= 0.9 && many) return { field: 'contract.date', confidence: 0.7 };
  return keep;
}

/** Headers of codes and numbers that look like telephones or names of companies and are none. */
const NUMBERED =
  /паспорт|снилс|карт[аы]|счет|счёт|заказ|артикул|серия|полис|табель|инвентар|passport|card|order|invoice|iban|account|serial|sku|barcode|imei|код|code|(?:^|\P{L})(?:id|no|nr|номер)(?:$|\P{L})|label|метка|статус|status|type|тип|вид/iu;

/** What a column is when only its values speak. `header` is '' when the column has none. */
function byValues(
  look: ColumnLook,
  taken: ReadonlySet<string>,
  header: string,
): { field: string; confidence: number } | null {
  if (look.filled === 0) return null;
  const free = (field: string): boolean => !taken.has(field);
  // A name is whole or in parts; what looks like another name beside it is somebody else's.
  const whole = !free('name.full') || !free('party');
  const inParts = !free('name.family') || !free('name.given');
  if (look.email >= 0.7) return { field: 'email', confidence: 0.85 };
  if (look.linkedin >= 0.7) return { field: 'link.linkedin', confidence: 0.85 };
  if (look.inn >= 0.8) return { field: 'org.inn', confidence: 0.8 };
  // Under a header that nobody knows ten digits are a number of anything: a passport, a tax id, an order.
  const numbered = NUMBERED.test(header);
  const phone = header === '' ? look.phone : numbered ? look.plus : look.phoneShape;
  if (phone >= 0.7 && look.date < 0.5) return { field: 'phone', confidence: 0.75 };
  if (numbered) return null;
  if (look.url >= 0.7) return { field: 'link.web', confidence: 0.7 };
  if (look.patronymic >= 0.7 && free('name.patronymic') && !whole)
    return { field: 'name.patronymic', confidence: 0.75 };
  if (look.person >= 0.6 && !whole && !inParts) return { field: 'name.full', confidence: 0.7 };
  if (look.legalForm >= 0.4 && free('org.name')) return { field: 'org.name', confidence: 0.75 };
  if (look.given >= 0.6 && free('name.given') && !whole) return { field: 'name.given', confidence: 0.7 };
  if (look.city >= 0.6 && free('address.city')) return { field: 'address.city', confidence: 0.65 };
  if (look.job >= 0.5 && free('jobTitle')) return { field: 'jobTitle', confidence: 0.6 };
  if (look.family >= 0.6 && free('name.family') && !whole) return { field: 'name.family', confidence: 0.6 };
  if (look.organisation >= 0.5 && free('org.name')) return { field: 'org.name', confidence: 0.6 };
  if (header === '' && look.beside >= 0.6 && !whole && !inParts) return { field: 'contacts', confidence: 0.6 };
  if (look.address >= 0.6 && free('address.formatted')) return { field: 'address.formatted', confidence: 0.6 };
  return null;
}

/** The first values of a column, short enough to show. */
export function samplesOf(rows: readonly (readonly Cell[])[], index: number): readonly string[] {
  const samples: string[] = [];
  for (let i = 0; i < rows.length && samples.length < 3; i += 1) {
    const text = oneLine(cellText((rows[i] as readonly Cell[])[index]));
    if (text !== '') samples.push(text.length > 80 ? `${text.slice(0, 79)}…` : text);
  }
  return samples;
}

/** Fields that a record holds once; a second column of the kind keeps its own header. */
const SINGLE = new Set(['name.full', 'name.family', 'name.given', 'name.patronymic', 'org.name', 'party', 'birthday']);

/**
 * Where the headers begin again with the same words in the same order and a person's name among them: two tables side
 * by side. 0 for one table.
 */
function repeatedFrom(headers: readonly string[], fields: readonly string[]): number {
  const plain = headers.map((header) => header.replace(/ \(\d+\)$/, '').toLowerCase());
  const first = plain.findIndex((header) => !header.startsWith('#'));
  const again = plain.indexOf(plain[first] as string, first + 1);
  if (first < 0 || again < 0) return 0;
  const block = plain.slice(first, again).filter((header) => !header.startsWith('#'));
  const rest = plain.slice(again).filter((header) => !header.startsWith('#'));
  const named = fields.slice(first, again).some((field) => /^(?:name\.|org\.name$|party$)/.test(field));
  const repeats = block.length >= 2 && rest.length % block.length === 0;
  return named && repeats && rest.every((header, i) => header === block[i % block.length]) ? again : 0;
}

/**
 * Recognises every column. `rows` are the data rows; `hasHeader` false means that headers are invented and only values
 * speak. Unknown columns become `extra`: they are kept under their header.
 */
export function recogniseColumns(
  headers: readonly string[],
  rows: readonly (readonly Cell[])[],
  hasHeader: boolean,
): RecognisedColumns {
  const preset = hasHeader ? presetOf(headers) : '';
  const looks = headers.map((_, i) => lookAtColumn(rows, i));
  const matches = headers.map((header) => (hasHeader && !/^#\d+$/.test(header) ? matchHeader(header, preset) : null));
  const all = new Set(matches.map((match) => (match ? baseField(match.field) : '')));
  const taken = new Set<string>();
  const chosen = headers.map((header, i) => {
    const look = looks[i] as ColumnLook;
    const match = matches[i];
    const result = match
      ? preset !== '' && match.confidence === 1 && preset !== 'salesforce'
        ? { ...match }
        : adjust(match.field, match.confidence, look, header, all)
      : null;
    if (result) taken.add(baseField(result.field));
    return result;
  });
  // «Менеджер», «Телефон менеджера» beside the row's own person: the number is our colleague's.
  if (all.has('owner') && (all.has('name.full') || all.has('name.family')))
    chosen.forEach((one, i) => {
      if (one && /^(?:phone|email|link)/.test(one.field) && /менеджер|manager/iu.test(headers[i] as string))
        chosen[i] = { field: 'extra', confidence: 0.8 };
    });
  const beside = repeatedFrom(
    headers,
    chosen.map((one) => one?.field ?? ''),
  );
  headers.forEach((header, i) => {
    if (beside > 0 && i >= beside) chosen[i] = { field: 'extra', confidence: 0.8 };
    if (chosen[i]) return;
    const named = hasHeader && !/^#\d+$/.test(header);
    const found = byValues(looks[i] as ColumnLook, taken, named ? header : '');
    if (!found) return;
    chosen[i] = found;
    taken.add(found.field);
  });
  // A guess never takes the place of a column that is literally called so.
  const best = new Map<string, number>();
  chosen.forEach((one, i) => {
    if (!one || !SINGLE.has(one.field)) return;
    const previous = best.get(one.field);
    if (previous === undefined || one.confidence > (chosen[previous]?.confidence ?? 0)) best.set(one.field, i);
  });
  const columns = headers.map((header, index): ColumnView => {
    let one = chosen[index] ?? { field: 'extra', confidence: 0 };
    const again =
      one.field === 'name.full' && best.get(one.field) !== index ? /(?:^|\D)([2-9])\D*$/.exec(header) : null;
    // «Контактное лицо 2»: another person of the row, kept by name.
    if (again && (looks[index] as ColumnLook).person >= 0.5) one = { ...one, field: `name.full#${again[1]}` };
    else if (SINGLE.has(one.field) && best.get(one.field) !== index && one.confidence < 0.9)
      one = { field: 'extra', confidence: 0 };
    const samples = samplesOf(rows, index);
    return { index, header, field: one.field, confidence: Math.round(one.confidence * 100) / 100, samples };
  });
  return { preset, beside, columns };
}

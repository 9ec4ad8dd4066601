/** Records of any shape beside good ones: whatever asks for them afterwards is answered, and the good ones come out the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flat } from '../../../electron/cli/commands/reading.ts';
import { prepareCalendar } from '../../../electron/export/calendar-export.ts';
import { prepareContractDocument } from '../../../electron/export/contract-documents.ts';
import { readPortfolio } from '../../../electron/export/contract-reads.ts';
import { prepareSummary } from '../../../electron/export/summary-service.ts';
import { Reminders } from '../../../electron/reminders/reminders.ts';
import type { VaultApi } from '../../../electron/vault/api.ts';
import { openVaultService } from '../../../electron/vault/service.ts';
import { calendarEffects } from '../../../shared/calendars/effects.ts';
import { formatHlc } from '../../../shared/change/clock.ts';
import type { Change, Json } from '../../../shared/change/types.ts';
import { renewalsOf } from '../../../shared/compose/renewals-report.ts';
import { createExplainer } from '../../../shared/contract-dates/explain.ts';
import { decisionKinds } from '../../../shared/contracts/decide.ts';
import { pricesOf, pricesUntil } from '../../../shared/contracts/indexation.ts';
import { nextDue, upcomingDays } from '../../../shared/contracts/obligations.ts';
import { headOf } from '../../../shared/contracts/outlook.ts';
import { atRisk, portfolioDeadlines } from '../../../shared/contracts/portfolio.ts';
import { deadlineContract, rowDeadlines } from '../../../shared/contracts/row-deadlines.ts';
import { contractLane, laneRows } from '../../../shared/contracts/timeline.ts';
import { groupLanes, LANE_GROUPINGS } from '../../../shared/contracts/timeline-groups.ts';
import { reasonsOf } from '../../../shared/contracts/timeline-reasons.ts';
import { contractView } from '../../../shared/contracts/view.ts';
import { fieldOfProblem } from '../../../shared/contracts/wording.ts';
import { addDays } from '../../../shared/dates/plain-date.ts';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import type { DeviceSettings } from '../../../shared/ipc/contract.ts';
import { fitting } from '../../../shared/model/fitting.ts';
import { LIVE_TABLES, type ContractRow, type PromiseRow } from '../../../shared/model/rows.ts';
import { RECORD_FIELDS, RECORD_TYPES, fieldSpec } from '../../../shared/model/schema.ts';
import { sampleBatch } from '../../../shared/sample/index.ts';
import { createWords } from '../../../shared/words/value-words.ts';
import { draftOf } from '../../../renderer/screens/contracts/terms/terms-draft.ts';
import { amendmentDraft } from '../../../renderer/screens/contracts/amendments/amendment-draft.ts';
import { fakeKeychain } from './fake-keychain.ts';
import { folder, later, NOON } from './support.ts';

const TODAY = '2026-06-15';
const DEVICE = 'ab'.repeat(8);
type Fields = Readonly<Record<string, Json>>;
interface Foreign {
  readonly type: string;
  readonly record: string;
  readonly fields: Fields;
}

/** The sample's records, their ids beginning with `letter`. */
function sample(letter: string): Foreign[] {
  let n = 0;
  return sampleBatch('ru', TODAY, { newId: () => `${letter}${(n += 1)}` }).map(({ type, record, value }) => ({
    type,
    record: record === 'brand' && letter !== 'g' ? `${letter}brand` : record,
    fields: value as Fields,
  }));
}
const GOOD = sample('g');
const FOREIGN = sample('p');

const LONG = 'очень длинно '.repeat(20_000);
const junk: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    5,
    -1,
    0.5,
    1e300,
    -1e300,
    '',
    'x',
    '2026-02-31',
    '0001-01-01',
    '9999-12-31',
    [],
    {},
  ),
  fc.constantFrom<Json>(['a'], [null], { a: 1 }, { minor: 1.5, currency: '' }, { minor: 1, currency: 'рубль' }, LONG),
  // Records that are gone, other types' records, circles, and names that mean something to objects.
  fc.constantFrom<Json>('gone', 'p1', 'p2', 'p40', 'constructor', 'toString', 'valueOf', { to: 'start' }),
  fc.constantFrom<Json>({ years: 400 }, { months: -1 }, { workingDays: 1e9 }, { days: 0 }, { kind: 'recurring' }),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

type Path = readonly string[];
const isObject = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
function pathsOf(value: Json, path: Path = []): Path[] {
  return isObject(value)
    ? Object.entries(value).flatMap(([name, member]) => [[...path, name], ...pathsOf(member, [...path, name])])
    : [];
}
function put(value: Json | undefined, [name, ...rest]: Path, given: Json): Json {
  if (name === undefined) return given;
  const members = isObject(value) ? value : {};
  return { ...members, [name]: put(members[name], rest, given) };
}

/** A record of the sample with some of its values replaced, wherever they stand, and some fields that it did not have. */
const spoilt = fc
  .record({
    which: fc.nat(),
    places: fc.array(fc.tuple(fc.nat(), junk), { minLength: 1, maxLength: 4 }),
    fields: fc.array(fc.tuple(fc.nat(), junk), { maxLength: 3 }),
    key: fc.constantFrom('k', 'constructor', 'toString', 'й'.repeat(150)),
  })
  .map(({ which, places, fields, key }): Foreign => {
    const { type, record, fields: sound } = FOREIGN[which % FOREIGN.length] as Foreign;
    let value: Json = sound;
    for (const [at, given] of places) {
      const paths = pathsOf(value).filter(([field]) => field !== 'body');
      if (paths.length > 0) value = put(value, paths[at % paths.length] as Path, given);
    }
    const known = Object.keys(RECORD_FIELDS[type as keyof typeof RECORD_FIELDS]).filter((name) => name !== 'body');
    for (const [at, given] of fields) {
      const field = known[at % known.length] as string;
      value = put(value, [fieldSpec(type, field).kind === 'set' ? `${field}/${key}` : field], given);
    }
    return { type, record, fields: value as Fields };
  });

/** A vault with the records, each as one change, and what is said against them by somebody who had not seen them. */
async function vaultWith(records: readonly Foreign[], against: readonly Foreign[] = []): Promise<VaultApi> {
  const vault = openVaultService({ dir: folder(), keychain: fakeKeychain('libsecret'), now: () => NOON });
  later(() => void vault.close());
  await vault.create({ recovery: false });
  let n = 0;
  const id = (): string => formatHlc({ millis: NOON - 1_000_000 + (n += 1), counter: 0, device: DEVICE });
  const batch = id();
  const change = (type: string, record: string, field: string, value: Json): Change => ({
    id: id(),
    batch,
    type,
    record,
    field,
    value,
    base: [],
  });
  const made = records.map(({ type, record, fields }) => change(type, record, '$new', fields));
  const said = against.flatMap(({ type, record, fields }) =>
    Object.entries(fields)
      .slice(0, 6)
      .map(([field, value]) => change(type, record, field, value)),
  );
  const { applied, quarantined } = await vault.ingest([
    { batch: { id: batch, kind: 'edit', actor: 'Анна', device: DEVICE, time: NOON }, changes: [...made, ...said] },
  ]);
  expect({ applied, quarantined }).toEqual({ applied: made.length + said.length, quarantined: 0 });
  return vault;
}

const settings = { notificationNames: true, notifications: true, notifyFrom: 0, notifyUntil: 24, language: 'ru' };
const LOOK = { today: TODAY, language: 'ru' } as const;

/** Every door of the vault that only reads. */
async function readEverything(vault: VaultApi): Promise<void> {
  const translator = createTranslator('ru');
  const words = createWords({ language: 'ru', t: translator.t as never, exists: () => false });
  for (const table of LIVE_TABLES) await vault.fill({ table, limit: 2000, since: '2026-01-01' });
  for (const type of [...RECORD_TYPES, 'unknownType'] as 'person'[])
    for (const view of await vault.listAll(type)) {
      flat(view);
      for (const [field, value] of Object.entries(view.data)) words.value(field, value);
      await vault.promises({ organisation: view.id, meeting: view.id, contract: view.id });
    }
  for (const { record } of FOREIGN.slice(0, 60)) {
    for (const { field, value } of await vault.history(record)) if (value !== undefined) words.value(field, value);
    await vault.affiliations({ person: record });
    await vault.affiliations({ organisation: record });
    await vault.meetings({ organisation: record, limit: 50 });
    await vault.meetings({ person: record, limit: 50 });
  }
  await vault.bin();
  await vault.batches({});
  await vault.conflicts();
  const { items } = await vault.differences({});
  for (const { field, values, shown } of items)
    for (const value of [shown, ...values.map((one) => one.value)]) words.value(field, value);
  for (const text of ['Волга', 'x', '2026', 'constructor', '495']) await vault.search({ text, limit: 100 });
  await vault.handOverSize({ kind: 'all' });
  await vault.handOverSize({ kind: 'organisations', ids: ['p1', 'p2', 'gone'] });
  const index = await vault.duplicatesIndex();
  for (const { emails, phones, legalIds, name } of index.organisations)
    for (const one of [name, ...emails, ...phones, ...Object.values(legalIds)]) expect(one).toBeTypeOf('string');
  expect((await vault.verify()).problems).toEqual([]);
}

/** What is computed of the contracts and promises, each by each. */
async function computeEverything(vault: VaultApi): Promise<Map<string, unknown>> {
  const portfolio = await readPortfolio(vault, TODAY);
  const { packs, contracts, promises } = portfolio;
  const context = { today: TODAY, packs };
  const explainer = createExplainer('ru');
  const lanes = contracts.map((row: ContractRow) => {
    const view = contractView(row.wording, context);
    const contract = deadlineContract(row);
    draftOf(row.wording);
    for (const key of Object.keys(row.wording.amendments ?? {})) amendmentDraft(row.wording, key);
    if (view.ok) {
      headOf(contract, view, TODAY);
      decisionKinds(row.wording, view, context);
      pricesOf(view.terms, pricesUntil(view.dates, TODAY));
      for (const reason of view.dates.because) explainer.reason(reason);
    } else explainer.problem({ ...view.problem, field: fieldOfProblem(row.wording, view.problem) });
    const lane = contractLane(
      { contract, view, today: TODAY, promises: promises.filter((one) => one.contract === row.id) },
      { from: '2024-01-01', to: '2029-12-31' },
    );
    laneRows(lane);
    for (const item of lane.items) reasonsOf(view, item, lane.items);
    return lane;
  });
  for (const by of LANE_GROUPINGS)
    for (const sort of ['decideBy', 'end', 'value', 'name'] as const) groupLanes(lanes, { by, sort, text: 'x' });
  for (const promise of promises as readonly PromiseRow[]) {
    nextDue(promise, TODAY);
    upcomingDays(promise, TODAY, 3);
  }
  atRisk(portfolioDeadlines(contracts, promises, { ...context, until: addDays(TODAY, 731) }), TODAY);
  calendarEffects(contracts, packs, [], TODAY);
  renewalsOf(portfolio, { by: 'month', months: 12 });
  const reminders = new Reminders({
    vault,
    settings: () => settings as DeviceSettings,
    today: () => TODAY,
    hour: () => 12,
    show: async () => undefined,
    remove: () => undefined,
  });
  await vault.setMeta('reminders', { seen: '2026-05-01', shown: {} });
  await reminders.check();
  await reminders.due();
  await reminders.catchUp();
  const found = new Map<string, unknown>(lanes.map((lane) => [lane.contract.id, lane]));
  for (const deadline of rowDeadlines(portfolio)) found.set(deadline.id, deadline);
  return found;
}

/** Documents and files of one record; those of every kind that there are. */
async function makeDocuments(vault: VaultApi, of: Foreign): Promise<string[]> {
  const { record, type } = of;
  const request = { ...LOOK, isPrivate: false, now: NOON, zone: 'Europe/Moscow' };
  if (type === 'meeting')
    return [
      ...(await Promise.all(
        (['standard', 'protocol', 'internal'] as const).map(
          async (layout) => (await prepareSummary(vault, { ...LOOK, meeting: record, layout })).html,
        ),
      )),
      (await prepareCalendar(vault, { ...request, meeting: record }).catch(nothingToWrite)).text,
    ];
  if (type === 'contract')
    return [
      ...(await Promise.all(
        (['internal', 'client'] as const).map(
          async (audience) =>
            (
              await prepareContractDocument(vault, { kind: 'sheet', language: 'ru', contract: record, audience }, TODAY)
            ).html,
        ),
      )),
      (await prepareCalendar(vault, { ...request, contract: record }).catch(nothingToWrite)).text,
    ];
  return [];
}
function nothingToWrite(error: unknown): { readonly text: string } {
  if ((error as { error?: { code?: string } }).error?.code !== 'calendar.nothing') throw error;
  return { text: '' };
}
async function makeReports(vault: VaultApi): Promise<void> {
  await prepareContractDocument(vault, { kind: 'renewals', by: 'month', months: 12, language: 'ru' }, TODAY);
  await prepareContractDocument(
    vault,
    { kind: 'timeline', paper: 'A4', group: 'organisation', years: 3, language: 'ru' },
    TODAY,
  );
  await prepareCalendar(vault, { ...LOOK, isPrivate: false, now: NOON, zone: 'Europe/Moscow' });
}

/** Rows of the good records, by id. */
async function goodRows(vault: VaultApi): Promise<Map<string, unknown>> {
  const rows = new Map<string, unknown>();
  for (const table of LIVE_TABLES)
    for (const row of (await vault.fill({ table, limit: 2000 })).rows)
      if (row.id.startsWith('g')) rows.set(row.id, row);
  return rows;
}

describe('records of any shape', () => {
  it('are read by everything that reads, and the good ones come out the same', async () => {
    const sound = await vaultWith(GOOD);
    const rows = await goodRows(sound);
    const computed = await computeEverything(sound);
    expect(rows.size).toBeGreaterThan(40);
    const documented = GOOD.filter(({ type }) => type === 'meeting' || type === 'contract').slice(0, 2);
    const documents = await Promise.all(documented.map((one) => makeDocuments(sound, one)));
    await fc.assert(
      fc.asyncProperty(fc.array(spoilt, { minLength: 10, maxLength: 25 }), async (list) => {
        const spoiltById = new Map(list.map((one) => [one.record, one]));
        const foreign = FOREIGN.map((one) => spoiltById.get(one.record) ?? one);
        const unknown = { type: 'unknownType', record: 'punknown', fields: list[0]?.fields ?? {} };
        const vault = await vaultWith([...GOOD, ...foreign, unknown], list.slice(0, 5));
        await readEverything(vault);
        const found = await computeEverything(vault);
        expect(await goodRows(vault)).toEqual(rows);
        for (const [id, value] of computed) if (id.startsWith('g')) expect(found.get(id)).toEqual(value);
        for (const one of list) {
          fitting(one.type, one.fields);
          await makeDocuments(vault, one);
        }
        await makeReports(vault);
        for (const [place, one] of documented.entries())
          expect(await makeDocuments(vault, one)).toEqual(documents[place]);
        await vault.close();
      }),
      // A failing vault is not made smaller: each attempt would make another vault.
      { numRuns: 10, endOnFailure: true },
    );
  }, 600_000);

  it.each([
    ['notice', { months: 'x' }, 'notice', 'periodEmpty'],
    ['notice', 3, 'notice', 'periodEmpty'],
    ['start', 20_260_101, 'start', 'notADate'],
    ['decisions/k', 5, 'decisions[0].date', 'notADate'],
    ['amendments/k', { effective: '2026-05-01', changes: 'x' }, 'amendments[0].changes.term', 'periodEmpty'],
    ['indexation', [1], 'indexation.base.amount', 'notADecimal'],
  ] as const)(
    'a contract whose %s is %j is refused by that name, not read without it',
    async (field, value, at, code) => {
      const fields = { start: '2026-01-01', term: { years: 1 }, notice: { months: 1 }, [field]: value as Json };
      const vault = await vaultWith([{ type: 'contract', record: 'c', fields }]);
      const [row] = (await vault.fill({ table: 'contracts', limit: 5 })).rows as ContractRow[];
      const view = contractView((row as ContractRow).wording, { today: TODAY, packs: [] });
      expect(view).toMatchObject({ ok: false, problem: { field: at, code } });
    },
  );

  it('a meeting without a readable day is one without a day, and hides no other', async () => {
    const vault = await vaultWith([
      { type: 'organisation', record: 'o', fields: { name: 'Волга' } },
      { type: 'meeting', record: 'm1', fields: { title: 'А', organisation: 'o', start: '2026-07-40T10:00' } },
      { type: 'meeting', record: 'm2', fields: { title: 'Б', organisation: 'o', start: '2026-08-03T10:00' } },
    ]);
    const [row] = (await vault.fill({ table: 'organisations', limit: 5 })).rows;
    expect(row).toMatchObject({ nextMeeting: '2026-08-03T10:00' });
    const { rows } = await vault.meetings({ organisation: 'o', limit: 5 });
    expect(rows.map(({ id, start }) => [id, start])).toEqual([
      ['m2', '2026-08-03T10:00'],
      ['m1', ''],
    ]);
  });

  it('a letterhead, names that mean something to objects and references to other types make a document', async () => {
    const vault = await vaultWith([
      ...GOOD.filter(({ type }) => type !== 'brand'),
      { type: 'brand', record: 'brand', fields: { name: 5, address: [], logo: {}, colour: null, footer: true } },
      {
        type: 'meeting',
        record: 'm',
        fields: {
          title: 'Встреча',
          organisation: 'constructor',
          'attendees/constructor': { person: 'constructor', name: 'Ёлкина', side: 'theirs', presence: 'present' },
          'attendees/b': { person: GOOD.find(({ type }) => type === 'contract')?.record ?? '' },
          'agenda/a': { text: { a: 1 }, visibility: 'client' },
        },
      },
      { type: 'contract', record: 'c', fields: { organisation: 'constructor', 'people/a': { person: 'toString' } } },
    ]);
    const [html] = await makeDocuments(vault, { type: 'meeting', record: 'm', fields: {} });
    expect(html).toContain('Ёлкина');
    expect(html).not.toContain('Object');
    await makeDocuments(vault, { type: 'contract', record: 'c', fields: {} });
    await makeReports(vault);
  });
});

/** Records whose values have shapes that no screen writes: every screen stands, and the sound records are there beside them. */
import { join } from 'node:path';
import { goTo, inside, type Journey, rendered, settled, unlock } from '../../build/driver/journey.ts';
import { showContracts } from '../../build/driver/screens.ts';
import { ask } from '../../build/driver/sync-members.ts';
import { openVaultService } from '../../electron/vault/service.ts';
import { formatHlc } from '../../shared/change/clock.ts';
import type { Change, Json } from '../../shared/change/types.ts';
import { fieldSpec, RECORD_FIELDS } from '../../shared/model/schema.ts';
import { sampleBatch } from '../../shared/sample/index.ts';
import { expect, PASSPHRASE, test, todayHere } from './support.ts';

const DEVICE = 'cd'.repeat(8);
const LONG = 'слово '.repeat(4000);
/** Each record has one of them in all its fields. */
const JUNK: readonly Json[] = [
  5,
  1e300,
  [null, ['a']],
  {},
  { deep: { deep: [{}] } },
  '2026-02-31',
  'constructor',
  LONG,
  '9999-12-31',
];
const KINDS = ['organisation', 'person', 'affiliation', 'meeting', 'promise', 'contract', 'calendar'] as const;
type Members = Readonly<Record<string, Json>>;
const isObject = (value: Json | undefined): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Everything within the value that is no object becomes junk: the shape stays, what stands in it does not. */
const spoilt = (value: Json, junk: Json): Json =>
  isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, spoilt(member, junk)]))
    : junk;

/** Of each kind: records all of whose fields are junk, records of the sample with junk in the place of each text and number. */
function foreign(today: string, id: () => string): Change[] {
  const sound = sampleBatch('ru', today, { newId: id });
  const people = sound.filter(({ type }) => type === 'person').map(({ record }) => record);
  const batch = id();
  const made: Change[] = [];
  const add = (type: string, record: string, fields: Members): void => {
    made.push({ id: id(), batch, type, record, field: '$new', value: fields, base: [] });
  };
  for (const { type, record, value } of sound) add(type, record, value as Members);
  for (const type of KINDS)
    for (const [n, junk] of JUNK.entries()) {
      const fields: Record<string, Json> = {};
      for (const name of Object.keys(RECORD_FIELDS[type]))
        if (name !== 'body') fields[fieldSpec(type, name).kind === 'set' ? `${name}/k` : name] = junk;
      add(type, `${type}-all-${n}`, fields);
      const examples = sound.filter((one) => one.type === type);
      const merged = Object.assign({}, ...examples.map(({ value }) => value)) as Members;
      const { body: _, ...rest } = merged;
      const members = spoilt(rest, junk) as Members;
      // What has a name is found in the lists; what belongs to a sound record stands on its page.
      const named: Members = {
        ...(type === 'contract' || type === 'meeting' ? { title: `Негодное ${n}` } : {}),
        ...(type === 'organisation' ? { name: `Негодное ${n}` } : {}),
        ...(type === 'person' ? { name: { family: `Негодное ${n}`, given: junk } } : {}),
        ...(type === 'promise' ? { text: `Негодное ${n}`, meeting: 'meeting-in-0', contract: 'contract-in-0' } : {}),
        ...(type === 'affiliation' ? { person: people[0] ?? '', organisation: `person-in-${n}` } : {}),
        ...(type === 'contract' ? { start: '2026-01-01', organisation: people[0] ?? '' } : {}),
      };
      add(type, `${type}-in-${n}`, { ...members, ...named });
    }
  return made;
}

async function stands({ page, t }: Journey, where: string): Promise<void> {
  await rendered(page);
  expect(await page.getByText(t('shell.failedTitle')).count(), where).toBe(0);
}

test('every screen stands with records of any shape in the vault', async ({ start, folder }) => {
  test.setTimeout(600_000);
  const profile = join(folder, 'profile');
  const vault = openVaultService({ dir: join(profile, 'vault') });
  await vault.create({ passphrase: PASSPHRASE, recovery: true });
  const now = Date.now();
  let n = 0;
  const id = (): string => formatHlc({ millis: now - 1_000_000 + (n += 1), counter: 0, device: DEVICE });
  const changes = foreign(todayHere(), id);
  const batch = { id: changes[0]?.batch ?? '', kind: 'edit', actor: 'Чужой', device: DEVICE, time: now } as const;
  const conflicting = changes
    .filter(({ record }) => record.includes('-in-'))
    .flatMap(({ type, record }): Change[] =>
      ['title', 'name', 'start', 'value', 'visibility', 'owner'].map((field) => ({
        id: id(),
        batch: batch.id,
        type,
        record,
        field,
        value: { minor: 1.5, currency: 'x' },
        base: [],
      })),
    )
    .filter(({ record }) => /-(?:0|8)$/.test(record));
  const { quarantined } = await vault.ingest([{ batch, changes: [...changes, ...conflicting] }]);
  expect(quarantined).toBe(0);
  await vault.close();

  const journey = await start({ profile });
  const { page, t } = journey;
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await ask(journey, 'app:settings', { userName: 'Анна', language: 'ru' });
  await unlock(journey, PASSPHRASE);
  await inside(journey);
  await goTo(journey, 'today');
  await stands(journey, 'today');
  for (const place of ['settings', 'bin', 'import'] as const) {
    await goTo(journey, place);
    await stands(journey, place);
  }
  for (const view of ['timeline', 'decisions', 'list'] as const) {
    await showContracts(journey, view);
    await stands(journey, `contracts ${view}`);
  }
  await page.keyboard.press('Alt+Digit6');
  await page
    .getByRole('heading', { name: t('differences.title') })
    .first()
    .waitFor();
  await stands(journey, 'differences');
  for (const place of ['contracts', 'meetings', 'people', 'organisations'] as const) {
    await goTo(journey, place);
    const grid = page.getByRole('grid').first();
    const counted = async (): Promise<number> => Number(await grid.getAttribute('aria-rowcount')) - 1;
    // A list is there before its rows have been read.
    await expect.poll(counted, { message: place }).toBeGreaterThan(JUNK.length);
    const rows = await counted();
    await grid.locator('[role="row"][aria-selected]').first().click();
    for (let row = 0; row < rows; row += 1) {
      await settled(page);
      await stands(journey, `${place}, row ${row + 1}`);
      await grid.press('ArrowDown');
    }
  }
  expect(errors).toEqual([]);
});

/** Rows of lists that say something else because time passes: the last meeting, the next one, who works where. */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openVaultService } from '../../../electron/vault/service.ts';
import { addDays, wallTime } from '../../../shared/dates/plain-date.ts';
import { LIVE_TABLES, type LiveUpdate } from '../../../shared/model/rows.ts';
import { folder, joined, later, make, ME, newVault, NOON, type TestVault } from './support.ts';

const MINUTE = 60_000;
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
/** What the clock on the wall shows so many minutes after noon. */
const wall = (minutes: number): string => wallTime(HERE, NOON + minutes * MINUTE);

/** Every row as a list that is filled now would have it, by table and id. */
function filled({ vault }: TestVault): Map<string, unknown> {
  return new Map(
    LIVE_TABLES.flatMap((table) => vault.fill({ table, limit: 500 }).rows.map((row) => [`${table}/${row.id}`, row])),
  );
}

afterEach(() => void vi.useRealTimers());

describe('rows in an open window', () => {
  it('follow the clock: after any time, forwards or back, they are what a new list would be', () => {
    const at = fc.integer({ min: -3000, max: 3000 });
    fc.assert(
      fc.property(
        fc.array(fc.record({ start: at, person: fc.nat(2), organisation: fc.nat(2), allDay: fc.boolean() }), {
          maxLength: 6,
        }),
        fc.array(fc.record({ until: fc.integer({ min: -3, max: 3 }), person: fc.nat(2), organisation: fc.nat(2) }), {
          maxLength: 4,
        }),
        fc.array(at, { minLength: 1, maxLength: 6 }),
        (meetings, posts, looks) => {
          const here = newVault();
          const ids = [0, 1, 2];
          here.commit(
            ...ids.map((n) => make('organisation', `o${n}`, { name: `O${n}` })),
            ...ids.map((n) => make('person', `p${n}`, { name: { family: `P${n}` } })),
            ...meetings.map(({ start, person, organisation, allDay }, n) =>
              make('meeting', `m${n}`, {
                title: 'M',
                start: wall(start).slice(0, allDay ? 10 : 16),
                organisation: `o${organisation}`,
                'attendees/a': { person: `p${person}`, name: 'P' },
              }),
            ),
            ...posts.map(({ until, person, organisation }, n) =>
              make('affiliation', `a${n}`, {
                person: `p${person}`,
                organisation: `o${organisation}`,
                until: addDays(wall(0).slice(0, 10), until),
              }),
            ),
          );
          const shown = filled(here);
          for (const minutes of looks) {
            here.setNow(NOON + minutes * MINUTE);
            const { put } = joined([...(here.vault.turned() ?? [])]);
            for (const table of LIVE_TABLES) for (const row of put[table] ?? []) shown.set(`${table}/${row.id}`, row);
            expect(shown).toEqual(filled(here));
            expect(here.vault.turned()).toBeNull();
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are told of it while the vault stays open, and of nothing when nothing has changed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let now = NOON;
    const vault = openVaultService({ dir: folder(), now: () => now });
    later(() => void vault.close());
    await vault.create({ passphrase: 'a passphrase of some length', recovery: false });
    await vault.commit(
      {
        kind: 'edit',
        changes: [
          make('organisation', 'o1', { name: 'O' }),
          make('meeting', 'm1', { title: 'M', start: wall(30), organisation: 'o1' }),
        ],
      },
      ME,
    );
    const { rows } = await vault.fill({ table: 'organisations', limit: 10 });
    expect(rows).toMatchObject([{ id: 'o1', nextMeeting: wall(30) }]);
    const updates: LiveUpdate[] = [];
    vault.onUpdate((update) => updates.push(update));
    now += 29 * MINUTE;
    vi.advanceTimersByTime(MINUTE);
    expect(updates).toEqual([]);
    now += MINUTE;
    vi.advanceTimersByTime(MINUTE);
    expect(updates).toMatchObject([{ put: { organisations: [{ id: 'o1', lastMeeting: wall(30) }] }, records: [] }]);
    expect(updates[0]?.put.organisations?.[0]).not.toHaveProperty('nextMeeting');
    await vault.lock();
    now += 24 * 60 * MINUTE;
    vi.advanceTimersByTime(MINUTE);
    expect(updates).toHaveLength(1);
  });
});

describe('what a new device gets first', () => {
  afterEach(() => void vi.unstubAllEnvs());

  it('reaches to the end of the week ahead when clocks are set back in it', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    const here = newVault();
    // A quarter past midnight; that week has an hour more than others.
    const now = Date.UTC(2026, 9, 23, 22, 15);
    expect(new Date(now).getHours()).toBe(0);
    here.setNow(now);
    here.commit(
      make('meeting', 'last', { title: 'M', start: '2026-10-31T10:00' }),
      make('meeting', 'beyond', { title: 'M', start: '2026-11-01T10:00' }),
    );
    expect(here.vault.firstRecords()).toEqual(['last', 'brand']);
  });
});

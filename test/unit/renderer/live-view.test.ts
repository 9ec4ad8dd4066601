import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveDatabase } from '../../../renderer/db/live-database.ts';
import { type FillSource, LiveView, onRecordsChanged, useFill } from '../../../renderer/db/live-view.ts';
import type { FillPage, LiveTable, LiveUpdate, OrganisationRow } from '../../../shared/model/rows.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

const organisation = (id: string, name: string): OrganisationRow => ({
  id,
  name,
  sortName: name,
  kinds: [],
  industry: '',
  city: '',
  phone: '',
  email: '',
  tags: [],
  owner: '',
  people: 0,
  openPromises: 0,
  changedAt: 0,
  conflicts: 0,
});

/** A vault that answers what it is told and remembers what was asked. */
class FakeVault implements FillSource {
  readonly asked: string[] = [];
  readonly pages = new Map<LiveTable, FillPage[]>();
  failing: LiveTable | null = null;
  beforePage: (table: LiveTable) => Promise<void> = async () => undefined;
  listener: ((update: LiveUpdate) => void) | undefined;
  today = (): string => '2026-05-31';
  painted: () => Promise<void> = async () => undefined;
  async fill({ table, since, until, after }: Parameters<FillSource['fill']>[0]): Promise<Result<FillPage>> {
    this.asked.push([table, since, until, after].filter(Boolean).join(' '));
    await this.beforePage(table);
    if (this.failing === table) return fail('vault.damaged');
    const pages = this.pages.get(table) ?? [];
    return ok(pages[after === undefined ? 0 : Number(after)] ?? { table, rows: [], seq: 1 });
  }
  subscribe(listener: (update: LiveUpdate) => void): () => void {
    this.listener = listener;
    return () => {
      this.listener = undefined;
    };
  }
}

let count = 0;
let db: LiveDatabase;
let vault: FakeVault;
let view: LiveView;
beforeEach(() => {
  count += 1;
  db = new LiveDatabase(`live-${count}`);
  vault = new FakeVault();
  view = new LiveView(db, vault);
});
const names = async (): Promise<string[]> => (await db.organisations.toArray()).map((row) => row.name);

describe('The live view', () => {
  it('is filled in the order in which screens need it', async () => {
    await view.fill();
    expect(vault.asked).toEqual([
      'meetings 2026-05-30 2026-06-08',
      'promises',
      'meetings 2026-04-01',
      'calendars',
      'contracts',
      'organisations',
      'people',
      'meetings 2025-05-30',
    ]);
    expect(useFill.getState().phase).toBe('ready');
  });

  it('follows the pages to the last one', async () => {
    vault.pages.set('organisations', [
      { table: 'organisations', rows: [organisation('1', 'A')], next: '1', seq: 1 },
      { table: 'organisations', rows: [organisation('2', 'B')], seq: 1 },
    ]);
    await view.fill();
    expect(await names()).toEqual(['A', 'B']);
    expect(useFill.getState().rows).toBe(2);
  });

  it('does not overwrite an update with a page that was read before it', async () => {
    vault.pages.set('organisations', [{ table: 'organisations', rows: [organisation('1', 'old')], seq: 5 }]);
    vault.beforePage = async (table) => {
      if (table === 'organisations') {
        vault.listener?.({ seq: 6, put: { organisations: [organisation('1', 'new')] }, remove: {}, records: ['1'] });
      }
    };
    await view.fill();
    expect(await names()).toEqual(['new']);
  });

  it('does not bring back what was deleted while it was being filled', async () => {
    vault.pages.set('organisations', [{ table: 'organisations', rows: [organisation('1', 'gone')], seq: 5 }]);
    vault.beforePage = async (table) => {
      if (table === 'organisations') {
        vault.listener?.({ seq: 6, put: {}, remove: { organisations: ['1'] }, records: ['1'] });
      }
    };
    await view.fill();
    expect(await names()).toEqual([]);
  });

  it('takes a page that is newer than an update', async () => {
    vault.pages.set('organisations', [{ table: 'organisations', rows: [organisation('1', 'newest')], seq: 7 }]);
    vault.beforePage = async (table) => {
      if (table === 'organisations') {
        vault.listener?.({ seq: 6, put: { organisations: [organisation('1', 'older')] }, remove: {}, records: ['1'] });
      }
    };
    await view.fill();
    expect(await names()).toEqual(['newest']);
  });

  it('tells which records changed only after it has the change', async () => {
    await view.fill();
    const heard: (readonly [readonly string[], string[]])[] = [];
    const stop = onRecordsChanged((records) => {
      void names().then((now) => heard.push([records, now]));
    });
    vault.listener?.({ seq: 9, put: { organisations: [organisation('3', 'C')] }, remove: {}, records: ['3', 'x'] });
    await vi.waitFor(() => expect(heard).toEqual([[['3', 'x'], ['C']]]), { timeout: 60_000 });
    stop();
  });

  it('lets Today be drawn before it goes on', async () => {
    let go = (): void => undefined;
    const asked = new Promise<readonly string[]>((done) => {
      vault.painted = () =>
        new Promise((drawn) => {
          go = drawn;
          done([...vault.asked]);
        });
    });
    const filled = view.fill();
    expect((await asked).at(-1)).toBe('promises');
    expect(useFill.getState().complete).toEqual(['promises']);
    go();
    await filled;
    expect(useFill.getState().phase).toBe('ready');
  });

  it('says what failed and keeps what it has', async () => {
    vault.pages.set('organisations', [{ table: 'organisations', rows: [organisation('1', 'A')], seq: 1 }]);
    vault.failing = 'people';
    await view.fill();
    expect(useFill.getState()).toMatchObject({ phase: 'failed', error: { code: 'vault.damaged' } });
    expect(await names()).toEqual(['A']);
  });

  it('is empty and deaf after clearing', async () => {
    vault.pages.set('organisations', [{ table: 'organisations', rows: [organisation('1', 'A')], seq: 1 }]);
    await view.fill();
    await view.clear();
    expect(await names()).toEqual([]);
    expect(vault.listener).toBeUndefined();
    expect(useFill.getState().phase).toBe('empty');
  });

  it('stops an older filling when a newer begins', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    vault.pages.set('promises', []);
    vault.beforePage = async (table) => {
      if (table === 'promises' && vault.asked.filter((a) => a === 'promises').length === 1) await gate;
    };
    const first = view.fill();
    await vi.waitFor(() => expect(vault.asked).toContain('promises'), { timeout: 60_000 });
    const second = view.fill();
    release();
    await Promise.all([first, second]);
    expect(vault.asked.filter((a) => a === 'people')).toHaveLength(1);
    expect(useFill.getState().phase).toBe('ready');
  });
});

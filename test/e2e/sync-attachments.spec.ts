import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goTo, type Journey } from '../../build/driver/journey.ts';
import { answerDialogs } from '../../build/driver/launch.ts';
import { finds } from './find-words.ts';
import { expect, test } from './support.ts';
import { member } from './sync-member.ts';
import { ask, commit, exchanged, invitation, joinBy } from '../../build/driver/sync-members.ts';
import { startSyncServer, type SyncServer } from '../../build/driver/sync-server.ts';

const MEGABYTE = 1_048_576;
const STORED = 'rapport_sync_requests_total{route="PUT /v1/blobs/:blob/chunks/:chunk",status="200"}';
const GIVEN = 'rapport_sync_requests_total{route="GET /v1/blobs/:blob/chunks/:chunk",status="200"}';

/** The page of the organisation that both know. */
async function openOrganisation(journey: Journey): Promise<void> {
  await goTo(journey, 'organisations');
  await journey.page.getByRole('grid').getByText('Ромашка').first().click();
  await expect(journey.page.getByRole('button', { name: journey.t('attachments.add') })).toBeVisible();
}
const row = ({ page }: Journey, name: string) => page.locator('[data-attachment]').filter({ hasText: name });

/** Opens a file by its name and resolves to what another program would be given. */
async function opened(journey: Journey, name: string): Promise<Buffer> {
  const { app } = journey.running;
  await app.evaluate(({ shell }) => {
    shell.openPath = async (path) => {
      (globalThis as { opened?: string }).opened = path;
      return '';
    };
  });
  await row(journey, name).getByText(name).click();
  const path = (): Promise<string> =>
    app.evaluate(() => (globalThis as { opened?: string }).opened ?? '') as Promise<string>;
  await expect.poll(path, { timeout: 60_000 }).toContain(name);
  return readFileSync(await path());
}

test.describe('attachments of two applications and the real server', () => {
  test.setTimeout(600_000);
  let server: SyncServer;
  test.beforeAll(async () => {
    test.setTimeout(240_000);
    server = await startSyncServer();
  });
  test.afterAll(() => server.stop());

  test('travel, are cut and go on, wait and are fetched; nobody in between can read them', async ({
    start,
    folder,
  }) => {
    const planted = `Слово${randomBytes(9).toString('hex')}`;
    const contract = Buffer.concat([Buffer.from(`${planted} `.repeat(200)), randomBytes(6 * MEGABYTE)]);
    const scan = Buffer.concat([Buffer.from(planted), randomBytes(2 * MEGABYTE)]);
    const files = { contract: `${planted}-договор.pdf`, scan: `${planted}-скан.pdf` };
    writeFileSync(join(folder, files.contract), contract);
    writeFileSync(join(folder, files.scan), scan);
    const anna = await member(start, folder, 'Анна');
    await commit(anna, { type: 'organisation', record: 'org-romashka', field: '$new', value: { name: 'Ромашка' } });
    await joinBy(anna, server.code, 'Ноутбук Анны');
    const boris = await member(start, folder, 'Борис');
    await joinBy(boris, await invitation(anna), 'Компьютер Бориса');
    await exchanged(anna, boris);

    await test.step('a file is added without a connection, and says that it has not gone out', async () => {
      server.wire.set('cut');
      await openOrganisation(anna);
      await answerDialogs(anna.running.app, [join(folder, files.contract)]);
      await anna.page.getByRole('button', { name: anna.t('attachments.add') }).click();
      await expect(row(anna, files.contract)).toBeVisible();
      expect((await opened(anna, files.contract)).equals(contract)).toBe(true);
    });

    await test.step('cut in the middle, it goes on without sending what has arrived', async () => {
      server.wire.cutAfter(5 * MEGABYTE);
      await expect(async () => {
        await ask(anna, 'sync:now', undefined).catch(() => undefined);
        expect(server.wire.isCut).toBe(true);
      }).toPass({ timeout: 60_000 });
      await expect(row(anna, files.contract)).toHaveAttribute('data-attachment', 'unsent');
      const before = await server.metric(STORED);
      expect(before).toBeGreaterThan(0);
      expect(before).toBeLessThan(7);
      server.wire.set('whole');
      await exchanged(anna);
      await expect(row(anna, files.contract)).toHaveAttribute('data-attachment', 'here', { timeout: 60_000 });
      // An answer that the cut swallowed is not counted; a chunk that was sent twice would be.
      expect(await server.metric(STORED)).toBeLessThanOrEqual(7);
      expect(await server.metric(STORED)).toBeGreaterThan(before);
    });

    await test.step('the same on the way to the other one, where it opens', async () => {
      server.wire.cutAfter(5 * MEGABYTE);
      await expect(async () => {
        await ask(boris, 'sync:now', undefined).catch(() => undefined);
        expect(server.wire.isCut).toBe(true);
      }).toPass({ timeout: 60_000 });
      await openOrganisation(boris);
      await expect(row(boris, files.contract)).not.toHaveAttribute('data-attachment', 'here');
      server.wire.set('whole');
      await exchanged(boris);
      await expect(row(boris, files.contract)).toHaveAttribute('data-attachment', 'here', { timeout: 60_000 });
      // At most what was under way at the cut was asked for twice.
      expect(await server.metric(GIVEN)).toBeLessThanOrEqual(7 + 3);
      expect((await opened(boris, files.contract)).equals(contract)).toBe(true);
    });

    await test.step('stopped by a person it waits in words, and comes when it is opened', async () => {
      await ask(boris, 'sync:options', { filesStopped: true });
      await answerDialogs(anna.running.app, [join(folder, files.scan)]);
      await anna.page.getByRole('button', { name: anna.t('attachments.add') }).click();
      await exchanged(anna);
      await expect(row(anna, files.scan)).toHaveAttribute('data-attachment', 'here', { timeout: 60_000 });
      await exchanged(boris);
      await expect(row(boris, files.scan)).toHaveAttribute('data-attachment', 'waiting', { timeout: 60_000 });
      await expect(row(boris, files.scan)).toContainText(boris.t('attachments.waiting'));
      await goTo(boris, 'settings');
      await expect(boris.page.getByText(boris.t('sync.files.held.stopped'))).toBeVisible();
      await openOrganisation(boris);
      expect((await opened(boris, files.scan)).equals(scan)).toBe(true);
      await expect(row(boris, files.scan)).toHaveAttribute('data-attachment', 'here');
      await ask(boris, 'sync:options', { filesStopped: false });
    });

    await test.step('an owner sets the time without contact, and everybody sees it', async () => {
      const { page, t } = anna;
      await goTo(anna, 'settings');
      await page.getByRole('button', { name: t('sync.lease') }).click();
      await page.getByRole('option', { name: t('sync.days', { count: 14 }) }).click();
      await expect(page.getByText(t('sync.leaseSet'))).toBeVisible();
      await exchanged(boris);
      expect((await ask(boris, 'sync:status', undefined)).lease?.days).toBe(14);
    });

    await test.step('neither the server’s files nor the vaults show a word of them', async () => {
      expect(finds(server.data, [planted, 'договор.pdf', 'Ромашка'])).toEqual([]);
      for (const name of ['Анна', 'Борис']) expect(finds(join(folder, name), [planted])).toEqual([]);
    });
  });

  test('what a clock made that is a month ahead reaches the others at once, with the right time', async ({
    start,
    folder,
  }) => {
    const code = await (async () => {
      const made = (await server.admin('workspace', 'create')) as { readonly code: string };
      return made.code;
    })();
    const value = { name: 'Василёк' };
    const vera = await member(start, folder, 'Вера', {
      ahead: 30 * 86_400_000,
      changes: [{ type: 'organisation', record: 'org-early', field: '$new', value }],
    });
    await joinBy(vera, code, 'Ноутбук Веры');
    await exchanged(vera);
    const gleb = await member(start, folder, 'Глеб');
    await joinBy(gleb, await invitation(vera), 'Компьютер Глеба');
    await exchanged(vera, gleb);
    const [record] = await ask(gleb, 'vault:records', { ids: ['org-early'] });
    expect(record?.data['name']).toBe('Василёк');
    const history = await ask(gleb, 'vault:history', { id: 'org-early' });
    for (const { time } of history) expect(time).toBeLessThan(Date.now() + 300_000);
    expect((await ask(gleb, 'sync:status', undefined)).quarantined).toBe(0);
  });
});

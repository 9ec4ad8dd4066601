import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { goTo, inside, type Journey, unlock } from '../../build/driver/journey.ts';
import { vaultWithDifferences } from './colleague.ts';
import { expect, PASSPHRASE, test, todayHere } from './support.ts';
import { member } from './sync-member.ts';
import { ask, commit, exchanged, invitation, joinBy } from '../../build/driver/sync-members.ts';
import { startSyncServer, type SyncServer } from '../../build/driver/sync-server.ts';

/** Everything that the lists and pages of an application are made of. */
async function everything(journey: Journey): Promise<unknown> {
  const rows: Record<string, unknown> = {};
  for (const table of ['organisations', 'people', 'meetings', 'promises', 'contracts'] as const) {
    const { rows: page } = await ask(journey, 'vault:fill', { table, limit: 5000 });
    const records = await ask(journey, 'vault:records', { ids: page.map(({ id }) => id).slice(0, 500) });
    rows[table] = { page, records };
  }
  return rows;
}

test.describe('two applications and the real server', () => {
  test.setTimeout(600_000);
  let server: SyncServer;
  test.beforeAll(async () => {
    test.setTimeout(240_000);
    server = await startSyncServer();
  });
  test.afterAll(async () => {
    await server.stop();
  });

  test('meet, part, meet again, and one is shown out', async ({ start, folder }) => {
    const planted = Array.from({ length: 50 }, () => `Слово${randomBytes(9).toString('hex')}`);
    const anna = await member(start, folder, 'Анна');
    await commit(
      anna,
      {
        type: 'organisation',
        record: 'org-romashka',
        field: '$new',
        value: { name: 'Ромашка', summary: planted.join(' ') },
      },
      {
        type: 'contract',
        record: 'contract-1',
        field: '$new',
        value: { title: 'Поставка', organisation: 'org-romashka', end: '2027-01-31', status: 'active' },
      },
      {
        type: 'promise',
        record: 'promise-1',
        field: '$new',
        value: { text: planted[0] ?? '', side: 'ours', visibility: 'internal' },
      },
    );

    await test.step('the first owner joins with the server’s code, a colleague with hers', async () => {
      await joinBy(anna, server.code, 'Ноутбук Анны');
      const code = await invitation(anna);
      const boris = await member(start, folder, 'Борис');
      await joinBy(boris, code, 'Компьютер Бориса');
      await exchanged(anna, boris);
      expect(await everything(boris)).toEqual(await everything(anna));
      await goTo(boris, 'organisations');
      await expect(boris.page.getByRole('grid').getByText('Ромашка')).toBeVisible();

      await test.step('a used code is told in words', async () => {
        const vera = await member(start, folder, 'Вера');
        await goTo(vera, 'settings');
        await vera.page.getByLabel(vera.t('sync.code')).fill(code);
        await vera.page.getByLabel(vera.t('sync.device')).fill('Планшет');
        await vera.page.getByRole('button', { name: vera.t('sync.connect'), exact: true }).click();
        await expect(vera.page.getByText(vera.t('errors.sync.invitationUsed'))).toBeVisible({ timeout: 30_000 });
        expect((await ask(vera, 'sync:status', undefined)).state).toBe('off');
      });

      await test.step('without a connection both go on, and say what waits', async () => {
        server.wire.set('cut');
        await commit(anna, { type: 'contract', record: 'contract-1', field: 'end', value: '2027-03-31' });
        await commit(boris, { type: 'contract', record: 'contract-1', field: 'end', value: '2027-06-30' });
        await commit(boris, { type: 'promise', record: 'promise-1', field: 'visibility', value: 'client' });
        await commit(anna, { type: 'promise', record: 'promise-1', field: 'visibility', value: 'private' });
        await expect(anna.page.getByText(anna.t('sync.line.waiting', { count: 2 })).first()).toBeVisible();
      });

      await test.step('connected again they show the same, and ask a person about what both changed', async () => {
        server.wire.set('whole');
        await exchanged(anna, boris);
        expect(await everything(boris)).toEqual(await everything(anna));
        for (const journey of [anna, boris]) {
          const promises = await ask(journey, 'vault:records', { ids: ['promise-1'] });
          expect(promises[0]?.data['visibility']).toBe('private');
        }
        await anna.page.keyboard.press('Alt+Digit6');
        await expect(anna.page.getByRole('heading', { name: anna.t('differences.title') })).toBeVisible();
        const row = anna.page.locator('[data-difference]').filter({ hasText: '30.06.2027' });
        await expect(row).toContainText('31.03.2027');
        await expect(row).toContainText('31.01.2027');
        await expect(row).toContainText('Борис');
        await row.focus();
        await anna.page.keyboard.press('2');
        await expect(row).toHaveCount(0);
        await exchanged(anna, boris);
        const [contract] = await ask(boris, 'vault:records', { ids: ['contract-1'] });
        expect(contract?.data['end']).toBe('2027-06-30');
        expect(contract?.conflicts).toEqual([]);
      });

      await test.step('answers that are lost cost nothing and double nothing', async () => {
        await commit(boris, { type: 'organisation', record: 'org-2', field: '$new', value: { name: 'Василёк' } });
        server.wire.set('deaf');
        await ask(boris, 'sync:options', { frugal: false });
        const lost = ask(boris, 'sync:now', undefined).catch(String);
        // The request has arrived by the time that its answer is swallowed; then the wire ends altogether.
        await expect(async () => expect((await ask(boris, 'sync:status', undefined)).state).toBe('syncing')).toPass();
        server.wire.set('whole');
        await lost;
        await exchanged(anna, boris);
        expect(await everything(boris)).toEqual(await everything(anna));
      });

      await test.step('a server killed in the middle loses nothing', async () => {
        const many = Array.from({ length: 400 }, (_, i) => ({
          type: 'organisation',
          record: `many-${i}`,
          field: '$new',
          value: { name: `Организация ${i}` },
        }));
        await commit(anna, ...many);
        const round = ask(anna, 'sync:now', undefined).catch(String);
        await server.kill();
        await round;
        expect((await ask(anna, 'vault:fill', { table: 'organisations', limit: 5000 })).rows).toHaveLength(402);
        await server.restart();
        await exchanged(anna, boris);
        expect((await ask(boris, 'vault:fill', { table: 'organisations', limit: 5000 })).rows).toHaveLength(402);
      });

      await test.step('the server’s files hold none of the words', async () => {
        const { finds } = await import('./find-words.ts');
        expect(finds(server.data, [...planted, 'Ромашка', 'Поставка', 'Ноутбук Анны'])).toEqual([]);
      });

      await test.step('SYNC-ROLE-3: an owner renames a device and changes what it may do; it learns it by itself', async () => {
        const { page, t } = anna;
        const role = async (from: string, to: 'reader' | 'editor'): Promise<void> => {
          await page.getByRole('button', { name: t('sync.roleOf', { name: from }) }).click();
          await page.getByRole('option', { name: t(`sync.roles.${to}`) }).click();
        };
        await goTo(anna, 'settings');
        await page
          .getByRole('button', { name: t('sync.show'), exact: true })
          .last()
          .click();
        await expect(page.getByText(t('sync.onlyOwner'))).toBeVisible();
        await page.getByRole('button', { name: `${t('sync.device')}: Компьютер Бориса` }).press('e');
        await page.keyboard.press('ControlOrMeta+a');
        await page.keyboard.type(`Стол ${planted[1]}`);
        await page.keyboard.press('Enter');
        await expect(page.getByText(t('sync.renamed', { name: `Стол ${planted[1]}` }))).toBeVisible();
        await expect
          .poll(async () => (await ask(boris, 'sync:status', undefined)).deviceName)
          .toBe(`Стол ${planted[1]}`);
        await page
          .getByRole('button', { name: t('common.undo'), exact: true })
          .last()
          .click();
        await expect.poll(async () => (await ask(boris, 'sync:status', undefined)).deviceName).toBe('Компьютер Бориса');

        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);

        await role('Компьютер Бориса', 'reader');
        await expect.poll(async () => (await ask(boris, 'sync:status', undefined)).role).toBe('reader');
        await commit(boris, { type: 'contract', record: 'contract-1', field: 'title', value: 'Поставка-2' });
        await expect(boris.page.getByText(boris.t('sync.line.refused', { count: 1 })).first()).toBeVisible();
        await goTo(boris, 'settings');
        await boris.page.getByRole('button', { name: boris.t('sync.leave'), exact: true }).click();
        await expect(boris.page.getByText(boris.t('sync.leaveRefused', { count: 1 }))).toBeVisible();
        await boris.page.getByRole('button', { name: boris.t('sync.leaveSave') }).click();
        await expect(boris.page.getByRole('heading', { name: boris.t('sync.handOver.saveTitle') })).toBeVisible();
        await boris.page.keyboard.press('Escape');
        await boris.page.keyboard.press('Escape');

        await role('Компьютер Бориса', 'editor');
        await expect(async () => {
          const [contract] = await ask(anna, 'vault:records', { ids: ['contract-1'] });
          expect(contract?.data['title']).toBe('Поставка-2');
        }).toPass({ timeout: 60_000 });
        await page.keyboard.press('Escape');
        await commit(anna, { type: 'contract', record: 'contract-1', field: 'title', value: 'Поставка' });
        await exchanged(anna, boris);
        const { finds } = await import('./find-words.ts');
        expect(finds(server.data, [`Стол ${planted[1]}`, 'Компьютер Бориса'])).toEqual([]);
      });

      await test.step('an owner ends access: it is over at once, and the records stay', async () => {
        const { page, t } = anna;
        await goTo(anna, 'settings');
        await page
          .getByRole('button', { name: t('sync.show'), exact: true })
          .last()
          .click();
        await page.getByRole('button', { name: t('sync.revokeTitle', { name: 'Компьютер Бориса' }) }).click();
        await expect(page.getByText(t('sync.revokeText'))).toBeVisible();
        await expect.poll(() => server.metric('rapport_sync_streams')).toBe(2);
        await page
          .getByRole('dialog')
          .last()
          .getByRole('button', { name: t('sync.revoke'), exact: true })
          .click();
        // The stream is the server's to end; what the colleague sees follows from it without a further question.
        await expect.poll(() => server.metric('rapport_sync_streams')).toBe(1);
        await expect(boris.page.getByText(boris.t('sync.line.revoked')).first()).toBeVisible();
        expect((await ask(boris, 'sync:status', undefined)).state).toBe('revoked');
        await expect(page.getByText(t('sync.revoked', { name: 'Компьютер Бориса' }))).toBeVisible({ timeout: 60_000 });
        const [contract] = await ask(boris, 'vault:records', { ids: ['contract-1'] });
        expect(contract?.data['title']).toBe('Поставка');
        await page.keyboard.press('Escape');
      });

      await test.step('told to destroy its data a device does, the owner sees that it has, and it can begin anew', async () => {
        const { page, t } = anna;
        await joinBy(boris, await invitation(anna), 'Планшет Бориса');
        await exchanged(anna, boris);
        const open = async (): Promise<void> => {
          await goTo(anna, 'settings');
          await page
            .getByRole('button', { name: t('sync.show'), exact: true })
            .last()
            .click();
        };
        await open();
        await page.getByRole('button', { name: t('sync.revokeTitle', { name: 'Планшет Бориса' }) }).click();
        await page.getByText(t('sync.wipe'), { exact: true }).click();
        await expect(page.getByText(t('sync.revokeStays'))).toHaveCount(0);
        await page
          .getByRole('dialog')
          .last()
          .getByRole('button', { name: t('sync.revoke'), exact: true })
          .click();
        await expect(boris.page.getByText(boris.t('errors.sync.wiped'))).toBeVisible({ timeout: 60_000 });
        await expect(async () => {
          const wiped = (await ask(anna, 'sync:devices', undefined)).filter(({ wipedAt }) => wipedAt !== null);
          expect(wiped.map(({ name }) => name)).toEqual(['Планшет Бориса']);
        }).toPass({ timeout: 60_000 });
        await boris.page.getByRole('button', { name: boris.t('start.beginAnew') }).click();
        await expect(boris.page.getByRole('button', { name: boris.t('start.create') })).toBeVisible();
      });
    });
  });
});

test('differences can be decided by keys, taken back, and read by a screen reader', async ({ start, folder }) => {
  const profile = join(folder, 'profile');
  await vaultWithDifferences(profile, PASSPHRASE, 'ru', todayHere());
  const journey = await start();
  journey.page.setDefaultTimeout(60_000);
  const { page, t } = journey;
  await ask(journey, 'app:settings', { language: 'ru' });
  await unlock(journey, PASSPHRASE);
  await inside(journey);
  await page.keyboard.press('Alt+Digit6');
  await expect(page.locator('[data-difference]')).toHaveCount(5);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  // What rules settled can be left as it is in one step, which is taken back in one; what waits for a person stays.
  await page.getByRole('button', { name: t('differences.leaveAll', { count: 2 }) }).click();
  await expect(page.locator('[data-difference]')).toHaveCount(3);
  await expect(page.getByRole('region', { name: t('differences.settled') })).toHaveCount(0);
  await page.getByRole('button', { name: t('common.undo'), exact: true }).click();
  await expect(page.locator('[data-difference]')).toHaveCount(5);
  await page.locator('[data-difference]').first().focus();
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('1');
  await expect(page.locator('[data-difference]')).toHaveCount(4);
  // The focus is on the row that took the place: the next decision needs no other key.
  await expect(page.locator('[data-difference]').first()).toBeFocused();
  await page.getByRole('button', { name: t('common.undo'), exact: true }).click();
  await expect(page.locator('[data-difference]')).toHaveCount(5);
  await expect(page.locator('[data-difference]:focus')).toHaveCount(1);
  await page.keyboard.press('3');
  await expect(page.locator('[data-difference] form')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-difference] form')).toHaveCount(0);
  await expect(page.locator('[data-difference]:focus')).toHaveCount(1);
  for (const left of [4, 3, 2, 1, 0]) {
    await page.keyboard.press('2');
    await expect(page.locator('[data-difference]')).toHaveCount(left);
  }
  expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
});

import { mkdirSync, readFileSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { applyKey } from '../../electron/vault/database.ts';
import { readEnvelope, unwrapKey } from '../../electron/vault/keys.ts';
import { LATEST_VERSION } from '../../electron/vault/migrations/index.ts';
import { answerDialogs } from '../../build/driver/launch.ts';
import { chooseLanguage, firstRun, goTo, inside, type Journey, journeyOf, unlock } from '../../build/driver/journey.ts';
import { expect, PASSPHRASE, test } from './support.ts';

const vaultFile = (profile: string): string => join(profile, 'vault/vault.db');

/** Makes a vault with the sample in it, asks `before` on the open application, and ends it. */
async function made(
  start: (options?: object) => Promise<Journey>,
  before?: (journey: Journey) => Promise<void>,
): Promise<string> {
  const journey = await start();
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'sample' });
  await before?.(journey);
  await journey.running.close();
  return journey.running.profile;
}

/** Types the passphrase where the vault asks for it. */
async function tryPassphrase({ page, t }: Journey, secret: string): Promise<void> {
  await page.getByLabel(t('start.secretOrCode'), { exact: true }).fill(secret);
  await page
    .getByRole('main')
    .getByRole('button', { name: t('start.unlock'), exact: true })
    .click();
}

/** The words of a problem stand there, in this language and after a switch in the other, and the window still answers. */
async function says(journey: Journey, key: string): Promise<void> {
  const { page, t, running } = journey;
  await expect(page.getByText(t(key))).toBeVisible();
  const english = journeyOf(running, 'en');
  await chooseLanguage(english);
  await expect(page.getByText(english.t(key))).toBeVisible();
  await chooseLanguage(journey);
  await expect(page.getByText(t(key))).toBeVisible();
}

test('a wrong passphrase is said so, and the right one opens the vault', async ({ start }) => {
  await made(start);
  const journey = await start();
  await tryPassphrase(journey, 'something else entirely');
  await expect(journey.page.getByText(journey.t('errors.vault.wrongPassphrase'))).toBeVisible();
  await unlock(journey, PASSPHRASE);
});

for (const [damage, harm] of [
  [
    'flipped bytes',
    (file: string) => {
      const bytes = readFileSync(file);
      for (let at = 4096; at < bytes.length; at += 4096) bytes[at + 100] = (bytes[at + 100] ?? 0) ^ 0xff;
      writeFileSync(file, bytes);
    },
  ],
  ['a lost end', (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2))],
] as const) {
  test(`a vault damaged by ${damage} is named so, left alone, and a backup takes its place`, async ({
    folder,
    start,
  }) => {
    const backup = join(folder, 'копия.rapport');
    const profile = await made(start, async ({ page, running }) => {
      await answerDialogs(running.app, [backup]);
      const saved = await page.evaluate(() => window.rapport['vault:backup'](undefined));
      expect(saved.ok).toBe(true);
    });
    const file = vaultFile(profile);
    harm(file);
    const damaged = readFileSync(file);
    const journey = await start();
    const { page, t, running } = journey;
    await tryPassphrase(journey, PASSPHRASE);
    await expect(page.getByRole('heading', { name: t('start.problemTitle.damaged') })).toBeVisible();
    await says(journey, 'errors.vault.damaged');
    expect(readFileSync(file).equals(damaged)).toBe(true);
    await answerDialogs(running.app, [backup]);
    await page.getByLabel(t('start.restoreSecret'), { exact: true }).fill(PASSPHRASE);
    await page.getByRole('button', { name: t('start.restore'), exact: true }).click();
    await inside(journey);
    await goTo(journey, 'organisations');
    await expect(page.getByRole('grid').locator('[role="row"][aria-selected]').first()).toBeVisible();
  });
}

test('a vault of a newer version is refused politely and not touched', async ({ start }) => {
  const profile = await made(start);
  const file = vaultFile(profile);
  const envelope = readEnvelope(join(profile, 'vault/vault.key.json'));
  if (!envelope) throw new Error('The vault has no key file');
  const key = await unwrapKey(envelope, { secret: PASSPHRASE });
  const db = new Database(file);
  applyKey(db, key);
  db.pragma('journal_mode = DELETE');
  db.pragma(`user_version = ${LATEST_VERSION + 1}`);
  db.close();
  const newer = readFileSync(file);
  const journey = await start();
  await tryPassphrase(journey, PASSPHRASE);
  await expect(journey.page.getByRole('heading', { name: journey.t('start.problemTitle.newer') })).toBeVisible();
  await says(journey, 'errors.vault.newer');
  await journey.running.close();
  expect(readFileSync(file).equals(newer)).toBe(true);
});

test('a data folder that cannot be written to is said so, and the window still answers', async ({ folder, start }) => {
  const closed = join(folder, 'profile/vault');
  // Permissions do not bind root, the kernel's own folders do.
  if (process.getuid?.() === 0 && process.platform === 'linux') symlinkSync('/sys/kernel', closed);
  else mkdirSync(closed, { mode: 0o500 });
  const journey = await start();
  const { page, t } = journey;
  await chooseLanguage(journey);
  await page.getByLabel(t('start.passphrase'), { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(t('start.passphraseAgain'), { exact: true }).fill(PASSPHRASE);
  await page.getByRole('button', { name: t('start.create') }).click();
  await expect(page.getByText(t('errors.vault.readOnly'))).toBeVisible();
  await says(journey, 'errors.vault.readOnly');
});

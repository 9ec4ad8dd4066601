import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  firstRun,
  importFile,
  type Journey,
  noteSaved,
  saveSummaryPdf,
  searchAndOpen,
  searchField,
  writeMeetingNote,
} from '../../build/driver/journey.ts';
import { messyFile } from '../../build/driver/messy-file.ts';
import { expect, kill, PASSPHRASE, test } from './support.ts';

/** Twenty words that no program has ever written: letters only, so that every field takes them. */
const canaries = (): readonly string[] =>
  Array.from(
    { length: 20 },
    () => `Кан${[...randomBytes(9)].map((byte) => String.fromCodePoint(0x0430 + (byte % 32))).join('')}`,
  );

/** Files below a folder, with links not followed. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

interface Find {
  readonly file: string;
  readonly canary: string;
  readonly as: string;
}
function finds(folders: readonly string[], words: readonly string[]): readonly Find[] {
  const needles = words.flatMap((word) =>
    ([word, word.toLowerCase(), word.toUpperCase()] as const).flatMap((form) => [
      { word, as: 'utf8', bytes: Buffer.from(form, 'utf8') },
      { word, as: 'utf16le', bytes: Buffer.from(form, 'utf16le') },
    ]),
  );
  return folders.filter(existsSync).flatMap((folder) =>
    filesBelow(folder).flatMap((file) => {
      let content: Buffer;
      try {
        content = readFileSync(file);
      } catch (error) {
        // Gone between listing and reading.
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw error;
      }
      return needles.filter(({ bytes }) => content.includes(bytes)).map(({ word, as }) => ({ file, canary: word, as }));
    }),
  );
}

/** Puts every canary somewhere: a file's name and cells, texts typed, searches, a document printed to another folder. */
async function plant(journey: Journey, words: readonly string[], elsewhere: string): Promise<void> {
  const { page, t } = journey;
  const word = (index: number): string => words[index] ?? '';
  const table = join(elsewhere, `${word(0)}.csv`);
  const contact = {
    name: `${word(1)} ${word(2)}`,
    organisation: word(3),
    job: word(4),
    phone: '+7 916 123-45-67',
    email: 'somebody@example.ru',
    note: word(5),
  };
  writeFileSync(table, messyFile([contact]));
  await firstRun(journey, { passphrase: `${PASSPHRASE} ${word(6)}`, begin: 'import' });
  await importFile(journey, table);
  await searchField(journey).fill(word(7));
  await page
    .getByRole('listbox', { name: t('search.results') })
    .getByText(t('common.notFound'))
    .waitFor();
  await searchAndOpen(journey, word(1), word(1));
  await writeMeetingNote(journey, {
    title: word(8),
    theirs: [],
    ours: [word(9)],
    agenda: [word(10)],
    note: [
      { text: word(11), visibility: 'client' },
      { text: word(12), visibility: 'private' },
    ],
    decisions: [
      { text: word(13), visibility: 'client' },
      { text: word(14), visibility: 'internal' },
    ],
    actions: [`${word(15)} @${word(16)}`],
  });
  await page.keyboard.press('Control+KeyK');
  const palette = page.getByRole('dialog', { name: t('shell.palette') });
  await palette.locator('input').fill(word(17));
  await palette.getByText(t('common.notFound')).waitFor();
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'hidden' });
  await page
    .getByRole('button', { name: new RegExp(`^${t('meeting.place')}:`) })
    .first()
    .click();
  await page.getByRole('textbox', { name: t('meeting.place'), exact: true }).fill(word(18));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `${t('meeting.place')}: ${word(18)}` }).waitFor();
  await saveSummaryPdf(journey, join(elsewhere, `${word(19)}.pdf`));
  await noteSaved(page);
}

for (const end of ['a proper end', 'kill -9'] as const) {
  test(`nothing that was typed, imported, searched or printed lies readable on the disk after ${end}`, async ({
    folder,
    start,
  }) => {
    const temp = join(folder, 'temp');
    const elsewhere = join(folder, 'elsewhere');
    const profile = join(folder, 'profile');
    mkdirSync(temp);
    mkdirSync(elsewhere);
    const words = canaries();
    const journey = await start({ env: { TMPDIR: temp, TMP: temp, TEMP: temp } });
    await plant(journey, words, elsewhere);
    // The search itself is sound: it finds a word that does lie somewhere.
    writeFileSync(join(elsewhere, 'control'), Buffer.from(`\0${words[3]}\0`, 'utf16le'));
    expect(finds([elsewhere], words).map(({ as }) => as)).toContain('utf16le');
    if (end === 'kill -9') await kill(journey);
    else await journey.running.close();
    const vault = filesBelow(profile).filter((file) => file.includes('vault'));
    expect(vault.some((file) => statSync(file).size > 10_000)).toBe(true);
    expect(finds([profile, temp], words)).toEqual([]);
    expect(
      [...filesBelow(profile), ...filesBelow(temp)].filter((file) => words.some((word) => file.includes(word))),
    ).toEqual([]);
  });
}

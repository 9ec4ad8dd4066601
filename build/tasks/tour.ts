/** The guided tour: the whole journey through the real windows, told in sentences, with a picture of every step. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { launchApp, type RunningApp } from '../driver/launch.ts';
import {
  firstRun,
  importFile,
  type Journey,
  journeyOf,
  lock,
  noteSaved,
  saveSummaryPdf,
  searchAndOpen,
  searchField,
  settled,
  switchLanguage,
  switchTheme,
  unlock,
  writeMeetingNote,
} from '../driver/journey.ts';
import { messyContacts, messyFile } from '../driver/messy-file.ts';
import { has, root, run, say } from './shell.ts';

const PASSPHRASE = 'синий чемодан у окна';
const PEOPLE = 240;

/** Tells steps with their times and takes the pictures. */
class Album {
  readonly #folder: string;
  readonly #started = performance.now();
  #pictures = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }
  get seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }
  /** Runs a step; what went wrong in it is told with the step's own words. */
  async step(sentence: string, work: () => Promise<void>): Promise<void> {
    const from = this.seconds;
    try {
      await work();
    } catch (error) {
      throw new Error(`This step did not succeed: ${sentence}`, { cause: error });
    }
    say(`${from.toFixed(1).padStart(5)} s  ${sentence} (${(this.seconds - from).toFixed(1)} s)`);
  }
  async picture({ page }: Pick<Journey, 'page'>, name: string): Promise<void> {
    this.#pictures += 1;
    const path = join(this.#folder, `${String(this.#pictures).padStart(2, '0')}-${name}.png`);
    await settled(page);
    await page.screenshot({ path, animations: 'disabled' });
  }
}

async function tour(running: RunningApp, album: Album, folder: string, files: string): Promise<void> {
  let journey = journeyOf(running, 'ru');
  const { page } = running;
  const contacts = messyContacts(PEOPLE);
  const [client, second] = [contacts[0]!, contacts[5]!];
  const table = join(files, 'контакты отдела.csv');
  const pdf = join(folder, 'summary.pdf');
  writeFileSync(table, messyFile(contacts));

  await album.step('First run: Russian, a passphrase, the recovery code written down.', async () => {
    await firstRun(journey, {
      passphrase: PASSPHRASE,
      begin: 'import',
      see: (what) => album.picture(journey, what),
    });
  });
  await album.step(
    `A spreadsheet of ${PEOPLE + 1} untidy rows in windows-1251, title above the header, one person twice: read, shown, saved.`,
    async () => {
      await importFile(journey, table, () => album.picture(journey, 'import-understood'));
      await album.picture(journey, 'import-done');
    },
  );
  await album.step(`Search finds ${client.name} while typing; the profile opens.`, async () => {
    await searchField(journey).fill(client.name);
    await page
      .getByRole('listbox', { name: journey.t('search.results') })
      .getByRole('option')
      .first()
      .waitFor();
    await album.picture(journey, 'search');
    await searchAndOpen(journey, client.name, client.name);
    await album.picture(journey, 'person');
  });
  await album.step(
    'A meeting: attendees, agenda, a note of three visibilities, decisions, action items. Saved.',
    async () => {
      await writeMeetingNote(journey, {
        title: 'Поставки на 2027 год',
        theirs: [second.name],
        ours: ['Анна Белова'],
        agenda: ['Объёмы и сроки', 'Цена второго полугодия'],
        note: [
          { text: 'Обсудили объёмы на первое полугодие: 1200 тонн, отгрузка дважды в месяц.', visibility: 'client' },
          { text: 'Готовы ждать цену до конца недели.', visibility: 'client' },
          { text: 'По нашим данным, их склад заполнен на треть.', visibility: 'internal' },
          { text: 'Директор собирается уходить, не пересказывать никому.', visibility: 'private' },
        ],
        decisions: [
          { text: 'Отгрузка с 15 января', visibility: 'client' },
          { text: 'Уступить не больше 3 %', visibility: 'internal' },
        ],
        actions: [
          'Прислать проект договора @Анна Белова до пт',
          `Подтвердить график @${client.name.split(' ')[0]} до 10.12`,
        ],
      });
      await album.picture(journey, 'meeting');
    },
  );
  await album.step(
    'The document for the client: last look at what goes in and what stays out, then the PDF.',
    async () => {
      await saveSummaryPdf(journey, pdf, () => album.picture(journey, 'last-look'));
      if (!existsSync(pdf)) throw new Error('The PDF is not there');
      if (has('pdftoppm')) {
        const page1 = join(folder, 'summary-page');
        const code = await run('pdftoppm', ['-png', '-r', '80', '-f', '1', '-l', '1', '-singlefile', pdf, page1], {
          quiet: true,
        });
        if (code !== 0) throw new Error('pdftoppm does not read the PDF');
      }
    },
  );
  await album.step('Dark theme, then English: at once, without a restart.', async () => {
    await switchTheme(journey, 'dark');
    await album.picture(journey, 'meeting-dark');
    journey = await switchLanguage(journey, 'en');
    await album.picture(journey, 'meeting-english');
  });
  await album.step(
    'Locked: the screens forget everything. Unlocked by the passphrase: the note is there.',
    async () => {
      await noteSaved(page);
      await lock(journey);
      await album.picture(journey, 'locked');
      await unlock(journey, PASSPHRASE);
      await searchAndOpen(journey, 'отгрузка', 'Поставки на 2027 год');
      await page.getByText('1200 тонн').first().waitFor();
      await album.picture(journey, 'unlocked');
    },
  );
}

/** The messages of an error and of what caused it, without colours and stacks. */
function reasons(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [String(error)];
  // oxlint-disable-next-line no-control-regex -- Playwright colours its messages
  const text = error.message.replaceAll(/\u001b\[\d+m/g, '').trim();
  return [text, ...(error.cause === undefined ? [] : reasons(error.cause))];
}

/** Runs the tour; resolves to the exit code. Pictures and the PDF are in `folder`, which is emptied first. */
export async function runTour(folder: string): Promise<number> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = mkdtempSync(join(tmpdir(), 'rapport-tour-'));
  const album = new Album(folder);
  let running: RunningApp | undefined;
  try {
    running = await launchApp({ size: { width: 1280, height: 800 } });
    running.page.setDefaultTimeout(20_000);
    await tour(running, album, folder, files);
    const place = relative(root, folder);
    const size = Math.round(statSync(join(folder, 'summary.pdf')).size / 1000);
    say(`The tour took ${album.seconds.toFixed(1)} s. Pictures and summary.pdf (${size} kB) are in ${place}/.`);
    return 0;
  } catch (error) {
    for (const reason of reasons(error)) say(reason);
    const path = join(folder, 'stopped-here.png');
    await running?.page.screenshot({ path }).catch(() => undefined);
    if (existsSync(path)) say(`What was on the screen: ${relative(root, path)}`);
    return 1;
  } finally {
    await running?.close();
    rmSync(files, { recursive: true, force: true });
  }
}

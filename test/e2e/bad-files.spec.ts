import { randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { answerDialogs } from '../../build/driver/launch.ts';
import { firstRun, goTo, importFile, type Journey } from '../../build/driver/journey.ts';
import { messyContacts, messyFile } from '../../build/driver/messy-file.ts';
import { expect, PASSPHRASE, test } from './support.ts';

interface Entry {
  readonly name: string;
  readonly content: Buffer;
}

/** A ZIP archive of deflated entries. */
function zip(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const packed = deflateRawSync(content, { level: 9 });
    const file = Buffer.from(name);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(content), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(content.length, 18);
    head.writeUInt16LE(file.length, 22);
    locals.push(Buffer.from('PK\u0003\u0004', 'latin1'), head, file, packed);
    const entry = Buffer.alloc(42);
    entry.writeUInt16LE(20, 0);
    head.copy(entry, 2, 0, 24);
    entry.writeUInt32LE(offset, 38);
    directory.push(Buffer.from('PK\u0001\u0002', 'latin1'), entry, file);
    offset += 30 + file.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, central, Buffer.from('PK\u0005\u0006', 'latin1'), end]);
}

/** A workbook whose only sheet unpacks to `megabytes` of blanks. */
function bomb(megabytes: number): Buffer {
  const xml = (text: string): Buffer => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const kinds = 'http://schemas.openxmlformats.org/package/2006/content-types';
  const links = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return zip([
    {
      name: '[Content_Types].xml',
      content: xml(
        `<Types xmlns="${kinds}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/></Types>`,
      ),
    },
    {
      name: '_rels/.rels',
      content: xml(
        `<Relationships xmlns="${links}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ),
    },
    {
      name: 'xl/workbook.xml',
      content: xml(
        `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`,
      ),
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: xml(
        `<Relationships xmlns="${links}"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      ),
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: Buffer.concat([
        xml(`<worksheet xmlns="${main}"><sheetData>`),
        Buffer.alloc(megabytes * 1_000_000, ' '),
        Buffer.from('</sheetData></worksheet>'),
      ]),
    },
  ]);
}

/** Chooses a file that cannot be imported; resolves to what the screen says about it. */
async function refused(journey: Journey, path: string): Promise<string> {
  const { page, t, running } = journey;
  await answerDialogs(running.app, [path]);
  await page.getByRole('button', { name: t('importing.choose') }).click();
  const alert = page.getByRole('main').getByRole('alert');
  await alert.waitFor({ timeout: 60_000 });
  const text = await alert.innerText();
  // The next file starts from a clean page.
  await goTo(journey, 'today');
  await goTo(journey, 'import');
  return text;
}

test('a file that is no spreadsheet, is far too large or unpacks without end: a message, and the next file is imported', async ({
  folder,
  start,
}) => {
  test.setTimeout(180_000);
  const journey = await start();
  const { page, t } = journey;
  const write = (name: string, content: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const huge = join(folder, 'огромный.csv');
  const fd = openSync(huge, 'w');
  ftruncateSync(fd, 1_000_000_000);
  closeSync(fd);
  const png = Buffer.concat([Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), randomBytes(5000)]);
  const files: readonly string[] = [
    write('картинка.xlsx', png),
    write('шум.xls', randomBytes(20_000)),
    write('обрезан.xlsx', bomb(1).subarray(0, 400)),
    write('пусто.csv', new Uint8Array()),
    huge,
    write('бомба.xlsx', bomb(600)),
  ];
  await firstRun(journey, { passphrase: PASSPHRASE, begin: 'import' });
  const said = new Map<string, string>();
  for (const path of files) said.set(path, await refused(journey, path));
  for (const [path, text] of said) {
    // Words of the person's language, not a code or a stack.
    expect.soft(text, path).toMatch(/[а-яё]{4,} .*[а-яё]{4,}/u);
    expect.soft(text, path).not.toMatch(/import\.|undefined|Error|app\.unexpected/u);
    expect.soft(text, path).not.toBe(t('errors.app.unexpected'));
  }
  expect(said.get(huge)).toContain('1000');
  const table = write('хороший.csv', messyFile(messyContacts(10)));
  await importFile(journey, table);
  await goTo(journey, 'people');
  await expect(page.getByRole('grid').locator('[role="row"][aria-selected]')).toHaveCount(10);
});

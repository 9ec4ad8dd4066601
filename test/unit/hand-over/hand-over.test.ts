import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_FILE, openHandOver, sealHandOver } from '../../../electron/hand-over/sealed-file.ts';
import type { VaultApi } from '../../../electron/vault/api.ts';
import { openVaultService } from '../../../electron/vault/service.ts';
import { AppFailure } from '../../../shared/result.ts';
import type { ChangeSet } from '../../../shared/change/types.ts';
import { fakeKeychain } from '../vault/fake-keychain.ts';
import { folder, later, make, NOON, put } from '../vault/support.ts';

/** Cost of a passphrase that tests can pay. */
const QUICK = { m: 8192, t: 1, p: 1 };
const PASS = 'корова на льду 17';
const ME = { actor: 'Анна' };

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return '';
  } catch (error) {
    return error instanceof AppFailure ? error.error.code : String(error);
  }
}

async function opened(now: () => number = () => NOON): Promise<VaultApi> {
  const vault = openVaultService({ dir: folder(), now, keychain: fakeKeychain('kwallet') });
  later(() => void vault.close());
  await vault.create({ recovery: false });
  return vault;
}
const commit = (vault: VaultApi, ...changes: ReturnType<typeof put>[]) => vault.commit({ kind: 'edit', changes }, ME);

describe('a hand-over file', () => {
  const content = { by: 'Анна', madeAt: NOON, sets: [] as readonly ChangeSet[] };

  it('opens with its passphrase however that was composed, and with no other', async () => {
    const file = await sealHandOver(content, 'é́ пароль'.normalize('NFD'), QUICK);
    expect(await openHandOver(file, 'é́ пароль'.normalize('NFC'))).toEqual(content);
    expect(await codeOf(openHandOver(file, 'e пароль'))).toBe('handOver.wrongPassphrase');
  });

  it('is refused when a byte of it was changed, wherever', async () => {
    const file = await sealHandOver(content, PASS, QUICK);
    const line = file.indexOf(0x0a);
    for (const at of [line + 1, line + 5, file.length - 20, file.length - 1]) {
      const changed = Uint8Array.from(file);
      changed[at] = (changed[at] as number) ^ 1;
      expect(await codeOf(openHandOver(changed, PASS))).toBe('handOver.wrongPassphrase');
    }
    // The first line is not secret, but sealed: its parameters cannot be weakened.
    const weaker = Buffer.from(Buffer.from(file).toString('latin1').replace('"t":1', '"t":2'), 'latin1');
    expect(await codeOf(openHandOver(weaker, PASS))).toBe('handOver.wrongPassphrase');
  });

  it('is told from other files, from newer ones, from forged and oversized ones', async () => {
    const file = Buffer.from(await sealHandOver(content, PASS, QUICK)).toString('latin1');
    const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
    expect(await codeOf(openHandOver(randomBytes(5000), PASS))).toBe('handOver.notOurs');
    expect(await codeOf(openHandOver(new Uint8Array(0), PASS))).toBe('handOver.notOurs');
    expect(await codeOf(openHandOver(bytes(file.slice(0, 40)), PASS))).toBe('handOver.notOurs');
    expect(await codeOf(openHandOver(bytes(file.replace('"version":1', '"version":3')), PASS))).toBe('handOver.newer');
    expect(await codeOf(openHandOver(bytes(file.replace('"m":8192', '"m":9999999')), PASS))).toBe('handOver.notOurs');
    expect(await codeOf(openHandOver(new Uint8Array(MAX_FILE + 1), PASS))).toBe('handOver.tooLarge');
  });

  it('that holds something else under the right passphrase is refused as damaged', async () => {
    const wrong = { by: 1, madeAt: NOON, sets: [] } as unknown as typeof content;
    expect(await codeOf(openHandOver(await sealHandOver(wrong, PASS, QUICK), PASS))).toBe('handOver.damaged');
  });
});

describe('a hand-over', () => {
  it('gives a colleague the same records, and says before what it will bring', async () => {
    const mine = await opened();
    const theirs = await opened();
    await commit(
      mine,
      make('organisation', 'o1', { name: 'Ромашка' }),
      make('person', 'p1', { name: { family: 'Иванов' } }),
    );
    await commit(mine, put('organisation', 'o1', 'industry', 'Химия'));
    const { bytes, changes, records } = await mine.handOver({
      scope: { kind: 'all' },
      passphrase: PASS,
      by: 'Анна',
      files: true,
    });
    expect({ changes, records }).toEqual({ changes: 3, records: 2 });
    const preview = await theirs.openHandOver({ bytes, passphrase: PASS });
    expect(preview).toMatchObject({
      by: 'Анна',
      changes: 3,
      fresh: 3,
      bad: 0,
      newRecords: { organisation: 1, person: 1 },
      changedRecords: 0,
      conflicts: 0,
      authors: ['Анна'],
    });
    expect(await theirs.record('o1')).toBeNull();
    const report = await theirs.takeHandOver(preview.ticket);
    expect(report).toMatchObject({ applied: 3, setAside: 0 });
    expect(await theirs.record('o1')).toEqual(await mine.record('o1'));
    expect(await codeOf(theirs.takeHandOver(preview.ticket))).toBe('handOver.gone');
    // The same file once more brings nothing.
    expect(await theirs.openHandOver({ bytes, passphrase: PASS })).toMatchObject({ fresh: 0 });
    await theirs.undoAll(report.batches, ME);
    expect((await theirs.record('o1'))?.deleted).toBe(true);
    expect((await theirs.record('p1'))?.deleted).toBe(true);
  });

  it('counts the differences that will wait for a decision', async () => {
    const mine = await opened();
    const theirs = await opened();
    await commit(mine, make('contract', 'c', { title: 'Поставка', end: '2026-12-31' }));
    const first = await mine.handOver({ scope: { kind: 'all' }, passphrase: PASS, by: 'Анна', files: true });
    await theirs.takeHandOver((await theirs.openHandOver({ bytes: first.bytes, passphrase: PASS })).ticket);
    await commit(mine, put('contract', 'c', 'end', '2027-01-31'));
    await commit(theirs, put('contract', 'c', 'end', '2027-06-30'));
    const second = await mine.handOver({ scope: { kind: 'all' }, passphrase: PASS, by: 'Анна', files: true });
    const preview = await theirs.openHandOver({ bytes: second.bytes, passphrase: PASS });
    expect(preview).toMatchObject({ fresh: 1, changedRecords: 1, newRecords: {}, conflicts: 1 });
    await theirs.takeHandOver(preview.ticket);
    expect((await theirs.differences({})).items).toHaveLength(1);
  });

  it('holds only the organisations that were chosen, with everything of theirs', async () => {
    const mine = await opened();
    const theirs = await opened();
    for (const n of [1, 2])
      await commit(
        mine,
        make('organisation', `o${n}`, { name: `Организация ${n}` }),
        make('person', `p${n}`, { name: { family: `Человек ${n}` } }),
        make('affiliation', `a${n}`, { person: `p${n}`, organisation: `o${n}` }),
        make('meeting', `m${n}`, { title: `Встреча ${n}`, organisation: `o${n}`, start: '2026-06-01T10:00' }),
        make('promise', `pr${n}`, { text: `Обещание ${n}`, organisation: `o${n}`, side: 'ours' }),
        make('contract', `c${n}`, { title: `Договор ${n}`, organisation: `o${n}` }),
      );
    const { bytes } = await mine.handOver({
      scope: { kind: 'organisations', ids: ['o2'] },
      passphrase: PASS,
      by: 'Анна',
      files: false,
    });
    await theirs.takeHandOver((await theirs.openHandOver({ bytes, passphrase: PASS })).ticket);
    for (const id of ['o2', 'p2', 'a2', 'm2', 'pr2', 'c2'])
      expect(await theirs.record(id), id).toEqual(await mine.record(id));
    for (const id of ['o1', 'p1', 'a1', 'm1', 'pr1', 'c1']) expect(await theirs.record(id), id).toBeNull();
  });

  it('since a day gives records whole that changed then, and refuses to make an empty file', async () => {
    let now = NOON;
    const mine = await opened(() => now);
    await commit(
      mine,
      make('organisation', 'o1', { name: 'Ромашка' }),
      make('organisation', 'o2', { name: 'Василёк' }),
    );
    now += 5 * 86_400_000;
    await commit(mine, put('organisation', 'o1', 'industry', 'Химия'));
    expect(await mine.handOverSize({ kind: 'since', day: '2026-06-18' })).toEqual({
      changes: 2,
      records: 1,
      files: 0,
      fileBytes: 0,
      filesElsewhere: 0,
    });
    expect(
      await codeOf(
        mine.handOver({ scope: { kind: 'since', day: '2026-07-18' }, passphrase: PASS, by: 'Анна', files: true }),
      ),
    ).toBe('handOver.nothing');
  });

  it('sets aside what is not a change, and takes in the rest', async () => {
    const mine = await opened();
    const theirs = await opened();
    await commit(mine, make('organisation', 'o1', { name: 'Ромашка' }));
    const file = await mine.handOver({ scope: { kind: 'all' }, passphrase: PASS, by: 'Анна', files: true });
    const { sets } = await openHandOver(file.bytes, PASS);
    const poisoned = [...sets, { batch: { id: 'x' }, changes: [{ id: 1 }] }] as unknown as readonly ChangeSet[];
    const bytes = await sealHandOver({ by: 'Анна', madeAt: NOON, sets: poisoned }, PASS, QUICK);
    const preview = await theirs.openHandOver({ bytes, passphrase: PASS });
    expect(preview).toMatchObject({ fresh: 1, bad: 1 });
    expect(await theirs.takeHandOver(preview.ticket)).toMatchObject({ applied: 1, setAside: 1 });
  });

  const attachment = (hash: string, bytes: number) => ({ name: 'договор.pdf', hash, bytes, order: 1 });
  it('takes the contents of attachments along when asked to, and says how much that is', async () => {
    const mine = await opened();
    const theirs = await opened();
    const content = randomBytes(300_000);
    const { hash, bytes: length } = await mine.keepAttachment(content);
    await commit(
      mine,
      make('organisation', 'o1', { name: 'Ромашка', 'attachments/a': attachment(hash, length) }),
      make('organisation', 'o2', { name: 'Василёк', 'attachments/a': attachment('f'.repeat(64), 10) }),
    );
    expect(await mine.handOverSize({ kind: 'all' })).toMatchObject({ files: 1, fileBytes: 300_000, filesElsewhere: 1 });
    expect(await mine.handOverSize({ kind: 'organisations', ids: ['o2'] })).toMatchObject({
      files: 0,
      filesElsewhere: 1,
    });
    const given = { scope: { kind: 'all' }, passphrase: PASS, by: 'Анна' } as const;
    const without = await mine.handOver({ ...given, files: false });
    expect(without).toMatchObject({ files: 0, fileBytes: 0 });
    // Without contents the file is one that older applications open.
    expect(Buffer.from(without.bytes).subarray(0, 60).toString()).toContain('"version":1');
    expect(without.bytes.length).toBeLessThan(10_000);
    const { bytes } = await mine.handOver({ ...given, files: true });
    expect(Buffer.from(bytes).indexOf(content.subarray(1000, 1016))).toBe(-1);
    const preview = await theirs.openHandOver({ bytes, passphrase: PASS });
    expect(preview).toMatchObject({ files: 1, fileBytes: 300_000 });
    expect(await theirs.takeHandOver(preview.ticket)).toMatchObject({ files: 1, filesLeftOut: 0 });
    expect(Buffer.from((await theirs.attachment(hash)) ?? []).equals(content)).toBe(true);
    // Records that came before their contents: the same file once more brings what is missing, and nothing else.
    expect(await theirs.openHandOver({ bytes, passphrase: PASS })).toMatchObject({ fresh: 0, files: 0 });
  });

  it('keeps no content that is not what its name says, and refuses a file that holds less than it says', async () => {
    const theirs = await opened();
    const base = { by: 'Анна', madeAt: NOON, sets: [] as readonly ChangeSet[] };
    const forged = await sealHandOver(
      { ...base, files: [{ hash: 'a'.repeat(64), content: randomBytes(50) }] },
      PASS,
      QUICK,
    );
    const preview = await theirs.openHandOver({ bytes: forged, passphrase: PASS });
    expect(await theirs.takeHandOver(preview.ticket)).toMatchObject({ files: 0, filesLeftOut: 1 });
    expect(await theirs.attachment('a'.repeat(64))).toBeNull();
    // A maker that names more than it gives: the length is that of another content.
    const content = Object.assign(new Uint8Array(10), {});
    Object.defineProperty(content, 'length', { value: 20 });
    const short = await sealHandOver({ ...base, files: [{ hash: 'a'.repeat(64), content }] }, PASS, QUICK);
    expect(await codeOf(openHandOver(short, PASS))).toBe('handOver.damaged');
  });

  it('opens to what was put in, whatever the contents are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { maxLength: 5 }), async (parts) => {
        const files = parts.map((content, i) => ({ hash: i.toString(16).repeat(64), content }));
        const file = await sealHandOver({ by: 'Анна', madeAt: NOON, sets: [], files }, PASS, QUICK);
        const { files: got = [] } = await openHandOver(file, PASS);
        expect(got.map(({ hash, content }) => [hash, [...content]])).toEqual(
          files.map(({ hash, content }) => [hash, [...content]]),
        );
      }),
      { numRuns: 15 },
    );
  });
});

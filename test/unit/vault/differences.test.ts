import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newDoc } from '../../../shared/change/doc.ts';
import { NOTE_FIELD } from '../../../shared/note/blocks.ts';
import { createNote, fromBase64, noteText, toBase64 } from '../../../shared/note/note.ts';
import { restoringUpdate } from '../../../shared/note/restore.ts';
import type { Vault } from '../../../electron/vault/vault.ts';
import { make, newVault, put } from './support.ts';

/** Everything of one vault's log, as it travels. */
const everything = (vault: Vault) =>
  vault
    .batches({ limit: 1000 })
    .map(({ id }) => vault.changeSet(id))
    .filter((set) => set !== null);

/** Two devices that share a contract and then write to it without hearing of each other; the first then hears. */
function apart(one: (commit: ReturnType<typeof newVault>['commit']) => void, two: typeof one) {
  const mine = newVault();
  const theirs = newVault();
  mine.commit(
    make('contract', 'c', {
      title: 'Поставка',
      end: '2026-12-31',
      value: { minor: 100_00, currency: 'RUB' },
      status: 'active',
    }),
  );
  theirs.vault.ingest(everything(mine.vault));
  one(mine.commit);
  two(theirs.commit);
  mine.vault.ingest(everything(theirs.vault));
  return { mine, theirs };
}

describe('differences', () => {
  it('name the value that both started from, the values, and who wrote which of them', () => {
    const { mine, theirs } = apart(
      (commit) => commit(put('contract', 'c', 'end', '2027-01-31')),
      (commit) => commit(make('device', 'x', {}), put('contract', 'c', 'end', '2027-03-31')),
    );
    const { items } = mine.vault.differences({});
    expect(items).toMatchObject([
      {
        record: 'c',
        type: 'contract',
        title: 'Поставка',
        field: 'end',
        open: true,
        values: [
          { value: '2027-01-31', author: { here: true } },
          { value: '2027-03-31', author: { here: false } },
        ],
        base: { value: '2026-12-31' },
      },
    ]);
    theirs.vault.ingest(everything(mine.vault));
    expect(theirs.vault.differences({ record: 'c' }).items[0]?.values.map(({ value }) => value)).toEqual([
      '2027-03-31',
      '2027-01-31',
    ]);
    expect(theirs.vault.differences({ record: 'nothing' }).items).toEqual([]);
  });

  it('call a device by the name that its record gives', () => {
    const { mine, theirs } = apart(
      (commit) => commit(put('contract', 'c', 'end', '2027-01-31')),
      (commit) => commit(put('contract', 'c', 'end', '2027-03-31')),
    );
    const device = mine.vault.differences({}).items[0]?.values[1]?.author.device ?? '';
    theirs.commit(make('device', `device:${device}`, { name: 'Ноутбук Анны' }));
    mine.vault.ingest(everything(theirs.vault));
    expect(mine.vault.differences({}).items[0]?.values[1]?.author.deviceName).toBe('Ноутбук Анны');
  });

  it.each(['2027-02-15', '2027-01-31', '2027-03-31'])(
    'are gone with the decision %s and back, with their authors, when it is taken back',
    (decided) => {
      const { mine, theirs } = apart(
        (commit) => commit(put('contract', 'c', 'end', '2027-01-31')),
        (commit) => commit(put('contract', 'c', 'end', '2027-03-31')),
      );
      const before = mine.vault.differences({}).items;
      const decision = mine.commit(put('contract', 'c', 'end', decided));
      expect(mine.vault.differences({}).items).toEqual([]);
      mine.vault.undo(decision.batch, { actor: 'me' });
      const after = mine.vault.differences({}).items;
      expect(after.map(({ values }) => values.map(({ value, author }) => ({ value, author })))).toEqual(
        before.map(({ values }) => values.map(({ value, author }) => ({ value, author }))),
      );
      expect(after.map(({ base }) => base)).toEqual(before.map(({ base }) => base));
      theirs.vault.ingest(everything(mine.vault));
      expect(theirs.vault.differences({}).items[0]?.values).toHaveLength(2);
      expect(theirs.vault.record('c')).toEqual(mine.vault.record('c'));
    },
  );

  it('put what waits for a person above what a rule settled', () => {
    const { mine } = apart(
      (commit) =>
        commit(put('contract', 'c', 'title', 'А'), put('contract', 'c', 'value', { minor: 1, currency: 'RUB' })),
      (commit) =>
        commit(put('contract', 'c', 'title', 'Б'), put('contract', 'c', 'value', { minor: 2, currency: 'RUB' })),
    );
    expect(mine.vault.differences({}).items.map(({ field, open }) => ({ field, open }))).toEqual([
      { field: 'value', open: true },
      { field: 'title', open: false },
    ]);
  });

  it('set a deletion beside the edits that it had not seen', () => {
    const { mine } = apart(
      (commit) => commit(put('contract', 'c', '$deleted', true)),
      (commit) => commit(put('contract', 'c', 'title', 'Поставка и монтаж'), put('contract', 'c', 'end', '2027-03-31')),
    );
    const [difference] = mine.vault.differences({}).items;
    expect(difference).toMatchObject({ field: '$deleted', open: true });
    expect(
      difference?.values.map(({ value, edits }) => ({ value, fields: edits.map(({ field }) => field).sort() })),
    ).toEqual([
      { value: true, fields: [] },
      { value: false, fields: ['end', 'title'] },
    ]);
  });

  it('give the titles of records that values name', () => {
    const { mine } = apart(
      (commit) =>
        commit(
          make('organisation', 'org-romashka', { name: 'Ромашка' }),
          put('contract', 'c', 'organisation', 'org-romashka'),
        ),
      (commit) =>
        commit(
          make('organisation', 'org-vasilek', { name: 'Василёк' }),
          put('contract', 'c', 'organisation', 'org-vasilek'),
        ),
    );
    expect(mine.vault.differences({}).names).toEqual({ 'org-romashka': 'Ромашка', 'org-vasilek': 'Василёк' });
  });
});

describe('earlier texts of a note', () => {
  const typed = (state: string, text: string): string => {
    const doc = newDoc();
    if (state) Y.applyUpdate(doc, fromBase64(state));
    const before = Y.encodeStateVector(doc);
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(text)]);
    const fragment = doc.getXmlFragment(NOTE_FIELD);
    fragment.insert(fragment.length, [paragraph]);
    return toBase64(Y.encodeStateAsUpdate(doc, before));
  };
  const body = (vault: Vault): string => String(vault.record('m')?.data['body'] ?? '');

  it('can be listed, read and brought back, and that can be taken back too', () => {
    let now = Date.UTC(2026, 4, 1, 9);
    const { vault, commit, setNow } = newVault();
    setNow(now);
    commit(
      make('meeting', 'm', {
        title: 'Встреча',
        body: createNote([{ type: 'paragraph', visibility: 'private', runs: [{ text: 'первый' }] }]),
      }),
    );
    now += 3_600_000;
    setNow(now);
    commit(put('meeting', 'm', 'body', typed(body(vault), 'второй')));
    // Typing that goes on is one version.
    now += 60_000;
    setNow(now);
    commit(put('meeting', 'm', 'body', typed(body(vault), 'третий')));
    const versions = vault.noteVersions({ id: 'm', field: 'body' });
    const textAt = (change: string): string => noteText(vault.noteAt({ id: 'm', field: 'body', change }) ?? undefined);
    expect(versions.map(({ change }) => textAt(change))).toEqual(['первый\nвторой\nтретий', 'первый']);
    const present = body(vault);
    const first = vault.noteAt({ id: 'm', field: 'body', change: versions[1]?.change ?? '' }) ?? '';
    commit(put('meeting', 'm', 'body', restoringUpdate(present, first)));
    expect(noteText(body(vault))).toBe('первый');
    commit(put('meeting', 'm', 'body', restoringUpdate(body(vault), present)));
    expect(noteText(body(vault))).toBe('первый\nвторой\nтретий');
    expect(vault.noteAt({ id: 'm', field: 'body', change: 'nothing' })).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Vault } from '../../../electron/vault/vault.ts';
import type { Json } from '../../../shared/change/types.ts';
import { encodeBase64 } from '../../../shared/text/base64.ts';
import { codeOf, joined, KEY, make, ME, newVault, NOON, put } from './support.ts';

const ROMASHKA = make('organisation', 'o1', {
  name: 'ООО «Ромашка»',
  'kinds/client': true,
  industry: 'Химия',
  'addresses/a': { label: 'work', city: 'Москва' },
  'tags/vip': true,
  cadenceDays: 30,
});
const IVANOV = make('person', 'p1', {
  name: { family: 'Иванов', given: 'Пётр', patronymic: 'Сергеевич' },
  'phones/b': { value: '8 916 123-45-67', e164: '+79161234567', label: 'mobile', order: 1 },
  'phones/a': { value: '100', label: 'work', order: 0 },
  'emails/a': { value: 'Petr@Romashka.RU', label: 'work' },
});
const WORKS = make('affiliation', 'a1', { person: 'p1', organisation: 'o1', jobTitle: 'директор', primary: true });

const contents = (vault: Vault, query: Parameters<Vault['fill']>[0]) => vault.fill(query);

describe('a commit', () => {
  it('is there after closing and opening again', () => {
    const { vault, file, commit } = newVault();
    commit(ROMASHKA, IVANOV, WORKS);
    const before = vault.record('p1');
    vault.close();
    const again = Vault.open({ file, key: KEY });
    expect(again.record('p1')).toEqual(before);
    expect(before?.data).toMatchObject({ name: { family: 'Иванов' }, phones: { a: { value: '100' } } });
    again.close();
  });

  it('is all or nothing: one bad change refuses the whole batch and leaves the vault usable', () => {
    const { vault, commit } = newVault();
    expect(codeOf(() => commit(ROMASHKA, put('person', 'p1', 'phones', 'x')))).toBe('commit.invalid');
    expect(vault.record('o1')).toBeNull();
    expect(vault.counts().changes).toBe(0);
    commit(ROMASHKA);
    expect(vault.record('o1')).not.toBeNull();
  });

  it('writes nothing when nothing changes', () => {
    const { vault, commit } = newVault();
    commit(ROMASHKA);
    expect(commit(put('organisation', 'o1', 'industry', 'Химия'))).toMatchObject({ batch: '', changes: 0 });
    expect(vault.counts().changes).toBe(1);
  });

  it('can be cancelled half-way; nothing of it remains', () => {
    const { vault, commit } = newVault();
    const changes = Array.from({ length: 1000 }, (_, i) => make('organisation', `o${i}`, { name: `n${i}` }));
    const seen: number[] = [];
    const progress = (done: number): boolean => {
      seen.push(done);
      return done < 500;
    };
    expect(codeOf(() => vault.commit({ kind: 'import', changes }, { ...ME, progress }))).toBe('commit.cancelled');
    expect(seen).toEqual([0, 250, 500]);
    expect(vault.counts()).toMatchObject({ records: 0, changes: 0 });
    expect(vault.search({ text: 'n1', limit: 5 })).toEqual([]);
    commit(ROMASHKA);
  });

  it('cannot be changed or removed afterwards', () => {
    const { vault, commit } = newVault();
    commit(ROMASHKA);
    for (const sql of [
      'DELETE FROM changes',
      `UPDATE changes SET value = '1'`,
      'DELETE FROM batches',
      `UPDATE batches SET actor = 'x'`,
    ]) {
      expect(() => vault.db.exec(sql)).toThrow('append-only');
    }
  });

  it('keeps unknown types and fields and says so for later', () => {
    const { vault, commit } = newVault();
    commit(make('hologram', 'h', { colour: 'red' }), put('person', 'p1', 'aura', 'blue'));
    expect(vault.record('h')?.data).toEqual({ colour: 'red' });
    expect(vault.db.prepare('SELECT type, field FROM pending ORDER BY type').all()).toEqual([
      { type: 'hologram', field: 'colour' },
      { type: 'person', field: 'aura' },
    ]);
  });
});

describe('the live view', () => {
  it('is told of every row that a commit touches, counts and names included', () => {
    const { commit } = newVault();
    const first = commit(ROMASHKA, IVANOV, WORKS).update;
    expect(first.put.organisations).toEqual([
      expect.objectContaining({
        id: 'o1',
        name: 'ООО «Ромашка»',
        sortName: 'ооо «ромашка»',
        kinds: ['client'],
        city: 'Москва',
        tags: ['vip'],
        people: 1,
        openPromises: 0,
        cadenceDays: 30,
        conflicts: 0,
      }),
    ]);
    expect(first.put.people).toEqual([
      expect.objectContaining({
        id: 'p1',
        name: 'Иванов Пётр Сергеевич',
        organisation: 'o1',
        organisationName: 'ООО «Ромашка»',
        jobTitle: 'директор',
        phone: '100',
        email: 'Petr@Romashka.RU',
      }),
    ]);
    const past = commit(
      make('meeting', 'm1', {
        title: 'Переговоры',
        start: '2026-06-10T10:00',
        organisation: 'o1',
        'attendees/x': { person: 'p1', side: 'theirs', presence: 'present', order: 0 },
        'decisions/d': { text: 'да', order: 0, visibility: 'client' },
      }),
    ).update;
    expect(past.put.organisations).toMatchObject([{ id: 'o1', lastMeeting: '2026-06-10T10:00' }]);
    expect(past.put.people).toMatchObject([{ id: 'p1', lastMeeting: '2026-06-10T10:00' }]);
    expect(past.put.meetings).toMatchObject([
      {
        id: 'm1',
        people: ['p1'],
        attendees: 1,
        decisions: 1,
        organisationName: 'ООО «Ромашка»',
        state: 'draft',
        language: 'ru',
      },
    ]);
    expect(
      commit(make('meeting', 'm2', { title: 'Далее', start: '2026-07-01T10:00', organisation: 'o1' })).update.put
        .organisations,
    ).toMatchObject([{ lastMeeting: '2026-06-10T10:00', nextMeeting: '2026-07-01T10:00' }]);
    const promise = commit(
      make('promise', 'q1', {
        text: 'Прислать договор',
        owner: { person: 'p1' },
        side: 'theirs',
        organisation: 'o1',
        meeting: 'm1',
        due: '2026-06-20',
      }),
    ).update;
    expect(promise.put).toMatchObject({
      organisations: [{ openPromises: 1 }],
      people: [{ openPromises: 1 }],
      meetings: [{ openPromises: 1 }],
      promises: [{ ownerName: 'Иванов Пётр Сергеевич', due: '2026-06-20', status: 'open' }],
    });
    expect(commit(put('promise', 'q1', 'status', 'done')).update.put).toMatchObject({
      organisations: [{ openPromises: 0 }],
      people: [{ openPromises: 0 }],
      meetings: [{ openPromises: 0 }],
    });
    const renamed = commit(put('organisation', 'o1', 'name', 'АО «Ромашка»')).update;
    expect(renamed.put.people).toMatchObject([{ organisationName: 'АО «Ромашка»' }]);
    expect((renamed.put.meetings ?? []).map((row) => row.organisationName)).toEqual(['АО «Ромашка»', 'АО «Ромашка»']);
    expect(renamed.put.promises).toMatchObject([{ organisationName: 'АО «Ромашка»' }]);
    expect(commit(put('person', 'p1', 'name', { family: 'Петров', given: 'Пётр' })).update.put.promises).toMatchObject([
      { ownerName: 'Петров Пётр' },
    ]);
  });

  it('is told to remove what goes to the bin, and gets it back', () => {
    const { vault, commit } = newVault();
    commit(ROMASHKA, IVANOV, WORKS);
    const gone = commit(put('person', 'p1', '$deleted', true)).update;
    expect(gone.remove).toEqual({ people: ['p1'] });
    expect(gone.put.people).toBeUndefined();
    expect(vault.bin().map((view) => view.id)).toEqual(['p1']);
    expect(contents(vault, { table: 'people', limit: 10 }).rows).toEqual([]);
    expect(vault.search({ text: 'Иванов', limit: 10 })).toEqual([]);
    expect(commit(put('organisation', 'o1', 'industry', 'x')).update.put.organisations).toMatchObject([{ people: 0 }]);
    expect(commit(put('person', 'p1', '$deleted', false)).update.put.people).toMatchObject([
      { id: 'p1', jobTitle: 'директор' },
    ]);
    expect(vault.search({ text: 'Иванов', limit: 10 })).toHaveLength(1);
  });

  it('gets large commits in pieces that add up', () => {
    const { vault } = newVault();
    const changes = Array.from({ length: 1200 }, (_, i) => make('organisation', `o${i}`, { name: `n${i}` }));
    const updates = [...vault.commit({ kind: 'import', changes }, ME).updates];
    expect(updates.length).toBeGreaterThan(1);
    const all = joined(updates);
    expect(new Set((all.put.organisations ?? []).map((row) => row.id)).size).toBe(1200);
    expect(all.records).toHaveLength(1200);
  });

  it.each(['organisations', 'meetings'] as const)('is filled with %s page by page, each row once', (table) => {
    const { vault } = newVault();
    const value = (i: number): Record<string, Json> =>
      table === 'meetings' ? { title: `t${i}`, start: `2026-06-0${(i % 9) + 1}T10:00` } : { name: `n${i}` };
    const type = table === 'meetings' ? 'meeting' : 'organisation';
    vault.commit({ kind: 'import', changes: Array.from({ length: 25 }, (_, i) => make(type, `r${i}`, value(i))) }, ME);
    const ids: string[] = [];
    const starts: string[] = [];
    let after: string | undefined;
    do {
      const page = contents(vault, { table, limit: 10, ...(after === undefined ? {} : { after }) });
      ids.push(...page.rows.map((row) => row.id));
      starts.push(...page.rows.map((row) => ('start' in row ? (row.start ?? '') : '')));
      after = page.next;
    } while (after !== undefined);
    expect(ids).toHaveLength(25);
    expect(new Set(ids).size).toBe(25);
    expect(starts).toEqual([...starts].sort().reverse());
  });

  it('pages the meetings of an organisation and of a person, newest first, and fills only recent ones', () => {
    const { vault, commit } = newVault();
    for (let i = 1; i <= 9; i += 1)
      commit(
        make('meeting', `m${i}`, {
          title: `t${i}`,
          start: `2026-0${i}-01T10:00`,
          ...(i % 2 ? { organisation: 'o1' } : {}),
          ...(i % 3 ? {} : { 'attendees/a': { person: 'p1', side: 'ours', presence: 'present', order: 0 } }),
        }),
      );
    const first = vault.meetings({ organisation: 'o1', limit: 3 });
    expect(first.rows.map((row) => row.id)).toEqual(['m9', 'm7', 'm5']);
    const second = vault.meetings({ organisation: 'o1', limit: 3, before: first.next as string });
    expect(second.rows.map((row) => row.id)).toEqual(['m3', 'm1']);
    expect(second.next).toBeUndefined();
    expect(vault.meetings({ person: 'p1', limit: 9 }).rows.map((row) => row.id)).toEqual(['m9', 'm6', 'm3']);
    expect(contents(vault, { table: 'meetings', limit: 50, since: '2026-05-01' }).rows).toHaveLength(5);
    commit(make('meeting', 'undated', { title: 'a note' }));
    const span = { table: 'meetings', limit: 50, since: '2026-05-01', until: '2026-07-01' } as const;
    expect(contents(vault, span).rows.map((row) => row.id)).toEqual(['m6', 'm5', 'undated']);
  });
});

describe('the history', () => {
  it('tells each change with the value before it, newest first', () => {
    const { vault, commit } = newVault();
    commit(ROMASHKA);
    commit(put('organisation', 'o1', 'industry', 'Цветы'));
    commit(put('organisation', 'o1', 'industry', 'Чай'));
    expect(vault.history('o1')).toMatchObject([
      { field: 'industry', value: 'Чай', previous: 'Цветы', actor: 'Анна', kind: 'edit' },
      { field: 'industry', value: 'Цветы', previous: 'Химия' },
      { field: '$new', previous: null },
    ]);
  });
});

describe('notes', () => {
  const typed = (client: number, text: string): string => {
    const doc = new Y.Doc();
    doc.clientID = client;
    doc.getText('t').insert(0, text);
    return encodeBase64(Y.encodeStateAsUpdate(doc));
  };

  it('stand in the history as one entry as long as someone goes on typing', () => {
    const { vault, commit, setNow } = newVault();
    commit(make('meeting', 'm', { title: 'a' }));
    const minutes = [0, 1, 2, 40];
    minutes.forEach((minute, i) => {
      setNow(NOON + minute * 60_000);
      commit(put('meeting', 'm', 'body', typed(i + 1, `слово${i} `)));
    });
    expect(vault.history('m').map(({ field, time, value }) => [field, (time - NOON) / 60_000, value])).toEqual([
      ['body', 40, null],
      ['body', 2, null],
      ['$new', 0, { title: 'a' }],
    ]);
    expect(vault.search({ text: 'слово3', limit: 5 })).toHaveLength(1);
  });

  it('of a field that the app has learned since are folded again from the log', () => {
    const { vault, commit, file } = newVault();
    commit(put('meeting', 'm', 'body', typed(1, 'первое ')));
    commit(put('meeting', 'm', 'body', typed(2, 'второе ')));
    const right = vault.record('m');
    // As an app that knows no documents would have left it: the newer value alone.
    vault.db
      .prepare(`UPDATE records SET state = (SELECT json_set(state, '$.fields[1]', json('[0,1,"AAA="]')) FROM records)`)
      .run();
    vault.db.exec(`INSERT INTO pending VALUES ('meeting', 'body')`);
    expect(vault.record('m')).not.toEqual(right);
    vault.close();
    const again = Vault.open({ file, key: KEY });
    expect(again.record('m')).toEqual(right);
    expect(again.search({ text: 'первое', limit: 5 })).toHaveLength(1);
    expect(again.db.prepare('SELECT count(*) AS count FROM pending').get()).toEqual({ count: 0 });
    again.close();
  });
});

describe('undo', () => {
  it('takes back a batch and itself', () => {
    const { vault, commit } = newVault();
    commit(ROMASHKA);
    const { batch } = commit(IVANOV, put('organisation', 'o1', 'industry', 'Чай'));
    const undone = vault.undo(batch, ME);
    expect(undone).toMatchObject({ reversed: 2, kept: [], errored: [] });
    expect(vault.record('p1')?.deleted).toBe(true);
    expect(vault.record('o1')?.data.industry).toBe('Химия');
    expect(vault.batches({ kind: 'undo' })).toMatchObject([{ id: undone.batch, undoes: batch, changes: 2 }]);
    vault.undo(undone.batch, ME);
    expect(vault.record('p1')?.deleted).toBe(false);
    expect(vault.record('o1')?.data.industry).toBe('Чай');
  });

  it('names what it keeps, and refuses a batch that never was', () => {
    const { vault, commit } = newVault();
    const { batch } = commit(ROMASHKA, IVANOV);
    commit(put('organisation', 'o1', 'industry', 'Чай'));
    expect(vault.undo(batch, ME)).toMatchObject({ reversed: 1, kept: [{ record: 'o1', field: 'industry' }] });
    expect(codeOf(() => vault.undo('nothing', ME))).toBe('undo.unknownBatch');
  });
});

describe('changes from elsewhere', () => {
  it('arrive by the same road: two vaults that exchange everything are the same', () => {
    const [one, two] = [newVault(), newVault()];
    const sets = [
      one.commit(ROMASHKA, IVANOV, WORKS).batch,
      one.commit(put('organisation', 'o1', 'industry', 'Чай')).batch,
    ].map((batch) => one.vault.changeSet(batch));
    const told = two.vault.ingest([sets[1], sets[0]].map((set) => set as NonNullable<typeof set>));
    expect(told).toMatchObject({ applied: 4, known: 0, quarantined: 0 });
    expect(joined([...told.updates]).put.people).toMatchObject([{ organisationName: 'ООО «Ромашка»' }]);
    expect(two.vault.record('o1')).toEqual(one.vault.record('o1'));
    expect(two.vault.search({ text: 'ромашка', limit: 5 })).toEqual(one.vault.search({ text: 'ромашка', limit: 5 }));
    expect(two.vault.ingest([sets[0] as NonNullable<(typeof sets)[0]>])).toMatchObject({ applied: 0, known: 3 });
    expect(two.vault.verify()).toMatchObject({ ok: true });
  });

  it('show a conflict on both sides, and settling it settles it on both', () => {
    const [one, two] = [newVault(), newVault()];
    const exchange = (): void => {
      const sets = [one, two].map(({ vault }) =>
        vault.batches({}).map(({ id }) => vault.changeSet(id) as NonNullable<ReturnType<Vault['changeSet']>>),
      );
      one.vault.ingest(sets[1] ?? []);
      two.vault.ingest(sets[0] ?? []);
    };
    one.commit(make('contract', 'c', { end: '2026-12-31' }));
    exchange();
    one.commit(put('contract', 'c', 'end', '2027-01-31'));
    two.commit(put('contract', 'c', 'end', '2027-02-28'));
    exchange();
    expect(one.vault.conflicts()).toEqual(two.vault.conflicts());
    expect(one.vault.conflicts()).toMatchObject([{ field: 'end', open: true }]);
    one.commit(put('contract', 'c', 'end', '2027-02-28'));
    exchange();
    expect([one.vault.conflicts(), two.vault.conflicts()]).toEqual([[], []]);
  });

  it('that are bad are set aside and block nothing', () => {
    const [one, two] = [newVault(), newVault()];
    const set = one.vault.changeSet(one.commit(ROMASHKA, IVANOV).batch);
    if (!set) throw new Error('no set');
    const [first, second] = set.changes as [(typeof set.changes)[0], (typeof set.changes)[0]];
    const bad = [
      { ...first, field: '__proto__' },
      { ...second, batch: 'other' },
      null,
    ] as unknown as typeof set.changes;
    expect(two.vault.ingest([{ batch: set.batch, changes: [...bad, second] }])).toMatchObject({
      applied: 1,
      quarantined: 3,
    });
    expect(two.vault.record('p1')).not.toBeNull();
    expect(two.vault.counts().quarantined).toBe(3);
  });

  it('from too far in the future wait until their time has come', () => {
    const [one, two] = [newVault(), newVault()];
    one.setNow(NOON + 3_600_000);
    const set = one.vault.changeSet(one.commit(ROMASHKA).batch);
    expect(two.vault.ingest([set as NonNullable<typeof set>])).toMatchObject({ applied: 0, quarantined: 1 });
    two.commit(IVANOV);
    expect(two.vault.record('p1')?.changedAt).toBe(NOON);
    two.vault.close();
    const again = Vault.open({ file: two.file, key: KEY, now: () => NOON + 3_500_000 });
    expect(again.record('o1')?.data.industry).toBe('Химия');
    expect(again.counts().quarantined).toBe(0);
    again.close();
  });
});

describe('the duplicates index', () => {
  it('holds what duplicates are recognised by', () => {
    const { vault, commit } = newVault();
    commit(ROMASHKA, IVANOV, WORKS, put('organisation', 'o1', 'legalIds/inn', '7700000000'));
    expect(vault.duplicatesIndex()).toEqual({
      organisations: [
        { id: 'o1', name: 'ООО «Ромашка»', emails: [], phones: [], legalIds: { inn: '7700000000' }, externalIds: {} },
      ],
      people: [
        {
          id: 'p1',
          name: { family: 'Иванов', given: 'Пётр', patronymic: 'Сергеевич' },
          emails: ['petr@romashka.ru'],
          phones: ['100', '+79161234567'],
          links: [],
          externalIds: {},
          organisations: [{ id: 'o1', name: 'ООО «Ромашка»', affiliation: 'a1' }],
        },
      ],
    });
  });
});

/** A record that many large texts are put into: it stops growing, and keeps nothing else out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHlc } from '../../../shared/change/clock.ts';
import { applyChange } from '../../../shared/change/fold.ts';
import type { Change, Hlc, RecordState } from '../../../shared/change/types.ts';
import { MOST_TEXT, TextBound, textOfState } from '../../../shared/change/weight.ts';
import { Ledger } from '../../../shared/sync/engine/ledger.ts';
import type { Incoming } from '../../../shared/sync/engine/types.ts';
import { AppFailure } from '../../../shared/result.ts';
import { plainCipher } from '../../simulation/plain-secrets.ts';
import { codeOf, make, ME, newVault, NOON, put } from './support.ts';

const DEVICE = 'cd'.repeat(8);
const LARGE = 3_900_000;
const FITTING = Math.floor(MOST_TEXT / LARGE);

let counter = 0;
const id = (): Hlc => formatHlc({ millis: NOON - 60_000 + (counter += 1), counter: 0, device: DEVICE });

function change(record: string, field: string, value: Change['value'], base: readonly Hlc[] = []): Change {
  const made = id();
  return { id: made, batch: made, type: 'organisation', record, field, value, base };
}

/** As the server gives them, one place after the other. */
function incoming(changes: readonly Change[]): Incoming[] {
  const cipher = plainCipher(1);
  return changes.map((one, i) => ({
    sealed: {
      ...cipher.seal(one, { id: one.batch, kind: 'edit', actor: 'Анна', device: DEVICE, time: NOON }),
      seq: i + 1,
    },
  }));
}

describe('a record that is filled with large texts', () => {
  it('SYNC-LIMIT-2: sets aside what is too much, and takes in what comes behind it', () => {
    const { vault } = newVault();
    const ledger = new Ledger(vault.ledgerLog(), () => plainCipher(1));
    const created = change('o1', '$new', { name: 'Ромашка' });
    const texts = Array.from({ length: FITTING + 3 }, (_, i) =>
      change('o1', `extra/n${i}`, { header: 'Текст', value: 'ё'.repeat(LARGE) }, [created.id]),
    );
    const behind = [change('o1', 'industry', 'Цветы', [created.id]), change('o2', '$new', { name: 'Василёк' })];
    expect(ledger.takeIn(incoming([created, ...texts, ...behind]))).toEqual({
      applied: 1 + FITTING + 2,
      known: 0,
      setAside: 3,
    });
    expect(vault.record('o1')?.data['industry']).toBe('Цветы');
    expect(vault.record('o2')?.data['name']).toBe('Василёк');
    expect(vault.verify().problems).toEqual([]);
    // Once there is room, it is taken in when a person asks for it.
    const [first] = texts;
    vault.commit({ kind: 'edit', changes: [put('organisation', 'o1', first?.field ?? '', null)] }, ME);
    expect(ledger.takeUp(['large'])).toEqual({ applied: 1, known: 0, setAside: 2 });
  });

  it('refuses what is typed here by name, writes nothing of it, and lets the record become smaller', () => {
    const { vault, commit } = newVault();
    const texts = Array.from({ length: FITTING }, (_, i) => [
      `extra/n${i}`,
      { header: 'Текст', value: 'ё'.repeat(LARGE) },
    ]);
    commit(make('organisation', 'o1', { name: 'Ромашка', ...Object.fromEntries(texts) }));
    const more = put('organisation', 'o1', 'extra/more', { header: 'Текст', value: 'ё'.repeat(LARGE) });
    expect(codeOf(() => commit(more))).toBe('commit.tooLarge');
    expect(vault.record('o1')?.data['name']).toBe('Ромашка');
    commit(put('organisation', 'o1', 'extra/n0', null));
    commit(more);
    expect(vault.verify().problems).toEqual([]);
  });
});

it('never lets a record grow beyond the bound, and refuses nothing that keeps within it', () => {
  const most = 100;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(5), fc.oneof(fc.constant(null), fc.string({ maxLength: 60 })), fc.boolean()), {
        maxLength: 30,
      }),
      (edits) => {
        const bound = new TextBound(most);
        let state: RecordState | undefined;
        for (const [slot, value, concurrent] of edits) {
          const field = `extra/n${slot}`;
          const base = concurrent ? [] : (state?.fields.get(field)?.heads ?? []).map((head) => head.id);
          const one = change('o1', field, value, base);
          const after = applyChange(state, one, () => true);
          const before = textOfState(state);
          let refused = false;
          try {
            bound.check(state, one, after);
            state = after;
          } catch (error) {
            expect(error).toBeInstanceOf(AppFailure);
            refused = true;
          }
          expect(refused).toBe(textOfState(after) > most && textOfState(after) > before);
        }
      },
    ),
  );
});

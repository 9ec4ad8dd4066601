/** What a new device knows from heads alone, before any history (SYNC-STATE). */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SequencedChange, Slot } from '../../../shared/sync/protocol.ts';
import { conflictsOf, isDeleted, materialise } from '../../../shared/change/state.ts';
import type { RecordState } from '../../../shared/change/types.ts';
import { docText } from '../../../shared/change/doc-text.ts';
import { Ledger } from '../../../shared/sync/engine/ledger.ts';
import { MemoryLog } from '../../simulation/memory-log.ts';
import { ModelServer } from '../../simulation/model-server.ts';
import { plainCipher } from '../../simulation/plain-secrets.ts';
import { play, steps } from '../change/simulation.ts';

const hash = (id: string): Uint8Array => createHash('sha256').update(id).digest();

function server(): ModelServer {
  const model = new ModelServer({ now: () => 2_000_000, hash, boxLimit: 1_000_000 });
  model.invite('s', 'owner');
  model.answer('token', 'enrol', { body: { secret: 's', device: 'd', token: 'token' } });
  return model;
}
function device(): { readonly log: MemoryLog; readonly ledger: Ledger } {
  const log = new MemoryLog({
    machine: () => 2_000_000,
    newDevice: () => 'e'.repeat(16),
    hash,
    fate: () => 'well',
  });
  return { log, ledger: new Ledger(log, () => plainCipher(1)) };
}
const ask = <T>(model: ModelServer, route: string, given: object): T => model.answer('token', route, given) as T;

/** What a person sees: values, the bin, conflicts. */
const seen = (states: ReadonlyMap<string, RecordState>): unknown =>
  [...states.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((state) => {
      const { data } = materialise(state);
      const { body, ...rest } = data;
      const heads = [...state.fields].map(([field, fold]) => [field, fold.heads.map(({ id }) => id)]);
      return {
        id: state.id,
        rest,
        body: typeof body === 'string' ? docText(body) : null,
        heads: Object.fromEntries(heads),
        seen: state.fields.get('body')?.seen ?? [],
        deleted: isDeleted(state),
        conflicts: conflictsOf(state).map(({ field, shown, others }) => [field, shown.id, others.map(({ id }) => id)]),
      };
    });

describe('a state download', () => {
  it('shows the same values, bin and conflicts as the whole log, before and after the history (SYNC-STATE-4, -6)', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), fc.array(fc.nat(), { maxLength: 40 }), (script, squash, swaps) => {
        const { all } = play(script);
        // Arrival at the server in any order.
        const arrived = [...all];
        for (const [i, swap] of swaps.entries()) {
          const [a, b] = [i % Math.max(1, arrived.length), swap % Math.max(1, arrived.length)];
          const [x, y] = [arrived[a], arrived[b]];
          if (x && y) [arrived[a], arrived[b]] = [y, x];
        }
        const model = server();
        const cipher = plainCipher(1);
        const whole = device();
        for (const change of arrived) {
          const batch = { id: change.batch, kind: 'edit' as const, actor: 'a', device: change.id.slice(18), time: 1 };
          ask(model, 'push', { body: { changes: [cipher.seal(change, batch)] } });
        }
        const log = ask<{ changes: SequencedChange[] }>(model, 'pull', { query: { after: 0, limit: 1000 } });
        whole.ledger.takeIn(log.changes.map((sealed) => ({ sealed })));
        if (squash && whole.ledger.squash('a', { updates: 1, quiet: 0 })) {
          const waiting = whole.ledger.outbox.next({ changes: 10, bytes: 1_000_000 });
          ask(model, 'push', { body: { changes: waiting.map(({ sealed }) => sealed) } });
        }

        const fresh = device();
        const { slots } = ask<{ slots: Slot[] }>(model, 'state', { query: { limit: 1000 } });
        fresh.ledger.takeIn(slots.flatMap(({ heads, named }) => heads.map((sealed) => ({ sealed, named }))));
        // A record whose every head was squashed away or that was only ever deleted has nothing to compare.
        expect(seen(fresh.log.states())).toEqual(seen(whole.log.states()));

        const history = ask<{ changes: SequencedChange[] }>(model, 'pull', {
          query: { before: 10_000, superseded: 'true', limit: 1000 },
        });
        fresh.ledger.takeIn(history.changes.map((sealed) => ({ sealed })));
        fresh.ledger.completed();
        expect(seen(fresh.log.states())).toEqual(seen(whole.log.states()));
        expect(fresh.ledger.digest()).toEqual(model.digestRoot());
      }),
      { numRuns: 300 },
    );
  });

  it('gives heads and names that do not depend on the order of arrival (SYNC-STATE-3)', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat({ max: 1000 })), (script, order) => {
        const { all } = play(script);
        const cipher = plainCipher(1);
        const shuffled = all
          .map((change) => ({ change, at: order.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ change }) => change);
        const states = [all, shuffled].map((changes) => {
          const model = server();
          for (const change of changes) {
            const batch = { id: change.batch, kind: 'edit' as const, actor: 'a', device: change.id.slice(18), time: 1 };
            ask(model, 'push', { body: { changes: [cipher.seal(change, batch)] } });
          }
          const { slots } = ask<{ slots: Slot[] }>(model, 'state', { query: { limit: 1000 } });
          return slots.map(({ record, field, heads, named }) => [
            record,
            field,
            heads.map(({ id }) => id).sort(),
            [...named].sort(),
          ]);
        });
        expect(states[1]).toEqual(states[0]);
      }),
    );
  });
});

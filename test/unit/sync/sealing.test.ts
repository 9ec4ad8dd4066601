/** Sealing, names and keys (SYNC-SEAL, SYNC-KEYS). */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ringCipher } from '../../../electron/sync/cipher.ts';
import { pack, paddedSize, unpack } from '../../../electron/sync/padding.ts';
import { RingSecrets } from '../../../electron/sync/secrets.ts';
import type { Batch, Change, Json } from '../../../shared/change/types.ts';
import { decodeInvitation } from '../../../shared/sync/invitation-code.ts';
import { deviceBody, type DeviceEntry, sealedChange } from '../../../shared/sync/protocol.ts';
import type { Role } from '../../../shared/sync/shapes.ts';
import { unwrap } from '../../../shared/result.ts';
import { MemoryLog } from '../../simulation/memory-log.ts';

const WORKSPACE = randomBytes(16).toString('base64url');
const ring = (...keys: readonly number[]): ReadonlyMap<number, Uint8Array> =>
  new Map(keys.map((epoch) => [epoch, new Uint8Array(32).fill(epoch)]));
const hlc = (millis: number, device = '1'): string =>
  `${millis.toString(16).padStart(12, '0')}-0000-${device.repeat(16)}`;
const batch: Batch = { id: hlc(5), kind: 'edit', actor: 'Анна', device: '1'.repeat(16), time: 5, label: 'l' };
const change = (value: Json, field = 'title'): Change => ({
  id: hlc(6),
  batch: batch.id,
  type: 'meeting',
  record: 'm1',
  field,
  value,
  base: [hlc(1), hlc(2, '2')],
});

describe('a box', () => {
  it('gives back exactly what was sealed, in the shape of the wire', () => {
    const cipher = ringCipher(WORKSPACE, ring(1, 2));
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.string(), (value, text) => {
        for (const content of [value as Json, text.repeat(200)]) {
          const given = change(JSON.parse(JSON.stringify(content)) as Json);
          const sealed = cipher.seal(given, batch);
          expect(sealedChange.safeParse(sealed).success).toBe(true);
          expect(cipher.open(sealed)).toEqual({ ok: true, change: given, batch });
        }
      }),
    );
  });

  it('keeps every form of a batch header', () => {
    const cipher = ringCipher(WORKSPACE, ring(1));
    const given = change('x');
    const headers: readonly Batch[] = [
      { ...batch, time: 5 },
      { ...batch, time: 77, device: '3'.repeat(16) },
      { ...batch, id: hlc(4, '2'), device: '2'.repeat(16), time: 4 },
      { ...batch, id: 'no clock reading', undoes: 'b7' },
    ];
    for (const header of headers) {
      const opened = cipher.open(cipher.seal({ ...given, batch: header.id }, header));
      expect(opened).toEqual({ ok: true, change: { ...given, batch: header.id }, batch: header });
    }
  });

  it('opens in no other place (SYNC-SEAL-3)', () => {
    const cipher = ringCipher(WORKSPACE, ring(1, 2));
    const sealed = cipher.seal(change('x'), batch);
    const other = cipher.seal({ ...change('y'), record: 'm2', field: 'place' }, batch);
    const moved = [
      { ...sealed, id: hlc(7) },
      { ...sealed, record: other.record },
      { ...sealed, field: other.field },
      { ...sealed, bases: [hlc(1)] },
      { ...sealed, bases: [...sealed.bases].reverse() },
      { ...sealed, keyEpoch: 1 },
      { ...sealed, box: other.box },
      { ...sealed, box: `${sealed.box.slice(0, -2)}${sealed.box.endsWith('AA') ? 'BB' : 'AA'}` },
    ];
    for (const one of moved) expect(cipher.open(one)).toEqual({ ok: false, reason: 'box' });
    expect(ringCipher(randomBytes(16).toString('base64url'), ring(1, 2)).open(sealed)).toEqual({
      ok: false,
      reason: 'box',
    });
    expect(ringCipher(WORKSPACE, ring(1)).open(sealed)).toEqual({ ok: false, reason: 'key' });
  });

  it('keeps its names through rotations and tells equal fields of two records apart (SYNC-SEAL-1)', () => {
    const [before, after] = [ringCipher(WORKSPACE, ring(1)), ringCipher(WORKSPACE, ring(1, 2, 3))];
    const [a, b] = [before.seal(change('x'), batch), after.seal(change('x'), batch)];
    expect([b.record, b.field]).toEqual([a.record, a.field]);
    expect(b.keyEpoch).toBe(3);
    expect(after.open(a).ok).toBe(true);
    expect(before.seal({ ...change('x'), record: 'm2' }, batch).field).not.toBe(a.field);
    expect(before.record('m1')).toBe(a.record);
    // Without the first key nothing can be named.
    expect(ringCipher(WORKSPACE, ring(3)).keyEpoch).toBe(0);
  });

  it('says little by its size (SYNC-SEAL-5)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000 }), (bytes) => {
        const size = paddedSize(bytes);
        expect(size).toBeGreaterThanOrEqual(bytes);
        expect(size).toBeLessThanOrEqual(Math.max(128, bytes <= 1024 ? bytes * 2 : Math.ceil(bytes * 1.125) + 1));
        expect(paddedSize(bytes + 1)).toBeGreaterThanOrEqual(size);
        expect(paddedSize(size)).toBe(size);
      }),
    );
    const cipher = ringCipher(WORKSPACE, ring(1));
    const sizes = new Set(['A', 'Ёлкин', 'Петропавловская'].map((name) => cipher.seal(change(name), batch).box.length));
    expect(sizes).toEqual(new Set([Math.ceil(((128 + 28) * 4) / 3)]));
  });

  it('unpacks what was packed and nothing else', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 2000 }),
        (text) => unpack(pack(text)) === text.toWellFormed(),
      ),
    );
    for (const wrong of [
      Buffer.alloc(3),
      Buffer.from([0, 255, 255, 255, 255, 1]),
      Buffer.from([1, 0, 0, 0, 2, 7, 7]),
      Buffer.from([9, 0, 0, 0, 0]),
    ])
      expect(unpack(wrong)).toBeNull();
  });
});

describe('keys', () => {
  const member = (): { readonly secrets: RingSecrets; readonly log: MemoryLog } => {
    const log = new MemoryLog({
      machine: () => 1,
      newDevice: () => randomBytes(8).toString('hex'),
      hash: () => new Uint8Array(17),
      fate: () => 'well',
    });
    const secrets = new RingSecrets(log, () => []);
    return { log, secrets };
  };
  type Member = ReturnType<typeof member> & { entry: DeviceEntry };
  const join = (invitation: Parameters<RingSecrets['begin']>[0], role: Role): Member => {
    const made = member();
    const { device, name, card } = made.log.transaction(() => made.secrets.begin(invitation, 'Ноутбук'));
    const entry = {
      device,
      name,
      role,
      card,
      enrolledAt: 1,
      seenAt: null,
      revokedAt: null,
      wipe: false,
      wipedAt: null,
    };
    return { ...made, entry };
  };
  const first = (): Member =>
    join({ server: 'https://s.example', workspace: WORKSPACE, secret: randomBytes(16).toString('base64url') }, 'owner');
  const invited = (by: Member, role: Role): Member =>
    join(unwrap(decodeInvitation(by.secrets.invitation().code)), role);
  const adopt = ({ log, secrets }: Member, keys: unknown, devices: readonly DeviceEntry[]): number =>
    log.transaction(() => secrets.adopt(keys, devices));
  /** What the server would answer each device after a rotation. */
  const rotate = (by: Member, stay: readonly Member[]) => {
    const body = by.log.transaction(() => by.secrets.rotation(stay.map(({ entry }) => entry)));
    return ({ entry }: Member) => [
      { keyEpoch: 1, madeBy: by.entry.device, chain: null, envelope: null },
      {
        keyEpoch: body.keyEpoch,
        madeBy: by.entry.device,
        chain: body.chain,
        envelope: body.envelopes.find(({ device }) => device === entry.device)?.envelope ?? null,
      },
    ];
  };

  it('reach those who stay and not those who are out; a new device gets the old ones by the chain (SYNC-KEYS-2, -3)', () => {
    const owner = first();
    const [stays, leaves] = [invited(owner, 'editor'), invited(owner, 'editor')];
    const keys = rotate(owner, [owner, stays]);
    const present = [owner.entry, stays.entry];
    expect(adopt(owner, keys(owner), present)).toBe(1);
    expect(adopt(stays, keys(stays), present)).toBe(1);
    expect(adopt(leaves, keys(leaves), present)).toBe(0);
    // Nor with the envelope of another.
    expect(adopt(leaves, keys(stays), present)).toBe(0);
    const sealed = owner.secrets.cipher().seal(change('после'), batch);
    expect(sealed.keyEpoch).toBe(2);
    expect(stays.secrets.cipher().open(sealed).ok).toBe(true);
    expect(leaves.secrets.cipher().open(sealed)).toEqual({ ok: false, reason: 'key' });

    const late = invited(owner, 'reader');
    expect(late.secrets.cipher().keyEpoch).toBe(0);
    expect(adopt(late, keys(late), present)).toBe(1);
    expect(late.secrets.cipher().keyEpoch).toBe(2);
    expect(late.secrets.cipher().record('m1')).toBe(owner.secrets.cipher().record('m1'));
    expect(late.secrets.deviceNames([stays.entry, { ...stays.entry, device: owner.entry.device }])).toEqual([
      'Ноутбук',
      '',
    ]);
  });

  it('seal a device’s name that somebody else gives it, for that device alone (SYNC-SEAL-7, SYNC-ROLE-4)', () => {
    const owner = first();
    const [other, third] = [invited(owner, 'editor'), invited(owner, 'reader')];
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }), (given) => {
        const name = owner.secrets.sealName(other.entry.device, given);
        // What a server takes.
        expect(deviceBody.safeParse({ name }).success).toBe(true);
        const told = [
          { ...other.entry, name },
          { ...third.entry, name },
        ];
        for (const { secrets } of [owner, other, third])
          expect(secrets.deviceNames(told)).toEqual([[...given].slice(0, 60).join('').toWellFormed(), '']);
      }),
    );
  });

  it('are not given to a device that the server slipped in (SYNC-ENROL-2)', () => {
    const owner = first();
    const stranger = join(
      { server: 'https://s.example', workspace: WORKSPACE, secret: randomBytes(16).toString('base64url') },
      'editor',
    );
    const { envelopes } = owner.log.transaction(() => owner.secrets.rotation([owner.entry, stranger.entry]));
    expect(envelopes.map(({ device }) => device)).toEqual([owner.entry.device]);
  });

  it('are not taken from the server, nor from a member who is no owner (SYNC-KEYS-2)', () => {
    const owner = first();
    const [victim, rogue] = [invited(owner, 'editor'), invited(owner, 'editor')];
    const forged = rotate(rogue, [rogue, victim])(victim);
    const present = [owner.entry, victim.entry, rogue.entry];
    // The victim knows who the owner is; the server says that the owner made the rogue's key.
    expect(adopt(victim, [], present)).toBe(0);
    const posing = forged.map((entry) => ({ ...entry, madeBy: owner.entry.device }));
    expect(adopt(victim, posing, present)).toBe(0);
    expect(victim.secrets.cipher().keyEpoch).toBe(1);
  });
});

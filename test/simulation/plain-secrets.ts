/**
 * Sealing without sealing: the real one is tested by itself and costs time. Names are readable, boxes are JSON, and a key
 * is a number that one has or has not.
 */
import { hash } from 'node:crypto';
import type { Batch, Change } from '../../shared/change/types.ts';
import type { Secrets } from '../../shared/sync/engine/ledger-store.ts';
import type { Cipher, LedgerLog, PartPlace } from '../../shared/sync/engine/types.ts';
import type { DeviceEntry, EnrolBody, SealedChange } from '../../shared/sync/protocol.ts';
import type { Chance } from './world.ts';

/** Length of a checksum as hex. */
const CHECK = 32;
const partName = ({ pack, place, part, last }: PartPlace): string => `${pack} ${place} ${part} ${last}`;

export const plainCipher = (keyEpoch: number): Cipher => ({
  keyEpoch,
  seal: (change, batch) => ({
    id: change.id,
    record: `r:${change.record}`,
    field: `f:${change.record}/${change.field}`,
    bases: [...change.base],
    keyEpoch,
    box: JSON.stringify([keyEpoch, change, batch]),
  }),
  open: (sealed: SealedChange) => {
    if (sealed.keyEpoch > keyEpoch) return { ok: false, reason: 'key' };
    let content: readonly [number, Change, Batch];
    try {
      content = JSON.parse(sealed.box) as readonly [number, Change, Batch];
    } catch {
      return { ok: false, reason: 'box' };
    }
    const [, change, batch] = content;
    const same =
      change?.id === sealed.id &&
      `r:${change.record}` === sealed.record &&
      `f:${change.record}/${change.field}` === sealed.field &&
      JSON.stringify(change.base) === JSON.stringify(sealed.bases);
    return same ? { ok: true, change, batch } : { ok: false, reason: 'shape' };
  },
  record: (id) => `r:${id}`,
  // Whatever is changed on the way is noticed, as it is with the real seal.
  sealPart: (at, content) => {
    const text = JSON.stringify([keyEpoch, partName(at), content]);
    return new TextEncoder().encode(`${hash('md5', text)}${text}`);
  },
  openPart: (at, box) => {
    const sealed = new TextDecoder().decode(box);
    const text = sealed.slice(CHECK);
    if (hash('md5', text) !== sealed.slice(0, CHECK)) return null;
    const [epoch, name, content] = JSON.parse(text) as readonly [number, string, string];
    return epoch <= keyEpoch && name === partName(at) ? content : null;
  },
});

export function plainSecrets(log: LedgerLog, chance: Chance): Secrets {
  const keyEpoch = (): number => Number(log.get('keys') ?? 0);
  return {
    cipher: () => plainCipher(keyEpoch()),
    begin: (invitation, name): EnrolBody => {
      log.set('keys', String(invitation.key?.epoch ?? 1));
      return {
        workspace: invitation.workspace,
        secret: invitation.secret,
        device: `d${chance.hex(8)}`,
        name,
        token: `t${chance.hex(8)}`,
        card: { publicKey: '', keyEpoch: 1, mac: '' },
      };
    },
    adopt: (keys, _devices: readonly DeviceEntry[]) => {
      const newest = Math.max(0, ...(keys as readonly { readonly keyEpoch: number }[]).map((key) => key.keyEpoch));
      const before = keyEpoch();
      if (newest > before) log.set('keys', String(newest));
      return Math.max(0, newest - before);
    },
    lostKey: () => null,
    card: () => ({ publicKey: '', keyEpoch: keyEpoch(), mac: '' }),
    openManifest: ({ box }) => JSON.parse(box) as string[],
    makeManifest: () => null,
    forget: () => log.remove('keys'),
  };
}

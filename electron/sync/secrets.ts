/**
 * What sync keeps secret: the workspace's keys, this device's private key, and which cards it has seen. It lives in the
 * vault's file and thread; only what is sealed, and the token, ever leaves them.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { z } from 'zod';
import { AppFailure } from '../../shared/result.ts';
import type { Secrets } from '../../shared/sync/engine/ledger-store.ts';
import type { BlobCipher } from '../../shared/sync/engine/blob-types.ts';
import type { Cipher, LedgerLog } from '../../shared/sync/engine/types.ts';
import { encodeInvitation } from '../../shared/sync/invitation-code.ts';
import { type DeviceCard, type DeviceEntry, keyEntry, type RotateBody } from '../../shared/sync/protocol.ts';
import { ringBlobs } from './blob-cipher.ts';
import { ringCipher } from './cipher.ts';
import type { NamedDevice } from './keeper.ts';
import { pack, unpack } from './padding.ts';
import { seal, shortMac, subkey, toBytes, toText, unseal } from './subkeys.ts';

const RING = 'syncRing';
const MANIFEST = 'syncManifest';

const stored = z.object({
  server: z.string(),
  workspace: z.string(),
  device: z.string(),
  privateKey: z.string(),
  keys: z.array(z.tuple([z.number().int(), z.string()])),
  /** Public keys by device that were once seen in a card under the newest key of their time. */
  pins: z.record(z.string(), z.string()),
});
type Stored = z.infer<typeof stored>;
type KeyEntry = z.infer<typeof keyEntry>;

// An X25519 key in DER is a fixed head and the 32 raw bytes.
const PRIVATE_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC_HEAD = Buffer.from('302a300506032b656e032100', 'hex');
const privateOf = (raw: string): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, toBytes(raw)]), format: 'der', type: 'pkcs8' });
const publicOf = (raw: string): KeyObject =>
  createPublicKey({ key: Buffer.concat([PUBLIC_HEAD, toBytes(raw)]), format: 'der', type: 'spki' });
const rawPublic = (key: KeyObject): string =>
  toText(key.export({ format: 'der', type: 'spki' }).subarray(PUBLIC_HEAD.length));
const rawPrivate = (key: KeyObject): string =>
  toText(key.export({ format: 'der', type: 'pkcs8' }).subarray(PRIVATE_HEAD.length));

/** A device's name as it is kept: at most 60 characters. */
export const shortName = (name: string): string => [...name].slice(0, 60).join('');

/** SHA-256 by which the server knows an invitation (SYNC-CODE-3). */
export const invitationHash = (workspace: string, secret: string): string =>
  createHash('sha256').update(`${workspace}:${secret}`).digest('base64url');

export class RingSecrets implements Secrets {
  readonly #log: LedgerLog;
  readonly #firstRecords: () => readonly string[];
  #text: string | undefined;
  #stored: Stored | undefined;
  #cipher: Cipher | undefined;
  #blobs: BlobCipher | undefined;

  /** `firstRecords`: ids of what a new device should get first. */
  constructor(log: LedgerLog, firstRecords: () => readonly string[]) {
    this.#log = log;
    this.#firstRecords = firstRecords;
  }

  /** What the vault holds; read anew when it differs, as after a transaction that was rolled back. */
  #current(): Stored | undefined {
    const text = this.#log.get(RING);
    if (text !== this.#text) {
      this.#text = text;
      this.#stored = text === undefined ? undefined : stored.parse(JSON.parse(text));
      this.#cipher = undefined;
      this.#blobs = undefined;
    }
    return this.#stored;
  }

  #keep(next: Stored): void {
    this.#log.set(RING, JSON.stringify(next));
  }

  #need(): Stored {
    const present = this.#current();
    if (!present) throw new AppFailure('sync.notSet');
    return present;
  }

  #key(epoch: number): Buffer | null {
    const found = this.#need().keys.find(([one]) => one === epoch);
    return found ? toBytes(found[1]) : null;
  }

  #newest(): number {
    return Math.max(0, ...this.#need().keys.map(([epoch]) => epoch));
  }

  cipher = (): Cipher => {
    const { workspace, keys } = this.#need();
    if (!this.#cipher) {
      this.#cipher = ringCipher(workspace, new Map(keys.map(([epoch, key]) => [epoch, toBytes(key)])));
    }
    return this.#cipher;
  };

  /** Seals contents of attachments. */
  blobs = (): BlobCipher => {
    const { workspace, keys } = this.#need();
    this.#blobs ??= ringBlobs(workspace, new Map(keys.map(([epoch, key]) => [epoch, toBytes(key)])));
    return this.#blobs;
  };

  begin: Secrets['begin'] = (invitation, deviceName) => {
    const { server, workspace, secret, key } = invitation;
    const pair = generateKeyPairSync('x25519');
    const device = toText(randomBytes(16));
    const epoch = key?.epoch ?? 1;
    const bytes = key ? Buffer.from(key.bytes) : randomBytes(32);
    const publicKey = rawPublic(pair.publicKey);
    this.#keep({
      server,
      workspace,
      device,
      privateKey: rawPrivate(pair.privateKey),
      keys: [[epoch, toText(bytes)]],
      pins: { [device]: publicKey },
    });
    this.#log.remove(MANIFEST);
    return {
      workspace,
      secret,
      device,
      name: this.sealName(device, deviceName),
      token: toText(randomBytes(32)),
      card: this.card(),
    };
  };

  forget = (): void => {
    this.#log.remove(RING);
    this.#log.remove(MANIFEST);
  };

  // Cards (SYNC-ENROL-2)

  #macOf(device: string, publicKey: string, keyEpoch: number): string | null {
    const key = this.#key(keyEpoch);
    return key && shortMac(subkey(key, this.#need().workspace, 'rapport card'), device, publicKey);
  }

  card = (): DeviceCard => {
    const { device, privateKey } = this.#need();
    const publicKey = rawPublic(createPublicKey(privateOf(privateKey)));
    const keyEpoch = this.#newest();
    return { publicKey, keyEpoch, mac: this.#macOf(device, publicKey, keyEpoch) ?? '' };
  };

  /** Public keys of the devices whose cards count; what was seen under the newest key is remembered. */
  #trusted(devices: readonly DeviceEntry[]): ReadonlyMap<string, string> {
    const newest = this.#newest();
    const pins = { ...this.#need().pins };
    const trusted = new Map<string, string>();
    let learned = false;
    for (const { device, card } of devices) {
      const fresh =
        card.keyEpoch === newest &&
        card.mac === this.#macOf(device, card.publicKey, newest) &&
        !Object.hasOwn(pins, device);
      if (fresh) {
        pins[device] = card.publicKey;
        learned = true;
      }
      if (Object.hasOwn(pins, device) && pins[device] === card.publicKey) trusted.set(device, card.publicKey);
    }
    if (learned) this.#keep({ ...this.#need(), pins });
    return trusted;
  }

  // Keys (SYNC-KEYS)

  #envelopeKey(shared: readonly Buffer[], previous: Uint8Array, device: string, keyEpoch: number): Buffer {
    const { workspace } = this.#need();
    return subkey(Buffer.concat([...shared, previous]), workspace, 'rapport envelope', device, String(keyEpoch));
  }

  #chainKey(key: Uint8Array): Buffer {
    return subkey(key, this.#need().workspace, 'rapport chain');
  }

  /** Key n + 1 for the devices that stay. The new key comes back to this device through its own envelope. */
  rotation(devices: readonly DeviceEntry[]): RotateBody {
    return this.#handing(devices, this.#newest(), randomBytes(32));
  }

  /** The key after `keyEpoch`, which the server has lost; null when it is not here. */
  lostKey(devices: readonly DeviceEntry[], keyEpoch: number): RotateBody | null {
    const next = this.#key(keyEpoch + 1);
    return next && this.#key(keyEpoch) ? this.#handing(devices, keyEpoch, next) : null;
  }

  /** Hands the key after `newest` to the devices that stay. */
  #handing(devices: readonly DeviceEntry[], newest: number, next: Uint8Array): RotateBody {
    const { privateKey } = this.#need();
    const previous = this.#key(newest);
    if (!previous) throw new AppFailure('sync.keyMissing');
    const keyEpoch = newest + 1;
    const own = privateOf(privateKey);
    const self = rawPublic(createPublicKey(own));
    const proof = toBytes(this.#macOf(this.#need().device, self, newest) ?? '');
    const trusted = this.#trusted(devices.filter(({ revokedAt }) => revokedAt === null));
    const envelopes = [...trusted].map(([device, publicKey]) => {
      const ephemeral = generateKeyPairSync('x25519');
      const theirs = publicOf(publicKey);
      const shared = [ephemeral.privateKey, own].map((mine) => diffieHellman({ privateKey: mine, publicKey: theirs }));
      const sealed = seal(this.#envelopeKey(shared, previous, device, keyEpoch), next, device);
      return {
        device,
        envelope: toText(Buffer.concat([toBytes(self), proof, toBytes(rawPublic(ephemeral.publicKey)), sealed])),
      };
    });
    return { keyEpoch, chain: toText(seal(this.#chainKey(next), previous, String(newest))), envelopes };
  }

  adopt: Secrets['adopt'] = (given, devices) => {
    const entries = z.array(keyEntry).parse(given);
    const trusted = this.#trusted(devices);
    const before = this.#need().keys.length;
    for (const entry of entries.toSorted((a, b) => a.keyEpoch - b.keyEpoch)) this.#unwrap(entry, trusted, devices);
    // Earlier keys, from the newest down (SYNC-KEYS-3).
    for (const entry of entries.toSorted((a, b) => b.keyEpoch - a.keyEpoch)) {
      const key = this.#key(entry.keyEpoch);
      if (!key || entry.chain === null || this.#key(entry.keyEpoch - 1)) continue;
      const earlier = unseal(this.#chainKey(key), toBytes(entry.chain), String(entry.keyEpoch - 1));
      if (earlier?.length === 32) this.#addKey(entry.keyEpoch - 1, earlier);
    }
    return this.#need().keys.length - before;
  };

  #addKey(epoch: number, key: Uint8Array): void {
    const present = this.#need();
    const keys = [...present.keys, [epoch, toText(key)] as [number, string]].sort(([a], [b]) => a - b);
    this.#keep({ ...present, keys });
  }

  /**
   * The maker's public key as the envelope names it, when it may be believed: seen before, or proved with the previous key
   * by a device that the server lists as an owner.
   */
  #maker(
    entry: KeyEntry,
    bytes: Buffer,
    trusted: ReadonlyMap<string, string>,
    devices: readonly DeviceEntry[],
  ): string | null {
    const named = toText(bytes.subarray(0, 32));
    const known = trusted.get(entry.madeBy) ?? this.#need().pins[entry.madeBy];
    if (known !== undefined) return known === named ? named : null;
    const isOwner = devices.some(
      (one) => one.device === entry.madeBy && one.role === 'owner' && one.revokedAt === null,
    );
    const proof = toText(bytes.subarray(32, 48));
    return isOwner && proof === this.#macOf(entry.madeBy, named, entry.keyEpoch - 1) ? named : null;
  }

  #unwrap(entry: KeyEntry, trusted: ReadonlyMap<string, string>, devices: readonly DeviceEntry[]): void {
    const { keyEpoch, envelope, madeBy } = entry;
    const { device, privateKey } = this.#need();
    const previous = this.#key(keyEpoch - 1);
    if (this.#key(keyEpoch) || !previous || envelope === null) return;
    const bytes = toBytes(envelope);
    const maker = bytes.length > 80 ? this.#maker(entry, bytes, trusted, devices) : null;
    if (maker === null) return;
    const own = privateOf(privateKey);
    const shared = [toText(bytes.subarray(48, 80)), maker].map((theirs) =>
      diffieHellman({ privateKey: own, publicKey: publicOf(theirs) }),
    );
    const key = unseal(this.#envelopeKey(shared, previous, device, keyEpoch), bytes.subarray(80), device);
    if (key?.length !== 32) return;
    this.#addKey(keyEpoch, key);
    this.#keep({ ...this.#need(), pins: { ...this.#need().pins, [madeBy]: maker } });
  }

  // Invitations

  /** A code for a colleague or a device of one's own, and the name by which the server will know it. */
  invitation(): { readonly code: string; readonly hash: string } {
    const { server, workspace } = this.#need();
    const epoch = this.#newest();
    const key = this.#key(epoch);
    if (!key || this.cipher().keyEpoch === 0) throw new AppFailure('sync.keyMissing');
    const secret = toText(randomBytes(16));
    const code = encodeInvitation({ server, workspace, secret, key: { epoch, bytes: new Uint8Array(key) } });
    return { code, hash: invitationHash(workspace, secret) };
  }

  // Names of devices (SYNC-SEAL-7)

  #nameKey(epoch: number): Buffer | null {
    const key = this.#key(epoch);
    return key && subkey(key, this.#need().workspace, 'rapport device name');
  }

  /** Of this device or, by an owner, of another one. */
  sealName(device: string, name: string): string {
    const { workspace } = this.#need();
    const epoch = this.#newest();
    const key = this.#nameKey(epoch);
    if (!key) throw new AppFailure('sync.keyMissing');
    return `${epoch}.${toText(seal(key, pack(shortName(name)), `${workspace} ${device}`))}`;
  }

  /** '' where a name cannot be read. */
  deviceNames(devices: readonly NamedDevice[]): string[] {
    const { workspace } = this.#need();
    return devices.map(({ device, name }) => {
      const [epoch = '', box = ''] = name.split('.');
      const key = this.#nameKey(Number(epoch));
      const plain = key && unseal(key, toBytes(box), `${workspace} ${device}`);
      return plain ? (unpack(plain) ?? '') : '';
    });
  }

  // Manifest (SYNC-STATE-5)

  #manifestKey(epoch: number): Buffer | null {
    const key = this.#key(epoch);
    return key && subkey(key, this.#need().workspace, 'rapport manifest');
  }

  makeManifest: Secrets['makeManifest'] = () => {
    const cipher = this.cipher();
    const names = this.#firstRecords().map((id) => cipher.record(id));
    const content = JSON.stringify(names);
    const print = createHash('sha256').update(content).digest('base64url');
    if (names.length === 0 || this.#log.get(MANIFEST) === print) return null;
    this.#log.set(MANIFEST, print);
    const keyEpoch = this.#newest();
    return { keyEpoch, box: toText(seal(this.#manifestKey(keyEpoch) as Buffer, pack(content), 'manifest')) };
  };

  openManifest: Secrets['openManifest'] = ({ keyEpoch, box }) => {
    const key = this.#manifestKey(keyEpoch);
    const plain = key && unseal(key, toBytes(box), 'manifest');
    try {
      return z
        .array(z.string().length(22))
        .max(20_000)
        .parse(JSON.parse((plain && unpack(plain)) ?? ''));
    } catch {
      // A hint that cannot be read is no hint.
      return [];
    }
  };
}

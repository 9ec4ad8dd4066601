import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyEnvelope,
  keyFits,
  newKey,
  readEnvelope,
  unwrapKey,
  withKeychain,
  withPassphrase,
  withRecovery,
  writeEnvelope,
} from '../../../electron/vault/keys.ts';
import { newRecoveryCode, parseRecoveryCode } from '../../../electron/vault/recovery-code.ts';
import { codeOf, codeOfAsync, folder } from './support.ts';
import { fakeKeychain } from './fake-keychain.ts';

describe('the envelope', () => {
  it('opens with the passphrase, the recovery code or the keychain, each on its own', async () => {
    const key = newKey();
    const code = newRecoveryCode();
    const keychain = fakeKeychain('libsecret');
    const envelope = await withKeychain(
      withRecovery(await withPassphrase(emptyEnvelope(key), key, 'пароль из слов'), key, code),
      key,
      keychain,
    );
    expect(await unwrapKey(envelope, { secret: 'пароль из слов' })).toEqual(key);
    expect(await unwrapKey(envelope, { secret: code.toLowerCase().replaceAll('-', ' ') })).toEqual(key);
    expect(await unwrapKey(envelope, { keychain })).toEqual(key);
    expect(keyFits(envelope, key)).toBe(true);
    expect(keyFits(envelope, newKey())).toBe(false);
  });

  it('takes the same passphrase in either Unicode form', async () => {
    const key = newKey();
    const envelope = await withPassphrase(emptyEnvelope(key), key, 'й'.normalize('NFD').repeat(8));
    expect(await unwrapKey(envelope, { secret: 'й'.normalize('NFC').repeat(8) })).toEqual(key);
  });

  it('tells a wrong secret, a missing one and a changed keychain apart', async () => {
    const key = newKey();
    const locked = await withPassphrase(emptyEnvelope(key), key, 'correct horse');
    const bound = await withKeychain(emptyEnvelope(key), key, fakeKeychain('libsecret'));
    expect(await codeOfAsync(unwrapKey(locked, { secret: 'wrong horse' }))).toBe('vault.wrongPassphrase');
    expect(await codeOfAsync(unwrapKey(locked, { secret: newRecoveryCode() }))).toBe('vault.wrongPassphrase');
    expect(await codeOfAsync(unwrapKey(locked, {}))).toBe('vault.passphraseNeeded');
    expect(await codeOfAsync(unwrapKey(locked, { keychain: fakeKeychain('libsecret') }))).toBe(
      'vault.passphraseNeeded',
    );
    expect(await codeOfAsync(unwrapKey(bound, { keychain: fakeKeychain('kwallet') }))).toBe('vault.keychainChanged');
    expect(await codeOfAsync(unwrapKey(bound, { keychain: fakeKeychain('libsecret', 99) }))).toBe(
      'vault.keychainChanged',
    );
    expect(await codeOfAsync(unwrapKey(bound, {}))).toBe('vault.keychainChanged');
  });

  it('forgets the previous passphrase', async () => {
    const key = newKey();
    const changed = await withPassphrase(await withPassphrase(emptyEnvelope(key), key, 'first one'), key, 'second one');
    expect(await codeOfAsync(unwrapKey(changed, { secret: 'first one' }))).toBe('vault.wrongPassphrase');
    expect(await unwrapKey(changed, { secret: 'second one' })).toEqual(key);
  });

  it('is written for its owner only and holds no secret', async () => {
    const key = newKey();
    const file = join(folder(), 'vault.key.json');
    const envelope = await withPassphrase(emptyEnvelope(key), key, 'secret words');
    writeEnvelope(file, envelope);
    expect(readEnvelope(file)).toEqual(envelope);
    // Windows has no such bits; the profile folder keeps others out there.
    expect(process.platform === 'win32' ? 0o600 : statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    for (const form of ['secret words', Buffer.from(key).toString('hex'), Buffer.from(key).toString('base64')])
      expect(text).not.toContain(form);
    expect(envelope.wraps[0]).toMatchObject({ kdf: 'argon2id', m: 65_536, t: 3 });
  });

  it('that cannot be understood is damage, and one that is not there is nothing', () => {
    const file = join(folder(), 'vault.key.json');
    expect(readEnvelope(file)).toBeUndefined();
    for (const bad of [
      '',
      '{}',
      '{"version":2,"check":"","wraps":[]}',
      'null',
      '[]',
      '{"version":1,"check":"aa==","wraps":[{"kind":"passphrase","kdf":"argon2id","m":99999999,"t":3,"p":1,"salt":"","nonce":"","blob":""}]}',
    ]) {
      writeEnvelope(file, JSON.parse(bad || '""') as never);
      expect(codeOf(() => readEnvelope(file))).toBe('vault.keyDamaged');
    }
  });

  it('does not open when a single character of a wrap was changed', async () => {
    const key = newKey();
    const envelope = await withPassphrase(emptyEnvelope(key), key, 'correct horse');
    const text = JSON.stringify(envelope);
    const at = text.indexOf('"blob":"') + 12;
    const changed = JSON.parse(
      `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`,
    ) as typeof envelope;
    expect(await codeOfAsync(unwrapKey(changed, { secret: 'correct horse' }))).toBe('vault.wrongPassphrase');
  });
});

describe('the recovery code', () => {
  it('is understood however it is typed', () => {
    for (let i = 0; i < 100; i += 1) {
      const code = newRecoveryCode();
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
      const body = parseRecoveryCode(code);
      expect(body).toHaveLength(26);
      expect(
        parseRecoveryCode(
          ` ${code.toLowerCase().replaceAll('-', '\u2013').replaceAll('0', 'o').replaceAll('1', 'l')} `,
        ),
      ).toBe(body);
    }
  });

  it('notices nearly every typing error', () => {
    const code = newRecoveryCode().replaceAll('-', '');
    let unnoticed = 0;
    fc.assert(
      fc.property(fc.nat(27), fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'.split('')), (at, letter) => {
        fc.pre(code[at] !== letter);
        if (parseRecoveryCode(`${code.slice(0, at)}${letter}${code.slice(at + 1)}`) !== null) unnoticed += 1;
      }),
      { numRuns: 1000 },
    );
    // Ten bits of checksum: one in 1,024.
    expect(unnoticed).toBeLessThan(20);
  });

  it('is not seen in other text', () => {
    for (const text of ['', 'correct horse battery', 'U'.repeat(28), '0'.repeat(27)])
      expect(parseRecoveryCode(text)).toBeNull();
  });
});

/** Codes, addresses, digests and schemas: what both sides of the protocol rest on. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue, LANGUAGES } from '../../../shared/i18n/catalogue.ts';
import { decodeBase64Url, encodeBase64Url } from '../../../shared/sync/base64url.ts';
import { differingBuckets, DigestSet, sameDigest, together } from '../../../shared/sync/digest.ts';
import { REFUSALS, SERVER_ERRORS } from '../../../shared/sync/errors.ts';
import { decodeInvitation, encodeInvitation } from '../../../shared/sync/invitation-code.ts';
import { pullQuery, pushBody, ROUTES, sealedChange } from '../../../shared/sync/protocol.ts';
import { serverAddress } from '../../../shared/sync/server-address.ts';

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });
const invitation = fc.record(
  {
    server: fc
      .constantFrom('https://sync.example.org', 'http://127.0.0.1:4455', 'https://пример.рф/rapport')
      .map((address) => {
        const read = serverAddress(address);
        return read.ok ? read.value : '';
      }),
    workspace: bytes(16).map(encodeBase64Url),
    secret: bytes(16).map(encodeBase64Url),
    key: fc.record({ epoch: fc.integer({ min: 1, max: 1000 }), bytes: bytes(32) }),
  },
  { requiredKeys: ['server', 'workspace', 'secret'] },
);

describe('invitation codes (SYNC-CODE-1)', () => {
  it('are read back, however they were pasted', () => {
    fc.assert(
      fc.property(invitation, fc.boolean(), (given, mangled) => {
        const code = encodeInvitation(given as Parameters<typeof encodeInvitation>[0]);
        const pasted = mangled
          ? ` ${code.toLowerCase().replaceAll('-', ' – ').replaceAll('0', 'o').replaceAll('1', 'l').replace('rptl', 'rpt1')}\n`
          : code;
        expect(decodeInvitation(pasted)).toEqual({ ok: true, value: given });
      }),
    );
  });

  it.each<[string, (code: string) => string]>([
    ['quoted in a letter', (code) => code.replace(/(.{40})/g, '$1\n> ')],
    [
      'with invisible characters',
      (code) => `\u200e\ufeff${code.replaceAll('-', '-\u200b').replace(/(.{7})/g, '$1\u00ad')}`,
    ],
    ['with minus signs', (code) => code.replaceAll('-', '\u2212')],
    ['in brackets and quotes', (code) => `(„<\`${code}\`>“),`],
    ['with words before it', (code) => `Код приглашения: ${code}`],
    ['in wide letters', (code) => code.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))],
    ['with I and l for 1', (code) => code.replaceAll('1', 'I').replace('I', 'l')],
    [
      'typed with a Russian keyboard',
      (code) => code.replace(/[ABEKMHOPCTYX03]/g, (c) => 'АВЕКМНОРСТУХОЗ'['ABEKMHOPCTYX03'.indexOf(c)] as string),
    ],
  ])('are read %s', (_, mangled) => {
    fc.assert(
      fc.property(invitation, fc.boolean(), (given, lower) => {
        const pasted = mangled(encodeInvitation(given as Parameters<typeof encodeInvitation>[0]));
        expect(decodeInvitation(lower ? pasted.toLowerCase() : pasted)).toEqual({ ok: true, value: given });
      }),
    );
  });

  it('notice one wrong character and a missing end', () => {
    fc.assert(
      fc.property(invitation, fc.nat(), fc.integer({ min: 1, max: 31 }), (given, place, step) => {
        const code = encodeInvitation(given as Parameters<typeof encodeInvitation>[0]).replaceAll('-', '');
        const at = 4 + (place % (code.length - 4));
        const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
        const wrong = alphabet[(alphabet.indexOf(code[at] as string) + step) % 32] as string;
        const read = decodeInvitation(code.slice(0, at) + wrong + code.slice(at + 1));
        expect(read).toMatchObject({ ok: false, error: { code: 'sync.codeMistyped' } });
        expect(decodeInvitation(code.slice(0, -3))).toMatchObject({ ok: false, error: { code: 'sync.codeMistyped' } });
      }),
    );
  });

  it.each([
    ['', 'sync.codeForeign'],
    ['1234-5678-9ABC-DEFG', 'sync.codeForeign'],
    ['https://sync.example.org', 'sync.codeForeign'],
    ['RPT2-AAAAA', 'sync.codeNewer'],
    ['RPT1-', 'sync.codeMistyped'],
    ['RPT1-UUUUU', 'sync.codeMistyped'],
  ])('are told from %j', (text, code) => {
    expect(decodeInvitation(text)).toMatchObject({ ok: false, error: { code } });
  });
});

describe('addresses (SYNC-TRANSPORT-1)', () => {
  it.each(['https://a.example/x/', 'http://localhost:1', 'http://127.0.0.1:80/', 'http://[::1]:9'])(
    'allow %s',
    (text) => {
      expect(serverAddress(text).ok).toBe(true);
    },
  );
  it.each([
    ['http://sync.example.org', 'sync.addressPlain'],
    ['http://127.0.0.1.example.org', 'sync.addressPlain'],
    ['http://192.168.0.10', 'sync.addressPlain'],
    ['ftp://x', 'sync.addressWrong'],
    ['https://user:pass@x', 'sync.addressWrong'],
    ['https://x?token=1', 'sync.addressWrong'],
    ['sync.example.org', 'sync.addressWrong'],
  ])('refuse %s', (text, code) => {
    expect(serverAddress(text)).toMatchObject({ ok: false, error: { code } });
  });
});

describe('digests (SYNC-DIGEST-1)', () => {
  const hash = (id: string): Uint8Array => createHash('sha256').update(id).digest();
  const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 60 });

  it('do not depend on order, survive saving, and lose what is removed', () => {
    fc.assert(
      fc.property(ids, ids, (some, others) => {
        const extra = others.filter((id) => !some.includes(id));
        const straight = new DigestSet(hash, some);
        const detour = new DigestSet(hash, [...extra, ...some.toReversed()]);
        for (const id of extra) detour.remove(id);
        expect(detour.buckets()).toEqual(straight.buckets());
        const restored = new DigestSet(hash);
        expect(restored.load(straight.save())).toBe(true);
        expect(restored.root()).toEqual(straight.root());
        expect(restored.root().count).toBe(some.length);
      }),
    );
  });

  it('point at exactly the buckets that differ', () => {
    fc.assert(
      fc.property(ids, fc.string({ minLength: 9, maxLength: 12 }), (some, missing) => {
        const ours = new DigestSet(hash, some);
        const theirs = new DigestSet(hash, [...some, missing]);
        expect(sameDigest(ours.root(), theirs.root())).toBe(false);
        expect(differingBuckets(ours.buckets(), theirs.buckets())).toEqual([hash(missing)[0]]);
        expect(differingBuckets(ours.buckets(), ours.buckets())).toEqual([]);
      }),
    );
  });

  it('of two sets that have nothing in common add up', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.nat(7), (ids, cut) => {
        const root = (part: readonly string[]) => new DigestSet(hash, part).root();
        expect(together(root(ids.slice(0, cut)), root(ids.slice(cut)))).toEqual(root(ids));
      }),
    );
  });

  it('refuse a text that is no saved digest', () => {
    const set = new DigestSet(hash, ['a']);
    const before = set.save();
    for (const text of [
      '1 2 3',
      before.slice(0, -1),
      `256${before.slice(before.indexOf(':'))}`,
      before.replace(':', ' '),
    ])
      expect(set.load(text)).toBe(false);
    expect(set.save()).toBe(before);
  });
});

describe('the protocol', () => {
  const change = {
    id: '0190a0000000-0000-0123456789abcdef',
    record: 'A'.repeat(22),
    field: 'B'.repeat(22),
    bases: [],
    keyEpoch: 1,
    box: 'C'.repeat(200),
  };

  it('takes a well-formed change and none with a wrong part', () => {
    expect(sealedChange.safeParse(change).success).toBe(true);
    const wrong: Record<string, unknown>[] = [
      { id: 'x' },
      { record: 'A'.repeat(21) },
      { field: '+'.repeat(22) },
      { bases: ['x'] },
      { keyEpoch: 0 },
      { box: '' },
      { box: 'a b'.repeat(50) },
    ];
    for (const part of wrong) expect(sealedChange.safeParse({ ...change, ...part }).success).toBe(false);
  });

  it('lets a push through in which one change is malformed (SYNC-PUSH-4)', () => {
    expect(pushBody.safeParse({ changes: [change, null, { id: 1 }] }).success).toBe(true);
    expect(pushBody.safeParse({ changes: [] }).success).toBe(false);
  });

  it('asks for one direction', () => {
    expect(pullQuery.safeParse({ after: '0' }).success).toBe(true);
    expect(pullQuery.safeParse({ before: '9', superseded: 'true' }).success).toBe(true);
    expect(pullQuery.safeParse({}).success).toBe(false);
    expect(pullQuery.safeParse({ after: 1, before: 2 }).success).toBe(false);
    expect(pullQuery.safeParse({ after: -1 }).success).toBe(false);
  });

  it('has no two routes at one place', () => {
    const places = Object.values(ROUTES).map(({ method, path }) => `${method} ${path}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it.each(LANGUAGES)('says every refusal in words in %s (SYNC-ERR-1)', (language) => {
    const { errors, sync } = catalogue[language];
    for (const code of Object.keys(SERVER_ERRORS)) expect(errors.sync).toHaveProperty(code);
    for (const code of REFUSALS) expect(sync.refused).toHaveProperty(code);
  });

  it('reads base64url back and refuses the rest', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (data) => {
        expect(decodeBase64Url(encodeBase64Url(data))).toEqual(data);
      }),
    );
    for (const text of ['a', 'ab=', 'a+b/', 'ä']) expect(decodeBase64Url(text)).toBeNull();
  });
});

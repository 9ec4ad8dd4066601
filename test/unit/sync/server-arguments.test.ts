/** The command line of the server's administration. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArguments, UsageError } from '../../../server/admin/arguments.ts';

const name = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('base64url'));

describe('arguments of the administration', () => {
  it('take every name of a workspace and a device, those that begin as an option does included', () => {
    fc.assert(
      fc.property(name, name, fc.constantFrom('', '-', '--', '-h'), (workspace, device, begin) => {
        const odd = `${begin}${device}`.slice(0, 22);
        for (const operands of [
          [workspace, odd],
          [odd, workspace],
        ])
          expect(readArguments(['--data', '/srv/rapport', 'wipe', ...operands])).toMatchObject({
            name: 'wipe',
            operands,
            options: { data: '/srv/rapport' },
          });
      }),
    );
  });

  it.each([[['devices', '--colour']], [['--days', '0']], [['devices']], [['-x']]])('refuse %j', (argv) => {
    expect(() => readArguments(argv)).toThrow(UsageError);
  });
});

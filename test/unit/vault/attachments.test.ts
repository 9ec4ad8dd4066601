import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayOpen, safeFileName } from '../../../shared/model/attachments.ts';
import { Vault } from '../../../electron/vault/vault.ts';
import { codeOf, KEY, newVault } from './support.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('attachments', () => {
  it('are kept once, survive closing, and come back as they were', () => {
    const { vault, file } = newVault();
    const first = vault.keepAttachment(bytes('договор'));
    expect(vault.keepAttachment(bytes('договор'))).toEqual(first);
    const other = vault.keepAttachment(bytes('акт'));
    expect(other.hash).not.toBe(first.hash);
    vault.close();
    const again = Vault.open({ file, key: KEY });
    expect(again.attachment(first.hash)).toEqual(bytes('договор'));
    expect(again.attachmentsHere([other.hash, 'f'.repeat(64), first.hash])).toEqual([other.hash, first.hash]);
    expect(again.attachment('f'.repeat(64))).toBeNull();
    again.close();
  });

  it('that are empty or too large are refused and leave nothing', () => {
    const { vault } = newVault();
    expect(codeOf(() => vault.keepAttachment(new Uint8Array(0)))).toBe('attachment.empty');
    expect(codeOf(() => vault.keepAttachment(new Uint8Array(50_000_001)))).toBe('attachment.tooLarge');
    expect(vault.db.prepare('SELECT count(*) AS n FROM attachments').get()).toEqual({ n: 0 });
  });

  it('stop at the budget of the vault, and what is there stays', () => {
    const { vault } = newVault();
    const first = vault.keepAttachment(bytes('договор'));
    vault.db
      .prepare('INSERT INTO attachments (hash, media, bytes, content) VALUES (?,?,?,?)')
      .run('e'.repeat(64), '', 999_999_990, Buffer.from('x'));
    expect(codeOf(() => vault.keepAttachment(bytes('ещё один файл')))).toBe('attachment.full');
    // What is there already takes no more room.
    expect(vault.keepAttachment(bytes('договор'))).toEqual(first);
  });

  it('whose content was changed are not given out', () => {
    const { vault } = newVault();
    const { hash } = vault.keepAttachment(bytes('договор'));
    vault.db.prepare('UPDATE attachments SET content = ? WHERE hash = ?').run(Buffer.from('другое'), hash);
    expect(codeOf(() => vault.attachment(hash))).toBe('attachment.damaged');
  });
});

describe('a file name from elsewhere', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\system32\\cmd.exe', 'cmd.exe'],
    ['договор \u202Efdp.exe', 'договор fdp.exe'],
    ['con.txt', '_con.txt'],
    ['...', 'file'],
    ['', 'file'],
    ['a<b>:"c|?*.pdf', 'abc.pdf'],
  ])('%j becomes %j', (given, safe) => {
    expect(safeFileName(given)).toBe(safe);
  });

  it('is never a path, never empty, never long, and stays what it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
        const safe = safeFileName(given);
        expect(safe).not.toMatch(/[/\\\p{Cc}\p{Cf}]/u);
        expect(safe.length).toBeGreaterThan(0);
        expect(safe.length).toBeLessThanOrEqual(120);
        expect(safeFileName(safe)).toBe(safe);
      }),
    );
  });

  it('does not start a program when it is opened', () => {
    for (const name of ['a.pdf', 'скан.JPG', 'b.docx', 'c.xlsx', 'd.txt']) expect(mayOpen(name), name).toBe(true);
    for (const name of ['a.exe', 'b.BAT', 'c.pdf.lnk', 'd.docm', 'e.html', 'f.sh', 'g', 'h.desktop', 'i.url'])
      expect(mayOpen(name), name).toBe(false);
  });
});

/** A hand-over with the contents of attachments: what goes in, and what of it is kept. */
import { createHash } from 'node:crypto';
import { AppFailure } from '../../shared/result.ts';
import {
  type HandOverPreview,
  type HandOverReport,
  type HandOverScope,
  type HandOverSize,
  MAX_HAND_OVER_FILES,
} from '../../shared/sync/hand-over.ts';
import type { HandOverContent, HandOverFile } from '../hand-over/sealed-file.ts';
import type { Vault } from './vault.ts';

const sizeOf = (
  { changes, records }: { readonly changes: number; readonly records: number },
  { here, elsewhere }: ReturnType<Vault['handOverFiles']>,
): HandOverSize => ({
  changes,
  records,
  files: here.length,
  fileBytes: here.reduce((sum, { bytes }) => sum + bytes, 0),
  filesElsewhere: elsewhere,
});

export const handOverSize = (vault: Vault, scope: HandOverScope): HandOverSize =>
  sizeOf(vault.handOverSets(scope), vault.handOverFiles(scope));

/** What is sealed. Throws `handOver.nothing`, and `handOver.filesTooLarge` when the contents asked for are too much. */
export function handOverContent(
  vault: Vault,
  { scope, by, files: withFiles }: { readonly scope: HandOverScope; readonly by: string; readonly files: boolean },
): { readonly size: HandOverSize; readonly content: Omit<HandOverContent, 'madeAt'> } {
  const sets = vault.handOverSets(scope);
  if (sets.changes === 0) throw new AppFailure('handOver.nothing');
  const size = sizeOf(sets, vault.handOverFiles(scope));
  if (!withFiles) return { size: { ...size, files: 0, fileBytes: 0 }, content: { by, sets: sets.sets } };
  if (size.fileBytes > MAX_HAND_OVER_FILES) throw new AppFailure('handOver.filesTooLarge');
  const files: HandOverFile[] = [];
  for (const { hash } of vault.handOverFiles(scope).here) {
    const content = vault.attachment(hash);
    if (content) files.push({ hash, content });
  }
  return { size, content: { by, sets: sets.sets, files } };
}

const missing = (vault: Vault, files: readonly HandOverFile[]): readonly HandOverFile[] => {
  const here = new Set(vault.attachmentsHere(files.map(({ hash }) => hash)));
  return files.filter(({ hash }) => !here.has(hash));
};

/** Contents that a file would bring. */
export function handOverNewFiles(
  vault: Vault,
  files: readonly HandOverFile[] = [],
): Pick<HandOverPreview, 'files' | 'fileBytes'> {
  const fresh = missing(vault, files);
  return { files: fresh.length, fileBytes: fresh.reduce((sum, { content }) => sum + content.length, 0) };
}

/** Keeps the contents that are what their names say, as far as there is room. */
export function keepHandOverFiles(
  vault: Vault,
  files: readonly HandOverFile[] = [],
): Pick<HandOverReport, 'files' | 'filesLeftOut'> {
  let kept = 0;
  let leftOut = 0;
  for (const { hash, content } of missing(vault, files)) {
    try {
      if (createHash('sha256').update(content).digest('hex') !== hash) throw new AppFailure('attachment.damaged');
      vault.keepAttachment(content);
      kept += 1;
    } catch (error) {
      // A disk that is full ends the whole: the records would name what is not there.
      if (!(error instanceof AppFailure) || !error.error.code.startsWith('attachment.')) throw error;
      leftOut += 1;
    }
  }
  return { files: kept, filesLeftOut: leftOut };
}

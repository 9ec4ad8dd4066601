/** Files kept with records: chosen by a dialog, opened as a private copy, saved elsewhere. */
import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { app, dialog, shell } from 'electron';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import { MAX_ATTACHMENT, mayOpen, safeFileName } from '../../../shared/model/attachments.ts';
import { AppFailure } from '../../../shared/result.ts';
import { actorOf, type AppContext } from '../../app/context.ts';
import { writeFileAtomically } from '../../export/atomic-write.ts';
import type { Handlers } from '../router.ts';

type AttachmentHandlers = { [C in keyof Handlers as C extends `attachments:${string}` ? C : never]: Handlers[C] };

/** A file's bytes, looked at before they are read. */
async function readBounded(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch(() => {
    throw new AppFailure('attachment.unreadable');
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new AppFailure('attachment.unreadable');
    if (stat.size > MAX_ATTACHMENT) throw new AppFailure('attachment.tooLarge', { limit: MAX_ATTACHMENT / 1_000_000 });
    return await file.readFile();
  } catch (error) {
    throw error instanceof AppFailure ? error : new AppFailure('attachment.unreadable');
  } finally {
    await file.close();
  }
}

export function attachmentHandlers(context: AppContext): AttachmentHandlers {
  const { vault, sync } = context;
  const t = () => createTranslator(context.settings.get().language).t;
  /** What is not here yet is fetched first. */
  const content = async (hash: string): Promise<Uint8Array> => {
    const here = await vault.attachment(hash);
    if (here) return here;
    await sync.fetchAttachment(hash);
    const bytes = await vault.attachment(hash);
    if (!bytes) throw new AppFailure('attachment.elsewhere');
    return bytes;
  };
  return {
    'attachments:add': async ({ type, record }) => {
      const choice = await dialog.showOpenDialog(context.window()!, {
        title: t()('attachments.chooseTitle'),
        properties: ['openFile', 'multiSelections'],
      });
      if (choice.canceled || choice.filePaths.length === 0) return null;
      const changes = [];
      for (const [order, path] of choice.filePaths.entries()) {
        const { hash, bytes } = await vault.keepAttachment(await readBounded(path));
        changes.push({
          type,
          record,
          field: `attachments/${randomUUID()}`,
          value: { name: safeFileName(path), hash, bytes, order: Date.now() + order },
        });
      }
      const { batch } = await vault.commit({ kind: 'edit', changes }, { actor: actorOf(context) });
      return { batch, added: changes.length };
    },
    'attachments:states': ({ hashes }) => sync.attachments(hashes),
    'attachments:fetch': async ({ hash }) => {
      await sync.fetchAttachment(hash);
      return null;
    },
    'attachments:open': async ({ hash, name }) => {
      const safe = safeFileName(name);
      if (!mayOpen(safe)) throw new AppFailure('attachment.notOpened');
      const problem = await shell.openPath(await context.openedFiles.write(safe, await content(hash)));
      if (problem) throw new AppFailure('file.cannotOpen');
      return null;
    },
    'attachments:save': async ({ hash, name }) => {
      const bytes = await content(hash);
      const choice = await dialog.showSaveDialog(context.window()!, {
        title: t()('attachments.saveTitle'),
        defaultPath: `${app.getPath('documents')}/${safeFileName(name)}`,
      });
      if (choice.canceled || !choice.filePath) return null;
      await writeFileAtomically(choice.filePath, bytes, { mode: 0o600 });
      return context.savedFiles.add(choice.filePath, bytes.byteLength);
    },
  };
}

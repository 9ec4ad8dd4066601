/** Hand-over files: chosen and saved by dialogs, opened and made in the vault's worker. */
import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { app, dialog } from 'electron';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import { AppFailure } from '../../../shared/result.ts';
import { actorOf, type AppContext } from '../../app/context.ts';
import { writeFileAtomically } from '../../export/atomic-write.ts';
import { MAX_FILE } from '../../hand-over/sealed-file.ts';
import type { Handlers } from '../router.ts';

type HandOverHandlers = { [C in keyof Handlers as C extends `hand-over:${string}` ? C : never]: Handlers[C] };

const EXTENSION = 'rapport-handover';

/** A file's bytes, looked at before they are read: not a folder, not larger than a hand-over can be. */
async function readBounded(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch(() => {
    throw new AppFailure('handOver.unreadable');
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new AppFailure('handOver.notOurs');
    if (stat.size > MAX_FILE) throw new AppFailure('handOver.tooLarge');
    return await file.readFile();
  } catch (error) {
    throw error instanceof AppFailure ? error : new AppFailure('handOver.unreadable');
  } finally {
    await file.close();
  }
}

export function handOverHandlers(context: AppContext): HandOverHandlers {
  const { vault } = context;
  const t = () => createTranslator(context.settings.get().language).t;
  /** Files that were chosen in a dialog: the page names them by these ids only. */
  const chosen = new Map<string, string>();
  return {
    'hand-over:size': (scope) => vault.handOverSize(scope),
    'hand-over:save': async ({ scope, passphrase, files }) => {
      const choice = await dialog.showSaveDialog(context.window()!, {
        title: t()('sync.handOver.saveTitle'),
        defaultPath: `${app.getPath('documents')}/Rapport ${context.today()}.${EXTENSION}`,
        filters: [{ name: 'Rapport', extensions: [EXTENSION] }],
      });
      if (choice.canceled || !choice.filePath) return null;
      const { bytes, ...size } = await vault.handOver({ scope, passphrase, by: actorOf(context), files });
      await writeFileAtomically(choice.filePath, bytes, { mode: 0o600 });
      return { ...context.savedFiles.add(choice.filePath, bytes.byteLength), ...size };
    },
    'hand-over:choose': async () => {
      const choice = await dialog.showOpenDialog(context.window()!, {
        title: t()('sync.handOver.openTitle'),
        properties: ['openFile'],
        filters: [{ name: 'Rapport', extensions: [EXTENSION] }],
      });
      const [path] = choice.filePaths;
      if (choice.canceled || !path) return null;
      const file = randomUUID();
      chosen.clear();
      chosen.set(file, path);
      return { file, name: basename(path) };
    },
    'hand-over:open': async ({ file, passphrase }) => {
      const path = chosen.get(file);
      if (!path) throw new AppFailure('handOver.gone');
      return vault.openHandOver({ bytes: await readBounded(path), passphrase });
    },
    'hand-over:take': async ({ ticket }) => {
      const report = await vault.takeHandOver(ticket);
      context.sync.committed();
      return report;
    },
    'hand-over:undo': ({ batches }) => vault.undoAll(batches, { actor: actorOf(context) }),
  };
}

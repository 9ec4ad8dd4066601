/** People and organisations as a spreadsheet or as business cards: save dialog, atomic write. */
import { extname, join } from 'node:path';
import { app, dialog } from 'electron';
import { safeFileName } from '../../../shared/compose/file-name.ts';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import type { AppContext } from '../../app/context.ts';
import { writeFileAtomically } from '../../export/atomic-write.ts';
import { readCardFile, readTable, tableBytes } from '../../export/contact-export.ts';
import type { Handlers } from '../router.ts';

interface Place {
  readonly title: string;
  /** Name without the ending. */
  readonly name: string;
  readonly filters: { readonly name: string; readonly extensions: string[] }[];
}

export function contactsExportHandlers(context: AppContext): Pick<Handlers, 'contacts:export' | 'contacts:cards'> {
  /** The path that the person chose; null when none was. */
  const choose = async ({ title, name, filters }: Place): Promise<string | null> => {
    const window = context.window();
    const ending = `.${filters[0]?.extensions[0] ?? ''}`;
    const options = { title, defaultPath: join(app.getPath('documents'), safeFileName(name, ending)), filters };
    const choice = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
    return choice.canceled || !choice.filePath ? null : choice.filePath;
  };
  return {
    'contacts:export': async ({ kind, language }) => {
      const table = await readTable(context.vault, kind, language);
      const { t } = createTranslator(context.settings.get().language);
      const path = await choose({
        title: t('settings.exportTitle'),
        name: `${context.today()} ${table.name}`,
        filters: [
          { name: 'Excel', extensions: ['xlsx'] },
          { name: 'CSV', extensions: ['csv'] },
        ],
      });
      if (path === null) return null;
      const isCsv = extname(path).toLowerCase() === '.csv';
      const bytes = await tableBytes(table, isCsv ? 'excel' : 'xlsx', language);
      await writeFileAtomically(path, bytes);
      return context.savedFiles.add(path, bytes.byteLength);
    },
    'contacts:cards': async ({ kind, version, ids }) => {
      const { bytes, name } = await readCardFile(context.vault, kind, version, ids);
      const { t } = createTranslator(context.settings.get().language);
      const path = await choose({
        title: t('cards.place'),
        name: name || `${context.today()} ${t(`cards.${kind}`)}`,
        filters: [{ name: 'vCard', extensions: ['vcf'] }],
      });
      if (path === null) return null;
      await writeFileAtomically(path, bytes);
      return context.savedFiles.add(path, bytes.byteLength);
    },
  };
}

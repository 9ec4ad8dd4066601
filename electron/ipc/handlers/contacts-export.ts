/** People and organisations as a spreadsheet: save dialog, atomic write. */
import { extname, join } from 'node:path';
import { app, dialog } from 'electron';
import { safeFileName } from '../../../shared/compose/file-name.ts';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import type { AppContext } from '../../app/context.ts';
import { writeFileAtomically } from '../../export/atomic-write.ts';
import { readTable, tableBytes } from '../../export/contact-export.ts';
import type { Handlers } from '../router.ts';

export function contactsExportHandlers(context: AppContext): Pick<Handlers, 'contacts:export'> {
  return {
    'contacts:export': async ({ kind, language }) => {
      const table = await readTable(context.vault, kind, language);
      const { t } = createTranslator(context.settings.get().language);
      const window = context.window();
      const options = {
        title: t('settings.exportTitle'),
        defaultPath: join(app.getPath('documents'), safeFileName(`${context.today()} ${table.name}`, '.xlsx')),
        filters: [
          { name: 'Excel', extensions: ['xlsx'] },
          { name: 'CSV', extensions: ['csv'] },
        ],
      };
      const choice = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
      if (choice.canceled || !choice.filePath) return null;
      const isCsv = extname(choice.filePath).toLowerCase() === '.csv';
      const bytes = await tableBytes(table, isCsv ? 'excel' : 'xlsx', language);
      await writeFileAtomically(choice.filePath, bytes);
      return context.savedFiles.add(choice.filePath, bytes.byteLength);
    },
  };
}

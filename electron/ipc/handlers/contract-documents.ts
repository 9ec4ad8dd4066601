/** Documents of contracts and calendar files: last look, save dialog, atomic write. */
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import type { AppContext } from '../../app/context.ts';
import { writeFileAtomically } from '../../export/atomic-write.ts';
import { prepareCalendar } from '../../export/calendar-export.ts';
import { prepareContractDocument } from '../../export/contract-documents.ts';
import { printSummary } from '../../export/pdf/print-summary.ts';
import type { Handlers } from '../router.ts';

type ContractDocumentHandlers = Pick<Handlers, 'document:preview' | 'document:save' | 'calendar-file:save'>;

export function contractDocumentHandlers(context: AppContext): ContractDocumentHandlers {
  /** The place that a person chose for a file; undefined when they chose none. */
  const choosePlace = async (titleKey: string, fileName: string, ending: string): Promise<string | undefined> => {
    const window = context.window();
    const options = {
      title: createTranslator(context.settings.get().language).t(titleKey),
      defaultPath: join(app.getPath('documents'), fileName),
      filters: [{ name: ending === 'pdf' ? 'PDF' : 'iCalendar', extensions: [ending] }],
    };
    const choice = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
    return choice.canceled || !choice.filePath ? undefined : choice.filePath;
  };
  return {
    'document:preview': async (request) => {
      const prepared = await prepareContractDocument(context.vault, request, context.today());
      const { html, fileName, missingGlyphs, missingPlaces } = prepared;
      return { url: context.previews.add(html), fileName, missingGlyphs, missingPlaces };
    },
    'document:save': async (request) => {
      const prepared = await prepareContractDocument(context.vault, request, context.today());
      // Printing starts while the person chooses a place.
      const printing = printSummary(prepared.html);
      printing.catch(() => undefined);
      const path = await choosePlace('contractDocuments.ui.savePdfTitle', prepared.fileName, 'pdf');
      if (path === undefined) return null;
      const pdf = await printing;
      await writeFileAtomically(path, pdf);
      return context.savedFiles.add(path, pdf.byteLength);
    },
    'calendar-file:save': async ({ contract, meeting, isPrivate, language }) => {
      const prepared = await prepareCalendar(context.vault, {
        ...(contract === undefined ? {} : { contract }),
        ...(meeting === undefined ? {} : { meeting }),
        isPrivate,
        language,
        today: context.today(),
        now: Date.now(),
        zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      });
      const path = await choosePlace('contractDocuments.ui.saveTitle', prepared.fileName, 'ics');
      if (path === undefined) return null;
      const bytes = new TextEncoder().encode(prepared.text);
      await writeFileAtomically(path, bytes);
      await prepared.remember();
      return context.savedFiles.add(path, bytes.byteLength);
    },
  };
}

/** Meeting summaries: last look and PDF. */
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import type { AppContext } from '../../app/context.ts';
import { writeFileAtomically } from '../../export/atomic-write.ts';
import { printSummary } from '../../export/pdf/print-summary.ts';
import { prepareSummary, refuseUnseen, type SummaryRequest } from '../../export/summary-service.ts';
import type { Handlers } from '../router.ts';

type SummaryHandlers = Pick<Handlers, 'summary:preview' | 'summary:save'>;

export function summaryHandlers(context: AppContext): SummaryHandlers {
  const prepare = (request: Pick<SummaryRequest, 'meeting' | 'language' | 'layout'>) => {
    const { userName } = context.settings.get();
    return prepareSummary(context.vault, { ...request, today: context.today(), ...(userName ? { userName } : {}) });
  };
  return {
    'summary:preview': async (request) => {
      const prepared = await prepare(request);
      return { ...prepared, url: context.previews.add(prepared.html) };
    },
    'summary:save': async (request) => {
      const prepared = await prepare(request);
      if (request.seen !== undefined) refuseUnseen(prepared, context.previews.at(request.seen));
      const window = context.window();
      const options = {
        title: createTranslator(context.settings.get().language).t('summary.saveTitle'),
        defaultPath: join(app.getPath('documents'), prepared.fileName),
        filters: [{ name: 'PDF', extensions: ['pdf'] }],
      };
      // Printing starts while the person chooses a place.
      const printing = printSummary(prepared.html);
      printing.catch(() => undefined);
      const choice = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
      if (choice.canceled || !choice.filePath) return null;
      const pdf = await printing;
      await writeFileAtomically(choice.filePath, pdf);
      return context.savedFiles.add(choice.filePath, pdf.byteLength);
    },
  };
}

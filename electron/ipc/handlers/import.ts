/** The import's half of the contract: files are chosen here, read in a worker and saved through the vault. */
import { dialog } from 'electron';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import { actorOf, type AppContext } from '../../app/context.ts';
import { ImportService } from '../../import/import-service.ts';
import { workerReader } from '../../import/worker-reader.ts';
import type { Handlers } from '../router.ts';

type ImportHandlers = Omit<{ [C in keyof Handlers as C extends `import:${string}` ? C : never]: Handlers[C] }, never>;

const EXTENSIONS = ['csv', 'tsv', 'txt', 'tab', 'xlsx', 'xlsm', 'xls', 'ods', 'htm', 'html', 'vcf', 'vcard'];

export function importHandlers(context: AppContext): ImportHandlers {
  const service = new ImportService({
    vault: () => context.vault,
    actor: () => actorOf(context),
    reader: workerReader(context.parseWorker),
    progress: (progress) => context.broadcast('import:progress', progress),
  });
  const whileOpen = async <T>(work: () => Promise<T>): Promise<T> => {
    // A locked vault forgets the files that were being looked at, too.
    if ((await context.vault.status()).state !== 'open') service.clear();
    return work();
  };
  return {
    'import:choose': async () => {
      const { t } = createTranslator(context.settings.get().language);
      const options = {
        title: t('importing.chooseTitle'),
        properties: ['openFile' as const],
        filters: [
          { name: t('importing.spreadsheets'), extensions: EXTENSIONS },
          { name: t('importing.allFiles'), extensions: ['*'] },
        ],
      };
      const window = context.window();
      const choice = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options);
      const [path] = choice.filePaths;
      if (choice.canceled || !path) return null;
      return service.openFile(path);
    },
    'import:open': ({ name, bytes }) => service.open(name, bytes),
    'import:reread': ({ session, options }) => service.reread(session, options),
    'import:rows': ({ session, from, limit, top }) => service.rows(session, from, limit, top),
    'import:plan': ({ session, mapping, policy }) => whileOpen(() => service.plan(session, mapping, policy)),
    'import:commit': ({ session, mapping, policy }) => whileOpen(() => service.commit(session, mapping, policy)),
    'import:cancel': async ({ session }) => {
      service.cancel(session);
      return null;
    },
  };
}

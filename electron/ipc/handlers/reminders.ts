/** Reminders for the screens, and a year's working days as a file. */
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { bundledPack, packText } from '../../../shared/calendars/packs.ts';
import { packsOf } from '../../../shared/contracts/wording.ts';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import { fitting } from '../../../shared/model/fitting.ts';
import { AppFailure } from '../../../shared/result.ts';
import type { AppContext } from '../../app/context.ts';
import { writeFileAtomically } from '../../export/atomic-write.ts';
import type { Reminders } from '../../reminders/reminders.ts';
import type { Handlers } from '../router.ts';

type ReminderHandlers = Pick<Handlers, 'reminders:due' | 'reminders:catch-up' | 'reminders:seen' | 'calendar:save'>;

export function reminderHandlers(context: AppContext, reminders: Reminders): ReminderHandlers {
  return {
    'reminders:due': () => reminders.due(),
    'reminders:catch-up': () => reminders.catchUp(),
    'reminders:seen': async () => {
      await reminders.seen();
      return null;
    },
    'calendar:save': async ({ country, year }) => {
      const record = await context.vault.record(`calendar:${country}:${year}`);
      const [own] =
        record?.type === 'calendar' && !record.deleted
          ? packsOf([{ ...fitting('calendar', record.data), id: record.id, createdAt: 0, changedAt: 0 }])
          : [];
      const pack = own ?? bundledPack(country, year);
      if (!pack) throw new AppFailure('calendar.unknown');
      const window = context.window();
      const options = {
        title: createTranslator(context.settings.get().language).t('deadlines.calendars.saveTitle'),
        defaultPath: join(app.getPath('documents'), `${country} ${year}.json`),
        filters: [{ name: 'JSON', extensions: ['json'] }],
      };
      const choice = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
      if (choice.canceled || !choice.filePath) return null;
      const bytes = Buffer.from(packText(pack));
      await writeFileAtomically(choice.filePath, bytes);
      return context.savedFiles.add(choice.filePath, bytes.byteLength);
    },
  };
}

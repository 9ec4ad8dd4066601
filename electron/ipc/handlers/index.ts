/** All handlers of the contract; a missing one does not compile. */
import type { AppContext } from '../../app/context.ts';
import type { Reminders } from '../../reminders/reminders.ts';
import type { Handlers } from '../router.ts';
import { appHandlers } from './app.ts';
import { contactsExportHandlers } from './contacts-export.ts';
import { contractDocumentHandlers } from './contract-documents.ts';
import { attachmentHandlers } from './attachments.ts';
import { handOverHandlers } from './hand-over.ts';
import { importHandlers } from './import.ts';
import { reminderHandlers } from './reminders.ts';
import { summaryHandlers } from './summary.ts';
import { syncHandlers } from './sync.ts';
import { vaultHandlers } from './vault.ts';

export const allHandlers = (context: AppContext, reminders: Reminders): Handlers => ({
  ...appHandlers(context),
  ...vaultHandlers(context),
  ...importHandlers(context),
  ...summaryHandlers(context),
  ...reminderHandlers(context, reminders),
  ...contractDocumentHandlers(context),
  ...contactsExportHandlers(context),
  ...syncHandlers(context),
  ...handOverHandlers(context),
  ...attachmentHandlers(context),
});

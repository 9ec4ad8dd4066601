/** All handlers of the contract; a missing one does not compile. */
import type { AppContext } from '../../app/context.ts';
import type { Handlers } from '../router.ts';
import { appHandlers } from './app.ts';
import { attachmentHandlers } from './attachments.ts';
import { handOverHandlers } from './hand-over.ts';
import { importHandlers } from './import.ts';
import { summaryHandlers } from './summary.ts';
import { syncHandlers } from './sync.ts';
import { vaultHandlers } from './vault.ts';

export const allHandlers = (context: AppContext): Handlers => ({
  ...appHandlers(context),
  ...vaultHandlers(context),
  ...importHandlers(context),
  ...summaryHandlers(context),
  ...syncHandlers(context),
  ...handOverHandlers(context),
  ...attachmentHandlers(context),
});

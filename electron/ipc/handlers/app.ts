/** Settings, start-up facts, files that were saved. */
import { app, net, shell } from 'electron';
import { AppFailure } from '../../../shared/result.ts';
import type { AppContext } from '../../app/context.ts';
import type { Handlers } from '../router.ts';

type AppHandlers = Pick<Handlers, 'app:boot' | 'app:settings' | 'app:quit' | 'app:online' | 'file:show' | 'file:open'>;

export function appHandlers(context: AppContext): AppHandlers {
  const saved = (token: string): string => {
    const path = context.savedFiles.path(token);
    if (!path) throw new AppFailure('file.unknown');
    return path;
  };
  return {
    'app:boot': async () => {
      const { keySources, ...vault } = await context.vault.status();
      return {
        settings: context.settings.get(),
        vault,
        keySources,
        keychain: context.keychain,
        version: app.getVersion(),
        platform: process.platform,
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      };
    },
    'app:settings': async (patch) => {
      const settings = await context.settings.patch(patch);
      context.settingsChanged();
      context.broadcast('app:settings-changed', settings);
      return settings;
    },
    'app:quit': async () => {
      app.quit();
      return null;
    },
    'app:online': async () => net.isOnline(),
    'file:show': async ({ token }) => {
      shell.showItemInFolder(saved(token));
      return null;
    },
    'file:open': async ({ token }) => {
      const problem = await shell.openPath(saved(token));
      if (problem) throw new AppFailure('file.cannotOpen');
      return null;
    },
  };
}

/** Opening and refusing pages. */
import type Electron from 'electron';
import type { CdpSession } from './cdp.ts';
import { host } from './host.ts';
import { incognito, type Session } from './session.ts';
import { holdAddress } from './streaming.ts';

export interface PageOptions {
  preferences: Electron.WebPreferences;
  width: number;
  height: number;
  /** Not on any screen, even where there is one. */
  hidden: boolean;
  /** A target that Chromium opened by itself (`window.open`). */
  adopted?: { targetId: string; session: CdpSession };
}

/** A new page of a session, stopped before it does anything. */
export async function openPage(
  session: Session,
  options: PageOptions,
): Promise<{ targetId: string; session: CdpSession }> {
  const url = await holdAddress();
  const { isIncognito } = session;
  // The protocol cannot open anything in Chromium's own incognito context, not even hidden.
  if (!host.headless && (isIncognito || (session.isPersistent() && !options.hidden))) {
    const window = await host.createAppWindow(url, isIncognito);
    if (isIncognito) incognito.resolve(window.contextId);
    else await session.contextId();
    return window;
  }
  const browserContextId = await session.contextId();
  return host.createTarget({
    url,
    ...(browserContextId === undefined ? {} : { browserContextId }),
    ...(options.hidden ? { hidden: true } : { newWindow: true, width: options.width, height: options.height }),
    ...(host.headless || options.hidden ? {} : { focus: true }),
  });
}

/**
 * Closes a page before it loads anything. It must not stay stopped: it shares its process with the page that opened it.
 * So it goes on, and its first request is held until it is closed.
 */
export async function refusePage(session: CdpSession, targetId: string): Promise<void> {
  session.post('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  await session.send('Runtime.runIfWaitingForDebugger').catch(() => undefined);
  host.connection.root.post('Target.closeTarget', { targetId });
}

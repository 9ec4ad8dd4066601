/** What no page may do, whatever it is: navigate away, open windows, ask for permissions, load from a network. */
import { app, type Session, shell } from 'electron';
import { isOurPage, SCHEME } from './origin.ts';

const EXTERNAL = new Set(['https:', 'http:', 'mailto:', 'tel:']);

/** Opens a link in the person's own browser or mail program; other schemes are refused. */
export function openExternally(url: string): void {
  if (URL.canParse(url) && EXTERNAL.has(new URL(url).protocol)) void shell.openExternal(url);
}

/** Rules for every web contents that will ever exist in this process. */
export function lockDownContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      // Reloading our own page is the only navigation there is.
      if (isOurPage(event.url)) return;
      event.preventDefault();
      openExternally(event.url);
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openExternally(url);
      return { action: 'deny' };
    });
  });
}

/** No permission but writing to the clipboard, and no request that leaves the machine. */
export function lockDownSession(session: Session): void {
  const allowed = (permission: string): boolean => permission === 'clipboard-sanitized-write';
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(allowed(permission)));
  session.setPermissionCheckHandler((_contents, permission) => allowed(permission));
  session.webRequest.onBeforeRequest((details, answer) => {
    const scheme = URL.canParse(details.url) ? new URL(details.url).protocol : '';
    answer({ cancel: ![`${SCHEME}:`, 'data:', 'blob:', 'devtools:', 'about:'].includes(scheme) });
  });
}

/** The one origin our screens live at. Fixed for ever: storage and IPC trust hang on it. */
export const SCHEME = 'app';
export const ORIGIN = 'app://rapport';
export const START_URL = `${ORIGIN}/index.html`;

/** True for addresses of our own page; not for previews, which are documents and not the application. */
export function isOurPage(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const parsed = new URL(url);
  return parsed.protocol === `${SCHEME}:` && parsed.host === 'rapport' && !parsed.pathname.startsWith('/preview/');
}

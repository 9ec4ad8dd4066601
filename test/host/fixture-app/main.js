// A small app for the tests of the runtime: they drive it through Playwright, on Electron or on the Chromium host.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, protocol, session } from 'electron';

protocol.registerSchemesAsPrivileged([
  { scheme: 'fixture', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);

const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; frame-src 'self'";
const partition = session.fromPartition('fixture');

/** Answers of `fixture://app/…`; tests add more through `globalThis.fixture`. */
const routes = new Map();
const page = async (name) =>
  new Response(await readFile(join(import.meta.dirname, name)), {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY },
  });

async function answer(request) {
  const { pathname } = new URL(request.url);
  const route = routes.get(pathname);
  if (route) return route(request);
  if (pathname === '/index.html') return page('index.html');
  if (pathname === '/other.html') return page('other.html');
  if (pathname === '/page.js') {
    return new Response(await readFile(join(import.meta.dirname, 'page.js')), {
      headers: { 'content-type': 'text/javascript' },
    });
  }
  return new Response('', { status: 404 });
}

function createWindow(options = {}) {
  const { webPreferences, ...rest } = options;
  return new BrowserWindow({
    width: 900,
    height: 700,
    ...rest,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      session: partition,
      sandbox: true,
      ...webPreferences,
    },
  });
}

globalThis.fixture = { routes, createWindow, partition, log: [] };

ipcMain.handle('echo', (_event, value) => value);
ipcMain.handle('fail', () => {
  throw new TypeError('refused on purpose');
});
ipcMain.handle('sender', (event) => ({
  url: event.senderFrame.url,
  origin: event.senderFrame.origin,
  id: event.sender.id,
}));
ipcMain.on('note', (_event, ...args) => globalThis.fixture.log.push(args));
ipcMain.on('ping', (event, value) => event.reply('pong', value));

app.on('window-all-closed', () => {
  if (!globalThis.fixture.keepRunning) app.quit();
});

await Promise.resolve();
void app.whenReady().then(async () => {
  partition.protocol.handle('fixture', answer);
  await createWindow().loadURL('fixture://app/index.html');
});

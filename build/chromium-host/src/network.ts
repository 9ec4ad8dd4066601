/** Requests of one page: custom schemes, `webRequest` and navigations are decided here before Chromium goes on. */
import type { CdpSession, Protocol } from './cdp.ts';
import { mapHeader, toMapped, toReal } from './schemes.ts';
import type { Session } from './session.ts';
import { offerStream, readBody } from './streaming.ts';

type Paused = Protocol.Fetch.requestPausedPayload;

export interface Page {
  readonly webContentsId: number;
  readonly session: Session;
  readonly mainFrameId: string;
  /** Address of a large message for the preload's world, if this request is one. */
  bulkAddress(path: string, secret: string): Promise<string | undefined>;
  /** False if the app forbids this navigation. `redirect`: a server sent it on. */
  allowNavigation(navigation: { url: string; isMainFrame: boolean; frameId: string; redirect: boolean }): boolean;
}

const TYPES: Record<string, string> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Image: 'image',
  Media: 'media',
  Font: 'font',
  Script: 'script',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
  WebSocket: 'webSocket',
};

const REASONS: Record<number, string> = { 200: 'OK', 206: 'Partial Content', 302: 'Found', 404: 'Not Found' };

/** Starts deciding about every request of a page, worker or frame session. */
export function interceptRequests(session: CdpSession, page: Page): void {
  session.on('Fetch.requestPaused', (paused) => {
    decide(session, page, paused).catch(() => {
      // The page may have gone meanwhile; if it has not, a request must not hang.
      session.post('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Failed' });
    });
  });
  session.post('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
}

async function decide(session: CdpSession, page: Page, paused: Paused): Promise<void> {
  const { requestId } = paused;
  if (paused.responseStatusCode !== undefined || paused.responseErrorReason !== undefined) {
    await decideResponse(session, page, paused);
    return;
  }
  const fragment = paused.request.urlFragment ?? '';
  const url = toReal(paused.request.url);
  const isMainFrame = paused.frameId === page.mainFrameId;
  const block = (errorReason: Protocol.Network.ErrorReason): void =>
    session.post('Fetch.failRequest', { requestId, errorReason });

  if (paused.resourceType === 'Document') {
    const redirect = paused.redirectedRequestId !== undefined;
    if (!page.allowNavigation({ url: url + fragment, isMainFrame, frameId: paused.frameId, redirect }))
      return block('Aborted');
  } else if (paused.resourceType === 'Other' && url !== paused.request.url && /\/favicon\.ico$/.test(url)) {
    // A browser's own idea, which Electron does not have.
    session.post('Fetch.fulfillRequest', { requestId, responseCode: 204 });
    return;
  }

  const secret = paused.request.headers['x-electron-ipc'];
  if (secret !== undefined && url !== paused.request.url) {
    const bulk = await page.bulkAddress(new URL(paused.request.url).pathname, secret);
    // Without headers of its own it is a simple request to the network service.
    const headers = Object.entries(paused.request.headers).filter(([name]) => name !== 'x-electron-ipc');
    if (bulk === undefined) return block('AccessDenied');
    session.post('Fetch.continueRequest', {
      requestId,
      url: bulk,
      headers: headers.map(([name, value]) => ({ name, value })),
    });
    return;
  }

  const details = describe(page, paused, url, isMainFrame);
  const verdict = await page.session.webRequest.ask('onBeforeRequest', details);
  if (verdict?.['cancel'] === true) return block('BlockedByClient');
  const redirectUrl = verdict?.['redirectURL'];
  if (typeof redirectUrl === 'string') {
    const responseHeaders = [
      { name: 'Location', value: toMapped(redirectUrl) },
      { name: 'Access-Control-Allow-Origin', value: '*' },
    ];
    session.post('Fetch.fulfillRequest', { requestId, responseCode: 307, responseHeaders });
    return;
  }
  const requestHeaders = { ...paused.request.headers };
  const sending = await page.session.webRequest.ask('onBeforeSendHeaders', { ...details, requestHeaders });
  if (sending?.['cancel'] === true) return block('BlockedByClient');
  const changed = sending?.['requestHeaders'] as Record<string, string> | undefined;

  const scheme = url.slice(0, url.indexOf(':'));
  const handler = page.session.protocol.handlers.get(scheme);
  if (handler) {
    const response = await callHandler(handler, paused, url, changed ?? requestHeaders);
    await answer(session, page, requestId, response, details);
    return;
  }
  if (url !== paused.request.url) return block('NameNotResolved');
  session.post('Fetch.continueRequest', {
    requestId,
    interceptResponse: page.session.webRequest.rules.has('onHeadersReceived'),
    ...(changed ? { headers: Object.entries(changed).map(([name, value]) => ({ name, value: String(value) })) } : {}),
  });
}

function describe(page: Page, paused: Paused, url: string, isMainFrame: boolean): Record<string, unknown> {
  const type =
    paused.resourceType === 'Document' && !isMainFrame ? 'subFrame' : (TYPES[paused.resourceType] ?? 'other');
  return {
    id: Number(paused.requestId.replace(/\D/g, '')) || 0,
    url,
    method: paused.request.method,
    webContentsId: page.webContentsId,
    resourceType: type,
    referrer: toReal(paused.request.headers['Referer'] ?? ''),
    timestamp: Date.now(),
    uploadData: (paused.request.postDataEntries ?? []).map((entry) => ({
      bytes: Buffer.from(entry.bytes ?? '', 'base64'),
    })),
  };
}

async function callHandler(
  handler: (request: Request) => Response | Promise<Response>,
  paused: Paused,
  url: string,
  headers: Record<string, string>,
): Promise<Response> {
  const { method, postDataEntries } = paused.request;
  const list = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    const real = /^(origin|referer)$/i.test(name) ? toReal(value).replace(/(:\/\/[^/]+)\/$/, '$1') : value;
    if (!name.startsWith(':')) list.set(name, real);
  }
  const hasBody = method !== 'GET' && method !== 'HEAD' && postDataEntries !== undefined;
  const body = hasBody ? Buffer.concat(postDataEntries.map((entry) => Buffer.from(entry.bytes ?? '', 'base64'))) : null;
  try {
    const response = await handler(new Request(url, { method, headers: list, body }));
    if (response instanceof Response) return response;
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : new Error(String(error)));
  }
  return Response.error();
}

function headerList(response: Response): { name: string; value: string }[] {
  return [...response.headers].map(([name, value]) => ({ name, value: mapHeader(name, value) }));
}

async function answer(
  session: CdpSession,
  page: Page,
  requestId: string,
  response: Response,
  details: Record<string, unknown>,
): Promise<void> {
  if (response.type === 'error') {
    session.post('Fetch.failRequest', { requestId, errorReason: 'Failed' });
    return;
  }
  let headers = headerList(response);
  const rewritten = await headersReceived(page, details, response.status, response.statusText, headers);
  if (rewritten === null) {
    session.post('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    return;
  }
  headers = rewritten;
  const { whole, stream } = await readBody(response.body as ReadableStream<Uint8Array> | null);
  const responsePhrase = response.statusText || REASONS[response.status];
  const phrase = responsePhrase === undefined ? {} : { responsePhrase };
  if (whole) {
    const body = whole.toString('base64');
    await session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: headers,
      body,
      ...phrase,
    });
  } else if (stream) {
    const url = await offerStream({ status: response.status, statusText: responsePhrase ?? '', headers, body: stream });
    await session.send('Fetch.continueRequest', { requestId, url, method: 'GET' });
  }
}

/** Headers after `onHeadersReceived`, or null if the response is refused. */
async function headersReceived(
  page: Page,
  details: Record<string, unknown>,
  statusCode: number,
  statusText: string,
  headers: { name: string; value: string }[],
): Promise<{ name: string; value: string }[] | null> {
  const responseHeaders: Record<string, string[]> = {};
  for (const { name, value } of headers) (responseHeaders[name] ??= []).push(value);
  const statusLine = `HTTP/1.1 ${statusCode} ${statusText}`;
  const verdict = await page.session.webRequest.ask('onHeadersReceived', {
    ...details,
    statusCode,
    statusLine,
    responseHeaders,
  });
  if (verdict?.['cancel'] === true) return null;
  const changed = verdict?.['responseHeaders'] as Record<string, string | string[]> | undefined;
  if (!changed) return headers;
  return Object.entries(changed).flatMap(([name, values]) =>
    (Array.isArray(values) ? values : [values]).map((value) => ({ name, value: mapHeader(name, String(value)) })),
  );
}

async function decideResponse(session: CdpSession, page: Page, paused: Paused): Promise<void> {
  const { requestId } = paused;
  const isMainFrame = paused.frameId === page.mainFrameId;
  const details = describe(page, paused, toReal(paused.request.url), isMainFrame);
  const status = paused.responseStatusCode ?? 0;
  const headers = await headersReceived(
    page,
    details,
    status,
    paused.responseStatusText ?? '',
    paused.responseHeaders ?? [],
  );
  if (headers === null) session.post('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
  else if (status === 0) session.post('Fetch.continueRequest', { requestId });
  else session.post('Fetch.continueResponse', { requestId, responseCode: status, responseHeaders: headers });
}

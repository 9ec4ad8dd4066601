/** Running an app's script in a page, with results of full fidelity. */
import type { CdpSession } from './cdp.ts';
import { createCodec } from './codec.ts';

const codec = createCodec();
const ENCODE = `async function () { return (${createCodec.toString()})().encode(await this); }`;

interface Options {
  userGesture?: boolean;
  contextId?: number;
}

/** Rejects with the page's error (its message; its class only for built-in errors). */
export async function evaluateInPage(session: CdpSession, code: string, options: Options): Promise<unknown> {
  const where = options.contextId === undefined ? {} : { contextId: options.contextId };
  const evaluated = await session.send('Runtime.evaluate', {
    expression: code,
    awaitPromise: true,
    userGesture: options.userGesture ?? false,
    ...where,
  });
  const { result, exceptionDetails } = evaluated;
  if (exceptionDetails)
    throw pageError(
      exceptionDetails.exception?.className,
      exceptionDetails.exception?.description ?? exceptionDetails.text,
    );
  if (result.type === 'undefined') return undefined;
  if (result.unserializableValue !== undefined) {
    const text = result.unserializableValue;
    if (text.endsWith('n')) return BigInt(text.slice(0, -1));
    return text === '-0' ? -0 : Number(text);
  }
  if (!result.objectId) return result.value as unknown;
  try {
    const encoded = await session.send('Runtime.callFunctionOn', {
      functionDeclaration: ENCODE,
      objectId: result.objectId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (encoded.exceptionDetails) throw new Error('An object could not be cloned.');
    return codec.decode(String(encoded.result.value));
  } finally {
    session.post('Runtime.releaseObject', { objectId: result.objectId });
  }
}

function pageError(className: string | undefined, description: string): Error {
  const message = description.split('\n')[0]?.replace(/^(Uncaught )?[A-Za-z]*Error: /, '') ?? description;
  const types: Record<string, ErrorConstructor> = { TypeError, RangeError, SyntaxError, ReferenceError };
  return new (types[className ?? ''] ?? Error)(message);
}

/** Runs the host's own script in a world that the page cannot see. */
export async function runInContext(session: CdpSession, frameId: string, expression: string): Promise<void> {
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId, worldName: 'host' });
  await session.send('Runtime.evaluate', { expression, contextId: executionContextId });
}

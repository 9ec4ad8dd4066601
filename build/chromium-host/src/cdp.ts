/** The DevTools protocol over Chromium's debugging pipe (NUL-terminated JSON), with flat sessions. */
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts';

export type { Protocol };
type Commands = Protocol.CommandParameters;
type Results = Protocol.CommandReturnValues;
type CdpEvents = Protocol.Events;

interface Pending {
  method: string;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { code: number; message: string };
  sessionId?: string;
}

/** A DevTools command that Chromium refused, or that was still open when its target went away. */
export class CdpError extends Error {
  readonly method: string;
  readonly closed: boolean;
  constructor(method: string, message: string, closed = false) {
    super(`${method}: ${message}`);
    this.name = 'CdpError';
    this.method = method;
    this.closed = closed;
  }
}

export class CdpSession {
  readonly id: string | undefined;
  readonly events = new EventEmitter({ captureRejections: false });
  closed = false;
  private readonly connection: CdpConnection;
  private readonly pending = new Map<number, Pending>();

  constructor(connection: CdpConnection, id: string | undefined) {
    this.connection = connection;
    this.id = id;
    this.events.setMaxListeners(0);
  }

  /** Sends one command; rejects with `CdpError`. Commands of one session run in the order they are sent. */
  send<M extends keyof Commands>(method: M, params?: Commands[M]): Promise<Results[M]> {
    if (this.closed) return Promise.reject(new CdpError(method, 'the target is closed', true));
    const id = this.connection.nextId();
    return new Promise((resolve, reject) => {
      this.pending.set(id, { method, resolve: resolve as (value: unknown) => void, reject });
      this.connection.write({
        id,
        method,
        params: params ?? {},
        ...(this.id === undefined ? {} : { sessionId: this.id }),
      });
    });
  }

  /** Sends a command whose failure does not matter (the target may be gone by now). */
  post<M extends keyof Commands>(method: M, params?: Commands[M]): void {
    this.send(method, params).catch(() => undefined);
  }

  on<E extends keyof CdpEvents>(event: E, listener: (params: CdpEvents[E]) => void): void {
    this.events.on(event, listener as (params: unknown) => void);
  }

  /** Called by the connection only. */
  receive(message: Message): void {
    if (message.id !== undefined) {
      const waiting = this.pending.get(message.id);
      this.pending.delete(message.id);
      if (!waiting) return;
      if (message.error) waiting.reject(new CdpError(waiting.method, message.error.message));
      else waiting.resolve(message.result);
    } else if (message.method) {
      this.events.emit(message.method, message.params);
    }
  }

  /** Called by the connection only. */
  shut(): void {
    if (this.closed) return;
    this.closed = true;
    for (const waiting of this.pending.values())
      waiting.reject(new CdpError(waiting.method, 'the target was closed', true));
    this.pending.clear();
    this.events.emit('closed');
  }
}

export class CdpConnection {
  readonly root: CdpSession;
  readonly closed: Promise<void>;
  private readonly output: Writable;
  private readonly sessions = new Map<string, CdpSession>();
  private lastId = 0;
  private parts: Buffer[] = [];
  private settleClosed: () => void = () => undefined;

  constructor(output: Writable, input: Readable) {
    this.output = output;
    this.root = new CdpSession(this, undefined);
    this.closed = new Promise((resolve) => {
      this.settleClosed = resolve;
    });
    output.on('error', () => this.shut());
    input.on('error', () => this.shut());
    input.on('close', () => this.shut());
    input.on('data', (chunk: Buffer) => this.feed(chunk));
    this.root.on('Target.detachedFromTarget', ({ sessionId }) => this.drop(sessionId));
  }

  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  write(message: object): void {
    this.output.write(`${JSON.stringify(message)}\0`);
  }

  /** The session with this id; attaching to a target announces the id in an event. */
  session(id: string): CdpSession {
    let session = this.sessions.get(id);
    if (!session) {
      session = new CdpSession(this, id);
      // Children of a page (workers, frames of other processes) announce their end on the page's session.
      session.on('Target.detachedFromTarget', ({ sessionId }) => this.drop(sessionId));
      this.sessions.set(id, session);
    }
    return session;
  }

  private drop(id: string): void {
    const session = this.sessions.get(id);
    this.sessions.delete(id);
    session?.shut();
  }

  private feed(chunk: Buffer): void {
    // Large messages come in thousands of pieces: only the new piece is searched, and pieces are joined once.
    let start = 0;
    for (let end = chunk.indexOf(0, start); end >= 0; end = chunk.indexOf(0, start)) {
      this.parts.push(chunk.subarray(start, end));
      const whole = this.parts.length === 1 ? this.parts[0] : Buffer.concat(this.parts);
      this.parts = [];
      start = end + 1;
      if (whole) this.dispatch(JSON.parse(whole.toString('utf8')) as Message);
    }
    if (start < chunk.length) this.parts.push(chunk.subarray(start));
  }

  private dispatch(message: Message): void {
    if (message.sessionId === undefined) this.root.receive(message);
    else this.sessions.get(message.sessionId)?.receive(message);
  }

  private shut(): void {
    for (const session of this.sessions.values()) session.shut();
    this.sessions.clear();
    this.root.shut();
    this.settleClosed();
  }
}

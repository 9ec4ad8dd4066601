/** How the engine speaks to the server: by the routes' names, with typed answers. */
import type { z } from 'zod';
import { AppFailure } from '../../result.ts';
import type { EVENTS, RouteName, ROUTES } from '../protocol.ts';

type RouteOf<N extends RouteName> = (typeof ROUTES)[N];
export type Reply<N extends RouteName> = RouteOf<N>['reply'] extends z.ZodType
  ? z.infer<RouteOf<N>['reply']>
  : Uint8Array;

export interface Ask {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly bytes?: Uint8Array;
}

/** A request to the server that one is enrolled with. */
export type AskServer = <N extends RouteName>(route: N, ask?: Ask) => Promise<Reply<N>>;

/**
 * A request that did not succeed. Codes: those of the server (`sync.<code>`), and `sync.offline`, `sync.unreachable`,
 * `sync.timeout`, `sync.certificate`, `sync.notOurs`, `sync.answerTooLarge`, `sync.redirected`.
 */
export class TransportFailure extends AppFailure {
  /** Milliseconds that the server asked to wait. */
  readonly retryAfter: number;
  readonly wipe: boolean;
  constructor(
    code: string,
    options: { readonly retryAfter?: number; readonly wipe?: boolean; readonly detail?: string } = {},
  ) {
    super(`sync.${code}`, undefined, options.detail);
    this.retryAfter = options.retryAfter ?? 0;
    this.wipe = options.wipe ?? false;
  }
}

export type Hint =
  | { readonly event: 'head'; readonly data: z.infer<(typeof EVENTS)['head']> }
  | { readonly event: 'self'; readonly data: z.infer<(typeof EVENTS)['self']> }
  | { readonly event: 'revoked'; readonly data: z.infer<(typeof EVENTS)['revoked']> };

export interface Transport {
  /** Rejects with a `TransportFailure`. `to` says where and as whom; the token is not sent to routes without one. */
  readonly ask: <N extends RouteName>(
    to: { readonly server: string; readonly token: string },
    route: N,
    ask: Ask,
  ) => Promise<Reply<N>>;
  /** Listens to hints until the returned function is called. `closed` is called once when the stream ends by itself. */
  readonly listen: (
    to: { readonly server: string; readonly token: string },
    on: { readonly hint: (hint: Hint) => void; readonly closed: () => void },
  ) => () => void;
}

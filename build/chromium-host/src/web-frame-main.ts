/** `WebFrameMain`: only main frames are known by name here. */
import { guardClass } from './guard.ts';
import { originOf } from './schemes.ts';

interface Owner {
  readonly id: number;
  getURL(): string;
  isDestroyed(): boolean;
  executeJavaScript(code: string, userGesture?: boolean): Promise<unknown>;
  send(channel: string, ...args: unknown[]): void;
  reload(): void;
}

export class WebFrameMain {
  readonly #owner: Owner;
  readonly #frozen: string | undefined;
  readonly name = '';
  readonly parent = null;
  readonly frames: WebFrameMain[] = [];
  readonly processId = 1;
  readonly osProcessId = 0;
  readonly visibilityState = 'visible';

  constructor(owner: Owner, frozen?: string) {
    this.#owner = owner;
    this.#frozen = frozen;
  }

  get url(): string {
    return this.#frozen ?? this.#owner.getURL();
  }
  /** `app://rapport`; `null` for opaque origins. */
  get origin(): string {
    return originOf(this.url);
  }
  get routingId(): number {
    return this.#owner.id;
  }
  get frameTreeNodeId(): number {
    return this.#owner.id;
  }
  get frameToken(): string {
    return String(this.#owner.id);
  }
  get detached(): boolean {
    return this.#owner.isDestroyed();
  }
  get top(): WebFrameMain {
    return this;
  }
  get framesInSubtree(): WebFrameMain[] {
    return [this];
  }
  isDestroyed(): boolean {
    return this.#owner.isDestroyed();
  }
  executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return this.#owner.executeJavaScript(code, userGesture);
  }
  send(channel: string, ...args: unknown[]): void {
    this.#owner.send(channel, ...args);
  }
  reload(): boolean {
    this.#owner.reload();
    return true;
  }
  /** The frame as it is now: a message keeps the address it was sent from. */
  snapshot(): WebFrameMain {
    return new WebFrameMain(this.#owner, this.#owner.getURL());
  }
}
guardClass(WebFrameMain);

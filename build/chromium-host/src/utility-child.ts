/** Loaded before the module of a utility process: gives it `process.parentPort`. */
import { EventEmitter } from 'node:events';

class ParentPort extends EventEmitter {
  /** What has come before anybody listened. */
  #early: unknown[] | undefined = [];

  constructor() {
    super();
    this.once('newListener', () => queueMicrotask(() => this.start()));
  }
  start(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const data of early) this.emit('message', { data, ports: [] });
  }
  take(data: unknown): void {
    if (this.#early) this.#early.push(data);
    else this.emit('message', { data, ports: [] });
  }
  postMessage(message: unknown): void {
    process.send?.(message as object);
  }
}

const port = new ParentPort();
process.on('message', (data) => port.take(data));
process.once('disconnect', () => process.exit(0));
Object.defineProperty(process, 'parentPort', { value: port });
Object.defineProperty(process, 'type', { value: 'utility' });

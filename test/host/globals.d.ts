/** What the fixture app puts into its pages and its main process. */
interface Fixture {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  send(channel: string, ...args: unknown[]): void;
  received(): unknown[][];
  on(channel: string, listener: (...args: unknown[]) => void): () => void;
  twice(callback: (value: number) => number): number;
  later(value: unknown): Promise<{ value: unknown }>;
  refuse(): never;
  sum(numbers: number[]): number;
  isDate(value: unknown): boolean;
  nested: { list: unknown[]; when: Date };
  pathOf(file: File): string;
  seesPage(): string;
  platform: string;
  type: string;
  // In the main process:
  routes: Map<string, (request: Request) => Response | Promise<Response>>;
  createWindow(options?: Electron.BrowserWindowConstructorOptions): Electron.BrowserWindow;
  partition: Electron.Session;
  log: unknown[][];
  keepRunning: boolean;
}
declare var fixture: Fixture;
declare var ready: boolean;
declare var paths: string[];
declare var pageSecret: string;
declare var preloadSecret: string | undefined;
declare var atStart: string;

/** Files written in this session, by token: the page may ask to show or open only these. */
import type { SavedFile } from '../../shared/ipc/contract.ts';

export class SavedFiles {
  readonly #paths = new Map<string, string>();

  /** Remembers a file that was written and describes it to the page. */
  add(path: string, bytes: number): SavedFile {
    const token = crypto.randomUUID();
    this.#paths.set(token, path);
    return { path, token, bytes };
  }
  path(token: string): string | undefined {
    return this.#paths.get(token);
  }
}

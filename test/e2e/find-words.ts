/** Looks for words in every file below a folder, in the encodings in which a program may have written them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `word in file` for every word that was found. */
export function finds(folder: string, words: readonly string[]): readonly string[] {
  const needles = words.flatMap((word) =>
    (['utf8', 'utf16le', 'base64'] as const).map((as) => {
      const bytes = Buffer.from(word, as === 'base64' ? 'utf8' : as);
      // Whole groups of three, at the beginning of a text: enough to notice content that is merely encoded.
      return { word, bytes: as === 'base64' ? Buffer.from(bytes.toString('base64').slice(0, -4)) : bytes };
    }),
  );
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      let content: Buffer;
      try {
        content = readFileSync(file);
      } catch (error) {
        // Gone between listing and reading.
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw error;
      }
      return needles.filter(({ bytes }) => content.includes(bytes)).map(({ word }) => `${word} in ${entry.name}`);
    });
}

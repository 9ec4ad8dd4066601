/** Reading an asar archive: a JSON header, then the files one after the other. */
import { chmodSync, closeSync, copyFileSync, mkdirSync, openSync, readSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

interface Entry {
  files?: Record<string, Entry>;
  offset?: string;
  size?: number;
  unpacked?: boolean;
  executable?: boolean;
  link?: string;
}

function read(file: number, position: number, size: number): Buffer {
  const data = Buffer.alloc(size);
  let got = 0;
  while (got < size) {
    const count = readSync(file, data, got, size - got, position + got);
    if (count === 0) throw new Error('The archive is cut short');
    got += count;
  }
  return data;
}

/** Writes everything in the archive (with what lies beside it in `.unpacked`) into a folder. */
export function extractAsar(archive: string, folder: string): void {
  const file = openSync(archive, 'r');
  try {
    const sizes = read(file, 0, 16);
    const base = 8 + sizes.readUInt32LE(4);
    const root = JSON.parse(read(file, 16, sizes.readUInt32LE(12)).toString('utf8')) as Entry;
    const target = resolve(folder);
    const walk = (entry: Entry, path: string): void => {
      if (path !== target && !path.startsWith(target + sep))
        throw new Error('The archive names a file outside of itself');
      if (entry.files) {
        mkdirSync(path, { recursive: true });
        for (const [name, child] of Object.entries(entry.files)) walk(child, join(path, name));
      } else if (entry.link !== undefined) {
        symlinkSync(relative(dirname(path), join(target, entry.link)), path);
      } else if (entry.unpacked) {
        copyFileSync(join(`${archive}.unpacked`, relative(target, path)), path);
      } else {
        writeFileSync(path, read(file, base + Number(entry.offset), entry.size ?? 0));
        if (entry.executable) chmodSync(path, 0o755);
      }
    };
    walk(root, target);
  } finally {
    closeSync(file);
  }
}

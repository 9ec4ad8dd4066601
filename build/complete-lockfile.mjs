// Completes package-lock.json after it was written against a registry mirror that holds only some platforms'
// optional packages: npm then leaves the other platforms' entries out and `npm ci` refuses the file everywhere.
// Adds the missing entries (version, os, cpu, libc from the package's name; npm fills the integrity on the platform
// that installs it) and drops download addresses, so that the file is the same on every machine.
// Usage: node build/complete-lockfile.mjs
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
const OS = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32', 'aix'];
const CPU = ['arm64', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32', 'arm'];

/** os, cpu and libc that a platform package's name states, e.g. `@biomejs/cli-linux-x64-musl`. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = OS.filter((o) => words.includes(o));
  if (words.some((w) => w.startsWith('win32'))) os.splice(0, os.length, 'win32');
  const cpu = CPU.filter((c) => words.includes(c));
  const libc = words.some((w) => w.startsWith('musl'))
    ? ['musl']
    : words.some((w) => w === 'gnu' || w === 'gnueabihf')
      ? ['glibc']
      : [];
  return { ...(cpu.length ? { cpu } : {}), ...(libc.length ? { libc } : {}), ...(os.length ? { os } : {}) };
}

let added = 0;
for (const [where, entry] of Object.entries(lock.packages)) {
  delete entry.resolved;
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${where}/node_modules/${name}`;
    const top = `node_modules/${name}`;
    if (lock.packages[nested] || lock.packages[top]) continue;
    const platform = platformOf(name);
    if (!platform.os && !platform.cpu) continue;
    if (!/^\d/.test(range)) continue;
    lock.packages[top] = {
      version: range,
      ...platform,
      ...(entry.dev ? { dev: true } : {}),
      license: 'MIT',
      optional: true,
    };
    added += 1;
  }
}
const root = lock.packages[''];
lock.packages = {
  '': root,
  ...Object.fromEntries(
    Object.entries(lock.packages)
      .filter(([k]) => k !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ),
};
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
process.stderr.write(`package-lock.json: ${added} platform entries added\n`);

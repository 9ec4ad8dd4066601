// Every npm script enters here, on whatever Node ≥ 20 the machine has. Installs what is missing, then hands over to
// Node 24 (a devDependency), where the real work is written in TypeScript (build/tasks/*.ts, run by type stripping).
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const task = process.argv[2] ?? '';
const args = process.argv.slice(3);
const say = (text) => process.stderr.write(`${text}\n`);

const node24 =
  process.platform === 'win32'
    ? join(root, 'node_modules/node/bin/node.exe')
    : join(root, 'node_modules/node/bin/node');
const stamp = join(root, 'node_modules/.rapport-installed');
const lockHash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

/** Packages are installed when the lockfile they were installed from is the one in the tree. */
function installed() {
  return existsSync(node24) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash;
}

function install() {
  const npm = process.env.npm_execpath;
  // A script run by npm names npm's own program; otherwise npm is looked up on the PATH.
  const [command, first] = npm ? [process.execPath, [npm]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  say('Installing packages (once; about a minute)…');
  const done = spawnSync(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && !npm,
    env: { ...process.env, npm_config_loglevel: 'error' },
  });
  if (done.status !== 0 || !existsSync(node24)) {
    say('');
    say('The packages could not be installed. What to do:');
    say('  1. check that this machine reaches the npm registry: npm ping');
    say('  2. run "npm ci" here and read its message');
    process.exit(1);
  }
  writeFileSync(stamp, lockHash);
}

if (!installed()) install();

const path = [join(root, 'node_modules/.bin'), process.env.PATH ?? ''].join(delimiter);
const child = spawn(
  node24,
  ['--disable-warning=ExperimentalWarning', join(root, 'build/tasks/main.ts'), task, ...args],
  {
    stdio: 'inherit',
    env: { ...process.env, PATH: path, RAPPORT_NODE: node24 },
  },
);
// A service manager ends this process; what it ends is the task, which may have things to put in order first.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void child.kill(signal));
// npm starts this through a shell, which the signal may end without a word to us.
const starter = process.ppid;
if (process.env.npm_lifecycle_event) {
  const watch = setInterval(() => {
    if (process.ppid === starter) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 250);
  watch.unref();
}
child.on('error', (error) => {
  say(`Node 24 could not be started: ${error.message}`);
  process.exit(1);
});
child.on('close', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128 + constants.signals[signal])));

/** Type check, lint and format: the checks that need no running program. */
import { bin, run } from './shell.ts';

const FORMATTED = ['electron', 'renderer', 'shared', 'server', 'build', 'test'];

export const typecheck = (): Promise<number> => run(bin('tsc'), ['--noEmit', '-p', '.']);

/** oxlint with type-aware rules and the layer rules, then the formatter in checking mode. */
export async function lint(): Promise<number> {
  const rules = await run(bin('oxlint'), ['--type-aware', '--deny-warnings']);
  const format = await run(bin('biome'), ['format', '--reporter=summary', ...FORMATTED]);
  return rules || format;
}

export async function fix(): Promise<number> {
  const rules = await run(bin('oxlint'), ['--type-aware', '--fix']);
  const format = await run(bin('biome'), ['format', '--write', ...FORMATTED]);
  return rules || format;
}

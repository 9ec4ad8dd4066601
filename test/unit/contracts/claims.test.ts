/** docs/contracts.md names a test for each claim: they must exist, and its golden results must be those of the tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const doc = readFileSync(join(root, 'docs/contracts.md'), 'utf8');

it('names only tests that exist', () => {
  const claims = [...doc.matchAll(/((?:unit|pdf|cli)\/[\w./-]+\.test\.ts) “([^”]+)”/gu)];
  const missing = claims.filter(([, file = '', name = '']) => {
    const source = readFileSync(join(root, 'test', file), 'utf8');
    return ![`'${name}'`, `"${name}"`].some((quoted) => source.includes(quoted));
  });
  expect(missing.map(([, file, name]) => `${file} ${name}`)).toEqual([]);
  expect(claims.length).toBeGreaterThan(25);
});

it('gives every rule one id', () => {
  const ids = [...doc.matchAll(/^\| (R\d+) \|/gmu)].map(([, id]) => id);
  expect(ids.length).toBeGreaterThan(18);
  expect(new Set(ids).size).toBe(ids.length);
});

it('shows no golden date that the tests do not', () => {
  const tests = ['test/unit/contract-dates/golden.test.ts', 'test/cli/contract-dates.test.ts']
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  const table = doc.slice(doc.indexOf('## Golden vectors'), doc.indexOf('## Working-day calendars'));
  const dates = new Set(table.match(/\d{4}-\d{2}-\d{2}/gu));
  // The first end is given to the tests by start and length.
  dates.delete('2025-08-28');
  expect([...dates].filter((date) => !tests.includes(date))).toEqual([]);
  expect(dates.size).toBeGreaterThan(30);
});

it('names the decree of each bundled calendar', () => {
  for (let year = 2020; year <= 2026; year++) {
    const pack = readFileSync(join(root, `shared/contract-dates/packs/ru-${year}.ts`), 'utf8');
    const [, day, number] = /от (\d{2}\.\d{2}\.\d{4}) № (\d+)/u.exec(pack) ?? [];
    expect(doc).toContain(`| ${year} | ${day} No. ${number}`);
  }
});

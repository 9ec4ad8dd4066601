import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../shared/i18n/catalogue.ts';
import { matchReasons, readingErrors, readingProblems } from '../../../shared/import/messages.ts';

const root = new URL('../../..', import.meta.url).pathname;
const sources = ['shared/import', 'electron/import'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('messages.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8')),
);
const found = (pattern: RegExp): readonly string[] => [
  ...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] as string))),
];
/** Plural forms count as their key. */
const keysOf = (texts: object): ReadonlySet<string> =>
  new Set(Object.keys(texts).flatMap((key) => [key, key.replace(/_(?:one|few|many|other)$/, '')]));

describe('texts of reading', () => {
  it('exist in both languages under the same keys', () => {
    for (const texts of [readingErrors, readingProblems, matchReasons]) {
      expect([...keysOf(texts.en)].filter((key) => !/_/.test(key)).sort()).toEqual(
        [...keysOf(texts.ru)].filter((key) => !/_/.test(key)).sort(),
      );
    }
  });
  it('say something for every refusal', () => {
    const codes = found(/'import\.(\w+)'/g);
    expect(codes.length).toBeGreaterThan(15);
    for (const language of ['ru', 'en'] as const) {
      const known = JSON.stringify(catalogue[language].errors);
      for (const code of codes)
        expect({ code, known: known.includes(`"${code}"`) || known.includes(`"import.${code}"`) }).toEqual({
          code,
          known: true,
        });
    }
  });
  it('say something for every remark', () => {
    const codes = [
      ...found(/code: '(\w+)'/g),
      ...found(/\.problem\(\s*column,\s*'(\w+)'/g),
      ...['Total', 'PageBreak', 'RepeatedHeader', 'Footer', 'Divider', 'ColumnNumbers', 'Hidden', 'Group'].map(
        (reason) => `skipped${reason}`,
      ),
      ...['RestoredZero', 'WrongLength', 'WrongCheck', 'Damaged'].map((problem) => `legalId${problem}`),
    ];
    expect(codes.length).toBeGreaterThan(30);
    for (const language of ['ru', 'en'] as const) {
      const known = keysOf({ ...catalogue[language].problems, ...matchReasons[language] });
      for (const code of codes) expect({ code, known: known.has(code) }).toEqual({ code, known: true });
    }
  });
});

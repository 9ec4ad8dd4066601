import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue, LANGUAGES } from '../../../shared/i18n/catalogue.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SUFFIX = /_(?:zero|one|two|few|many|other)$/u;
const FORMS = { ru: ['few', 'many', 'one', 'other'], en: ['one', 'other'] } as const;

type Texts = ReadonlyMap<string, string>;
function flatten(node: object, path = ''): [string, string][] {
  return Object.entries(node).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : flatten(value as object, `${path}${key}.`),
  );
}
const texts: Readonly<Record<'ru' | 'en', Texts>> = {
  ru: new Map(flatten(catalogue.ru)),
  en: new Map(flatten(catalogue.en)),
};
const bases = (of: Texts): readonly string[] =>
  [...new Set([...of.keys()].map((key) => key.replace(SUFFIX, '')))].sort();
const known = new Set(bases(texts.ru));

/** The blanks of a text: `{{count}}` → `count`. */
const blanks = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/gu)].map(([, name]) => name ?? '').sort();
/** All blanks of all forms of a key; `count` and its written form may be left out by a form such as «one row». */
const blanksOf = (of: Texts, base: string): readonly string[] =>
  [...new Set([...of].filter(([key]) => key.replace(SUFFIX, '') === base).flatMap(([, text]) => blanks(text)))].sort();

function sources(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ['.ts', '.tsx'].includes(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes(join('shared', 'i18n')));
}

interface Use {
  readonly file: string;
  readonly key: string;
}
const AREAS = Object.keys(catalogue.ru).join('|');
/** Keys written out in the sources: in calls, and as constants that begin with the name of an area. */
function writtenKeys(): readonly Use[] {
  const literal = new RegExp(`(['"])((?:${AREAS})(?:\\.[A-Za-z][\\w-]*)+)\\1`, 'gu');
  const called = /(?<![\w.])t\(\s*(['"])([\w.-]+)\1/gu;
  return ['renderer', 'electron', 'shared'].flatMap(sources).flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    return [...source.matchAll(called), ...source.matchAll(literal)].map((match) => ({
      file: file.slice(ROOT.length + 1),
      key: match[2] ?? '',
    }));
  });
}
/** Keys put together in templates: `t(\`meeting.${word}\`)` → a pattern of one name in each gap. */
function patterns(): readonly (Use & { readonly pattern: RegExp })[] {
  const template = /(?<![\w.])(?:t|translate)\(\s*`([^`]+)`/gu;
  return ['renderer', 'electron', 'shared'].flatMap(sources).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(template)].map(([, key = '']) => ({
      file: file.slice(ROOT.length + 1),
      key,
      pattern: new RegExp(`^${key.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[^.].*')}$`, 'u'),
    })),
  );
}

describe('the catalogues', () => {
  it('have the same keys in both languages', () => {
    expect(bases(texts.en)).toEqual(bases(texts.ru));
    expect(known.size).toBeGreaterThan(300);
  });

  it.each(LANGUAGES)('have every plural form of %s and no other', (language) => {
    const plurals = new Map<string, string[]>();
    for (const key of texts[language].keys()) {
      const form = SUFFIX.exec(key)?.[0].slice(1);
      if (!form) continue;
      const base = key.replace(SUFFIX, '');
      plurals.set(base, [...(plurals.get(base) ?? []), form].sort());
    }
    const wrong = [...plurals].filter(([, forms]) => forms.join() !== FORMS[language].join());
    expect(wrong).toEqual([]);
    expect(plurals.size).toBeGreaterThan(10);
    expect([...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort()).toEqual([...FORMS[language]]);
  });

  it('count with plural forms in both languages or in none', () => {
    const plural = (of: Texts): readonly string[] =>
      [...new Set([...of.keys()].filter((key) => SUFFIX.test(key)).map((key) => key.replace(SUFFIX, '')))].sort();
    expect(plural(texts.en)).toEqual(plural(texts.ru));
  });

  it.each(LANGUAGES)('have no empty text and no blank space around one in %s', (language) => {
    expect([...texts[language]].filter(([, text]) => text === '' || text !== text.trim())).toEqual([]);
  });

  it('leave the same blanks in both languages', () => {
    const differing = [...known].filter((base) => blanksOf(texts.ru, base).join() !== blanksOf(texts.en, base).join());
    expect(differing).toEqual([]);
  });

  it('hold no Russian letters in English texts and no English texts unchanged in Russian', () => {
    const allowed = new Set(['start.russian', 'summary.ui.russian', 'importFields.org.kpp', 'importFields.org.okpo']);
    // A Russian abbreviation in brackets explains its English name: “Tax number (ИНН)”.
    const cyrillic = [...texts.en].filter(
      ([key, text]) => /[а-яё]/iu.test(text.replaceAll(/\([^)]*\)/gu, '')) && !allowed.has(key),
    );
    expect(cyrillic.map(([key]) => key)).toEqual([]);
    const sentence = /^[A-Za-z][a-z]+ [a-z]+ [a-z ]+/u;
    expect([...texts.ru].filter(([, text]) => sentence.test(text)).map(([key]) => key)).toEqual([]);
  });

  it('do not shout', () => {
    const shouting = LANGUAGES.flatMap((language) => [...texts[language]].filter(([, text]) => text.includes('!')));
    expect(shouting).toEqual([]);
  });

  it('have every key that the code asks for', () => {
    const used = writtenKeys();
    expect(used.length).toBeGreaterThan(300);
    const isPath = (key: string): boolean => [...known].some((base) => base.startsWith(`${key}.`));
    // Error codes have their texts below `errors`; names of files are no keys.
    const missing = used.filter(
      ({ key }) =>
        key.includes('.') && !key.endsWith('.json') && !known.has(key) && !known.has(`errors.${key}`) && !isPath(key),
    );
    expect(missing).toEqual([]);
  });

  it('say something about every error that can reach a screen', () => {
    const thrown = /(?:AppFailure|fail|vaultFailure)\(\s*'([a-z]+\.[A-Za-z]+)'/gu;
    // The engine of contract dates has a `fail` of its own that names places in its input.
    const files = ['renderer', 'electron', 'shared']
      .flatMap(sources)
      .filter((file) => !file.includes('contract-dates'));
    const codes = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(thrown)].map(([, code = '']) => code),
    );
    expect(codes.length).toBeGreaterThan(40);
    const silent = [...new Set(codes)].filter(
      (code) => ![`errors.${code}`, `importing.errors.${code}`, `importing.${code}`].some((key) => known.has(key)),
    );
    expect(silent).toEqual([]);
  });

  it('have keys for every template in the code', () => {
    const used = patterns();
    expect(used.length).toBeGreaterThan(20);
    const missing = used.filter(({ pattern }) => ![...known].some((key) => pattern.test(key)));
    expect(missing.map(({ file, key }) => ({ file, key }))).toEqual([]);
  });
});

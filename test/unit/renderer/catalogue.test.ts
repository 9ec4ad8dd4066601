import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../shared/i18n/catalogue.ts';
import { RECORD_FIELDS } from '../../../shared/model/schema.ts';

type Tree = { readonly [key: string]: string | Tree };
const FORMS = { ru: ['one', 'few', 'many', 'other'], en: ['one', 'other'] } as const;
const PLURAL = /_(one|few|many|other)$/;

function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value, `${path}${key}.`),
  );
}
const ru = new Map(leaves(catalogue.ru as unknown as Tree));
const en = new Map(leaves(catalogue.en as unknown as Tree));
const bases = (texts: ReadonlyMap<string, string>): Set<string> =>
  new Set([...texts.keys()].map((key) => key.replace(PLURAL, '')));
const holes = (text: string): string[] => [...text.matchAll(/\{\{(\w+)/g)].map((match) => match[1]!).sort();

describe('The catalogues', () => {
  it('have the same keys in both languages', () => {
    expect([...bases(ru)].sort()).toEqual([...bases(en)].sort());
  });
  it('have every plural form of their language', () => {
    for (const [language, texts] of [
      ['ru', ru],
      ['en', en],
    ] as const) {
      for (const key of texts.keys()) {
        if (!PLURAL.test(key)) continue;
        const base = key.replace(PLURAL, '');
        for (const form of FORMS[language])
          expect(texts.has(`${base}_${form}`), `${language} ${base}_${form}`).toBe(true);
      }
    }
  });
  it('name the same values in both languages', () => {
    const differing = [...ru].filter(([key, text]) => {
      const other = en.get(key);
      return other !== undefined && !PLURAL.test(key) && holes(text).join() !== holes(other).join();
    });
    expect(differing.map(([key]) => key)).toEqual([]);
  });
  it('are never empty and never shout', () => {
    for (const [key, text] of [...ru, ...en]) {
      expect(text.trim(), key).not.toBe('');
      expect(text, key).not.toMatch(/!/);
    }
  });
  it('have a word for every field that the history can show', () => {
    for (const [type, fields] of Object.entries(RECORD_FIELDS)) {
      if (type === 'importBatch') continue;
      for (const field of Object.keys(fields)) expect(ru.has(`profile.fields.${field}`), `${type}.${field}`).toBe(true);
    }
  });
});

import { describe, expect, it } from 'vitest';
import type { Translate } from '../../../renderer/app/i18n.ts';
import { certainty, fieldName } from '../../../renderer/screens/import/field-name.ts';
import { pace } from '../../../renderer/screens/import/pace.ts';
import { LANGUAGES } from '../../../shared/i18n/catalogue.ts';
import { problemText, reasonsText } from '../../../shared/i18n/problem-text.ts';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import { PRESET_TEXTS } from '../../../shared/import/aliases/index.ts';
import { TARGET_FIELDS } from '../../../shared/import/fields.ts';
import { matchReasons, readingErrors, readingProblems } from '../../../shared/import/messages.ts';
import { RECORD_FIELDS } from '../../../shared/model/schema.ts';

describe.each(LANGUAGES)('words of the import in %s', (language) => {
  const { t: translate, i18n } = createTranslator(language);
  const t = translate as unknown as Translate;

  it('names every field and group that a column may be', () => {
    for (const [field, group] of TARGET_FIELDS) {
      expect(fieldName(t, field)).not.toMatch(/importing|importFields|undefined/);
      expect(i18n.exists(`importing.groups.${group}`)).toBe(true);
    }
    expect(fieldName(t, 'phone#2')).toBe(`${fieldName(t, 'phone')} 2`);
    expect(fieldName(t, 'address.work.city')).not.toBe(fieldName(t, 'address.home.city'));
  });

  it('names every layout that is recognised', () => {
    for (const preset of Object.keys(PRESET_TEXTS))
      expect(i18n.exists(`importing.presets.${preset}`), preset).toBe(true);
  });

  it('has words for every error, remark and reason', () => {
    for (const code of Object.keys(readingErrors.en)) expect(i18n.exists(`errors.import.${code}`), code).toBe(true);
    for (const code of ['missing', 'unreadable', 'closed', 'cancelled'])
      expect(i18n.exists(`errors.import.${code}`)).toBe(true);
    for (const key of Object.keys(readingProblems.en)) {
      expect(i18n.exists(`problems.${key.replace(/_(one|other)$/, '')}`, { count: 2 }), key).toBe(true);
    }
    expect(reasonsText(t, Object.keys(matchReasons.en).join(','))).not.toContain('importing.');
  });

  it('says which of the record’s fields kept its value', () => {
    // Fields that files never fill, and lists, where nothing is ever left out.
    const never = new Set(
      'formality timeZone power stance cadenceDays source kinds tags phones emails links languages person organisation primary notice attachments'.split(
        ' ',
      ),
    );
    const types = ['person', 'organisation', 'affiliation', 'contract'] as const;
    const fields = types.flatMap((type) => Object.keys(RECORD_FIELDS[type])).filter((field) => !never.has(field));
    const said = fields.map((field) => problemText(t, { code: 'keptExisting', params: { field } }));
    expect(said.filter((text) => /recordField|\{\{/.test(text))).toEqual([]);
  });

  it('says what kind of remark there are more of, without empty quotes', () => {
    const said = problemText(t, { code: 'moreOfKind', params: { code: 'phoneNotRead', count: 3 } });
    expect(said).not.toMatch(/phoneNotRead|«»|“”|\{\{/);
    expect(said).toContain('3');
  });
});

describe('certainty and pace', () => {
  it('asks to look below 0.85 and calls nothing recognised below 0.5', () => {
    expect([1, 0.85, 0.84, 0.5, 0.49, 0].map(certainty)).toEqual(['sure', 'sure', 'maybe', 'maybe', 'none', 'none']);
  });
  it('says nothing about speed before it can be known', () => {
    expect(pace({ done: 50, total: 100 }, 0.1)).toBeNull();
    expect(pace({ done: 0, total: 100 }, 5)).toBeNull();
    expect(pace({ done: 50, total: 100 }, 5)).toEqual({ rate: 10, left: 5 });
  });
});

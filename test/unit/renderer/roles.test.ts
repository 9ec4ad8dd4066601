// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../../../renderer/app/i18n.ts';
import { readRole, roleWord, roleWords } from '../../../renderer/screens/people/roles.ts';

describe('A role in decisions', () => {
  beforeEach(() => setLanguage('ru'));
  it('is read in words of the screen and stored as what it means', async () => {
    expect(roleWord('economic')).toBe('утверждает бюджет');
    expect(readRole(' Утверждает бюджет ')).toBe('economic');
    expect(readRole('champion')).toBe('champion');
    await setLanguage('en');
    expect(roleWord('economic')).toBe('approves the budget');
    expect(readRole('закупки')).toBe('procurement');
  });
  it('of another kind stays as it was written', () => {
    expect(readRole('Решает вместо директора')).toBe('Решает вместо директора');
    expect(roleWord('ЛПР')).toBe('ЛПР');
    expect(roleWord(undefined)).toBe('');
  });
  it('has a word for each, all different and each understood again', () => {
    expect(new Set(roleWords()).size).toBe(7);
    for (const word of roleWords()) expect(roleWord(readRole(word))).toBe(word);
  });
});

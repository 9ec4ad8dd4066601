/** Commands behind the sign `/`, found by words of both languages whatever the language of the screen. */
import { switchLayout } from '../../../../shared/text/keyboard-layout.ts';
import { searchKey } from '../../../../shared/text/search-key.ts';

export const SLASH_COMMANDS = [
  { id: 'decision', words: ['решили', 'решение', 'постановили', 'decision', 'decided'] },
  { id: 'todo', words: ['поручение', 'задача', 'сделать', 'обещали', 'todo', 'action', 'task'] },
  { id: 'awaited', words: ['ждём', 'они', 'awaited', 'waiting', 'they'] },
  { id: 'client', words: ['клиент', 'клиенту', 'для клиента', 'client', 'public'] },
  { id: 'internal', words: ['внутри', 'внутреннее', 'internal'] },
  { id: 'private', words: ['частное', 'личное', 'private'] },
  { id: 'heading', words: ['заголовок', 'тема', 'heading', 'topic'] },
  { id: 'list', words: ['список', 'list', 'bullets'] },
  { id: 'numbered', words: ['номера', 'нумерованный', 'numbered', 'ordered'] },
  { id: 'checklist', words: ['дела', 'чеклист', 'checklist', 'tasks'] },
  { id: 'quote', words: ['цитата', 'quote'] },
] as const;
export type SlashCommand = (typeof SLASH_COMMANDS)[number]['id'];

const beginningWith = (key: string): readonly SlashCommand[] =>
  SLASH_COMMANDS.filter(({ words }) => words.some((word) => searchKey(word).startsWith(key))).map(({ id }) => id);

/**
 * Commands with a word that begins with what was typed after `/`, in their own order; all for ''. When there is none, what
 * was typed is read as the same keys on the other layout: `/htibkb` is `/решили`.
 */
export function matchCommands(typed: string): readonly SlashCommand[] {
  const found = beginningWith(searchKey(typed));
  return found.length > 0 ? found : beginningWith(searchKey(switchLayout(typed)));
}

/** The command being typed just before the caret: `/` after a space or at the beginning, and its letters. */
export function slashBefore(text: string): { readonly typed: string; readonly length: number } | null {
  const found = /(?:^|\s)(\/[\p{L}\d]*)$/u.exec(text);
  return found?.[1] === undefined ? null : { typed: found[1].slice(1), length: found[1].length };
}

/** Notes as plain Markdown (CommonMark with task lists), so that nobody is locked in. */
import type { Block, ItemBlock, Run } from './blocks.ts';
import { noteBlocks } from './note.ts';

/**
 * A note, as its base64 state or as its blocks, in Markdown. Visibility is kept as a comment before the block
 * (`<!-- private -->`); unmarked text is internal and carries none.
 */
export function noteMarkdown(note: string | readonly Block[] | undefined): string {
  return blocksMarkdown(typeof note === 'string' || note === undefined ? noteBlocks(note) : note);
}

/** Blocks as Markdown, with a final line feed when there is any text. */
export function blocksMarkdown(blocks: readonly Block[]): string {
  let out = '';
  let previous: Block | undefined;
  for (const block of blocks) {
    const tight = block.type === 'item' && previous?.type === 'item';
    if (out !== '') out += tight ? '\n' : '\n\n';
    const mark = block.visibility === 'internal' ? '' : `<!-- ${block.visibility} -->`;
    const pad = block.type === 'item' ? '    '.repeat(block.depth) : '';
    if (mark && block.type !== 'item') out += `${mark}\n`;
    out += pad + blockMarkdown(block, pad) + (mark && block.type === 'item' ? ` ${mark}` : '');
    previous = block;
  }
  return out === '' ? '' : `${out}\n`;
}

function blockMarkdown(block: Block, pad: string): string {
  switch (block.type) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${inline(block.runs).replaceAll('\\\n', ' ')}`;
    case 'quote':
      return inline(block.runs)
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n');
    case 'code': {
      const text = block.runs.map((run) => run.text).join('');
      const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/gu)].map((found) => found[0].length + 1)));
      return `${fence}\n${text}\n${fence}`;
    }
    case 'item':
      return bullet(block) + inline(block.runs).replaceAll('\n', `\n${pad}    `);
    case 'paragraph':
      return inline(block.runs);
  }
}

function bullet(item: ItemBlock): string {
  if (item.continued) return '    ';
  if (item.list === 'ordered') return `${item.number ?? 1}. `;
  return item.list === 'task' ? `- [${item.checked ? 'x' : ' '}] ` : '- ';
}

function inline(runs: readonly Run[]): string {
  return runs.map(runMarkdown).join('');
}

function runMarkdown(run: Run): string {
  if (run.text === '\n') return '\\\n';
  if (run.code) {
    const fence = '`'.repeat(Math.max(0, ...[...run.text.matchAll(/`+/gu)].map((found) => found[0].length)) + 1);
    const space = run.text.startsWith('`') || run.text.endsWith('`') ? ' ' : '';
    return fence + space + run.text + space + fence;
  }
  // Marks must hug the text: spaces at the ends stay outside.
  const [, before = '', middle = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(run.text) ?? [];
  if (middle === '') return run.text;
  let text = escapeMarkdown(middle);
  if (run.strike) text = `~~${text}~~`;
  if (run.italic) text = `*${text}*`;
  if (run.bold) text = `**${text}**`;
  if (run.underline) text = `<u>${text}</u>`;
  if (run.href) text = `[${text}](<${run.href.replaceAll('>', '%3E').replaceAll('<', '%3C')}>)`;
  return before + text.replaceAll('\n', '\\\n') + after;
}

function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]<>~]/gu, '\\$&')
    .replace(/^(\s*)([#>+-]|\d+[.)])(?=\s)/gmu, (_, space: string, sign: string) =>
      /\d/u.test(sign) ? `${space}${sign.slice(0, -1)}\\${sign.slice(-1)}` : `${space}\\${sign}`,
    );
}

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { NoteSaver } from '../../../renderer/screens/meeting/note/note-saver.ts';
import { fromBase64 } from '../../../shared/note/note.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A document that is typed into, a saver, and the vault's copy. */
function setUp(answer: () => boolean | Promise<boolean> = () => true): {
  readonly saver: NoteSaver;
  readonly type: (text: string) => void;
  readonly stored: () => string;
  readonly commits: () => number;
} {
  const doc = new Y.Doc();
  const vault = new Y.Doc();
  let commits = 0;
  const saver = new NoteSaver({
    commit: async (update) => {
      commits++;
      const accepted = await answer();
      if (accepted) Y.applyUpdate(vault, fromBase64(update));
      return accepted;
    },
  });
  doc.on('update', (update: Uint8Array) => saver.add(update));
  const text = doc.getText('t');
  return {
    saver,
    type: (typed) => text.insert(text.length, typed),
    stored: () => vault.getText('t').toString(),
    commits: () => commits,
  };
}

describe('saving a note', () => {
  it('happens at most 300 ms after the last key, in one commit', async () => {
    const { saver, type, stored, commits } = setUp();
    type('При');
    await vi.advanceTimersByTimeAsync(100);
    type('вет');
    expect(saver.state).toBe('waiting');
    await vi.advanceTimersByTimeAsync(300);
    expect([stored(), commits(), saver.state]).toEqual(['Привет', 1, 'saved']);
  });
  it('happens every second while typing goes on', async () => {
    const { type, stored, commits } = setUp();
    for (let i = 0; i < 30; i++) {
      type('а');
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(commits()).toBeGreaterThanOrEqual(2);
    expect(stored().length).toBeGreaterThanOrEqual(20);
  });
  it('is said to be done only when the vault has answered', async () => {
    let answer: (accepted: boolean) => void = () => undefined;
    const { saver, type, stored } = setUp(() => new Promise((resolve) => (answer = resolve)));
    type('один');
    await vi.advanceTimersByTimeAsync(300);
    expect(saver.state).toBe('saving');
    type(' два');
    answer(true);
    await vi.advanceTimersByTimeAsync(0);
    expect([saver.state, stored()]).toEqual(['waiting', 'один']);
    await vi.advanceTimersByTimeAsync(300);
    answer(true);
    await vi.advanceTimersByTimeAsync(0);
    expect([saver.state, stored()]).toEqual(['saved', 'один два']);
  });
  it('loses nothing when the vault refuses, and tries again by itself', async () => {
    let accepts = false;
    const { saver, type, stored } = setUp(() => accepts);
    type('важное');
    await vi.advanceTimersByTimeAsync(300);
    expect(saver.state).toBe('failed');
    expect(await saver.flush()).toBe(false);
    type(' слово');
    accepts = true;
    await vi.advanceTimersByTimeAsync(3000);
    expect([saver.state, stored()]).toEqual(['saved', 'важное слово']);
  });
  it('survives a commit that throws', async () => {
    let broken = true;
    const { saver, type, stored } = setUp(() => {
      if (broken) throw new Error('gone');
      return true;
    });
    type('x');
    expect(await saver.flush()).toBe(false);
    broken = false;
    expect(await saver.flush()).toBe(true);
    expect(stored()).toBe('x');
  });
  it('is complete after a flush, even with a commit under way', async () => {
    const { saver, type, stored } = setUp(() => new Promise((resolve) => setTimeout(() => resolve(true), 500)));
    type('раз');
    await vi.advanceTimersByTimeAsync(250);
    type(' два');
    const flushed = saver.flush();
    await vi.advanceTimersByTimeAsync(2000);
    expect(await flushed).toBe(true);
    expect(stored()).toBe('раз два');
  });
  it('of nothing is already done', async () => {
    const { saver, commits } = setUp();
    expect(await saver.flush()).toBe(true);
    expect(commits()).toBe(0);
  });
});

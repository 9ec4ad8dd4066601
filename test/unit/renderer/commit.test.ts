// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import { createElement } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { commit, forgetUndo, setField, undoLast } from '../../../renderer/app/commit.ts';
import { flushAll, onFlush } from '../../../renderer/app/flush.ts';
import { errorText, setLanguage } from '../../../renderer/app/i18n.ts';
import { useStatus } from '../../../renderer/app/status.ts';
import { ToastRegion } from '../../../renderer/ui/index.ts';
import { fail, ok } from '../../../shared/result.ts';

const api = { 'vault:commit': vi.fn(), 'vault:undo': vi.fn() };
beforeEach(() => {
  vi.resetAllMocks();
  Object.assign(window, { rapport: api });
  forgetUndo();
  useStatus.setState({ saving: 0, problem: null });
});

describe('Saving', () => {
  it('is under way until the vault has answered', async () => {
    let answer: (value: unknown) => void = () => undefined;
    api['vault:commit'].mockReturnValue(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const saved = setField('person', 'p', 'owner', 'Анна');
    expect(useStatus.getState().saving).toBe(1);
    answer(ok({ batch: 'b', seq: 1 }));
    expect((await saved).ok).toBe(true);
    expect(useStatus.getState().saving).toBe(0);
    expect(api['vault:commit']).toHaveBeenCalledWith({
      kind: 'edit',
      changes: [{ type: 'person', record: 'p', field: 'owner', value: 'Анна' }],
    });
  });
  it('keeps the problem in sight until something was saved again', async () => {
    api['vault:commit'].mockResolvedValueOnce(fail('vault.diskFull'));
    await setField('person', 'p', 'owner', 'Анна');
    expect(useStatus.getState().problem?.code).toBe('vault.diskFull');
    api['vault:commit'].mockResolvedValueOnce(ok({ batch: 'b', seq: 1 }));
    await setField('person', 'p', 'owner', 'Анна');
    expect(useStatus.getState().problem).toBeNull();
  });
  it('turns a dead main process into a typed error', async () => {
    api['vault:commit'].mockRejectedValue(new Error('gone'));
    expect(await setField('person', 'p', 'owner', 'x')).toMatchObject({ ok: false, error: { code: 'app.noAnswer' } });
  });
});

describe('Undo', () => {
  it('takes back the newest batch first and leaves out those of editors', async () => {
    for (const [batch, undoable] of [
      ['first', true],
      ['typing', false],
      ['second', true],
    ] as const) {
      api['vault:commit'].mockResolvedValueOnce(ok({ batch, seq: 1 }));
      await commit(
        { kind: 'edit', changes: [{ type: 'person', record: 'p', field: 'owner', value: batch }] },
        { undoable },
      );
    }
    api['vault:undo'].mockResolvedValue(ok({ batch: 'u', reversed: 1, kept: [], errored: [] }));
    await undoLast();
    await undoLast();
    await undoLast();
    expect(api['vault:undo'].mock.calls).toEqual([[{ batch: 'second' }], [{ batch: 'first' }]]);
  });
  it('takes its offer off the screen when the keys have taken the batch back', async () => {
    render(createElement(ToastRegion, { label: 'messages', closeLabel: 'close' }));
    api['vault:commit'].mockResolvedValueOnce(ok({ batch: 'b', seq: 1 }));
    await act(() => setField('promise', 'p', 'status', 'done', { toast: 'Done: send the plan' }));
    expect(screen.getByText('Done: send the plan')).toBeTruthy();
    api['vault:undo'].mockResolvedValue(ok({ batch: 'u', reversed: 1, kept: [], errored: [] }));
    await act(undoLast);
    expect(screen.queryByText('Done: send the plan')).toBeNull();
    cleanup();
  });
});

describe('Flushing', () => {
  it('waits for fields, editors and commits under way', async () => {
    const done: string[] = [];
    const field = document.createElement('input');
    document.body.append(field);
    field.addEventListener('blur', () => done.push('blur'));
    field.focus();
    const stop = onFlush(async () => {
      await Promise.resolve();
      done.push('editor');
    });
    await flushAll();
    stop();
    expect(done).toEqual(['blur', 'editor']);
  });
  it('is not stopped by one editor that fails', async () => {
    const stop = onFlush(() => Promise.reject(new Error('broken')));
    const other = vi.fn();
    const stopOther = onFlush(other);
    await flushAll();
    expect(other).toHaveBeenCalledOnce();
    stop();
    stopOther();
  });
});

describe('Errors', () => {
  it('say in the language of the moment what happened', async () => {
    await setLanguage('ru');
    expect(errorText({ code: 'vault.diskFull' })).toContain('нет места');
    await setLanguage('en');
    expect(errorText({ code: 'vault.diskFull' })).toContain('disk is full');
  });
  it('name the code when there is no text', () => {
    expect(errorText({ code: 'strange.thing' })).toContain('strange.thing');
  });
});

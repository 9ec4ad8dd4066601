// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useRef } from 'react';
import {
  ComboBox,
  Dialog,
  DialogFooter,
  InlineEdit,
  notify,
  TagEditor,
  ToastRegion,
  useKeptFocus,
} from '../../../renderer/ui/index.ts';
import { clearNotices } from '../../../renderer/ui/toast.tsx';

const NAME = 'Name';
const TAGS = 'Tags';
const KIND = 'Kind';
const ADD = 'Add';
afterEach(cleanup);

describe('A value edited in place', () => {
  const start = (onCommit: (text: string) => void): HTMLInputElement => {
    render(<InlineEdit label={NAME} value="Old" onCommit={onCommit} />);
    fireEvent.click(screen.getByRole('button'));
    return screen.getByRole('textbox');
  };
  it('is kept by Enter', () => {
    const commit = vi.fn();
    const field = start(commit);
    fireEvent.change(field, { target: { value: ' New ' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(commit).toHaveBeenCalledExactlyOnceWith('New');
    expect(screen.queryByRole('textbox')).toBeNull();
  });
  it('is kept by leaving the field', () => {
    const commit = vi.fn();
    const field = start(commit);
    fireEvent.change(field, { target: { value: 'New' } });
    fireEvent.blur(field);
    expect(commit).toHaveBeenCalledExactlyOnceWith('New');
  });
  it('is taken back by Esc', () => {
    const commit = vi.fn();
    const field = start(commit);
    fireEvent.change(field, { target: { value: 'New' } });
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(commit).not.toHaveBeenCalled();
    expect(screen.getByRole('button').textContent).toBe('Old');
    expect(document.activeElement).toBe(screen.getByRole('button'));
  });
  it('of several lines is kept by Esc, which is too near to lose them', () => {
    const commit = vi.fn();
    render(<InlineEdit label={NAME} value="Old" multiline onCommit={commit} />);
    fireEvent.click(screen.getByRole('button'));
    const field = screen.getByRole('textbox');
    fireEvent.change(field, { target: { value: 'First\nSecond' } });
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(commit).toHaveBeenCalledExactlyOnceWith('First\nSecond');
    expect(screen.queryByRole('textbox')).toBeNull();
  });
  it('is not saved when nothing changed', () => {
    const commit = vi.fn();
    fireEvent.blur(start(commit));
    expect(commit).not.toHaveBeenCalled();
  });
  it('begins with the key E wherever it stands on the layout', () => {
    render(<InlineEdit label={NAME} value="Old" onCommit={() => undefined} />);
    fireEvent.keyDown(screen.getByRole('button'), { code: 'KeyE', key: 'у' });
    expect(screen.getByRole('textbox')).toBeTruthy();
  });
});

describe('A choice found by typing', () => {
  const options = [
    { id: '1', label: 'Anna Belova' },
    { id: '2', label: 'Anton Orlov' },
  ];
  const typed = (text: string): { readonly choose: (id: string | null) => void; readonly create: () => void } => {
    const choose = vi.fn();
    const create = vi.fn();
    render(
      <ComboBox
        label={NAME}
        options={options}
        value={null}
        onChange={choose}
        onCreate={create}
        noMatch=""
        clearOnSelect
      />,
    );
    const field = screen.getByRole('combobox');
    act(() => field.focus());
    fireEvent.change(field, { target: { value: text } });
    fireEvent.keyDown(field, { key: 'Enter' });
    return { choose, create };
  };
  it('is the first one at Enter', () => {
    const { choose, create } = typed('ant');
    expect(choose).toHaveBeenCalledExactlyOnceWith('2');
    expect(create).not.toHaveBeenCalled();
    expect((screen.getByRole('combobox') as HTMLInputElement).value).toBe('');
  });
  it('is what was typed when nothing fits', () => {
    const { choose, create } = typed('Guest');
    expect(create).toHaveBeenCalledExactlyOnceWith('Guest');
    expect(choose).not.toHaveBeenCalled();
  });
  it('is none at Enter when nothing was typed', () => {
    const { choose, create } = typed('');
    expect(choose).not.toHaveBeenCalled();
    expect(create).not.toHaveBeenCalled();
  });
});

describe('A window', () => {
  const open = () => {
    const close = vi.fn();
    const done = vi.fn();
    render(
      <Dialog
        title={NAME}
        isOpen
        onClose={close}
        closeLabel="Close"
        footer={<DialogFooter cancelLabel="Cancel" onCancel={close} label={ADD} onPress={done} />}
      >
        <input aria-label={TAGS} />
        <input type="radio" aria-label={KIND} />
      </Dialog>,
    );
    /** A click on what lies behind it. */
    const outside = (): void => {
      const { body } = document;
      for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
        fireEvent(body, new MouseEvent(type, { bubbles: true, button: 0 }));
    };
    return { close, done, outside };
  };
  it('is closed by a click outside, also after choosing', () => {
    const { close, outside } = open();
    fireEvent.input(screen.getByLabelText(KIND));
    outside();
    expect(close).toHaveBeenCalledOnce();
  });
  it('stays when something was typed in it; Esc and its buttons still close it', () => {
    const { close, done, outside } = open();
    fireEvent.input(screen.getByLabelText(TAGS), { target: { value: 'x' } });
    outside();
    expect(close).not.toHaveBeenCalled();
    fireEvent.keyDown(screen.getByLabelText(TAGS), { key: 'Escape' });
    expect(close).toHaveBeenCalledOnce();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(close).toHaveBeenCalledTimes(2);
    fireEvent.click(screen.getByRole('button', { name: ADD }));
    expect(done).toHaveBeenCalledOnce();
  });
});

describe('Tags', () => {
  it('are added by Enter and comma, once each, and removed by Backspace', () => {
    const add = vi.fn();
    const remove = vi.fn();
    render(
      <TagEditor
        label={TAGS}
        tags={['one', 'two']}
        onAdd={add}
        onRemove={remove}
        addLabel="New tag"
        removeLabel={(tag) => `Remove ${tag}`}
      />,
    );
    const field = screen.getByLabelText('New tag');
    fireEvent.change(field, { target: { value: 'three' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    fireEvent.change(field, { target: { value: 'one' } });
    fireEvent.keyDown(field, { key: ',' });
    expect(add.mock.calls).toEqual([['three']]);
    fireEvent.keyDown(field, { key: 'Backspace' });
    expect(remove).toHaveBeenCalledExactlyOnceWith('two');
  });
});

describe('A list whose rows go away', () => {
  function Rows({ rows }: { readonly rows: readonly string[] }) {
    const list = useRef<HTMLUListElement>(null);
    useKeptFocus(list, 'button', rows);
    return (
      <ul ref={list}>
        {rows.map((row) => (
          <li key={row}>
            <button type="button">{row}</button>
          </li>
        ))}
      </ul>
    );
  }
  const focused = (): string => document.activeElement?.textContent ?? '';
  it('keeps the focus on the row that took the place, then on the last one', () => {
    const { rerender } = render(<Rows rows={['a', 'b', 'c']} />);
    screen.getByText('b').focus();
    rerender(<Rows rows={['a', 'c']} />);
    expect(focused()).toBe('c');
    rerender(<Rows rows={['a']} />);
    expect(focused()).toBe('a');
  });
  it('takes it from nobody', () => {
    const page = (rows: readonly string[]) => (
      <>
        <Rows rows={rows} />
        <input aria-label={NAME} />
      </>
    );
    const { rerender } = render(page(['a', 'b']));
    screen.getByText('b').focus();
    screen.getByRole('textbox').focus();
    rerender(page(['a']));
    expect(document.activeElement).toBe(screen.getByRole('textbox'));
  });
});

describe('Messages', () => {
  afterEach(() => act(clearNotices));
  it('say the same error once, and the newest last', () => {
    render(<ToastRegion label={NAME} closeLabel={TAGS} />);
    const say = (text: string) => act(() => void notify({ text, tone: 'error' }));
    say('No answer');
    say('No room');
    say('No answer');
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['No room', 'No answer']);
  });
});

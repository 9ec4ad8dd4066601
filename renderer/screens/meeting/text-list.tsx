import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { type KeyboardEvent, type Ref, useState } from 'react';
import type { AgendaItem, Visibility } from '../../../shared/model/records.ts';
import { useT } from '../../app/i18n.ts';
import { IconButton, InlineEdit } from '../../ui/index.ts';
import { addElement, inOrder, setElement, swapElements } from './meeting-changes.ts';
import styles from './meeting-page.module.css';
import { VisibilityMenu, visibilityOfKey } from './visibility-menu.tsx';

export interface TextListProps {
  readonly meeting: string;
  readonly set: 'agenda' | 'decisions';
  readonly items: Readonly<Record<string, AgendaItem>> | undefined;
  /** Visibility of what is added here. */
  readonly fresh: Visibility;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** The agenda or the decisions: numbered lines, edited in place; Enter in the last field adds one and stays for the next. */
export function TextList({ meeting, set, items, fresh, inputRef }: TextListProps) {
  const t = useT();
  const list = inOrder(items);
  const label = (number: number): string =>
    set === 'agenda' ? t('meeting.agendaItem', { number }) : t('meeting.decisionItem', { number });
  return (
    <div>
      <ol className={styles.lines}>
        {list.map(([key, item], i) => (
          <li
            key={key}
            className={styles.line}
            onKeyDown={(event) => {
              const visibility = visibilityOfKey(event);
              if (!visibility) return;
              event.preventDefault();
              setElement(meeting, set, key, { ...item, visibility });
            }}
          >
            <span className={styles.number} aria-hidden>
              {i + 1}
            </span>
            <InlineEdit
              label={label(i + 1)}
              value={item.text}
              className={styles.grow!}
              onCommit={(text) =>
                text === ''
                  ? setElement(meeting, set, key, null, t('meeting.removed', { text: item.text }))
                  : setElement(meeting, set, key, { ...item, text })
              }
            />
            <span className={styles.tools}>
              <IconButton
                size="small"
                icon={<ArrowUp size={14} aria-hidden />}
                label={t('meeting.moveUp')}
                isDisabled={i === 0}
                onPress={() => {
                  const above = list[i - 1];
                  if (above) swapElements(meeting, set, [key, item], above);
                }}
              />
              <IconButton
                size="small"
                icon={<ArrowDown size={14} aria-hidden />}
                label={t('meeting.moveDown')}
                isDisabled={i === list.length - 1}
                onPress={() => {
                  const below = list[i + 1];
                  if (below) swapElements(meeting, set, [key, item], below);
                }}
              />
              <IconButton
                size="small"
                icon={<X size={14} aria-hidden />}
                label={t('meeting.remove', { text: item.text })}
                onPress={() => setElement(meeting, set, key, null, t('meeting.removed', { text: item.text }))}
              />
            </span>
            <VisibilityMenu
              value={item.visibility}
              onChange={(visibility) => setElement(meeting, set, key, { ...item, visibility })}
            />
          </li>
        ))}
      </ol>
      <AddLine
        placeholder={set === 'agenda' ? t('meeting.addAgenda') : t('meeting.addDecision')}
        label={set === 'agenda' ? t('meeting.addAgenda') : t('meeting.addDecision')}
        onAdd={(text) => void addElement(meeting, set, items, { text, visibility: fresh })}
        {...(inputRef ? { inputRef } : {})}
      />
    </div>
  );
}

/** A quiet field at the end of a list: Enter adds and empties it. What was typed is also kept when the field is left. */
export function AddLine({
  label,
  placeholder,
  onAdd,
  inputRef,
}: {
  readonly label: string;
  readonly placeholder: string;
  readonly onAdd: (text: string) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
}) {
  const [text, setText] = useState('');
  const add = (): void => {
    const typed = text.trim();
    setText('');
    if (typed !== '') onAdd(typed);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      add();
    } else if (event.key === 'Escape' && text !== '') {
      event.stopPropagation();
      setText('');
    }
  };
  return (
    <input
      className={styles.addLine}
      aria-label={label}
      placeholder={placeholder}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={add}
      {...(inputRef ? { ref: inputRef } : {})}
    />
  );
}

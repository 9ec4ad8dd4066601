import { X } from 'lucide-react';
import { type Ref, useState } from 'react';
import type { DueDay, ObligationScope } from '../../../shared/contracts/obligations.ts';
import type { Side } from '../../../shared/model/records.ts';
import type { PersonRow, PromiseRow } from '../../../shared/model/rows.ts';
import { formatPlainDate } from '../../../shared/dates/format-date.ts';
import { useToday } from '../../app/clock.ts';
import { useLanguage, useT } from '../../app/i18n.ts';
import type { PromiseDay } from '../../db/index.ts';
import { Button, Checkbox, classNames, IconButton, InlineEdit, notify } from '../../ui/index.ts';
import { parseDue } from './due-text.ts';
import { addPromise, removePromise, setPromise, tickPromise } from './meeting-changes.ts';
import styles from './meeting-page.module.css';
import { findOwner, readAction } from './read-action.ts';
import { AddLine } from './text-list.tsx';
import { VisibilityMenu, visibilityOfKey } from './visibility-menu.tsx';

export interface ActionItemsProps {
  readonly meeting: string;
  readonly organisation: string | undefined;
  readonly promises: readonly PromiseDay[];
  readonly people: readonly PersonRow[];
  /** Attendees that have a record: the likely owners. */
  readonly attendees: readonly PersonRow[];
  /** People of the other side, by id. */
  readonly theirs: ReadonlySet<string>;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** What was promised, by us or by them: one line each, entered without leaving the keyboard. */
export function ActionItems({
  meeting,
  organisation,
  promises,
  people,
  attendees,
  theirs,
  inputRef,
}: ActionItemsProps) {
  const t = useT();
  const today = useToday();
  const [side, setSide] = useState<Side>('ours');
  const add = (line: string): void => {
    const read = readAction(line, side, { today, theirs, attendees, people });
    void addPromise(meeting, organisation, { ...read, visibility: 'client' });
  };
  return (
    <div>
      <ol className={styles.lines}>
        {promises.map(({ promise, day, scope }, i) => (
          <PromiseLine
            key={promise.id}
            promise={promise}
            day={day}
            scope={scope}
            number={i + 1}
            onOwner={(typed) => {
              const owner = findOwner(typed, attendees, people);
              setPromise(promise.id, 'owner', owner ?? null);
            }}
          />
        ))}
      </ol>
      <div className={styles.addAction}>
        <Button
          variant="quiet"
          size="small"
          aria-label={t('meeting.sideOf', { side: t(side === 'ours' ? 'meeting.oursShort' : 'meeting.theirsShort') })}
          onPress={() => setSide(side === 'ours' ? 'theirs' : 'ours')}
        >
          {t(side === 'ours' ? 'meeting.oursShort' : 'meeting.theirsShort')}
        </Button>
        <AddLine
          label={t('meeting.addActionLabel')}
          placeholder={t('meeting.addAction')}
          onAdd={add}
          {...(inputRef ? { inputRef } : {})}
        />
      </div>
    </div>
  );
}

/** One promise: done, text, whose, who, when, who may see it. */
export function PromiseLine({
  promise,
  day,
  scope,
  number,
  onOwner,
}: {
  readonly promise: PromiseRow;
  readonly day: DueDay | null;
  readonly scope: ObligationScope | undefined;
  readonly number: number;
  /** Absent where promises are only ticked off. */
  readonly onOwner?: (typed: string) => void;
}) {
  const t = useT();
  const language = useLanguage();
  const today = useToday();
  const done = promise.status === 'done';
  const due = day?.due ?? promise.due;
  const late = !done && due !== undefined && due < today;
  const dueText = due ? formatPlainDate(due, language, 'short') : '';
  const side = t(promise.side === 'ours' ? 'meeting.oursShort' : 'meeting.theirsShort');
  const changeDue = (typed: string): void => {
    const due = typed === '' ? null : parseDue(typed, today);
    if (typed !== '' && due === null) notify({ text: t('meeting.dueUnknown', { text: typed }), tone: 'error' });
    else setPromise(promise.id, 'due', due);
  };
  return (
    <li
      className={classNames(styles.line, done && styles.isDone)}
      onKeyDown={(event) => {
        const visibility = onOwner ? visibilityOfKey(event) : null;
        if (!visibility) return;
        event.preventDefault();
        setPromise(promise.id, 'visibility', visibility);
      }}
    >
      <Checkbox
        label={t('meeting.done', { text: promise.text })}
        hideLabel
        isSelected={done}
        onChange={(ticked) => tickPromise(promise, day, ticked, today, scope)}
      />
      <InlineEdit
        label={t('meeting.actionItem', { number })}
        value={promise.text}
        className={styles.grow!}
        onCommit={(text) =>
          text === ''
            ? removePromise(promise.id, t('meeting.removed', { text: promise.text }))
            : setPromise(promise.id, 'text', text)
        }
      />
      <span className={styles.tools}>
        <IconButton
          size="small"
          icon={<X size={14} aria-hidden />}
          label={t('meeting.remove', { text: promise.text })}
          onPress={() => removePromise(promise.id, t('meeting.removed', { text: promise.text }))}
        />
      </span>
      {late && <span className={styles.lateWord}>{t('meeting.overdue')}</span>}
      <Button
        variant="quiet"
        size="small"
        className={styles.side!}
        aria-label={t('meeting.sideOf', { side })}
        onPress={() => setPromise(promise.id, 'side', promise.side === 'ours' ? 'theirs' : 'ours')}
      >
        {side}
      </Button>
      {onOwner ? (
        <InlineEdit
          label={t('meeting.owner')}
          value={promise.ownerName}
          placeholder={t('meeting.ownerHint')}
          className={styles.owner!}
          onCommit={onOwner}
        />
      ) : (
        <span className={styles.owner}>{promise.ownerName}</span>
      )}
      {promise.rule ? (
        // A rule is changed in the contract; here it only says when.
        <span className={classNames(styles.due, late && styles.late)}>{dueText}</span>
      ) : (
        <InlineEdit
          label={t('meeting.due')}
          // As it is written in this language: it is understood again when it is edited.
          value={dueText}
          placeholder={t('meeting.dueHint')}
          className={classNames(styles.due, late && styles.late)!}
          onCommit={changeDue}
        />
      )}
      {onOwner && (
        <VisibilityMenu
          value={promise.visibility}
          onChange={(visibility) => setPromise(promise.id, 'visibility', visibility)}
        />
      )}
    </li>
  );
}

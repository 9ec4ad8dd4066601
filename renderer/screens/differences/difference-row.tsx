import { Laptop, Lock, UserRound } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { sameJson } from '../../../shared/change/json.ts';
import { wallTime } from '../../../shared/dates/plain-date.ts';
import type { Author, Difference, DifferentValue } from '../../../shared/sync/differences.ts';
import type { Words } from '../../../shared/words/value-words.ts';
import { localTimeZone } from '../../app/clock.ts';
import { useDates } from '../../app/dates.ts';
import { type Translate, useT } from '../../app/i18n.ts';
import { useSession } from '../../app/session.ts';
import { Button, classNames, DateField, Kbd, notify, TextField } from '../../ui/index.ts';
import { decide, editingOf, written } from './decide.ts';
import styles from './differences.module.css';

/** Whether somebody's name is known; else their device stands for them. */
const isPerson = ({ actor }: Author): boolean => actor !== '' && actor !== 'me';

/** On which device and when, where the side's heading does not say it; who it was. */
function AuthorLine({ author, isNamed = false }: { readonly author: Author; readonly isNamed?: boolean }) {
  const t = useT();
  const dates = useDates();
  const me = useSession((state) => state.settings.userName);
  const when = wallTime(localTimeZone(), author.time);
  const who =
    author.actor === 'me' ? (author.here ? me || t('differences.me') : t('differences.someone')) : author.actor;
  return (
    <span className={styles.author} title={author.time ? dates.exact(when) : ''}>
      {isNamed && <span className={styles.who}>{who || t('differences.someone')}</span>}
      {author.deviceName && !author.here && (isNamed || isPerson(author)) && (
        <span>{t('differences.device', { name: author.deviceName })}</span>
      )}
      {author.time > 0 && <span>{dates.near(when)}</span>}
    </span>
  );
}

function Value({
  difference,
  value,
  words,
  place,
  onChoose,
}: {
  readonly difference: Difference;
  readonly value: DifferentValue;
  readonly words: Words;
  /** 1 for the first value: its key. */
  readonly place: number;
  readonly onChoose: () => void;
}) {
  const t = useT();
  const isDeletion = difference.field === '$deleted';
  const text = isDeletion
    ? value.value === true
      ? t('differences.deleted')
      : t('differences.edited', {
          fields: [...new Set(value.edits.map((edit) => words.field(edit.field)))].join(', ') || words.field('$new'),
        })
    : words.value(difference.field, value.value);
  const holds = sameJson(value.value, difference.shown);
  const label = isDeletion
    ? t(value.value === true ? 'differences.deleteIt' : 'differences.keepRecord')
    : difference.open
      ? t('differences.keep')
      : t(holds ? 'differences.confirm' : 'differences.restore');
  return (
    <div className={classNames(styles.value, value.author.here && styles.here)}>
      <div className={styles.side}>
        {value.author.here ? <Laptop size={12} aria-hidden /> : <UserRound size={12} aria-hidden />}
        {value.author.here ? t('differences.mine') : <AuthorName author={value.author} />}
        {holds && <span className={styles.holds}>{t('differences.now')}</span>}
      </div>
      <div className={styles.text}>{text}</div>
      <AuthorLine author={value.author} />
      <div className={styles.choose}>
        <Button
          size="small"
          onPress={onChoose}
          aria-label={isDeletion ? label : `${label}: ${text}`}
          {...(place <= 2 ? { 'aria-keyshortcuts': String(place) } : {})}
        >
          {label}
        </Button>
        {place <= 2 && <Kbd shortcut={`Digit${place}`} />}
      </div>
    </div>
  );
}

function AuthorName({ author }: { readonly author: Author }) {
  const t = useT();
  return isPerson(author) ? author.actor : author.deviceName || t('differences.someone');
}

/** A third value, written here. */
function Third({
  difference,
  words,
  onDone,
}: {
  readonly difference: Difference;
  readonly words: Words;
  readonly onDone: () => void;
}) {
  const t = useT();
  const [text, setText] = useState('');
  const editing = editingOf(difference);
  if (!editing) return null;
  const label = t('differences.otherFor', { field: words.field(difference.field) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const value = written(difference, editing, text);
    if (value === undefined) {
      notify({ text: t(editing === 'money' ? 'differences.unreadMoney' : 'differences.unread'), tone: 'error' });
      return;
    }
    onDone();
    void decide(
      [{ difference, value }],
      t('differences.decided', { field: words.field(difference.field), value: words.value(difference.field, value) }),
    );
  };
  return (
    <form
      className={styles.third}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onDone();
      }}
    >
      {editing === 'date' ? (
        <DateField
          label={label}
          hideLabel
          value={text}
          onChange={(value) => setText(value ?? '')}
          clearLabel={t('common.clearDate')}
          autoFocus
        />
      ) : (
        <TextField
          label={label}
          hideLabel
          value={text}
          onChange={setText}
          autoFocus
          placeholder={t('differences.other')}
        />
      )}
      <Button size="small" variant="primary" type="submit">
        {t('common.save')}
      </Button>
      <Button size="small" variant="quiet" onPress={onDone}>
        {t('common.cancel')}
      </Button>
    </form>
  );
}

export interface DifferenceRowProps {
  readonly difference: Difference;
  readonly words: Words;
  /** Whether the row writes a third value; held by the list, so that the key 3 can begin it. */
  readonly isWriting: boolean;
  readonly onWriting: (writing: boolean) => void;
  /** The value at a place is kept. */
  readonly onChoose: (place: number) => void;
}

/** One field: what stood there before, and the values that people gave it at once. */
export function DifferenceRow({ difference, words, isWriting, onWriting, onChoose }: DifferenceRowProps) {
  const t = useT();
  const { base, values, field } = difference;
  const careful = field === 'visibility' && difference.open;
  return (
    <>
      <div className={styles.field}>
        {words.field(field)}
        {careful && (
          <span className={styles.careful}>
            <Lock size={12} aria-hidden />
            {t('differences.shownPrivate')}
          </span>
        )}
      </div>
      <div className={styles.values}>
        {field !== '$deleted' && (
          <div className={styles.before}>
            <div className={styles.side}>{t('differences.was')}</div>
            <div className={styles.text}>{base ? words.value(field, base.value) : t('differences.nothingBefore')}</div>
            {base && <AuthorLine author={base.author} isNamed />}
          </div>
        )}
        {values.map((value, i) => (
          <Value
            key={value.change}
            difference={difference}
            value={value}
            words={words}
            place={i + 1}
            onChoose={() => onChoose(i)}
          />
        ))}
      </div>
      {isWriting ? (
        <Third difference={difference} words={words} onDone={() => onWriting(false)} />
      ) : (
        editingOf(difference) !== null && (
          <div className={styles.more}>
            <Button size="small" variant="quiet" onPress={() => onWriting(true)}>
              {t('differences.other')}
            </Button>
            <Kbd shortcut="Digit3" />
          </div>
        )
      )}
    </>
  );
}

/** Decides for the value at a place; false where there is none, or when it could not be written. */
export async function choose(difference: Difference, place: number, words: Words, t: Translate): Promise<boolean> {
  const value = difference.values[place];
  if (!value) return false;
  const { ok } = await decide(
    [{ difference, value: value.value }],
    t('differences.decided', {
      field: words.field(difference.field),
      value: words.value(difference.field, value.value),
    }),
  );
  return ok;
}

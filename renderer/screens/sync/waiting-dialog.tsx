import { useRef } from 'react';
import type { PendingChange, PendingList } from '../../../shared/sync/view.ts';
import type { Words } from '../../../shared/words/value-words.ts';
import { showError } from '../../app/commit.ts';
import { errorText, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { useSync } from '../../app/sync.ts';
import { useKept, useLoaded } from '../../db/index.ts';
import { Button, classNames, Dialog, notify, Spinner, useKeptFocus } from '../../ui/index.ts';
import { useWords } from '../differences/use-differences.ts';
import { overtakenOf } from './overtaken.ts';
import styles from './sync.module.css';
import { useNear } from './use-state-words.ts';

function Entry({
  change,
  words,
  isOvertaken,
  onDiscard,
}: {
  readonly change: PendingChange;
  readonly words: Words;
  /** A later change of the same field waits too: only that one can be taken back. */
  readonly isOvertaken: boolean;
  readonly onDiscard: () => void;
}) {
  const t = useT();
  const { near, exact } = useNear();
  const { reason } = change;
  const refused = reason !== null && reason !== 'retry';
  return (
    <li className={styles.entry}>
      <div className={styles.entryMain}>
        <div>
          <strong>{change.title || t('differences.untitled')}</strong>
          {' · '}
          {words.field(change.field)}
          {change.value !== null && `: ${words.value(change.field, change.value)}`}
        </div>
        <div className={classNames(styles.quiet, refused && styles.attention)} title={exact(change.time)}>
          {near(change.time)}
          {' · '}
          {reason === null ? t('sync.goesOut') : reason === 'retry' ? t('sync.retries') : t(`sync.refused.${reason}`)}
          {isOvertaken && ` · ${t('sync.overtaken')}`}
        </div>
      </div>
      {!isOvertaken && (
        <Button
          size="small"
          variant="quiet"
          onPress={onDiscard}
          aria-label={`${t('sync.discard')}: ${change.title} ${words.field(change.field)}`}
        >
          {t('sync.discard')}
        </Button>
      )}
    </li>
  );
}

const NOTHING: PendingList = { changes: [], names: {} };

/** What is saved here and not at the server: looked at one by one, and discarded if it must be. */
export function WaitingDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const count = useSync((state) => state.status.pending);
  const { value: read, error } = useLoaded(
    () => call('sync:pending', undefined),
    () => true,
    [count],
  );
  const value = useKept(read);
  const { changes, names } = value ?? NOTHING;
  const overtaken = overtakenOf(changes);
  const list = useRef<HTMLUListElement>(null);
  useKeptFocus(list, 'button', changes);
  const words = useWords(names);
  const discard = async (change: PendingChange): Promise<void> => {
    const done = await call('sync:discard', { change: change.id });
    if (done.ok) notify({ text: t('sync.discarded') });
    else showError(done.error);
  };
  return (
    <Dialog title={t('sync.waitingTitle')} isOpen onClose={onClose} closeLabel={t('common.close')} size="wide">
      {changes.length > 0 && <p className={styles.note}>{t('sync.waitingLead')}</p>}
      {error && <p role="alert">{errorText(error)}</p>}
      {!value && !error && <Spinner label={t('common.loading')} />}
      {value && changes.length === 0 && <p className={styles.quiet}>{t('sync.waitingNone')}</p>}
      <ul ref={list} className={styles.entries}>
        {changes.map((change) => (
          <Entry
            key={change.id}
            change={change}
            words={words}
            isOvertaken={overtaken.has(change.id)}
            onDiscard={() => void discard(change)}
          />
        ))}
      </ul>
      {count > changes.length && changes.length > 0 && (
        <p className={styles.quiet}>{t('sync.more', { count: count - changes.length })}</p>
      )}
    </Dialog>
  );
}

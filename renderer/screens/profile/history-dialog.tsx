import { useState } from 'react';
import type { HistoryEntry } from '../../../shared/ipc/contract.ts';
import { wallTime } from '../../../shared/dates/plain-date.ts';
import { localTimeZone } from '../../app/clock.ts';
import { useDates } from '../../app/dates.ts';
import { errorText, useT } from '../../app/i18n.ts';
import { useSession } from '../../app/session.ts';
import { useHistory } from '../../db/index.ts';
import { Badge, Dialog, Segmented, Spinner } from '../../ui/index.ts';
import { fieldWord, valueWords } from './field-words.ts';
import { NoteVersions } from './note-versions.tsx';
import styles from './profile.module.css';

function Entry({ entry }: { readonly entry: HistoryEntry }) {
  const t = useT();
  const dates = useDates();
  const me = useSession((state) => state.settings.userName);
  const when = wallTime(localTimeZone(), entry.time);
  const created = entry.field === '$new';
  return (
    <li className={styles.historyItem}>
      <div className={styles.historyWhen} title={dates.exact(when)}>
        {dates.near(when)}
        <br />
        {entry.actor === 'me' ? me || t('profile.me') : entry.actor}
      </div>
      <div>
        <span className={styles.linkMain}>{fieldWord(entry.field)}</span>{' '}
        {entry.kind !== 'edit' && <Badge>{t(`profile.kinds.${entry.kind}`)}</Badge>}
        {!created && (
          <div>
            {entry.previous !== null && (
              <>
                <span className={styles.historyOld}>{valueWords(entry.field, entry.previous)}</span>
                {' → '}
              </>
            )}
            {valueWords(entry.field, entry.value)}
          </div>
        )}
      </div>
    </li>
  );
}

function Changes({ id }: { readonly id: string }) {
  const t = useT();
  const { value, error } = useHistory(id);
  return (
    <>
      {error && <p role="alert">{errorText(error)}</p>}
      {!value && !error && <Spinner label={t('common.loading')} />}
      <ol>
        {value?.map((entry) => (
          <Entry key={entry.change} entry={entry} />
        ))}
      </ol>
    </>
  );
}

/** Who changed what and when; for a record with a note also its earlier texts. */
export function HistoryDialog({
  id,
  hasNote = false,
  onClose,
}: {
  readonly id: string;
  readonly hasNote?: boolean;
  readonly onClose: () => void;
}) {
  const t = useT();
  const [part, setPart] = useState<'changes' | 'texts'>('changes');
  return (
    <Dialog title={t('profile.history')} isOpen onClose={onClose} closeLabel={t('common.close')} size="wide">
      {hasNote && (
        <Segmented
          label={t('profile.history')}
          hideLabel
          options={[
            { id: 'changes', label: t('differences.changes') },
            { id: 'texts', label: t('differences.versions') },
          ]}
          value={part}
          onChange={setPart}
        />
      )}
      {part === 'changes' ? <Changes id={id} /> : <NoteVersions id={id} />}
    </Dialog>
  );
}

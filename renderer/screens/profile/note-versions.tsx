import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { wallTime } from '../../../shared/dates/plain-date.ts';
import { blockText } from '../../../shared/note/blocks.ts';
import { noteBlocks, noteText } from '../../../shared/note/note.ts';
import { restoringUpdate } from '../../../shared/note/restore.ts';
import type { NoteVersion } from '../../../shared/sync/differences.ts';
import { localTimeZone } from '../../app/clock.ts';
import { commit, showError } from '../../app/commit.ts';
import { useDates } from '../../app/dates.ts';
import { flushAll } from '../../app/flush.ts';
import { errorText, translate, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { useSession } from '../../app/session.ts';
import { useLoaded } from '../../db/index.ts';
import { Button, classNames, notify, Spinner } from '../../ui/index.ts';
import styles from './note-versions.module.css';

const FIELD = 'body';

/** The note's text as the vault has it. */
async function present(id: string): Promise<string | null> {
  await flushAll();
  const record = await call('vault:record', { id });
  if (!record.ok) {
    showError(record.error);
    return null;
  }
  const body = record.value?.data[FIELD];
  return typeof body === 'string' ? body : '';
}

/** Makes the note read as `version`; the toast brings back what stood there before. */
async function bringBack(id: string, version: string): Promise<void> {
  const before = await present(id);
  if (before === null) return;
  const saved = await commit(
    {
      kind: 'restore',
      changes: [{ type: 'meeting', record: id, field: FIELD, value: restoringUpdate(before, version) }],
    },
    { undoable: false },
  );
  if (!saved.ok) return;
  notify({
    text: translate('differences.versionRestored'),
    action: { label: translate('common.undo'), run: () => void bringBack(id, before) },
  });
}

function Text({
  id,
  version,
  isPresent,
}: {
  readonly id: string;
  readonly version: NoteVersion;
  readonly isPresent: boolean;
}) {
  const t = useT();
  const { value, error } = useLoaded(
    () => call('vault:note-at', { id, field: FIELD, change: version.change }),
    () => false,
    [id, version.change],
  );
  if (error) return <p role="alert">{errorText(error)}</p>;
  if (value === undefined) return <Spinner label={t('common.loading')} />;
  const blocks = noteBlocks(value ?? undefined);
  return (
    <div className={styles.text}>
      <div className={styles.bar}>
        {isPresent ? (
          <span className={styles.quiet}>{t('differences.versionSame')}</span>
        ) : (
          <Button
            size="small"
            icon={<RotateCcw size={13} aria-hidden />}
            onPress={() => void bringBack(id, value ?? '')}
          >
            {t('differences.restoreVersion')}
          </Button>
        )}
      </div>
      {noteText(value ?? undefined) === '' && <p className={styles.quiet}>{t('differences.versionEmpty')}</p>}
      {blocks.map((block, i) => (
        <p key={`${i} ${block.type}`} className={classNames(styles.block, styles[block.visibility])}>
          {blockText(block)}
          {block.visibility !== 'internal' && <span className={styles.mark}>{t(`meeting.${block.visibility}`)}</span>}
        </p>
      ))}
    </div>
  );
}

/** Earlier texts of a meeting's note: read, compared with the present one, brought back. */
export function NoteVersions({ id }: { readonly id: string }) {
  const t = useT();
  const dates = useDates();
  const me = useSession((state) => state.settings.userName);
  const { value, error } = useLoaded(
    () => call('vault:note-versions', { id, field: FIELD }),
    (records) => records.includes(id),
    [id],
  );
  const [chosen, setChosen] = useState<string | null>(null);
  if (error) return <p role="alert">{errorText(error)}</p>;
  if (!value) return <Spinner label={t('common.loading')} />;
  const [newest] = value;
  if (!newest) return <p className={styles.quiet}>{t('differences.noVersions')}</p>;
  const version = value.find(({ change }) => change === chosen) ?? newest;
  return (
    <>
      <p className={styles.quiet}>{t('differences.versionsLead')}</p>
      <div className={styles.columns}>
        <ul className={styles.list} aria-label={t('differences.versions')}>
          {value.map((one) => {
            const when = wallTime(localTimeZone(), one.author.time);
            return (
              <li key={one.change}>
                <button
                  type="button"
                  className={styles.version}
                  aria-pressed={one.change === version.change}
                  title={dates.exact(when)}
                  onClick={() => setChosen(one.change)}
                >
                  <span>{dates.near(when)}</span>
                  <span className={styles.who}>
                    {one.author.actor === 'me' ? me || t('profile.me') : one.author.actor}
                    {' · '}
                    {t('differences.versionLength', { count: one.length })}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
        <Text id={id} version={version} isPresent={version.change === newest.change} />
      </div>
    </>
  );
}

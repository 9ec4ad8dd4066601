import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { MeetingRow } from '../../../shared/model/rows.ts';
import { useNow } from '../../app/clock.ts';
import { newMeeting } from '../../app/create.ts';
import { showError } from '../../app/commit.ts';
import { useDates } from '../../app/dates.ts';
import { useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { openMeeting } from '../../app/navigation.ts';
import { useFill, useMeetingsOf } from '../../db/index.ts';
import { Badge, Button } from '../../ui/index.ts';
import { RecordLink, Section } from './parts.tsx';
import styles from './profile.module.css';

const PAGE = 20;

/** Meetings, latest first; those older than the live view are read from the vault on demand. */
export function MeetingsSection({
  organisation,
  person,
}: {
  readonly organisation?: string;
  readonly person?: string;
}) {
  const t = useT();
  const dates = useDates();
  const now = useNow();
  const query = { ...(organisation ? { organisation } : {}), ...(person ? { person } : {}) };
  const recent = useMeetingsOf(query);
  const ready = useFill((state) => state.phase === 'ready');
  const [older, setOlder] = useState<readonly MeetingRow[]>([]);
  const [next, setNext] = useState<string | null | undefined>(undefined);
  const [shown, setShown] = useState(PAGE);
  const subject = organisation ?? person ?? '';
  useEffect(() => {
    setOlder([]);
    setNext(undefined);
    setShown(PAGE);
  }, [subject]);
  const known = new Map([...(recent ?? []), ...older].map((row) => [row.id, row]));
  const all = [...known.values()].sort((a, b) => (a.start < b.start ? 1 : a.start > b.start ? -1 : 0));
  const loadOlder = async (): Promise<void> => {
    setShown((count) => count + PAGE);
    if (all.length > shown + PAGE || next === null) return;
    const page = await call('vault:meetings', { ...query, limit: 200, ...(next ? { before: next } : {}) });
    if (!page.ok) {
      showError(page.error);
      return;
    }
    setOlder((rows) => [...rows, ...page.value.rows]);
    setNext(page.value.next ?? null);
  };
  const mayHaveMore = all.length > shown || next !== null;
  return (
    <Section
      title={t('profile.meetings')}
      count={all.length}
      actions={
        <Button
          variant="quiet"
          size="small"
          icon={<Plus size={14} aria-hidden />}
          onPress={() => void newMeeting(query)}
        >
          {t('shell.newMeeting')}
        </Button>
      }
    >
      {all.slice(0, shown).map((meeting) => (
        <div key={meeting.id} className={styles.line}>
          <div className={styles.lineMain}>
            <RecordLink isMain onOpen={() => openMeeting(meeting.id)}>
              {meeting.title || t('profile.untitledMeeting')}
            </RecordLink>
            <span className={styles.lineSub}>
              {[
                meeting.place,
                meeting.attendees > 0 ? t('profile.attendees', { count: meeting.attendees }) : '',
                meeting.decisions > 0 ? t('profile.decisions', { count: meeting.decisions }) : '',
                meeting.openPromises > 0 ? t('profile.openCount', { count: meeting.openPromises }) : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </div>
          {meeting.start > now && <Badge tone="accent">{t('profile.ahead')}</Badge>}
          <span className={styles.lineEnd} title={dates.exact(meeting.start)}>
            {meeting.start ? dates.near(meeting.start) : t('common.noDate')}
          </span>
        </div>
      ))}
      {all.length === 0 && <p className={styles.empty}>{t('profile.noMeetings')}</p>}
      {mayHaveMore && ready && (
        <Button variant="quiet" size="small" className={styles.addRow ?? ''} onPress={() => void loadOlder()}>
          {t('profile.older')}
        </Button>
      )}
    </Section>
  );
}

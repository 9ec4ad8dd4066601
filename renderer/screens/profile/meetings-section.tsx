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
import { useMeetingsOf } from '../../db/index.ts';
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
  const [older, setOlder] = useState<readonly MeetingRow[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const subject = organisation ?? person ?? '';
  const read = async (before: string | null, isOutdated: () => boolean = () => false): Promise<void> => {
    const page = await call('vault:meetings', { ...query, limit: PAGE, ...(before ? { before } : {}) });
    if (isOutdated()) return;
    if (!page.ok) {
      showError(page.error);
      return;
    }
    setOlder((rows) => (before ? [...rows, ...page.value.rows] : page.value.rows));
    setNext(page.value.next ?? null);
  };
  useEffect(() => {
    let outdated = false;
    void read(null, () => outdated);
    return () => {
      outdated = true;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- read anew for another subject only; changes arrive through the live view
  }, [subject]);
  // The live view has the newer state of what it holds; what was read from the vault fills in the rest.
  const known = new Map([...older, ...(recent ?? [])].map((row) => [row.id, row]));
  const all = [...known.values()].sort((a, b) => (a.start < b.start ? 1 : a.start > b.start ? -1 : 0));
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
      {all.map((meeting) => (
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
      {next !== null && (
        <Button variant="quiet" size="small" className={styles.addRow ?? ''} onPress={() => void read(next)}>
          {t('profile.older')}
        </Button>
      )}
    </Section>
  );
}

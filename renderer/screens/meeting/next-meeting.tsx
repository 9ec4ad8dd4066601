import { CalendarPlus, ChevronRight } from 'lucide-react';
import type { Json } from '../../../shared/change/types.ts';
import type { Meeting, NextMeeting } from '../../../shared/model/records.ts';
import { useState } from 'react';
import { useToday } from '../../app/clock.ts';
import { useT } from '../../app/i18n.ts';
import { openMeeting } from '../../app/navigation.ts';
import { live, useLive } from '../../db/index.ts';
import { Button, classNames, DateField, InlineEdit, notify } from '../../ui/index.ts';
import { parseTime } from './due-text.ts';
import { planMeeting, setMeeting } from './meeting-changes.ts';
import { withDay, withTime } from './meeting-header.tsx';
import styles from './meeting-page.module.css';

/** When and where next, and about what. With a day it becomes a meeting by one button; once there is one, it is opened. */
export function NextMeetingFields({ id, meeting }: { readonly id: string; readonly meeting: Meeting }) {
  const t = useT();
  const next = meeting.nextMeeting ?? undefined;
  const today = useToday();
  const change = (part: { readonly [K in keyof NextMeeting]?: string | null }): void => {
    const merged = Object.entries({ ...next, ...part }).filter(([, value]) => value !== null && value !== '');
    setMeeting(id, 'nextMeeting', merged.length === 0 ? null : (Object.fromEntries(merged) as Json));
  };
  return (
    <>
      <div className={styles.facts}>
        <DateField
          label={t('meeting.nextDate')}
          value={next?.start ? next.start.slice(0, 10) : null}
          clearLabel={t('meeting.clearDate')}
          onChange={(date) => change({ start: date === null ? null : withDay(next?.start, date) })}
        />
        <div className={styles.fact}>
          <span className={styles.factLabel}>{t('meeting.nextTime')}</span>
          <InlineEdit
            label={t('meeting.nextTime')}
            value={next?.start?.slice(11, 16) ?? ''}
            placeholder="–"
            className={styles.time!}
            onCommit={(typed) => {
              const time = typed === '' ? '' : parseTime(typed);
              if (time === null) notify({ text: t('meeting.timeUnknown', { text: typed }), tone: 'error' });
              else change({ start: withTime(next?.start ?? today, time) });
            }}
          />
        </div>
        <div className={classNames(styles.fact, styles.nextFact)}>
          <span className={styles.factLabel}>{t('meeting.place')}</span>
          <InlineEdit
            label={t('meeting.nextPlace')}
            value={next?.place ?? ''}
            placeholder={t('meeting.placeHint')}
            onCommit={(place) => change({ place })}
          />
        </div>
        <div className={classNames(styles.fact, styles.nextFact)}>
          <span className={styles.factLabel}>{t('meeting.nextNote')}</span>
          <InlineEdit
            label={t('meeting.nextNote')}
            value={next?.note ?? ''}
            placeholder="–"
            onCommit={(note) => change({ note })}
          />
        </div>
      </div>
      {next?.start !== undefined && <Plan meeting={meeting} next={{ ...next, start: next.start }} />}
    </>
  );
}

/** The button that makes the meeting, or opens the one that stands there. */
function Plan({
  meeting,
  next,
}: {
  readonly meeting: Meeting;
  readonly next: NextMeeting & { readonly start: string };
}) {
  const t = useT();
  const { organisation } = meeting;
  const planned = useLive(
    async () =>
      (await live.meetings.where('start').equals(next.start).toArray()).find(
        (row) => row.organisation === organisation,
      ),
    [next.start, organisation],
  );
  const [making, setMaking] = useState(false);
  const plan = async (): Promise<void> => {
    setMaking(true);
    await planMeeting(meeting, next);
    setMaking(false);
  };
  return (
    <p className={styles.plan}>
      {planned ? (
        <Button size="small" icon={<ChevronRight size={14} aria-hidden />} onPress={() => openMeeting(planned.id)}>
          {t('meeting.nextOpen')}
        </Button>
      ) : (
        <Button
          size="small"
          icon={<CalendarPlus size={14} aria-hidden />}
          isDisabled={making}
          onPress={() => void plan()}
        >
          {t('meeting.nextPlan')}
        </Button>
      )}
    </p>
  );
}

import type { Json } from '../../../shared/change/types.ts';
import type { NextMeeting } from '../../../shared/model/records.ts';
import { useToday } from '../../app/clock.ts';
import { useT } from '../../app/i18n.ts';
import { DateField, InlineEdit, notify } from '../../ui/index.ts';
import { parseTime } from './due-text.ts';
import { setMeeting } from './meeting-changes.ts';
import { withDay, withTime } from './meeting-header.tsx';
import styles from './meeting-page.module.css';

/** When and where next, and about what. */
export function NextMeetingFields({ id, next }: { readonly id: string; readonly next: NextMeeting | undefined }) {
  const t = useT();
  const today = useToday();
  const change = (part: { readonly [K in keyof NextMeeting]?: string | null }): void => {
    const merged = Object.entries({ ...next, ...part }).filter(([, value]) => value !== null && value !== '');
    setMeeting(id, 'nextMeeting', merged.length === 0 ? null : (Object.fromEntries(merged) as Json));
  };
  return (
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
      <div className={styles.fact}>
        <span className={styles.factLabel}>{t('meeting.nextPlace')}</span>
        <InlineEdit
          label={t('meeting.nextPlace')}
          value={next?.place ?? ''}
          placeholder={t('meeting.placeHint')}
          onCommit={(place) => change({ place })}
        />
      </div>
      <div className={styles.fact}>
        <span className={styles.factLabel}>{t('meeting.nextNote')}</span>
        <InlineEdit
          label={t('meeting.nextNote')}
          value={next?.note ?? ''}
          placeholder="–"
          onCommit={(note) => change({ note })}
        />
      </div>
    </div>
  );
}

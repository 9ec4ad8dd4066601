import { useMemo } from 'react';
import type { Meeting, PlainDateTime } from '../../../shared/model/records.ts';
import { printZone } from '../../../shared/compose/print-date.ts';
import { localTimeZone, useToday } from '../../app/clock.ts';
import { createRecord } from '../../app/commit.ts';
import { useLanguage, useT } from '../../app/i18n.ts';
import { useOrganisations } from '../../db/index.ts';
import { classNames, ComboBox, DateField, InlineEdit, notify } from '../../ui/index.ts';
import { parseTime } from './due-text.ts';
import { setMeeting } from './meeting-changes.ts';
import styles from './meeting-page.module.css';

/** A day with a new time, or the bare day when the time is cleared. */
export const withTime = (at: PlainDateTime, time: string): PlainDateTime =>
  time === '' ? at.slice(0, 10) : `${at.slice(0, 10)}T${time}`;
/** The same time on another day. */
export const withDay = (at: PlainDateTime | undefined, day: string): PlainDateTime => `${day}${at?.slice(10) ?? ''}`;

const zones: readonly string[] = Intl.supportedValuesOf('timeZone');

/** Title, when, where, with whom: the head of the page. */
export function MeetingHeader({ id, meeting }: { readonly id: string; readonly meeting: Meeting }) {
  const t = useT();
  const language = useLanguage();
  const today = useToday();
  const organisations = useOrganisations();
  const start = meeting.start || undefined;
  const zone = meeting.timeZone ?? localTimeZone();
  const day = start?.slice(0, 10) ?? today;
  const zoneOptions = useMemo(
    () =>
      [...new Set([zone, ...zones])].map((name) => ({ id: name, label: printZone(name, day, language), hint: name })),
    [zone, day, language],
  );
  const organisationOptions = useMemo(
    () => (organisations ?? []).map((o) => ({ id: o.id, label: o.name, hint: o.city })),
    [organisations],
  );
  const setTime = (field: 'start' | 'end', typed: string): void => {
    const time = typed === '' ? '' : parseTime(typed);
    if (time === null) {
      notify({ text: t('meeting.timeUnknown', { text: typed }), tone: 'error' });
      return;
    }
    if (field === 'end') setMeeting(id, 'end', time === '' ? null : withTime(start ?? today, time));
    else setMeeting(id, 'start', withTime(start ?? today, time));
  };
  const setDay = (date: string | null): void => {
    setMeeting(id, 'start', date === null ? null : withDay(start, date));
    if (date !== null && meeting.end) setMeeting(id, 'end', withDay(meeting.end, date));
  };
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>
        <InlineEdit
          label={t('meeting.title')}
          value={meeting.title ?? ''}
          placeholder={t('meeting.untitled')}
          className={styles.titleEdit!}
          isMain
          onCommit={(title) => setMeeting(id, 'title', title)}
        />
      </h1>
      <div className={styles.facts}>
        <DateField
          label={t('meeting.date')}
          value={start ? start.slice(0, 10) : null}
          onChange={setDay}
          clearLabel={t('meeting.clearDate')}
        />
        <div className={styles.fact}>
          <span className={styles.factLabel}>{t('meeting.start')}</span>
          <InlineEdit
            label={t('meeting.start')}
            value={start?.slice(11, 16) ?? ''}
            placeholder="–"
            className={styles.time!}
            onCommit={(typed) => setTime('start', typed)}
          />
        </div>
        <div className={styles.fact}>
          <span className={styles.factLabel}>{t('meeting.end')}</span>
          <InlineEdit
            label={t('meeting.end')}
            value={meeting.end?.slice(11, 16) ?? ''}
            placeholder="–"
            className={styles.time!}
            onCommit={(typed) => setTime('end', typed)}
          />
        </div>
        <ComboBox
          label={t('meeting.zone')}
          className={styles.zone!}
          options={zoneOptions}
          value={zone}
          noMatch={t('meeting.noOrganisation')}
          onChange={(name) => {
            if (name !== null) setMeeting(id, 'timeZone', name);
          }}
        />
        <ComboBox
          label={t('meeting.organisation')}
          className={styles.wide!}
          options={organisationOptions}
          value={meeting.organisation ?? null}
          placeholder={t('meeting.organisationHint')}
          noMatch={t('meeting.noOrganisation')}
          createLabel={(text) => t('meeting.createOrganisation', { text })}
          onCreate={(name) => {
            void createRecord('organisation', { name }).then((made) => {
              if (made !== null) setMeeting(id, 'organisation', made);
            });
          }}
          onChange={(organisation) => setMeeting(id, 'organisation', organisation)}
        />
        <div className={classNames(styles.fact, styles.placeFact)}>
          <span className={styles.factLabel}>{t('meeting.place')}</span>
          <InlineEdit
            label={t('meeting.place')}
            value={meeting.place ?? ''}
            placeholder={t('meeting.placeHint')}
            onCommit={(place) => setMeeting(id, 'place', place)}
          />
        </div>
      </div>
    </header>
  );
}

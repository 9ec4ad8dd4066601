import { useMemo, useRef, useState } from 'react';
import { dayOf } from '../../../../shared/contract-dates/civil.ts';
import { createExplainer } from '../../../../shared/contract-dates/explain.ts';
import { laneRows } from '../../../../shared/contracts/timeline.ts';
import { useToday } from '../../../app/clock.ts';
import { useViewOf } from '../../../app/contract-views.ts';
import { useDates } from '../../../app/dates.ts';
import { i18n, useLanguage, useT } from '../../../app/i18n.ts';
import { openMeeting } from '../../../app/navigation.ts';
import { useContract, useMeetingsWith, usePromises } from '../../../db/index.ts';
import { Section } from '../../profile/parts.tsx';
import { TimelineController } from './controller.ts';
import styles from './contract-timeline.module.css';
import { stateWord, type Words } from './item-text.ts';
import type { LaneLine } from './model.ts';
import { shownDays, TimelineTable } from './timeline-table.tsx';
import { TimelineView } from './timeline-view.tsx';
import { TimelineToolbar } from './toolbar.tsx';
import { laneData, useLaneOf } from './use-lanes.ts';

const LABEL_WIDTH = 176;
/** Days that are shown at first. */
const AT_FIRST = 730;
const YEARS_AHEAD = 12;

/** The time of one contract, taken apart into rows: terms, notices and decisions, amendments, obligations, meetings. */
export function ContractTimeline({ id }: { readonly id: string }) {
  const t = useT();
  const language = useLanguage();
  const dates = useDates();
  const today = useToday();
  const words = useMemo((): Words => ({ t, language, dates }), [t, language, dates]);
  const row = useContract(id);
  const promises = usePromises(id);
  const organisation = row?.organisation;
  const organisations = useMemo(() => (organisation ? [organisation] : []), [organisation]);
  const { meetings } = useMeetingsWith(organisations);
  const data = useMemo(() => laneData(promises, meetings), [promises, meetings]);
  const viewOf = useViewOf();
  const year = Number(today.slice(0, 4));
  const start = Number((row?.wording.start ?? today).slice(0, 4)) || year;
  const range = useMemo(
    () => ({ from: `${Math.max(year - 40, Math.min(start, year) - 1)}-01-01`, to: `${year + YEARS_AHEAD}-12-31` }),
    [start, year],
  );
  const laneOf = useLaneOf(viewOf, today, range, data);
  const [asTable, setAsTable] = useState(false);
  // A day that turns moves the line of today, not what is looked at.
  const opened = useRef(today);
  opened.current = today;
  const controller = useMemo(
    () => new TimelineController(dayOf(range.from), dayOf(range.to), dayOf(opened.current), AT_FIRST),
    [range, opened],
  );
  const found = row && laneOf(row);
  const lines = useMemo((): readonly LaneLine[] => {
    if (!found) return [];
    const { lane } = found;
    return laneRows(lane).map(({ row, items }): LaneLine => {
      const title = t(`timeline.row.${row}`);
      const word = row === 'terms' ? stateWord(t, lane.state) : '';
      return {
        kind: 'lane',
        id: row,
        title,
        sub: '',
        word: '',
        tone: lane.tone,
        name: () => [title, word].filter(Boolean).join(', '),
        empty: '',
        contract: lane.contract.id,
        items: () => items,
        whole: () => found,
      };
    });
  }, [found, t]);
  if (!found) return null;
  const { lane } = found;
  // Without a first day nothing has gone wrong yet: what is missing is said below in its own words.
  const problem =
    lane.problem && row.wording.start
      ? // oxlint-disable-next-line typescript/unbound-method -- i18next binds it
        createExplainer(language, i18n.t).problem(lane.problem)
      : undefined;
  const shown = shownDays(controller);
  return (
    <Section
      title={t('timeline.title')}
      actions={
        lines.length > 0 && (
          <TimelineToolbar controller={controller} today={dayOf(today)} asTable={asTable} onTable={setAsTable} narrow />
        )
      }
    >
      {problem && <p className={styles.problem}>{t('timeline.problem', { problem })}</p>}
      {lines.length === 0 ? (
        !problem && <p className={styles.problem}>{t('timeline.nothingDrawn')}</p>
      ) : asTable ? (
        <div className={styles.table}>
          <TimelineTable
            lines={lines}
            from={shown.from}
            to={shown.to}
            words={words}
            onOpen={() => undefined}
            withContract={false}
          />
        </div>
      ) : (
        <TimelineView
          label={t('timeline.rows')}
          lines={lines}
          controller={controller}
          words={words}
          today={dayOf(today)}
          labelWidth={LABEL_WIDTH}
          whole
          onOpen={(_line, item) => {
            if (item?.kind === 'meeting') openMeeting(item.meeting.id);
          }}
        />
      )}
    </Section>
  );
}

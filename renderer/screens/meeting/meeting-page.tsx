import { CircleAlert, CircleCheck, FileText, History, Loader } from 'lucide-react';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import type { Conflict } from '../../../shared/change/types.ts';
import type { Meeting, Visibility } from '../../../shared/model/records.ts';
import type { PersonRow } from '../../../shared/model/rows.ts';
import { useToday } from '../../app/clock.ts';
import { useT } from '../../app/i18n.ts';
import { useAction } from '../../app/shortcuts.ts';
import { live, type PromiseDay, useLive, usePeople, usePromiseDays, useRecord } from '../../db/index.ts';
import { Button, EmptyState, IconButton, InlineEdit, Kbd, Select, Spinner, Tooltip } from '../../ui/index.ts';
import { openCalendarFile } from '../documents/contract-documents.tsx';
import { AttachmentsSection } from '../profile/attachments-section.tsx';
import { Conflicts } from '../profile/conflicts.tsx';
import { HistoryDialog } from '../profile/history-dialog.tsx';
import { RecordMark } from '../sync/record-mark.tsx';
import { ActionItems, PromiseLine } from './action-items.tsx';
import { Attendees } from './attendees.tsx';
import { addElement, addPromise, setMeeting } from './meeting-changes.ts';
import { MeetingHeader } from './meeting-header.tsx';
import styles from './meeting-page.module.css';
import { NextMeetingFields } from './next-meeting.tsx';
import { readAction } from './read-action.ts';
import { NoteEditor, type NoteEditorHandle } from './note/note-editor.tsx';
import type { SaveState } from './note/note-saver.ts';
import { SummaryDialog } from './summary-dialog.tsx';
import { TextList } from './text-list.tsx';
import { useNote } from './use-note.ts';
import { VISIBILITIES } from './visibility-menu.tsx';

/** A meeting as a page of paper. `id` is the meeting's record. */
export function MeetingPage({ id }: { readonly id: string }) {
  const t = useT();
  const { value: record, error } = useRecord('meeting', id);
  if (record === undefined && error === null) {
    return (
      <div className={styles.loading}>
        <Spinner label={t('meeting.loading')} />
      </div>
    );
  }
  if (!record || record.deleted) return <EmptyState title={t('meeting.missing')} />;
  return <OpenMeeting key={id} id={id} meeting={record.data} conflicts={record.conflicts} />;
}

/** Open promises of the organisation; in a meeting without one, those of meetings with the same people of the other side. */
function useCarried(id: string, organisation: string | undefined, attendees: Meeting['attendees']) {
  const people = Object.values(attendees ?? {})
    .flatMap(({ person, side }) => (person !== undefined && side === 'theirs' ? [person] : []))
    .sort()
    .join(' ');
  const open = useLive(async () => {
    const table = live.promises;
    const found = organisation
      ? table.where('organisation').equals(organisation)
      : table
          .where('meeting')
          .anyOf(people === '' ? [] : await live.meetings.where('people').anyOf(people.split(' ')).primaryKeys());
    return (await found.toArray()).filter(({ status }) => status === 'open');
  }, [organisation, people]);
  const others = useMemo(() => open?.filter((promise) => promise.meeting !== id), [open, id]);
  return usePromiseDays(others) ?? NOTHING;
}

const NOBODY: readonly PersonRow[] = [];
const NOTHING: readonly PromiseDay[] = [];

function OpenMeeting({
  id,
  meeting,
  conflicts,
}: {
  readonly id: string;
  readonly meeting: Meeting;
  readonly conflicts: readonly Conflict[];
}) {
  const t = useT();
  const { doc, state, flush } = useNote(id, meeting.body, true);
  const people = usePeople() ?? NOBODY;
  const today = useToday();
  const promises = usePromiseDays(useLive(() => live.promises.where('meeting').equals(id).toArray(), [id])) ?? NOTHING;
  const { organisation } = meeting;
  const carried = useCarried(id, organisation, meeting.attendees);
  const [summaryOpen, setSummaryOpen] = useState(false);
  const [history, setHistory] = useState(false);
  const editor = useRef<NoteEditorHandle>(null);
  const decisionInput = useRef<HTMLInputElement>(null);
  const actionInput = useRef<HTMLInputElement>(null);
  const attendees = useMemo(() => {
    const ids = new Set(Object.values(meeting.attendees ?? {}).map((attendee) => attendee.person));
    return people.filter((person) => ids.has(person.id));
  }, [people, meeting.attendees]);
  const theirs = useMemo(
    () =>
      new Set(
        Object.values(meeting.attendees ?? {}).flatMap(({ person, side }) =>
          person !== undefined && side === 'theirs' ? [person] : [],
        ),
      ),
    [meeting.attendees],
  );

  const openSummary = useCallback(() => {
    void flush().then(() => setSummaryOpen(true));
  }, [flush]);
  useAction({
    id: 'summary-pdf',
    label: 'meeting.makeDocument',
    group: 'record',
    shortcut: '$mod+KeyP',
    run: openSummary,
  });
  useAction({
    id: 'meeting-calendar',
    label: 'contractDocuments.ui.meetingCalendar',
    group: 'record',
    run: () => void flush().then(() => openCalendarFile({ meeting: id })),
  });
  useAction({
    id: 'meeting.markClient',
    label: 'meeting.markClient',
    group: 'record',
    shortcut: '$mod+Digit1',
    isKeyElsewhere: true,
    run: () => editor.current?.setVisibility('client'),
  });
  useAction({
    id: 'meeting.markInternal',
    label: 'meeting.markInternal',
    group: 'record',
    shortcut: '$mod+Digit2',
    isKeyElsewhere: true,
    run: () => editor.current?.setVisibility('internal'),
  });
  useAction({
    id: 'meeting.markPrivate',
    label: 'meeting.markPrivate',
    group: 'record',
    shortcut: '$mod+Digit3',
    isKeyElsewhere: true,
    run: () => editor.current?.setVisibility('private'),
  });

  const decisions = meeting.decisions;
  const take = useCallback(
    async (what: 'decision' | 'todo' | 'awaited', text: string, visibility: Visibility): Promise<boolean> => {
      if (text === '') {
        (what === 'decision' ? decisionInput : actionInput).current?.focus();
        return true;
      }
      if (what === 'decision') return addElement(id, 'decisions', decisions, { text, visibility });
      const read = readAction(text, what === 'todo' ? 'ours' : 'theirs', { today, theirs, attendees, people });
      return (await addPromise(id, organisation, { ...read, visibility })) !== null;
    },
    [id, decisions, organisation, today, theirs, attendees, people],
  );

  return (
    <div className={styles.desk}>
      <div className={styles.bar}>
        <SaveStatus state={state} />
        <span className={styles.gap} />
        <RecordMark id={id} />
        <IconButton
          icon={<History size={16} aria-hidden />}
          label={t('profile.history')}
          onPress={() => setHistory(true)}
        />
        <Select
          quiet
          hideLabel
          label={t('meeting.state')}
          value={meeting.state ?? 'draft'}
          options={(['draft', 'reviewed', 'sent'] as const).map((step) => ({
            id: step,
            label: t(`meeting.states.${step}`),
          }))}
          onChange={(step) => setMeeting(id, 'state', step)}
        />
        <Tooltip text={t('meeting.makeDocument')} shortcut="$mod+KeyP">
          <Button variant="primary" size="small" icon={<FileText size={14} aria-hidden />} onPress={openSummary}>
            {t('summary.ui.open')}
          </Button>
        </Tooltip>
      </div>
      <article className={styles.paper}>
        <MeetingHeader id={id} meeting={meeting} />
        <Conflicts conflicts={conflicts} />
        {carried.length > 0 && (
          <Section title={t('meeting.carried')} className={styles.carried!}>
            <ol className={styles.lines}>
              {carried.map(({ promise, day, scope }, i) => (
                <PromiseLine key={promise.id} promise={promise} day={day} scope={scope} number={i + 1} />
              ))}
            </ol>
          </Section>
        )}
        <Section title={t('meeting.attendees')}>
          <Attendees id={id} meeting={meeting} people={people} />
        </Section>
        <Section title={t('meeting.agenda')}>
          <TextList meeting={id} set="agenda" items={meeting.agenda} fresh="client" />
        </Section>
        <Section title={t('meeting.note')}>
          <NoteEditor ref={editor} doc={doc} onTake={take} onBlur={() => void flush()} />
          <p className={styles.legend}>
            {VISIBILITIES.map((visibility, i) => (
              <span key={visibility} className={styles[visibility]}>
                <Kbd shortcut={`$mod+Digit${i + 1}`} /> {t(`meeting.${visibility}`)}
              </span>
            ))}
          </p>
        </Section>
        <Section title={t('meeting.decisions')}>
          <TextList meeting={id} set="decisions" items={meeting.decisions} fresh="client" inputRef={decisionInput} />
        </Section>
        <Section title={t('meeting.actions')}>
          <ActionItems
            meeting={id}
            organisation={organisation}
            promises={promises}
            people={people}
            attendees={attendees}
            theirs={theirs}
            inputRef={actionInput}
          />
        </Section>
        <Section title={t('meeting.summary')}>
          <InlineEdit
            label={t('meeting.summary')}
            value={meeting.summary ?? ''}
            placeholder={t('meeting.summaryHint')}
            multiline
            className={styles.prose!}
            onCommit={(summary) => setMeeting(id, 'summary', summary)}
          />
        </Section>
        <div className={styles.attachments}>
          <AttachmentsSection type="meeting" id={id} attachments={meeting.attachments} />
        </div>
        <Section title={t('meeting.next')}>
          <NextMeetingFields id={id} meeting={meeting} />
        </Section>
      </article>
      {history && <HistoryDialog id={id} hasNote onClose={() => setHistory(false)} />}
      {summaryOpen && <SummaryDialog meeting={id} language={meeting.language} onClose={() => setSummaryOpen(false)} />}
    </div>
  );
}

function Section({
  title,
  className,
  children,
}: {
  readonly title: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={className ? `${styles.section} ${className}` : styles.section} aria-label={title}>
      <h2 className={styles.sectionTitle}>{title}</h2>
      {children}
    </section>
  );
}

const STATUS = {
  saved: { icon: CircleCheck, key: 'meeting.saved' },
  waiting: { icon: Loader, key: 'meeting.waiting' },
  saving: { icon: Loader, key: 'meeting.saving' },
  failed: { icon: CircleAlert, key: 'meeting.failed' },
} as const;

/** Whether the note is in the vault; «saved» only after it has answered. */
function SaveStatus({ state }: { readonly state: SaveState }) {
  const t = useT();
  const { icon: Icon, key } = STATUS[state];
  return (
    <output className={styles.status} data-state={state}>
      <Icon size={14} aria-hidden />
      {t(key)}
    </output>
  );
}

import { X } from 'lucide-react';
import { useMemo } from 'react';
import type { Attendee, Meeting, Side } from '../../../shared/model/records.ts';
import type { PersonRow } from '../../../shared/model/rows.ts';
import { useT } from '../../app/i18n.ts';
import { openPerson } from '../../app/navigation.ts';
import { Button, classNames, ComboBox, IconButton, InlineEdit, Select } from '../../ui/index.ts';
import { addElement, inOrder, setElement } from './meeting-changes.ts';
import styles from './meeting-page.module.css';

export interface AttendeesProps {
  readonly id: string;
  readonly meeting: Meeting;
  readonly people: readonly PersonRow[];
}

/** Who was there, by side; the field at the end finds a person or takes a name. */
export function Attendees({ id, meeting, people }: AttendeesProps) {
  const t = useT();
  const byId = useMemo(() => new Map(people.map((person) => [person.id, person])), [people]);
  const present = meeting.attendees;
  const options = useMemo(() => {
    const taken = new Set(Object.values(present ?? {}).map((attendee) => attendee.person));
    // People of the meeting's organisation first: they are the likely ones.
    const rank = (person: PersonRow): number =>
      meeting.organisation !== undefined && person.organisation === meeting.organisation ? 0 : 1;
    return people
      .filter((person) => !taken.has(person.id))
      .sort((a, b) => rank(a) - rank(b))
      .map((person) => ({
        id: person.id,
        label: person.name,
        hint: [person.jobTitle, person.organisationName].filter(Boolean).join(', '),
      }));
  }, [people, present, meeting.organisation]);
  const add = (attendee: { readonly person: string } | { readonly name: string }, side: Side): void => {
    void addElement(id, 'attendees', present, { ...attendee, side, presence: 'present' });
  };
  return (
    <div>
      {(['theirs', 'ours'] as const).map((side) => {
        const group = inOrder(present).filter(([, attendee]) => attendee.side === side);
        if (group.length === 0) return null;
        return (
          <div key={side} className={styles.group}>
            <h3 className={styles.groupTitle}>{t(`meeting.${side}`)}</h3>
            <ul className={styles.lines}>
              {group.map(([key, attendee]) => (
                <AttendeeLine
                  key={key}
                  attendee={attendee}
                  person={attendee.person ? byId.get(attendee.person) : undefined}
                  onChange={(changed) => setElement(id, 'attendees', key, changed)}
                  onRemove={(name) => setElement(id, 'attendees', key, null, t('meeting.removed', { text: name }))}
                />
              ))}
            </ul>
          </div>
        );
      })}
      <ComboBox
        label={t('meeting.addAttendee')}
        hideLabel
        className={styles.addBox!}
        options={options}
        value={null}
        clearOnSelect
        placeholder={t('meeting.addAttendeeHint')}
        noMatch={t('meeting.noPerson')}
        createLabel={(text) => t('meeting.addByName', { text })}
        onCreate={(name) => add({ name }, Object.keys(present ?? {}).length === 0 ? 'theirs' : 'ours')}
        onChange={(person) => {
          if (person !== null) add({ person }, 'theirs');
        }}
      />
    </div>
  );
}

function AttendeeLine({
  attendee,
  person,
  onChange,
  onRemove,
}: {
  readonly attendee: Attendee;
  readonly person: PersonRow | undefined;
  readonly onChange: (attendee: Attendee) => void;
  readonly onRemove: (name: string) => void;
}) {
  const t = useT();
  const name = person?.name ?? attendee.name ?? '';
  const side = t(attendee.side === 'ours' ? 'meeting.oursShort' : 'meeting.theirsShort');
  const { role: _, ...withoutRole } = attendee;
  return (
    <li className={classNames(styles.line, styles.attendee)}>
      {person ? (
        <button type="button" className={classNames(styles.name, styles.link)} onClick={() => openPerson(person.id)}>
          {name}
        </button>
      ) : (
        <InlineEdit
          label={t('meeting.addAttendee')}
          value={name}
          className={styles.name!}
          onCommit={(text) => (text === '' ? onRemove(name) : onChange({ ...attendee, name: text }))}
        />
      )}
      <InlineEdit
        label={t('meeting.role')}
        value={attendee.role ?? person?.jobTitle ?? ''}
        placeholder={t('meeting.roleHint')}
        className={styles.role!}
        onCommit={(role) => onChange(role === '' ? withoutRole : { ...attendee, role })}
      />
      <span className={styles.tools}>
        <Button
          variant="quiet"
          size="small"
          aria-label={t('meeting.sideOf', { side })}
          onPress={() => onChange({ ...attendee, side: attendee.side === 'ours' ? 'theirs' : 'ours' })}
        >
          {side}
        </Button>
        <IconButton
          size="small"
          icon={<X size={14} aria-hidden />}
          label={t('meeting.removeAttendee', { name })}
          onPress={() => onRemove(name)}
        />
      </span>
      <Select
        quiet
        label={t('meeting.presence')}
        hideLabel
        className={styles.presence!}
        value={attendee.presence}
        options={(['present', 'absent', 'guest'] as const).map((presence) => ({
          id: presence,
          label: t(`meeting.${presence}`),
        }))}
        onChange={(presence) => onChange({ ...attendee, presence })}
      />
    </li>
  );
}

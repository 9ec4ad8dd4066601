import { CircleCheck, Ellipsis, LogOut, Plus, RotateCcw, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { formatPartialDate } from '../../../shared/dates/format-date.ts';
import { addDays } from '../../../shared/dates/plain-date.ts';
import { useToday } from '../../app/clock.ts';
import { commit, newId, setField } from '../../app/commit.ts';
import { useLanguage, useT } from '../../app/i18n.ts';
import { openOrganisation } from '../../app/navigation.ts';
import { dayText, readDay } from '../../app/read-day.ts';
import { type TypedRecord, useAffiliations, useOrganisations } from '../../db/index.ts';
import { Badge, Button, ComboBox, IconButton, InlineEdit, Menu, notify } from '../../ui/index.ts';
import { RecordLink, Section } from '../profile/parts.tsx';
import styles from '../profile/profile.module.css';

const TYPE = 'affiliation';

const icon = { size: 14, 'aria-hidden': true } as const;

function Line({
  affiliation,
  name,
  onMain,
}: {
  readonly affiliation: TypedRecord<'affiliation'>;
  readonly name: string;
  /** Makes this the main one; absent when it is or when it is over. */
  readonly onMain: (() => void) | undefined;
}) {
  const t = useT();
  const language = useLanguage();
  const today = useToday();
  const { id, data } = affiliation;
  const setUntil = (text: string): void => {
    const day = text === '' ? null : readDay(text, today);
    if (text !== '' && day === null) notify({ text: t('people.dayUnread', { text }), tone: 'error' });
    else void setField(TYPE, id, 'until', day);
  };
  const end = (): void =>
    void commit(
      {
        kind: 'edit',
        changes: [
          // A post that ends today is held today: whoever has left was there until yesterday.
          { type: TYPE, record: id, field: 'until', value: addDays(today, -1) },
          ...(data.primary ? [{ type: TYPE, record: id, field: 'primary', value: false }] : []),
        ],
      },
      { toast: t('people.jobEnded', { name }) },
    );
  return (
    <div className={styles.line}>
      <div className={styles.lineMain}>
        {data.organisation ? (
          <RecordLink isMain onOpen={() => openOrganisation(data.organisation!)}>
            {name || t('organisations.untitled')}
          </RecordLink>
        ) : (
          <span className={styles.draft}>{t('people.noOrganisation')}</span>
        )}
        <span className={styles.lineSub}>
          <InlineEdit
            label={t('people.jobTitle')}
            value={data.jobTitle ?? ''}
            placeholder={t('people.jobTitle')}
            onCommit={(text) => void setField(TYPE, id, 'jobTitle', text || null)}
          />
          {data.department && ` · ${data.department}`}
          {data.until && (
            <>
              {' · '}
              <InlineEdit
                label={t('people.untilLabel')}
                value={dayText(data.until, language)}
                display={t('people.until', { date: formatPartialDate(data.until, language) })}
                onCommit={setUntil}
              />
            </>
          )}
        </span>
      </div>
      {data.primary && <Badge>{t('people.primary')}</Badge>}
      <Menu
        label={t('people.jobMenu', { name })}
        trigger={<IconButton icon={<Ellipsis {...icon} />} label={t('people.jobMenu', { name })} size="small" />}
        entries={[
          ...(onMain
            ? [{ id: 'main', label: t('people.makeMain'), icon: <CircleCheck {...icon} />, run: onMain }]
            : []),
          data.until
            ? {
                id: 'again',
                label: t('people.worksAgain'),
                icon: <RotateCcw {...icon} />,
                run: () => void setField(TYPE, id, 'until', null),
              }
            : { id: 'end', label: t('people.worksNoMore'), icon: <LogOut {...icon} />, run: end },
          {
            id: 'remove',
            label: t('people.removeJob', { name }),
            icon: <X {...icon} />,
            isDanger: true,
            startsGroup: true,
            run: () =>
              void commit(
                { kind: 'edit', changes: [{ type: TYPE, record: id, field: '$deleted', value: true }] },
                { toast: t('profile.removed', { value: name }) },
              ),
          },
        ]}
      />
    </div>
  );
}

/** Where the person works and worked. */
export function Affiliations({ person }: { readonly person: string }) {
  const t = useT();
  const { value } = useAffiliations({ person });
  const organisations = useOrganisations();
  const [adding, setAdding] = useState(false);
  const names = useMemo(() => new Map((organisations ?? []).map((row) => [row.id, row.name])), [organisations]);
  const options = useMemo(
    () => (organisations ?? []).map((row) => ({ id: row.id, label: row.name, hint: row.city })),
    [organisations],
  );
  const own = (value ?? []).filter((affiliation) => !affiliation.deleted);
  const add = (organisation: string, created?: string): void => {
    setAdding(false);
    void commit({
      kind: 'edit',
      changes: [
        ...(created === undefined
          ? []
          : [{ type: 'organisation', record: organisation, field: '$new', value: { name: created } }]),
        {
          type: TYPE,
          record: newId(),
          field: '$new',
          value: { person, organisation, ...(own.length === 0 ? { primary: true } : {}) },
        },
      ],
    });
  };
  const makeMain = (main: string): void =>
    void commit({
      kind: 'edit',
      changes: own
        .filter(({ id, data }) => id === main || data.primary)
        .map(({ id }) => ({ type: TYPE, record: id, field: 'primary', value: id === main })),
    });
  return (
    <Section
      title={t('people.jobs')}
      actions={
        <Button variant="quiet" size="small" icon={<Plus size={14} aria-hidden />} onPress={() => setAdding(true)}>
          {t('common.add')}
        </Button>
      }
    >
      {own.map((affiliation) => (
        <Line
          key={affiliation.id}
          affiliation={affiliation}
          onMain={affiliation.data.primary || affiliation.data.until ? undefined : () => makeMain(affiliation.id)}
          name={names.get(affiliation.data.organisation ?? '') ?? ''}
        />
      ))}
      {own.length === 0 && !adding && <p className={styles.empty}>{t('people.noJobs')}</p>}
      {adding && (
        <ComboBox
          label={t('people.organisation')}
          hideLabel
          placeholder={t('people.organisation')}
          options={options}
          value={null}
          onChange={(id) => {
            if (id) add(id);
          }}
          onCreate={(text) => add(newId(), text)}
          createLabel={(text) => t('common.create', { text })}
          noMatch={t('common.noMatch')}
          autoFocus
        />
      )}
    </Section>
  );
}

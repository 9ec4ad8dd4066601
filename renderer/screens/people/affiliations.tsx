import { Plus, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { commit, newId, setField } from '../../app/commit.ts';
import { useT } from '../../app/i18n.ts';
import { openOrganisation } from '../../app/navigation.ts';
import { type TypedRecord, useAffiliations, useOrganisations } from '../../db/index.ts';
import { Badge, Button, ComboBox, IconButton, InlineEdit } from '../../ui/index.ts';
import { RecordLink, Section } from '../profile/parts.tsx';
import styles from '../profile/profile.module.css';

const TYPE = 'affiliation';

function Line({ affiliation, name }: { readonly affiliation: TypedRecord<'affiliation'>; readonly name: string }) {
  const t = useT();
  const { id, data } = affiliation;
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
          {data.until && ` · ${t('people.until', { date: data.until })}`}
        </span>
      </div>
      {data.primary && <Badge>{t('people.primary')}</Badge>}
      <span className={styles.reveal}>
        <IconButton
          icon={<X size={13} aria-hidden />}
          label={t('people.removeJob', { name })}
          size="small"
          onPress={() =>
            void commit(
              { kind: 'edit', changes: [{ type: TYPE, record: id, field: '$deleted', value: true }] },
              { toast: t('profile.removed', { value: name }) },
            )
          }
        />
      </span>
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

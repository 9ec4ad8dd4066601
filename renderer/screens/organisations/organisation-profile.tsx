import { Mail, Phone, Plus } from 'lucide-react';
import type { Organisation } from '../../../shared/model/records.ts';
import { setField } from '../../app/commit.ts';
import { newMeeting, openCreate } from '../../app/create.ts';
import { errorText, useT } from '../../app/i18n.ts';
import { openPerson } from '../../app/navigation.ts';
import { useOrganisation, usePeopleOf, useRecord } from '../../db/index.ts';
import { Badge, Button, Checkbox, EmptyState, InlineEdit, Popover } from '../../ui/index.ts';
import { useCardEntry } from '../documents/card-dialog.tsx';
import { Conflicts } from '../profile/conflicts.tsx';
import { CadenceField } from '../profile/cadence-field.tsx';
import { AttachmentsSection } from '../profile/attachments-section.tsx';
import { ContactsSection } from '../profile/contacts-section.tsx';
import { ContractsSection } from '../profile/contracts-section.tsx';
import { ExtraSection } from '../profile/extra-section.tsx';
import { useRhythmFacts } from '../profile/facts-of.tsx';
import { MeetingsSection } from '../profile/meetings-section.tsx';
import { Facts, Field, RecordLink, Section } from '../profile/parts.tsx';
import styles from '../profile/profile.module.css';
import { PromisesSection } from '../profile/promises-section.tsx';
import { RecordMenu } from '../profile/record-menu.tsx';
import { TagsLine } from '../profile/tags-line.tsx';
import { isOrganisationKind, ORGANISATION_KINDS } from './kinds.ts';

const TYPE = 'organisation';
const LEGAL_IDS = ['inn', 'kpp', 'ogrn', 'vat'] as const;

function Kinds({ id, kinds }: { readonly id: string; readonly kinds: Organisation['kinds'] }) {
  const t = useT();
  const own = Object.keys(kinds ?? {});
  return (
    <>
      {own.map((kind) => (
        <Badge key={kind} tone="accent">
          {isOrganisationKind(kind) ? t(`organisations.kinds.${kind}`) : kind}
        </Badge>
      ))}
      <Popover
        label={t('organisations.kind')}
        trigger={
          <Button variant="quiet" size="small">
            {own.length > 0 ? t('organisations.changeKind') : t('organisations.setKind')}
          </Button>
        }
      >
        <div className={styles.checks}>
          {ORGANISATION_KINDS.map((kind) => (
            <Checkbox
              key={kind}
              label={t(`organisations.kinds.${kind}`)}
              isSelected={own.includes(kind)}
              onChange={(on) => void setField(TYPE, id, `kinds/${kind}`, on ? true : null)}
            />
          ))}
        </div>
      </Popover>
    </>
  );
}

function People({ id }: { readonly id: string }) {
  const t = useT();
  const people = usePeopleOf(id);
  return (
    <Section
      title={t('shell.people')}
      count={people?.length}
      actions={
        <Button
          variant="quiet"
          size="small"
          icon={<Plus size={14} aria-hidden />}
          onPress={() => openCreate('person', id)}
        >
          {t('shell.newPerson')}
        </Button>
      }
    >
      {people?.map((person) => (
        <div key={person.id} className={styles.line}>
          <div className={styles.lineMain}>
            <RecordLink isMain onOpen={() => openPerson(person.id)}>
              {person.name || t('people.untitled')}
            </RecordLink>
            {person.jobTitle && <span className={styles.lineSub}>{person.jobTitle}</span>}
          </div>
          <span className={styles.lineEnd}>{person.phone || person.email}</span>
        </div>
      ))}
      {people?.length === 0 && <p className={styles.empty}>{t('organisations.noPeople')}</p>}
    </Section>
  );
}

/** An organisation at a glance, every detail edited where it stands. */
export function OrganisationProfile({ id }: { readonly id: string }) {
  const t = useT();
  const { value: record, error } = useRecord(TYPE, id);
  const row = useOrganisation(id);
  const facts = useRhythmFacts(row);
  const card = useCardEntry('organisations', id);
  if (error) return <EmptyState title={errorText(error)} />;
  if (record === undefined) return null;
  if (record === null || record.deleted) return <EmptyState title={t('profile.gone')} />;
  const { data } = record;
  const set = (field: string) => (text: string) => void setField(TYPE, id, field, text || null);
  return (
    <div className={styles.page}>
      <article className={styles.inner} aria-label={data.name ?? ''}>
        <div className={styles.head}>
          <div className={styles.headMain}>
            <h1 className={styles.name}>
              <InlineEdit
                isMain
                label={t('organisations.name')}
                value={data.name ?? ''}
                placeholder={t('organisations.untitled')}
                onCommit={set('name')}
              />
            </h1>
            <div className={styles.sub}>
              <Kinds id={id} kinds={data.kinds} />
              {[data.industry, row?.city].filter(Boolean).join(' · ')}
            </div>
          </div>
          <div className={styles.actions}>
            <Button onPress={() => void newMeeting({ organisation: id })}>{t('shell.newMeeting')}</Button>
            <RecordMenu id={id} entries={[card]} />
          </div>
        </div>
        <Conflicts conflicts={record.conflicts} />
        <Facts facts={facts} />
        {(row?.phone || row?.email) && (
          <div className={styles.quick}>
            {row.phone && (
              <span className={styles.quickItem}>
                <Phone size={14} aria-hidden />
                {row.phone}
              </span>
            )}
            {row.email && (
              <span className={styles.quickItem}>
                <Mail size={14} aria-hidden />
                {row.email}
              </span>
            )}
          </div>
        )}
        <div className={styles.columns}>
          <div className={styles.column}>
            <PromisesSection organisation={id} />
            <MeetingsSection organisation={id} />
            <People id={id} />
            <AttachmentsSection type="organisation" id={id} attachments={data.attachments} />
            <ContractsSection organisation={id} />
          </div>
          <div className={styles.column}>
            <Section title={t('profile.about')}>
              <InlineEdit
                label={t('profile.about')}
                multiline
                value={data.summary ?? ''}
                placeholder={t('profile.aboutHint')}
                onCommit={set('summary')}
              />
            </Section>
            <ContactsSection type={TYPE} id={id} data={data} />
            <Section title={t('profile.details')}>
              <div className={styles.fields}>
                <Field label={t('organisations.fullName')}>
                  <InlineEdit
                    label={t('organisations.fullName')}
                    value={data.fullName ?? ''}
                    placeholder="—"
                    onCommit={set('fullName')}
                  />
                </Field>
                <Field label={t('organisations.industry')}>
                  <InlineEdit
                    label={t('organisations.industry')}
                    value={data.industry ?? ''}
                    placeholder="—"
                    onCommit={set('industry')}
                  />
                </Field>
                <Field label={t('profile.owner')}>
                  <InlineEdit
                    label={t('profile.owner')}
                    value={data.owner ?? ''}
                    placeholder="—"
                    onCommit={set('owner')}
                  />
                </Field>
                <Field label={t('profile.rhythm')}>
                  <CadenceField type={TYPE} id={id} value={data.cadenceDays} />
                </Field>
                {[...new Set([...LEGAL_IDS, ...Object.keys(data.legalIds ?? {})])]
                  .filter((kind) => data.legalIds?.[kind] || kind === 'inn')
                  .map((kind) => {
                    const label = (LEGAL_IDS as readonly string[]).includes(kind)
                      ? t(`organisations.legal.${kind as (typeof LEGAL_IDS)[number]}`)
                      : kind.toUpperCase();
                    return (
                      <Field key={kind} label={label}>
                        <InlineEdit
                          label={label}
                          value={data.legalIds?.[kind] ?? ''}
                          placeholder="—"
                          onCommit={(text) => void setField(TYPE, id, `legalIds/${kind}`, text || null)}
                        />
                      </Field>
                    );
                  })}
                {data.bank && (
                  <Field label={t('organisations.bank')}>
                    <InlineEdit label={t('organisations.bank')} multiline value={data.bank} onCommit={set('bank')} />
                  </Field>
                )}
              </div>
            </Section>
            <Section title={t('profile.tags')}>
              <TagsLine type={TYPE} id={id} tags={data.tags} />
            </Section>
            <ExtraSection type={TYPE} id={id} extra={data.extra} />
          </div>
        </div>
      </article>
    </div>
  );
}

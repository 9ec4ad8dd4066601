import { Mail, Phone } from 'lucide-react';
import { parseFullName } from '../../../shared/import/values/names.ts';
import type { Json } from '../../../shared/change/types.ts';
import type { PersonName } from '../../../shared/model/records.ts';
import { displayName } from '../../../shared/text/names.ts';
import { setField } from '../../app/commit.ts';
import { newMeeting } from '../../app/create.ts';
import { useToday } from '../../app/clock.ts';
import { useDates } from '../../app/dates.ts';
import { errorText, useLanguage, useT } from '../../app/i18n.ts';
import { openOrganisation } from '../../app/navigation.ts';
import { usePerson, useRecord } from '../../db/index.ts';
import { Button, EmptyState, InlineEdit, notify } from '../../ui/index.ts';
import { useCardEntry } from '../documents/card-dialog.tsx';
import { CadenceField } from '../profile/cadence-field.tsx';
import { Conflicts } from '../profile/conflicts.tsx';
import { ContactsSection } from '../profile/contacts-section.tsx';
import { ExtraSection } from '../profile/extra-section.tsx';
import { useRhythmFacts } from '../profile/facts-of.tsx';
import { MeetingsSection } from '../profile/meetings-section.tsx';
import { Facts, Field, RecordLink, Section } from '../profile/parts.tsx';
import styles from '../profile/profile.module.css';
import { PromisesSection } from '../profile/promises-section.tsx';
import { RecordMenu } from '../profile/record-menu.tsx';
import { TagsLine } from '../profile/tags-line.tsx';
import { Affiliations } from './affiliations.tsx';
import { birthdayFrom } from './birthday-text.ts';
import { readRole, roleWord, roleWords } from './roles.ts';

const TYPE = 'person';
const NAME_PARTS = ['family', 'given', 'patronymic'] as const;

/** Name parts without the empty ones. */
function withPart(name: PersonName, part: (typeof NAME_PARTS)[number], value: string): Json {
  const { [part]: _, full: __, ...others } = name;
  return { ...others, ...(value ? { [part]: value } : {}) };
}

/** A person at a glance, every detail edited where it stands. */
export function PersonProfile({ id }: { readonly id: string }) {
  const t = useT();
  const language = useLanguage();
  const dates = useDates();
  const today = useToday();
  const { value: record, error } = useRecord(TYPE, id);
  const row = usePerson(id);
  const facts = useRhythmFacts(row);
  const card = useCardEntry('people', id);
  if (error) return <EmptyState title={errorText(error)} />;
  if (record === undefined) return null;
  if (record === null || record.deleted) return <EmptyState title={t('profile.gone')} />;
  const { data } = record;
  const name = data.name ?? {};
  const shown = displayName(name);
  const set = (field: string) => (text: string) => void setField(TYPE, id, field, text || null);
  const setBirthday = (text: string): void => {
    const date = birthdayFrom(text, language, today);
    if (date === null) notify({ text: t('people.birthdayUnread'), tone: 'error' });
    else void setField(TYPE, id, 'birthday', date || null);
  };
  return (
    <div className={styles.page}>
      <article className={styles.inner} aria-label={shown}>
        <div className={styles.head}>
          <div className={styles.headMain}>
            <h1 className={styles.name}>
              <InlineEdit
                isMain
                label={t('people.fullName')}
                value={shown}
                placeholder={t('people.untitled')}
                onCommit={(text) => void setField(TYPE, id, 'name', { ...parseFullName(text).name })}
              />
            </h1>
            <div className={styles.sub}>
              {row?.jobTitle && <span>{row.jobTitle}</span>}
              {row?.jobTitle && row.organisation && <span className={styles.dot}>·</span>}
              {row?.organisation && (
                <RecordLink isMain onOpen={() => openOrganisation(row.organisation!)}>
                  {row.organisationName}
                </RecordLink>
              )}
              {row?.city && (
                <>
                  <span className={styles.dot}>·</span>
                  {row.city}
                </>
              )}
            </div>
          </div>
          <div className={styles.actions}>
            <Button
              onPress={() =>
                void newMeeting({ person: id, ...(row?.organisation ? { organisation: row.organisation } : {}) })
              }
            >
              {t('shell.newMeeting')}
            </Button>
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
            <PromisesSection person={id} />
            <MeetingsSection person={id} />
            <Affiliations person={id} />
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
                {NAME_PARTS.map((part) => (
                  <Field key={part} label={t(`people.${part}`)}>
                    <InlineEdit
                      label={t(`people.${part}`)}
                      value={name[part] ?? ''}
                      placeholder="—"
                      onCommit={(text) => void setField(TYPE, id, 'name', withPart(name, part, text))}
                    />
                  </Field>
                ))}
                <Field label={t('people.birthday')}>
                  <InlineEdit
                    label={t('people.birthday')}
                    value={data.birthday ? dates.partial(data.birthday) : ''}
                    placeholder="—"
                    onCommit={setBirthday}
                  />
                </Field>
                <Field label={t('people.salutation')}>
                  <InlineEdit
                    label={t('people.salutation')}
                    value={data.salutation ?? ''}
                    placeholder="—"
                    onCommit={set('salutation')}
                  />
                </Field>
                <Field label={t('people.role')}>
                  <InlineEdit
                    label={t('people.role')}
                    value={roleWord(data.role)}
                    placeholder="—"
                    suggestions={roleWords()}
                    onCommit={(text) => set('role')(readRole(text))}
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

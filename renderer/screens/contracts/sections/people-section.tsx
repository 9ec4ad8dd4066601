import { useMemo } from 'react';
import type { ContractPerson } from '../../../../shared/model/records.ts';
import { useT } from '../../../app/i18n.ts';
import { openPerson } from '../../../app/navigation.ts';
import { usePeople } from '../../../db/index.ts';
import { ComboBox } from '../../../ui/index.ts';
import { RecordLink, Section } from '../../profile/parts.tsx';
import profile from '../../profile/profile.module.css';
import { addElement, editElement, inOrder, setElement } from './changes.ts';
import { moveEntries, moveKeys } from './order.ts';
import { Editable, LineMenu, type SectionProps } from './parts.tsx';
import styles from './sections.module.css';

const SET = 'people';
/** Roles that the app knows by name; any other is free text. */
export const CONTRACT_ROLES = ['signatory', 'noticeContact', 'responsible', 'accounts', 'technical'] as const;
type Role = (typeof CONTRACT_ROLES)[number];
const isRole = (role: string): role is Role => CONTRACT_ROLES.some((each) => each === role);

/** Who signs, who receives notices, who answers for what. */
export function PeopleSection({ id, data, readOnly }: SectionProps) {
  const t = useT();
  const people = usePeople();
  const names = useMemo(() => new Map((people ?? []).map((each) => [each.id, each])), [people]);
  const options = useMemo(() => {
    const all = (people ?? []).map((each) => ({ ...each, isTheirs: each.organisation === data.organisation }));
    // People of the contract's organisation come first: they are the likely ones.
    return [...all.filter(({ isTheirs }) => isTheirs), ...all.filter(({ isTheirs }) => !isTheirs)].map((each) => ({
      id: each.id,
      label: each.name,
      hint: each.organisationName,
    }));
  }, [people, data.organisation]);
  const items = inOrder(data.people);
  const roleWord = (role: string): string => (isRole(role) ? t(`contractSections.people.roles.${role}`) : role);
  const roleOf = (word: string): string =>
    CONTRACT_ROLES.find((role) => t(`contractSections.people.roles.${role}`) === word) ?? word;
  const has = (role: Role): boolean => items.some(([, person]) => person.role === role);
  /** The first role that nobody has yet. */
  const free = CONTRACT_ROLES.find((role) => !has(role)) ?? 'responsible';
  const add = (person: Pick<ContractPerson, 'person' | 'name'>): void =>
    void addElement(id, SET, data.people, { ...person, role: free });
  const active = (data.status ?? 'draft') === 'active';
  const missing = [
    ...(active && !has('signatory') ? [t('contractSections.people.noSignatory')] : []),
    ...(active && !has('noticeContact') ? [t('contractSections.people.noNoticeContact')] : []),
  ];
  return (
    <Section title={t('contractSections.people.title')} count={items.length}>
      {items.length === 0 && <p className={profile.empty}>{t('contractSections.people.none')}</p>}
      <ul>
        {items.map(([key, entry]) => {
          const { person } = entry;
          const row = person ? names.get(person) : undefined;
          const name = row?.name ?? entry.name ?? '…';
          return (
            <li key={key} className={profile.line} onKeyDown={readOnly ? undefined : moveKeys(id, SET, items, key)}>
              <div className={profile.lineMain}>
                {person ? (
                  <RecordLink isMain onOpen={() => openPerson(person)}>
                    {name}
                  </RecordLink>
                ) : (
                  <span>{name}</span>
                )}
                <span className={profile.lineSub}>
                  <Editable
                    readOnly={readOnly}
                    label={t('contractSections.people.roleOf', { name })}
                    value={roleWord(entry.role)}
                    placeholder={t('contractSections.parties.roleHint')}
                    suggestions={CONTRACT_ROLES.map((role) => t(`contractSections.people.roles.${role}`))}
                    onCommit={(word) => editElement(id, SET, key, { role: roleOf(word) })}
                  />
                  {row && [row.jobTitle, row.phone].filter(Boolean).map((each) => ` · ${each}`)}
                </span>
              </div>
              {!readOnly && (
                <LineMenu
                  name={name}
                  entries={[
                    ...moveEntries(t, id, SET, items, key),
                    {
                      id: 'remove',
                      label: t('common.remove'),
                      isDanger: true,
                      startsGroup: true,
                      run: () =>
                        void setElement(id, SET, key, null, { toast: t('contractSections.removed', { name }) }),
                    },
                  ]}
                />
              )}
            </li>
          );
        })}
      </ul>
      {missing.length > 0 && <p className={styles.missing}>{missing.join(' ')}</p>}
      {!readOnly && (
        <div className={profile.addRow}>
          <ComboBox
            label={t('contractSections.people.add')}
            hideLabel
            placeholder={t('contractSections.people.add')}
            options={options}
            value={null}
            clearOnSelect
            onChange={(person) => {
              if (person) add({ person });
            }}
            onCreate={(name) => add({ name })}
            createLabel={(text) => t('contractSections.parties.byName', { text })}
            noMatch={t('common.noMatch')}
          />
        </div>
      )}
    </Section>
  );
}

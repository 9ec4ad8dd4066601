import { useMemo } from 'react';
import type { ContractParty } from '../../../../shared/model/records.ts';
import { useT } from '../../../app/i18n.ts';
import { openOrganisation } from '../../../app/navigation.ts';
import { useOrganisations } from '../../../db/index.ts';
import { ComboBox, Select } from '../../../ui/index.ts';
import { RecordLink, Section } from '../../profile/parts.tsx';
import profile from '../../profile/profile.module.css';
import { addElement, editElement, inOrder, setElement } from './changes.ts';
import { Editable, LineMenu, type SectionProps } from './parts.tsx';
import { moveEntries, moveKeys } from './order.ts';
import styles from './sections.module.css';

const SET = 'parties';

/** Everybody who is bound by the contract besides its main party. */
export function PartiesSection({ id, data, readOnly }: SectionProps) {
  const t = useT();
  const organisations = useOrganisations();
  const names = useMemo(() => new Map((organisations ?? []).map((each) => [each.id, each.name])), [organisations]);
  const options = useMemo(
    () => (organisations ?? []).map((each) => ({ id: each.id, label: each.name, hint: each.city })),
    [organisations],
  );
  const items = inOrder(data.parties);
  const main = data.organisation;
  const add = (party: Pick<ContractParty, 'organisation' | 'name'>): void =>
    void addElement(id, SET, data.parties, { ...party, side: 'theirs' });
  return (
    <Section title={t('contractSections.parties.title')} count={items.length + (main ? 1 : 0)}>
      <ul>
        {main && (
          <li className={profile.line}>
            <div className={profile.lineMain}>
              <RecordLink isMain onOpen={() => openOrganisation(main)}>
                {names.get(main) ?? '…'}
              </RecordLink>
            </div>
            <span className={profile.lineEnd}>{t('contractSections.parties.main')}</span>
          </li>
        )}
        {items.map(([key, party]) => {
          const { organisation, role, side } = party;
          const name = (organisation && names.get(organisation)) || (party.name ?? '…');
          return (
            <li key={key} className={profile.line} onKeyDown={readOnly ? undefined : moveKeys(id, SET, items, key)}>
              <div className={profile.lineMain}>
                {organisation ? (
                  <RecordLink isMain onOpen={() => openOrganisation(organisation)}>
                    {name}
                  </RecordLink>
                ) : (
                  <Editable
                    readOnly={readOnly}
                    label={t('contractSections.parties.add')}
                    value={party.name ?? ''}
                    onCommit={(text) => {
                      if (text) editElement(id, SET, key, { name: text });
                    }}
                  />
                )}
                <span className={profile.lineSub}>
                  <Editable
                    readOnly={readOnly}
                    label={t('contractSections.parties.role')}
                    value={role ?? ''}
                    placeholder={t('contractSections.parties.roleHint')}
                    suggestions={t('contractSections.parties.roles').split(', ')}
                    onCommit={(text) => editElement(id, SET, key, { role: text || undefined })}
                  />
                </span>
              </div>
              <Select
                label={t('contractSections.parties.side', { name })}
                hideLabel
                quiet
                isDisabled={readOnly}
                className={styles.short!}
                options={[
                  { id: 'ours', label: t('contractSections.parties.ours') },
                  { id: 'theirs', label: t('contractSections.parties.theirs') },
                ]}
                value={side}
                onChange={(next) => editElement(id, SET, key, { side: next })}
              />
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
      {!main && items.length === 0 && <p className={profile.empty}>{t('contractSections.parties.none')}</p>}
      {!readOnly && (
        <div className={profile.addRow}>
          <ComboBox
            label={t('contractSections.parties.add')}
            hideLabel
            placeholder={t('contractSections.parties.add')}
            options={options}
            value={null}
            clearOnSelect
            onChange={(organisation) => {
              if (organisation) add({ organisation });
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

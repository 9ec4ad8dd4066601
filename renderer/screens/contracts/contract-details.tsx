import { useMemo } from 'react';
import type { Contract } from '../../../shared/model/records.ts';
import { formatMoney } from '../../../shared/money/money.ts';
import { setField } from '../../app/commit.ts';
import { type Translate, useLanguage, useT } from '../../app/i18n.ts';
import { useOrganisations } from '../../db/index.ts';
import { ComboBox, DateField, InlineEdit, Select } from '../../ui/index.ts';
import { ExtraSection } from '../profile/extra-section.tsx';
import { Field, Section } from '../profile/parts.tsx';
import styles from '../profile/profile.module.css';
import { TagsLine } from '../profile/tags-line.tsx';
import own from './contract.module.css';
import { readMoney, readReminders } from './details-fields.ts';

const TYPE = 'contract';
const DEFAULT_CURRENCY = { ru: 'RUB', en: 'EUR' } as const;
export const CONTRACT_STATES = ['draft', 'active', 'ended'] as const;
const PER = ['term', 'year', 'month'] as const;

function moneyProblem(text: string, currency: string, t: Translate): string | undefined {
  if (!text) return undefined;
  const read = readMoney(text, currency);
  if (read.ok) return undefined;
  return read.problem === 'decimals'
    ? t('contracts.valueDecimals', { currency: read.currency, count: read.digits })
    : t('contracts.valueUnread');
}

/** Everything about a contract that is no date arithmetic; each field is edited where it stands. */
export function ContractDetails({ id, data }: { readonly id: string; readonly data: Contract }) {
  const t = useT();
  const language = useLanguage();
  const organisations = useOrganisations();
  const options = useMemo(
    () => (organisations ?? []).map((each) => ({ id: each.id, label: each.name, hint: each.city })),
    [organisations],
  );
  const set = (field: string) => (text: string) => void setField(TYPE, id, field, text || null);
  const currency = data.value?.currency ?? DEFAULT_CURRENCY[language];
  const setValue = (text: string): void => {
    const read = text ? readMoney(text, currency) : null;
    if (!read) void setField(TYPE, id, 'value', null);
    else if (read.ok) void setField(TYPE, id, 'value', { minor: read.money.minor, currency: read.money.currency });
  };
  const setReminders = (text: string): void => {
    const days = readReminders(text);
    if (days) void setField(TYPE, id, 'remindDays', days.length === 0 ? null : [...days]);
  };
  const line = (field: 'number' | 'owner' | 'deputy', label: string) => (
    <Field label={label}>
      <InlineEdit label={label} value={data[field] ?? ''} placeholder="—" onCommit={set(field)} />
    </Field>
  );
  return (
    <>
      <Section title={t('profile.details')}>
        <div className={styles.fields}>
          {line('number', t('contracts.number'))}
          <Field label={t('contracts.organisation')}>
            <ComboBox
              label={t('contracts.organisation')}
              hideLabel
              options={options}
              value={data.organisation ?? null}
              onChange={(organisation) => void setField(TYPE, id, 'organisation', organisation)}
              noMatch={t('common.noMatch')}
            />
          </Field>
          <Field label={t('contracts.status')}>
            <Select
              label={t('contracts.status')}
              hideLabel
              options={CONTRACT_STATES.map((state) => ({ id: state, label: t(`contracts.states.${state}`) }))}
              value={data.status ?? 'draft'}
              onChange={(status) => void setField(TYPE, id, 'status', status)}
            />
          </Field>
          <Field label={t('contracts.signedOn')}>
            <DateField
              label={t('contracts.signedOn')}
              hideLabel
              value={data.signedOn}
              onChange={(value) => void setField(TYPE, id, 'signedOn', value)}
              clearLabel={t('common.clearDate')}
            />
          </Field>
          <Field label={t('contracts.value')}>
            <div className={own.valueRow}>
              <InlineEdit
                label={t('contracts.value')}
                value={data.value ? formatMoney(data.value, language) : ''}
                placeholder="—"
                problemOf={(text) => moneyProblem(text, currency, t)}
                onCommit={setValue}
              />
              {data.value && (
                <Select
                  label={t('contracts.valuePer')}
                  hideLabel
                  quiet
                  className={own.per!}
                  options={PER.map((per) => ({ id: per, label: t(`contracts.per.${per}`) }))}
                  value={data.valuePer ?? 'term'}
                  onChange={(per) => void setField(TYPE, id, 'valuePer', per)}
                />
              )}
            </div>
          </Field>
          {line('owner', t('profile.owner'))}
          {line('deputy', t('contracts.deputy'))}
          <Field label={t('contracts.remindDays')}>
            <InlineEdit
              label={t('contracts.remindDays')}
              value={data.remindDays?.join(', ') ?? ''}
              display={
                data.remindDays && data.remindDays.length > 0
                  ? t('contracts.remindBefore', { days: data.remindDays.join(', ') })
                  : undefined
              }
              placeholder={t('contracts.remindUsual')}
              problemOf={(text) => (readReminders(text) ? undefined : t('contracts.remindUnread'))}
              onCommit={setReminders}
            />
          </Field>
        </div>
      </Section>
      <Section title={t('contracts.subject')}>
        <InlineEdit
          label={t('contracts.subject')}
          multiline
          value={data.subject ?? ''}
          placeholder={t('contracts.subjectHint')}
          onCommit={set('subject')}
        />
      </Section>
      <Section title={t('profile.tags')}>
        <TagsLine type={TYPE} id={id} tags={data.tags} />
      </Section>
      <ExtraSection type={TYPE} id={id} extra={data.extra} />
    </>
  );
}

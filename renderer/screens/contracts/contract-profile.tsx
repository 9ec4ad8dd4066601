import { useMemo } from 'react';
import { diffDays } from '../../../shared/dates/plain-date.ts';
import { formatMoney, parseMoney } from '../../../shared/money/money.ts';
import { setField } from '../../app/commit.ts';
import { useToday } from '../../app/clock.ts';
import { useDates } from '../../app/dates.ts';
import { errorText, useLanguage, useT } from '../../app/i18n.ts';
import { openOrganisation } from '../../app/navigation.ts';
import { useContract, useOrganisations, useRecord } from '../../db/index.ts';
import { ComboBox, DateField, EmptyState, InlineEdit, notify, Select } from '../../ui/index.ts';
import { AttachmentsSection } from '../profile/attachments-section.tsx';
import { Conflicts } from '../profile/conflicts.tsx';
import { ExtraSection } from '../profile/extra-section.tsx';
import { Facts, type FactEntry, Field, RecordLink, Section } from '../profile/parts.tsx';
import styles from '../profile/profile.module.css';
import { PromisesSection } from '../profile/promises-section.tsx';
import { RecordMenu } from '../profile/record-menu.tsx';
import { TagsLine } from '../profile/tags-line.tsx';

const TYPE = 'contract';
const DEFAULT_CURRENCY = { ru: 'RUB', en: 'EUR' } as const;
/** Days before the end from which it is worth attention. */
const SOON = 60;
export const CONTRACT_STATES = ['draft', 'active', 'ended'] as const;

/** A contract: who with, until when, for how much; what was promised under it. */
export function ContractProfile({ id }: { readonly id: string }) {
  const t = useT();
  const language = useLanguage();
  const dates = useDates();
  const today = useToday();
  const { value: record, error } = useRecord(TYPE, id);
  const row = useContract(id);
  const organisations = useOrganisations();
  const options = useMemo(
    () => (organisations ?? []).map((each) => ({ id: each.id, label: each.name, hint: each.city })),
    [organisations],
  );
  if (error) return <EmptyState title={errorText(error)} />;
  if (record === undefined) return null;
  if (record === null || record.deleted) return <EmptyState title={t('profile.gone')} />;
  const { data } = record;
  const set = (field: string) => (text: string) => void setField(TYPE, id, field, text || null);
  const setValue = (text: string): void => {
    if (!text) {
      void setField(TYPE, id, 'value', null);
      return;
    }
    const money = parseMoney(text, data.value?.currency ?? DEFAULT_CURRENCY[language]);
    if (money) void setField(TYPE, id, 'value', { minor: money.minor, currency: money.currency });
    else notify({ text: t('contracts.valueUnread'), tone: 'error' });
  };
  const left = data.end ? diffDays(today, data.end) : null;
  const facts: readonly FactEntry[] = [
    { label: t('contracts.status'), value: t(`contracts.states.${data.status ?? 'draft'}`) },
    {
      label: t('contracts.start'),
      value: data.start ? dates.short(data.start) : t('common.noDate'),
      tone: data.start ? 'plain' : 'quiet',
    },
    {
      label: t('contracts.end'),
      value: data.end ? dates.short(data.end) : t('contracts.openEnd'),
      tone: left !== null && left >= 0 && left <= SOON ? 'attention' : data.end ? 'plain' : 'quiet',
      ...(data.end ? { hint: dates.near(data.end) } : {}),
    },
    {
      label: t('contracts.value'),
      value: data.value ? formatMoney(data.value, language) : t('contracts.noValue'),
      tone: data.value ? 'plain' : 'quiet',
    },
  ];
  const dateField = (field: 'signedOn' | 'start' | 'end') => (
    <DateField
      label={t(`contracts.${field}`)}
      hideLabel
      value={data[field]}
      onChange={(value) => void setField(TYPE, id, field, value)}
      clearLabel={t('common.clearDate')}
    />
  );
  return (
    <div className={styles.page}>
      <article className={styles.inner} aria-label={data.title ?? data.number ?? ''}>
        <div className={styles.head}>
          <div className={styles.headMain}>
            <h1 className={styles.name}>
              <InlineEdit
                isMain
                label={t('contracts.name')}
                value={data.title ?? ''}
                placeholder={t('contracts.untitled')}
                onCommit={set('title')}
              />
            </h1>
            <div className={styles.sub}>
              {data.number && <span>{t('contracts.numberIs', { number: data.number })}</span>}
              {data.number && data.organisation && <span className={styles.dot}>·</span>}
              {data.organisation && (
                <RecordLink isMain onOpen={() => openOrganisation(data.organisation!)}>
                  {row?.organisationName ?? ''}
                </RecordLink>
              )}
            </div>
          </div>
          <div className={styles.actions}>
            <RecordMenu id={id} />
          </div>
        </div>
        <Conflicts conflicts={record.conflicts} />
        <Facts facts={facts} />
        <div className={styles.columns}>
          <div className={styles.column}>
            <Section title={t('contracts.subject')}>
              <InlineEdit
                label={t('contracts.subject')}
                multiline
                value={data.subject ?? ''}
                placeholder={t('contracts.subjectHint')}
                onCommit={set('subject')}
              />
            </Section>
            <PromisesSection contract={id} {...(data.organisation ? { organisation: data.organisation } : {})} />
          </div>
          <div className={styles.column}>
            <Section title={t('profile.details')}>
              <div className={styles.fields}>
                <Field label={t('contracts.number')}>
                  <InlineEdit
                    label={t('contracts.number')}
                    value={data.number ?? ''}
                    placeholder="—"
                    onCommit={set('number')}
                  />
                </Field>
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
                <Field label={t('contracts.value')}>
                  <InlineEdit
                    label={t('contracts.value')}
                    value={data.value ? formatMoney(data.value, language) : ''}
                    placeholder="—"
                    onCommit={setValue}
                  />
                </Field>
                <Field label={t('contracts.signedOn')}>{dateField('signedOn')}</Field>
                <Field label={t('contracts.start')}>{dateField('start')}</Field>
                <Field label={t('contracts.end')}>{dateField('end')}</Field>
                <Field label={t('profile.owner')}>
                  <InlineEdit
                    label={t('profile.owner')}
                    value={data.owner ?? ''}
                    placeholder="—"
                    onCommit={set('owner')}
                  />
                </Field>
              </div>
            </Section>
            <AttachmentsSection type={TYPE} id={id} attachments={data.attachments} />
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

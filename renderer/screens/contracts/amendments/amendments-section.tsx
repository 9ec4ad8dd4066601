import { ArrowRight, FilePlus2, PencilLine, Plus, X } from 'lucide-react';
import { knownSince } from '../../../../shared/contract-dates/amendments.ts';
import type { ContractView } from '../../../../shared/contracts/view.ts';
import type { ContractWording, TermsContext } from '../../../../shared/contracts/wording.ts';
import { newId, setField } from '../../../app/commit.ts';
import { useDates } from '../../../app/dates.ts';
import { useLanguage, useT } from '../../../app/i18n.ts';
import { Badge, Button, classNames, IconButton } from '../../../ui/index.ts';
import { keepDraft, useContractDrafts } from '../drafts.ts';
import { Section } from '../../profile/parts.tsx';
import profile from '../../profile/profile.module.css';
import { valueOfField } from '../terms/terms-text.ts';
import { amendmentDraft } from './amendment-draft.ts';
import { AmendmentForm } from './amendment-form.tsx';
import { type ListedAmendment, listAmendments } from './amendment-list.ts';
import styles from './amendments.module.css';

/** Supplementary agreements in order of effect, each with what it changes; added and corrected here. */
export function AmendmentsSection({
  id,
  wording,
  view,
  context,
  readOnly,
}: {
  readonly id: string;
  readonly wording: ContractWording;
  readonly view: ContractView;
  readonly context: TermsContext;
  readonly readOnly: boolean;
}) {
  const t = useT();
  const { amendment: draft } = useContractDrafts(id);
  const listed = listAmendments(wording, view.ok ? view.terms : null);
  const open = (key: string): void => keepDraft(id, 'amendment', amendmentDraft(wording, key));
  const canAdd = !readOnly && !draft && wording.start !== undefined;
  if (listed.length === 0 && !canAdd && !draft) return null;
  return (
    <Section
      title={t('contracts.amendments.title')}
      count={listed.length}
      actions={
        canAdd && (
          <Button
            variant="quiet"
            size="small"
            icon={<Plus size={14} aria-hidden />}
            onPress={() => open(newId())}
            data-add-amendment=""
          >
            {t('contracts.amendments.add')}
          </Button>
        )
      }
    >
      {listed.length === 0 && !draft && <p className={profile.empty}>{t('contracts.amendments.none')}</p>}
      <ul>
        {listed.map((one) =>
          draft?.key === one.key && !readOnly ? null : (
            <Amendment
              key={one.key}
              id={id}
              one={one}
              today={context.asOf?.known ?? context.today}
              {...(readOnly || draft ? {} : { onEdit: () => open(one.key) })}
            />
          ),
        )}
      </ul>
      {draft && !readOnly && <AmendmentForm id={id} wording={wording} context={context} draft={draft} />}
    </Section>
  );
}

function Amendment({
  id,
  one,
  today,
  onEdit,
}: {
  readonly id: string;
  readonly one: ListedAmendment;
  /** The day of knowledge. */
  readonly today: string;
  readonly onEdit?: () => void;
}) {
  const t = useT();
  const language = useLanguage();
  const dates = useDates();
  const { amendment, replacedBy, changes } = one;
  const name = amendment.number
    ? t('contracts.amendments.numbered', { number: amendment.number })
    : t('contracts.amendments.of', { date: dates.short(amendment.effective) });
  const known = knownSince(amendment);
  const unseen = known > today;
  return (
    <li className={styles.one}>
      <FilePlus2 size={14} aria-hidden />
      <div className={classNames(styles.main, replacedBy !== null && styles.replaced)}>
        <span className={styles.name}>
          {name}
          {amendment.title && <span className={styles.title}> · {amendment.title}</span>}
        </span>
        <p className={styles.about}>
          {[
            t('contracts.amendments.effective', { date: dates.short(amendment.effective) }),
            ...(amendment.signed ? [t('contracts.amendments.signedOn', { date: dates.short(amendment.signed) })] : []),
            ...(known === amendment.effective || known === amendment.signed
              ? []
              : [t('contracts.amendments.knownSince', { date: dates.short(known) })]),
          ].join(' · ')}
        </p>
        <dl className={styles.changes}>
          {changes.map(({ field, before, after }) => (
            <div key={field} className={styles.change}>
              <dt>{t(`contractDates.field.${field}`)}</dt>
              <dd>
                {before[field] !== undefined && before[field] !== null && (
                  <>
                    <span className={styles.old}>{valueOfField(field, before, t, language)}</span>
                    <ArrowRight size={12} aria-label={t('contracts.amendments.becomes')} />
                  </>
                )}
                <span>{valueOfField(field, after, t, language)}</span>
              </dd>
            </div>
          ))}
        </dl>
        {amendment.note && <p className={styles.about}>{amendment.note}</p>}
      </div>
      <div className={styles.end}>
        {replacedBy !== null && <Badge>{t('contracts.amendments.replacedBy', { number: replacedBy })}</Badge>}
        {replacedBy === null && unseen && <Badge>{t('contracts.amendments.unseen')}</Badge>}
        {onEdit && (
          <>
            <IconButton
              icon={<PencilLine size={14} aria-hidden />}
              label={t('contracts.amendments.edit', { name })}
              size="small"
              onPress={onEdit}
            />
            <IconButton
              icon={<X size={14} aria-hidden />}
              label={t('contracts.amendments.remove', { name })}
              size="small"
              onPress={() =>
                void setField('contract', id, `amendments/${one.key}`, null, {
                  toast: t('contracts.amendments.removed', { name }),
                })
              }
            />
          </>
        )}
      </div>
    </li>
  );
}

import { PencilLine } from 'lucide-react';
import { textInForce } from '../../../../shared/contracts/in-force.ts';
import type { ContractView } from '../../../../shared/contracts/view.ts';
import type { Contract } from '../../../../shared/model/records.ts';
import { useLanguage, useT } from '../../../app/i18n.ts';
import { Button, Tooltip } from '../../../ui/index.ts';
import { Section } from '../../profile/parts.tsx';
import profile from '../../profile/profile.module.css';
import { quotedRenewal } from './terms-draft.ts';
import { QuotedRenewal } from './terms-form.tsx';
import styles from './terms.module.css';
import { saidLines } from './terms-text.ts';

export const EDIT_TERMS = 'KeyU';

/** The terms that apply now, as the paper says them; the form opens in their place. */
export function TermsSection({
  record,
  view,
  onEdit,
}: {
  readonly record: Contract;
  readonly view: ContractView;
  /** Undefined while the contract is looked at as of another day. */
  readonly onEdit: (() => void) | undefined;
}) {
  const t = useT();
  const language = useLanguage();
  const quoted = quotedRenewal(record);
  const lines = view.ok ? saidLines(view.terms, textInForce(view.terms, view.dates), t, language) : [];
  return (
    <Section
      title={t('contractTerms.title')}
      actions={
        onEdit && (
          <Tooltip text={t('contractTerms.edit')} shortcut={EDIT_TERMS}>
            <Button variant="quiet" size="small" icon={<PencilLine size={14} aria-hidden />} onPress={onEdit}>
              {t(view.ok ? 'contractTerms.edit' : 'contractTerms.fill')}
            </Button>
          </Tooltip>
        )
      }
    >
      {quoted && <QuotedRenewal text={quoted} />}
      {!view.ok && record.start === undefined && <p className={profile.empty}>{t('contractTerms.notYet')}</p>}
      {lines.length > 0 && (
        <dl className={styles.says}>
          {lines.map(({ line, text, clause, amendment }) => (
            <div key={line} style={{ display: 'contents' }}>
              <dt className={styles.saysLabel}>{t(`contractTerms.lines.${line}`)}</dt>
              <dd>{text}</dd>
              <dd className={styles.saysClause}>
                {amendment === undefined ? (clause ?? '') : t('contractTerms.says.byAmendment', { number: amendment })}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Section>
  );
}

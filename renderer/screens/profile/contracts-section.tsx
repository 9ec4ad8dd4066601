import { Plus } from 'lucide-react';
import { formatMoney } from '../../../shared/money/money.ts';
import { openCreate } from '../../app/create.ts';
import { useDates } from '../../app/dates.ts';
import { useLanguage, useT } from '../../app/i18n.ts';
import { openContract } from '../../app/navigation.ts';
import { useContracts } from '../../db/index.ts';
import { Button } from '../../ui/index.ts';
import { RecordLink, Section } from './parts.tsx';
import styles from './profile.module.css';

/** Contracts of an organisation: number, end, value. */
export function ContractsSection({ organisation }: { readonly organisation: string }) {
  const t = useT();
  const language = useLanguage();
  const dates = useDates();
  const contracts = useContracts(organisation);
  return (
    <Section
      title={t('profile.contracts')}
      count={contracts?.length}
      actions={
        <Button
          variant="quiet"
          size="small"
          icon={<Plus size={14} aria-hidden />}
          onPress={() => openCreate('contract', organisation)}
        >
          {t('shell.newContract')}
        </Button>
      }
    >
      {contracts?.map((contract) => (
        <div key={contract.id} className={styles.line}>
          <div className={styles.lineMain}>
            <RecordLink isMain onOpen={() => openContract(contract.id)}>
              {contract.title || contract.number || t('contracts.untitled')}
            </RecordLink>
            <span className={styles.lineSub}>
              {[
                contract.number && t('contracts.numberIs', { number: contract.number }),
                t(`contracts.states.${contract.status}`),
                contract.end && t('contracts.until', { date: dates.exact(contract.end) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </div>
          {contract.value && <span className={styles.lineEnd}>{formatMoney(contract.value, language)}</span>}
        </div>
      ))}
      {contracts?.length === 0 && <p className={styles.empty}>{t('profile.noContracts')}</p>}
    </Section>
  );
}

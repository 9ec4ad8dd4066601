import type { TypedRecord } from '../../../db/index.ts';
import { DocumentsSection } from './documents-section.tsx';
import { IndexationSection } from './indexation-section.tsx';
import { MilestonesSection } from './milestones-section.tsx';
import { ObligationsSection } from './obligations-section.tsx';
import { PartiesSection } from './parties-section.tsx';
import { type SectionProps, useContractScope } from './parts.tsx';
import { PeopleSection } from './people-section.tsx';
import styles from './sections.module.css';
import { SuspensionsSection } from './suspensions-section.tsx';

export interface ContractSectionsProps {
  readonly id: string;
  readonly record: TypedRecord<'contract'>;
  readonly readOnly?: boolean;
}

/** What a contract holds besides its terms: obligations, milestones, the price clause, people, papers, suspensions. */
export function ContractSections({ id, record, readOnly = false }: ContractSectionsProps) {
  const { data } = record;
  const props: SectionProps = { id, data, readOnly, ...useContractScope(data) };
  return (
    <div className={styles.sections}>
      <ObligationsSection {...props} />
      <MilestonesSection {...props} />
      <IndexationSection {...props} />
      <div className={styles.pair}>
        <PartiesSection {...props} />
        <PeopleSection {...props} />
      </div>
      <DocumentsSection {...props} />
      <SuspensionsSection {...props} />
    </div>
  );
}

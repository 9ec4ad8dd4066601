import type { TypedRecord } from '../../../db/index.ts';
import { PromisesSection } from '../../profile/promises-section.tsx';

/** What hangs on a contract besides its terms. */
export function ContractSections({
  id,
  record,
}: {
  readonly id: string;
  readonly record: TypedRecord<'contract'>;
  /** True while the contract is looked at as of another day. */
  readonly readOnly: boolean;
}) {
  const { organisation } = record.data;
  return <PromisesSection contract={id} {...(organisation ? { organisation } : {})} />;
}

/** Amendments as the list shows them: what each changes against the text before it, and which a later one replaces. */
import { textWith } from '../../../../shared/contract-dates/amendments.ts';
import { type ContractText, TEXT_FIELDS, type TextField } from '../../../../shared/contract-dates/terms.ts';
import { type ContractWording, ordered } from '../../../../shared/contracts/wording.ts';
import type { ContractAmendment } from '../../../../shared/model/records.ts';

export interface AmendedValue {
  readonly field: TextField;
  /** The text before the amendment, and with it; read `field` of each. */
  readonly before: Partial<ContractText>;
  readonly after: Partial<ContractText>;
}
export interface ListedAmendment {
  readonly key: string;
  readonly amendment: ContractAmendment;
  /** Number of the amendment that takes its place; it then changes nothing any more. */
  readonly replacedBy: string | null;
  readonly changes: readonly AmendedValue[];
}

/** In order of effect. `base` is the contract's own text; without it old values are not known. */
export function listAmendments(wording: ContractWording, base: ContractText | null): ListedAmendment[] {
  const all = ordered(wording.amendments, ({ effective }) => effective);
  const replacing = new Map<string, string>();
  for (const [, { replaces, number, effective }] of all) {
    if (replaces !== undefined) replacing.set(replaces, number ?? effective);
  }
  return all.map(([key, amendment], place) => {
    const earlier = all
      .slice(0, place)
      .map(([, each]) => each)
      .filter(({ number }) => number === undefined || !replacing.has(number));
    const before: Partial<ContractText> = base ? textWith(base, earlier).text : {};
    const changes = TEXT_FIELDS.filter((field) => amendment.changes?.[field] !== undefined).map((field) => ({
      field,
      before,
      after: amendment.changes as Partial<ContractText>,
    }));
    return {
      key,
      amendment,
      replacedBy: amendment.number === undefined ? null : (replacing.get(amendment.number) ?? null),
      changes,
    };
  });
}

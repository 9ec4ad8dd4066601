/** What a plan joined to the vault looks like to a person: counts that add up, remarks, matches, first rows. */
import type { ImportCounts, ImportPlanView, ImportProblem } from '../../shared/import/views.ts';
import type { RowPlan } from '../../shared/import/plan.ts';
import type { KeptValue } from '../../shared/import/to-changes.ts';
import type { JoinedPlan } from './commit-plan.ts';

/** Matches and remarks that are carried to the screen; the counts are always complete. */
const MOST = 5000;

export function rowCounts(plan: RowPlan, joined: JoinedPlan): ImportCounts {
  const counts = { read: plan.read, created: 0, updated: 0, unchanged: 0, skipped: plan.skipped, failed: plan.failed };
  for (const outcome of joined.outcomes.values()) counts[outcome] += 1;
  return counts;
}

const keptProblem = ({ row, field }: KeptValue): ImportProblem => ({
  row,
  column: '',
  code: 'keptExisting',
  params: { field: field.split('/')[0] ?? field },
  severity: 'info',
});

export function planView(session: string, plan: RowPlan, joined: JoinedPlan): ImportPlanView {
  return {
    session,
    rows: rowCounts(plan, joined),
    organisations: joined.organisations,
    contracts: { created: joined.contracts.created },
    problems: [...plan.problems, ...joined.kept.map(keptProblem)].sort((a, b) => a.row - b.row).slice(0, MOST),
    duplicates: plan.duplicates.slice(0, MOST),
    sample: plan.sample.map((one) => ({
      ...one,
      outcome: plan.notSaved.get(one.row) ?? joined.outcomes.get(one.row) ?? 'failed',
    })),
  };
}

/** Whether the fold is what the log says: part of `VaultApi.verify`. */
import { sameState } from '../../shared/change/state.ts';
import type { Statements } from './database.ts';
import type { Log } from './log.ts';
import type { RecordStore } from './record-store.ts';

/** Types whose records all stand in a list, and its table. */
const LISTED = [
  ['organisation', 'organisations'],
  ['person', 'people'],
  ['affiliation', 'affiliations'],
  ['meeting', 'meetings'],
  ['promise', 'promises'],
  ['contract', 'contracts'],
] as const;
/** Records that are folded again from the log. */
const SAMPLE = 2000;

/** What is wrong, in technical words without content. Looks at the records that were changed last. */
export function foldProblems({
  log,
  store,
  sql,
}: {
  readonly log: Log;
  readonly store: RecordStore;
  readonly sql: Statements;
}): string[] {
  const problems: string[] = [];
  const orphans = sql
    .of(
      "SELECT count(DISTINCT record) AS count FROM changes WHERE record NOT IN (SELECT id FROM records) AND NOT EXISTS (SELECT 1 FROM cursor WHERE name = 'withdrawn ' || changes.id)",
    )
    .get() as { count: number };
  if (orphans.count > 0) problems.push(`${orphans.count} records missing from the fold`);
  for (const [type, table] of LISTED) {
    const { count } = sql
      .of(`SELECT count(*) AS count FROM records WHERE type = ? AND deleted = 0 AND n NOT IN (SELECT n FROM ${table})`)
      .get(type) as { count: number };
    if (count > 0) problems.push(`${count} records missing from ${table}`);
  }
  const ids = sql.of(`SELECT id FROM records ORDER BY changedAt DESC LIMIT ${SAMPLE}`).all() as { id: string }[];
  const differing = ids.filter(({ id }) => !sameState(store.state(id), store.refolded(log, id)));
  if (differing.length > 0) problems.push(`${differing.length} records differ from the log`);
  return problems;
}

/** What will come of the import, before anything is saved: counts that add up, matches, remarks. */
import { useState } from 'react';
import { type TextKey, useT } from '../../app/i18n.ts';
import { reasonsText } from '../../../shared/i18n/problem-text.ts';
import type { ImportPlanView } from '../../../shared/import/views.ts';
import { Badge, Button, Select, Spinner, Tabs } from '../../ui/index.ts';
import { useNumber } from './format.ts';
import css from './import-screen.module.css';
import { canCommit, commitImport, type ImportState, type Policy, pointAt, setPolicy } from './import-store.ts';
import { ProblemList } from './problem-list.tsx';

const POLICIES: readonly Policy[] = ['fill', 'overwrite', 'skip', 'separate'];

/** Of cards the same is said in words of their own. */
const OF_CARDS = new Set(['unchanged', 'skippedRows', 'failed', 'total']);

function Counts({ plan, isCards }: { readonly plan: ImportPlanView; readonly isCards: boolean }) {
  const t = useT();
  const number = useNumber();
  const { rows, organisations, contracts } = plan;
  const line = (key: string, count: number): string =>
    t(`importing.${isCards && OF_CARDS.has(key) ? 'cards.' : ''}${key}` as TextKey, {
      count,
      formatted: number(count),
    });
  return (
    <ul className={css.counts}>
      {rows.created > 0 && (
        <li>
          {line('created', rows.created)}
          {(organisations.created > 0 || contracts.created > 0) && (
            <span className={css.detail}>
              {[
                ...(organisations.created > 0 ? [line('organisationsCreated', organisations.created)] : []),
                ...(contracts.created > 0 ? [line('contractsCreated', contracts.created)] : []),
              ].join(' ')}
            </span>
          )}
        </li>
      )}
      {rows.updated > 0 && <li>{line('updated', rows.updated)}</li>}
      {rows.unchanged > 0 && <li>{line('unchanged', rows.unchanged)}</li>}
      {rows.skipped > 0 && <li>{line('skippedRows', rows.skipped)}</li>}
      {rows.failed > 0 && <li className={css.bad}>{line('failed', rows.failed)}</li>}
      <li className={css.sum}>{line('total', rows.read)}</li>
      {rows.created + rows.updated === 0 && <li>{t('importing.nothing')}</li>}
    </ul>
  );
}

function Duplicates({ plan, isCards }: { readonly plan: ImportPlanView; readonly isCards: boolean }) {
  const t = useT();
  return (
    <ul className={css.matches}>
      {plan.duplicates.slice(0, 200).map((one) => (
        <li key={`${one.row}-${one.withRow}-${one.withName}`}>
          <button type="button" className={css.match} onClick={() => pointAt({ row: one.row, column: '' })}>
            <span className={css.matchNames}>
              {one.withRow > 0
                ? t(isCards ? 'importing.cards.duplicateWithRow' : 'importing.duplicateWithRow', {
                    name: one.name,
                    row: one.withRow,
                  })
                : t('importing.duplicateWith', { name: one.name, other: one.withName })}
            </span>
            <Badge tone={one.band === 'sure' ? 'ok' : 'attention'}>
              {t(one.band === 'sure' ? 'importing.duplicateSure' : 'importing.duplicateMaybe')}
            </Badge>
            <span className={css.reason}>
              {t(isCards ? 'importing.cards.duplicateAt' : 'importing.problemAtRow', { row: one.row })}
              {' · '}
              {reasonsText(t, one.reason)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function OutcomePanel({ state }: { readonly state: ImportState }) {
  const t = useT();
  const number = useNumber();
  const { plan, planning, reading, policy } = state;
  const [list, setList] = useState('problems');
  const isCards = reading?.kind === 'vcard';
  const problems = plan?.problems ?? reading?.problems ?? [];
  const duplicates = plan?.duplicates ?? [];
  const count = (key: string, n: number): string =>
    t(`importing.${key}` as TextKey, { count: n, formatted: number(n) });
  return (
    <aside className={css.panel} aria-label={t('importing.outcome')}>
      <div className={css.panelHead}>
        <h2 className={css.panelTitle}>{t('importing.outcome')}</h2>
        {planning && <Spinner label={t('importing.planning')} />}
      </div>
      <div className={css.outcome} aria-live="polite" aria-busy={planning} data-stale={planning || undefined}>
        {plan ? (
          <Counts plan={plan} isCards={isCards} />
        ) : (
          <p className={css.quiet}>
            {reading?.encodingSure === false ? t('importing.chooseEncodingFirst') : t('importing.planning')}
          </p>
        )}
      </div>
      <div className={css.policy}>
        <Select
          label={t('importing.policy')}
          options={POLICIES.map((id) => ({ id, label: t(`importing.policies.${id}` as TextKey) }))}
          value={policy}
          onChange={setPolicy}
        />
        <p className={css.quiet}>{t(`importing.policyHints.${policy}` as TextKey)}</p>
      </div>
      <div className={css.lists}>
        <Tabs
          label={t('importing.problems')}
          value={plan && duplicates.length > 0 ? list : 'problems'}
          onChange={setList}
          tabs={[
            {
              id: 'problems',
              label: problems.length > 0 ? count('problems', problems.length) : t('importing.problemsNone'),
              content: <ProblemList problems={problems} onPoint={({ row, column }) => pointAt({ row, column })} />,
            },
            ...(plan && duplicates.length > 0
              ? [
                  {
                    id: 'duplicates',
                    label: count('duplicates', duplicates.length),
                    content: <Duplicates plan={plan} isCards={isCards} />,
                  },
                ]
              : []),
          ]}
        />
      </div>
      <div className={css.foot}>
        <Button
          variant="primary"
          size="large"
          isDisabled={!canCommit(state)}
          onPress={() => void commitImport()}
          className={css.commit!}
        >
          {t('importing.commit')}
        </Button>
      </div>
    </aside>
  );
}

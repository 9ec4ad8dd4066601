import { useDeferredValue, useMemo, useState } from 'react';
import { formatMoney } from '../../../shared/money/money.ts';
import { searchKey } from '../../../shared/text/search-key.ts';
import type { ContractRow } from '../../../shared/model/rows.ts';
import { useContractViews } from '../../app/contract-views.ts';
import { openCreate } from '../../app/create.ts';
import { useDates } from '../../app/dates.ts';
import { useLanguage, useT } from '../../app/i18n.ts';
import { useContracts, useFill } from '../../db/index.ts';
import type { DataColumn } from '../../ui/index.ts';
import { MainCell } from '../profile/cells.tsx';
import { FilterBar } from '../profile/filter-bar.tsx';
import { RecordScreen } from '../profile/record-screen.tsx';
import { CONTRACT_STATES } from './contract-details.tsx';
import { ContractProfile } from './contract-profile.tsx';
import { SummaryBadge } from './timeline/summary-badge.tsx';
import { stateWord } from './timeline/item-text.ts';
import { ViewSwitch } from './view-switch.tsx';

/** The keys of the views are no beginning of a name. */
const VIEW_CODES = ['Digit1', 'Digit2', 'Digit3'] as const;
const rowId = (row: ContractRow): string => row.id;
const rowText = (row: ContractRow): string => row.title || row.number;

/** The list, and the record of the chosen one. */
export function ContractsList() {
  const t = useT();
  const language = useLanguage();
  const dates = useDates();
  const all = useContracts();
  const complete = useFill((state) => state.complete.includes('contracts'));
  const { summaryOf } = useContractViews(all);
  const [text, setText] = useState('');
  const [state, setState] = useState('');
  const wanted = searchKey(useDeferredValue(text)).trim();
  const rows = useMemo(
    () =>
      all?.filter(
        (row) =>
          (!state || row.status === state) &&
          (!wanted || searchKey(`${row.title} ${row.number} ${row.organisationName}`).includes(wanted)),
      ),
    [all, state, wanted],
  );
  const columns = useMemo(
    (): readonly DataColumn<ContractRow>[] => [
      {
        id: 'title',
        label: t('contracts.name'),
        width: 220,
        sortBy: (row) => searchKey(row.title || row.number),
        cell: (row) => (
          <MainCell
            main={row.title || row.number || t('contracts.untitled')}
            more={row.organisationName}
            record={row}
          />
        ),
      },
      {
        id: 'decideBy',
        label: t('timeline.decideBy'),
        width: 108,
        sortBy: (row) => summaryOf(row)?.deadline?.actBy,
        cell: (row) => {
          const day = summaryOf(row)?.deadline?.actBy;
          return day && <span title={dates.exact(day)}>{dates.near(day)}</span>;
        },
      },
      {
        id: 'state',
        label: t('timeline.state'),
        width: 152,
        sortBy: (row) => {
          const summary = summaryOf(row);
          return summary && stateWord(t, summary.state);
        },
        cell: (row) => {
          const summary = summaryOf(row);
          return summary && <SummaryBadge summary={summary} />;
        },
      },
      {
        id: 'atRisk',
        label: t('timeline.atRisk'),
        width: 124,
        align: 'end',
        sortBy: (row) => summaryOf(row)?.atRisk?.minor,
        descendingFirst: true,
        cell: (row) => {
          const sum = summaryOf(row)?.atRisk;
          return sum ? formatMoney(sum, language) : '';
        },
      },
      {
        id: 'end',
        label: t('contracts.end'),
        width: 112,
        sortBy: (row) => row.end,
        cell: (row) => <span title={dates.exact(row.end)}>{dates.near(row.end)}</span>,
      },
      {
        id: 'number',
        label: t('contracts.number'),
        width: 110,
        sortBy: (row) => searchKey(row.number),
        cell: (row) => row.number,
      },
      {
        id: 'value',
        label: t('contracts.value'),
        width: 140,
        align: 'end',
        sortBy: (row) => row.value?.minor,
        descendingFirst: true,
        cell: (row) => (row.value ? formatMoney(row.value, language) : ''),
      },
    ],
    [t, dates, language, summaryOf],
  );
  return (
    <RecordScreen<ContractRow>
      screen="contracts"
      type="contract"
      title={t('shell.contracts')}
      newLabel={t('shell.newContract')}
      onNew={() => openCreate('contract')}
      rows={rows}
      total={all?.length}
      complete={complete}
      rowId={rowId}
      rowText={rowText}
      columns={columns}
      initialSort={{ column: 'decideBy' }}
      listWidth={500}
      views={<ViewSwitch />}
      actionCodes={VIEW_CODES}
      filters={
        <FilterBar
          text={text}
          onText={setText}
          choices={[
            {
              label: t('contracts.allStates'),
              options: CONTRACT_STATES.map((id) => ({ id, label: t(`contracts.states.${id}`) })),
              value: state,
              onChange: setState,
            },
          ]}
        />
      }
      detail={(id) => <ContractProfile key={id} id={id} />}
      deletedText={(row) => t('profile.inBin', { name: row?.title || row?.number || '' })}
      emptyTitle={t('contracts.emptyTitle')}
      emptyText={t('contracts.emptyText')}
    />
  );
}

import { useDeferredValue, useMemo, useState } from 'react';
import { formatMoney } from '../../../shared/money/money.ts';
import { searchKey } from '../../../shared/text/search-key.ts';
import type { ContractRow } from '../../../shared/model/rows.ts';
import { openCreate } from '../../app/create.ts';
import { useDates } from '../../app/dates.ts';
import { useLanguage, useT } from '../../app/i18n.ts';
import { useContracts, useFill } from '../../db/index.ts';
import { Badge, type DataColumn } from '../../ui/index.ts';
import { MainCell } from '../profile/cells.tsx';
import { FilterBar } from '../profile/filter-bar.tsx';
import { RecordScreen } from '../profile/record-screen.tsx';
import { ContractProfile, CONTRACT_STATES } from './contract-profile.tsx';

const rowId = (row: ContractRow): string => row.id;
const rowText = (row: ContractRow): string => row.title || row.number;

/** The list, and the record of the chosen one. */
export function ContractsList() {
  const t = useT();
  const language = useLanguage();
  const dates = useDates();
  const all = useContracts();
  const complete = useFill((state) => state.complete.includes('contracts'));
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
        width: 240,
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
        id: 'end',
        label: t('contracts.end'),
        width: 112,
        sortBy: (row) => row.end,
        cell: (row) => <span title={dates.exact(row.end)}>{dates.near(row.end)}</span>,
      },
      {
        id: 'status',
        label: t('contracts.status'),
        width: 108,
        sortBy: (row) => row.status,
        cell: (row) => (
          <Badge tone={row.status === 'active' ? 'ok' : 'plain'}>{t(`contracts.states.${row.status}`)}</Badge>
        ),
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
    [t, dates, language],
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
      initialSort={{ column: 'end' }}
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

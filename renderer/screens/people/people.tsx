import { useDeferredValue, useMemo, useState } from 'react';
import { searchKey } from '../../../shared/text/search-key.ts';
import type { PersonRow } from '../../../shared/model/rows.ts';
import { openCreate } from '../../app/create.ts';
import { useDates } from '../../app/dates.ts';
import { useT } from '../../app/i18n.ts';
import { go } from '../../app/navigation.ts';
import { useFill, usePeople } from '../../db/index.ts';
import { Button, type DataColumn } from '../../ui/index.ts';
import { useListedCards } from '../documents/card-dialog.tsx';
import { CountCell, MainCell } from '../profile/cells.tsx';
import { FilterBar } from '../profile/filter-bar.tsx';
import { RecordScreen } from '../profile/record-screen.tsx';
import { PersonProfile } from './person-profile.tsx';

const rowId = (row: PersonRow): string => row.id;
const rowText = (row: PersonRow): string => row.name;

/** People: the list with its filters, and the profile of the chosen one. */
export function People() {
  const t = useT();
  const dates = useDates();
  const all = usePeople();
  const complete = useFill((state) => state.complete.includes('people'));
  const [text, setText] = useState('');
  const [tag, setTag] = useState('');
  const wanted = searchKey(useDeferredValue(text)).trim();
  const rows = useMemo(
    () =>
      all?.filter(
        (row) =>
          (!tag || row.tags.includes(tag)) &&
          (!wanted ||
            searchKey(
              `${row.name} ${row.organisationName} ${row.jobTitle} ${row.city} ${row.email} ${row.phone}`,
            ).includes(wanted)),
      ),
    [all, tag, wanted],
  );
  useListedCards('people', rows);
  const tags = useMemo(() => [...new Set((all ?? []).flatMap((row) => row.tags))].sort(), [all]);
  const columns = useMemo(
    (): readonly DataColumn<PersonRow>[] => [
      {
        id: 'name',
        label: t('people.name'),
        width: 230,
        sortBy: (row) => row.sortName,
        cell: (row) => <MainCell main={row.name || t('people.untitled')} record={row} />,
      },
      {
        id: 'organisation',
        label: t('people.organisation'),
        width: 170,
        sortBy: (row) => searchKey(row.organisationName),
        cell: (row) => row.organisationName,
      },
      {
        id: 'open',
        label: t('profile.openShort'),
        width: 72,
        align: 'end',
        sortBy: (row) => row.openPromises,
        descendingFirst: true,
        cell: (row) => <CountCell count={row.openPromises} />,
      },
      {
        id: 'jobTitle',
        label: t('people.jobTitle'),
        width: 170,
        sortBy: (row) => searchKey(row.jobTitle),
        cell: (row) => row.jobTitle,
      },
      {
        id: 'last',
        label: t('profile.lastShort'),
        width: 118,
        sortBy: (row) => row.lastMeeting,
        descendingFirst: true,
        cell: (row) => dates.ago(row.lastMeeting),
      },
      { id: 'phone', label: t('people.phone'), width: 150, cell: (row) => row.phone },
      { id: 'email', label: t('people.email'), width: 200, sortBy: (row) => row.email, cell: (row) => row.email },
    ],
    [t, dates],
  );
  return (
    <RecordScreen<PersonRow>
      screen="people"
      type="person"
      title={t('shell.people')}
      newLabel={t('shell.newPerson')}
      onNew={() => openCreate('person')}
      rows={rows}
      total={all?.length}
      complete={complete}
      rowId={rowId}
      rowText={rowText}
      columns={columns}
      initialSort={{ column: 'name' }}
      filters={
        <FilterBar
          text={text}
          onText={setText}
          choices={
            tags.length > 0
              ? [
                  {
                    label: t('profile.allTags'),
                    options: tags.map((id) => ({ id, label: id })),
                    value: tag,
                    onChange: setTag,
                  },
                ]
              : []
          }
        />
      }
      detail={(id) => <PersonProfile key={id} id={id} />}
      deletedText={(row) => t('profile.inBin', { name: row?.name ?? '' })}
      emptyTitle={t('people.emptyTitle')}
      emptyText={t('people.emptyText')}
      emptyActions={<Button onPress={() => go({ screen: 'import' })}>{t('start.beginImport')}</Button>}
    />
  );
}

import { useDeferredValue, useMemo, useState } from 'react';
import { searchKey } from '../../../shared/text/search-key.ts';
import type { OrganisationRow } from '../../../shared/model/rows.ts';
import { openCreate } from '../../app/create.ts';
import { useDates } from '../../app/dates.ts';
import { useT } from '../../app/i18n.ts';
import { go } from '../../app/navigation.ts';
import { useFill, useOrganisations } from '../../db/index.ts';
import { Button, type DataColumn } from '../../ui/index.ts';
import { useListedCards } from '../documents/card-dialog.tsx';
import { CountCell, MainCell } from '../profile/cells.tsx';
import { FilterBar } from '../profile/filter-bar.tsx';
import { RecordScreen } from '../profile/record-screen.tsx';
import { isOrganisationKind, ORGANISATION_KINDS } from './kinds.ts';
import { OrganisationProfile } from './organisation-profile.tsx';

const rowId = (row: OrganisationRow): string => row.id;
const rowText = (row: OrganisationRow): string => row.name;

/** Organisations: the list with its filters, and the profile of the chosen one. */
export function Organisations() {
  const t = useT();
  const dates = useDates();
  const all = useOrganisations();
  const complete = useFill((state) => state.complete.includes('organisations'));
  const [text, setText] = useState('');
  const [kind, setKind] = useState('');
  const [tag, setTag] = useState('');
  const wanted = searchKey(useDeferredValue(text)).trim();
  const rows = useMemo(
    () =>
      all?.filter(
        (row) =>
          (!kind || row.kinds.includes(kind)) &&
          (!tag || row.tags.includes(tag)) &&
          (!wanted || searchKey(`${row.name} ${row.city} ${row.industry} ${row.email} ${row.phone}`).includes(wanted)),
      ),
    [all, kind, tag, wanted],
  );
  useListedCards('organisations', rows);
  const tags = useMemo(() => [...new Set((all ?? []).flatMap((row) => row.tags))].sort(), [all]);
  const kindWord = useMemo(() => (id: string) => (isOrganisationKind(id) ? t(`organisations.kinds.${id}`) : id), [t]);
  const columns = useMemo(
    (): readonly DataColumn<OrganisationRow>[] => [
      {
        id: 'name',
        label: t('organisations.name'),
        width: 210,
        sortBy: (row) => row.sortName,
        cell: (row) => <MainCell main={row.name || t('organisations.untitled')} record={row} />,
      },
      {
        id: 'last',
        label: t('profile.lastShort'),
        width: 118,
        sortBy: (row) => row.lastMeeting,
        descendingFirst: true,
        cell: (row) => dates.ago(row.lastMeeting),
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
        id: 'kind',
        label: t('organisations.kind'),
        width: 120,
        sortBy: (row) => row.kinds.map(kindWord).join(', '),
        cell: (row) => row.kinds.map(kindWord).join(', '),
      },
      {
        id: 'city',
        label: t('organisations.city'),
        width: 120,
        sortBy: (row) => searchKey(row.city),
        cell: (row) => row.city,
      },
      {
        id: 'next',
        label: t('profile.nextMeeting'),
        width: 130,
        sortBy: (row) => row.nextMeeting,
        cell: (row) => dates.near(row.nextMeeting),
      },
      {
        id: 'people',
        label: t('organisations.people'),
        width: 72,
        align: 'end',
        sortBy: (row) => row.people,
        descendingFirst: true,
        cell: (row) => row.people || '',
      },
    ],
    [t, dates, kindWord],
  );
  return (
    <RecordScreen<OrganisationRow>
      screen="organisations"
      type="organisation"
      title={t('shell.organisations')}
      newLabel={t('shell.newOrganisation')}
      onNew={() => openCreate('organisation')}
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
          choices={[
            {
              label: t('organisations.allKinds'),
              options: ORGANISATION_KINDS.map((id) => ({ id, label: kindWord(id) })),
              value: kind,
              onChange: setKind,
            },
            ...(tags.length > 0
              ? [
                  {
                    label: t('profile.allTags'),
                    options: tags.map((id) => ({ id, label: id })),
                    value: tag,
                    onChange: setTag,
                  },
                ]
              : []),
          ]}
        />
      }
      detail={(id) => <OrganisationProfile key={id} id={id} />}
      deletedText={(row) => t('profile.inBin', { name: row?.name ?? '' })}
      emptyTitle={t('organisations.emptyTitle')}
      emptyText={t('organisations.emptyText')}
      emptyActions={<Button onPress={() => go({ screen: 'import' })}>{t('start.beginImport')}</Button>}
    />
  );
}

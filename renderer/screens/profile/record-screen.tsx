import { Plus } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { deleteRecord } from '../../app/commit.ts';
import { useLanguage, useT } from '../../app/i18n.ts';
import { type Screen, showInList, useNavigation } from '../../app/navigation.ts';
import { useAction } from '../../app/shortcuts.ts';
import { useFill } from '../../db/index.ts';
import { Button, type DataColumn, DataTable, EmptyState, PaneHeader, Spinner, SplitPane } from '../../ui/index.ts';
import { useFreshName } from './use-fresh-name.ts';
import { useSettled } from './use-settled.ts';

const FIRST_FIELD = 'main [data-inline-edit="main"]';
const press = (selector: string): void => document.querySelector<HTMLElement>(selector)?.click();
/** Opens a menu as its button does for Enter: a mere click would leave the first entry without the focus. */
const openMenu = (selector: string): void => {
  const button = document.querySelector<HTMLElement>(selector);
  button?.focus();
  for (const type of ['keydown', 'keyup']) {
    button?.dispatchEvent(new KeyboardEvent(type, { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }));
  }
};

export interface RecordScreenProps<Row> {
  readonly screen: Screen;
  readonly type: string;
  readonly title: string;
  readonly newLabel: string;
  readonly onNew: () => void;
  /** Undefined while the first answer of the live view is awaited. */
  readonly rows: readonly Row[] | undefined;
  /** How many there are without filters. */
  readonly total: number | undefined;
  /** True when the table is complete in the live view. */
  readonly complete: boolean;
  readonly rowId: (row: Row) => string;
  readonly rowText: (row: Row) => string;
  readonly columns: readonly DataColumn<Row>[];
  readonly initialSort?: { readonly column: string; readonly descending?: boolean };
  readonly groupOf?: (row: Row) => string;
  readonly filters?: ReactNode;
  /** Other ways to look at the same records, before the button that adds one. */
  readonly views?: ReactNode;
  readonly detail: (id: string) => ReactNode;
  /** Said in the toast after a deletion. */
  readonly deletedText: (row: Row | undefined) => string;
  /** When there is nothing at all, filters aside. */
  readonly emptyTitle: string;
  readonly emptyText: string;
  readonly emptyActions?: ReactNode;
  readonly onEndReached?: () => void;
  readonly listWidth?: number;
  /** Keys (`event.code`) that are actions of this screen. */
  readonly actionCodes?: readonly string[];
}

/** A list and the record beside it, with the keys that all lists share. */
export function RecordScreen<Row>(props: RecordScreenProps<Row>) {
  const { screen, type, rows, rowId, complete, total, deletedText } = props;
  const t = useT();
  const language = useLanguage();
  const place = useNavigation((state) => state.place);
  const filling = useFill((state) => state.phase === 'filling');
  const grid = useRef<HTMLDivElement>(null);
  const detail = useRef<HTMLElement>(null);
  const current = place.screen === screen ? (place.id ?? null) : null;
  const shown = useSettled(current);
  useFreshName(detail, shown);
  const isFresh = useNavigation((state) => state.fresh !== null && state.fresh === state.place.id);
  const first = rows?.[0];
  useEffect(() => {
    if (current === null && first !== undefined && complete) showInList(rowId(first));
  }, [current, first, complete, rowId]);

  const remove = (): void => {
    if (current === null) return;
    const index = rows?.findIndex((row) => rowId(row) === current) ?? -1;
    const neighbour = index < 0 ? undefined : (rows?.[index + 1] ?? rows?.[index - 1]);
    void deleteRecord(type, current, deletedText(rows?.[index])).then((result) => {
      if (!result.ok) return;
      showInList(neighbour === undefined ? null : rowId(neighbour));
      grid.current?.focus();
    });
  };
  const open = (): void => {
    const field = document.querySelector<HTMLElement>(FIRST_FIELD);
    (field ?? detail.current)?.focus();
  };
  const has = current !== null;
  useAction({ id: 'new-here', label: 'shell.newHere', group: 'create', shortcut: 'KeyN', run: props.onNew });
  useAction(
    { id: 'edit-here', label: 'shell.editHere', group: 'record', shortcut: 'KeyE', run: () => press(FIRST_FIELD) },
    has,
  );
  useAction(
    {
      id: 'tag-here',
      label: 'shell.tagHere',
      group: 'record',
      shortcut: 'KeyT',
      run: () => document.querySelector<HTMLElement>('main [data-tag-input]')?.focus(),
    },
    has,
  );
  useAction(
    {
      id: 'more-here',
      label: 'shell.moreHere',
      group: 'record',
      shortcut: 'Period',
      run: () => openMenu('main [data-more-menu]'),
    },
    has,
  );
  useAction({ id: 'delete-here', label: 'shell.deleteHere', group: 'record', shortcut: 'Delete', run: remove }, has);

  const nothing = complete && total === 0;
  const count = rows === undefined ? undefined : rows.length.toLocaleString(language);
  if (nothing) {
    return (
      <>
        <PaneHeader title={props.title} actions={props.views} />
        <EmptyState
          title={props.emptyTitle}
          actions={
            <>
              <Button variant="primary" onPress={props.onNew}>
                {props.newLabel}
              </Button>
              {props.emptyActions}
            </>
          }
        >
          {props.emptyText}
        </EmptyState>
      </>
    );
  }
  return (
    <SplitPane
      id={screen}
      initial={props.listWidth ?? 460}
      listLabel={props.title}
      detailLabel={t('profile.record')}
      resizeLabel={t('common.resize')}
      detailRef={detail}
      list={
        <>
          <PaneHeader
            title={props.title}
            count={count}
            actions={
              <>
                {filling && !complete && <Spinner label={t('common.loading')} />}
                {props.views}
                <Button size="small" icon={<Plus size={14} aria-hidden />} onPress={props.onNew}>
                  {props.newLabel}
                </Button>
              </>
            }
          >
            {props.filters}
          </PaneHeader>
          <DataTable
            label={props.title}
            rows={rows ?? []}
            rowId={rowId}
            rowText={props.rowText}
            columns={props.columns}
            current={current}
            onCurrent={showInList}
            onOpen={open}
            gridRef={grid}
            autoFocus={!isFresh}
            {...(props.initialSort ? { initialSort: props.initialSort } : {})}
            {...(props.actionCodes ? { actionCodes: props.actionCodes } : {})}
            {...(props.groupOf ? { groupOf: props.groupOf } : {})}
            {...(props.onEndReached ? { onEndReached: props.onEndReached } : {})}
            empty={
              rows === undefined || (filling && !complete) ? (
                <EmptyState icon={<Spinner label={t('common.loading')} />} title={t('common.loading')} />
              ) : (
                <EmptyState title={t('common.notFound')} />
              )
            }
          />
        </>
      }
      detail={shown === null ? <EmptyState title={t('profile.chooseOne')} /> : props.detail(shown)}
    />
  );
}

/** Which row names the columns: one of the rows around, or none. */
import { call } from '../../app/ipc.ts';
import { useEffect, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { useT } from '../../app/i18n.ts';
import type { ImportReadingView } from '../../../shared/import/views.ts';
import css from './encoding-choice.module.css';
import { reread } from './import-store.ts';

/** Rows offered. */
const OFFERED = 12;

interface Offer {
  readonly id: string;
  readonly row: number;
  readonly text: string;
}

export function HeaderChoice({ reading, close }: { readonly reading: ImportReadingView; readonly close: () => void }) {
  const t = useT();
  const [offers, setOffers] = useState<readonly Offer[]>([]);
  useEffect(() => {
    let current = true;
    void call('import:rows', { session: reading.session, from: 0, limit: OFFERED, top: true }).then((result) => {
      if (!current || !result.ok) return;
      setOffers(
        result.value.map(({ row, cells }) => ({
          id: String(row),
          row,
          text: cells.filter((cell) => cell.trim() !== '').join(' · '),
        })),
      );
    });
    return () => {
      current = false;
    };
  }, [reading]);
  const choose = (row: number): void => {
    close();
    void reread({ headerRow: row });
  };
  return (
    <div className={css.choice}>
      <p className={css.ask}>{t('importing.header')}</p>
      <p className={css.hint}>{t('importing.headerHint')}</p>
      {offers.length > 0 && (
        <ListBox
          aria-label={t('importing.header')}
          className={css.readings!}
          selectionMode="single"
          escapeKeyBehavior="none"
          autoFocus
          selectedKeys={[String(reading.headerRow)]}
          onAction={(key) => choose(Number(key))}
          items={[{ id: '0', row: 0, text: '' }, ...offers]}
        >
          {({ id, row, text }) => (
            <ListBoxItem
              id={id}
              textValue={row === 0 ? t('importing.headerNone') : t('importing.headerPick', { row })}
              className={css.row!}
            >
              <span className={css.rowName}>{row === 0 ? t('importing.headerNone') : row}</span>
              <span className={css.rowText}>{text}</span>
            </ListBoxItem>
          )}
        </ListBox>
      )}
    </div>
  );
}

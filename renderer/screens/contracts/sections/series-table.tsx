import { type FormEvent, useState } from 'react';
import type { IndexSeries } from '../../../../shared/contract-dates/indexation-types.ts';
import { nextMonth, readDecimalText, readSeriesText, seriesRows } from '../../../../shared/contracts/indexation.ts';
import { useDates } from '../../../app/dates.ts';
import { useLanguage, useT } from '../../../app/i18n.ts';
import { Button, classNames, notify, TextField } from '../../../ui/index.ts';
import { Editable } from './parts.tsx';
import styles from './sections.module.css';

const SHOWN = 18;

/**
 * The values of a series by month: a gap is shown where it is, a value is typed («137,1» goes to the next month) or
 * pasted with its month, many lines at once.
 */
export function SeriesTable({
  label,
  series,
  readOnly,
  onChange,
}: {
  readonly label: string;
  readonly series: IndexSeries;
  readonly readOnly: boolean;
  /** Values to set; null takes one away. */
  readonly onChange: (values: Readonly<Record<string, string | null>>) => void;
}) {
  const t = useT();
  const language = useLanguage();
  const dates = useDates();
  const [text, setText] = useState('');
  const [all, setAll] = useState(false);
  const rows = seriesRows(series);
  // Gaps are shown wherever they are: they stop the calculation.
  const shown = all ? rows : rows.filter(({ value }, i) => value === null || i >= rows.length - SHOWN);
  const add = (given: string): boolean => {
    const single = readDecimalText(given);
    const month = nextMonth(series);
    if (single !== undefined && month !== undefined && !/^\d{4}$/u.test(given.trim())) {
      onChange({ [month]: single });
      return true;
    }
    const { values, unread } = readSeriesText(given);
    const count = Object.keys(values).length;
    if (count > 0) onChange(values);
    if (unread.length > 0) {
      const lines = unread.slice(0, 3).join('; ');
      notify({
        tone: 'error',
        text:
          count > 0
            ? t('contractSections.indexation.unread', { count: unread.length, text: lines })
            : t('contractSections.indexation.valueUnread', { text: lines }),
      });
    } else if (count > 1) notify({ text: t('contractSections.indexation.added', { count }) });
    return count > 0;
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() && add(text)) setText('');
  };
  return (
    <div className={styles.series} role="group" aria-label={label}>
      <div className={styles.seriesHead}>
        <span className={styles.previewTitle}>{label}</span>
        {series.source && <span className={styles.hint}>{series.source}</span>}
        {shown.length < rows.length && (
          <Button variant="quiet" size="small" onPress={() => setAll(true)}>
            {t('contractSections.indexation.showAll', { count: rows.length - shown.length })}
          </Button>
        )}
      </div>
      {shown.length > 0 && (
        <ol className={styles.values}>
          {shown.map(({ month, value }) => (
            <li key={month} className={classNames(value === null && styles.gapValue)}>
              <span className={styles.hint}>{dates.partial(month)}</span>
              <Editable
                readOnly={readOnly}
                label={t('contractSections.indexation.valueOf', { month: dates.partial(month) })}
                value={language === 'ru' ? (value ?? '').replace('.', ',') : (value ?? '')}
                placeholder={t('contractSections.indexation.noValue')}
                onCommit={(typed) => {
                  const number = readDecimalText(typed);
                  if (typed === '') onChange({ [month]: null });
                  else if (number !== undefined) onChange({ [month]: number });
                  else notify({ tone: 'error', text: t('contractSections.indexation.valueUnread', { text: typed }) });
                }}
              />
            </li>
          ))}
        </ol>
      )}
      {!readOnly && (
        <form onSubmit={submit} className={styles.paste}>
          <TextField
            label={t('contractSections.indexation.paste')}
            hideLabel
            placeholder={t('contractSections.indexation.pasteHint')}
            value={text}
            onChange={setText}
            onPaste={(event) => {
              const pasted = event.clipboardData?.getData('text/plain') ?? '';
              // One line may still be edited before Enter; a table is taken as it is.
              if (!pasted.trim().includes('\n')) return;
              event.preventDefault();
              add(pasted);
            }}
          />
        </form>
      )}
    </div>
  );
}

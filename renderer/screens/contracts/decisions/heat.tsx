import { type CSSProperties, type KeyboardEvent, useMemo, useState } from 'react';
import type { Deadline } from '../../../../shared/contracts/deadlines.ts';
import { atRisk, type MonthAtRisk } from '../../../../shared/contracts/portfolio.ts';
import { totals } from '../../../../shared/contracts/value.ts';
import { useToday } from '../../../app/clock.ts';
import { useLanguage, useT } from '../../../app/i18n.ts';
import { Button, classNames } from '../../../ui/index.ts';
import styles from './decisions.module.css';
import { moneyList, monthName, shortMoney, shortMonth } from './words.tsx';

/** Steps of shade; the words say the same. */
const LEVELS = 4;

/** 0 for nothing, else 1–4 by the share of the greatest month, in the currency that weighs most over the year. */
function levelOf(month: MonthAtRisk, currency: string | undefined, most: number): number {
  if (month.count === 0) return 0;
  const minor = month.values.find((money) => money.currency === currency)?.minor ?? 0;
  return most > 0 ? Math.max(1, Math.ceil((minor / most) * LEVELS)) : 1;
}

/** Value at risk by notice month: twelve months at a glance, quarters above them; or the same as a table. */
export function Heat({
  deadlines,
  month,
  onMonth,
}: {
  readonly deadlines: readonly Deadline[];
  /** The month that the agenda is narrowed to. */
  readonly month: string;
  readonly onMonth: (month: string) => void;
}) {
  const t = useT();
  const language = useLanguage();
  const today = useToday();
  const [asTable, setAsTable] = useState(false);
  const { months, quarters } = useMemo(() => atRisk(deadlines, today), [deadlines, today]);
  const main = totals(months.flatMap(({ values }) => values))[0]?.currency;
  const most = Math.max(0, ...months.map(({ values }) => values.find(({ currency }) => currency === main)?.minor ?? 0));
  const quarterName = (quarter: string): string =>
    t('deadlines.heat.quarterName', { quarter: quarter.slice(6), year: quarter.slice(0, 4) });
  const move = (event: KeyboardEvent<HTMLElement>): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    const cells = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-month]')];
    const at = cells.indexOf(event.target as HTMLElement);
    if (at < 0) return;
    event.preventDefault();
    cells[Math.max(0, Math.min(cells.length - 1, at + step))]?.focus();
  };
  return (
    <section className={styles.heat} aria-label={t('deadlines.heat.label')}>
      <div className={styles.heatHead}>
        <h2 className={styles.heatTitle}>{t('deadlines.heat.label')}</h2>
        <span className={styles.quiet}>{t('deadlines.heat.hint')}</span>
        <span className={styles.gap} />
        <Button variant="quiet" size="small" onPress={() => setAsTable(!asTable)}>
          {t(asTable ? 'deadlines.heat.strip' : 'deadlines.heat.table')}
        </Button>
      </div>
      {asTable ? (
        <table className={styles.heatTable}>
          <thead>
            <tr>
              <th scope="col">{t('deadlines.heat.month')}</th>
              <th scope="col">{t('deadlines.heat.decisions')}</th>
              <th scope="col">{t('deadlines.heat.value')}</th>
            </tr>
          </thead>
          {quarters.map((quarter) => (
            <tbody key={quarter.quarter}>
              {months
                .filter((entry) => entry.quarter === quarter.quarter)
                .map((entry) => (
                  <tr key={entry.month}>
                    <th scope="row">{monthName(entry.month, language)}</th>
                    <td>{entry.count || '–'}</td>
                    <td>{moneyList(entry.values, language) || '–'}</td>
                  </tr>
                ))}
              <tr className={styles.sum}>
                <th scope="row">{quarterName(quarter.quarter)}</th>
                <td>{quarter.count || '–'}</td>
                <td>{moneyList(quarter.values, language) || '–'}</td>
              </tr>
            </tbody>
          ))}
        </table>
      ) : (
        <div className={styles.strip} role="group" aria-label={t('deadlines.heat.label')} onKeyDown={move}>
          {quarters.map((quarter) => {
            const inside = months.filter((entry) => entry.quarter === quarter.quarter);
            return (
              <div
                key={quarter.quarter}
                className={styles.quarter}
                style={{ '--months': inside.length } as CSSProperties}
              >
                <div className={styles.quarterName} title={moneyList(quarter.values, language)}>
                  <span>{quarterName(quarter.quarter)}</span>
                  <span className={styles.quarterSum}>
                    {quarter.values[0] ? shortMoney(quarter.values[0], language) : ''}
                    {quarter.values.length > 1 ? ` +${quarter.values.length - 1}` : ''}
                  </span>
                </div>
                <div className={styles.cells}>
                  {inside.map((entry) => {
                    const index = months.indexOf(entry);
                    const isChosen = entry.month === month;
                    const money = moneyList(entry.values, language);
                    const words = t('deadlines.heat.cell', {
                      month: monthName(entry.month, language),
                      count:
                        entry.count === 0 ? t('deadlines.heat.none') : t('deadlines.count', { count: entry.count }),
                      value: money || t('deadlines.noValue'),
                    });
                    return (
                      <button
                        key={entry.month}
                        type="button"
                        data-month={entry.month}
                        data-level={levelOf(entry, main, most)}
                        aria-pressed={isChosen}
                        title={words}
                        // One stop for Tab; arrows move within.
                        tabIndex={isChosen || (month === '' && index === 0) ? 0 : -1}
                        className={classNames(styles.cell, isChosen && styles.chosen)}
                        onClick={() => onMonth(isChosen ? '' : entry.month)}
                      >
                        <span className={styles.readAloud}>{words}</span>
                        <span aria-hidden className={styles.cellMonth}>
                          {shortMonth(entry.month, language)}
                        </span>
                        <span aria-hidden className={styles.cellValue}>
                          {entry.values[0] ? shortMoney(entry.values[0], language) : entry.count || '–'}
                          {entry.values.length > 1 ? ` +${entry.values.length - 1}` : ''}
                        </span>
                      </button>
                    );
                  })}
                </div>
              </div>
            );
          })}
        </div>
      )}
    </section>
  );
}

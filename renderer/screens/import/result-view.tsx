/** After the import: what was done, and how to take it back. */
import { CircleCheck, Undo2, Users } from 'lucide-react';
import { type TextKey, useLanguage, useT } from '../../app/i18n.ts';
import type { ImportReportView } from '../../../shared/import/views.ts';
import { go } from '../../app/navigation.ts';
import { Button } from '../../ui/index.ts';
import { useNumber } from './format.ts';
import css from './import-screen.module.css';
import { type ImportState, startOver, undoImport } from './import-store.ts';
import { ErrorLine } from './start-view.tsx';

function figures({
  rows,
  organisations,
  contracts,
}: ImportReportView): readonly (readonly [key: string, count: number])[] {
  return [
    ['doneCreated', rows.created],
    ['doneOrganisations', organisations.created],
    ['doneContracts', contracts.created],
    ['doneUpdated', rows.updated],
    ['doneUnchanged', rows.unchanged],
    ['doneSkipped', rows.skipped],
    ['doneFailed', rows.failed],
  ];
}

export function ResultView({ state }: { readonly state: ImportState }) {
  const t = useT();
  const number = useNumber();
  const language = useLanguage();
  const { report, undone, error } = state;
  if (!report) return null;
  const seconds = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(report.milliseconds / 1000);
  return (
    <div className={css.result}>
      <h2 className={css.resultTitle} tabIndex={-1} ref={(heading) => heading?.focus()}>
        <CircleCheck size={20} aria-hidden className={css.doneIcon} />
        {report.batch ? t('importing.done') : t('importing.doneNothing')}
        <span className={css.quiet}>{t('importing.doneTime', { seconds })}</span>
      </h2>
      <dl className={css.figures}>
        {figures(report)
          .filter(([, count]) => count > 0)
          .map(([key, count]) => (
            <div key={key}>
              <dt>{t(`importing.${key}` as TextKey)}</dt>
              <dd>{number(count)}</dd>
            </div>
          ))}
      </dl>
      {undone && (
        <div className={css.undone} role="status">
          <p>{t('importing.undone')}</p>
          {undone.kept.length > 0 && (
            <p>{t('importing.undoKept', { count: undone.kept.length, formatted: number(undone.kept.length) })}</p>
          )}
          {undone.errored.length > 0 && (
            <p>
              {t('importing.undoFailed', { count: undone.errored.length, formatted: number(undone.errored.length) })}
            </p>
          )}
        </div>
      )}
      {error && <ErrorLine error={error} />}
      <div className={css.resultActions}>
        {!undone && (
          <Button variant="primary" icon={<Users size={16} aria-hidden />} onPress={() => go({ screen: 'people' })}>
            {t('importing.showPeople')}
          </Button>
        )}
        {report.batch && !undone && (
          <Button icon={<Undo2 size={16} aria-hidden />} onPress={() => void undoImport()}>
            {t('importing.undo')}
          </Button>
        )}
        <Button variant="quiet" onPress={() => startOver()}>
          {t('importing.another')}
        </Button>
      </div>
    </div>
  );
}

import { ChevronRight, Copy } from 'lucide-react';
import { Fragment, useState } from 'react';
import type { PriceStep } from '../../../../shared/contract-dates/indexation.ts';
import type { IndexationClause } from '../../../../shared/contract-dates/indexation-types.ts';
import { stepText } from '../../../../shared/contracts/indexation.ts';
import { formatMoney } from '../../../../shared/money/money.ts';
import { useToday } from '../../../app/clock.ts';
import { useDates } from '../../../app/dates.ts';
import { useLanguage, useT } from '../../../app/i18n.ts';
import { authorName } from '../../../app/promises.ts';
import { Badge, Checkbox, classNames, IconButton, notify } from '../../../ui/index.ts';
import { setElement } from './changes.ts';
import { type SectionProps, useExplainer } from './parts.tsx';
import styles from './sections.module.css';

const SET = 'announcements';

/** Until when the increase is to be announced, and whether it was. */
function Announce({
  id,
  data,
  readOnly,
  step,
  rises,
}: Pick<SectionProps, 'id' | 'data' | 'readOnly'> & { readonly step: PriceStep; readonly rises: boolean }) {
  const t = useT();
  const dates = useDates();
  const today = useToday();
  const { announceBy, from } = step;
  if (announceBy === undefined || !rises) return null;
  const told = data.announcements?.[from];
  const late = !told && announceBy < today && from > today;
  const toggle = (isTold: boolean): void => {
    const author = authorName();
    void setElement(id, SET, from, isTold ? { on: today, ...(author ? { author } : {}) } : null, {
      toast: isTold
        ? t('contractSections.indexation.announcedToast', { date: dates.short(from) })
        : t('contractSections.indexation.notAnnouncedToast'),
    });
  };
  return (
    <div className={styles.announce}>
      <Checkbox
        label={t('contractSections.indexation.announced', { date: dates.short(from) })}
        hideLabel
        isSelected={told !== undefined}
        isDisabled={readOnly}
        onChange={toggle}
      />
      <span>
        <span className={classNames(late && styles.risk)}>{dates.short(announceBy)}</span>
        {told && (
          <span className={styles.hint} title={told.author}>
            {t('contractSections.indexation.announcedOn', { date: dates.short(told.on) })}
          </span>
        )}
        {late && <span className={styles.problem}>{t('contractSections.indexation.overdue')}</span>}
      </span>
    </div>
  );
}

/** The price step by step with its exact factor; each calculation can be read and copied into a letter. */
export function PriceTable({
  id,
  data,
  readOnly,
  clause,
  steps,
}: Pick<SectionProps, 'id' | 'data' | 'readOnly'> & {
  readonly clause: IndexationClause;
  readonly steps: readonly PriceStep[];
}) {
  const t = useT();
  const language = useLanguage();
  const dates = useDates();
  const today = useToday();
  const explainer = useExplainer();
  const [opened, setOpened] = useState<string | null>(null);
  const { currency } = clause.base;
  const current = steps.findLast(({ from }) => from <= today)?.from;
  const hasNotice = steps.some(({ announceBy }) => announceBy !== undefined);
  const hasDispute = steps.some(({ disputeUntil }) => disputeUntil !== undefined);
  const columns = 4 + (hasNotice ? 1 : 0) + (hasDispute ? 1 : 0);
  if (steps.length === 0) return <p className={styles.hint}>{t('contractSections.indexation.noSteps')}</p>;
  const copy = (step: PriceStep): void => {
    navigator.clipboard.writeText(stepText(step, currency, explainer, language)).then(
      () => notify({ text: t('common.copied') }),
      () => setOpened(step.from),
    );
  };
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={t('contractSections.indexation.prices')}>
        <thead>
          <tr>
            <th scope="col">{t('contractSections.indexation.from')}</th>
            <th scope="col" className={styles.end}>
              {t('contractSections.indexation.factor')}
            </th>
            <th scope="col" className={styles.end}>
              {t('contractSections.indexation.price')}
            </th>
            {hasNotice && <th scope="col">{t('contractSections.indexation.announceBy')}</th>}
            {hasDispute && <th scope="col">{t('contractSections.indexation.disputeUntil')}</th>}
            <th scope="col">
              <span className={styles.hidden}>{t('common.more')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, place) => {
            const { from, minor, provisional, disputeUntil } = step;
            // The factor of the calculation itself; the ratio of rounded prices differs in the last digits.
            const factor = String(step.because[0]?.params['factor'] ?? step.factor);
            const before = steps[place - 1]?.minor ?? clause.base.minor;
            const isOpen = opened === from;
            return (
              <Fragment key={from}>
                <tr className={classNames(from === current && styles.current)}>
                  <td>
                    {dates.short(from)}
                    {from === current && (
                      <span className={styles.hint}>{t('contractSections.indexation.current')}</span>
                    )}
                  </td>
                  <td className={styles.end}>{language === 'ru' ? factor.replace('.', ',') : factor}</td>
                  <td className={styles.end}>
                    {formatMoney({ minor, currency }, language)}
                    {provisional && (
                      <span className={styles.badgeLine}>
                        <Badge tone="attention">{t('contractSections.provisional')}</Badge>
                      </span>
                    )}
                  </td>
                  {hasNotice && (
                    <td>
                      <Announce
                        id={id}
                        data={data}
                        readOnly={readOnly}
                        step={step}
                        rises={minor > before || provisional}
                      />
                    </td>
                  )}
                  {hasDispute && <td>{dates.short(disputeUntil)}</td>}
                  <td className={styles.rowActions}>
                    <IconButton
                      size="small"
                      icon={
                        <ChevronRight
                          size={14}
                          aria-hidden
                          className={classNames(styles.chevron, isOpen && styles.unfolded)}
                        />
                      }
                      label={t('contractSections.indexation.showCalculation', { date: dates.short(from) })}
                      aria-expanded={isOpen}
                      onPress={() => setOpened(isOpen ? null : from)}
                    />
                    <IconButton
                      size="small"
                      icon={<Copy size={13} aria-hidden />}
                      label={t('contractSections.indexation.copyCalculation', { date: dates.short(from) })}
                      onPress={() => copy(step)}
                    />
                  </td>
                </tr>
                {isOpen && (
                  <tr>
                    <td colSpan={columns} className={styles.calculation}>
                      {stepText(step, currency, explainer, language)}
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

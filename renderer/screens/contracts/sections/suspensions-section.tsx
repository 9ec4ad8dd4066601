import { Plus, X } from 'lucide-react';
import { useMemo } from 'react';
import { pausesOf } from '../../../../shared/contract-dates/suspension.ts';
import { contractView } from '../../../../shared/contracts/view.ts';
import { fieldOfProblem, ordered } from '../../../../shared/contracts/wording.ts';
import { diffDays, isPlainDate } from '../../../../shared/dates/plain-date.ts';
import { useToday } from '../../../app/clock.ts';
import { newId } from '../../../app/commit.ts';
import { useDates } from '../../../app/dates.ts';
import { useT } from '../../../app/i18n.ts';
import { usePacks } from '../../../db/index.ts';
import { Button, DateField, IconButton } from '../../../ui/index.ts';
import { Section } from '../../profile/parts.tsx';
import profile from '../../profile/profile.module.css';
import { editElement, setElement } from './changes.ts';
import { type SectionProps, useExplainer } from './parts.tsx';
import styles from './sections.module.css';

const SET = 'suspensions';

/** What the suspensions do to the end of the current term, in words; '' while the terms cannot be computed. */
function useEffect({ data, view }: SectionProps): string {
  const t = useT();
  const dates = useDates();
  const today = useToday();
  const packs = usePacks();
  const { suspensions, ...rest } = data;
  const list = Object.values(suspensions ?? {});
  const without = useMemo(
    () => (packs ? contractView(rest, { today, packs }) : undefined),
    // oxlint-disable-next-line react/exhaustive-deps -- `rest` is made anew by every drawing, `data` is not
    [data, today, packs],
  );
  if (list.length === 0 || !view?.ok || !without?.ok) return '';
  const open = pausesOf(list, today).some((pause) => pause.open);
  const more = open ? [t('contractSections.suspensions.stillOpen')] : [];
  const { end } = view.dates.term;
  if (end === null) return [t('contractSections.suspensions.noEnd'), ...more].join(' ');
  // The same term without them; it may be over by now, so that the current one is the next.
  const planned = without.dates.term.index === view.dates.term.index ? without.dates.term.end : null;
  const count = planned === null ? 0 : diffDays(planned, end);
  const said =
    planned === null || count === 0
      ? t('contractSections.suspensions.noEffect')
      : t('contractSections.suspensions.effect', { count, end: dates.short(end), planned: dates.short(planned) });
  return [said, ...more].join(' ');
}

/** Times in which the contract's clock stood still, and what that did to its end. */
export function SuspensionsSection(props: SectionProps) {
  const { id, data, readOnly, view } = props;
  const t = useT();
  const dates = useDates();
  const today = useToday();
  const explainer = useExplainer();
  const effect = useEffect(props);
  const items = ordered(data.suspensions, ({ from }) => from);
  const wrong = view && !view.ok ? fieldOfProblem(data, view.problem) : '';
  const add = (): void => {
    const from = data.start && data.start > today ? data.start : today;
    void setElement(id, SET, newId(), { from });
  };
  return (
    <Section
      title={t('contractSections.suspensions.title')}
      count={items.length}
      actions={
        !readOnly && (
          <Button variant="quiet" size="small" icon={<Plus size={14} aria-hidden />} onPress={add}>
            {t('contractSections.suspensions.add')}
          </Button>
        )
      }
    >
      {items.length === 0 && <p className={profile.empty}>{t('contractSections.suspensions.none')}</p>}
      <ul>
        {items.map(([key, suspension]) => {
          const { from, to } = suspension;
          return (
            <li key={key} className={styles.suspension}>
              <div className={styles.span}>
                <DateField
                  label={t('contractSections.suspensions.from')}
                  hideLabel
                  className={styles.day!}
                  value={from}
                  isDisabled={readOnly}
                  onChange={(day) => {
                    if (day) editElement(id, SET, key, { from: day });
                  }}
                  clearLabel={t('common.clearDate')}
                />
                <span aria-hidden>–</span>
                <DateField
                  label={t('contractSections.suspensions.to')}
                  hideLabel
                  className={styles.day!}
                  value={to}
                  isDisabled={readOnly}
                  onChange={(day) => editElement(id, SET, key, { to: day ?? undefined })}
                  clearLabel={t('common.clearDate')}
                />
                <span className={styles.hint}>
                  {to === undefined
                    ? t('contractSections.suspensions.open')
                    : isPlainDate(from) && isPlainDate(to)
                      ? t('contractSections.suspensions.days', { count: Math.max(0, diffDays(from, to) + 1) })
                      : ''}
                </span>
                <span className={styles.gap} />
                {!readOnly && (
                  <IconButton
                    size="small"
                    icon={<X size={13} aria-hidden />}
                    label={t('contractSections.suspensions.remove', { date: dates.short(from) })}
                    onPress={() =>
                      void setElement(id, SET, key, null, {
                        toast: t('contractSections.suspensions.removed', { date: dates.short(from) }),
                      })
                    }
                  />
                )}
              </div>
              {view && !view.ok && wrong === `${SET}/${key}` && (
                <p role="alert" className={styles.problem}>
                  {explainer.problem(view.problem)}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      {effect && <p className={styles.effect}>{effect}</p>}
    </Section>
  );
}

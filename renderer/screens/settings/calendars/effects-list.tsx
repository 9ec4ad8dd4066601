import type { CalendarEffect } from '../../../../shared/calendars/effects.ts';
import type { DateChange } from '../../../../shared/contract-dates/changes.ts';
import { isPlainDate } from '../../../../shared/dates/plain-date.ts';
import { useDates } from '../../../app/dates.ts';
import { i18n, type Translate, useT } from '../../../app/i18n.ts';
import styles from './calendars.module.css';

const camel = (field: string): string => field.replace(/\.(\w)/g, (_, letter: string) => letter.toUpperCase());

function fieldName(field: string): string {
  const key = `deadlines.calendars.fields.${camel(field)}`;
  return i18n.exists(key) ? i18n.t(key) : field;
}

/** Which contract dates change, before → after, and which become certain. */
export function EffectsList({ effects }: { readonly effects: readonly CalendarEffect[] }) {
  const t = useT();
  const dates = useDates();
  if (effects.length === 0) return <p className={styles.quiet}>{t('deadlines.calendars.noEffects')}</p>;
  const value = (given: DateChange['before'], field: string, say: Translate): string => {
    if (given === null) return say('deadlines.calendars.nothing');
    if (isPlainDate(given)) return dates.short(given);
    return field === 'state' ? i18n.t(`contractDates.state.${String(given)}`) : String(given);
  };
  return (
    <ul className={styles.effects}>
      {effects.map(({ contract, name, moved, settled, unsettled }) => (
        <li key={contract} className={styles.effect}>
          <span className={styles.effectName}>{name || t('contracts.untitled')}</span>
          <span className={styles.effectText}>
            {[
              ...moved.map(({ field, before, after }) =>
                t('deadlines.calendars.moved', {
                  field: fieldName(field),
                  before: value(before, field, t),
                  after: value(after, field, t),
                }),
              ),
              settled ? t('deadlines.calendars.settled') : '',
              unsettled ? t('deadlines.calendars.unsettled') : '',
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}

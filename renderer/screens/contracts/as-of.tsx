import { History, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { isPlainDate } from '../../../shared/dates/plain-date.ts';
import { useToday } from '../../app/clock.ts';
import { useDates } from '../../app/dates.ts';
import { useLanguage, useT } from '../../app/i18n.ts';
import { dayText, readDay } from '../../app/read-day.ts';
import { Button, DayField, Popover } from '../../ui/index.ts';
import type { AsOf } from './contract-at.ts';
import styles from './contract.module.css';

/** Chooses the day as of which a contract is looked at, and the day whose knowledge is used. */
export function AsOfControl({
  asOf,
  onChange,
  isOpen,
  onOpenChange,
}: {
  readonly asOf: AsOf | null;
  readonly onChange: (asOf: AsOf | null) => void;
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const t = useT();
  return (
    <Popover
      label={t('contracts.asOf.title')}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      trigger={
        <Button variant="quiet" icon={<History size={14} aria-hidden />}>
          {t('contracts.asOf.button')}
        </Button>
      }
    >
      {(close) => <AsOfForm asOf={asOf} onChange={onChange} onDone={close} />}
    </Popover>
  );
}

function AsOfForm({
  asOf,
  onChange,
  onDone,
}: {
  readonly asOf: AsOf | null;
  readonly onChange: (asOf: AsOf | null) => void;
  readonly onDone: () => void;
}) {
  const t = useT();
  const today = useToday();
  const language = useLanguage();
  const [effective, setEffective] = useState(asOf?.effective ?? '');
  const [known, setKnown] = useState(asOf?.known ?? '');
  const [tried, setTried] = useState(false);
  const wrong = (day: string): string | undefined =>
    tried && day !== '' && !isPlainDate(day) ? t('contractTerms.problem.notADate') : undefined;
  const apply = (): void => {
    const fits = (day: string): boolean => day === '' || isPlainDate(day);
    setTried(true);
    if (!fits(effective) || !fits(known)) return;
    onChange(effective || known ? { ...(effective ? { effective } : {}), ...(known ? { known } : {}) } : null);
    onDone();
  };
  const shared = {
    read: (text: string) => readDay(text, today),
    show: (text: string) => dayText(text, language),
    calendarLabel: t('contractTerms.calendarOpen'),
  };
  return (
    <form
      className={styles.asOf}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <p className={styles.asOfText}>{t('contracts.asOf.explain')}</p>
      <DayField
        {...shared}
        label={t('contracts.asOf.effective')}
        value={effective}
        onChange={setEffective}
        error={wrong(effective)}
        autoFocus
      />
      <DayField {...shared} label={t('contracts.asOf.known')} value={known} onChange={setKnown} error={wrong(known)} />
      <Button variant="primary" type="submit">
        {t('contracts.asOf.show')}
      </Button>
    </form>
  );
}

/** Says that another day is shown, and leads back. */
export function AsOfBanner({ asOf, onBack }: { readonly asOf: AsOf; readonly onBack: () => void }) {
  const t = useT();
  const dates = useDates();
  const effective = asOf.effective === undefined ? null : dates.short(asOf.effective);
  const known = asOf.known === undefined ? null : dates.short(asOf.known);
  return (
    <div className={styles.banner} role="status">
      <History size={14} aria-hidden />
      <span className={styles.bannerText}>
        {effective !== null && known !== null
          ? t('contracts.asOf.both', { effective, known })
          : effective !== null
            ? t('contracts.asOf.onlyEffective', { effective })
            : t('contracts.asOf.onlyKnown', { known: known ?? '' })}
      </span>
      <Button size="small" icon={<Undo2 size={14} aria-hidden />} onPress={onBack}>
        {t('contracts.asOf.back')}
      </Button>
    </div>
  );
}

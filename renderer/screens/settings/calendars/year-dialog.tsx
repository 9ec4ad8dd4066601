import { useMemo, useState } from 'react';
import { type CalendarEffect, withPacks } from '../../../../shared/calendars/effects.ts';
import { daysOfPack, type DayKind, type Days, packOfDays } from '../../../../shared/calendars/packs.ts';
import type { CalendarPack } from '../../../../shared/contract-dates/calendar.ts';
import { useToday } from '../../../app/clock.ts';
import { useT } from '../../../app/i18n.ts';
import { Dialog, DialogFooter, TextField, classNames } from '../../../ui/index.ts';
import styles from './calendars.module.css';
import { effectsOf, saveYears } from './save.ts';
import { YearGrid } from './year-grid.tsx';

const LEGEND = ['off', 'work', 'short'] as const satisfies readonly DayKind[];

/** One year, day by day. Saving it makes a year of one's own that wins over the bundled one. */
export function YearDialog({
  pack,
  packs,
  onClose,
  onSaved,
}: {
  readonly pack: CalendarPack;
  /** The person's own years, as the contracts use them now. */
  readonly packs: readonly CalendarPack[];
  readonly onClose: () => void;
  readonly onSaved: (effects: readonly CalendarEffect[]) => void;
}) {
  const t = useT();
  const today = useToday();
  const before = useMemo(() => daysOfPack(pack), [pack]);
  const [days, setDays] = useState<Days>(before);
  const [source, setSource] = useState(pack.source);
  const [busy, setBusy] = useState(false);
  const isChanged = JSON.stringify(daysOfPack(packOfDays('', 0, days, ''))) !== JSON.stringify(before);
  const change = (date: string, kind: DayKind | undefined): void =>
    setDays(({ [date]: _, ...others }) => (kind === undefined ? others : { ...others, [date]: kind }));
  const { country, year } = pack;
  const save = async (): Promise<void> => {
    // A corrected year is not the decree's any more: a source that was left as it was says so.
    const said = source.trim() && source.trim() !== pack.source ? source.trim() : t('deadlines.calendars.ownSource');
    const next = packOfDays(country, year, days, said);
    setBusy(true);
    const effects = await effectsOf(packs, withPacks(packs, [next]), today);
    const saved = await saveYears([next], t('deadlines.calendars.saved', { country, year }));
    setBusy(false);
    if (!saved) return;
    onClose();
    onSaved(effects);
  };
  return (
    <Dialog
      title={t('deadlines.calendars.year', { country, year })}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
      size="full"
      footer={
        <DialogFooter
          cancelLabel={t('common.cancel')}
          onCancel={onClose}
          label={t('common.save')}
          onPress={() => void save()}
          isDisabled={busy || (!isChanged && source.trim() === pack.source)}
        />
      }
    >
      <div className={styles.tools}>
        <TextField
          label={t('deadlines.calendars.source')}
          placeholder={t('deadlines.calendars.sourceHint')}
          value={source}
          onChange={setSource}
          maxLength={200}
          className={styles.source ?? ''}
        />
        <div className={styles.legend}>
          {LEGEND.map((kind) => (
            <span key={kind} className={styles.legendItem}>
              <span className={classNames(styles.swatch, styles[kind])} aria-hidden>
                {kind === 'short' ? '1*' : '1'}
              </span>
              {t(`deadlines.calendars.days.${kind}`)}
            </span>
          ))}
          <span className={styles.quiet}>{t('deadlines.calendars.keys')}</span>
        </div>
      </div>
      <YearGrid year={year} days={days} onChange={change} />
    </Dialog>
  );
}

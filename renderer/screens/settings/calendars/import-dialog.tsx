import { useEffect, useMemo, useRef, useState } from 'react';
import { type CalendarEffect, withPacks } from '../../../../shared/calendars/effects.ts';
import { daysOfPack } from '../../../../shared/calendars/packs.ts';
import { LONGEST_CALENDAR, readCalendar } from '../../../../shared/calendars/read-calendar.ts';
import type { CalendarPack } from '../../../../shared/contract-dates/calendar.ts';
import { useToday } from '../../../app/clock.ts';
import { errorText, useT } from '../../../app/i18n.ts';
import { Button, Dialog, DialogFooter, TextArea, TextField, notify } from '../../../ui/index.ts';
import styles from './calendars.module.css';
import { EffectsList } from './effects-list.tsx';
import { effectsOf, saveYears } from './save.ts';

/** A calendar from a file or from pasted text: what was understood and what it changes, before anything is saved. */
export function ImportDialog({
  packs,
  country: suggested,
  onClose,
}: {
  readonly packs: readonly CalendarPack[];
  readonly country: string;
  readonly onClose: () => void;
}) {
  const t = useT();
  const today = useToday();
  const chooser = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [name, setName] = useState('');
  const [country, setCountry] = useState(suggested);
  const [effects, setEffects] = useState<readonly CalendarEffect[] | null>(null);
  const [busy, setBusy] = useState(false);
  const read = useMemo(
    () => (text.trim() === '' ? null : readCalendar({ text, name, country })),
    [text, name, country],
  );
  useEffect(() => {
    setEffects(null);
    if (!read?.ok) return undefined;
    let isCurrent = true;
    void effectsOf(packs, withPacks(packs, read.value.packs), today).then((found) => {
      if (isCurrent) setEffects(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [read, packs, today]);
  const take = async (file: File): Promise<void> => {
    if (file.size > LONGEST_CALENDAR) {
      notify({ text: errorText({ code: 'calendar.tooLong' }), tone: 'error' });
      return;
    }
    setName(file.name);
    setText(await file.text());
  };
  const yearNames = (list: readonly CalendarPack[]): string =>
    list.map(({ country: of, year }) => t('deadlines.calendars.year', { country: of, year })).join(', ');
  const replaced = read?.ok
    ? read.value.packs.filter(({ country: of, year }) => packs.some((own) => own.country === of && own.year === year))
    : [];
  const save = async (): Promise<void> => {
    if (!read?.ok) return;
    setBusy(true);
    const [first] = read.value.packs;
    const saved = await saveYears(
      read.value.packs,
      t('deadlines.calendars.saved', { country: first?.country ?? '', year: first?.year ?? '' }),
    );
    setBusy(false);
    if (saved) onClose();
  };
  return (
    <Dialog
      title={t('deadlines.calendars.importTitle')}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
      size="wide"
      footer={
        <DialogFooter
          cancelLabel={t('common.cancel')}
          onCancel={onClose}
          label={t('deadlines.calendars.saveImport')}
          onPress={() => void save()}
          isDisabled={busy || !read?.ok}
        />
      }
    >
      <div className={styles.form}>
        <p className={styles.quiet}>{t('deadlines.calendars.importHint')}</p>
        <div className={styles.fileRow}>
          <Button onPress={() => chooser.current?.click()}>{t('deadlines.calendars.choose')}</Button>
          <span className={styles.quiet}>{name}</span>
          <input
            ref={chooser}
            type="file"
            hidden
            aria-label={t('deadlines.calendars.choose')}
            accept=".json,.csv,.tsv,.txt,.ics,application/json,text/csv,text/calendar"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file) void take(file);
            }}
          />
        </div>
        <TextField
          label={t('deadlines.calendars.country')}
          description={t('deadlines.calendars.countryHint')}
          value={country}
          onChange={setCountry}
          maxLength={40}
          className={styles.source ?? ''}
        />
        <TextArea
          label={t('deadlines.calendars.paste')}
          value={text}
          onChange={setText}
          rows={6}
          className={styles.text ?? ''}
        />
        <div role="status">
          {read && !read.ok && <p className={styles.problem}>{errorText(read.error)}</p>}
          {read?.ok && (
            <>
              <p>
                {t('deadlines.calendars.understood', {
                  years: yearNames(read.value.packs),
                  count: read.value.packs.reduce((sum, pack) => sum + Object.keys(daysOfPack(pack)).length, 0),
                })}
              </p>
              {read.value.passedOver > 0 && (
                <p className={styles.quiet}>{t('deadlines.calendars.passedOver', { count: read.value.passedOver })}</p>
              )}
              {replaced.length > 0 && (
                <p className={styles.quiet}>{t('deadlines.calendars.replaces', { years: yearNames(replaced) })}</p>
              )}
              {effects && (
                <>
                  <h3 className={styles.effectsTitle}>{t('deadlines.calendars.effects')}</h3>
                  <EffectsList effects={effects} />
                </>
              )}
            </>
          )}
        </div>
      </div>
    </Dialog>
  );
}

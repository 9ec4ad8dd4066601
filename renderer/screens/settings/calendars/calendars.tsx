import { Download, FilePlus2, Pencil, RotateCcw, Trash2 } from 'lucide-react';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import type { CalendarEffect } from '../../../../shared/calendars/effects.ts';
import { withPacks } from '../../../../shared/calendars/effects.ts';
import { bundledPack, bundledPacks, packOfDays } from '../../../../shared/calendars/packs.ts';
import type { CalendarPack } from '../../../../shared/contract-dates/calendar.ts';
import { useToday } from '../../../app/clock.ts';
import { showError } from '../../../app/commit.ts';
import { useT } from '../../../app/i18n.ts';
import { call } from '../../../app/ipc.ts';
import { usePacks } from '../../../db/index.ts';
import { Button, Dialog, DialogFooter, IconButton, TextField, notify } from '../../../ui/index.ts';
import { showFile } from '../backup.ts';
import { SettingsGroup } from '../row.tsx';
import settings from '../settings.module.css';
import styles from './calendars.module.css';
import { EffectsList } from './effects-list.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { dropYear, effectsOf, missingYears } from './save.ts';
import { YearDialog } from './year-dialog.tsx';

interface YearEntry {
  readonly key: string;
  readonly country: string;
  readonly year: number;
  readonly pack?: CalendarPack;
  readonly isOwn: boolean;
  /** Contracts whose dates wait for it. */
  readonly waiting: number;
}

/** Years that are kept, bundled or waited for: by country, newest first. */
function yearsOf(own: readonly CalendarPack[], missing: ReadonlyMap<string, number>): readonly YearEntry[] {
  const entries = new Map<string, YearEntry>();
  const keyOf = (country: string, year: number): string => `${country} ${year}`;
  for (const pack of [...bundledPacks, ...own]) {
    const key = keyOf(pack.country, pack.year);
    entries.set(key, { key, country: pack.country, year: pack.year, pack, isOwn: own.includes(pack), waiting: 0 });
  }
  for (const [name, waiting] of missing) {
    const match = /^(.+) (\d{4})$/.exec(name);
    if (!match || entries.has(name)) continue;
    entries.set(name, { key: name, country: match[1] as string, year: Number(match[2]), isOwn: false, waiting });
  }
  return [...entries.values()].sort((a, b) =>
    a.country === b.country ? b.year - a.year : a.country < b.country ? -1 : 1,
  );
}

const FORM = 'new-calendar-year';

/** Asks whose year it is; the grid follows. */
function NewYear({
  onClose,
  onChosen,
}: {
  readonly onClose: () => void;
  readonly onChosen: (pack: CalendarPack) => void;
}) {
  const t = useT();
  const today = useToday();
  const [country, setCountry] = useState('RU');
  const [year, setYear] = useState(String(Number(today.slice(0, 4)) + 1));
  const number = Number(year);
  const isYear = /^\d{4}$/.test(year) && number >= 1900 && number <= 2200;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isYear && country.trim()) onChosen(packOfDays(country.trim(), number, {}, ''));
  };
  return (
    <Dialog
      title={t('deadlines.calendars.add')}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
      footer={
        <DialogFooter
          cancelLabel={t('common.cancel')}
          onCancel={onClose}
          label={t('common.next')}
          form={FORM}
          isDisabled={!isYear || !country.trim()}
        />
      }
    >
      <form id={FORM} className={styles.form} onSubmit={submit}>
        <TextField
          label={t('deadlines.calendars.country')}
          description={t('deadlines.calendars.countryHint')}
          value={country}
          onChange={setCountry}
          maxLength={40}
          autoFocus
        />
        <TextField
          label={t('deadlines.calendars.yearField')}
          value={year}
          onChange={setYear}
          inputMode="numeric"
          maxLength={4}
          error={isYear ? undefined : t('deadlines.calendars.yearWrong')}
        />
      </form>
    </Dialog>
  );
}

type Window = { readonly kind: 'import' | 'new' } | { readonly kind: 'year'; readonly pack: CalendarPack };

function YearRow({
  entry,
  onOpen,
  onDrop,
}: {
  readonly entry: YearEntry;
  readonly onOpen: () => void;
  readonly onDrop: () => void;
}) {
  const t = useT();
  const { country, year, pack, isOwn, waiting } = entry;
  const isBundled = bundledPack(country, year) !== undefined;
  const save = async (): Promise<void> => {
    const saved = await call('calendar:save', { country, year });
    if (!saved.ok) showError(saved.error);
    else if (saved.value) {
      const { path, token } = saved.value;
      notify({
        text: t('deadlines.calendars.exported', { path }),
        action: { label: t('common.showInFolder'), run: () => showFile(token) },
      });
    }
  };
  const name = t('deadlines.calendars.year', { country, year });
  return (
    <li className={styles.yearRow}>
      <span className={styles.yearName}>{name}</span>
      <span className={styles.yearText}>
        <span className={isOwn ? styles.own : pack ? undefined : styles.missing}>
          {t(
            pack ? (isOwn ? 'deadlines.calendars.own' : 'deadlines.calendars.bundled') : 'deadlines.calendars.missing',
          )}
        </span>
        {/* An act is quoted in the language in which it was made. */}
        <span
          className={styles.yearSource}
          title={pack?.source}
          lang={pack && !isOwn && country === 'RU' ? 'ru' : undefined}
        >
          {pack
            ? pack.source || t('deadlines.calendars.sourceEmpty')
            : t('deadlines.calendars.missingHint', { count: waiting })}
        </span>
      </span>
      <span className={styles.yearButtons}>
        <IconButton
          size="small"
          icon={<Pencil size={14} aria-hidden />}
          label={t('deadlines.calendars.editYear', { country, year })}
          onPress={onOpen}
        />
        {pack && (
          <IconButton
            size="small"
            icon={<Download size={14} aria-hidden />}
            label={t('deadlines.calendars.export')}
            onPress={() => void save()}
          />
        )}
        {isOwn && (
          <IconButton
            size="small"
            icon={isBundled ? <RotateCcw size={14} aria-hidden /> : <Trash2 size={14} aria-hidden />}
            label={t(isBundled ? 'deadlines.calendars.reset' : 'deadlines.calendars.remove')}
            onPress={onDrop}
          />
        )}
      </span>
    </li>
  );
}

/** Years of working days: bundled, corrected, waited for. */
export function CalendarsSettings() {
  const t = useT();
  const today = useToday();
  const packs = usePacks();
  const [missing, setMissing] = useState<ReadonlyMap<string, number>>(new Map());
  const [window_, setWindow] = useState<Window | null>(null);
  const [effects, setEffects] = useState<readonly CalendarEffect[]>([]);
  useEffect(() => {
    if (!packs) return undefined;
    let isCurrent = true;
    void missingYears(packs, today).then((found) => {
      if (isCurrent) setMissing(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [packs, today]);
  const years = useMemo(() => yearsOf(packs ?? [], missing), [packs, missing]);
  const close = (): void => setWindow(null);
  const drop = async ({ country, year }: YearEntry): Promise<void> => {
    const own = packs ?? [];
    const found = await effectsOf(own, withPacks(own, [], [{ country, year }]), today);
    const isBundled = bundledPack(country, year) !== undefined;
    const said = t(isBundled ? 'deadlines.calendars.resetDone' : 'deadlines.calendars.removed', { country, year });
    if ((await dropYear(country, year, said)).ok) setEffects(found);
  };
  return (
    <SettingsGroup title={t('deadlines.calendars.title')}>
      <p className={settings.hint}>{t('deadlines.calendars.hint')}</p>
      <ul className={styles.years}>
        {years.map((entry) => (
          <YearRow
            key={entry.key}
            entry={entry}
            onOpen={() =>
              setWindow({ kind: 'year', pack: entry.pack ?? packOfDays(entry.country, entry.year, {}, '') })
            }
            onDrop={() => void drop(entry)}
          />
        ))}
      </ul>
      <div className={settings.actions}>
        <Button icon={<FilePlus2 size={14} aria-hidden />} onPress={() => setWindow({ kind: 'import' })}>
          {t('deadlines.calendars.import')}
        </Button>
        <Button variant="quiet" onPress={() => setWindow({ kind: 'new' })}>
          {t('deadlines.calendars.add')}
        </Button>
      </div>
      {window_?.kind === 'import' && <ImportDialog packs={packs ?? []} country="RU" onClose={close} />}
      {window_?.kind === 'new' && (
        <NewYear
          onClose={close}
          onChosen={(pack) => {
            const known = years.find(({ country, year }) => country === pack.country && year === pack.year)?.pack;
            setWindow({ kind: 'year', pack: known ?? pack });
          }}
        />
      )}
      {window_?.kind === 'year' && (
        <YearDialog pack={window_.pack} packs={packs ?? []} onClose={close} onSaved={setEffects} />
      )}
      {effects.length > 0 && (
        <Dialog
          title={t('deadlines.calendars.effectsDone')}
          isOpen
          onClose={() => setEffects([])}
          closeLabel={t('common.close')}
        >
          <EffectsList effects={effects} />
        </Dialog>
      )}
    </SettingsGroup>
  );
}

import { CalendarDays, ChartNoAxesGantt, Minus, Plus, Table2 } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { DayNumber } from '../../../../shared/contract-dates/civil.ts';
import { useLanguage, useT } from '../../../app/i18n.ts';
import { IconButton, Select } from '../../../ui/index.ts';
import { PRESET_NAMES, presetOf, spanOf } from './camera.ts';
import type { TimelineController } from './controller.ts';
import { Legend } from './legend.tsx';
import styles from './toolbar.module.css';

const STEP = 1.5;
const icon = { size: 14, 'aria-hidden': true } as const;

/** A span of days in the largest unit of which there are two: for what no preset shows. */
function spanText(days: number, language: string): string {
  const units = [
    ['year', 365.25],
    ['month', 30.44],
    ['day', 1],
  ] as const;
  const [unit, length] = units.find(([, length]) => days >= 1.95 * length) ?? units[2];
  const options = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: unit === 'year' ? 1 : 0 } as const;
  return new Intl.NumberFormat(language, options).format(days / length);
}

/** Presets, zoom, today, and the same as a table. */
export function TimelineToolbar({
  controller,
  today,
  asTable,
  onTable,
  shortcuts = false,
  narrow = false,
}: {
  readonly controller: TimelineController;
  readonly today: DayNumber;
  readonly asTable: boolean;
  readonly onTable: (asTable: boolean) => void;
  /** The keys work on the whole screen and are shown. */
  readonly shortcuts?: boolean;
  /** Presets as one list instead of buttons: beside a heading. */
  readonly narrow?: boolean;
}) {
  const t = useT();
  const language = useLanguage();
  const preset = useSyncExternalStore(controller.subscribe, () => presetOf(controller.camera, controller.bounds));
  const days = useSyncExternalStore(controller.subscribe, () => spanOf(controller.camera, controller.bounds));
  const key = (shortcut: string): { readonly shortcut?: string } => (shortcuts ? { shortcut } : {});
  return (
    <div role="toolbar" aria-label={t('timeline.zoom')} className={styles.bar}>
      {narrow ? (
        <Select
          label={t('timeline.span')}
          hideLabel
          quiet
          options={PRESET_NAMES.map((id) => ({ id, label: t(`timeline.presets.${id}`) }))}
          value={preset}
          placeholder={spanText(days, language)}
          onChange={(name) => controller.preset(name, today)}
        />
      ) : (
        <div className={styles.presets}>
          {PRESET_NAMES.map((name) => (
            <button
              key={name}
              type="button"
              className={styles.preset}
              aria-pressed={name === preset}
              onClick={() => controller.preset(name, today)}
            >
              {t(`timeline.presets.${name}`)}
            </button>
          ))}
        </div>
      )}
      <IconButton
        size="small"
        icon={<Minus {...icon} />}
        label={t('timeline.zoomOut')}
        onPress={() => controller.step(1 / STEP)}
        {...key('Minus')}
      />
      <IconButton
        size="small"
        icon={<Plus {...icon} />}
        label={t('timeline.zoomIn')}
        onPress={() => controller.step(STEP)}
        {...key('Equal')}
      />
      <IconButton
        size="small"
        icon={<CalendarDays {...icon} />}
        label={t('timeline.toToday')}
        onPress={() => controller.today(today)}
        {...key('Home')}
      />
      <IconButton
        size="small"
        icon={asTable ? <ChartNoAxesGantt {...icon} /> : <Table2 {...icon} />}
        label={asTable ? t('timeline.asPicture') : t('timeline.asTable')}
        aria-pressed={asTable}
        onPress={() => onTable(!asTable)}
      />
      {!asTable && <Legend />}
    </div>
  );
}

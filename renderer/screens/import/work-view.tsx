/** Long work: what is done, how fast, how long still, and a way out. */
import { type TextKey, useT } from '../../app/i18n.ts';
import { Button, ProgressBar } from '../../ui/index.ts';
import { useNumber } from './format.ts';
import css from './import-screen.module.css';
import { cancelWork, type Progress } from './import-store.ts';
import { pace } from './pace.ts';

export function WorkView({
  progress,
  since,
  stage,
}: {
  readonly progress: Progress | null;
  readonly since: number;
  readonly stage: Progress['stage'];
}) {
  const t = useT();
  const number = useNumber();
  const now = progress?.stage ?? stage;
  const known = progress !== null && progress.total > 0 && progress.done > 0;
  const speed = progress && now === 'saving' ? pace(progress, (performance.now() - since) / 1000) : null;
  const note = speed
    ? [
        t('importing.rate', { rate: number(Math.round(speed.rate)) }),
        speed.left >= 90
          ? t('importing.leftMinutes', { minutes: number(Math.round(speed.left / 60)) })
          : t('importing.left', { seconds: number(Math.ceil(speed.left)) }),
      ].join(' · ')
    : '';
  return (
    <div className={css.work} role="status">
      <ProgressBar
        label={t(`importing.progress.${now}` as TextKey)}
        value={known ? progress.done : undefined}
        max={progress?.total || 1}
        note={note}
      />
      <div className={css.workFoot}>
        <span className={css.quiet}>{t('importing.cancelHint')}</span>
        <Button onPress={cancelWork}>{t('importing.cancel')}</Button>
      </div>
    </div>
  );
}

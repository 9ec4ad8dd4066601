/** Nothing is open yet: where to drop, what is understood, what went wrong with the last file. */
import { FileSpreadsheet, TriangleAlert, Undo2 } from 'lucide-react';
import { errorText, type TextKey, useT } from '../../app/i18n.ts';
import type { AppError } from '../../../shared/result.ts';
import { Button, Kbd } from '../../ui/index.ts';
import css from './import-screen.module.css';
import { chooseFile } from './import-store.ts';

/** What happened, what is safe, what to do. */
export function ErrorLine({ error }: { readonly error: AppError }) {
  return (
    <p className={css.error} role="alert">
      <TriangleAlert size={16} aria-hidden />
      <span>{errorText(error)}</span>
    </p>
  );
}

export function StartView({
  error,
  notice,
  isOver,
}: {
  readonly error: AppError | null;
  readonly notice: TextKey | '';
  readonly isOver: boolean;
}) {
  const t = useT();
  return (
    <div className={css.start}>
      <div className={css.drop} data-over={isOver || undefined}>
        <FileSpreadsheet size={32} strokeWidth={1.4} aria-hidden />
        <h2 className={css.dropTitle}>{isOver ? t('importing.dropNow') : t('importing.drop')}</h2>
        <p className={css.dropHint}>{t('importing.dropHint')}</p>
        <div className={css.dropActions}>
          <Button variant="primary" size="large" autoFocus onPress={() => void chooseFile()}>
            {t('importing.choose')}
          </Button>
          <span className={css.paste}>
            {t('importing.pasteHint')} <Kbd shortcut="$mod+KeyV" />
          </span>
        </div>
      </div>
      {error && <ErrorLine error={error} />}
      {notice && (
        <p className={css.notice} role="status">
          {t(notice)}
        </p>
      )}
      <ul className={css.assurances}>
        <li>
          <FileSpreadsheet size={16} aria-hidden />
          {t('importing.knows')}
        </li>
        <li>
          <Undo2 size={16} aria-hidden />
          {t('importing.undoable')}
        </li>
      </ul>
    </div>
  );
}

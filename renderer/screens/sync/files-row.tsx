import { Pause, Play } from 'lucide-react';
import type { FilesStatus, SyncStatus } from '../../../shared/sync/view.ts';
import { showError } from '../../app/commit.ts';
import { partWords, sizeWords } from '../../app/file-size.ts';
import { errorText, type Translate, useLanguage, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { useSync } from '../../app/sync.ts';
import { Button } from '../../ui/index.ts';
import { SettingsRow } from '../settings/row.tsx';
import styles from './sync.module.css';

/** What is under way and what waits, a line each. */
function linesOf(files: FilesStatus, t: Translate, language: string): string[] {
  const { sending, receiving, unsent, waiting, elsewhere, refused } = files;
  const moving = (
    [
      ['sending', sending],
      ['receiving', receiving],
    ] as const
  ).flatMap(([name, { files: count, done, bytes }]) =>
    count === 0
      ? []
      : [
          t(`sync.files.${name}`, {
            count,
            done: partWords(done, bytes, language),
            size: sizeWords(bytes, language),
          }),
        ],
  );
  const left = (
    [
      ['unsent', unsent, sending],
      ['waiting', waiting, receiving],
    ] as const
  ).flatMap(([name, all, under]) => {
    const count = all.files - under.files;
    return count <= 0 ? [] : [t(`sync.files.${name}`, { count, size: sizeWords(all.bytes - under.bytes, language) })];
  });
  return [
    ...moving,
    ...left,
    ...(elsewhere > 0 ? [t('sync.files.elsewhere', { count: elsewhere })] : []),
    ...(refused > 0 ? [t('sync.files.refused', { count: refused })] : []),
  ];
}

/** Contents of attachments on their way: how much is moved, why nothing moves, stop and go on. */
export function FilesRow({ status }: { readonly status: SyncStatus }) {
  const t = useT();
  const language = useLanguage();
  const { files } = status;
  if (!files) return null;
  const isMoving = files.sending.files + files.receiving.files > 0;
  const change = async (filesStopped: boolean): Promise<void> => {
    const done = await call('sync:options', { filesStopped });
    if (done.ok) useSync.setState({ status: done.value });
    else showError(done.error);
  };
  return (
    <SettingsRow label={t('sync.files.title')}>
      <ul className={styles.files} role="status">
        {linesOf(files, t, language).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {files.held !== null && <p className={styles.note}>{t(`sync.files.held.${files.held}`)}</p>}
      {files.error && <p className={styles.error}>{errorText(files.error)}</p>}
      {(isMoving || files.held === 'stopped') && (
        <div className={styles.actions}>
          <Button
            size="small"
            icon={isMoving ? <Pause size={14} aria-hidden /> : <Play size={14} aria-hidden />}
            onPress={() => void change(isMoving)}
          >
            {t(isMoving ? 'sync.files.stop' : 'sync.files.goOn')}
          </Button>
        </div>
      )}
    </SettingsRow>
  );
}

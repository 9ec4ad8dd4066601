import { CircleAlert, CircleCheck, CloudOff, GitMerge, Keyboard, LoaderCircle, Lock } from 'lucide-react';
import { Button } from 'react-aria-components';
import { errorText, useLanguage, useT } from '../../app/i18n.ts';
import { go } from '../../app/navigation.ts';
import { runAction } from '../../app/shortcuts.ts';
import { useSync } from '../../app/sync.ts';
import { useStatus } from '../../app/status.ts';
import { useFill } from '../../db/index.ts';
import { classNames } from '../../ui/index.ts';
import { useLineWords } from '../sync/use-state-words.ts';
import { useDifferences } from '../differences/use-differences.ts';
import styles from './shell.module.css';

function Saving() {
  const t = useT();
  const saving = useStatus((state) => state.saving > 0);
  const problem = useStatus((state) => state.problem);
  if (problem) {
    return (
      <span className={classNames(styles.statusItem, styles.statusRisk)}>
        <CircleAlert size={14} aria-hidden />
        {errorText(problem)}
      </span>
    );
  }
  return (
    <span className={styles.statusItem}>
      {saving ? <LoaderCircle size={14} aria-hidden /> : <CircleCheck size={14} aria-hidden />}
      {saving ? t('shell.saving') : t('shell.saved')}
      <SyncPart />
    </span>
  );
}

/** What sync adds to “saved”: what waits, what needs attention. Nothing without a server. */
function SyncPart() {
  const t = useT();
  const status = useSync((state) => state.status);
  const words = useLineWords(status);
  if (words === '') return null;
  const attention = status.state === 'problem' || status.state === 'revoked' || status.refused > 0;
  return (
    <>
      <span aria-hidden>·</span>
      <Button
        className={classNames(styles.statusButton, attention && styles.statusAttention)}
        aria-label={`${words}. ${t('sync.line.open')}`}
        onPress={() => go({ screen: 'settings', id: 'sync' })}
      >
        {words}
      </Button>
    </>
  );
}

/** Differences that wait for a person; nothing when there are none. */
function OpenDifferences() {
  const t = useT();
  const count = useDifferences().value?.items.filter((one) => one.open).length ?? 0;
  if (count === 0) return null;
  return (
    <Button className={styles.statusButton!} onPress={() => go({ screen: 'differences' })}>
      <GitMerge size={14} aria-hidden />
      {t('differences.waitingCount', { count })}
    </Button>
  );
}

/** The line below everything: whether what was typed is safe, whether there is a network, what is being loaded. */
export function StatusLine() {
  const t = useT();
  const language = useLanguage();
  const online = useStatus((state) => state.online);
  const fill = useFill();
  return (
    <footer className={styles.status}>
      <span role="status" className={styles.statusItem}>
        <Saving />
      </span>
      {!online && (
        <span className={styles.statusItem}>
          <CloudOff size={14} aria-hidden />
          {t('shell.offline')}
        </span>
      )}
      {fill.phase === 'filling' && (
        <span className={styles.statusItem}>{t('shell.filling', { rows: fill.rows.toLocaleString(language) })}</span>
      )}
      {fill.phase === 'failed' && fill.error && (
        <span className={classNames(styles.statusItem, styles.statusRisk)}>{errorText(fill.error)}</span>
      )}
      <OpenDifferences />
      <span className={styles.statusGap} />
      <Button className={styles.statusButton!} onPress={() => runAction('keys')}>
        <Keyboard size={14} aria-hidden />
        {t('shell.keys')}
      </Button>
      <Button className={styles.statusButton!} onPress={() => runAction('lock')}>
        <Lock size={14} aria-hidden />
        {t('shell.lock')}
      </Button>
    </footer>
  );
}

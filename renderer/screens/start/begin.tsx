import { FileSpreadsheet, Sparkles, SquarePen } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components';
import { showError } from '../../app/commit.ts';
import { useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { go } from '../../app/navigation.ts';
import { useSession } from '../../app/session.ts';
import { Segmented, Spinner } from '../../ui/index.ts';
import styles from './start.module.css';

function Choice({
  icon,
  title,
  hint,
  onPress,
  isDisabled,
  autoFocus,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly hint: string;
  readonly onPress: () => void;
  readonly isDisabled: boolean;
  readonly autoFocus?: boolean;
}) {
  return (
    <Button className={styles.choice!} onPress={onPress} isDisabled={isDisabled} autoFocus={autoFocus ?? false}>
      {icon}
      <span className={styles.choiceText}>
        <span className={styles.choiceTitle}>{title}</span>
        <span className={styles.choiceHint}>{hint}</span>
      </span>
    </Button>
  );
}

const enter = (): void => useSession.setState({ firstRun: false });

/** Three ways to begin: a file, sample data, or nothing. */
export function Begin() {
  const t = useT();
  const language = useSession((state) => state.settings.language);
  const [sample, setSample] = useState<'ru' | 'en'>(language);
  const [busy, setBusy] = useState(false);
  const addSample = async (): Promise<void> => {
    setBusy(true);
    const added = await call('sample:add', { language: sample });
    setBusy(false);
    if (added.ok) enter();
    else showError(added.error);
  };
  return (
    <div className={styles.block}>
      <div className={styles.choices}>
        <Choice
          icon={<FileSpreadsheet size={20} aria-hidden />}
          title={t('start.beginImport')}
          hint={t('start.beginImportHint')}
          onPress={() => {
            enter();
            go({ screen: 'import' });
          }}
          isDisabled={busy}
          autoFocus
        />
        <Choice
          icon={busy ? <Spinner label={t('start.addingSample')} /> : <Sparkles size={20} aria-hidden />}
          title={busy ? t('start.addingSample') : t('start.beginSample')}
          hint={t('start.beginSampleHint')}
          onPress={() => void addSample()}
          isDisabled={busy}
        />
        <Choice
          icon={<SquarePen size={20} aria-hidden />}
          title={t('start.beginEmpty')}
          hint={t('start.beginEmptyHint')}
          onPress={enter}
          isDisabled={busy}
        />
      </div>
      <div className={styles.row}>
        <span className={styles.quiet}>{t('start.sampleLanguage')}</span>
        <Segmented
          label={t('start.sampleLanguage')}
          hideLabel
          options={[
            { id: 'ru', label: t('start.russian') },
            { id: 'en', label: t('start.english') },
          ]}
          value={sample}
          onChange={setSample}
        />
      </div>
    </div>
  );
}

import { type FormEvent, useMemo, useState } from 'react';
import { useT } from '../../app/i18n.ts';
import { Button, TextField } from '../../ui/index.ts';
import { codeGroups } from './code-groups.ts';
import styles from './start.module.css';

/** Letters and digits of a code, as they are compared: case and look-alike dashes do not matter. */
const plain = (text: string): string => text.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Shows a new recovery code, offers to print it and asks for one of its groups. */
export function RecoveryCode({
  code,
  onDone,
  autoFocus = true,
}: {
  readonly code: string;
  readonly onDone: () => void;
  readonly autoFocus?: boolean;
}) {
  const t = useT();
  const groups = useMemo(() => codeGroups(code), [code]);
  const [asked] = useState(() => Math.floor(Math.random() * Math.max(1, groups.length)));
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (plain(typed) === plain(groups[asked] ?? '')) onDone();
    else setWrong(true);
  };
  return (
    <form className={styles.block} onSubmit={submit}>
      <p className={styles.lead}>{t('start.recoveryLead')}</p>
      <div className={styles.code} data-recovery-code={code}>
        {groups.map((group, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- equal groups differ only by their place
          <span key={index} className={styles.codeGroup}>
            <span className={styles.codeNumber}>{index + 1}</span>
            {group}
          </span>
        ))}
      </div>
      <div className={styles.noPrint}>
        <TextField
          label={t('start.confirmGroup', { number: asked + 1 })}
          value={typed}
          onChange={(value) => {
            setTyped(value);
            setWrong(false);
          }}
          error={wrong ? t('start.confirmWrong') : undefined}
          autoComplete="off"
          spellCheck="false"
          autoFocus={autoFocus}
        />
      </div>
      <div className={`${styles.actions} ${styles.noPrint}`}>
        <Button type="submit" variant="primary">
          {t('common.next')}
        </Button>
        <Button onPress={() => window.print()}>{t('start.print')}</Button>
        <Button variant="quiet" onPress={onDone}>
          {t('start.skipRecovery')}
        </Button>
      </div>
    </form>
  );
}

import { useT } from '../../app/i18n.ts';
import { classNames, TextField } from '../../ui/index.ts';
import { passphraseStrength } from './passphrase-strength.ts';
import styles from './start.module.css';

const LEVEL = { tooShort: 0, weak: 1, fair: 2, strong: 3 } as const;

export interface PassphraseDraft {
  readonly first: string;
  readonly second: string;
}
/** True when it is long enough and typed the same twice. */
export const isUsable = ({ first, second }: PassphraseDraft): boolean =>
  passphraseStrength(first) !== 'tooShort' && first === second;

/** A new passphrase, typed twice, with its strength in words. */
export function PassphraseFields({
  value,
  onChange,
  autoFocus,
}: {
  readonly value: PassphraseDraft;
  readonly onChange: (value: PassphraseDraft) => void;
  readonly autoFocus?: boolean;
}) {
  const t = useT();
  const strength = passphraseStrength(value.first);
  return (
    <div className={styles.block}>
      <TextField
        label={t('start.passphrase')}
        description={t('start.passphraseHint')}
        type="password"
        autoComplete="new-password"
        value={value.first}
        onChange={(first) => onChange({ ...value, first })}
        autoFocus={autoFocus ?? false}
      />
      {value.first && (
        <div className={styles.strength} aria-live="polite">
          <span className={styles.bars} aria-hidden>
            {[1, 2, 3].map((level) => (
              <span key={level} className={classNames(styles.bar, LEVEL[strength] >= level && styles.barOn)} />
            ))}
          </span>
          {t('start.strength', { word: t(`start.${strength}`) })}
        </div>
      )}
      <TextField
        label={t('start.passphraseAgain')}
        type="password"
        autoComplete="new-password"
        value={value.second}
        onChange={(second) => onChange({ ...value, second })}
        error={value.second && value.first !== value.second ? t('start.passphraseDiffers') : undefined}
      />
    </div>
  );
}

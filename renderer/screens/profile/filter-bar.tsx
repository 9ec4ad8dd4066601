import { useRef } from 'react';
import { useT } from '../../app/i18n.ts';
import { type Option, SearchField, Select } from '../../ui/index.ts';
import styles from './filter-bar.module.css';

export interface FilterChoice {
  readonly label: string;
  readonly options: readonly Option[];
  /** '' for all. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Text and choices that narrow a list. Arrow down goes to the list. */
export function FilterBar({
  text,
  onText,
  choices = [],
}: {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly choices?: readonly FilterChoice[];
}) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div
      className={styles.bar}
      role="search"
      aria-label={t('common.filter')}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' || event.target !== input.current) return;
        event.preventDefault();
        document.querySelector<HTMLElement>('main [data-list]')?.focus();
      }}
    >
      <SearchField
        className={styles.text ?? ''}
        label={t('common.filter')}
        placeholder={t('common.filter')}
        clearLabel={t('common.clear')}
        value={text}
        onChange={onText}
        inputRef={input}
      />
      {choices.map((choice) => (
        <Select
          key={choice.label}
          label={choice.label}
          hideLabel
          quiet
          className={styles.choice ?? ''}
          options={[{ id: '', label: choice.label }, ...choice.options]}
          value={choice.value}
          onChange={choice.onChange}
        />
      ))}
    </div>
  );
}

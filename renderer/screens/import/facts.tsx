/** What was understood of the file, as a sentence whose words can be changed. */
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { i18n, type TextKey, useT } from '../../app/i18n.ts';
import type { ImportReadingView } from '../../../shared/import/views.ts';
import { Button, Popover, RadioGroup } from '../../ui/index.ts';
import { EncodingChoice } from './encoding-choice.tsx';
import { encodingTitle } from './encoding-title.ts';
import { HeaderChoice } from './header-choice.tsx';
import css from './import-screen.module.css';
import { reread } from './import-store.ts';

/** A word of the sentence that opens its choice. */
function Fact({
  label,
  text,
  children,
}: {
  readonly label: string;
  readonly text: string;
  readonly children: (close: () => void) => ReactNode;
}) {
  return (
    <Popover
      label={label}
      trigger={
        <Button size="small" className={css.fact!} aria-label={`${label}: ${text}`}>
          <span className={css.factText}>{text}</span>
          <ChevronDown size={12} aria-hidden />
        </Button>
      }
    >
      {children}
    </Popover>
  );
}

export function Facts({ reading }: { readonly reading: ImportReadingView }) {
  const t = useT();
  const isText = reading.encoding !== '';
  const sheet = reading.sheets.find(({ name }) => name === reading.sheet);
  const preset = `importing.presets.${reading.preset}`;
  const delimiter = (value: string): string =>
    i18n.exists(`importing.delimiters.${value}`) ? t(`importing.delimiters.${value}` as TextKey) : value;
  const known = [';', ',', '\t', '|'];
  const delimiters =
    known.includes(reading.delimiter) || reading.delimiter === '' ? known : [reading.delimiter, ...known];
  return (
    <section className={css.facts} aria-label={t('importing.facts')}>
      <span>{reading.encodingSure ? t('importing.read') : t('importing.readUnsure')}</span>
      {isText && (
        <Fact label={t('importing.encoding')} text={encodingTitle(reading.encoding)}>
          {(close) => (
            <EncodingChoice
              reading={reading}
              onChoose={(encoding) => {
                close();
                void reread({ encoding });
              }}
            />
          )}
        </Fact>
      )}
      {isText && reading.delimiter !== '' && (
        <Fact label={t('importing.delimiter')} text={delimiter(reading.delimiter)}>
          {(close) => (
            <RadioGroup
              label={t('importing.delimiter')}
              options={delimiters.map((id) => ({ id, label: delimiter(id) }))}
              value={reading.delimiter}
              onChange={(value) => {
                close();
                void reread({ delimiter: value });
              }}
            />
          )}
        </Fact>
      )}
      {reading.sheets.length > 1 && (
        <Fact label={t('importing.sheet')} text={t('importing.sheetFact', { name: reading.sheet })}>
          {(close) => (
            <RadioGroup
              label={t('importing.sheet')}
              options={reading.sheets.map(({ name, rows, hidden }) => ({
                id: name,
                label: hidden ? t('importing.sheetHidden', { name }) : name,
                hint: t('importing.sheetRows', { count: rows }),
              }))}
              value={sheet?.name ?? null}
              onChange={(value) => {
                close();
                void reread({ sheet: value });
              }}
            />
          )}
        </Fact>
      )}
      {reading.kind !== 'vcard' && (
        <Fact
          label={t('importing.header')}
          text={
            reading.headerRow > 0 ? t('importing.headerFact', { row: reading.headerRow }) : t('importing.headerNone')
          }
        >
          {(close) => <HeaderChoice reading={reading} close={close} />}
        </Fact>
      )}
      {reading.merged.count > 0 && (
        <Fact
          label={t('importing.merged')}
          text={t(reading.merged.filled ? 'importing.mergedFilled' : 'importing.mergedLeft')}
        >
          {(close) => (
            <RadioGroup
              label={t('importing.merged')}
              options={(['left', 'filled'] as const).map((id) => ({
                id,
                label: t(`importing.mergedChoice.${id}`),
                hint: t(`importing.mergedHint.${id}`),
              }))}
              value={reading.merged.filled ? 'filled' : 'left'}
              onChange={(value) => {
                close();
                void reread({ fillDown: value === 'filled' });
              }}
            />
          )}
        </Fact>
      )}
      <span className={css.looksLike}>
        {i18n.exists(preset) && !reading.preset.startsWith('homemade')
          ? t('importing.looksLike', { preset: t(preset as TextKey) })
          : t('importing.looksHomemade')}
      </span>
    </section>
  );
}

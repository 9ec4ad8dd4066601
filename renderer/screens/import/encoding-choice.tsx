/** The same lines read in several encodings side by side: a person sees at once which one is right. */
import { useT } from '../../app/i18n.ts';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { ImportReadingView } from '../../../shared/import/views.ts';
import { encodingTitle } from './encoding-title.ts';
import css from './encoding-choice.module.css';

export function EncodingChoice({
  reading,
  onChoose,
}: {
  readonly reading: ImportReadingView;
  readonly onChoose: (encoding: string) => void;
}) {
  const t = useT();
  return (
    <div className={css.choice}>
      <p className={css.ask}>{t('importing.encodingAsk')}</p>
      <p className={css.hint}>{t('importing.encodingHint')}</p>
      <ListBox
        aria-label={t('importing.encodingAsk')}
        className={css.readings!}
        selectionMode="single"
        escapeKeyBehavior="none"
        selectedKeys={reading.encodingSure ? [reading.encoding] : []}
        disallowEmptySelection={reading.encodingSure}
        autoFocus
        onAction={(key) => onChoose(String(key))}
        items={reading.encodings.map(({ encoding, sample }) => ({ id: encoding, sample }))}
      >
        {({ id, sample }) => (
          <ListBoxItem id={id} textValue={encodingTitle(id)} className={css.reading!}>
            <span className={css.name}>{encodingTitle(id)}</span>
            <span className={css.sample}>{sample}</span>
          </ListBoxItem>
        )}
      </ListBox>
    </div>
  );
}

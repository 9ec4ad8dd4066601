import { useState } from 'react';
import type { ContractDocument } from '../../../../shared/model/records.ts';
import { useDates } from '../../../app/dates.ts';
import { useT } from '../../../app/i18n.ts';
import { Button, DateField, Popover, Select, TextField } from '../../../ui/index.ts';
import { Section } from '../../profile/parts.tsx';
import profile from '../../profile/profile.module.css';
import { addElement, editElement, inOrder, setElement } from './changes.ts';
import { moveEntries, moveKeys } from './order.ts';
import { Editable, LineMenu, type SectionProps } from './parts.tsx';
import styles from './sections.module.css';

const SET = 'documents';
const KINDS = ['contract', 'amendment', 'annex', 'notice', 'act', 'letter', 'other'] as const;

function DocumentLine({
  id,
  itemKey,
  document,
  items,
  readOnly,
}: Pick<SectionProps, 'id' | 'readOnly'> & {
  readonly itemKey: string;
  readonly document: ContractDocument;
  readonly items: readonly (readonly [string, ContractDocument])[];
}) {
  const t = useT();
  const dates = useDates();
  const { title, kind, number, date, place } = document;
  const set = (parts: { readonly [K in keyof ContractDocument]?: ContractDocument[K] | undefined }): void =>
    editElement(id, SET, itemKey, parts);
  return (
    <li className={profile.line} onKeyDown={readOnly ? undefined : moveKeys(id, SET, items, itemKey)}>
      <Select
        label={t('contractSections.documents.kind', { name: title })}
        hideLabel
        quiet
        isDisabled={readOnly}
        className={styles.kind!}
        options={KINDS.map((each) => ({ id: each, label: t(`contractSections.documents.kinds.${each}`) }))}
        value={kind}
        onChange={(next) => set({ kind: next })}
      />
      <div className={profile.lineMain}>
        <Editable
          readOnly={readOnly}
          label={t('contractSections.documents.name')}
          value={title}
          onCommit={(text) => {
            if (text) set({ title: text });
          }}
        />
        <span className={styles.facts}>
          <Editable
            readOnly={readOnly}
            label={t('contractSections.documents.number')}
            value={number ?? ''}
            display={number ? t('contracts.numberIs', { number }) : undefined}
            placeholder={t('contractSections.documents.numberHint')}
            onCommit={(text) => set({ number: text || undefined })}
          />
          <Editable
            readOnly={readOnly}
            label={t('contractSections.documents.place')}
            value={place ?? ''}
            placeholder={t('contractSections.documents.placeHint')}
            onCommit={(text) => set({ place: text || undefined })}
          />
        </span>
      </div>
      {readOnly ? (
        <span className={profile.lineEnd}>{dates.short(date)}</span>
      ) : (
        <Popover
          label={t('contractSections.documents.date')}
          trigger={
            <Button variant="quiet" size="small" className={profile.lineEnd!}>
              {date ? dates.short(date) : t('contractSections.documents.noDate')}
            </Button>
          }
        >
          <DateField
            label={t('contractSections.documents.date')}
            value={date}
            onChange={(next) => set({ date: next ?? undefined })}
            clearLabel={t('common.clearDate')}
            autoFocus
          />
        </Popover>
      )}
      {!readOnly && (
        <LineMenu
          name={title}
          entries={[
            ...moveEntries(t, id, SET, items, itemKey),
            {
              id: 'remove',
              label: t('common.remove'),
              isDanger: true,
              startsGroup: true,
              run: () =>
                void setElement(id, SET, itemKey, null, { toast: t('contractSections.removed', { name: title }) }),
            },
          ]}
        />
      )}
    </li>
  );
}

/** The papers of the contract: what, number, date, where each is kept. */
export function DocumentsSection({ id, data, readOnly }: SectionProps) {
  const t = useT();
  const [text, setText] = useState('');
  const items = inOrder(data.documents);
  const add = async (): Promise<void> => {
    const title = text.trim();
    if (!title) return;
    setText('');
    // A title that begins with the name of a kind is of that kind: «Акт приёмки» is an act.
    const kind = KINDS.find((each) =>
      title.toLocaleLowerCase().startsWith(t(`contractSections.documents.kinds.${each}`).toLocaleLowerCase()),
    );
    if ((await addElement(id, SET, data.documents, { title, kind: kind ?? 'other' })) === null) setText(text);
  };
  return (
    <Section title={t('contractSections.documents.title')} count={items.length}>
      {items.length === 0 && <p className={profile.empty}>{t('contractSections.documents.none')}</p>}
      <ul>
        {items.map(([key, document]) => (
          <DocumentLine key={key} id={id} itemKey={key} document={document} items={items} readOnly={readOnly} />
        ))}
      </ul>
      {!readOnly && (
        <form
          className={profile.addLine}
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <TextField
            label={t('contractSections.documents.add')}
            hideLabel
            placeholder={t('contractSections.documents.addHint')}
            value={text}
            onChange={setText}
          />
        </form>
      )}
    </Section>
  );
}

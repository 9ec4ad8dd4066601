import { Copy, Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { Email, Link, Phone } from '../../../shared/model/records.ts';
import { commit } from '../../app/commit.ts';
import { useT } from '../../app/i18n.ts';
import { Button, IconButton, InlineEdit, Menu, notify } from '../../ui/index.ts';
import { AddressFields, type AddressSet } from './address-fields.tsx';
import { emailsFrom, linkFrom, phonesFrom, replaceElement, type SetElement } from './contact-values.ts';
import { useLabel } from './labels.ts';
import { Field, Section } from './parts.tsx';
import styles from './profile.module.css';

type SetName = 'phones' | 'emails' | 'links';
interface Contacts {
  readonly phones?: Readonly<Record<string, Phone>>;
  readonly emails?: Readonly<Record<string, Email>>;
  readonly links?: Readonly<Record<string, Link>>;
  readonly addresses?: AddressSet;
}
interface Line {
  readonly set: SetName;
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly order: number;
}

/** Lines in the order they were entered. */
function linesOf(data: Contacts): readonly Line[] {
  const byOrder = (a: Line, b: Line): number => a.order - b.order || (a.value < b.value ? -1 : 1);
  const phones = Object.entries(data.phones ?? {}).map(
    ([key, phone]): Line => ({
      set: 'phones',
      key,
      label: phone.label,
      value: phone.extension ? `${phone.value}, #${phone.extension}` : phone.value,
      order: phone.order ?? 99,
    }),
  );
  const emails = Object.entries(data.emails ?? {}).map(
    ([key, email]): Line => ({ set: 'emails', key, label: email.label, value: email.value, order: email.order ?? 99 }),
  );
  const links = Object.entries(data.links ?? {}).map(
    ([key, link]): Line => ({ set: 'links', key, label: link.kind, value: link.value, order: 0 }),
  );
  return [...phones.sort(byOrder), ...emails.sort(byOrder), ...links.sort(byOrder)];
}

const INPUT_TYPES = { phones: 'tel', emails: 'email', links: 'url' } as const;

const elementsFrom = (set: SetName, text: string, label: string, order: number): readonly SetElement[] => {
  if (set === 'phones') return phonesFrom(text.replace(/, #(\d+)$/, ' доб. $1'), label, order);
  return set === 'emails' ? emailsFrom(text, label, order) : [linkFrom(text)];
};

/** How to reach them: phones, e-mails, pages, addresses; each edited where it stands. */
export function ContactsSection({
  type,
  id,
  data,
}: {
  readonly type: 'organisation' | 'person';
  readonly id: string;
  readonly data: Contacts;
}) {
  const t = useT();
  const label = useLabel();
  const [adding, setAdding] = useState<SetName | 'addresses' | null>(null);
  const lines = linesOf(data);
  const names: Readonly<Record<SetName, string>> = {
    phones: t('profile.phone'),
    emails: t('profile.email'),
    links: t('profile.link'),
  };
  const save = (line: Pick<Line, 'set' | 'label' | 'order'>, key: string | null, text: string): void => {
    const elements = text.trim() ? elementsFrom(line.set, text, line.label, line.order) : [];
    const changes = replaceElement(type, id, line.set, key, elements);
    if (changes.length > 0) void commit({ kind: 'edit', changes });
  };
  const remove = (line: Line): void => {
    void commit(
      { kind: 'edit', changes: [{ type, record: id, field: `${line.set}/${line.key}`, value: null }] },
      { toast: t('profile.removed', { value: line.value }) },
    );
  };
  const copy = (value: string): void => {
    void navigator.clipboard.writeText(value).then(() => notify({ text: t('common.copied'), stay: 2500 }));
  };
  return (
    <Section
      title={t('profile.contacts')}
      actions={
        <Menu
          label={t('common.add')}
          trigger={
            <Button variant="quiet" size="small" icon={<Plus size={14} aria-hidden />}>
              {t('common.add')}
            </Button>
          }
          entries={[
            { id: 'phones', label: t('profile.phone'), run: () => setAdding('phones') },
            { id: 'emails', label: t('profile.email'), run: () => setAdding('emails') },
            { id: 'links', label: t('profile.link'), run: () => setAdding('links') },
            { id: 'addresses', label: t('profile.address'), run: () => setAdding('addresses') },
          ]}
        />
      }
    >
      <div className={styles.fields}>
        {lines.map((line) => (
          <Field
            key={`${line.set}/${line.key}`}
            label={label(line.label)}
            end={
              <>
                <IconButton
                  icon={<Copy size={13} aria-hidden />}
                  label={t('profile.copyValue', { value: line.value })}
                  size="small"
                  onPress={() => copy(line.value)}
                />
                <IconButton
                  icon={<X size={13} aria-hidden />}
                  label={t('profile.removeValue', { value: line.value })}
                  size="small"
                  onPress={() => remove(line)}
                />
              </>
            }
          >
            <InlineEdit
              label={`${names[line.set]}, ${label(line.label)}`}
              type={INPUT_TYPES[line.set]}
              value={line.value}
              onCommit={(text) => save(line, line.key, text)}
            />
          </Field>
        ))}
        {adding && adding !== 'addresses' && (
          <Field label={names[adding]}>
            <InlineEdit
              label={names[adding]}
              type={INPUT_TYPES[adding]}
              value=""
              startEditing
              onCommit={(text) =>
                save({ set: adding, label: 'work', order: lines.filter((l) => l.set === adding).length }, null, text)
              }
              onEnd={() => setAdding(null)}
            />
          </Field>
        )}
        <AddressFields
          type={type}
          id={id}
          addresses={data.addresses ?? {}}
          adding={adding === 'addresses'}
          onAdded={() => setAdding(null)}
        />
      </div>
      {lines.length === 0 && !adding && Object.keys(data.addresses ?? {}).length === 0 && (
        <p className={styles.empty}>{t('profile.noContacts')}</p>
      )}
    </Section>
  );
}

import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Json } from '../../../shared/change/types.ts';
import type { Address } from '../../../shared/model/records.ts';
import { commit } from '../../app/commit.ts';
import { useT } from '../../app/i18n.ts';
import { Dialog, DialogFooter, IconButton, TextField } from '../../ui/index.ts';
import inline from '../../ui/inline-edit.module.css';
import { addressFrom, addressLine, replaceElement } from './contact-values.ts';
import { useLabel } from './labels.ts';
import { Field } from './parts.tsx';
import styles from './profile.module.css';

export type AddressSet = Readonly<Record<string, Address>>;
const PARTS = ['street', 'city', 'region', 'postcode', 'country'] as const;
const FORM = 'address-form';

function AddressDialog({
  address,
  onSave,
  onClose,
}: {
  readonly address: Address;
  readonly onSave: (address: Address) => void;
  readonly onClose: () => void;
}) {
  const t = useT();
  const [draft, setDraft] = useState<Readonly<Record<string, string>>>(() => ({
    street: address.street ?? (address.city ? '' : (address.formatted ?? '')),
    city: address.city ?? '',
    region: address.region ?? '',
    postcode: address.postcode ?? '',
    country: address.country ?? '',
  }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const parts = Object.fromEntries(
      PARTS.flatMap((part) => (draft[part]?.trim() ? [[part, draft[part].trim()]] : [])),
    );
    onSave({ label: address.label, ...(address.poBox ? { poBox: address.poBox } : {}), ...parts });
  };
  return (
    <Dialog
      title={t('profile.address')}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
      footer={<DialogFooter cancelLabel={t('common.cancel')} onCancel={onClose} label={t('common.save')} form={FORM} />}
    >
      <form id={FORM} className={styles.form} style={{ width: 'auto' }} onSubmit={submit}>
        {PARTS.map((part, index) => (
          <TextField
            key={part}
            label={t(`profile.addressParts.${part}`)}
            value={draft[part] ?? ''}
            onChange={(value) => setDraft({ ...draft, [part]: value })}
            autoFocus={index === 0}
          />
        ))}
      </form>
    </Dialog>
  );
}

/** Addresses as lines; each opens a small form with its parts. */
export function AddressFields({
  type,
  id,
  addresses,
  adding,
  onAdded,
}: {
  readonly type: 'organisation' | 'person';
  readonly id: string;
  readonly addresses: AddressSet;
  readonly adding: boolean;
  readonly onAdded: () => void;
}) {
  const t = useT();
  const label = useLabel();
  const [editing, setEditing] = useState<string | null>(null);
  const freeLabel =
    ['work', 'legal', 'actual', 'home', 'other'].find((each) => addresses[each] === undefined) ?? 'other';
  const shown: Address | undefined = adding ? { label: freeLabel } : editing === null ? undefined : addresses[editing];
  const close = (): void => {
    setEditing(null);
    onAdded();
  };
  return (
    <>
      {Object.entries(addresses).map(([key, address]) => (
        <Field
          key={key}
          label={label(address.label)}
          end={
            <IconButton
              icon={<X size={13} aria-hidden />}
              label={t('profile.removeValue', { value: addressLine(address) })}
              size="small"
              onPress={() =>
                void commit(
                  { kind: 'edit', changes: [{ type, record: id, field: `addresses/${key}`, value: null as Json }] },
                  { toast: t('profile.removed', { value: addressLine(address) }) },
                )
              }
            />
          }
        >
          <button
            type="button"
            className={inline.shown}
            aria-label={`${t('profile.address')}, ${label(address.label)}: ${addressLine(address)}`}
            onClick={() => setEditing(key)}
          >
            {addressLine(address)}
          </button>
        </Field>
      ))}
      {shown && (
        <AddressDialog
          address={shown}
          onClose={close}
          onSave={(address) => {
            const element = addressFrom(address);
            const hasParts = addressLine(address) !== '';
            const changes = replaceElement(type, id, 'addresses', editing, hasParts ? [element] : []);
            close();
            if (changes.length > 0) void commit({ kind: 'edit', changes });
          }}
        />
      )}
    </>
  );
}

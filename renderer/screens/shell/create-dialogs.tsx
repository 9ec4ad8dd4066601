import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { parseEmails } from '../../../shared/import/values/emails.ts';
import { parseFullName } from '../../../shared/import/values/names.ts';
import { parsePhones } from '../../../shared/import/values/phones.ts';
import { emailKey, phoneKey } from '../../../shared/import/element-keys.ts';
import type { DraftChange, Json } from '../../../shared/change/types.ts';
import { commit, createRecord, newId } from '../../app/commit.ts';
import { type Creatable, closeCreate, useCreate } from '../../app/create.ts';
import { useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { openContract, openOrganisation, openPerson, openRecord } from '../../app/navigation.ts';
import { useOrganisations } from '../../db/index.ts';
import { ComboBox, Dialog, DialogFooter, Select, TextField } from '../../ui/index.ts';
import { ORGANISATION_KINDS } from '../organisations/kinds.ts';
import styles from './shell.module.css';

const FORM = 'create-record';

/** Records that look like the one being typed. */
function useSimilar(type: 'organisation' | 'person', name: string, email = '', phone = ''): readonly string[] {
  const [similar, setSimilar] = useState<readonly string[]>([]);
  useEffect(() => {
    let outdated = false;
    if (name.trim().length < 2 && !email && !phone) {
      setSimilar([]);
      return undefined;
    }
    const timer = setTimeout(() => {
      void call('vault:duplicates', { type, name: name.trim(), email: email.trim(), phone: phone.trim() }).then(
        (found) => {
          if (!outdated) setSimilar(found.ok ? found.value.map(({ id }) => id) : []);
        },
      );
    }, 200);
    return () => {
      outdated = true;
      clearTimeout(timer);
    };
  }, [type, name, email, phone]);
  return similar;
}

function Similar({ type, ids }: { readonly type: string; readonly ids: readonly string[] }) {
  const t = useT();
  const [first] = ids;
  if (first === undefined) return null;
  return (
    <p className={styles.similar} role="status">
      {t('shell.similar', { count: ids.length })}{' '}
      <button
        type="button"
        className={styles.similarButton}
        onClick={() => {
          closeCreate();
          openRecord(type, first);
        }}
      >
        {t('shell.showSimilar')}
      </button>
    </p>
  );
}

function useOrganisationOptions() {
  const organisations = useOrganisations();
  return useMemo(() => (organisations ?? []).map((o) => ({ id: o.id, label: o.name, hint: o.city })), [organisations]);
}

function OrganisationForm({ onBusy }: { readonly onBusy: (busy: boolean) => void }) {
  const t = useT();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<(typeof ORGANISATION_KINDS)[number]>('client');
  const similar = useSimilar('organisation', name);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!name.trim()) return;
    onBusy(true);
    const id = await createRecord('organisation', { name: name.trim(), [`kinds/${kind}`]: true });
    onBusy(false);
    if (!id) return;
    closeCreate();
    openOrganisation(id);
  };
  return (
    <form id={FORM} className={styles.form} onSubmit={(event) => void submit(event)}>
      <TextField label={t('organisations.name')} value={name} onChange={setName} autoFocus isRequired />
      <Select
        label={t('organisations.kind')}
        options={ORGANISATION_KINDS.map((id) => ({ id, label: t(`organisations.kinds.${id}`) }))}
        value={kind}
        onChange={setKind}
      />
      <Similar type="organisation" ids={similar} />
    </form>
  );
}

function PersonForm({ onBusy }: { readonly onBusy: (busy: boolean) => void }) {
  const t = useT();
  const given = useCreate((state) => state.organisation);
  const options = useOrganisationOptions();
  const [name, setName] = useState('');
  const [organisation, setOrganisation] = useState<string | null>(given);
  const [newOrganisation, setNewOrganisation] = useState('');
  const [jobTitle, setJobTitle] = useState('');
  const [phone, setPhone] = useState('');
  const [email, setEmail] = useState('');
  const similar = useSimilar('person', name, email, phone);
  const choices = useMemo(
    () => (newOrganisation ? [{ id: '+', label: newOrganisation }, ...options] : options),
    [options, newOrganisation],
  );
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const parsed = parseFullName(name);
    if (!name.trim()) return;
    const fields: Record<string, Json> = { name: { ...parsed.name } };
    for (const [order, each] of parsePhones(phone).phones.entries()) {
      const value = {
        value: each.value,
        label: each.label ?? 'mobile',
        order,
        ...(each.e164 ? { e164: each.e164 } : {}),
        ...(each.extension ? { extension: each.extension } : {}),
      };
      fields[`phones/${phoneKey(value)}`] = value;
    }
    for (const [order, value] of parseEmails(email).emails.entries()) {
      const each = { value, label: 'work', order };
      fields[`emails/${emailKey(each)}`] = each;
    }
    const person = newId();
    const changes: DraftChange[] = [{ type: 'person', record: person, field: '$new', value: fields }];
    let employer = organisation;
    if (organisation === '+') {
      employer = newId();
      changes.push({ type: 'organisation', record: employer, field: '$new', value: { name: newOrganisation } });
    }
    if (employer || jobTitle.trim()) {
      changes.push({
        type: 'affiliation',
        record: newId(),
        field: '$new',
        value: {
          person,
          primary: true,
          ...(employer ? { organisation: employer } : {}),
          ...(jobTitle.trim() ? { jobTitle: jobTitle.trim() } : {}),
        },
      });
    }
    onBusy(true);
    const saved = await commit({ kind: 'edit', changes });
    onBusy(false);
    if (!saved.ok) return;
    closeCreate();
    openPerson(person);
  };
  return (
    <form id={FORM} className={styles.form} onSubmit={(event) => void submit(event)}>
      <TextField label={t('people.fullName')} value={name} onChange={setName} autoFocus isRequired />
      <div className={styles.formRow}>
        <ComboBox
          label={t('people.organisation')}
          options={choices}
          value={organisation}
          onChange={setOrganisation}
          onCreate={(text) => {
            setNewOrganisation(text);
            setOrganisation('+');
          }}
          createLabel={(text) => t('common.create', { text })}
          noMatch={t('common.noMatch')}
        />
        <TextField label={t('people.jobTitle')} value={jobTitle} onChange={setJobTitle} />
        <TextField label={t('people.phone')} type="tel" value={phone} onChange={setPhone} />
        <TextField label={t('people.email')} value={email} onChange={setEmail} />
      </div>
      <Similar type="person" ids={similar} />
    </form>
  );
}

function ContractForm({ onBusy }: { readonly onBusy: (busy: boolean) => void }) {
  const t = useT();
  const given = useCreate((state) => state.organisation);
  const options = useOrganisationOptions();
  const [title, setTitle] = useState('');
  const [number, setNumber] = useState('');
  const [organisation, setOrganisation] = useState<string | null>(given);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!title.trim() && !number.trim()) return;
    onBusy(true);
    const id = await createRecord('contract', {
      title: title.trim(),
      number: number.trim(),
      status: 'draft',
      ...(organisation ? { organisation } : {}),
    });
    onBusy(false);
    if (!id) return;
    closeCreate();
    openContract(id);
  };
  return (
    <form id={FORM} className={styles.form} onSubmit={(event) => void submit(event)}>
      <TextField label={t('contracts.name')} value={title} onChange={setTitle} autoFocus />
      <div className={styles.formRow}>
        <TextField label={t('contracts.number')} value={number} onChange={setNumber} />
        <ComboBox
          label={t('contracts.organisation')}
          options={options}
          value={organisation}
          onChange={setOrganisation}
          noMatch={t('common.noMatch')}
        />
      </div>
    </form>
  );
}

const TITLES = {
  organisation: 'shell.newOrganisation',
  person: 'shell.newPerson',
  contract: 'shell.newContract',
} as const satisfies Record<Creatable, string>;

/** The dialog for whatever is being created; closed when nothing is. */
export function CreateDialogs() {
  const t = useT();
  const kind = useCreate((state) => state.kind);
  const [busy, setBusy] = useState(false);
  if (!kind) return null;
  return (
    <Dialog
      title={t(TITLES[kind])}
      isOpen
      onClose={closeCreate}
      closeLabel={t('common.close')}
      footer={
        <DialogFooter
          cancelLabel={t('common.cancel')}
          onCancel={closeCreate}
          label={t('common.add')}
          form={FORM}
          isDisabled={busy}
        />
      }
    >
      {kind === 'organisation' && <OrganisationForm onBusy={setBusy} />}
      {kind === 'person' && <PersonForm onBusy={setBusy} />}
      {kind === 'contract' && <ContractForm onBusy={setBusy} />}
    </Dialog>
  );
}

import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ChannelInput } from '../../../shared/ipc/contract.ts';
import type { Attachment } from '../../../shared/model/attachments.ts';
import type { AttachmentState } from '../../../shared/sync/view.ts';
import { commit, showError, undoBatch } from '../../app/commit.ts';
import { translate, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { useSync } from '../../app/sync.ts';
import { Button, notify } from '../../ui/index.ts';
import { AttachmentRow } from './attachment-row.tsx';
import { Section } from './parts.tsx';
import styles from './profile.module.css';

const HERE: AttachmentState = { state: 'here' };

async function addFiles(type: ChannelInput<'attachments:add'>['type'], record: string): Promise<void> {
  const added = await call('attachments:add', { type, record });
  if (!added.ok) showError(added.error);
  else if (added.value) {
    const { batch, added: count } = added.value;
    notify({
      text: translate('attachments.added', { count }),
      action: { label: translate('common.undo'), run: () => void undoBatch(batch) },
    });
  }
}

/** Where the contents are, read anew whenever sync moves one; what was known stays until then. */
function useStates(hashes: readonly string[]): ReadonlyMap<string, AttachmentState> {
  const [states, setStates] = useState<ReadonlyMap<string, AttachmentState>>(new Map());
  // A new object with every word from main.
  const status = useSync((all) => all.status);
  const asked = hashes.join(' ');
  useEffect(() => {
    if (asked === '') return;
    let gone = false;
    const names = asked.split(' ');
    void call('attachments:states', { hashes: names }).then((read) => {
      if (!gone && read.ok) setStates(new Map(names.map((hash, i) => [hash, read.value[i] ?? HERE])));
    });
    return () => {
      gone = true;
    };
  }, [asked, status]);
  return states;
}

/** Files of a record: kept in the vault, opened, saved elsewhere, taken away. */
export function AttachmentsSection({
  type,
  id,
  attachments,
}: {
  readonly type: 'organisation' | 'meeting' | 'contract';
  readonly id: string;
  readonly attachments: Readonly<Record<string, Attachment>> | undefined;
}) {
  const t = useT();
  const files = Object.entries(attachments ?? {}).sort(([a, x], [b, y]) => x.order - y.order || (a < b ? -1 : 1));
  const states = useStates(files.map(([, { hash }]) => hash));
  const remove = (key: string, name: string): void => {
    void commit(
      { kind: 'edit', changes: [{ type, record: id, field: `attachments/${key}`, value: null }] },
      { toast: t('attachments.removed', { name }) },
    );
  };
  return (
    <Section
      title={t('attachments.title')}
      count={files.length || undefined}
      actions={
        <Button
          variant="quiet"
          size="small"
          icon={<Plus size={14} aria-hidden />}
          onPress={() => void addFiles(type, id)}
        >
          {t('attachments.add')}
        </Button>
      }
    >
      {files.length === 0 && <p className={styles.empty}>{t('attachments.none')}</p>}
      {files.map(([key, file]) => (
        <AttachmentRow
          key={key}
          file={file}
          state={states.get(file.hash) ?? HERE}
          onRemove={() => remove(key, file.name)}
        />
      ))}
    </Section>
  );
}

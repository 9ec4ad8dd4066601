import { Download, Paperclip, Plus, X } from 'lucide-react';
import type { Attachment } from '../../../shared/model/attachments.ts';
import type { ChannelInput } from '../../../shared/ipc/contract.ts';
import { commit, showError, undoBatch } from '../../app/commit.ts';
import { translate, useLanguage, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { useLoaded } from '../../db/index.ts';
import { Button, IconButton, notify } from '../../ui/index.ts';
import { RecordLink, Section } from './parts.tsx';
import styles from './profile.module.css';

const KILO = 1000;
/** «340 кБ», “2.1 MB”. */
function sizeWords(bytes: number, language: string): string {
  const mega = bytes >= KILO * KILO;
  const value = mega ? bytes / KILO / KILO : Math.max(1, bytes / KILO);
  return value.toLocaleString(language, {
    style: 'unit',
    unit: mega ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: mega ? 1 : 0,
  });
}

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

async function openFile({ hash, name }: Attachment): Promise<void> {
  const opened = await call('attachments:open', { hash, name });
  if (!opened.ok) showError(opened.error);
}

async function saveFile({ hash, name }: Attachment): Promise<void> {
  const saved = await call('attachments:save', { hash, name });
  if (!saved.ok) showError(saved.error);
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
  const language = useLanguage();
  const files = Object.entries(attachments ?? {}).sort(([a, x], [b, y]) => x.order - y.order || (a < b ? -1 : 1));
  const hashes = files.map(([, { hash }]) => hash);
  const { value: here } = useLoaded(
    async () => (hashes.length > 0 ? call('attachments:here', { hashes }) : { ok: true as const, value: [] }),
    (records) => records.includes(id),
    [id, ...hashes],
  );
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
      {files.map(([key, file]) => {
        const elsewhere = here !== undefined && !here.includes(file.hash);
        return (
          <div key={key} className={styles.line}>
            <Paperclip size={14} aria-hidden />
            <div className={styles.lineMain}>
              <RecordLink onOpen={() => void openFile(file)}>{file.name}</RecordLink>
            </div>
            <span className={styles.lineEnd}>
              {elsewhere ? t('attachments.elsewhere') : sizeWords(file.bytes, language)}
            </span>
            <IconButton
              icon={<Download size={14} aria-hidden />}
              label={t('attachments.save', { name: file.name })}
              onPress={() => void saveFile(file)}
              isDisabled={elsewhere}
            />
            <IconButton
              icon={<X size={14} aria-hidden />}
              label={t('attachments.remove', { name: file.name })}
              onPress={() => remove(key, file.name)}
            />
          </div>
        );
      })}
    </Section>
  );
}

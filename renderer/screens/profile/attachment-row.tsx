import { Download, Paperclip, RotateCw, X } from 'lucide-react';
import type { Attachment } from '../../../shared/model/attachments.ts';
import type { AttachmentState } from '../../../shared/sync/view.ts';
import { showError } from '../../app/commit.ts';
import { partWords, sizeWords } from '../../app/file-size.ts';
import { errorText, type Translate, useLanguage, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { Button, IconButton } from '../../ui/index.ts';
import { RecordLink } from './parts.tsx';
import styles from './profile.module.css';

async function openFile({ hash, name }: Attachment): Promise<void> {
  const opened = await call('attachments:open', { hash, name });
  if (!opened.ok) showError(opened.error);
}

async function saveFile({ hash, name }: Attachment): Promise<void> {
  const saved = await call('attachments:save', { hash, name });
  if (!saved.ok) showError(saved.error);
}

async function fetchFile({ hash }: Attachment): Promise<void> {
  const fetched = await call('attachments:fetch', { hash });
  // One that a person stopped needs no words: they have just done it.
  if (!fetched.ok && fetched.error.code !== 'attachment.stopped') showError(fetched.error);
}

/** Where the content is, beside the name. */
function whereWords(state: AttachmentState, bytes: number, t: Translate, language: string): string {
  const size = sizeWords(bytes, language);
  switch (state.state) {
    case 'here':
    case 'problem':
      return size;
    case 'sending':
    case 'loading':
      return t(`attachments.${state.state}`, {
        done: partWords(state.done, state.bytes, language),
        size: sizeWords(state.bytes, language),
      });
    default:
      return `${t(`attachments.${state.state}`)} · ${size}`;
  }
}

/** One file of a record: opened, saved elsewhere, fetched when it is not here yet, taken away. */
export function AttachmentRow({
  file,
  state,
  onRemove,
}: {
  readonly file: Attachment;
  readonly state: AttachmentState;
  readonly onRemove: () => void;
}) {
  const t = useT();
  const language = useLanguage();
  const { name } = file;
  const retry =
    state.state === 'problem' ? t('attachments.retry') : state.state === 'waiting' ? t('attachments.fetch') : '';
  return (
    <div className={styles.line} data-attachment={state.state}>
      <Paperclip size={14} aria-hidden />
      <div className={styles.lineMain}>
        <RecordLink onOpen={() => void openFile(file)}>{name}</RecordLink>
        {state.state === 'problem' && <span className={styles.lineSub}>{errorText(state.error)}</span>}
      </div>
      <span className={styles.lineEnd} role="status">
        {whereWords(state, file.bytes, t, language)}
      </span>
      {retry !== '' && (
        <Button
          size="small"
          variant="quiet"
          icon={<RotateCw size={14} aria-hidden />}
          aria-label={`${retry}: ${name}`}
          onPress={() => void fetchFile(file)}
        >
          {retry}
        </Button>
      )}
      <IconButton
        icon={<Download size={14} aria-hidden />}
        label={t('attachments.save', { name })}
        onPress={() => void saveFile(file)}
        isDisabled={state.state === 'elsewhere'}
      />
      <IconButton icon={<X size={14} aria-hidden />} label={t('attachments.remove', { name })} onPress={onRemove} />
    </div>
  );
}

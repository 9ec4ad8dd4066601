import { CloudDownload, Download, Paperclip, RotateCw, X } from 'lucide-react';
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

/** Where the content is, below the name; '' when it is here and there is nothing to say. */
function whereWords(state: AttachmentState, t: Translate, language: string): string {
  switch (state.state) {
    case 'here':
      return '';
    case 'problem':
      return errorText(state.error);
    case 'sending':
    case 'loading':
      return t(`attachments.${state.state}`, {
        done: partWords(state.done, state.bytes, language),
        size: sizeWords(state.bytes, language),
      });
    default:
      return t(`attachments.${state.state}`);
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
  const isProblem = state.state === 'problem';
  const ask = isProblem ? t('attachments.retry') : state.state === 'waiting' ? t('attachments.fetch') : '';
  return (
    <div className={styles.line} data-attachment={state.state}>
      <Paperclip size={14} aria-hidden />
      <div className={styles.lineMain}>
        <RecordLink onOpen={() => void openFile(file)}>{name}</RecordLink>
        <span className={styles.lineSub} role="status">
          {whereWords(state, t, language)}
        </span>
      </div>
      <span className={styles.lineEnd}>{sizeWords(file.bytes, language)}</span>
      {ask !== '' && (
        <Button
          size="small"
          variant="quiet"
          icon={isProblem ? <RotateCw size={14} aria-hidden /> : <CloudDownload size={14} aria-hidden />}
          aria-label={`${ask}: ${name}`}
          onPress={() => void fetchFile(file)}
        >
          {ask}
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

import { type FormEvent, useState } from 'react';
import type { HandOverPreview } from '../../../shared/sync/hand-over.ts';
import { showError } from '../../app/commit.ts';
import { sizeWords } from '../../app/file-size.ts';
import { errorText, translate, useLanguage, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { go } from '../../app/navigation.ts';
import { Button, Dialog, DialogFooter, TextField, notify } from '../../ui/index.ts';
import styles from './sync.module.css';
import { useNear } from './use-state-words.ts';

const FORM = 'hand-over-open';

/** Takes back everything that a file brought. */
async function takeBack(batches: readonly string[]): Promise<void> {
  const undone = await call('hand-over:undo', { batches: [...batches] });
  if (!undone.ok) {
    showError(undone.error);
    return;
  }
  const left = undone.value.kept.length + undone.value.errored.length;
  notify({ text: left === 0 ? translate('common.undone') : translate('common.undonePartly', { count: left }) });
}

const bringsAnything = ({ fresh, files }: HandOverPreview): boolean => fresh + files > 0;

/** What a file would bring, before anything is taken in. */
function Preview({ preview }: { readonly preview: HandOverPreview }) {
  const t = useT();
  const language = useLanguage();
  const { exact } = useNear();
  const count = (n: number): string => n.toLocaleString(language);
  const created = Object.values(preview.newRecords).reduce((sum, n) => sum + n, 0);
  const facts = [
    t('sync.handOver.fresh', { fresh: count(preview.fresh), changes: count(preview.changes) }),
    ...(created > 0 ? [t('sync.handOver.newRecords', { count: count(created) })] : []),
    ...(preview.changedRecords > 0
      ? [t('sync.handOver.changedRecords', { count: count(preview.changedRecords) })]
      : []),
    ...(preview.conflicts > 0 ? [t('sync.handOver.conflicts', { count: count(preview.conflicts) })] : []),
    ...(preview.files > 0
      ? [t('sync.handOver.files', { count: preview.files, size: sizeWords(preview.fileBytes, language) })]
      : []),
    ...(preview.bad > 0 ? [t('sync.handOver.bad', { count: count(preview.bad) })] : []),
    ...(preview.authors.length > 0
      ? [
          t('sync.handOver.authors', {
            names: preview.authors.map((name) => (name === 'me' ? preview.by : name)).join(', '),
          }),
        ]
      : []),
  ];
  return (
    <>
      <p className={styles.note}>
        {t('sync.handOver.from', {
          name: preview.by === 'me' ? t('differences.someone') : preview.by,
          when: exact(preview.madeAt),
        })}
      </p>
      <h3 className={styles.sub}>{t('sync.handOver.brings')}</h3>
      {!bringsAnything(preview) ? (
        <p>{t('sync.handOver.nothingNew')}</p>
      ) : (
        <>
          <ul className={styles.facts}>
            {facts.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
          <p className={styles.quiet}>{t('sync.handOver.undoable')}</p>
        </>
      )}
    </>
  );
}

/** Chooses a file, opens it with its passphrase, shows what it would bring, takes it in. */
export function HandOverOpen({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const [file, setFile] = useState<{ readonly file: string; readonly name: string } | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [preview, setPreview] = useState<HandOverPreview | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const choose = async (): Promise<void> => {
    const chosen = await call('hand-over:choose', undefined);
    if (!chosen.ok) showError(chosen.error);
    else if (chosen.value) setFile(chosen.value);
  };
  const look = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!file || busy) return;
    setBusy(true);
    setError('');
    const opened = await call('hand-over:open', { file: file.file, passphrase });
    setBusy(false);
    if (opened.ok) setPreview(opened.value);
    else setError(errorText(opened.error));
  };
  const take = async (): Promise<void> => {
    if (!preview || busy) return;
    setBusy(true);
    const taken = await call('hand-over:take', { ticket: preview.ticket });
    setBusy(false);
    if (!taken.ok) {
      showError(taken.error);
      return;
    }
    const { applied, batches, files, filesLeftOut } = taken.value;
    notify({
      text: [
        t('sync.handOver.taken', { applied }),
        ...(files > 0 ? [t('sync.handOver.filesTaken', { count: files })] : []),
        ...(filesLeftOut > 0 ? [t('sync.handOver.filesLeftOut', { count: filesLeftOut })] : []),
      ].join(' '),
      stay: 20_000,
      ...(batches.length > 0 ? { action: { label: t('common.undo'), run: () => void takeBack(batches) } } : {}),
      ...(preview.conflicts > 0
        ? { actions: [{ label: t('differences.title'), run: () => go({ screen: 'differences' }) }] }
        : {}),
    });
    onClose();
  };
  return (
    <Dialog
      title={t('sync.handOver.openTitle')}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
      footer={
        preview ? (
          <DialogFooter
            key="take"
            cancelLabel={t('common.cancel')}
            onCancel={onClose}
            label={t('sync.handOver.take')}
            onPress={() => void take()}
            isPending={busy}
            isDisabled={!bringsAnything(preview)}
            // The field that had the focus is gone.
            autoFocus
          />
        ) : (
          <DialogFooter
            key="look"
            cancelLabel={t('common.cancel')}
            onCancel={onClose}
            label={t('sync.handOver.look')}
            form={FORM}
            isPending={busy}
            isDisabled={!file || passphrase === ''}
          />
        )
      }
    >
      {preview ? (
        <Preview preview={preview} />
      ) : (
        <form id={FORM} className={styles.form} onSubmit={(event) => void look(event)}>
          <div className={styles.line}>
            <Button onPress={() => void choose()}>{t('common.chooseFile')}</Button>
            {file && <span>{t('sync.handOver.file', { name: file.name })}</span>}
          </div>
          <TextField
            label={t('start.passphrase')}
            type="password"
            autoComplete="off"
            value={passphrase}
            onChange={setPassphrase}
            error={error || undefined}
          />
        </form>
      )}
    </Dialog>
  );
}

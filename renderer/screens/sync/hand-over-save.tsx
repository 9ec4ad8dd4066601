import { type FormEvent, useMemo, useState } from 'react';
import { type HandOverScope, type HandOverSize, MAX_HAND_OVER_FILES } from '../../../shared/sync/hand-over.ts';
import { addDays } from '../../../shared/dates/plain-date.ts';
import { useToday } from '../../app/clock.ts';
import { showError } from '../../app/commit.ts';
import { sizeWords } from '../../app/file-size.ts';
import { useLanguage, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { useLoaded, useOrganisations } from '../../db/index.ts';
import { Button, Checkbox, ComboBox, DateField, Dialog, DialogFooter, Segmented, notify } from '../../ui/index.ts';
import { isUsable, PassphraseFields } from '../start/passphrase-fields.tsx';
import styles from './sync.module.css';

const FORM = 'hand-over-save';
/** How far back “since a day” begins, in days. */
const RECENT = 14;
const NOTHING: HandOverSize = { changes: 0, records: 0, files: 0, fileBytes: 0, filesElsewhere: 0 };

/** Whether the contents of attachments go along, how much that is, and what of them cannot. */
function Files({
  size,
  value,
  onChange,
}: {
  readonly size: HandOverSize;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}) {
  const t = useT();
  const language = useLanguage();
  const { files, fileBytes, filesElsewhere } = size;
  const tooMuch = fileBytes > MAX_HAND_OVER_FILES;
  if (files + filesElsewhere === 0) return null;
  return (
    <div>
      {files > 0 && (
        <Checkbox
          label={t('sync.handOver.withFiles', { count: files, size: sizeWords(fileBytes, language) })}
          isSelected={value && !tooMuch}
          isDisabled={tooMuch}
          onChange={onChange}
        />
      )}
      {tooMuch && (
        <p className={styles.quiet}>
          {t('sync.handOver.filesTooMuch', { limit: sizeWords(MAX_HAND_OVER_FILES, language) })}
        </p>
      )}
      {filesElsewhere > 0 && (
        <p className={styles.quiet}>{t('sync.handOver.filesElsewhere', { count: filesElsewhere })}</p>
      )}
    </div>
  );
}

/** Chooses what goes in, how much that is, and the passphrase; then where the file is saved. */
export function HandOverSave({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const language = useLanguage();
  const today = useToday();
  const [kind, setKind] = useState<HandOverScope['kind']>('all');
  const [day, setDay] = useState(() => addDays(today, -RECENT));
  const [ids, setIds] = useState<readonly string[]>([]);
  const [passphrase, setPassphrase] = useState({ first: '', second: '' });
  const [withFiles, setWithFiles] = useState(true);
  const [busy, setBusy] = useState(false);
  const organisations = useOrganisations();
  const options = useMemo(
    () => (organisations ?? []).map((each) => ({ id: each.id, label: each.name, hint: each.city })),
    [organisations],
  );
  const scope: HandOverScope | null =
    kind === 'all' ? { kind } : kind === 'since' ? { kind, day } : ids.length > 0 ? { kind, ids: [...ids] } : null;
  const { value: size } = useLoaded(
    async () =>
      scope
        ? call('hand-over:size', scope.kind === 'organisations' ? { ...scope, ids: [...scope.ids] } : scope)
        : { ok: true as const, value: NOTHING },
    () => false,
    [kind, day, ids],
  );
  const nameOf = (id: string): string => options.find((option) => option.id === id)?.label ?? '';
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!scope || !isUsable(passphrase) || busy) return;
    setBusy(true);
    const saved = await call('hand-over:save', {
      scope: scope.kind === 'organisations' ? { ...scope, ids: [...scope.ids] } : scope,
      passphrase: passphrase.first,
      files: withFiles && size !== undefined && size.files > 0 && size.fileBytes <= MAX_HAND_OVER_FILES,
    });
    setBusy(false);
    if (!saved.ok) {
      showError(saved.error);
      return;
    }
    const { value } = saved;
    if (!value) return;
    notify({
      text: t('sync.handOver.saved'),
      action: { label: t('common.showInFolder'), run: () => void call('file:show', { token: value.token }) },
    });
    onClose();
  };
  const empty = size !== undefined && size.changes === 0;
  return (
    <Dialog
      title={t('sync.handOver.saveTitle')}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
      size="wide"
      footer={
        <DialogFooter
          cancelLabel={t('common.cancel')}
          onCancel={onClose}
          label={t('sync.handOver.save')}
          form={FORM}
          isDisabled={!scope || empty || !isUsable(passphrase) || busy}
        />
      }
    >
      <form id={FORM} className={styles.form} onSubmit={(event) => void save(event)}>
        <Segmented
          label={t('sync.handOver.scope')}
          options={(['all', 'since', 'organisations'] as const).map((id) => ({ id, label: t(`sync.handOver.${id}`) }))}
          value={kind}
          onChange={setKind}
        />
        {kind === 'since' && (
          <DateField
            label={t('sync.handOver.day')}
            value={day}
            onChange={(value) => setDay(value ?? addDays(today, -RECENT))}
            clearLabel={t('common.clearDate')}
          />
        )}
        {kind === 'organisations' && (
          <>
            <ComboBox
              label={t('sync.handOver.choose')}
              options={options.filter((option) => !ids.includes(option.id))}
              value={null}
              onChange={(id) => {
                if (id) setIds([...ids, id]);
              }}
              clearOnSelect
              noMatch={t('common.noMatch')}
            />
            <ul className={styles.chosen}>
              {ids.map((id) => (
                <li key={id}>
                  <Button
                    size="small"
                    onPress={() => setIds(ids.filter((other) => other !== id))}
                    aria-label={t('profile.removeValue', { value: nameOf(id) })}
                  >
                    {nameOf(id)}
                    {' ×'}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
        <p className={styles.note} role="status">
          {scope && size
            ? empty
              ? t('sync.handOver.nothing')
              : `${t('sync.handOver.size', {
                  records: size.records.toLocaleString(language),
                  changes: size.changes.toLocaleString(language),
                })} ${t('sync.handOver.whole')}`
            : ''}
        </p>
        {scope && size && !empty && <Files size={size} value={withFiles} onChange={setWithFiles} />}
        <PassphraseFields value={passphrase} onChange={setPassphrase} />
        <p className={styles.quiet}>{t('sync.handOver.passphraseHint')}</p>
      </form>
    </Dialog>
  );
}

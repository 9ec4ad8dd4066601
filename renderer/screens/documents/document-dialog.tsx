import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import type { Language } from '../../../shared/i18n/catalogue.ts';
import type { SavedFile } from '../../../shared/ipc/contract.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import { showError } from '../../app/commit.ts';
import { errorText, translate, type TextKey, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { Dialog, DialogFooter, Segmented, Spinner, notify } from '../../ui/index.ts';
import styles from './document-dialog.module.css';

export interface DocumentDialogProps {
  readonly title: string;
  /** Null while the document is being prepared. */
  readonly preview: {
    readonly url: string;
    readonly fileName: string;
    readonly missingGlyphs: readonly string[];
    readonly missingPlaces: readonly string[];
  } | null;
  readonly error: AppError | null;
  /** Said before the error. */
  readonly failedText: string;
  /** Chooses a place and writes; null when the person chose none. */
  readonly save: () => Promise<Result<SavedFile | null>>;
  readonly onClose: () => void;
  /** What can be chosen, and what the last look says. */
  readonly children: ReactNode;
}

/** The last look before a document leaves: choices on the left, the paper on the right, one key to save. */
export function DocumentDialog({ title, preview, error, failedText, save, onClose, children }: DocumentDialogProps) {
  const t = useT();
  const [saving, setSaving] = useState(false);
  // Ctrl+P, Enter is all it takes: the button is ready as soon as the document is.
  const saveFrame = useFocusedButton(preview !== null);
  const onSave = async (): Promise<void> => {
    setSaving(true);
    const result = await save();
    setSaving(false);
    if (tellSaved(result, 'summary.ui.saved')) onClose();
  };
  return (
    <Dialog
      isOpen
      size="full"
      title={title}
      closeLabel={t('summary.ui.cancel')}
      onClose={onClose}
      footer={
        <DialogFooter
          cancelLabel={t('summary.ui.cancel')}
          onCancel={onClose}
          label={t(saving ? 'summary.ui.saving' : 'summary.ui.save')}
          onPress={() => void onSave()}
          isDisabled={!preview || saving}
          mainFrame={saveFrame}
        >
          {preview?.fileName}
        </DialogFooter>
      }
    >
      <div className={styles.columns}>
        <div className={styles.choices}>
          {children}
          {preview && <MissingGlyphs glyphs={preview.missingGlyphs} places={preview.missingPlaces} />}
        </div>
        <div className={styles.sheet}>
          {error ? (
            <p className={styles.failed}>
              {failedText} {errorText(error)}
            </p>
          ) : preview ? (
            <iframe sandbox="" title={t('summary.ui.preview')} src={preview.url} className={styles.frame} />
          ) : (
            <Spinner label={t('summary.ui.preparing')} />
          )}
        </div>
      </div>
    </Dialog>
  );
}

/** For a span around a button: the button has the focus once it is ready. */
export function useFocusedButton(isReady: boolean): RefObject<HTMLSpanElement | null> {
  const frame = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (isReady) frame.current?.querySelector('button')?.focus();
  }, [isReady]);
  return frame;
}

/** The language of a document, which need not be the screen's. */
export function LanguageChoice({
  value,
  onChange,
}: {
  readonly value: Language;
  readonly onChange: (language: Language) => void;
}) {
  const t = useT();
  return (
    <Segmented
      label={t('summary.ui.language')}
      value={value}
      options={[
        { id: 'ru', label: t('summary.ui.russian') },
        { id: 'en', label: t('summary.ui.english') },
      ]}
      onChange={onChange}
    />
  );
}

/** Asks for a preview whenever the request changes; answers that come too late are passed over. */
export function usePreview<T>(ask: () => Promise<Result<T>>): {
  readonly preview: T | null;
  readonly error: AppError | null;
} {
  const [state, setState] = useState<{ readonly preview: T | null; readonly error: AppError | null }>({
    preview: null,
    error: null,
  });
  useEffect(() => {
    let gone = false;
    void ask().then((result) => {
      if (gone) return;
      setState(result.ok ? { preview: result.value, error: null } : { preview: null, error: result.error });
    });
    return () => {
      gone = true;
    };
  }, [ask]);
  return state;
}

/** Says that a file was saved, with ways to open it; false when it was not (an error is shown, a cancelled dialog is not). */
export function tellSaved(result: Result<SavedFile | null>, key: TextKey): boolean {
  if (!result.ok) {
    showError(result.error);
    return false;
  }
  if (!result.value) return false;
  const { token, path } = result.value;
  notify({
    text: translate(key, { name: path.split(/[\\/]/u).at(-1) ?? path }),
    stay: 20_000,
    actions: [
      { label: translate('summary.ui.openFile'), run: () => void openOrShow('file:open', token) },
      { label: translate('summary.ui.showFile'), run: () => void openOrShow('file:show', token) },
    ],
  });
  return true;
}

async function openOrShow(channel: 'file:open' | 'file:show', token: string): Promise<void> {
  const result = await call(channel, { token });
  if (!result.ok) showError(result.error);
}

function MissingGlyphs({ glyphs, places }: { readonly glyphs: readonly string[]; readonly places: readonly string[] }) {
  const t = useT();
  if (glyphs.length === 0) return null;
  return (
    <div className={styles.leaks}>
      <h3 className={styles.lookTitle}>{t('summary.ui.glyphs')}</h3>
      <p>{t('summary.ui.glyphsHint')}</p>
      <p className={styles.glyphs}>{glyphs.join(' ')}</p>
      <p>{t('summary.ui.glyphPlaces')}</p>
      <ul className={styles.places}>
        {places.map((place) => (
          <li key={place} dir="auto">
            {place}
          </li>
        ))}
      </ul>
    </div>
  );
}

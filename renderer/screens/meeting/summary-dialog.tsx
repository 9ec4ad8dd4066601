import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { SummaryLayout } from '../../../shared/compose/document.ts';
import type { Language } from '../../../shared/i18n/catalogue.ts';
import type { SummaryPreview } from '../../../shared/ipc/contract.ts';
import type { AppError } from '../../../shared/result.ts';
import { showError } from '../../app/commit.ts';
import { errorText, translate, useLanguage, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { Badge, Button, Dialog, notify, RadioGroup, Segmented, Spinner } from '../../ui/index.ts';
import styles from './summary-dialog.module.css';

export interface SummaryDialogProps {
  readonly meeting: string;
  /** Language of the meeting; the screen's when the meeting has none. */
  readonly language: Language | undefined;
  readonly onClose: () => void;
}

const LAYOUTS = ['standard', 'brief', 'protocol', 'internal'] as const satisfies readonly SummaryLayout[];
/** The layout chosen last, while the app runs. */
let lastLayout: SummaryLayout = 'standard';

/** The last look before a document leaves: what it will show, what stays out, what might give something away. */
export function SummaryDialog({ meeting, language: own, onClose }: SummaryDialogProps) {
  const t = useT();
  const screen = useLanguage();
  const [language, setLanguage] = useState<Language>(own ?? screen);
  const [layout, setLayout] = useState<SummaryLayout>(lastLayout);
  const [preview, setPreview] = useState<SummaryPreview | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [saving, setSaving] = useState(false);
  useEffect(() => {
    let gone = false;
    lastLayout = layout;
    void call('summary:preview', { meeting, language, layout }).then((result) => {
      if (gone) return;
      setPreview(result.ok ? result.value : null);
      setError(result.ok ? null : result.error);
    });
    return () => {
      gone = true;
    };
  }, [meeting, language, layout]);

  // Ctrl+P, Enter is all it takes: the button is ready as soon as the document is.
  const saveFrame = useRef<HTMLSpanElement>(null);
  const isReady = preview !== null;
  useEffect(() => {
    if (isReady) saveFrame.current?.querySelector('button')?.focus();
  }, [isReady]);

  const save = async (): Promise<void> => {
    setSaving(true);
    const result = await call('summary:save', { meeting, language, layout });
    setSaving(false);
    if (!result.ok) showError(result.error);
    // Null: the person closed the dialog for the file's name.
    else if (result.value) {
      const { token, path } = result.value;
      notify({
        text: translate('summary.ui.saved', { name: path.split(/[\\/]/u).at(-1) ?? path }),
        stay: 20_000,
        actions: [
          { label: translate('summary.ui.openFile'), run: () => void openOrShow('file:open', token) },
          { label: translate('summary.ui.showFile'), run: () => void openOrShow('file:show', token) },
        ],
      });
      onClose();
    }
  };

  return (
    <Dialog
      isOpen
      size="full"
      title={t('summary.ui.title')}
      closeLabel={t('summary.ui.cancel')}
      onClose={onClose}
      footer={
        <>
          <span className={styles.file}>{preview?.fileName}</span>
          <Button onPress={onClose}>{t('summary.ui.cancel')}</Button>
          <span ref={saveFrame}>
            <Button variant="primary" isDisabled={!preview || saving} onPress={() => void save()}>
              {saving ? t('summary.ui.saving') : t('summary.ui.save')}
            </Button>
          </span>
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.choices}>
          <Segmented
            label={t('summary.ui.language')}
            value={language}
            options={[
              { id: 'ru', label: t('summary.ui.russian') },
              { id: 'en', label: t('summary.ui.english') },
            ]}
            onChange={setLanguage}
          />
          <RadioGroup
            label={t('summary.ui.layout')}
            value={layout}
            options={LAYOUTS.map((id) => ({ id, label: t(`summary.ui.${id}`) }))}
            onChange={setLayout}
          />
          {preview && <LastLook preview={preview} layout={layout} />}
        </div>
        <div className={styles.sheet}>
          {error ? (
            <p className={styles.failed}>
              {t('summary.ui.failed')} {errorText(error)}
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

async function openOrShow(channel: 'file:open' | 'file:show', token: string): Promise<void> {
  const result = await call(channel, { token });
  if (!result.ok) showError(result.error);
}

function LastLook({ preview, layout }: { readonly preview: SummaryPreview; readonly layout: SummaryLayout }) {
  const t = useT();
  const { included, leftOut, leaks, missingGlyphs } = preview;
  const nothing = included.paragraphs + included.decisions + included.promises === 0;
  return (
    <section className={styles.look} aria-label={t('summary.ui.lastLook')}>
      <h3 className={styles.lookTitle}>{t('summary.ui.included')}</h3>
      {nothing ? (
        <p className={styles.attention}>
          <TriangleAlert size={14} aria-hidden /> {t('summary.ui.empty')}
        </p>
      ) : (
        <ul className={styles.counts}>
          <li>{t('summary.ui.paragraphs', { count: included.paragraphs })}</li>
          <li>{t('summary.ui.decisions', { count: included.decisions })}</li>
          <li>{t('summary.ui.promises', { count: included.promises })}</li>
        </ul>
      )}
      {layout === 'internal' ? (
        <p className={styles.attention}>
          <TriangleAlert size={14} aria-hidden /> {t('summary.ui.internalHint')}
        </p>
      ) : (
        <>
          {leaks.length > 0 ? (
            <div className={styles.leaks}>
              <h3 className={styles.lookTitle}>
                <TriangleAlert size={14} aria-hidden /> {t('summary.ui.leaks')}
              </h3>
              <p>{t('summary.ui.leaksHint')}</p>
              <ul>
                {leaks.map((leak) => (
                  <li key={leak}>{leak}</li>
                ))}
              </ul>
            </div>
          ) : (
            leftOut.length > 0 && (
              <p className={styles.fine}>
                <CircleCheck size={14} aria-hidden /> {t('summary.ui.noLeaks')}
              </p>
            )
          )}
          <h3 className={styles.lookTitle}>{t('summary.ui.leftOut')}</h3>
          {leftOut.length === 0 ? (
            <p>{t('summary.ui.nothingLeftOut')}</p>
          ) : (
            <ul className={styles.out}>
              {leftOut.map((item, i) => (
                // oxlint-disable-next-line react/no-array-index-key -- the list is rebuilt as a whole
                <li key={i}>
                  <Badge tone={item.visibility === 'private' ? 'private' : 'plain'}>
                    {t(`meeting.${item.visibility}`)} · {t(`summary.ui.kind.${item.kind}`)}
                  </Badge>
                  <span className={styles.outText}>{item.text}</span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      {missingGlyphs.length > 0 && (
        <div className={styles.leaks}>
          <h3 className={styles.lookTitle}>{t('summary.ui.glyphs')}</h3>
          <p>{t('summary.ui.glyphsHint')}</p>
          <p className={styles.glyphs}>{missingGlyphs.join(' ')}</p>
        </div>
      )}
    </section>
  );
}

import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { SummaryLayout } from '../../../shared/compose/document.ts';
import type { Language } from '../../../shared/i18n/catalogue.ts';
import type { SavedFile, SummaryPreview } from '../../../shared/ipc/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { useLanguage, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { Badge, RadioGroup } from '../../ui/index.ts';
import { DocumentDialog, LanguageChoice, usePreview } from '../documents/document-dialog.tsx';
import styles from '../documents/document-dialog.module.css';

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
  /** Raised to look once more. */
  const [look, setLook] = useState(0);
  const ask = useCallback(() => {
    lastLayout = layout;
    return call('summary:preview', { meeting, language, layout });
    // oxlint-disable-next-line react/exhaustive-deps -- the same question is asked anew
  }, [meeting, language, layout, look]);
  const { preview, error } = usePreview<SummaryPreview>(ask);
  const save = async (): Promise<Result<SavedFile | null>> => {
    const seen = preview?.url;
    const result = await call('summary:save', { meeting, language, layout, ...(seen ? { seen } : {}) });
    if (!result.ok && result.error.code === 'summary.changed') setLook((n) => n + 1);
    return result;
  };
  return (
    <DocumentDialog
      title={t('summary.ui.title')}
      preview={preview}
      error={error}
      failedText={t('summary.ui.failed')}
      save={save}
      onClose={onClose}
    >
      <LanguageChoice value={language} onChange={setLanguage} />
      <RadioGroup
        label={t('summary.ui.layout')}
        value={layout}
        options={LAYOUTS.map((id) => ({ id, label: t(`summary.ui.${id}`) }))}
        onChange={setLayout}
      />
      {preview && <LastLook preview={preview} layout={layout} />}
    </DocumentDialog>
  );
}

function LastLook({ preview, layout }: { readonly preview: SummaryPreview; readonly layout: SummaryLayout }) {
  const t = useT();
  const { included, leftOut, leaks } = preview;
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
    </section>
  );
}

import { CalendarDays, FileText, TriangleAlert } from 'lucide-react';
import { type ReactNode, useCallback, useState } from 'react';
import { create } from 'zustand';
import type { Language } from '../../../shared/i18n/catalogue.ts';
import type { ChannelInput } from '../../../shared/ipc/contract.ts';
import { useLanguage, useT } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { useAction } from '../../app/shortcuts.ts';
import { Dialog, DialogFooter, type MenuEntry, RadioGroup, Segmented } from '../../ui/index.ts';
import { DocumentDialog, LanguageChoice, tellSaved, useFocusedButton, usePreview } from './document-dialog.tsx';
import styles from './document-dialog.module.css';

type Open =
  | { readonly what: 'sheet'; readonly contract: string }
  | { readonly what: 'renewals' | 'timeline' }
  | { readonly what: 'calendar'; readonly contract?: string; readonly meeting?: string };

/** Which of the dialogs is on the screen; opened from menus, the palette and keys anywhere. */
const useOpen = create<{ readonly open: Open | null }>(() => ({ open: null }));
const close = (): void => useOpen.setState({ open: null });

export const openContractSheet = (contract: string): void => useOpen.setState({ open: { what: 'sheet', contract } });
export const openRenewalsReport = (): void => useOpen.setState({ open: { what: 'renewals' } });
export const openTimelineDocument = (): void => useOpen.setState({ open: { what: 'timeline' } });
/** Of one contract or meeting; of all contracts when neither is given. */
export const openCalendarFile = (of: { readonly contract?: string; readonly meeting?: string } = {}): void =>
  useOpen.setState({ open: { what: 'calendar', ...of } });

const icon = { size: 14, 'aria-hidden': true } as const;

/** What a contract's page offers: its sheet (also by Ctrl+P) and its deadlines as a calendar file. */
export function useContractDocuments(contract: string): readonly MenuEntry[] {
  const t = useT();
  const sheet = useCallback(() => openContractSheet(contract), [contract]);
  const calendar = useCallback(() => openCalendarFile({ contract }), [contract]);
  useAction({
    id: 'summary-pdf',
    label: 'contractDocuments.ui.sheet',
    group: 'record',
    shortcut: '$mod+KeyP',
    run: sheet,
  });
  useAction({ id: 'contract-calendar', label: 'contractDocuments.ui.calendar', group: 'record', run: calendar });
  return [
    {
      id: 'contract-sheet',
      label: t('contractDocuments.ui.sheet'),
      icon: <FileText {...icon} />,
      shortcut: '$mod+KeyP',
      run: sheet,
    },
    {
      id: 'contract-calendar',
      label: t('contractDocuments.ui.calendar'),
      icon: <CalendarDays {...icon} />,
      run: calendar,
    },
  ];
}

/** The dialog that is open, if any; stands once in the shell. */
export function ContractDocumentDialogs() {
  const open = useOpen((state) => state.open);
  if (!open) return null;
  switch (open.what) {
    case 'sheet':
      return <SheetDialog contract={open.contract} />;
    case 'renewals':
      return <RenewalsDialog />;
    case 'timeline':
      return <TimelineDialog />;
    default:
      return <CalendarDialog contract={open.contract} meeting={open.meeting} />;
  }
}

type Request = ChannelInput<'document:preview'>;

function Document({
  title,
  request,
  children,
}: {
  readonly title: string;
  readonly request: Request;
  readonly children: ReactNode;
}) {
  const t = useT();
  // The request is plain data; its text tells whether it is another one.
  const key = JSON.stringify(request);
  const ask = useCallback(() => call('document:preview', JSON.parse(key) as Request), [key]);
  const { preview, error } = usePreview(ask);
  return (
    <DocumentDialog
      title={title}
      preview={preview}
      error={error}
      failedText={t('contractDocuments.ui.failed')}
      save={() => call('document:save', request)}
      onClose={close}
    >
      {children}
    </DocumentDialog>
  );
}

function Hint({ children }: { readonly children: string }) {
  return (
    <p className={styles.attention}>
      <TriangleAlert size={14} aria-hidden /> {children}
    </p>
  );
}

function SheetDialog({ contract }: { readonly contract: string }) {
  const t = useT();
  const [language, setLanguage] = useState<Language>(useLanguage());
  const [audience, setAudience] = useState<'internal' | 'client'>('internal');
  return (
    <Document title={t('contractDocuments.ui.titleSheet')} request={{ kind: 'sheet', contract, audience, language }}>
      <LanguageChoice value={language} onChange={setLanguage} />
      <RadioGroup
        label={t('contractDocuments.ui.audience')}
        value={audience}
        options={[
          { id: 'internal', label: t('contractDocuments.ui.internal') },
          { id: 'client', label: t('contractDocuments.ui.client') },
        ]}
        onChange={setAudience}
      />
      {audience === 'internal' ? (
        <Hint>{t('contractDocuments.ui.internalHint')}</Hint>
      ) : (
        <p className={styles.quiet}>{t('contractDocuments.ui.clientHint')}</p>
      )}
    </Document>
  );
}

function RenewalsDialog() {
  const t = useT();
  const [language, setLanguage] = useState<Language>(useLanguage());
  const [by, setBy] = useState<'month' | 'quarter'>('quarter');
  const [years, setYears] = useState<'1' | '2' | '3'>('1');
  return (
    <Document
      title={t('contractDocuments.ui.titleRenewals')}
      request={{ kind: 'renewals', by, months: Number(years) * 12, language }}
    >
      <LanguageChoice value={language} onChange={setLanguage} />
      <Segmented
        label={t('contractDocuments.ui.by')}
        value={by}
        options={[
          { id: 'quarter', label: t('contractDocuments.ui.quarter') },
          { id: 'month', label: t('contractDocuments.ui.month') },
        ]}
        onChange={setBy}
      />
      <Segmented
        label={t('contractDocuments.ui.years')}
        value={years}
        options={(['1', '2', '3'] as const).map((id) => ({
          id,
          label: t('contractDocuments.ui.yearsOption', { count: Number(id) }),
        }))}
        onChange={setYears}
      />
      <Hint>{t('contractDocuments.ui.houseHint')}</Hint>
    </Document>
  );
}

function TimelineDialog() {
  const t = useT();
  const [language, setLanguage] = useState<Language>(useLanguage());
  const [paper, setPaper] = useState<'A4' | 'A3'>('A4');
  const [group, setGroup] = useState<'none' | 'organisation' | 'owner'>('none');
  const [years, setYears] = useState<'1' | '2' | '3' | '5'>('3');
  return (
    <Document
      title={t('contractDocuments.ui.titleTimeline')}
      request={{ kind: 'timeline', paper, group, years: Number(years), language }}
    >
      <LanguageChoice value={language} onChange={setLanguage} />
      <Segmented
        label={t('contractDocuments.ui.paper')}
        value={paper}
        options={[
          { id: 'A4', label: t('contractDocuments.ui.a4') },
          { id: 'A3', label: t('contractDocuments.ui.a3') },
        ]}
        onChange={setPaper}
      />
      <Segmented
        label={t('contractDocuments.ui.years')}
        value={years}
        options={(['1', '2', '3', '5'] as const).map((id) => ({
          id,
          label: t('contractDocuments.ui.yearsOption', { count: Number(id) }),
        }))}
        onChange={setYears}
      />
      <RadioGroup
        label={t('contractDocuments.ui.group')}
        value={group}
        options={[
          { id: 'none', label: t('contractDocuments.ui.groupNone') },
          { id: 'organisation', label: t('contractDocuments.ui.groupOrganisation') },
          { id: 'owner', label: t('contractDocuments.ui.groupOwner') },
        ]}
        onChange={setGroup}
      />
      <Hint>{t('contractDocuments.ui.houseHint')}</Hint>
    </Document>
  );
}

/** Open or private, in which language; then a place for the file. */
function CalendarDialog({
  contract,
  meeting,
}: {
  readonly contract: string | undefined;
  readonly meeting: string | undefined;
}) {
  const t = useT();
  const [language, setLanguage] = useState<Language>(useLanguage());
  const [privacy, setPrivacy] = useState<'open' | 'private'>('open');
  const [saving, setSaving] = useState(false);
  const saveFrame = useFocusedButton(true);
  const save = async (): Promise<void> => {
    setSaving(true);
    const result = await call('calendar-file:save', {
      ...(contract === undefined ? {} : { contract }),
      ...(meeting === undefined ? {} : { meeting }),
      isPrivate: privacy === 'private',
      language,
    });
    setSaving(false);
    if (tellSaved(result, 'contractDocuments.ui.saved')) close();
  };
  return (
    <Dialog
      isOpen
      title={t(meeting === undefined ? 'contractDocuments.ui.titleCalendar' : 'contractDocuments.ui.meetingCalendar')}
      closeLabel={t('summary.ui.cancel')}
      onClose={close}
      footer={
        <DialogFooter
          cancelLabel={t('summary.ui.cancel')}
          onCancel={close}
          label={t('contractDocuments.ui.save')}
          onPress={() => void save()}
          isDisabled={saving}
          mainFrame={saveFrame}
        />
      }
    >
      <div className={styles.stack}>
        <RadioGroup
          label={t('contractDocuments.ui.privacy')}
          value={privacy}
          options={[
            { id: 'open', label: t('contractDocuments.ui.open') },
            {
              id: 'private',
              label: t(meeting === undefined ? 'contractDocuments.ui.private' : 'contractDocuments.ui.privateMeeting'),
            },
          ]}
          onChange={setPrivacy}
        />
        <p className={styles.quiet}>{t(`contractDocuments.ui.${privacy}Hint`)}</p>
        <LanguageChoice value={language} onChange={setLanguage} />
        <p className={styles.quiet}>{t('contractDocuments.ui.calendarHint')}</p>
      </div>
    </Dialog>
  );
}

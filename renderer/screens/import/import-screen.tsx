/** Import: a file goes in, the screen says what it understood, a person corrects it, everything is saved at once. */
import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useT } from '../../app/i18n.ts';
import type { ImportReadingView } from '../../../shared/import/views.ts';
import { takeDroppedFile, useNavigation } from '../../app/navigation.ts';
import { isTyping } from '../../app/shortcuts.ts';
import { Button, PaneHeader } from '../../ui/index.ts';
import { EncodingChoice } from './encoding-choice.tsx';
import { Facts } from './facts.tsx';
import { useFileRows } from './file-rows.ts';
import { FileTable } from './file-table.tsx';
import { useNumber } from './format.ts';
import css from './import-screen.module.css';
import {
  commitImport,
  followProgress,
  type ImportState,
  openClipboard,
  openFile,
  reread,
  setTarget,
  startOver,
  useImport,
} from './import-store.ts';
import { OutcomePanel } from './outcome-panel.tsx';
import { ResultView } from './result-view.tsx';
import { ErrorLine, StartView } from './start-view.tsx';
import { WorkView } from './work-view.tsx';

export function ImportScreen() {
  const t = useT();
  const state = useImport();
  const [isOver, setOver] = useState(false);
  const screen = useRef<HTMLDivElement>(null);
  useEffect(followProgress, []);
  // A file dropped on any other screen brought the person here.
  const dropped = useNavigation((navigation) => navigation.dropped);
  useEffect(() => {
    const file = dropped && takeDroppedFile();
    if (file && useImport.getState().phase !== 'saving') void openFile(file);
  }, [dropped]);
  // Ctrl+V anywhere on this screen reads the clipboard; a text field keeps its own paste.
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const { phase } = useImport.getState();
      if (!event.clipboardData || isTyping(event.target) || phase === 'saving' || phase === 'reading') return;
      event.preventDefault();
      openClipboard(event.clipboardData);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, []);

  const busy = state.phase === 'saving' || state.phase === 'reading';
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file && !busy) void openFile(file);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const inDialog = event.target instanceof Element && event.target.closest('[role="dialog"]') !== null;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && state.phase === 'open' && !inDialog) {
      event.preventDefault();
      event.stopPropagation();
      void commitImport();
    }
  };
  return (
    <div
      ref={screen}
      className={css.screen}
      role="presentation"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!screen.current?.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={onDrop}
      onKeyDownCapture={onKeyDown}
    >
      <Head reading={state.reading} phase={state.phase} />
      {state.phase === 'idle' && <StartView error={state.error} notice={state.notice} isOver={isOver} />}
      {state.phase === 'reading' && <WorkView progress={state.progress} since={state.progressSince} stage="reading" />}
      {(state.phase === 'open' || state.phase === 'saving') && state.reading && (
        <Conversation state={state} reading={state.reading} />
      )}
      {state.phase === 'done' && <ResultView state={state} />}
      <span className="visually-hidden" role="status">
        {state.phase === 'done' ? t('importing.done') : ''}
      </span>
    </div>
  );
}

function Head({ reading, phase }: Pick<ImportState, 'reading' | 'phase'>) {
  const t = useT();
  const number = useNumber();
  if (!reading) return <PaneHeader title={t('importing.title')} />;
  const name = reading.fileName.startsWith('clipboard.') ? t('importing.clipboardName') : reading.fileName;
  const size =
    reading.bytes < 1_000_000
      ? t('importing.bytes', { size: number(Math.max(1, Math.round(reading.bytes / 1000))) })
      : t('importing.megabytes', { size: number(Math.round(reading.bytes / 1_000_000)) });
  const rows = t(reading.kind === 'vcard' ? 'importing.cards.size' : 'importing.size', {
    count: reading.rowsTotal,
    formatted: number(reading.rowsTotal),
  });
  return (
    <PaneHeader
      title={name}
      count={`${rows} · ${size}`}
      actions={
        phase === 'open' && (
          <Button variant="quiet" onPress={() => startOver()}>
            {t('importing.another')}
          </Button>
        )
      }
    />
  );
}

/** The file and what is said about it, on one page. */
function Conversation({ state, reading }: { readonly state: ImportState; readonly reading: ImportReadingView }) {
  const rows = useFileRows(reading);
  const saving = state.phase === 'saving';
  return (
    <div className={css.conversation}>
      <div className={css.left}>
        {saving ? (
          <WorkView progress={state.progress} since={state.progressSince} stage="saving" />
        ) : (
          <Facts reading={reading} />
        )}
        {state.error && <ErrorLine error={state.error} />}
        {!reading.encodingSure && !saving && (
          <div className={css.asking}>
            <EncodingChoice reading={reading} onChoose={(encoding) => void reread({ encoding })} />
          </div>
        )}
        <FileTable
          reading={reading}
          mapping={state.mapping}
          rows={rows}
          problems={state.plan?.problems ?? reading.problems}
          focus={state.focus}
          onTarget={setTarget}
        />
      </div>
      {!saving && <OutcomePanel state={state} />}
    </div>
  );
}

import { Ellipsis, History, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../app/i18n.ts';
import { runAction } from '../../app/shortcuts.ts';
import { IconButton, Menu, type MenuEntry } from '../../ui/index.ts';
import { RecordMark } from '../sync/record-mark.tsx';
import { HistoryDialog } from './history-dialog.tsx';

const icon = { size: 14, 'aria-hidden': true } as const;

/** The actions of a record: its own, its history, deletion. */
export function RecordMenu({ id, entries = [] }: { readonly id: string; readonly entries?: readonly MenuEntry[] }) {
  const t = useT();
  const [history, setHistory] = useState(false);
  return (
    <>
      <RecordMark id={id} />
      <Menu
        label={t('shell.moreHere')}
        trigger={
          <IconButton
            icon={<Ellipsis size={16} aria-hidden />}
            label={t('shell.moreHere')}
            shortcut="Period"
            data-more-menu
          />
        }
        entries={[
          ...entries,
          { id: 'history', label: t('profile.history'), icon: <History {...icon} />, run: () => setHistory(true) },
          {
            id: 'delete',
            label: t('common.delete'),
            icon: <Trash2 {...icon} />,
            shortcut: 'Delete',
            isDanger: true,
            startsGroup: true,
            run: () => runAction('delete-here'),
          },
        ]}
      />
      {history && <HistoryDialog id={id} onClose={() => setHistory(false)} />}
    </>
  );
}

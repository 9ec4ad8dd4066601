/** The open note: its Yjs document, kept current from the vault, and its saving. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import * as Y from 'yjs';
import { newDoc } from '../../../shared/change/doc.ts';
import { settleMarks } from '../../../shared/note/marks.ts';
import { fromBase64 } from '../../../shared/note/note.ts';
import { commit } from '../../app/commit.ts';
import { onFlush } from '../../app/flush.ts';
import { translate } from '../../app/i18n.ts';
import { notify } from '../../ui/index.ts';
import { NoteSaver, type SaveState } from './note/note-saver.ts';

/** Origin of updates that came from the vault: they are not saved again. */
const FROM_VAULT = 'vault';

export interface OpenNote {
  readonly doc: Y.Doc;
  readonly state: SaveState;
  /** Saves at once, e.g. before a document is made of it. True when everything is in the vault. */
  readonly flush: () => Promise<boolean>;
}

interface Session {
  readonly doc: Y.Doc;
  readonly saver: NoteSaver;
}

/** Notes whose page was closed before their last words were saved: kept alive until they are. */
const leaving = new Set<NoteSaver>();
onFlush(async () => {
  await Promise.all([...leaving].map((saver) => saver.flush()));
});

function openSession(meeting: string): Session {
  const doc = newDoc();
  const saver = new NoteSaver({
    commit: async (update) =>
      (
        await commit(
          { kind: 'edit', changes: [{ type: 'meeting', record: meeting, field: 'body', value: update }] },
          // Typing has its own undo.
          { undoable: false },
        )
      ).ok,
  });
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== FROM_VAULT) saver.add(update);
  });
  return { doc, saver };
}

/**
 * Opens the note of a meeting. `body` is the vault's state as base64, undefined while the record is being read; newer
 * states are merged into the open document, whoever wrote them.
 */
export function useNote(meeting: string, body: string | undefined, loaded: boolean): OpenNote {
  const [session] = useState(() => openSession(meeting));
  const { doc, saver } = session;
  useEffect(() => {
    if (!loaded || !body) return;
    Y.applyUpdate(doc, fromBase64(body), FROM_VAULT);
    const settled = settleMarks(doc);
    if (settled > 0) notify({ text: translate('meeting.marksSettled', { count: settled }) });
  }, [doc, body, loaded]);
  useEffect(() => {
    const stop = onFlush(async () => {
      await saver.flush();
    });
    return () => {
      stop();
      leaving.add(saver);
      void saver.flush().then((done) => {
        if (done) leaving.delete(saver);
      });
    };
  }, [saver]);
  const state = useSyncExternalStore(
    (listener) => saver.subscribe(listener),
    () => saver.state,
  );
  return { doc, state, flush: () => saver.flush() };
}

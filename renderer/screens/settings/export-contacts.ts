import { useSession } from '../../app/session.ts';
import { call } from '../../app/ipc.ts';
import { tellSaved } from '../documents/document-dialog.tsx';

/** Writes everybody, or every organisation, as a spreadsheet where the person says; says where it is. */
export async function exportContacts(kind: 'people' | 'organisations'): Promise<void> {
  const { language } = useSession.getState().settings;
  tellSaved(await call('contacts:export', { kind, language }), 'settings.exported');
}

/** Making new records from anywhere: which dialog is open, and meetings, which need none. */
import { create } from 'zustand';
import { createRecord } from './commit.ts';
import { localTimeZone, nowLocal } from './clock.ts';
import { currentLanguage } from './i18n.ts';
import { markFresh, openMeeting } from './navigation.ts';

export type Creatable = 'organisation' | 'person' | 'contract';
interface CreateState {
  readonly kind: Creatable | null;
  /** Organisation the new record belongs to. */
  readonly organisation: string | null;
}
export const useCreate = create<CreateState>(() => ({ kind: null, organisation: null }));

export const openCreate = (kind: Creatable, organisation: string | null = null): void =>
  useCreate.setState({ kind, organisation });
export const closeCreate = (): void => useCreate.setState({ kind: null, organisation: null });

/** A draft at the next quarter of an hour, with the organisation and person at hand, opened at once. */
export async function newMeeting(
  with_: { readonly organisation?: string; readonly person?: string } = {},
  dated = true,
): Promise<string | null> {
  const now = nowLocal();
  const minutes = Number(now.slice(14, 16));
  const start = `${now.slice(0, 14)}${String(minutes - (minutes % 15)).padStart(2, '0')}`;
  const id = await createRecord('meeting', {
    title: '',
    ...(dated ? { start } : {}),
    timeZone: localTimeZone(),
    language: currentLanguage(),
    state: 'draft',
    ...(with_.organisation ? { organisation: with_.organisation } : {}),
    ...(with_.person
      ? { [`attendees/${with_.person}`]: { person: with_.person, side: 'theirs', presence: 'present', order: 0 } }
      : {}),
  });
  if (id) {
    markFresh(id);
    openMeeting(id);
  }
  return id;
}

/** Where the person is and how they came here. Only what is on the screen; no business data. */
import { create } from 'zustand';
import { isTyping } from './typing.ts';

export const SCREENS = [
  'today',
  'organisations',
  'people',
  'meetings',
  'contracts',
  'differences',
  'import',
  'settings',
  'bin',
] as const;
export type Screen = (typeof SCREENS)[number];
export interface Place {
  readonly screen: Screen;
  /** The record that is shown. */
  readonly id?: string;
}
interface Navigation {
  readonly place: Place;
  /** The record of the place was asked for by name, not only where the screen was left. */
  readonly asked: boolean;
  readonly back: readonly Place[];
  /** The record last looked at on each screen, so that a screen opens where it was left. */
  readonly last: Readonly<Partial<Record<Screen, string>>>;
  /** The record that was just made: its page begins with its name being typed. */
  readonly fresh: string | null;
  /** Files dropped on the window, waiting for the import screen. */
  readonly dropped: File | null;
}
const DEPTH = 100;
const START: Navigation = { place: { screen: 'today' }, asked: false, back: [], last: {}, fresh: null, dropped: null };
export const useNavigation = create<Navigation>(() => START);

const same = (a: Place, b: Place): boolean => a.screen === b.screen && a.id === b.id;

/**
 * A field keeps what was typed when it is left. One that goes away together with its page is never left, so it is left
 * here, before the page goes.
 */
function leaveField(): void {
  const field = globalThis.document?.activeElement ?? null;
  // What filters a list stays with the list.
  if (isTyping(field) && field instanceof HTMLElement && field.closest('main') && !field.matches('[type="search"]'))
    field.blur();
}

/** Goes to a place; it can be left again by Esc. Without an id a screen shows the record it showed last. */
export function go(place: Place): void {
  leaveField();
  useNavigation.setState((state) => {
    const id = place.id ?? state.last[place.screen];
    const next: Place = id === undefined ? { screen: place.screen } : { screen: place.screen, id };
    const asked = place.id !== undefined;
    if (same(state.place, next)) return asked ? { place: next, asked } : state;
    return {
      place: next,
      asked,
      back: [...state.back, state.place].slice(-DEPTH),
      last: id === undefined ? state.last : { ...state.last, [place.screen]: id },
    };
  });
}

/** Shows another record of the same list: moving in a list is not a step to go back. */
export function showInList(id: string | null): void {
  leaveField();
  useNavigation.setState(({ place, last }) => {
    if (id === null) {
      const { [place.screen]: _, ...others } = last;
      return { place: { screen: place.screen }, asked: false, last: others };
    }
    return { place: { screen: place.screen, id }, asked: false, last: { ...last, [place.screen]: id } };
  });
}

/** One step back; false when there is none. */
export function back(): boolean {
  const { back: steps } = useNavigation.getState();
  const place = steps.at(-1);
  if (!place) return false;
  leaveField();
  useNavigation.setState({ place, asked: false, back: steps.slice(0, -1) });
  return true;
}

/** Opens a record from another view of its own screen: always a step to go back, even when it was shown last. */
export function openWithin(id: string): void {
  leaveField();
  useNavigation.setState(({ place, back, last }) => ({
    place: { screen: place.screen, id },
    asked: true,
    back: [...back, place].slice(-DEPTH),
    last: { ...last, [place.screen]: id },
  }));
}

export const openOrganisation = (id: string): void => go({ screen: 'organisations', id });
export const openPerson = (id: string): void => go({ screen: 'people', id });
export const openMeeting = (id: string): void => go({ screen: 'meetings', id });
export const openContract = (id: string): void => go({ screen: 'contracts', id });

/** Says that a record was just made, so that its page begins with its name being typed. */
export const markFresh = (id: string | null): void => useNavigation.setState({ fresh: id });

const SCREEN_OF: Readonly<Record<string, Screen>> = {
  organisation: 'organisations',
  person: 'people',
  meeting: 'meetings',
  contract: 'contracts',
};
/** Opens a record of a listed type; false for types without a page of their own. */
export function openRecord(type: string, id: string): boolean {
  const screen = SCREEN_OF[type];
  if (screen) go({ screen, id });
  return screen !== undefined;
}

/** Leaves everything behind: after a lock. */
export const resetNavigation = (): void => useNavigation.setState(START, true);

export function dropFile(file: File): void {
  go({ screen: 'import' });
  useNavigation.setState({ dropped: file });
}
/** The file that was dropped on the window, once. */
export function takeDroppedFile(): File | null {
  const { dropped } = useNavigation.getState();
  if (dropped) useNavigation.setState({ dropped: null });
  return dropped;
}

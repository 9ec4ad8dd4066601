/** Lines of what is to be done, understood with the people of the meeting in mind. */
import type { Side } from '../../../shared/model/records.ts';
import type { PersonRow } from '../../../shared/model/rows.ts';
import { searchKey } from '../../../shared/text/search-key.ts';
import { parseAction } from './due-text.ts';

/** A name typed after `@`: a person whose name holds every word of it, best one among `first`; otherwise the text itself. */
export function findOwner(
  typed: string,
  first: readonly PersonRow[],
  all: readonly PersonRow[],
): { readonly person: string } | { readonly name: string } | undefined {
  const words = searchKey(typed).split(' ').filter(Boolean);
  if (words.length === 0) return undefined;
  const fits = (person: PersonRow): boolean => {
    const name = searchKey(person.name).split(' ');
    return words.every((word) => name.some((part) => part.startsWith(word)));
  };
  // «Иванов» is the person of that name before one whose father's name begins with it.
  const isNamed = (person: PersonRow): boolean => {
    const name = searchKey(person.name).split(' ');
    return words.every((word) => name.includes(word));
  };
  const found = first.find(isNamed) ?? first.find(fits);
  if (found) return { person: found.id };
  const others = all.filter(fits);
  return others.length === 1 && others[0] ? { person: others[0].id } : { name: typed };
}

/** Who may be meant in a line of a meeting. */
export interface Around {
  readonly today: string;
  /** People of the other side, by id. */
  readonly theirs: ReadonlySet<string>;
  /** Attendees that have a record: the likely owners. */
  readonly attendees: readonly PersonRow[];
  readonly people: readonly PersonRow[];
}

/** A promise as it was typed: what to do @who by when. Without a name it is promised by `side`. */
export function readAction(line: string, side: Side, { today, theirs, attendees, people }: Around) {
  const entry = parseAction(line, today);
  const owner = findOwner(entry.owner, attendees, people);
  // Somebody of the other side by name makes it their promise.
  const isTheirs = owner !== undefined && 'person' in owner && theirs.has(owner.person);
  return {
    text: entry.text || line,
    side: isTheirs ? ('theirs' as const) : side,
    due: entry.due,
    ...(owner ? { owner } : {}),
  };
}

/**
 * Who is who: each pair gets points from what agrees and what contradicts, and falls into one of three bands. Signals
 * that forbid (another patronymic, another birthday, another legal id) win over everything but a shared id of the same
 * system. Blocking keys keep 50,000 × 50,000 cheap.
 */
import type { PartialDate, PersonName } from '../model/records.ts';
import { compareNames, nameBlocks, nameKey, type NameKey, type NameRelation } from './name-match.ts';
import { emailKey, isRoleMailbox } from './values/emails.ts';
import { linkKey } from './values/lists.ts';
import { latinKeys, organisationKey } from './values/organisations.ts';
import { isMobile } from './values/phones.ts';

export type Band = 'sure' | 'maybe' | 'no';
/** Message key below `import.reason` with its parameters. */
export interface Reason {
  readonly code: string;
  readonly params?: Readonly<Record<string, string>>;
}
export interface Match {
  /** Position of the candidate in the index. */
  readonly id: number;
  readonly band: Band;
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/** A person as the comparison sees it. Phones are E.164, or bare digits when not understood. */
export interface PersonTraits {
  readonly name: PersonName;
  readonly birthday?: PartialDate;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly links: readonly string[];
  readonly externalIds: ReadonlyMap<string, string>;
  /** Names of organisations. */
  readonly organisations: readonly string[];
}
interface Prepared {
  readonly traits: PersonTraits;
  readonly name: NameKey;
  readonly organisations: readonly string[];
  readonly emails: readonly string[];
  readonly links: readonly string[];
  /** Where it is filed. */
  readonly keys: readonly string[];
}

export const SURE = 60;
export const MAYBE = 30;
const NAME_POINTS: Readonly<Record<NameRelation, number>> = {
  same: 45,
  withoutPatronymic: 35,
  initials: 20,
  transliteration: 32,
  typo: 18,
  diminutive: 20,
  givenOnly: 8,
  familyOnly: 10,
  unknown: 0,
  different: -30,
  veto: -1000,
};
/**
 * System of ids whose source nobody named: a column «ID» or «Код» of some table. Every table counts from 1, so that such an
 * id alone makes nobody the same; with a name that agrees it does.
 */
const UNKNOWN_SYSTEM = 'id';
/** A block with more members than this says too little to be worth reading through: a name that many bear, a shared number. */
const CROWD = 200;
const NAME_CROWD = 24;
/** Blocks by name (see nameBlocks): alike, without an address in common. */
const isWeak = (key: string): boolean => key[1] === ':' && 'ntfg'.includes(key[0] as string);

const isProfile = (link: string): boolean => /linkedin\.com\/in\//.test(link);

function prepare(traits: PersonTraits): Prepared {
  const name = nameKey(traits.name);
  const organisations = traits.organisations.map((one) => organisationKey(one).key);
  const emails = traits.emails.map(emailKey);
  const links = traits.links.map(linkKey);
  return { traits, name, organisations, emails, links, keys: keysOf(traits, name, organisations, emails, links) };
}

/** Addresses and ids first, then what a name alone says. */
function keysOf(
  traits: PersonTraits,
  name: NameKey,
  organisations: readonly string[],
  emails: readonly string[],
  links: readonly string[],
): readonly string[] {
  const keys: string[] = [];
  for (const email of emails) keys.push(`e:${email}`);
  for (const phone of traits.phones) if (phone.length >= 6) keys.push(`p:${phone}`);
  // A company's page stands beside all its people; only a profile is one person's.
  for (const link of links) if (isProfile(link) || keys.length === 0) keys.push(`l:${link}`);
  for (const [system, id] of traits.externalIds) keys.push(`x:${system}:${id}`);
  const initials = `${name.latinFamily.slice(0, 4)}|${name.latinGiven[0] ?? ''}`;
  for (const organisation of organisations) if (organisation !== '') keys.push(`o:${organisation}|${initials}`);
  if (traits.birthday !== undefined) keys.push(`b:${traits.birthday.slice(-5)}|${name.latinFamily}`);
  // Rows that say nothing but a name must find themselves again, however common the name is.
  if (keys.length === 0) keys.push(`i:${name.family}|${name.given}|${name.patronymic}`);
  keys.push(...nameBlocks(name));
  return keys;
}

function daysDiffer(a: PartialDate | undefined, b: PartialDate | undefined): boolean {
  if (!a || !b || a === b) return false;
  // A date without a year meets one with it when the rest agrees; a year alone meets its days.
  if (a.startsWith('--') || b.startsWith('--'))
    return a.length > 7 || b.length > 7 ? a.slice(-5) !== b.slice(-5) : false;
  return !a.startsWith(b) && !b.startsWith(a);
}

/** First value of at least `length` signs that both lists hold. */
function common(a: readonly string[], b: readonly string[], length: number): string | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  for (const one of a) if (one.length >= length && b.includes(one)) return one;
  return undefined;
}

/** The points of one pair, with reasons in the order of their weight. */
function score(
  a: Prepared,
  b: Prepared,
): { readonly score: number; readonly reasons: Reason[]; readonly decisive: boolean; readonly relation: NameRelation } {
  const reasons: Reason[] = [];
  let points = 0;
  let decisive = false;
  let numbered = false;
  if (a.traits.externalIds.size > 0 && b.traits.externalIds.size > 0)
    for (const [system, id] of a.traits.externalIds) {
      if (b.traits.externalIds.get(system) !== id) continue;
      if (system === UNKNOWN_SYSTEM) numbered = true;
      else {
        decisive = true;
        reasons.push({ code: 'externalId' });
      }
    }
  const link = common(a.links, b.links, 3);
  const profile = link !== undefined && isProfile(link);
  if (profile) {
    decisive = true;
    reasons.push({ code: 'profile' });
  }
  const email = common(a.emails, b.emails, 3);
  if (email) {
    const role = isRoleMailbox(email);
    points += role ? 12 : 60;
    reasons.push({ code: role ? 'roleMailbox' : 'email', params: { email } });
  }
  const phone = common(a.traits.phones, b.traits.phones, 6);
  if (phone) {
    const mobile = isMobile(phone);
    points += mobile ? 50 : 18;
    reasons.push({ code: mobile ? 'phone' : 'sharedPhone', params: { phone } });
  }
  const relation = compareNames(a.name, b.name);
  if (numbered && relation !== 'different' && relation !== 'veto' && (relation !== 'unknown' || email || phone)) {
    decisive = true;
    reasons.push({ code: 'externalId' });
  }
  points += NAME_POINTS[relation];
  if (relation !== 'unknown') reasons.push({ code: `name${relation[0]?.toUpperCase()}${relation.slice(1)}` });
  const organisation = common(a.organisations, b.organisations, 1);
  if (organisation !== undefined) {
    points += relation === 'withoutPatronymic' || relation === 'same' || relation === 'transliteration' ? 25 : 12;
    reasons.push({ code: 'organisation' });
  }
  const { birthday } = a.traits;
  if (birthday && birthday === b.traits.birthday && birthday.length >= 7) {
    points += 25;
    reasons.push({ code: 'birthday' });
  } else if (daysDiffer(birthday, b.traits.birthday)) {
    points -= 1000;
    reasons.push({ code: 'birthdayDifferent' });
  }
  return { score: points, reasons, decisive, relation };
}

const partsEqual = (a: NameKey, b: NameKey): boolean =>
  a.family === b.family && a.given === b.given && a.patronymic === b.patronymic;
const within = (small: readonly string[], large: readonly string[]): boolean =>
  small.every((one) => large.includes(one));

/** True when `a` says nothing that `b` does not say already, word for word: the same row again. */
function saysNothingNew(a: Prepared, b: Prepared): boolean {
  if (!partsEqual(a.name, b.name)) return false;
  if (a.traits.birthday !== undefined && a.traits.birthday !== b.traits.birthday) return false;
  if (
    !within(a.emails, b.emails) ||
    !within(a.traits.phones, b.traits.phones) ||
    !within(a.links, b.links) ||
    !within(a.organisations, b.organisations)
  )
    return false;
  for (const [system, id] of a.traits.externalIds) if (b.traits.externalIds.get(system) !== id) return false;
  const whole = a.name.family !== '' && a.name.given !== '';
  // A first name alone proves nothing unless both rows are otherwise equal in full.
  return (
    whole ||
    (a.emails.length === b.emails.length &&
      a.traits.phones.length === b.traits.phones.length &&
      a.organisations.length === b.organisations.length &&
      a.links.length === b.links.length)
  );
}

/** True when everything but the birthday says that two rows are about one person. */
function contradicts(a: Prepared, b: Prepared, reasons: readonly Reason[]): boolean {
  const has = (code: string): boolean => reasons.some((reason) => reason.code === code);
  return partsEqual(a.name, b.name) && a.name.given !== '' && has('email') && has('phone') && has('birthdayDifferent');
}

/** Finds people that may be the same. Positions are given by the order of `add`. */
export class PersonIndex {
  private readonly people: Prepared[] = [];
  private readonly blocks = new Map<string, number[]>();
  /** The search in which a position was last looked at. */
  private readonly seen: number[] = [];
  private turn = 0;
  /** A person that was just looked for is usually added next. */
  private last: Prepared | null = null;

  private prepared(traits: PersonTraits): Prepared {
    if (this.last?.traits !== traits) this.last = prepare(traits);
    return this.last;
  }

  /** Adds a person; returns its position. */
  add(traits: PersonTraits): number {
    const one = this.prepared(traits);
    const position = this.people.length;
    this.people.push(one);
    this.seen.push(0);
    this.enter(one, position);
    return position;
  }

  private enter(one: Prepared, position: number): void {
    for (const key of one.keys) {
      const block = this.blocks.get(key);
      if (!block) this.blocks.set(key, [position]);
      else if (
        block.length <= (isWeak(key) ? NAME_CROWD : CROWD) &&
        block.at(-1) !== position &&
        !block.includes(position)
      )
        block.push(position);
    }
  }

  /** Puts richer traits in the place of a person already added (after a merge). */
  replace(position: number, traits: PersonTraits): void {
    const one = this.prepared(traits);
    this.people[position] = one;
    this.enter(one, position);
  }

  /** Sure and doubtful matches, best first. */
  find(traits: PersonTraits): readonly Match[] {
    const one = this.prepared(traits);
    this.turn += 1;
    const matches: Match[] = [];
    // Addresses and ids come first among the keys: what only a name's block brings has none of them in common, so that
    // a pair whose names disagree is let go before anything else is compared.
    for (const key of one.keys) {
      const block = this.blocks.get(key);
      const byName = isWeak(key);
      if (!block || (byName && block.length > NAME_CROWD)) continue;
      for (const position of block) {
        if (this.seen[position] === this.turn) continue;
        this.seen[position] = this.turn;
        if (byName && this.cannotMeet(one, position)) continue;
        const match = this.compare(one, position);
        if (match) matches.push(match);
      }
    }
    return matches.length > 1 ? matches.sort((x, y) => y.score - x.score || x.id - y.id) : matches;
  }

  /** Cheap and certain: birthdays or names forbid the pair. */
  private cannotMeet(one: Prepared, position: number): boolean {
    const other = this.people[position] as Prepared;
    if (daysDiffer(one.traits.birthday, other.traits.birthday)) return true;
    const relation = compareNames(one.name, other.name);
    return relation === 'different' || relation === 'veto';
  }

  private compare(one: Prepared, position: number): Match | null {
    const other = this.people[position] as Prepared;
    const result = score(one, other);
    if (result.decisive && result.score > -900)
      return { id: position, band: 'sure', score: 200 + result.score / 100, reasons: result.reasons };
    // One name, one address and one telephone with two birthdays: the rows contradict each other, and a person must say.
    if (result.score < -200 && result.relation === 'same' && contradicts(one, other, result.reasons))
      return { id: position, band: 'maybe', score: MAYBE, reasons: [...result.reasons].reverse() };
    if (result.score < -200) return null;
    if (saysNothingNew(one, other))
      return {
        id: position,
        band: 'sure',
        score: Math.max(SURE, result.score) + 20,
        reasons: [{ code: 'identical' }, ...result.reasons],
      };
    if (result.score < MAYBE) return null;
    // Two different names at one address are two people until a person says otherwise.
    if (result.relation === 'different')
      return { id: position, band: 'maybe', score: Math.min(result.score, SURE - 1), reasons: result.reasons };
    // First names alone, however many other weak signs agree, never make it sure without a personal address.
    const named = result.relation === 'givenOnly' && !result.reasons.some((reason) => reason.code === 'email');
    return {
      id: position,
      band: result.score >= SURE && !named ? 'sure' : 'maybe',
      score: result.score,
      reasons: result.reasons,
    };
  }
}

export interface OrganisationTraits {
  readonly name: string;
  readonly fullName?: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly legalIds: ReadonlyMap<string, string>;
  readonly externalIds: ReadonlyMap<string, string>;
}
interface PreparedOrganisation {
  readonly traits: OrganisationTraits;
  readonly keys: readonly string[];
  readonly latin: readonly string[];
  readonly form: string;
}

function prepareOrganisation(traits: OrganisationTraits): PreparedOrganisation {
  const own = organisationKey(traits.name);
  const full = traits.fullName ? organisationKey(traits.fullName) : null;
  const keys = [...new Set([own.key, full?.key ?? ''])].filter(Boolean);
  return {
    traits,
    keys,
    latin: [...new Set(keys.flatMap(latinKeys))].filter((key) => key.length >= 3),
    form: own.form || full?.form || '',
  };
}

/** Finds organisations that may be the same. */
export class OrganisationIndex {
  private readonly organisations: PreparedOrganisation[] = [];
  private readonly blocks = new Map<string, number[]>();

  private keysOf(one: PreparedOrganisation): string[] {
    const keys = one.keys.map((key) => `k:${key}`);
    for (const key of one.latin) keys.push(`t:${key}`);
    for (const kind of ['inn', 'ogrn', 'vat'] as const) {
      const id = one.traits.legalIds.get(kind);
      if (id) keys.push(`${kind}:${id}`);
    }
    for (const [system, id] of one.traits.externalIds) keys.push(`x:${system}:${id}`);
    return keys;
  }

  add(traits: OrganisationTraits): number {
    const one = prepareOrganisation(traits);
    const position = this.organisations.length;
    this.organisations.push(one);
    this.enter(one, position);
    return position;
  }

  private enter(one: PreparedOrganisation, position: number): void {
    for (const key of this.keysOf(one)) {
      const block = this.blocks.get(key);
      if (!block) this.blocks.set(key, [position]);
      else if (block.length < CROWD && !block.includes(position)) block.push(position);
    }
  }

  replace(position: number, traits: OrganisationTraits): void {
    const one = prepareOrganisation(traits);
    this.organisations[position] = one;
    this.enter(one, position);
  }

  find(traits: OrganisationTraits): readonly Match[] {
    const one = prepareOrganisation(traits);
    const seen = new Set<number>();
    const matches: Match[] = [];
    for (const key of this.keysOf(one)) {
      for (const position of this.blocks.get(key) ?? []) {
        if (seen.has(position)) continue;
        seen.add(position);
        const match = this.compare(one, position);
        if (match) matches.push(match);
      }
    }
    return matches.sort((a, b) => b.score - a.score || a.id - b.id);
  }

  private compare(one: PreparedOrganisation, position: number): Match | null {
    const other = this.organisations[position] as PreparedOrganisation;
    const reasons: Reason[] = [];
    const same = one.keys.some((key) => other.keys.includes(key));
    const spelled = !same && one.latin.some((key) => other.latin.includes(key));
    for (const [system, id] of one.traits.externalIds) {
      if (other.traits.externalIds.get(system) === id && (system !== UNKNOWN_SYSTEM || same || spelled))
        return { id: position, band: 'sure', score: 200, reasons: [{ code: 'externalId' }] };
    }
    let differs = false;
    for (const kind of ['inn', 'ogrn', 'vat'] as const) {
      const a = one.traits.legalIds.get(kind);
      const b = other.traits.legalIds.get(kind);
      if (a && a === b) return { id: position, band: 'sure', score: 150, reasons: [{ code: 'legalId' }] };
      if (a && b) differs = true;
    }
    if (differs) return null;
    if (!same && !spelled) return null;
    reasons.push({ code: same ? 'organisationName' : 'organisationTransliteration' });
    const forms = one.form !== '' && other.form !== '' && one.form !== other.form;
    if (forms) reasons.push({ code: 'legalFormDifferent' });
    return { id: position, band: forms ? 'maybe' : 'sure', score: (same ? 100 : 80) - (forms ? 50 : 0), reasons };
  }
}

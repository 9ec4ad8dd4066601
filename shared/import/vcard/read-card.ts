/** One card → values under the columns that importing knows. What no field is made for is kept under the property's name. */
import { hasLegalForm } from '../values/organisations.ts';
import type { Card, Property } from './cards.ts';
import { components, listOf, unescapeText } from './content.ts';
import { cardDate, labelOf, preferenceOf } from './labels.ts';
import { messenger, namedService, serviceOf } from './messengers.ts';

export interface CardValue {
  readonly header: string;
  readonly field: string;
  /** Columns stand in this order. */
  readonly rank: number;
  readonly text: string;
}
export interface CardReading {
  readonly values: readonly CardValue[];
  /** A list of other cards, not a person or an organisation. */
  readonly isGroup: boolean;
  /** Properties of which there were more than columns are made for; the rest is kept as text. */
  readonly left: readonly string[];
}

/** Columns of one kind (telephones, addresses, …) in a table. */
const MOST_OF_KIND = 40;

/** Property → header and field of what is taken as it stands. */
const PLAIN: Readonly<Record<string, readonly [field: string, rank: number]>> = {
  'X-MAIDENNAME': ['name.maiden', 118],
  'X-PHONETIC-FIRST-NAME': ['name.phoneticGiven', 120],
  'X-PHONETIC-MIDDLE-NAME': ['name.phoneticPatronymic', 121],
  'X-PHONETIC-LAST-NAME': ['name.phoneticFamily', 122],
  'X-INN': ['org.inn', 230],
  'X-KPP': ['org.kpp', 231],
  'X-OGRN': ['org.ogrn', 232],
  'X-LEGAL-NAME': ['org.fullName', 228],
  'X-INDUSTRY': ['org.industry', 229],
  UID: ['externalId', 990],
  LANG: ['language', 810],
  HOBBY: ['hobby', 820],
  'X-MANAGER': ['manager.name', 830],
  'X-MS-MANAGER': ['manager.name', 830],
  'X-EVOLUTION-MANAGER': ['manager.name', 830],
  'X-ASSISTANT': ['assistant.name', 831],
  'X-MS-ASSISTANT': ['assistant.name', 831],
  'X-EVOLUTION-ASSISTANT': ['assistant.name', 831],
  'X-SPOUSE': ['spouse', 832],
  'X-MS-SPOUSE': ['spouse', 832],
  'X-EVOLUTION-SPOUSE': ['spouse', 832],
};
/** How programs keep house: nothing a person wrote. */
const TECHNICAL =
  /^(?:REV|PRODID|MAILER|CLASS|SORT-STRING|NAME|PROFILE|CLIENTPIDMAP|XML|CALURI|CALADRURI|FBURL|LABEL|CREATED|X-ABLABEL|X-ABADR|X-ABUID|X-ABSHOWAS|X-ABORDER|X-IMAGE(?:TYPE|HASH)|X-SHARED-PHOTO.*|X-ADDRESSBOOKSERVER-.*|X-ADDRESSING-GRAMMAR|X-EVOLUTION-FILE-AS|X-EVOLUTION-E?BOOK.*|X-EVOLUTION-BLOG-URL-TYPE|X-FILE-AS|X-MS-OL-.*|X-MS-TEXT|X-WAB-.*|X-IRMC-.*|X-ANDROID-STARRED|X-MOZILLA-HTML|X-MOZILLA-PROPERTY|X-ACCOUNT|X-SIM.*|X-GROUP-?ID|X-LUID|X-PRODID|X-RADICALE-NAME|X-NEXTCLOUD-.*|SOUND|MEMBER|TZ-OFFSET|X-CLASS)$/;

const cap = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Kinds of values that stand in numbered columns. */
interface Numbered {
  readonly property: Property;
  readonly label: string;
  readonly order: number;
}

class CardReader {
  readonly values: CardValue[] = [];
  readonly left: string[] = [];
  readonly #card: Card;
  readonly #labels = new Map<string, string>();
  readonly #byName = new Map<string, Property[]>();

  constructor(card: Card) {
    this.#card = card;
    for (const property of card.properties) {
      const known = this.#byName.get(property.name);
      if (known) known.push(property);
      else this.#byName.set(property.name, [property]);
      if (property.name === 'X-ABLABEL' && property.group !== '')
        this.#labels.set(property.group, this.#text(property));
    }
  }

  #text(property: Property): string {
    return unescapeText(property.value, this.#card.version).trim();
  }
  #all(name: string): readonly Property[] {
    return this.#byName.get(name) ?? [];
  }
  #first(name: string): string {
    for (const property of this.#all(name)) {
      const text = this.#text(property);
      if (text !== '') return text;
    }
    return '';
  }
  #put(header: string, field: string, rank: number, text: string): void {
    if (text.trim() !== '') this.values.push({ header, field, rank, text });
  }
  #extra(header: string, text: string): void {
    this.#put(header, 'extra', 1000, text);
  }

  isGroup(): boolean {
    return /^group$/i.test(this.#first('KIND') || this.#first('X-ADDRESSBOOKSERVER-KIND'));
  }

  read(): void {
    const done = new Set<string>();
    const isOrganisation = this.#names(done);
    this.#work(done, isOrganisation);
    this.#numbered(done, ['TEL', 'X-MS-TEL'], 'TEL', 'phone', 300, (property) => this.#phone(property));
    this.#numbered(done, ['EMAIL'], 'EMAIL', 'email', 400, (property) => this.#text(property).replace(/^mailto:/i, ''));
    this.#addresses(done);
    this.#links(done);
    this.#personal(done);
    for (const property of this.#card.properties) if (!done.has(property.name)) this.#other(property);
    for (const { text } of this.#card.unread) this.#extra('vCard', text);
    for (const agent of this.#card.agents) this.#put('AGENT', 'assistant.name', 831, summaryOf(agent));
  }

  /** N, FN, NICKNAME, ORG; true when the card is an organisation's. */
  #names(done: Set<string>): boolean {
    for (const name of ['N', 'FN', 'NICKNAME', 'X-NICKNAME', 'ORG', 'KIND', 'X-ABSHOWAS']) done.add(name);
    const { version } = this.#card;
    const n = this.#all('N').find((property) => /[^;\s]/.test(property.value));
    const parts = n ? components(n.value, version, ' ') : [];
    const named = parts.filter((part) => part !== '');
    const fn = this.#first('FN');
    const org = this.#all('ORG').find((property) => /[^;\s]/.test(property.value));
    const [company = '', ...units] = org ? components(org.value, version, ', ') : [];
    const nicknames = [...this.#all('NICKNAME'), ...this.#all('X-NICKNAME')].flatMap((property) =>
      listOf(property.value, version),
    );
    const whole = named.join(' ');
    const isOrganisation =
      /^org(?:ani[sz]ation)?$/i.test(this.#first('KIND')) ||
      (named.length === 0 && /^company$/i.test(this.#first('X-ABSHOWAS'))) ||
      (named.length <= 1 && company !== '' && (whole || fn) === company) ||
      (named.length <= 1 && company === '' && hasLegalForm(whole || fn));
    if (isOrganisation) {
      const name = company || fn || whole;
      this.#put('ORG', 'org.name', 200, name);
      if (fn !== name) this.#extra('FN', fn);
      if (whole !== name && whole !== fn) this.#extra('N', whole);
      this.#extra('NICKNAME', nicknames.join(', '));
    } else {
      const fields = ['family', 'given', 'patronymic', 'prefix', 'suffix'];
      const heads = ['family', 'given', 'additional', 'prefix', 'suffix'];
      parts.slice(0, 5).forEach((part, i) => this.#put(`N ${heads[i]}`, `name.${fields[i]}`, 100 + i, part));
      // A telephone or an address that stands for a name is none.
      if (!nicknames.includes(fn) && /\p{L}/u.test(fn)) this.#put('FN', 'name.display', 110, fn);
      this.#put('NICKNAME', 'name.nickname', 112, nicknames.join(', '));
      this.#put('ORG', 'org.name', 200, company);
    }
    this.#put('ORG unit', 'department', 210, units.filter(Boolean).join(', '));
    for (const other of this.#all('ORG').filter((one) => one !== org)) this.#extra('ORG', this.#text(other));
    return isOrganisation;
  }

  #work(done: Set<string>, isOrganisation: boolean): void {
    done.add('TITLE').add('ROLE');
    const title = this.#first('TITLE');
    const role = this.#first('ROLE');
    if (isOrganisation) {
      this.#extra('TITLE', title);
      this.#extra('ROLE', role);
      return;
    }
    this.#put('TITLE', 'jobTitle', 220, title || role);
    if (title !== '') this.#put('ROLE', 'profession', 221, role);
  }

  /** A telephone as text: `tel:+7-495-…;ext=12` → “+7-495-… ext. 12”. */
  #phone(property: Property): string {
    const text = this.#text(property);
    const uri = /^(?:tel|sip|callto):(.*)$/is.exec(text);
    if (!uri) return text;
    const [number = '', ...params] = (uri[1] as string).split(';');
    const extension = params.map((param) => /^ext=(.+)$/i.exec(param)?.[1]).find((one) => one !== undefined);
    return extension ? `${decoded(number)} ext. ${decoded(extension)}` : decoded(number);
  }

  /** Values with a label in numbered columns, the preferred first. */
  #numbered(
    done: Set<string>,
    names: readonly string[],
    header: string,
    field: string,
    rank: number,
    read: (property: Property) => string,
  ): void {
    for (const name of names) done.add(name);
    const all = names
      .flatMap((name) => this.#all(name))
      .filter((property) => read(property).trim() !== '')
      .map(
        (property): Numbered => ({ property, label: labelOf(property, this.#labels), order: preferenceOf(property) }),
      )
      .sort((a, b) => a.order - b.order);
    all.slice(0, MOST_OF_KIND).forEach(({ property, label }, i) => {
      this.#put(`${header} ${i + 1} type`, `${field}.label#${i + 1}`, rank + i, label);
      this.#put(`${header} ${i + 1}`, `${field}#${i + 1}`, rank + i + 0.5, read(property));
    });
    if (all.length <= MOST_OF_KIND) return;
    this.left.push(header);
    for (const { property } of all.slice(MOST_OF_KIND)) this.#extra(header, read(property));
  }

  #addresses(done: Set<string>): void {
    done.add('ADR');
    const { version } = this.#card;
    const labels = [...this.#all('LABEL')];
    const parts = ['poBox', 'extended', 'street', 'city', 'region', 'postcode', 'country'];
    let n = 0;
    const put = (part: string, text: string): void =>
      this.#put(
        `ADR ${n} ${part === 'label' ? 'type' : part}`,
        `address.${part}#${n}`,
        500 + n + (part === 'label' ? 0 : 0.5),
        text,
      );
    const all = this.#all('ADR')
      .filter((property) => /[^;\s]/.test(property.value) || property.params.has('LABEL'))
      .map((property) => ({ property, label: labelOf(property, this.#labels), order: preferenceOf(property) }))
      .sort((a, b) => a.order - b.order);
    for (const { property, label } of all) {
      n += 1;
      if (n > MOST_OF_KIND) {
        this.#extra('ADR', components(property.value, version, ', ').filter(Boolean).join(', '));
        continue;
      }
      // Before 4.0 the printed form is a property of its own: it belongs to the address of its group, else of its kind.
      const at = labels.findIndex((one) =>
        one.group !== '' && one.group === property.group
          ? true
          : one.group === '' && labelOf(one, this.#labels) === label,
      );
      const printed =
        property.params.get('LABEL')?.[0] ?? (at < 0 ? '' : this.#text(labels.splice(at, 1)[0] as Property));
      const values = components(property.value, version, ', ');
      const lines = printed.replaceAll('\\n', '\n').trim();
      put('label', label);
      const filled = values.filter((value) => value !== '');
      // An address that is known as printed only stands under its street for programs that read no more.
      if (filled.length === 1 && filled[0] === lines) put('formatted', lines);
      else {
        parts.forEach((part, i) => put(part, values[i] ?? ''));
        // What is made of the parts alone says nothing new.
        const rest = filled.reduce((left, value) => left.replace(value, ' '), lines.replace(/\s*\n\s*/g, ', '));
        if (/[\p{L}\p{N}]/u.test(rest)) put('formatted', lines);
      }
    }
    if (n > MOST_OF_KIND) this.left.push('ADR');
    for (const label of labels) {
      n += 1;
      if (n > MOST_OF_KIND) this.#extra('LABEL', this.#text(label));
      else {
        put('label', labelOf(label, this.#labels));
        put('formatted', this.#text(label));
      }
    }
  }

  #links(done: Set<string>): void {
    for (const name of ['URL', 'IMPP', 'X-SOCIALPROFILE', 'SOCIALPROFILE']) done.add(name);
    const put = (kind: string, value: string): void =>
      this.#put(kind === 'web' ? 'URL' : `IMPP ${kind}`, `link.${kind}`, kind === 'web' ? 600 : 601, value);
    for (const property of this.#all('URL')) put('web', this.#text(property));
    for (const name of ['IMPP', 'X-SOCIALPROFILE', 'SOCIALPROFILE'])
      for (const property of this.#all(name)) {
        const text = this.#text(property);
        if (text === '') continue;
        const { kind, value } = messenger(text, namedService(property));
        put(kind, value);
      }
    for (const [name, properties] of this.#byName) {
      const service = serviceOf(name);
      if (service === '') continue;
      done.add(name);
      for (const property of properties) {
        const text = this.#text(property);
        if (text === '') continue;
        const { kind, value } = messenger(text, service);
        put(kind, value);
      }
    }
  }

  #personal(done: Set<string>): void {
    const { version } = this.#card;
    for (const name of ['BDAY', 'GENDER', 'X-GENDER', 'NOTE', 'CATEGORIES', 'X-ABDATE', 'RELATED', 'X-ABRELATEDNAMES'])
      done.add(name);
    const [birthday, ...more] = this.#all('BDAY').filter((property) => property.value.trim() !== '');
    if (birthday) this.#put('BDAY', 'birthday', 700, cardDate(this.#text(birthday), birthday));
    for (const property of more) this.#extra('BDAY', cardDate(this.#text(property), property));
    for (const name of [
      'ANNIVERSARY',
      'X-ANNIVERSARY',
      'X-EVOLUTION-ANNIVERSARY',
      'X-KADDRESSBOOK-X-ANNIVERSARY',
      'X-MS-ANNIVERSARY',
      'X-WEDDING',
    ]) {
      done.add(name);
      for (const property of this.#all(name))
        this.#put('ANNIVERSARY', 'anniversary', 710, cardDate(this.#text(property), property));
    }
    const gender = this.#first('GENDER') || this.#first('X-GENDER');
    this.#put('GENDER', 'gender', 720, gender.split(';')[0] ?? '');
    for (const property of this.#all('NOTE')) this.#put('NOTE', 'notes', 900, this.#text(property));
    for (const property of this.#all('CATEGORIES')) {
      const list = version === '2.1' ? this.#text(property).split(/[,;]/) : listOf(property.value, version);
      this.#put(
        'CATEGORIES',
        'tags',
        800,
        list
          .map((one) => one.trim().replace(/\s*\n\s*/g, ' '))
          .filter(Boolean)
          .join('\n'),
      );
    }
    this.#labelled('X-ABDATE', 'event', 'X-ABDATE', 730);
    this.#labelled('RELATED', 'relation', 'RELATED', 840);
    this.#labelled('X-ABRELATEDNAMES', 'relation', 'RELATED', 840);
  }

  /** Days and people with a word that says which: kept under that word. */
  #labelled(name: string, field: 'event' | 'relation', header: string, rank: number): void {
    for (const property of this.#all(name)) {
      const text =
        field === 'event' ? cardDate(this.#text(property), property) : this.#text(property).replace(/^urn:uuid:/i, '');
      const label = (labelOf(property, this.#labels) || property.params.get('TYPE')?.[0]) ?? '';
      if (/^anniversary$/i.test(label)) this.#put('ANNIVERSARY', 'anniversary', 710, text);
      else if (label === '') this.#put(header, field, rank, text);
      else this.#extra(cap(label), text);
    }
  }

  #other(property: Property): void {
    const { name } = property;
    const text = this.#text(property);
    if (text === '' || TECHNICAL.test(name)) return;
    if (name === 'X-ANDROID-CUSTOM') return this.#android(property);
    const header = property.params.get('X-HEADER')?.[0];
    if (name === 'X-RAPPORT-FIELD' && header !== undefined) return this.#extra(header, text);
    const plain = Object.hasOwn(PLAIN, name) ? PLAIN[name] : undefined;
    if (plain) this.#put(name, plain[0], plain[1], text);
    else this.#extra(name, text);
  }

  /** `vnd.android.cursor.item/nickname;Вася;1;;…`: what the oldest version has no property for. */
  #android(property: Property): void {
    const [kind = '', value = '', type = '', label = ''] = components(property.value, this.#card.version, ',');
    const what = kind.replace(/^.*\//, '');
    if (value === '') return;
    if (what === 'nickname') this.#put('NICKNAME', 'name.nickname', 112, value);
    else if (what === 'contact_event' && type === '3') this.#put('BDAY', 'birthday', 700, cardDate(value, property));
    else if (what === 'contact_event' && type === '1')
      this.#put('ANNIVERSARY', 'anniversary', 710, cardDate(value, property));
    else this.#extra(label || cap(what), value);
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A card within a card, in one line: who it is and how to reach them. */
function summaryOf(card: Card): string {
  const { values } = readCard(card);
  const of = (field: RegExp): readonly string[] =>
    values.filter((value) => field.test(value.field)).map((value) => value.text);
  const [display] = of(/^name\.display$/);
  return [display ?? of(/^name\.(?:given|patronymic|family)$/).join(' '), ...of(/^(?:phone|email)#/)]
    .filter(Boolean)
    .join(', ');
}

export function readCard(card: Card): CardReading {
  const reader = new CardReader(card);
  const isGroup = reader.isGroup();
  reader.read();
  return { values: reader.values, isGroup, left: reader.left };
}

/** Telephones, e-mails and links of a row. */
import { RowContext, type Column } from './row-context.ts';
import { parseEmails } from './values/emails.ts';
import { parseLink } from './values/lists.ts';
import { looksLikePerson } from './values/names.ts';
import { hasLegalForm } from './values/organisations.ts';
import { isMobile, parsePhones } from './values/phones.ts';

const PHONE_LABELS: Readonly<Record<string, string>> = {
  work2: 'work',
  mobile2: 'mobile',
  home2: 'home',
  other2: 'other',
  faxOther: 'fax',
  primary: 'main',
  mailing: 'other',
};

const PAGE = /^(?:https?:\/\/|www\.)?[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}(?:\/\S*)?$/u;
/** What of a piece is a number or says what kind of number or address it is. */
const REACHED =
  /(?:доб|ext|вн)\p{L}*\.?\s*\d+|[+\d][\d\s().-]*\d|\d|(?<!\p{L})(?:e-?mail|тел|телефон|почта|моб|сот|раб|дом|факс|tel|phone|mob|mobile|cell|fax|whatsapp|telegram|viber|тг)(?!\p{L})[.:]*/giu;

export class RowContacts extends RowContext {
  protected takeLink(link: string): void {
    if (/^mailto:/i.test(link)) {
      for (const email of parseEmails(link).emails) this.addEmail(email, '');
    } else if (/^https?:/i.test(link)) this.person.links.push(parseLink(link, 'web'));
  }

  protected takePhones(column: Column, text: string, label: string): void {
    const parsed = parsePhones(text, this.options.country);
    for (const problem of parsed.problems) {
      if (problem === 'damaged') this.problem(column, 'phoneDamaged', 'warning', { value: text.slice(0, 40) });
      else if (problem === 'repaired') this.problem(column, 'phoneRepaired', 'info', { value: text.slice(0, 40) });
      else {
        this.problem(column, 'phoneNotRead', 'warning', { value: text.slice(0, 60) });
        if (!this.person.extra.some((one) => one.header === column.header)) this.extra(column, text);
      }
    }
    const named = column.series > 0 ? this.labelFor(this.labels.get(`phone${column.series}`) ?? '') : null;
    const target = label === 'main' ? this.org.phones : this.person.phones;
    for (const phone of parsed.phones) {
      const key = phone.e164 ?? phone.value.replace(/\D/g, '');
      if (
        target.some(
          (one) =>
            (one.e164 ?? one.value.replace(/\D/g, '')) === key && (one.extension ?? '') === (phone.extension ?? ''),
        )
      )
        continue;
      const own = phone.label ?? (named?.label || PHONE_LABELS[label] || label);
      const chosen = own || (phone.e164 && isMobile(phone.e164) && phone.e164.startsWith('+7') ? 'mobile' : 'work');
      const entry = {
        value: phone.value,
        ...(phone.e164 ? { e164: phone.e164 } : {}),
        ...(phone.extension ? { extension: phone.extension } : {}),
        label: chosen,
        order: target.length,
      };
      if (named?.primary) target.unshift(entry);
      else target.push(entry);
    }
  }

  protected takeEmails(column: Column, text: string, label: string): void {
    const parsed = parseEmails(text);
    for (const problem of parsed.problems)
      this.problem(
        column,
        problem === 'repaired' ? 'emailRepaired' : 'emailNotRead',
        problem === 'repaired' ? 'info' : 'warning',
        { value: text.slice(0, 80) },
      );
    if (parsed.emails.length === 0) {
      this.extra(column, text);
      return;
    }
    const named = column.series > 0 ? this.labelFor(this.labels.get(`email${column.series}`) ?? '').label : '';
    for (const email of parsed.emails) this.addEmail(email, named || label);
    // «luch.ru, info@luch.ru»: a page beside the address.
    if (parsed.display && PAGE.test(parsed.display)) this.person.links.push(parseLink(parsed.display, 'web'));
    else if (parsed.display) this.display ||= parsed.display;
  }

  /**
   * «Контакты»: telephones, addresses, names and words in one cell. What follows a second person is labelled with the
   * name. `named`: the column holds names, so that the first words are one whatever they look like.
   */
  protected takeContacts(column: Column, text: string, named = false): void {
    const rest: string[] = [];
    const names: string[] = [];
    for (const piece of text.split(/\s*[,;\n]\s*|\s+\/\s+/)) {
      if (piece.trim() === '') continue;
      const mails = piece.match(/\S+@\S+/g) ?? [];
      const left = mails.reduce<string>((now, one) => now.replace(one, ' '), piece);
      const words = left
        .replace(REACHED, ' ')
        .replace(/(?<!\p{L})[:–—-]+|[:–—-]+(?!\p{L})/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim();
      const person =
        /\p{L}{2}/u.test(words) &&
        ((looksLikePerson(words) && !hasLegalForm(words)) || (named && names.length === 0 && rest.length === 0));
      if (person) names.push(words);
      const owner = names.length > 1 ? (names.at(-1) as string).replace(/\s*\(.*$/, '') : '';
      for (const one of mails) for (const email of parseEmails(one).emails) this.addEmail(email, owner);
      if (left.replace(/\D/g, '').length >= 5) {
        const bare = person ? (left.match(REACHED) ?? []).join(' ') : left.trim();
        this.takePhones(column, owner === '' ? bare : `${owner} ${bare}`, '');
      } else if (!person && /\p{L}{2}/u.test(words)) rest.push(words);
    }
    if (names.length > 0) {
      if (this.contactPeople) this.contactPeople.names.push(...names);
      else this.contactPeople = { column, names };
    }
    if (rest.length > 0) this.addNote(rest.join(', '));
  }
}

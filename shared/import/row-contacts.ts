/** Telephones, e-mails and links of a row. */
import { RowContext, type Column } from './row-context.ts';
import { parseEmails } from './values/emails.ts';
import { parseLabel, parseLink } from './values/lists.ts';
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
    const named = column.series > 0 ? parseLabel(this.labels.get(`phone${column.series}`) ?? '') : null;
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
    const named = column.series > 0 ? parseLabel(this.labels.get(`email${column.series}`) ?? '').label : '';
    for (const email of parsed.emails) this.addEmail(email, named || label);
    if (parsed.display) this.display ||= parsed.display;
  }

  /** «Контакты»: telephones, addresses and words in one cell. */
  protected takeContacts(column: Column, text: string): void {
    const rest: string[] = [];
    for (const piece of text.split(/[,;\n]/)) {
      if (piece.trim() === '') continue;
      const mail = piece.match(/\S+@\S+/g);
      let left = piece;
      for (const one of mail ?? []) {
        for (const email of parseEmails(one).emails) this.addEmail(email, '');
        left = left.replace(one, ' ');
      }
      if (left.replace(/\D/g, '').length >= 5) this.takePhones(column, left.trim(), '');
      else if (/\p{L}{2}/u.test(left.replace(/(?:e-?mail|тел|почта|моб|сот)[.:]*/giu, ''))) rest.push(left.trim());
    }
    if (rest.length > 0) this.addNote(rest.join(', '));
  }
}

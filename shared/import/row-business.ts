/** The organisation and the contract of a row. */
import { RowContacts } from './row-contacts.ts';
import { type Column, systemOf } from './row-context.ts';
import { type Cell, oneLine } from './table.ts';
import { currencyIn, parseMoneyText } from './values/amounts.ts';
import { datesIn } from './values/dates.ts';
import { parseEmails } from './values/emails.ts';
import { parseLegalId, severalLegalIds } from './values/legal-ids.ts';
import { parseLink, splitValues } from './values/lists.ts';
import { looksLikeOrganisation } from './values/organisations.ts';
import { looksLikeJob } from './sniff.ts';

export class RowBusiness extends RowContacts {
  protected takeOrganisation(column: Column, text: string): void {
    const { org } = this;
    const key = column.field.slice(4);
    const value = oneLine(text);
    switch (key) {
      case 'name':
        if (!/[\p{L}\p{N}]/u.test(value)) return this.extra(column, value);
        if (/должн|position|job/iu.test(column.header)) return this.takeOrganisationAndJob(column, text);
        org.name = this.setOnce(column, org.name, value);
        return;
      case 'fullName':
        org.fullName ??= value;
        return;
      case 'industry':
        org.industry ??= value;
        return;
      case 'phone':
        return this.takePhones(column, text, 'main');
      case 'email':
        for (const email of parseEmails(text).emails)
          org.emails.push({ value: email, label: 'work', order: org.emails.length });
        if (parseEmails(text).emails.length === 0) this.extra(column, text);
        return;
      case 'website':
        for (const one of splitValues(text)) org.links.push(parseLink(one, 'web'));
        return;
      case 'legalAddress':
      case 'actualAddress':
        this.orgAddresses.take(`address.${key === 'legalAddress' ? 'legal' : 'actual'}.formatted`, 0, value);
        return;
      case 'externalId':
        org.externalIds.set(systemOf(this.options.preset), value);
        return;
      case 'notes':
        org.summary ??= text;
        return;
      case 'bank':
        org.bank = org.bank ? `${value}, ${org.bank}` : value;
        return;
      default:
        return this.takeLegalId(column, key, value);
    }
  }

  /** «АО «Луч», начальник отдела» under «Организация, должность», in either order. */
  protected takeOrganisationAndJob(column: Column, text: string): void {
    const pieces = text.split(/\s*[,;\n]\s*|\s+[-–—/]\s+/).filter((piece) => piece.trim() !== '');
    const isJob = (piece: string): boolean => looksLikeJob(piece) && !looksLikeOrganisation(piece);
    const first = pieces.findIndex(isJob);
    const jobFirst = first === 0 && pieces.length > 1;
    const at = jobFirst ? pieces.findIndex((piece) => !isJob(piece)) : first;
    const [left, right] = at > 0 ? [pieces.slice(0, at), pieces.slice(at)] : [pieces, []];
    const [company, job] = jobFirst && at > 0 ? [right, left] : [left, right];
    if (at < 0 && first === 0) {
      this.jobTitle = this.setOnce(column, this.jobTitle, oneLine(text));
      return;
    }
    this.org.name = this.setOnce(column, this.org.name, oneLine(company.join(', ')));
    if (job.length > 0) this.jobTitle = this.setOnce(column, this.jobTitle, oneLine(job.join(', ')));
  }

  protected takeLegalId(column: Column, key: string, value: string): void {
    const several = key === 'inn' || key === 'kpp' || key === 'ogrn' ? severalLegalIds(value) : null;
    if (several) {
      for (const [kind, number] of several) this.takeLegalId(column, kind, number);
      return;
    }
    const id = parseLegalId(key, value);
    if (!id) return;
    if (id.problem)
      this.problem(
        column,
        `legalId${id.problem[0]?.toUpperCase()}${id.problem.slice(1)}`,
        id.problem === 'restoredZero' ? 'info' : 'warning',
        { value: id.value.slice(0, 40) },
      );
    if (id.problem === 'damaged' || key === 'kind') {
      this.extra(column, value);
      return;
    }
    if (key === 'account' || key === 'corrAccount' || key === 'bik') {
      const name = key === 'account' ? 'р/с' : key === 'bik' ? 'БИК' : 'к/с';
      this.org.bank = this.org.bank ? `${this.org.bank}, ${name} ${id.value}` : `${name} ${id.value}`;
    }
    this.org.legalIds.set(key, id.value);
  }

  protected takeContract(column: Column, cell: Cell, text: string): void {
    const { contract } = this;
    const key = column.field.slice(9);
    const keep = (): void => void contract.extra.push({ header: column.header, value: text });
    if (key === 'amount') {
      this.amount = { text, column };
      return;
    }
    if (key === 'currency') {
      this.amountCurrency = currencyIn(text) ?? (/^[A-Z]{3}$/.test(text) ? text : '');
      return;
    }
    if (key === 'number') {
      if (typeof cell !== 'string' && cell.kind === 'date') this.problem(column, 'codeIsDay', 'warning');
      this.hasContract = true;
      // «№ 12/3 от 01.02.2024»: the date travels with the number.
      const found = /^(.*?)\s+(?:от|dated|of)\s+(.+)$/iu.exec(oneLine(text));
      const day = found ? datesIn(found[2] as string, this.dateOptions(column))[0] : undefined;
      contract.number ??= (found && day ? (found[1] as string) : oneLine(text)).replace(
        /^(?:договор|контракт)?\s*№\s*/iu,
        '',
      );
      if (day) contract.signedOn ??= day;
      return;
    }
    if (key === 'date' || key === 'start' || key === 'end' || key === 'term') {
      const target = key === 'date' ? 'signedOn' : key === 'start' ? 'start' : 'end';
      if (key === 'term' || typeof cell === 'string') {
        const days = datesIn(text, this.dateOptions(column));
        if (days.length >= 2 && key !== 'date') {
          contract.start ??= days[0] as string;
          contract.end ??= days[1] as string;
          this.hasContract = true;
          return;
        }
        if (days.length === 1 && (key === 'term' || /^(?:до|с|от|по|until|till|from)\s/iu.test(text))) {
          if (/^(?:с|от|from)\s/iu.test(text)) contract.start ??= days[0] as string;
          else contract[target] ??= days[0] as string;
          this.hasContract = true;
          return;
        }
        if (key === 'term' && (typeof cell === 'string' || cell.kind !== 'date')) return keep();
      }
      const parsed = this.date(column, cell, false);
      if (parsed.kind === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(parsed.date)) {
        contract[target] ??= parsed.date;
        this.hasContract = true;
      } else if (parsed.kind !== 'empty') keep();
      return;
    }
    if (key === 'subject') {
      contract.subject ??= oneLine(text);
      this.hasContract = true;
    } else if (key === 'renewal') contract.renewal ??= oneLine(text);
    else keep();
  }

  protected finishAmount(assumed: string): void {
    if (!this.amount) return;
    const { text, column } = this.amount;
    const named = column.currency || this.amountCurrency;
    const money = parseMoneyText(text, { decimal: column.decimal, currency: named || assumed, scale: column.scale });
    if (!money) {
      this.problem(column, 'amountNotRead', 'warning', { value: text.slice(0, 40) });
      this.contract.extra.push({ header: column.header, value: text });
      return;
    }
    this.contract.value = money;
    if (!named && !currencyIn(text) && this.hasContract) this.usedAssumedCurrency = true;
  }
}

/** What a column's values look like, whatever its header says. Shares of filled cells, 0…1. */
import { parseBoolean } from './values/lists.ts';
import { isInn } from './values/legal-ids.ts';
import { isGivenName, isPatronymic, isSurnameLike, looksLikePerson } from './values/names.ts';
import { hasLegalForm, looksLikeOrganisation } from './values/organisations.ts';
import { type Cell, cellText, oneLine } from './table.ts';

export interface ColumnLook {
  readonly filled: number;
  readonly email: number;
  readonly phone: number;
  readonly url: number;
  readonly linkedin: number;
  readonly date: number;
  readonly inn: number;
  readonly integer: number;
  readonly person: number;
  readonly organisation: number;
  readonly legalForm: number;
  readonly given: number;
  readonly family: number;
  readonly patronymic: number;
  readonly title: number;
  readonly address: number;
  readonly city: number;
  readonly job: number;
  /** Values within 1–31 and 1–12. */
  readonly day: number;
  readonly month: number;
  readonly amount: number;
  /** Values with a digit in them, with five or more, and with a letter. */
  readonly code: number;
  readonly digits: number;
  readonly letters: number;
  /** «Да», “no”, «Истина». */
  readonly boolean: number;
  /** Telephones that show what they are without a header: a plus, brackets, groups, a mobile code. */
  readonly phoneShape: number;
  readonly plus: number;
  /** Words and a telephone or an address in one value. */
  readonly beside: number;
  /** Values of several words. */
  readonly words: number;
  /** Different values. */
  readonly distinct: number;
}

const EMAIL = /[^\s@]+@[^\s@]+\.[^\s@]{2,}/;
const URL =
  /^(?:https?:\/\/|www\.)\S+$|^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:ru|com|org|net|su|io|de|fr|uk|kz|by|eu|info|biz|pro|рф)(?:\/\S*)?$/i;
const DATE = /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?:\s.*)?$|^\d{4}-\d{2}-\d{2}|^\d{1,2}\s+\p{L}{3,9}\.?\s+\d{4}/u;
const TITLE = /^(?:mr|mrs|ms|miss|dr|prof|herr|frau|г-н|г-жа|господин|госпожа|уважаем\p{L}*)\.?$/iu;
const ADDRESS =
  /(?<!\p{L})(?:ул|улица|пр-т|проспект|пер|шоссе|наб|обл|г|д|дом|кв|офис|str|street|st|ave|avenue|road|rd|strasse|straße)\.?(?!\p{L}).*\d|\d{6},/iu;
const JOB =
  /(?<!\p{L})(?:директор|менеджер|бухгалтер|начальник|инженер|руководитель|специалист|главный|ведущий|зам|заместитель|юрист|секретарь|консультант|аналитик|manager|director|engineer|ceo|cfo|cto|head|officer|assistant|president|consultant|analyst|developer|sales|founder|owner|lead|specialist|partner)/iu;
const CITY =
  /^(?:г\.?\s*)?(?:москва|санкт-петербург|спб|новосибирск|екатеринбург|казань|нижний новгород|челябинск|самара|омск|ростов(?:-на-дону)?|уфа|красноярск|воронеж|пермь|волгоград|краснодар|саратов|тюмень|тольятти|ижевск|барнаул|ульяновск|иркутск|хабаровск|ярославль|владивосток|томск|оренбург|кемерово|рязань|астрахань|пенза|киров|липецк|калининград|тула|курск|сочи|тверь|брянск|иваново|сургут|минск|алматы|астана|киев|london|paris|berlin|munich|new york|moscow|saint petersburg|madrid|rome|vienna|zurich|amsterdam|boston|chicago)$/i;

const PHONE_SHAPE =
  /^\+\d|\(\d{2,5}\)|(?:^|\D)\d{2,3}[ -]\d{2}[ -]\d{2}(?!\d)|^[78]?9\d{9}(?!\d)|^0\d{1,4}[ /-]\d|^\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)|^8[\s(-]*[348]\d\d/;

/** True for words that name a job. */
export const looksLikeJob = (text: string): boolean => JOB.test(text) && text.length < 60;

/** Looks at up to 200 filled cells spread over the column. */
export function lookAtColumn(rows: readonly (readonly Cell[])[], index: number): ColumnLook {
  const filled: { readonly text: string; readonly cell: Cell }[] = [];
  const step = Math.max(1, Math.floor(rows.length / 400));
  for (let i = 0; i < rows.length && filled.length < 200; i += step) {
    const cell = (rows[i] as readonly Cell[])[index];
    if (cell === undefined || cell === '') continue;
    const text = oneLine(cellText(cell));
    if (text !== '') filled.push({ text, cell });
  }
  const n = Math.max(1, filled.length);
  const share = (test: (text: string) => boolean): number => filled.filter(({ text }) => test(text)).length / n;
  const number = (text: string): number => (/^\d{1,4}$/.test(text) ? Number(text) : -1);
  const phone = (text: string): boolean => {
    if (EMAIL.test(text) || DATE.test(text)) return false;
    const digits = text.replace(/\D/g, '').length;
    return (
      digits >= 6 &&
      digits <= 26 &&
      /^(?:[\d\s()+.,;/-]|доб|вн|ext|моб|тел|сот|раб|факс|[:x#.])+$/iu.test(text) &&
      (/[()+-]/.test(text) || digits === 10 || digits === 11 || (digits > 20 && /[,;\s]/.test(text)))
    );
  };
  return {
    filled: filled.length,
    email: share((text) => EMAIL.test(text)),
    phone: share(phone),
    url: share((text) => URL.test(text) && !EMAIL.test(text)),
    linkedin: share((text) => /linkedin\.com/i.test(text)),
    date:
      filled.filter(({ text, cell }) => (typeof cell !== 'string' && cell.kind === 'date') || DATE.test(text)).length /
      n,
    inn: share((text) => isInn(text)),
    integer: share((text) => /^\d+$/.test(text)),
    person: share(looksLikePerson),
    organisation: share(looksLikeOrganisation),
    legalForm: share(hasLegalForm),
    given: share((text) => !text.includes(' ') && isGivenName(text)),
    family: share(
      (text) => /^\p{Lu}[\p{L}-]+$/u.test(text) && isSurnameLike(text) && !isGivenName(text) && !isPatronymic(text),
    ),
    patronymic: share((text) => !text.includes(' ') && isPatronymic(text) && !isSurnameLike(text)),
    title: share((text) => TITLE.test(text)),
    address: share((text) => ADDRESS.test(text)),
    city: share((text) => CITY.test(text)),
    job: share(looksLikeJob),
    day: share((text) => number(text) >= 1 && number(text) <= 31),
    month: share((text) => number(text) >= 1 && number(text) <= 12),
    amount: share((text) =>
      /^[-−(]?\d[\d\s.,'’\u00a0]*(?:руб|₽|\$|€|р\.|тыс|млн|usd|eur|rub|у\.е)?.{0,6}$/iu.test(text),
    ),
    code: share((text) => /\d/.test(text)),
    digits: share((text) => text.replace(/\D/g, '').length >= 5),
    letters: share((text) => /\p{L}/u.test(text)),
    boolean: share((text) => parseBoolean(text) !== undefined),
    plus: share((text) => phone(text) && text.startsWith('+')),
    beside: share((text) => /\p{L}{2}/u.test(text.replace(/\S*@\S*/g, '')) && /\S@\S|\d(?:[\s()-]*\d){9}/.test(text)),
    phoneShape: share((text) => phone(text) && PHONE_SHAPE.test(text)),
    words: share((text) => /\s/.test(text)),
    distinct: new Set(filled.map(({ text }) => text)).size / n,
  };
}

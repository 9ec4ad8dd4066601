/**
 * Typesetting of text for print: quotes, dashes and places where a line must not break. Words are never changed: only
 * spaces, straight quotes and hyphens standing for dashes.
 */
import type { Language } from '../i18n/catalogue.ts';
import type { Run } from '../note/blocks.ts';

export const NBSP = '\u00a0';

/** Short Russian words that must not end a line. */
const RU_SHORT = new Set(
  'а без в во для до за и из к как ко на над не ни но о об обо от по под при про с со у что'.split(' '),
);
/** What follows a number and must not part from it. */
const RU_UNIT =
  /^(?:г|гг|руб|коп|тыс|млн|млрд|шт|кг|т|м|м²|м³|км|см|мм|л|ч|мин|сек|дн|дня|дней|день|недель|недели|месяц|месяца|месяцев|год|года|лет|час|часа|часов|минут|человек|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)(?![\p{L}])|^[%‰₽$€£°]/u;
const EN_UNIT =
  /^(?:kg|g|t|m|km|cm|mm|h|min|days?|weeks?|months?|years?|hours?|minutes?|people|pcs|million|billion|January|February|March|April|May|June|July|August|September|October|November|December)(?![\p{L}])|^[%‰₽$€£°]/u;

/** Typesets one piece of text. Addresses of pages and e-mails are left alone. */
export function typeset(text: string, language: Language): string {
  return (typesetRuns([{ text }], language)[0] as Run).text;
}

/**
 * Typesets the runs of one paragraph: quotes and spaces are judged by the whole paragraph, so that marks in the middle of
 * a sentence change nothing. Code is left as it is.
 */
export function typesetRuns(runs: readonly Run[], language: Language): readonly Run[] {
  const whole = runs.map((run) => run.text).join('');
  const set = sameLength(whole, language);
  let at = 0;
  return runs.map((run) => {
    const text = set.slice(at, at + run.text.length);
    at += run.text.length;
    if (run.code) return run;
    // The only insertion: a number sign hugging its number.
    return { ...run, text: language === 'ru' ? text.replace(/№(?=\d)/gu, `№${NBSP}`) : text };
  });
}

/** Every replacement keeps the number of UTF-16 units, so that runs can be cut at the same places afterwards. */
function sameLength(text: string, language: Language): string {
  const out: string[] = [];
  const depth = { quotes: 0 };
  // Text and the spaces between it, alternating.
  for (const piece of text.split(/(\s+)/u)) {
    out.push(/:\/\/|@/u.test(piece) ? piece : quotes(piece, depth, language));
  }
  let set = out.join('');
  // A hyphen between spaces stands for a dash; the space before it must not break.
  const dash = language === 'ru' ? '—' : '–';
  set = set.replace(/(?<=[^\s])[ \u00a0](?:-|–|—)(?= )/gu, `${NBSP}${dash}`);
  // A remark or a line of a list that begins with a dash.
  set = set.replace(/(?<=^|\n)-(?= )/gu, dash);
  return unbroken(set, language);
}

function quotes(piece: string, depth: { quotes: number }, language: Language): string {
  const [open, close, innerOpen, innerClose] = language === 'ru' ? ['«', '»', '„', '“'] : ['“', '”', '‘', '’'];
  let out = '';
  for (let i = 0; i < piece.length; i++) {
    const char = piece[i] as string;
    const before = piece[i - 1];
    if (char === '«') depth.quotes++;
    else if (char === '»') depth.quotes = Math.max(0, depth.quotes - 1);
    if (char === '"') {
      const opening = (before === undefined || /[([{«„“"—–/-]/u.test(before)) && i < piece.length - 1;
      if (opening) {
        out += depth.quotes > 0 ? innerOpen : open;
        depth.quotes++;
      } else if (depth.quotes === 0) {
        // Nothing to close: inches, seconds, a slip.
        out += char;
      } else {
        depth.quotes--;
        out += depth.quotes > 0 ? innerClose : close;
      }
    } else if (char === "'" && language === 'en') {
      out += before === undefined || /[([{“"]/u.test(before) ? '‘' : '’';
    } else {
      out += char;
    }
  }
  return out;
}

function unbroken(text: string, language: Language): string {
  const unit = language === 'ru' ? RU_UNIT : EN_UNIT;
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (char !== ' ') {
      out += char;
      continue;
    }
    const left = /[^\s]*$/u.exec(text.slice(Math.max(0, i - 24), i))?.[0] ?? '';
    const right = text.slice(i + 1, i + 24);
    const bare = left.replace(/^[(«„“"]+/u, '');
    const glue =
      // Numbers with their units, and groups of digits.
      (/\d$/u.test(left) && (unit.test(right) || /^\d{3}(?!\d)/u.test(right))) ||
      bare === '№' ||
      bare === '§' ||
      // Initials with each other and with the name: И. О. Фамилия.
      (/^\p{Lu}\.$/u.test(bare) && /^\p{Lu}/u.test(right)) ||
      (/(?:^|[^\p{L}])\p{Lu}\.\p{Lu}\.$/u.test(bare) && /^\p{Lu}/u.test(right)) ||
      (language === 'ru' && RU_SHORT.has(bare.toLowerCase()) && right !== '' && !right.startsWith(' ')) ||
      (language === 'ru' && /^(?:ул|д|стр|п|пп|ст|см|им)\.$/iu.test(bare) && /^[\p{Lu}\d«]/u.test(right)) ||
      // «г. Тверь», but not «2026 г. Далее».
      (language === 'ru' && bare === 'г.' && /^\p{Lu}/u.test(right) && !/\d[\s\u00a0]г\.$/u.test(text.slice(0, i))) ||
      (language === 'ru' && bare === 'т.' && /^[едкп]\./u.test(right)) ||
      (language === 'en' && /^(?:No|Mr|Mrs|Ms|Dr|p|pp)\.$/u.test(bare)) ||
      (language === 'ru' && /^(?:же|ли|бы|б|ж)(?![\p{L}])/u.test(right) && left !== '');
    out += glue ? NBSP : ' ';
  }
  return out;
}

/** Dates and times as a document says them. Plain dates never pass through the machine's time zone. */
import { formatPlainDate } from '../dates/format-date.ts';
import { isPlainDate, toDayNumber } from '../dates/plain-date.ts';
import type { Language } from '../i18n/catalogue.ts';
import type { PlainDate, PlainDateTime } from '../model/records.ts';

/** «31 мая 2026 г.» / “31 May 2026”, unbreakable. Text that is not a date is returned as it is. */
export const printDate = (date: PlainDate, language: Language): string => formatPlainDate(date, language, 'long');

/** «31.05.2026» / “31 May 2026”: short enough for a table column. */
export const printShortDate = (date: PlainDate, language: Language): string => formatPlainDate(date, language, 'short');

/** «воскресенье, 31 мая 2026 г.» / “Sunday, 31 May 2026”. */
export function printLongDate(date: PlainDate, language: Language): string {
  const long = printDate(date, language);
  if (!isPlainDate(date)) return long;
  // The weekday alone: «воскресенье, 31 мая» and “Sunday 31 May” differ in their comma between versions of Intl.
  return `${/^\p{L}+/u.exec(formatPlainDate(date, language, 'weekday'))?.[0] ?? ''}, ${long}`;
}

/** The day of a plain date-time. */
export const dayOf = (at: PlainDateTime): PlainDate => at.slice(0, 10);
/** `HH:MM` of a plain date-time, or '' when it names only a day. */
export const timeOf = (at: PlainDateTime): string => (at.length >= 16 ? at.slice(11, 16) : '');

/** Russian names of the places that zones are named after; the others keep the name in their identifier. */
const RUSSIAN_PLACES: Readonly<Record<string, string>> = {
  'Europe/Kaliningrad': 'Калининград',
  'Europe/Moscow': 'Москва',
  'Europe/Simferopol': 'Симферополь',
  'Europe/Volgograd': 'Волгоград',
  'Europe/Kirov': 'Киров',
  'Europe/Astrakhan': 'Астрахань',
  'Europe/Saratov': 'Саратов',
  'Europe/Samara': 'Самара',
  'Europe/Ulyanovsk': 'Ульяновск',
  'Asia/Yekaterinburg': 'Екатеринбург',
  'Asia/Omsk': 'Омск',
  'Asia/Novosibirsk': 'Новосибирск',
  'Asia/Barnaul': 'Барнаул',
  'Asia/Tomsk': 'Томск',
  'Asia/Novokuznetsk': 'Новокузнецк',
  'Asia/Krasnoyarsk': 'Красноярск',
  'Asia/Irkutsk': 'Иркутск',
  'Asia/Chita': 'Чита',
  'Asia/Yakutsk': 'Якутск',
  'Asia/Vladivostok': 'Владивосток',
  'Asia/Magadan': 'Магадан',
  'Asia/Sakhalin': 'Сахалин',
  'Asia/Kamchatka': 'Камчатка',
  'Asia/Anadyr': 'Анадырь',
  'Europe/Minsk': 'Минск',
  'Asia/Almaty': 'Алматы',
  'Asia/Bishkek': 'Бишкек',
  'Asia/Tashkent': 'Ташкент',
  'Asia/Dushanbe': 'Душанбе',
  'Asia/Ashgabat': 'Ашхабад',
  'Asia/Baku': 'Баку',
  'Asia/Yerevan': 'Ереван',
  'Asia/Tbilisi': 'Тбилиси',
  'Europe/Chisinau': 'Кишинёв',
  'Europe/Kiev': 'Киев',
  'Europe/Kyiv': 'Киев',
  'Europe/Riga': 'Рига',
  'Europe/Vilnius': 'Вильнюс',
  'Europe/Tallinn': 'Таллин',
  'Europe/Helsinki': 'Хельсинки',
  'Europe/Warsaw': 'Варшава',
  'Europe/Prague': 'Прага',
  'Europe/Belgrade': 'Белград',
  'Europe/Berlin': 'Берлин',
  'Europe/Vienna': 'Вена',
  'Europe/Paris': 'Париж',
  'Europe/Rome': 'Рим',
  'Europe/Madrid': 'Мадрид',
  'Europe/London': 'Лондон',
  'Europe/Istanbul': 'Стамбул',
  'Asia/Dubai': 'Дубай',
  'Asia/Jerusalem': 'Иерусалим',
  'Asia/Tehran': 'Тегеран',
  'Asia/Kolkata': 'Калькутта',
  'Asia/Shanghai': 'Шанхай',
  'Asia/Hong_Kong': 'Гонконг',
  'Asia/Singapore': 'Сингапур',
  'Asia/Seoul': 'Сеул',
  'Asia/Tokyo': 'Токио',
  'America/New_York': 'Нью-Йорк',
  'America/Chicago': 'Чикаго',
  'America/Los_Angeles': 'Лос-Анджелес',
};

/**
 * The zone's place with its offset at that time, or at noon when only a day is given: «Москва, UTC+3» / “Moscow, UTC+3”. An
 * unknown zone is returned as it is written. Places are not asked of Intl: Chromium carries no Russian names of cities, so they would depend on the runtime.
 */
export function printZone(zone: string, at: PlainDateTime, language: Language): string {
  if (zone === '' || !isPlainDate(dayOf(at))) return zone;
  try {
    const [hours = 12, minutes = 0] = timeOf(at).split(':').filter(Boolean).map(Number);
    const offset = offsetAt(zone, toDayNumber(dayOf(at)) * 1440 + hours * 60 + minutes)
      .replace('GMT', 'UTC')
      .replace('-', '−')
      .replace(/[+−]0$/u, '');
    const place =
      zone.includes('/') && !zone.startsWith('Etc/') ? (zone.split('/').at(-1) ?? '').replaceAll('_', ' ') : '';
    const name = language === 'ru' ? (RUSSIAN_PLACES[zone] ?? place) : place;
    return name === '' ? offset : `${name}, ${offset}`;
  } catch {
    return zone;
  }
}

/** What Intl says of a zone's clock that shows a wall time (minutes since 1970-01-01T00:00): `GMT-3:30`. Throws for no zone. */
function offsetAt(zone: string, wall: number): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'shortOffset', hour: 'numeric' });
  const said = (minutes: number): string =>
    format.formatToParts(minutes * 60_000).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const ahead = (text: string): number => {
    const [, sign, hours, minutes] = /([+-])(\d+)(?::(\d+))?/u.exec(text) ?? [];
    return sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes ?? 0)) : 0;
  };
  // The offset at the wall time taken for UTC is at most a change of the clocks away from the right one.
  const near = wall - ahead(said(wall));
  return said(wall - ahead(said(near)));
}

/** Start, end and zone of a meeting: «14:00–15:30 (Москва, UTC+3)»; '' when no time is known. An end at the start says nothing. */
export function printTimes(
  start: PlainDateTime,
  end: PlainDateTime | undefined,
  zone: string | undefined,
  language: Language,
): string {
  const from = timeOf(start);
  if (from === '') return '';
  let text = from;
  if (end && timeOf(end) !== '' && end !== start) {
    text += dayOf(end) === dayOf(start) ? `–${timeOf(end)}` : ` – ${printDate(dayOf(end), language)}, ${timeOf(end)}`;
  }
  return zone ? `${text} (${printZone(zone, start, language)})` : text;
}

/** Every known header, by preset. */
import {
  AMOCRM_RU,
  BITRIX24_RU,
  HUBSPOT_COMPANIES,
  HUBSPOT_CONTACTS,
  HUBSPOT_DEALS,
  SALESFORCE,
  SALESFORCE_API,
} from './crm.ts';
import { GOOGLE_NEW, GOOGLE_OLD, LINKEDIN } from './google-linkedin.ts';
import { HOME_MADE_EN, HOME_MADE_RU } from './home-made.ts';
import { THUNDERBIRD_EN, THUNDERBIRD_RU } from './mail-programs.ts';
import { GERMAN, POLISH_CZECH_DUTCH_TURKISH, ROMANCE, UKRAINIAN_BELARUSIAN_KAZAKH } from './other-languages.ts';
import { OUTLOOK_EN, OUTLOOK_RU } from './outlook.ts';

/** Name of a preset → its lines `field: header | header`. */
export const PRESET_TEXTS: Readonly<Record<string, string>> = {
  'outlook-ru': OUTLOOK_RU,
  'outlook-en': OUTLOOK_EN,
  'google-new': GOOGLE_NEW,
  'google-old': GOOGLE_OLD,
  linkedin: LINKEDIN,
  'bitrix24-ru': BITRIX24_RU,
  'amocrm-ru': AMOCRM_RU,
  'thunderbird-ru': THUNDERBIRD_RU,
  'thunderbird-en': THUNDERBIRD_EN,
  'hubspot-contacts': HUBSPOT_CONTACTS,
  'hubspot-companies': HUBSPOT_COMPANIES,
  'hubspot-deals': HUBSPOT_DEALS,
  salesforce: SALESFORCE,
  'salesforce-api': SALESFORCE_API,
};
/** Tables made by hand: consulted when no program's layout is recognised. */
export const HOME_MADE_TEXTS: readonly string[] = [
  HOME_MADE_RU,
  HOME_MADE_EN,
  GERMAN,
  ROMANCE,
  POLISH_CZECH_DUTCH_TURKISH,
  UKRAINIAN_BELARUSIAN_KAZAKH,
];

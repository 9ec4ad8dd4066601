/** All texts of the product. One object per language; the areas are the top-level keys: `t('meeting.title')`. */
import { attachmentErrors, attachments } from './areas/attachments.ts';
import { bin } from './areas/bin.ts';
import { calendarErrors } from './areas/calendar-errors.ts';
import { cards } from './areas/cards.ts';
import { common } from './areas/common.ts';
import { contractDates } from './areas/contractDates.ts';
import { contractDocuments } from './areas/contractDocuments.ts';
import { contracts } from './areas/contracts.ts';
import { contractTerms } from './areas/contractTerms.ts';
import { contractDuties } from './areas/contract-duties.ts';
import { contractIndexation } from './areas/contract-indexation.ts';
import { contractSections } from './areas/contractSections.ts';
import { deadlines } from './areas/deadlines.ts';
import { errors } from './areas/errors.ts';
import { importCards } from './areas/import-cards.ts';
import { importErrors } from './areas/import-errors.ts';
import { importFields } from './areas/import-fields.ts';
import { importRecords } from './areas/import-records.ts';
import { importing } from './areas/importing.ts';
import { meeting } from './areas/meeting.ts';
import { meetings } from './areas/meetings.ts';
import { menu } from './areas/menu.ts';
import { organisations } from './areas/organisations.ts';
import { people } from './areas/people.ts';
import { problems } from './areas/problems.ts';
import { profile } from './areas/profile.ts';
import { search } from './areas/search.ts';
import { settings } from './areas/settings.ts';
import { shell } from './areas/shell.ts';
import { start } from './areas/start.ts';
import { summary } from './areas/summary.ts';
import { timeline } from './areas/timeline.ts';
import { sync, syncErrors } from './areas/sync.ts';
import { handOverErrors, syncScreens, syncServiceErrors } from './areas/sync-screens.ts';
import { today } from './areas/today.ts';
import { differences } from './areas/differences.ts';
import { values } from './areas/values.ts';

const areas = {
  attachments,
  bin,
  cards,
  common,
  contractDates,
  contractDocuments,
  contracts,
  contractTerms,
  contractSections: {
    ru: { ...contractSections.ru, ...contractDuties.ru, ...contractIndexation.ru },
    en: { ...contractSections.en, ...contractDuties.en, ...contractIndexation.en },
  },
  deadlines,
  differences,
  errors: {
    ru: {
      ...errors.ru,
      import: importErrors.ru,
      calendar: { ...errors.ru.calendar, ...calendarErrors.ru },
      sync: { ...syncErrors.ru, ...syncServiceErrors.ru },
      handOver: handOverErrors.ru,
      attachment: attachmentErrors.ru,
    },
    en: {
      ...errors.en,
      import: importErrors.en,
      calendar: { ...errors.en.calendar, ...calendarErrors.en },
      sync: { ...syncErrors.en, ...syncServiceErrors.en },
      handOver: handOverErrors.en,
      attachment: attachmentErrors.en,
    },
  },
  importFields,
  importing: {
    ru: { ...importing.ru, ...importRecords.ru, ...importCards.ru },
    en: { ...importing.en, ...importRecords.en, ...importCards.en },
  },
  meeting,
  meetings,
  menu,
  organisations,
  people,
  problems,
  profile,
  search,
  settings,
  shell,
  start,
  summary,
  timeline,
  sync: { ru: { ...sync.ru, ...syncScreens.ru }, en: { ...sync.en, ...syncScreens.en } },
  today,
  values,
};

export type Language = 'ru' | 'en';
export const LANGUAGES: readonly Language[] = ['ru', 'en'];

type Areas = typeof areas;
function pick<L extends Language>(language: L): { [A in keyof Areas]: Areas[A][L] } {
  return Object.fromEntries(Object.entries(areas).map(([name, texts]) => [name, texts[language]])) as {
    [A in keyof Areas]: Areas[A][L];
  };
}

/** i18next resources: language → area → key → text. */
export const catalogue = { ru: pick('ru'), en: pick('en') };

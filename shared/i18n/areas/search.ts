/** Texts of the area «search», both languages side by side. Plural keys end in _one/_few/_many/_other (ru) and _one/_other (en). */
export const search = {
  ru: {
    results: 'Что нашлось',
    records: 'Записи',
    actions: 'Команды',
    organisations: 'Организации',
    people: 'Люди',
    meetings: 'Встречи',
    promises: 'Обещания',
    contracts: 'Договоры',
  },
  en: {
    results: 'What was found',
    records: 'Records',
    actions: 'Commands',
    organisations: 'Organisations',
    people: 'People',
    meetings: 'Meetings',
    promises: 'Promises',
    contracts: 'Contracts',
  },
} as const;

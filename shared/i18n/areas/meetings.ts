/** Texts of the area «meetings», both languages side by side. Plural keys end in _one/_few/_many/_other (ru) and _one/_other (en). */
export const meetings = {
  ru: {
    name: 'Встреча',
    when: 'Когда',
    place: 'Место',
    undated: 'Без даты',
    today: 'Сегодня',
    thisWeek: 'На этой неделе',
    upcoming: 'Позже',
    earlierThisWeek: 'Ранее на этой неделе',
    earlier: 'Раньше',
    emptyTitle: 'Встреч пока нет',
    emptyText: 'Запишите первую клавишей N: она сохраняется по мере того, как вы пишете.',
  },
  en: {
    name: 'Meeting',
    when: 'When',
    place: 'Place',
    undated: 'Without a date',
    today: 'Today',
    thisWeek: 'This week',
    upcoming: 'Later',
    earlierThisWeek: 'Earlier this week',
    earlier: 'Earlier',
    emptyTitle: 'No meetings yet',
    emptyText: 'Write the first with the key N: it is saved as you write.',
  },
} as const;

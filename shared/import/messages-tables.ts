/** Texts about the shape of a table, both languages side by side: a part of `readingProblems`. */

export const tableProblems = {
  ru: {
    turnedTable:
      'Таблица лежит на боку: названия полей стоят в первом столбце, каждая запись — в своём. Она повёрнута; номера строк в замечаниях — это номера столбцов.',
    otherSheets_one: 'Прочитан только лист «{{sheet}}». В книге есть ещё {{count}} лист с данными: {{names}}.',
    otherSheets_few: 'Прочитан только лист «{{sheet}}». В книге есть ещё {{count}} листа с данными: {{names}}.',
    otherSheets_many: 'Прочитан только лист «{{sheet}}». В книге есть ещё {{count}} листов с данными: {{names}}.',
    otherSheets_other: 'Прочитан только лист «{{sheet}}». В книге есть ещё {{count}} листа с данными: {{names}}.',
    mergedOffered_one:
      'В таблице {{count}} ячейка объединена по высоте. Её значение осталось у первой строки; его можно отнести ко всем (--fill-down).',
    mergedOffered_few:
      'В таблице {{count}} ячейки объединены по высоте. Значение осталось у первой строки каждой; его можно отнести ко всем (--fill-down).',
    mergedOffered_many:
      'В таблице {{count}} ячеек объединены по высоте. Значение осталось у первой строки каждой; его можно отнести ко всем (--fill-down).',
    mergedOffered_other:
      'В таблице {{count}} ячейки объединены по высоте. Значение осталось у первой строки каждой; его можно отнести ко всем (--fill-down).',
    mergedFilled_one: 'В таблице {{count}} ячейка объединена по высоте. Её значение отнесено к каждой из её строк.',
    mergedFilled_few: 'В таблице {{count}} ячейки объединены по высоте. Значение отнесено к каждой из их строк.',
    mergedFilled_many: 'В таблице {{count}} ячеек объединены по высоте. Значение отнесено к каждой из их строк.',
    mergedFilled_other: 'В таблице {{count}} ячейки объединены по высоте. Значение отнесено к каждой из их строк.',
    sideBySide:
      'Рядом стоит ещё одна таблица с теми же столбцами. Её люди и телефоны сохранены в дополнительных полях. Чтобы завести этих людей, перенесите их строки под первую таблицу.',
    codeIsDay: 'Вместо номера в ячейке дата: таблица могла превратить в неё номер вида «1-2». Проверьте его.',
    skippedFolder: 'Группа справочника, а не запись. Строка пропущена.',
    skippedGroupName: 'Название группы над строками пропущено.',
    skippedOtherTable:
      'Ниже начинается другая таблица, эта строка из неё. Пропущена. Чтобы прочитать её, укажите строку её заголовка.',
  },
  en: {
    turnedTable:
      'The table lies on its side: field names are in the first column, each record in a column of its own. It was turned; row numbers in the remarks are column numbers.',
    otherSheets_one: 'Only the sheet “{{sheet}}” was read. The workbook has {{count}} more sheet with data: {{names}}.',
    otherSheets_other:
      'Only the sheet “{{sheet}}” was read. The workbook has {{count}} more sheets with data: {{names}}.',
    mergedOffered_one:
      'The table has {{count}} cell merged over several rows. Its value stayed with the first row; it can be given to all of them (--fill-down).',
    mergedOffered_other:
      'The table has {{count}} cells merged over several rows. Their value stayed with the first row; it can be given to all of them (--fill-down).',
    mergedFilled_one: 'The table has {{count}} cell merged over several rows. Its value was given to each of its rows.',
    mergedFilled_other: 'The table has {{count}} cells merged over several rows. Each row was given their value.',
    sideBySide:
      'Another table with the same columns stands beside this one. Its people and telephones are kept in extra fields. To make records of them, move their rows below the first table.',
    codeIsDay:
      'The cell holds a date in place of a number: the spreadsheet may have made it of a number such as “1-2”. Check it.',
    skippedFolder: 'A folder of the catalogue and not a record. The row was left out.',
    skippedGroupName: 'The name of a group above its rows was left out.',
    skippedOtherTable:
      'Another table begins below; this row is part of it. Left out. To read it, choose the row of its header.',
  },
} as const;

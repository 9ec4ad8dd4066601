/** What is wrong with a calendar of working days that a person brings; merged into «errors» as `calendar`. */
export const calendarErrors = {
  ru: {
    empty: 'В тексте нет ни одного дня. Ничего не записано. Нужен файл JSON, таблица «дата;вид» или файл .ics.',
    tooLong: 'Файл слишком велик для календаря. Ничего не записано. Возьмите файл одного или нескольких лет.',
    notJson: 'Это не JSON. Ничего не записано. Проверьте, что файл скопирован целиком.',
    notAnObject: 'Ожидается календарь одного года или список таких календарей. Ничего не записано.',
    notText: 'Не заполнено поле «{{field}}». Ничего не записано. Укажите страну и источник.',
    notAYear: 'Не удалось разобрать год. Ничего не записано. Нужен год с 1900 по 2200.',
    notADate: 'Это не день: {{field}}. Ничего не записано. Нужен существующий день в виде ГГГГ-ММ-ДД.',
    wrongYear: 'День другого года: {{field}}. Ничего не записано. Каждый год — отдельный календарь.',
    wrongWeekday:
      'День недели не подходит: {{field}}. Ничего не записано. Нерабочими отмечают будни, рабочими — субботы и воскресенья.',
    closed: 'В этом году нет ни одного рабочего дня. Ничего не записано. Проверьте, какие дни отмечены нерабочими.',
    lineNotADate: 'Строка {{line}}: «{{text}}» — не дата. Ничего не записано. Нужен вид 2027-03-08 или 08.03.2027.',
    lineNotAKind:
      'Строка {{line}}: неизвестный вид дня «{{text}}». Ничего не записано. Возможны: выходной, рабочий, сокращённый.',
    countryMissing: 'Не указано, чей это календарь. Ничего не записано. Впишите код страны или своё название.',
    unknown: 'Такого календаря нет. Возможно, его сбросили на другом устройстве.',
  },
  en: {
    empty:
      'There is no day in this text. Nothing was saved. A JSON file, a table "date;kind" or an .ics file is needed.',
    tooLong: 'The file is too large for a calendar. Nothing was saved. Take a file of one or a few years.',
    notJson: 'This is not JSON. Nothing was saved. Check that the file was copied as a whole.',
    notAnObject: 'A calendar of one year, or a list of them, is expected. Nothing was saved.',
    notText: 'The field "{{field}}" is empty. Nothing was saved. Give the country and the source.',
    notAYear: 'The year was not understood. Nothing was saved. A year from 1900 to 2200 is needed.',
    notADate: 'This is not a day: {{field}}. Nothing was saved. An existing day as YYYY-MM-DD is needed.',
    wrongYear: 'A day of another year: {{field}}. Nothing was saved. Each year is a calendar of its own.',
    wrongWeekday:
      'The weekday does not fit: {{field}}. Nothing was saved. Days off are weekdays, working days are Saturdays and Sundays.',
    closed: 'The year has no working day. Nothing was saved. Check which days are marked as days off.',
    lineNotADate: 'Line {{line}}: "{{text}}" is not a date. Nothing was saved. Write 2027-03-08 or 08.03.2027.',
    lineNotAKind: 'Line {{line}}: the kind "{{text}}" was not understood. Nothing was saved. Use off, work or short.',
    countryMissing:
      'It is not said whose calendar this is. Nothing was saved. Give a country code or a name of your own.',
    unknown: 'There is no such calendar. It may have been reset on another device.',
  },
} as const;

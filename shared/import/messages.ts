/**
 * Texts about reading files, both languages side by side: `readingErrors` below `errors.import.`, `readingProblems`
 * below `problems.`, `matchReasons` below `importing.reasons.`. Each says what happened, what is safe and what to do.
 */
import { tableProblems } from './messages-tables.ts';
import { cardProblems } from './vcard/messages.ts';

export const readingErrors = {
  ru: {
    tooLarge:
      'Файл слишком большой: {{megabytes}} МБ, читается до {{limit}} МБ. Ничего не прочитано и не записано. Разделите его на части или сохраните только нужные листы.',
    empty: 'Файл пуст: в нём нет ни одной строки. Ничего не записано. Проверьте, тот ли это файл.',
    notASpreadsheet:
      'Файл «{{file}}» не таблица. Ничего не записано. Подходят CSV, TSV, XLSX, XLS, ODS и визитки vCard.',
    noCards:
      'В файле нет ни одной визитки (BEGIN:VCARD). Ничего не записано. Выгрузите контакты заново или проверьте, тот ли это файл.',
    numbers:
      'Это таблица Numbers. Ничего не записано. В Numbers выберите «Файл → Экспортировать → Excel» и откройте получившийся XLSX.',
    binaryWorkbook: 'Это двоичная книга XLSB. Ничего не записано. Сохраните её в Excel как XLSX и откройте снова.',
    encrypted:
      'Файл защищён паролем. Ничего не записано. Откройте его в Excel, снимите пароль при сохранении и импортируйте снова.',
    damaged:
      'Файл повреждён или скачан не целиком. Ничего не записано. Скачайте его ещё раз или откройте в Excel и сохраните заново.',
    zipBomb:
      'Файл при распаковке становится слишком большим и может остановить программу. Он не открыт, ничего не записано. Если файл нужный, сохраните его в Excel заново как XLSX или CSV.',
    forbiddenXml:
      'Внутри файла есть описания, которых в таблицах не бывает (DOCTYPE). Он не открыт, ничего не записано. Сохраните таблицу в Excel заново.',
    tooManyColumns:
      'В листе {{columns}} столбцов, читается до {{limit}}. Ничего не записано. Удалите лишние столбцы или сохраните нужные в отдельный файл.',
    tooManyRows: 'В листе больше {{limit}} строк. Ничего не записано. Разделите его на части.',
    tooMuchMemory:
      'Чтобы прочитать файл, не хватает памяти. Ничего не записано, программа работает. Разделите файл на части или сохраните его как CSV.',
    parserKilled:
      'Чтение файла прервалось. Ничего не записано, программа работает. Попробуйте ещё раз или сохраните файл заново как CSV.',
    timeout:
      'Файл не прочитан за {{seconds}} с, чтение остановлено. Ничего не записано. Разделите файл на части или сохраните его как CSV.',
    encodingUnsure:
      'Нельзя уверенно сказать, в какой кодировке файл. Ничего не записано. Выберите вариант, в котором слова читаются.',
    encodingUnknown: 'Кодировка «{{encoding}}» здесь не читается. Ничего не записано. Выберите другую.',
    noSuchSheet: 'Листа «{{sheet}}» в файле нет. Есть: {{sheets}}. Ничего не записано.',
    noSuchRow:
      'Строки {{row}} в листе нет, поэтому заголовка там быть не может. Ничего не записано. Выберите другую строку.',
    unknownField: 'Поля «{{field}}» нет. Ничего не записано. Выберите поле из списка.',
  },
  en: {
    tooLarge:
      'The file is too large: {{megabytes}} MB, up to {{limit}} MB can be read. Nothing was read or saved. Split it, or save only the sheets you need.',
    empty: 'The file is empty: there is not a single row. Nothing was saved. Check whether it is the right file.',
    notASpreadsheet: '“{{file}}” is not a spreadsheet. Nothing was saved. CSV, TSV, XLSX, XLS and ODS can be read.',
    noCards:
      'There is no business card (BEGIN:VCARD) in the file. Nothing was saved. Export the contacts again, or check that this is the right file.',
    numbers:
      'This is a Numbers document. Nothing was saved. In Numbers choose File → Export To → Excel and open the XLSX.',
    binaryWorkbook: 'This is a binary workbook (XLSB). Nothing was saved. Save it as XLSX in Excel and open that.',
    encrypted:
      'The file is protected by a password. Nothing was saved. Open it in Excel, save it without the password and import it again.',
    damaged:
      'The file is damaged or was not downloaded completely. Nothing was saved. Download it again, or open it in Excel and save it anew.',
    zipBomb:
      'The file expands to a size that could stop the app. It was not opened and nothing was saved. If you need it, save it again in Excel as XLSX or CSV.',
    forbiddenXml:
      'The file contains declarations that spreadsheets never have (DOCTYPE). It was not opened and nothing was saved. Save the table again in Excel.',
    tooManyColumns:
      'The sheet has {{columns}} columns, up to {{limit}} can be read. Nothing was saved. Delete the spare columns or save those you need to a file of their own.',
    tooManyRows: 'The sheet has more than {{limit}} rows. Nothing was saved. Split it into parts.',
    tooMuchMemory:
      'Reading the file takes more memory than there is. Nothing was saved and the app is working. Split the file, or save it as CSV.',
    parserKilled:
      'Reading the file was interrupted. Nothing was saved and the app is working. Try again, or save the file anew as CSV.',
    timeout:
      'The file was not read within {{seconds}} s and reading was stopped. Nothing was saved. Split the file, or save it as CSV.',
    encodingUnsure:
      'The encoding of the file is not certain. Nothing was saved. Choose the reading whose words make sense.',
    encodingUnknown: 'The encoding “{{encoding}}” cannot be read here. Nothing was saved. Choose another one.',
    noSuchSheet: 'There is no sheet “{{sheet}}” in the file. There are: {{sheets}}. Nothing was saved.',
    noSuchRow: 'The sheet has no row {{row}}, so the header cannot be there. Nothing was saved. Choose another row.',
    unknownField: 'There is no field “{{field}}”. Nothing was saved. Choose a field from the list.',
  },
} as const;

export const readingProblems = {
  ru: {
    ...tableProblems.ru,
    ...cardProblems.ru,
    oneColumn: 'Найден только один столбец. Если их должно быть больше, выберите другой разделитель.',
    unbalancedQuote:
      'В строке есть незакрытая кавычка. Строка прочитана по разделителям, соседние не пострадали. Проверьте её.',
    noHeader: 'Строки заголовка нет: столбцы узнаны по содержимому. Проверьте их или укажите строку заголовка.',
    damagedBytes:
      'В файле есть повреждённые места: на их месте стоит знак «�». Остальное прочитано. Проверьте строки с этим знаком.',
    mixedEncodings:
      'Часть строк, начиная с этой, записана в другой кодировке. Они прочитаны как {{encoding}}. Проверьте в них имена и названия.',
    hiddenRows_one:
      'В листе {{count}} скрытая строка. Скрытые строки с данными не сохраняются: покажите их в таблице, если они нужны.',
    hiddenRows_few:
      'В листе {{count}} скрытые строки. Скрытые строки с данными не сохраняются: покажите их в таблице, если они нужны.',
    hiddenRows_many:
      'В листе {{count}} скрытых строк. Скрытые строки с данными не сохраняются: покажите их в таблице, если они нужны.',
    hiddenRows_other:
      'В листе {{count}} скрытой строки. Скрытые строки с данными не сохраняются: покажите их в таблице, если они нужны.',
    hiddenColumns_one: 'В листе {{count}} скрытый столбец. Он читается наравне с остальными.',
    hiddenColumns_few: 'В листе {{count}} скрытых столбца. Они читаются наравне с остальными.',
    hiddenColumns_many: 'В листе {{count}} скрытых столбцов. Они читаются наравне с остальными.',
    hiddenColumns_other: 'В листе {{count}} скрытого столбца. Они читаются наравне с остальными.',
    hiddenSheets_one: 'В книге {{count}} скрытый лист: {{names}}. Он не читается, пока вы его не выберете.',
    hiddenSheets_few: 'В книге {{count}} скрытых листа: {{names}}. Они не читаются, пока вы их не выберете.',
    hiddenSheets_many: 'В книге {{count}} скрытых листов: {{names}}. Они не читаются, пока вы их не выберете.',
    hiddenSheets_other: 'В книге {{count}} скрытого листа: {{names}}. Они не читаются, пока вы их не выберете.',
    mergedData_one:
      'Среди строк {{count}} объединённая ячейка. Её значение есть только у первой строки. Если оно относится и к следующим, заполните их в таблице и импортируйте снова.',
    mergedData_few:
      'Среди строк {{count}} объединённые ячейки. Их значение есть только у первой строки. Если оно относится и к следующим, заполните их в таблице и импортируйте снова.',
    mergedData_many:
      'Среди строк {{count}} объединённых ячеек. Их значение есть только у первой строки. Если оно относится и к следующим, заполните их в таблице и импортируйте снова.',
    mergedData_other:
      'Среди строк {{count}} объединённой ячейки. Их значение есть только у первой строки. Если оно относится и к следующим, заполните их в таблице и импортируйте снова.',
    moreOfKind_one: 'И ещё {{count}} такое же замечание к другим строкам, как показанные.',
    moreOfKind_few: 'И ещё {{count}} таких же замечания к другим строкам, как показанные.',
    moreOfKind_many: 'И ещё {{count}} таких же замечаний к другим строкам, как показанные.',
    moreOfKind_other: 'И ещё {{count}} такого же замечания к другим строкам, как показанные.',
    dateOrderDay: 'По датам не видно, что стоит первым. Прочитано как день, месяц, год. Проверьте несколько строк.',
    dateOrderMonth: 'По датам не видно, что стоит первым. Прочитано как месяц, день, год. Проверьте несколько строк.',
    currencyAssumed:
      'Валюта не указана, суммы прочитаны в {{currency}}. Если это не так, добавьте валюту в заголовок столбца.',
    errorCell:
      'В ячейке ошибка формулы ({{value}}), значения нет. Остальная строка прочитана. Исправьте формулу и импортируйте снова.',
    lettersLost:
      'Часть букв заменена вопросительными знаками ещё в файле, восстановить их нельзя. Сохранено как есть. Впишите слово заново.',
    damagedText: 'Текст похож на прочитанный не в той кодировке. Сохранено как есть; возможно, это «{{proposal}}».',
    mixedLetters: 'В слове смешаны русские и латинские буквы. Сохранено как есть, для поиска совпадений учтено.',
    severalPeople: 'В ячейке несколько человек. Взят первый, остальные сохранены в дополнительном поле.',
    phoneDamaged:
      'Номер «{{value}}» испорчен: таблица отбросила последние цифры. Сохранён как есть. Возьмите номер из первоисточника.',
    phoneRepaired: 'В номере «{{value}}» буквы стояли вместо цифр. Исправлено.',
    phoneNotRead: '«{{value}}» не похоже на номер телефона. Сохранено в дополнительном поле.',
    emailRepaired: 'Адрес «{{value}}» исправлен: в нём были лишние знаки или русские буквы.',
    emailNotRead: '«{{value}}» не похоже на адрес почты. Сохранено в дополнительном поле.',
    dateSerial60: 'Дата 28 или 29 февраля 1900 года: последней не было. Дата не сохранена. Впишите её заново.',
    dateNotRead: '«{{value}}» не похоже на дату. Сохранено как текст в дополнительном поле.',
    amountNotRead: '«{{value}}» не похоже на сумму. Сохранено как текст в дополнительном поле.',
    legalIdRestoredZero: 'В номере не хватало нуля в начале, он возвращён: {{value}}.',
    legalIdWrongLength: 'В номере {{value}} не столько цифр, сколько нужно. Сохранён как есть. Проверьте его.',
    legalIdWrongCheck: 'В номере {{value}} не сходится контрольная цифра. Сохранён как есть. Проверьте его.',
    legalIdDamaged:
      'Номер «{{value}}» испорчен: таблица отбросила последние цифры. Сохранён как текст. Возьмите его из первоисточника.',
    skippedTotal: 'Строка с итогом пропущена.',
    skippedPageBreak: 'Номер страницы пропущен.',
    skippedRepeatedHeader: 'Повторённый заголовок пропущен.',
    skippedFooter: 'Подпись под таблицей пропущена.',
    skippedColumnNumbers: 'Номера столбцов под заголовком пропущены.',
    skippedDivider: 'Строка-разделитель пропущена.',
    groupTitle:
      'Строка прочитана как название организации, строки под ней ({{people}}) — как её сотрудники. Проверьте, так ли это.',
    skippedHidden: 'Скрытая строка пропущена.',
    nothingToImport: 'В строке нет ни имени, ни организации, ни телефона, ни почты. Она пропущена.',
    duplicateSkipped: 'Уже есть в хранилище: {{name}}. Строка пропущена.',
    duplicateSkippedInFile: 'Уже есть в строке {{other}}: {{name}}. Строка пропущена.',
    joinedInFile: 'Дополняет строку {{other}} ({{name}}): $t(importing.reasons.{{reason}}).',
    maybePerson: 'Возможно, это {{with}} из хранилища: $t(importing.reasons.{{reason}}). Сохраняется отдельно.',
    maybePersonInFile:
      'Возможно, это {{with}} из строки {{other}}: $t(importing.reasons.{{reason}}). Сохраняется отдельно.',
    maybeOrganisation:
      'Возможно, это организация {{with}} из хранилища: $t(importing.reasons.{{reason}}). Сохраняется отдельно.',
    maybeOrganisationInFile:
      'Возможно, это организация {{with}} из строки {{other}}: $t(importing.reasons.{{reason}}). Сохраняется отдельно.',
  },
  en: {
    ...tableProblems.en,
    ...cardProblems.en,
    oneColumn: 'Only one column was found. If there should be more, choose another delimiter.',
    unbalancedQuote:
      'The row has a quotation mark that is never closed. It was read by its delimiters and its neighbours are intact. Check it.',
    noHeader:
      'There is no header row: the columns were recognised by their content. Check them, or point to the header.',
    damagedBytes:
      'Parts of the file are damaged and show the sign “�”. The rest was read. Check the rows with this sign.',
    mixedEncodings:
      'Some rows, from this one on, are written in another encoding. They were read as {{encoding}}. Check the names in them.',
    hiddenRows_one:
      'The sheet has {{count}} hidden row. Hidden rows with data are not saved: show them in the spreadsheet if you need them.',
    hiddenRows_other:
      'The sheet has {{count}} hidden rows. Hidden rows with data are not saved: show them in the spreadsheet if you need them.',
    hiddenColumns_one: 'The sheet has {{count}} hidden column. It is read like the others.',
    hiddenColumns_other: 'The sheet has {{count}} hidden columns. They are read like the others.',
    hiddenSheets_one: 'The workbook has {{count}} hidden sheet: {{names}}. It is not read unless you choose it.',
    hiddenSheets_other: 'The workbook has {{count}} hidden sheets: {{names}}. They are not read unless you choose one.',
    mergedData_one:
      'Among the rows is {{count}} merged cell. Its value belongs to its first row only. If it is meant for the next rows too, fill them in the spreadsheet and import again.',
    mergedData_other:
      'Among the rows are {{count}} merged cells. Their value belongs to their first row only. If it is meant for the next rows too, fill them in the spreadsheet and import again.',
    moreOfKind_one: 'And {{count}} more remark like those shown, about other rows.',
    moreOfKind_other: 'And {{count}} more remarks like those shown, about other rows.',
    dateOrderDay: 'The dates do not show what comes first. Read as day, month, year. Check a few rows.',
    dateOrderMonth: 'The dates do not show what comes first. Read as month, day, year. Check a few rows.',
    currencyAssumed:
      'No currency is given; the amounts were read in {{currency}}. If that is wrong, add the currency to the column’s header.',
    errorCell:
      'The cell holds a formula error ({{value}}) and no value. The rest of the row was read. Correct the formula and import again.',
    lettersLost:
      'Some letters were replaced by question marks in the file itself and cannot be restored. Kept as it is. Type the word anew.',
    damagedText: 'The text seems to have been read in the wrong encoding. Kept as it is; it may be “{{proposal}}”.',
    mixedLetters: 'A word mixes Cyrillic and Latin letters. Kept as it is; matching takes it into account.',
    severalPeople: 'The cell names several people. The first was taken, the others are kept in an extra field.',
    phoneDamaged:
      'The number “{{value}}” is spoilt: the spreadsheet dropped its last digits. Kept as it is. Take the number from its source.',
    phoneRepaired: 'In the number “{{value}}” letters stood for digits. Corrected.',
    phoneNotRead: '“{{value}}” does not look like a telephone number. Kept in an extra field.',
    emailRepaired: 'The address “{{value}}” was corrected: it held stray signs or Cyrillic letters.',
    emailNotRead: '“{{value}}” does not look like an e-mail address. Kept in an extra field.',
    dateSerial60: 'The date is 28 or 29 February 1900; the latter never was. The date was not saved. Type it anew.',
    dateNotRead: '“{{value}}” does not look like a date. Kept as text in an extra field.',
    amountNotRead: '“{{value}}” does not look like an amount. Kept as text in an extra field.',
    legalIdRestoredZero: 'The number lacked its leading zero, which was put back: {{value}}.',
    legalIdWrongLength: 'The number {{value}} does not have as many digits as it should. Kept as it is. Check it.',
    legalIdWrongCheck: 'The check digit of {{value}} is wrong. Kept as it is. Check it.',
    legalIdDamaged:
      'The number “{{value}}” is spoilt: the spreadsheet dropped its last digits. Kept as text. Take it from its source.',
    skippedTotal: 'A row of totals was left out.',
    skippedPageBreak: 'A page number was left out.',
    skippedRepeatedHeader: 'A repeated header was left out.',
    skippedFooter: 'A line below the table was left out.',
    skippedColumnNumbers: 'The column numbers below the header were left out.',
    skippedDivider: 'A dividing row was left out.',
    groupTitle:
      'The row was read as the name of an organisation and the rows below it ({{people}}) as its people. Check that this is so.',
    skippedHidden: 'A hidden row was left out.',
    nothingToImport: 'The row has no name, no organisation, no telephone and no e-mail. It was left out.',
    duplicateSkipped: 'Already in the vault: {{name}}. The row was left out.',
    duplicateSkippedInFile: 'Already in row {{other}}: {{name}}. The row was left out.',
    joinedInFile: 'Completes row {{other}} ({{name}}): $t(importing.reasons.{{reason}}).',
    maybePerson: 'May be {{with}} in the vault: $t(importing.reasons.{{reason}}). Saved separately.',
    maybePersonInFile: 'May be {{with}} of row {{other}}: $t(importing.reasons.{{reason}}). Saved separately.',
    maybeOrganisation:
      'May be the organisation {{with}} in the vault: $t(importing.reasons.{{reason}}). Saved separately.',
    maybeOrganisationInFile:
      'May be the organisation {{with}} of row {{other}}: $t(importing.reasons.{{reason}}). Saved separately.',
  },
} as const;

export const matchReasons = {
  ru: {
    identical: 'та же запись',
    externalId: 'тот же код в другой системе',
    profile: 'та же страница LinkedIn',
    email: 'та же почта',
    roleMailbox: 'тот же общий ящик',
    phone: 'тот же телефон',
    sharedPhone: 'тот же общий телефон',
    nameSame: 'те же имя, отчество и фамилия',
    nameWithoutPatronymic: 'те же имя и фамилия',
    nameInitials: 'подходят инициалы',
    nameTransliteration: 'то же имя латиницей',
    nameTypo: 'имя отличается опечаткой',
    nameDiminutive: 'краткая форма имени',
    nameGivenOnly: 'то же имя',
    nameFamilyOnly: 'та же фамилия',
    nameDifferent: 'имя другое',
    organisation: 'та же организация',
    birthday: 'тот же день рождения',
    birthdayDifferent: 'другой день рождения',
    legalId: 'тот же ИНН или ОГРН',
    organisationName: 'то же название',
    organisationTransliteration: 'то же название латиницей',
    legalFormDifferent: 'другая правовая форма',
  },
  en: {
    identical: 'the same record',
    externalId: 'the same id in another system',
    profile: 'the same LinkedIn page',
    email: 'the same e-mail',
    roleMailbox: 'the same shared mailbox',
    phone: 'the same telephone',
    sharedPhone: 'the same shared telephone',
    nameSame: 'the same given name, patronymic and family name',
    nameWithoutPatronymic: 'the same given and family name',
    nameInitials: 'the initials fit',
    nameTransliteration: 'the same name in Latin letters',
    nameTypo: 'the name differs by a slip',
    nameDiminutive: 'a short form of the name',
    nameGivenOnly: 'the same given name',
    nameFamilyOnly: 'the same family name',
    nameDifferent: 'another name',
    organisation: 'the same organisation',
    birthday: 'the same birthday',
    birthdayDifferent: 'another birthday',
    legalId: 'the same tax or registration number',
    organisationName: 'the same name',
    organisationTransliteration: 'the same name in Latin letters',
    legalFormDifferent: 'another legal form',
  },
} as const;

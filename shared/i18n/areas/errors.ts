/** Texts of the area «errors», both languages side by side. Plural keys end in _one/_few/_many/_other (ru) and _one/_other (en). */
export const errors = {
  ru: {
    unknown:
      'Это действие не удалось ({{code}}). Всё, что было сохранено раньше, на месте. Повторите или перезапустите программу.',
    app: {
      noAnswer: 'Программа не ответила. Сохранённое на месте. Повторите; если не поможет, перезапустите программу.',
      invalidInput: 'Значение не подходит для этого поля. Ничего не записано. Проверьте его и введите ещё раз.',
      unexpected: 'Непредвиденный сбой. Сохранённое на месте. Повторите действие.',
    },
    vault: {
      wrongPassphrase: 'Парольная фраза не подошла. Данные не тронуты. Проверьте раскладку и регистр.',
      wrongKey:
        'Ключ не подходит к этому хранилищу. Данные не тронуты. Откройте его парольной фразой или кодом восстановления.',
      damaged: 'Файл хранилища повреждён. Программа ничего в нём не меняла. Восстановите данные из резервной копии.',
      keyDamaged:
        'Файл с ключом повреждён. Сами данные целы. Откройте хранилище кодом восстановления или возьмите резервную копию.',
      newer: 'Хранилище создано более новой версией программы. Оно не тронуто. Обновите программу и откройте снова.',
      readOnly:
        'Папка с данными доступна только для чтения. Последнее изменение не записано, прежнее цело. Дайте программе право писать в эту папку.',
      diskFull: 'На диске нет места. Последнее изменение не записано, прежнее цело. Освободите место и повторите.',
      disk: 'Диск вернул ошибку. Последнее изменение не записано. Проверьте диск и сделайте резервную копию.',
      busy: 'Хранилище занято другой программой. Ничего не записано. Закройте её и повторите.',
      keyMissing:
        'Ключ хранилища не найден в системе. Данные целы. Откройте их парольной фразой или кодом восстановления.',
      keychainChanged:
        'Система сменила хранилище ключей, и прежний ключ недоступен. Данные целы. Откройте их кодом восстановления.',
      missing:
        'Файл хранилища не найден. Возможно, диск отключён или папку перенесли. Верните её или восстановите резервную копию.',
      workerCrashed:
        'Часть программы, которая работает с данными, остановилась. Сохранённое цело. Перезапустите программу.',
      exists: 'Хранилище уже есть. Новое не создано, прежнее не тронуто.',
      locked: 'Хранилище закрыто. Изменение не записано. Откройте хранилище и повторите.',
      failed: 'Хранилище не ответило. Последнее изменение не записано, прежнее цело. Повторите.',
      noKeySource: 'Нечем защитить ключ: система не может его хранить. Задайте парольную фразу.',
      passphraseNeeded: 'Нужна парольная фраза. Данные целы.',
      passphraseFile: 'Файл с парольной фразой не прочитан. Данные не тронуты. Проверьте путь и права.',
    },
    commit: {
      cancelled: 'Сохранение остановлено. Ничего из этого изменения не записано.',
      invalid: 'Изменение не подходит к записи. Ничего не записано.',
      tooLarge:
        'В записи стало бы больше 16 миллионов знаков. Ничего не записано. Разделите её или приложите текст файлом.',
    },
    change: { invalid: 'Изменение не подходит к записи. Ничего не записано. Проверьте значение.' },
    clock: {
      tooFarAhead: 'Часы этого компьютера сильно спешат. Изменение не записано. Исправьте дату и время в системе.',
      malformed: 'Отметка времени не читается. Изменение отложено, остальное цело.',
    },
    backup: { failed: 'Резервная копия не сделана. Данные не тронуты. Выберите другую папку или освободите место.' },
    restore: {
      secretNeeded: 'Эта копия сделана с другим ключом. Введите её парольную фразу или код восстановления.',
      unreadable: 'Этот файл не читается как резервная копия. Текущие данные не тронуты. Выберите другой файл.',
    },
    undo: { unknownBatch: 'Этого изменения уже нет, отменять нечего. Остальное цело.' },
    sample: { none: 'Примера в хранилище нет: убирать нечего.' },
    file: {
      unknown: 'Этот файл больше не связан с программой. Откройте его из папки.',
      cannotOpen: 'Система не смогла открыть файл. Он на месте: откройте его из папки.',
      readOnly: 'Папка или файл с этим именем закрыты для записи. Файл не сохранён. Выберите другое место или имя.',
      diskFull: 'На диске нет места. Файл не сохранён. Освободите место или выберите другой диск.',
      exists: 'Файл с таким именем уже есть. Он не тронут. Выберите другое имя.',
      missing: 'Такой папки или файла нет. Ничего не записано. Выберите другое место.',
      failed: 'Файл не сохранён: система вернула ошибку. Попробуйте другую папку.',
      nameTooLong: 'Имя файла слишком длинное. Файл не сохранён. Выберите имя короче.',
    },
    print: {
      failed: 'Документ не напечатан в PDF. Запись встречи цела. Повторите.',
      noRuntime: 'Для PDF нужна сама программа, а она не найдена. Записи целы. Запустите команду из её папки.',
      timeout: 'Документ готовился слишком долго и был остановлен. Запись встречи цела. Повторите.',
    },
    summary: {
      meetingMissing: 'Этой встречи больше нет. Возможно, она в корзине.',
      changed: 'Пока вы смотрели, встреча изменилась. Ничего не сохранено. Посмотрите ещё раз и сохраните.',
    },
    cli: {
      noKeySource:
        'Нечем открыть хранилище. Ничего не записано. Укажите --passphrase-file ФАЙЛ или переменную RAPPORT_PASSPHRASE.',
    },
    contract: {
      inputTooLarge: 'Условий договора слишком много для расчёта. Ничего не изменено.',
      missing: 'Этого договора больше нет. Возможно, он в корзине.',
    },
    calendar: { nothing: 'Сроков нет, файл календаря не записан. Укажите в договоре начало и срок.' },
  },
  en: {
    unknown: 'This could not be done ({{code}}). Everything saved before is in place. Try again or restart the app.',
    app: {
      noAnswer:
        'The app did not answer. What was saved is in place. Try again; if that does not help, restart the app.',
      invalidInput: 'The value does not suit this field. Nothing was written. Check it and enter it again.',
      unexpected: 'Something unforeseen failed. What was saved is in place. Try again.',
    },
    vault: {
      wrongPassphrase: 'The passphrase did not fit. Your data is untouched. Check the keyboard layout and capitals.',
      wrongKey:
        'The key does not fit this vault. Your data is untouched. Open it with the passphrase or the recovery code.',
      damaged: 'The vault’s file is damaged. The app has changed nothing in it. Restore your data from a backup.',
      keyDamaged:
        'The key file is damaged. The data itself is intact. Open the vault with the recovery code or take a backup.',
      newer: 'The vault was made by a newer version of the app. It is untouched. Update the app and open it again.',
      readOnly:
        'The data folder is read-only. The last change was not written, earlier ones are safe. Let the app write to this folder.',
      diskFull:
        'The disk is full. The last change was not written, earlier ones are safe. Free some space and try again.',
      disk: 'The disk returned an error. The last change was not written. Check the disk and make a backup.',
      busy: 'Another program is using the vault. Nothing was written. Close it and try again.',
      keyMissing:
        'The vault’s key was not found on this system. Your data is intact. Open it with the passphrase or the recovery code.',
      keychainChanged:
        'The system changed its keychain and the earlier key cannot be reached. Your data is intact. Open it with the recovery code.',
      missing:
        'The vault’s file was not found. The disk may be disconnected or the folder moved. Bring it back or restore a backup.',
      workerCrashed: 'The part of the app that keeps the data has stopped. What was saved is intact. Restart the app.',
      exists: 'There is a vault already. No new one was made and the old one is untouched.',
      locked: 'The vault is locked. The change was not written. Unlock it and try again.',
      failed: 'The vault did not answer. The last change was not written, earlier ones are safe. Try again.',
      noKeySource: 'Nothing can protect the key: the system cannot keep it. Set a passphrase.',
      passphraseNeeded: 'A passphrase is needed. Your data is intact.',
      passphraseFile: 'The passphrase file could not be read. Your data is untouched. Check the path and permissions.',
    },
    commit: {
      cancelled: 'Saving was stopped. Nothing of this change was written.',
      invalid: 'The change does not suit the record. Nothing was written.',
      tooLarge:
        'The record would hold more than 16 million characters. Nothing was written. Split it or attach the text as a file.',
    },
    change: { invalid: 'The change does not suit the record. Nothing was written. Check the value.' },
    clock: {
      tooFarAhead:
        'This computer’s clock is far ahead. The change was not written. Correct the system’s date and time.',
      malformed: 'A time stamp cannot be read. The change is set aside, the rest is intact.',
    },
    backup: { failed: 'The backup was not made. Your data is untouched. Choose another folder or free some space.' },
    restore: {
      secretNeeded: 'This backup was made with another key. Enter its passphrase or recovery code.',
      unreadable: 'This file cannot be read as a backup. Your current data is untouched. Choose another file.',
    },
    undo: { unknownBatch: 'This change is no longer there, so there is nothing to undo. The rest is intact.' },
    sample: { none: 'There is no sample in the vault: nothing to remove.' },
    file: {
      unknown: 'This file is no longer linked with the app. Open it from its folder.',
      cannotOpen: 'The system could not open the file. It is in place: open it from its folder.',
      readOnly:
        'The folder, or the file of this name, is write-protected. The file was not saved. Choose another place or name.',
      diskFull: 'The disk is full. The file was not saved. Free some space or choose another disk.',
      exists: 'A file with this name exists. It is untouched. Choose another name.',
      missing: 'There is no such folder or file. Nothing was written. Choose another place.',
      failed: 'The file was not saved: the system returned an error. Try another folder.',
      nameTooLong: 'The file name is too long. The file was not saved. Choose a shorter name.',
    },
    print: {
      failed: 'The document could not be made into a PDF. The meeting’s note is intact. Try again.',
      noRuntime:
        'A PDF needs the app itself, which was not found. Your notes are intact. Run the command from its folder.',
      timeout: 'The document took too long and was stopped. The meeting’s note is intact. Try again.',
    },
    summary: {
      meetingMissing: 'This meeting is no longer there. It may be in the bin.',
      changed: 'The meeting changed while you were looking. Nothing was saved. Look once more, then save.',
    },
    cli: {
      noKeySource:
        'There is nothing to open the vault with. Nothing was written. Give --passphrase-file FILE or the variable RAPPORT_PASSPHRASE.',
    },
    contract: {
      inputTooLarge: 'The contract has too many terms to compute. Nothing was changed.',
      missing: 'This contract is no longer there. It may be in the bin.',
    },
    calendar: {
      nothing: 'There are no deadlines, so no calendar file was written. Give the contract a start and a term.',
    },
  },
} as const;

/** Why a file was not imported, and remarks made while saving; those of reading are in shared/import/messages.ts. */
export const importErrors = {
  ru: {
    'import.missing': 'Файла «{{file}}» нет. Проверьте имя и папку.',
    'import.unreadable':
      'Файл не читается: возможно, он открыт в другой программе или нет прав. Ничего не записано. Закройте его там и попробуйте ещё раз.',
    'import.closed': 'Файл уже закрыт. Ничего не потеряно: откройте его ещё раз.',
    'import.cancelled': 'Импорт отменён. Ничего не записано.',
    'commit.cancelled': 'Сохранение отменено. Ничего не записано.',
  },
  en: {
    'import.missing': 'There is no file “{{file}}”. Check its name and folder.',
    'import.unreadable':
      'The file cannot be read: it may be open in another program, or you may not be allowed to. Nothing was saved. Close it there and try again.',
    'import.closed': 'The file is closed already. Nothing is lost: open it again.',
    'import.cancelled': 'The import was cancelled. Nothing was saved.',
    'commit.cancelled': 'Saving was cancelled. Nothing was saved.',
  },
} as const;

export const importProblems = {
  ru: {
    keptExisting:
      'В файле другое значение, оставлено прежнее: $t(importing.recordField.{{field}}). Чтобы заменить, выберите «Заменить данными файла».',
  },
  en: {
    keptExisting:
      'The file has another value, the present one stays: $t(importing.recordField.{{field}}). To replace it choose “Replace by the file”.',
  },
} as const;

/** Why a file was not imported, and remarks made while saving; those of reading are in shared/import/messages.ts. */
import { readingErrors } from '../../import/messages.ts';

export const importErrors = {
  ru: {
    ...readingErrors.ru,
    missing: 'Файла «{{file}}» нет. Ничего не записано. Проверьте имя и папку.',
    unreadable:
      'Файл не читается: возможно, он открыт в другой программе или нет прав. Ничего не записано. Закройте его там и попробуйте ещё раз.',
    closed: 'Файл уже закрыт. Ничего не потеряно: откройте его ещё раз.',
    cancelled: 'Импорт отменён. Ничего не записано.',
  },
  en: {
    ...readingErrors.en,
    missing: 'There is no file “{{file}}”. Nothing was saved. Check its name and folder.',
    unreadable:
      'The file cannot be read: it may be open in another program, or you may not be allowed to. Nothing was saved. Close it there and try again.',
    closed: 'The file is closed already. Nothing is lost: open it again.',
    cancelled: 'The import was cancelled. Nothing was saved.',
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

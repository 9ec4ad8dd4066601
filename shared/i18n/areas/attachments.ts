/** Texts of the area «attachments», both languages side by side. */
export const attachments = {
  ru: {
    title: 'Вложения',
    none: 'Вложений нет.',
    add: 'Добавить файл',
    chooseTitle: 'Выбрать файлы',
    saveTitle: 'Сохранить копию',
    open: 'Открыть: {{name}}',
    save: 'Сохранить копию: {{name}}',
    remove: 'Убрать: {{name}}',
    added_one: 'Добавлен {{count}} файл',
    added_few: 'Добавлены {{count}} файла',
    added_many: 'Добавлено {{count}} файлов',
    added_other: 'Добавлены {{count}} файла',
    removed: 'Убрано: {{name}}',
    elsewhere: 'на другом устройстве, ещё не отправлено',
    unsent: 'ещё не отправлено',
    waiting: 'на сервере, ещё не загружено',
    sending: 'отправлено {{done}} из {{size}}',
    loading: 'загружено {{done}} из {{size}}',
    fetch: 'Загрузить',
    retry: 'Ещё раз',
  },
  en: {
    title: 'Attachments',
    none: 'No attachments.',
    add: 'Add a file',
    chooseTitle: 'Choose files',
    saveTitle: 'Save a copy',
    open: 'Open: {{name}}',
    save: 'Save a copy: {{name}}',
    remove: 'Remove: {{name}}',
    added_one: '{{count}} file added',
    added_other: '{{count}} files added',
    removed: 'Removed: {{name}}',
    elsewhere: 'on another device, not sent yet',
    unsent: 'not sent yet',
    waiting: 'on the server, not here yet',
    sending: '{{done}} of {{size}} sent',
    loading: '{{done}} of {{size}} here',
    fetch: 'Fetch',
    retry: 'Try again',
  },
} as const;

export const attachmentErrors = {
  ru: {
    empty: 'Файл пуст. Ничего не добавлено.',
    tooLarge: 'Файл больше {{limit}} МБ. Ничего не добавлено. Сожмите его или добавьте часть.',
    full: 'Вложения заняли бы больше {{limit}} МБ. Файл не добавлен. Храните большие файлы отдельно и укажите, где они лежат.',
    unreadable: 'Файл не читается. Ничего не добавлено. Проверьте, на месте ли он.',
    elsewhere:
      'Этого файла здесь ещё нет: устройство, на котором его добавили, его пока не отправило. Запись цела. Откройте программу на том устройстве при связи или попросите файл передачи.',
    refused:
      'Содержимое пришло повреждённым и не принято. Запись и остальные файлы целы. Попробуйте ещё раз или попросите файл передачи у того, у кого он открывается.',
    stopped: 'Загрузка остановлена. То, что уже пришло, сохранено и не будет загружаться снова.',
    damaged: 'Содержимое файла повреждено и не открыто. Остальное цело. Возьмите его из резервной копии.',
    notOpened: 'Такие файлы могут запустить программу, поэтому отсюда не открываются. Сохраните копию и проверьте её.',
  },
  en: {
    empty: 'The file is empty. Nothing was added.',
    tooLarge: 'The file is over {{limit}} MB. Nothing was added. Compress it or add a part.',
    full: 'Attachments would take more than {{limit}} MB. The file was not added. Keep large files apart and note where they are.',
    unreadable: 'The file cannot be read. Nothing was added. Check that it is there.',
    elsewhere:
      'This file is not here yet: the device it was added on has not sent it. The record is intact. Open the app on that device while connected, or ask for a hand-over file.',
    refused:
      'The content arrived damaged and was not kept. The record and the other files are intact. Try again, or ask somebody who can open it for a hand-over file.',
    stopped: 'The download was stopped. What has arrived is kept and will not be fetched again.',
    damaged: 'The file’s content is damaged and was not opened. The rest is intact. Take it from a backup.',
    notOpened: 'Such files can start a program, so they are not opened from here. Save a copy and check it.',
  },
} as const;

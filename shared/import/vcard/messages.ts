/** Remarks about business cards, both languages side by side; codes that end in `OfCard` take the place of those about rows. */
export const cardProblems = {
  ru: {
    skippedGroup: 'Это группа, а не человек и не организация. Визитка пропущена, участники группы сохраняются сами.',
    cardNoEnd:
      'У визитки нет конца (END:VCARD): файл обрезан или повреждён. Прочитано то, что есть. Проверьте её или выгрузите контакты заново.',
    cardLineNotRead:
      'Строка {{at}} не разобрана: «{{value}}». Сохранена в дополнительном поле «vCard», остальная визитка прочитана.',
    cardTooMany:
      'Значений {{name}} больше сорока. Первые сорок прочитаны по местам, остальные сохранены в дополнительном поле.',
    cardMedia_one: 'В файле {{count}} фотография или ключ: не сохраняется. Всё остальное прочитано.',
    cardMedia_few: 'В файле {{count}} фотографии или ключа: не сохраняются. Всё остальное прочитано.',
    cardMedia_many: 'В файле {{count}} фотографий или ключей: не сохраняются. Всё остальное прочитано.',
    cardMedia_other: 'В файле {{count}} фотографии или ключа: не сохраняются. Всё остальное прочитано.',
    cardStray_one: 'Между визитками {{count}} посторонняя строка. Она пропущена.',
    cardStray_few: 'Между визитками {{count}} посторонние строки. Они пропущены.',
    cardStray_many: 'Между визитками {{count}} посторонних строк. Они пропущены.',
    cardStray_other: 'Между визитками {{count}} посторонней строки. Они пропущены.',
    nothingToImportOfCard: 'В визитке нет ни имени, ни организации, ни телефона, ни почты. Она пропущена.',
    duplicateSkippedOfCard: 'Уже есть в хранилище: {{name}}. Визитка пропущена.',
    duplicateSkippedInFileOfCard: 'Уже есть в визитке {{other}}: {{name}}. Эта пропущена.',
    joinedInFileOfCard: 'Дополняет визитку {{other}} ({{name}}): $t(importing.reasons.{{reason}}).',
    maybePersonInFileOfCard:
      'Возможно, это {{with}} из визитки {{other}}: $t(importing.reasons.{{reason}}). Сохраняется отдельно.',
    maybeOrganisationInFileOfCard:
      'Возможно, это организация {{with}} из визитки {{other}}: $t(importing.reasons.{{reason}}). Сохраняется отдельно.',
  },
  en: {
    skippedGroup:
      'This is a group, neither a person nor an organisation. The card was left out; the members of the group are saved by themselves.',
    cardNoEnd:
      'The card has no end (END:VCARD): the file was cut off or is damaged. What is there was read. Check it, or export the contacts again.',
    cardLineNotRead:
      'Line {{at}} could not be understood: “{{value}}”. It is kept in the extra field “vCard”; the rest of the card was read.',
    cardTooMany:
      'There are more than forty values of {{name}}. The first forty were read in their places, the others are kept in an extra field.',
    cardMedia_one: 'The file has {{count}} photograph or key, which is not saved. Everything else was read.',
    cardMedia_other: 'The file has {{count}} photographs or keys, which are not saved. Everything else was read.',
    cardStray_one: 'Between the cards is {{count}} line that belongs to none. It was left out.',
    cardStray_other: 'Between the cards are {{count}} lines that belong to none. They were left out.',
    nothingToImportOfCard: 'The card has no name, no organisation, no telephone and no e-mail. It was left out.',
    duplicateSkippedOfCard: 'Already in the vault: {{name}}. The card was left out.',
    duplicateSkippedInFileOfCard: 'Already in card {{other}}: {{name}}. This one was left out.',
    joinedInFileOfCard: 'Completes card {{other}} ({{name}}): $t(importing.reasons.{{reason}}).',
    maybePersonInFileOfCard: 'May be {{with}} of card {{other}}: $t(importing.reasons.{{reason}}). Saved separately.',
    maybeOrganisationInFileOfCard:
      'May be the organisation {{with}} of card {{other}}: $t(importing.reasons.{{reason}}). Saved separately.',
  },
} as const;

/** Codes about rows that have words of their own for cards. */
export const WORDED_OF_CARDS: ReadonlySet<string> = new Set(
  Object.keys(cardProblems.en).flatMap((key) => (key.endsWith('OfCard') ? [key.slice(0, -'OfCard'.length)] : [])),
);

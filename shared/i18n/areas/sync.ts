/** Sync: errors by their codes, reasons why something waits or was set aside. Both languages side by side. */
export const syncErrors = {
  ru: {
    codeForeign:
      'Это не код приглашения. Ничего не отправлено. Код начинается с RPT1: скопируйте его целиком из письма коллеги или из окна сервера.',
    codeMistyped:
      'В коде приглашения ошибка или не хватает конца. Ничего не отправлено. Скопируйте код целиком и вставьте ещё раз.',
    codeNewer:
      'Код создан более новой версией программы. Ничего не отправлено. Обновите программу и вставьте код снова.',
    addressWrong: 'Адрес сервера не читается. Ничего не отправлено. Попросите новый код приглашения.',
    addressPlain:
      'Адрес {{host}} открыл бы данные сети: связь с ним не защищена. Ничего не отправлено. Нужен адрес, который начинается с https.',
    offline: 'Сети нет. Изменения сохранены на этом компьютере и уйдут, когда связь появится.',
    unreachable: 'Сервер не отвечает. Изменения сохранены на этом компьютере и уйдут, когда он ответит.',
    timeout: 'Сервер отвечал слишком долго. Ничего не потеряно: попытка повторится сама.',
    certificate:
      'Сертификат сервера не внушает доверия, связь прервана. Ничего не отправлено. Проверьте дату на компьютере и адрес сервера или обратитесь к его администратору.',
    notOurs:
      'По этому адресу ответил не сервер Rapport. Ничего не отправлено. Возможно, сеть просит войти: откройте любую страницу в браузере.',
    answerTooLarge: 'Ответ сервера больше допустимого и не принят. Данные целы. Сообщите администратору сервера.',
    redirected:
      'Запрос перенаправили на другой адрес, и программа туда не пошла. Данные целы. Возможно, сеть просит войти: откройте любую страницу в браузере. Если нет, проверьте адрес сервера.',
    notSet: 'Обмен не настроен. Всё хранится на этом компьютере. Чтобы начать, вставьте код приглашения.',
    alreadySet:
      'Это хранилище уже подключено к рабочей группе. Ничего не изменено. Сначала отключите его в настройках.',
    keyMissing: 'Ключ рабочей группы не пришёл. Данные целы. Попросите владельца группы открыть программу при связи.',
    leaseOver: 'Связи не было дольше разрешённого срока, и хранилище закрыто. Данные целы. Подключитесь к сети.',
    malformed: 'Сервер не понял запрос. Данные целы. Обновите программу или сервер: их версии не сходятся.',
    unauthorised: 'Сервер не узнал это устройство. Данные целы. Попросите владельца группы прислать новый код.',
    revoked: 'Доступ этого устройства к группе прекращён. Записи на нём остались. Вернуться можно по новому коду.',
    wiped:
      'Владелец группы потребовал уничтожить данные на этом устройстве, и это сделано. Открыть их здесь больше нельзя. Можно завести новое хранилище.',
    forbidden: 'Ваша роль в группе этого не разрешает. Ничего не изменено. Обратитесь к владельцу группы.',
    notFound: 'На сервере этого уже нет. Остальное цело.',
    keysChanged: 'Другой владелец только что сменил ключ. Ничего не потеряно. Повторите действие.',
    lastOwner:
      'Это единственный владелец группы. Ничего не изменено. Сначала сделайте владельцем другое устройство или пригласите владельца.',
    invitationUnknown: 'Сервер не знает такого приглашения. Ничего не изменено. Попросите новый код.',
    invitationExpired: 'Срок приглашения истёк. Ничего не изменено. Попросите новый код.',
    invitationUsed: 'По этому приглашению уже подключились. Ничего не изменено. Попросите новый код.',
    tooLarge: 'Отправка больше, чем принимает сервер. Изменение сохранено здесь. Сократите его или удалите вложение.',
    protocol: 'Сервер и программа говорят на разных версиях. Данные целы. Обновите то, что старше.',
    tooMany: 'Сервер просит подождать: слишком много обращений. Попытка повторится сама.',
    internal: 'На сервере сбой. Ничего не потеряно: попытка повторится сама.',
    unavailable: 'Сервер перезапускается. Ничего не потеряно: попытка повторится сама.',
    full: 'На сервере кончилось место. Изменения сохранены на этом компьютере и уйдут, когда место появится.',
    invited: 'Приглашения выдаёт владелец группы, а это устройство ещё не подключено. Сначала подключите его.',
  },
  en: {
    codeForeign:
      'This is not an invitation code. Nothing was sent. A code begins with RPT1: copy all of it from your colleague’s message or the server’s window.',
    codeMistyped:
      'The invitation code has an error or its end is missing. Nothing was sent. Copy the whole code and paste it again.',
    codeNewer: 'The code was made by a newer version of the app. Nothing was sent. Update the app and paste it again.',
    addressWrong: 'The server’s address cannot be read. Nothing was sent. Ask for a new invitation code.',
    addressPlain:
      'The address {{host}} would show your data to the network: the connection is not protected. Nothing was sent. The address must begin with https.',
    offline: 'There is no network. Changes are saved on this computer and go out when it is back.',
    unreachable: 'The server does not answer. Changes are saved on this computer and go out when it does.',
    timeout: 'The server took too long. Nothing is lost: the app tries again by itself.',
    certificate:
      'The server’s certificate cannot be trusted, so the connection was closed. Nothing was sent. Check this computer’s date and the address, or ask the server’s administrator.',
    notOurs:
      'Something other than a Rapport server answered at this address. Nothing was sent. The network may want you to sign in: open any page in a browser.',
    answerTooLarge:
      'The server’s answer is larger than allowed and was not taken. Your data is intact. Tell the server’s administrator.',
    redirected:
      'The request was sent on to another address, and the app did not follow. Your data is intact. The network may want you to sign in: open any page in a browser. If it does not, check the server’s address.',
    notSet: 'Sync is not set up. Everything is kept on this computer. To begin, paste an invitation code.',
    alreadySet: 'This vault already belongs to a workspace. Nothing was changed. Disconnect it in the settings first.',
    keyMissing:
      'The workspace’s key has not arrived. Your data is intact. Ask an owner to open the app while connected.',
    leaseOver:
      'There was no contact for longer than allowed, so the vault is locked. Your data is intact. Connect to the network.',
    malformed: 'The server did not understand the request. Your data is intact. Update the app or the server.',
    unauthorised: 'The server does not know this device. Your data is intact. Ask an owner for a new code.',
    revoked: 'This device’s access to the workspace has ended. Its records are still here. A new code brings it back.',
    wiped:
      'At the request of the workspace’s owner the data on this device was destroyed. It cannot be opened here any more. You can begin a new vault.',
    forbidden: 'Your role in the workspace does not allow this. Nothing was changed. Ask an owner.',
    notFound: 'The server does not have this any more. The rest is intact.',
    keysChanged: 'Another owner has just changed the key. Nothing is lost. Try again.',
    lastOwner:
      'This is the workspace’s only owner. Nothing was changed. Make another device an owner first, or invite one.',
    invitationUnknown: 'The server does not know this invitation. Nothing was changed. Ask for a new code.',
    invitationExpired: 'The invitation has expired. Nothing was changed. Ask for a new code.',
    invitationUsed: 'This invitation was used already. Nothing was changed. Ask for a new code.',
    tooLarge: 'This is more than the server takes. The change is saved here. Shorten it or remove the attachment.',
    protocol: 'The server and the app speak different versions. Your data is intact. Update the older one.',
    tooMany: 'The server asks to wait: too many requests. The app tries again by itself.',
    internal: 'The server failed. Nothing is lost: the app tries again by itself.',
    unavailable: 'The server is restarting. Nothing is lost: the app tries again by itself.',
    full: 'The server has run out of space. Changes are saved on this computer and go out when there is room.',
    invited: 'Invitations are made by an owner, and this device is not connected yet. Connect it first.',
  },
} as const;

export const sync = {
  ru: {
    /** Why a change of ours waits. */
    refused: {
      tooLarge: 'Больше, чем принимает сервер. Сократите значение или отмените изменение.',
      future: 'Сделано с часами, которые спешат. Будет отправлено с верным временем.',
      malformed: 'Сервер не смог принять это изменение. Его можно отменить.',
      readOnly: 'У вас право только на чтение. Изменение видно лишь на этом устройстве.',
      collision: 'На сервере есть другое изменение с тем же номером. Это можно отменить и внести снова.',
      full: 'На сервере кончилось место. Уйдёт, когда оно появится.',
      held: 'Ждёт другого изменения, которое не принято.',
    },
    /** Why a change from elsewhere was set aside. */
    setAside: {
      box: 'Не открывается ключом группы: повреждено или подделано.',
      key: 'Закрыто ключом, которого здесь ещё нет. Откроется, когда он придёт.',
      shape: 'Содержание не читается этой версией программы.',
      clock: 'Отмечено временем, которое ещё не наступило. Будет принято в срок.',
      large: 'С ним в записи стало бы слишком много текста. Сократите её и попробуйте ещё раз.',
    },
  },
  en: {
    refused: {
      tooLarge: 'Larger than the server takes. Shorten the value or discard the change.',
      future: 'Made with a clock that runs ahead. It will be sent with the right time.',
      malformed: 'The server could not take this change. It can be discarded.',
      readOnly: 'You may read only. The change shows on this device alone.',
      collision: 'The server has another change of the same number. Discard this one and enter it again.',
      full: 'The server has run out of space. It goes out when there is room.',
      held: 'Waits for another change that was not taken.',
    },
    setAside: {
      box: 'The workspace’s key does not open it: damaged or forged.',
      key: 'Sealed with a key that is not here yet. It opens when the key arrives.',
      shape: 'This version of the app cannot read its content.',
      clock: 'Stamped with a time that is still to come. It is taken in when it has.',
      large: 'With it the record would hold too much text. Shorten it and try again.',
    },
  },
} as const;

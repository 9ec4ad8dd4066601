/** The application menu in the chosen language. Commands go to the page, which knows what they mean where it stands. */
import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { TFunction } from 'i18next';

/** Builds and installs the menu; `send` passes a command's name to the focused page. */
export function installMenu(t: TFunction, send: (command: string) => void): void {
  const item = (key: string, command: string, accelerator?: string): MenuItemConstructorOptions => ({
    label: t(`menu.${key}`),
    // The page binds the same keys by their place on the keyboard; the menu only shows them.
    ...(accelerator ? { accelerator, registerAccelerator: false } : {}),
    click: () => send(command),
  });
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: t('menu.file'),
      submenu: [
        item('newOrganisation', 'new-organisation'),
        item('newPerson', 'new-person'),
        item('newMeeting', 'new-meeting'),
        item('quickNote', 'quick-note', 'CmdOrCtrl+Shift+N'),
        { type: 'separator' },
        item('import', 'go-import', 'CmdOrCtrl+I'),
        item('summaryPdf', 'summary-pdf', 'CmdOrCtrl+P'),
        { type: 'separator' },
        item('renewalsPdf', 'renewals-pdf'),
        item('timelinePdf', 'timeline-pdf'),
        item('calendarFile', 'contracts-calendar'),
        { type: 'separator' },
        item('backup', 'backup'),
        { type: 'separator' },
        item('lock', 'lock', 'CmdOrCtrl+L'),
        { role: process.platform === 'darwin' ? 'close' : 'quit', label: t('menu.quit') },
      ],
    },
    {
      label: t('menu.edit'),
      submenu: [
        item('undo', 'undo', 'CmdOrCtrl+Z'),
        { type: 'separator' },
        { role: 'cut', label: t('menu.cut') },
        { role: 'copy', label: t('menu.copy') },
        { role: 'paste', label: t('menu.paste') },
        { role: 'selectAll', label: t('menu.selectAll') },
        { type: 'separator' },
        item('find', 'search', 'CmdOrCtrl+F'),
        item('palette', 'palette', 'CmdOrCtrl+K'),
      ],
    },
    {
      label: t('menu.view'),
      submenu: [
        item('today', 'go-today'),
        item('organisations', 'go-organisations'),
        item('people', 'go-people'),
        item('meetings', 'go-meetings'),
        item('contracts', 'go-contracts'),
        { type: 'separator' },
        { role: 'zoomIn', label: t('menu.zoomIn') },
        { role: 'zoomOut', label: t('menu.zoomOut') },
        { role: 'resetZoom', label: t('menu.resetZoom') },
        { role: 'togglefullscreen', label: t('menu.fullScreen') },
      ],
    },
    { label: t('menu.help'), submenu: [item('keys', 'keys'), item('settings', 'go-settings')] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

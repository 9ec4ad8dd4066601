/** What a notification of the operating system says. Without names unless the person wants them: others may see the screen. */
import type { TFunction } from 'i18next';
import { formatPlainDate } from '../../shared/dates/format-date.ts';
import type { Language } from '../../shared/i18n/catalogue.ts';
import type { Reminder } from '../../shared/reminders/due.ts';

export interface NotificationText {
  readonly title: string;
  readonly body: string;
}

function when({ daysLeft }: Reminder, t: TFunction): string {
  if (daysLeft === 0) return t('deadlines.notification.today');
  return daysLeft > 0
    ? t('deadlines.notification.inDays', { count: daysLeft })
    : t('deadlines.notification.late', { count: -daysLeft });
}

/** One notification for one reminder. */
export function oneText(reminder: Reminder, names: boolean, language: Language, t: TFunction): NotificationText {
  const { deadline, escalateTo } = reminder;
  if (!names) {
    return {
      title: t(`deadlines.notification.private.${deadline.contract ? 'contract' : 'promise'}`),
      body: `${when(reminder, t)}. ${t('deadlines.notification.open')}`,
    };
  }
  const what = t(`deadlines.kinds.${deadline.kind}`);
  const name = deadline.contractName || deadline.organisationName;
  return {
    title: [name, deadline.text || what].filter(Boolean).join(': '),
    body: [
      `${deadline.text ? `${what}, ` : ''}${formatPlainDate(deadline.actBy, language, 'day')} (${when(reminder, t)})`,
      deadline.contractName ? deadline.organisationName : '',
      escalateTo ? t('deadlines.escalate', { name: escalateTo }) : '',
    ]
      .filter(Boolean)
      .join('. '),
  };
}

/** One notification for many. */
export function manyText(reminders: readonly Reminder[], names: boolean, t: TFunction): NotificationText {
  const late = reminders.filter(({ daysLeft }) => daysLeft < 0).length;
  const listed = names
    ? reminders
        .slice(0, 3)
        .map(({ deadline }) => deadline.contractName || deadline.text || deadline.organisationName)
        .filter(Boolean)
        .join(', ')
    : '';
  return {
    title: t('deadlines.notification.many', { count: reminders.length }),
    body: [
      late > 0 ? t('deadlines.notification.manyLate', { count: late }) : '',
      listed || t('deadlines.notification.open'),
    ]
      .filter(Boolean)
      .join('. '),
  };
}

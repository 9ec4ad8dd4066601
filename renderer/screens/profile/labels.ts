import { type TextKey, useT } from '../../app/i18n.ts';

const KNOWN: Readonly<Record<string, TextKey>> = {
  work: 'profile.labels.work',
  work2: 'profile.labels.work',
  mobile: 'profile.labels.mobile',
  home: 'profile.labels.home',
  fax: 'profile.labels.fax',
  main: 'profile.labels.main',
  assistant: 'profile.labels.assistant',
  direct: 'profile.labels.direct',
  pager: 'profile.labels.pager',
  other: 'profile.labels.other',
  legal: 'profile.labels.legal',
  actual: 'profile.labels.actual',
  postal: 'profile.labels.postal',
  web: 'profile.labels.web',
};

/** The word for a label of a phone, e-mail or address; labels of one's own stay as they were written. */
export function useLabel(): (label: string) => string {
  const t = useT();
  return (label) => {
    const key = Object.hasOwn(KNOWN, label) ? KNOWN[label] : undefined;
    if (key) return t(key);
    return label ? label.charAt(0).toUpperCase() + label.slice(1) : t('profile.labels.other');
  };
}

/** Numbered series of contact cards: «E-mail 1 - Value», «Phone 2 - Label», «Address 1 - Postal Code», «Organization 1 - Title». */

const SERIES = /^(e-?mail|phone|address|website|organization|event|relation|custom field|im)\s+(\d{1,2})\s+-\s+(.+)$/i;

const PART: Readonly<Record<string, string>> = {
  formatted: 'formatted',
  street: 'street',
  city: 'city',
  'po box': 'poBox',
  region: 'region',
  'postal code': 'postcode',
  country: 'country',
  'extended address': 'extended',
};
const ORGANISATION: Readonly<Record<string, string>> = {
  name: 'org.name',
  title: 'jobTitle',
  department: 'department',
  'job description': 'custom',
  location: 'custom',
  symbol: 'ignored',
  type: 'ignored',
  'yomi name': 'ignored',
};

export interface SeriesField {
  readonly field: string;
  /** `google-old` writes Type, `google-new` Label. */
  readonly preset?: 'google-old' | 'google-new';
}

/** The field of a numbered header, or null when it is none. */
export function seriesField(header: string): SeriesField | null {
  const match = SERIES.exec(header.replace(/\s+/g, ' ').trim());
  if (!match) return null;
  const kind = (match[1] as string).toLowerCase().replace('-', '');
  const n = Number(match[2]);
  const part = (match[3] as string).toLowerCase();
  const preset = part === 'type' ? ('google-old' as const) : part === 'label' ? ('google-new' as const) : undefined;
  const make = (field: string): SeriesField => ({ field, ...(preset ? { preset } : {}) });
  const label = part === 'type' || part === 'label' || part === 'service';
  switch (kind) {
    case 'email':
      return make(label ? `email.label#${n}` : `email#${n}`);
    case 'phone':
      return make(label ? `phone.label#${n}` : `phone#${n}`);
    case 'website':
      return make(label ? `link.label#${n}` : `link.web#${n}`);
    case 'im':
      return make(label ? 'ignored' : 'link.other');
    case 'address': {
      if (label) return make(`address.label#${n}`);
      const known = Object.hasOwn(PART, part) ? PART[part] : undefined;
      return known ? make(`address.${known}#${n}`) : null;
    }
    case 'organization': {
      const known = Object.hasOwn(ORGANISATION, part) ? (ORGANISATION[part] as string) : 'custom';
      return make(n > 1 && known !== 'ignored' && known !== 'custom' ? `${known}#${n}` : known);
    }
    case 'event':
      return make(label ? `event.label#${n}` : `event#${n}`);
    case 'relation':
      return make(label ? `relation.label#${n}` : `relation#${n}`);
    default:
      return make(label ? `custom.label#${n}` : `custom#${n}`);
  }
}

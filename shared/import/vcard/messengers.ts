/** Messengers and profiles of cards: IMPP, X-SOCIALPROFILE and the many X- properties of single services. */
import type { Property } from './cards.ts';

/** Service → the kind of link. */
const SERVICES: Readonly<Record<string, string>> = {
  skype: 'skype',
  'skype-username': 'skype',
  telegram: 'telegram',
  tg: 'telegram',
  viber: 'viber',
  whatsapp: 'whatsapp',
  icq: 'icq',
  vk: 'vk',
  vkontakte: 'vk',
  facebook: 'facebook',
  instagram: 'instagram',
  linkedin: 'linkedin',
  twitter: 'x',
  x: 'x',
};
/** Services without a kind of their own: the address keeps the service as its scheme. */
const OTHERS = new Set(
  'jabber xmpp aim msn yahoo gtalk google-talk gadugadu gadu-gadu groupwise qq sip discord signal matrix ms-imaddress threema slack'.split(
    ' ',
  ),
);

/** `X-SKYPE`, `X-EVOLUTION-JABBER-1` → service; '' when the property is none of a messenger. */
export function serviceOf(name: string): string {
  const service = name.toLowerCase().replace(/^x-(?:evolution-|kaddressbook-|mozilla-)?/, '');
  return name.startsWith('X-') && (Object.hasOwn(SERVICES, service) || OTHERS.has(service)) ? service : '';
}

/** Kind and address. `service` is what the property or its parameters name, '' when the address alone tells. */
export function messenger(text: string, service: string): { readonly kind: string; readonly value: string } {
  const value = text.trim();
  if (/^https?:/i.test(value))
    return { kind: Object.hasOwn(SERVICES, service) ? (SERVICES[service] as string) : 'web', value };
  const uri = /^([a-z][a-z0-9+.-]*):(.+)$/i.exec(value);
  const scheme = uri?.[1]?.toLowerCase() ?? '';
  const bare = uri && (scheme === 'x-apple' || Object.hasOwn(SERVICES, scheme)) ? (uri[2] as string) : value;
  const named = Object.hasOwn(SERVICES, service) ? service : scheme;
  if (Object.hasOwn(SERVICES, named)) return { kind: SERVICES[named] as string, value: bare.replace(/^\/\//, '') };
  return { kind: 'other', value: service === '' || uri ? bare : `${service}:${bare}` };
}

/** The service that the parameters of IMPP and X-SOCIALPROFILE name. */
export function namedService({ params }: Pick<Property, 'params'>): string {
  const named = params.get('X-SERVICE-TYPE')?.[0] ?? params.get('SERVICE-TYPE')?.[0];
  const known = (params.get('TYPE') ?? []).find((type) => Object.hasOwn(SERVICES, type.toLowerCase()));
  return (named ?? known ?? '').toLowerCase();
}

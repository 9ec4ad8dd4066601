const NAMES: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1250': 'Windows-1250',
  'windows-1251': 'Windows-1251',
  'windows-1252': 'Windows-1252',
  ibm866: 'DOS (CP866)',
  'koi8-r': 'KOI8-R',
  'koi8-u': 'KOI8-U',
  'x-mac-cyrillic': 'Mac Cyrillic',
  macintosh: 'Mac Roman',
};

/** Encodings by the names that people know; a repair as «read as → written in»; the others as they are. */
export function encodingTitle(encoding: string): string {
  const [kind, wrong = '', right = ''] = encoding.split(':');
  if (kind === 'repair') return `${encodingTitle(wrong)} → ${encodingTitle(right)}`;
  return NAMES[encoding] ?? encoding;
}

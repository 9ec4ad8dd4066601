/**
 * The document's properties as XMP (ISO 16684-1, PDF 1.4 §10.2.2), which archives and screen readers look at; Chromium
 * writes only the older information dictionary. Both say the same. Appended as an incremental update (PDF 1.4 §3.4.5), so
 * that nothing of the printed file is moved.
 */

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** A PDF string, `(…)` or `<…>`, as text. */
function decoded(token: string): string {
  let bytes: Buffer;
  if (token.startsWith('<')) bytes = Buffer.from(token.slice(1, -1).replace(/\s/gu, ''), 'hex');
  else {
    const inner = token
      .slice(1, -1)
      .replace(/\\([0-7]{1,3})/gu, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8) & 0xff))
      .replace(/\\(.)/gsu, (_, char: string) => ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' })[char] ?? char);
    bytes = Buffer.from(inner, 'latin1');
  }
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return bytes.toString('latin1');
  const utf16 = Buffer.from(bytes.subarray(2));
  return (utf16.length % 2 === 0 ? utf16 : utf16.subarray(0, -1)).swap16().toString('utf16le');
}

const STRING = String.raw`(\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>)`;
const entry = (dict: string, key: string): string => {
  const token = new RegExp(`/${key}\\s*${STRING}`, 'su').exec(dict)?.[1];
  return token === undefined ? '' : decoded(token);
};

/** `D:20260601093000+00'00'` as ISO 8601; '' for anything else. */
function isoTime(date: string): string {
  const [, year, month, day, hour, minute, second, sign, zoneHour, zoneMinute] =
    /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-])(\d\d)'(\d\d)'?)?$/u.exec(date) ?? [];
  if (year === undefined) return '';
  const zone = sign ? `${sign}${zoneHour}:${zoneMinute}` : 'Z';
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${zone === '+00:00' ? 'Z' : zone}`;
}

const escaped = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- control characters are what XML cannot hold
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

function xmp(information: string, language: string): string {
  const [title, creator, producer] = ['Title', 'Creator', 'Producer'].map((key) => escaped(entry(information, key)));
  const made = isoTime(entry(information, 'CreationDate'));
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title>
${language ? `<dc:language><rdf:Bag><rdf:li>${escaped(language)}</rdf:li></rdf:Bag></dc:language>\n` : ''}<xmp:CreatorTool>${creator}</xmp:CreatorTool>
${made ? `<xmp:CreateDate>${made}</xmp:CreateDate>\n<xmp:ModifyDate>${made}</xmp:ModifyDate>\n` : ''}<pdf:Producer>${producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
}

/** The same document with its properties as XMP; a file of another build than Chromium's is returned as it is. */
export function withMetadata(pdf: Uint8Array): Uint8Array {
  const text = latin(pdf);
  const [, trailer = '', previous = ''] =
    /trailer\s*<<((?:[^>]|>(?!>)|<[0-9A-Fa-f]*>)*)>>\s*startxref\s+(\d+)\s+%%EOF\s*$/u.exec(text.slice(-2048)) ?? [];
  const number = (key: string): number => Number(new RegExp(`/${key}\\s+(\\d+)`, 'u').exec(trailer)?.[1]);
  const [size, root, info] = [number('Size'), number('Root'), number('Info')];
  const dictOf = (id: number): string | undefined =>
    new RegExp(`(?:^|[\\r\\n])${id} 0 obj\\s*<<(.*?)>>\\s*endobj`, 'su').exec(text)?.[1];
  const [catalog, information] = [dictOf(root), dictOf(info)];
  if (!previous || !size || catalog === undefined || information === undefined || /\/Metadata\b/u.test(catalog))
    return pdf;

  const packet = Buffer.from(xmp(information, entry(catalog, 'Lang')));
  const start = pdf.length + 1;
  const newCatalog = Buffer.from(`${root} 0 obj\n<<${catalog}\n/Metadata ${size} 0 R>>\nendobj\n`, 'latin1');
  const stream = Buffer.concat([
    Buffer.from(`${size} 0 obj\n<</Type /Metadata /Subtype /XML /Length ${packet.length}>>\nstream\n`),
    packet,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
  const at = (offset: number): string => `${String(offset).padStart(10, '0')} 00000 n \n`;
  const end = `xref\n${root} 1\n${at(start)}${size} 1\n${at(start + newCatalog.length)}trailer\n<<${trailer.replace(
    /\/Size\s+\d+/u,
    `/Size ${size + 1}`,
  )}\n/Prev ${previous}>>\nstartxref\n${start + newCatalog.length + stream.length}\n%%EOF\n`;
  return Buffer.concat([pdf, Buffer.from('\n'), newCatalog, stream, Buffer.from(end, 'latin1')]);
}

/** Files kept with a record. The content lies in the vault under the hash of itself; the record names it. */

/** An element of the set `attachments`. */
export interface Attachment {
  /** File name as it was, without a path. */
  readonly name: string;
  /** SHA-256 of the content, lower-case hex. */
  readonly hash: string;
  readonly bytes: number;
  /** Position in the list as it was added. */
  readonly order: number;
}

/** Largest file, and all files of a vault together, in bytes. */
export const MAX_ATTACHMENT = 50_000_000;
export const MAX_ATTACHMENTS = 1_000_000_000;
export const isAttachmentHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/**
 * Kinds of files that a system may run instead of show. They can be kept and saved, but are not opened from here: a name
 * that came from elsewhere must not start a program.
 */
const RUNNABLE =
  /\.(?:exe|com|scr|pif|cpl|msi|msp|bat|cmd|ps1|psm1|vbs|vbe|js|jse|mjs|wsf|wsh|hta|jar|lnk|url|reg|inf|dll|sys|sh|bash|zsh|command|app|pkg|dmg|desktop|appimage|deb|rpm|run|py|pl|rb|php|html?|xhtml|svg|xml|chm|iso|img|vhd|docm|xlsm|pptm|dotm|xltm|scpt|workflow)$/i;

/** The name without anything that means something to a file system, 120 characters at most; never empty. */
export function safeFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const plain = [...last.normalize('NFC')]
    // Controls, and the marks that turn the direction of text: "exe.fdp" must not read as "pdf.exe".
    .filter((char) => !/[\p{Cc}\p{Cf}<>:"|?*]/u.test(char))
    .join('')
    .replace(/^[. ]+|[. ]+$/g, '');
  const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(plain);
  const named = plain === '' ? 'file' : reserved ? `_${plain}` : plain;
  if (named.length <= 120) return named;
  const dot = named.lastIndexOf('.');
  const end = dot > 0 && named.length - dot <= 12 ? named.slice(dot) : '';
  return `${named.slice(0, 120 - end.length)}${end}`;
}

/** True when a file of this name may be handed to the system to be shown. */
export const mayOpen = (name: string): boolean => /\.[a-z0-9]{1,10}$/i.test(name) && !RUNNABLE.test(name);

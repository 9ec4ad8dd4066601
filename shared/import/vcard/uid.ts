/** How cards and records know each other again. */

/** Preset of files of business cards, and the system that their ids are of. */
export const CARD_PRESET = 'vcard';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The UID of a record that has none from elsewhere. Stable: it is the record's id. */
export const uidOfRecord = (id: string): string => (UUID.test(id) ? `urn:uuid:${id}` : id);

/** The id that a UID would be of; programs change its case and leave the scheme out. */
export function recordOfUid(uid: string): string {
  const bare = uid.trim().replace(/^urn:uuid:/i, '');
  const lower = bare.toLowerCase();
  return UUID.test(lower) ? lower : bare;
}

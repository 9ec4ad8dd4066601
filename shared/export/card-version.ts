/** Versions of vCard that we write: 3.0 (RFC 2426) for telephones and Outlook, 4.0 (RFC 6350) for newer programs. */
export const CARD_VERSIONS = ['3.0', '4.0'] as const;
export type CardVersion = (typeof CARD_VERSIONS)[number];

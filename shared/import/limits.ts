/** Bounds on what is read at all; looked at before anything is read. */

/** Bytes of a file: 100 MB. A contact list of a million rows fits. */
export const MAX_FILE_BYTES = 100_000_000;

/**
 * States of records are stored with their fields in a list (see `encodeState`). Those that are there stay readable as they
 * are; the number keeps an older app, which could not read the new ones, from opening the vault.
 */
import type { Migration } from './index.ts';

export const flatStates: Migration = { version: 5, up: () => undefined };

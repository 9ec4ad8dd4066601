/** Sample data for the first run: a believable small business around the given day, removable as one batch. */
import type { DraftChange } from '../change/types.ts';
import type { PlainDate } from '../model/records.ts';
import { buildSample } from './build.ts';
import { englishStory } from './en.ts';
import { russianStory } from './ru.ts';

export interface SampleOptions {
  /** Makes record ids; random when absent, so that samples added again do not meet the removed ones. */
  readonly newId?: () => string;
  /** Whether to bring a letterhead. Pass false when there is one already. */
  readonly brand?: boolean;
}

/**
 * About 12 organisations of both halves of the profession, 30 people, 15 meetings before and after `today`, promises both
 * ways and contracts; each record is one `$new` change. Commit as one batch of kind `sample`.
 */
export function sampleBatch(
  language: 'ru' | 'en',
  today: PlainDate,
  options: SampleOptions = {},
): readonly DraftChange[] {
  return buildSample(language === 'ru' ? russianStory : englishStory, language, today, {
    newId: options.newId ?? (() => crypto.randomUUID()),
    brand: options.brand ?? true,
  });
}

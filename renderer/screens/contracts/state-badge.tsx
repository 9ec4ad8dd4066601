import type { LaneSummary, LaneTone } from '../../../shared/contracts/timeline.ts';
import { useT } from '../../app/i18n.ts';
import { Badge, type Tone } from '../../ui/index.ts';
import { stateWord } from './timeline/item-text.ts';

/** The kit's tone for a tone of the timeline: quiet things are plain in words. */
export const badgeTone = (tone: LaneTone): Tone => (tone === 'quiet' ? 'plain' : tone);

/** The computed state of a contract: a word with a meaning. */
export function StateBadge({ summary }: { readonly summary: LaneSummary }) {
  const t = useT();
  return <Badge tone={badgeTone(summary.tone)}>{stateWord(t, summary.state)}</Badge>;
}

import type { DateChange } from '../../../shared/contract-dates/changes.ts';
import { isPlainDate } from '../../../shared/dates/plain-date.ts';
import { useDates } from '../../app/dates.ts';
import { type TextKey, useT } from '../../app/i18n.ts';

/** Fields of a recomputation that a person wants to be told about, with their words. */
const WORDS: Readonly<Record<string, TextKey>> = {
  state: 'contracts.status',
  'term.start': 'contracts.head.termStart',
  'term.end': 'contracts.head.termEnd',
  'notice.sendBy': 'contracts.head.actBy',
  'notice.safe': 'contracts.head.safe',
  'notice.legal': 'contracts.head.legal',
  finalEnd: 'contracts.head.finalEnd',
};

/** What a decision or an amendment changes, before → after. */
export function ChangeList({ changes }: { readonly changes: readonly DateChange[] }) {
  const t = useT();
  const dates = useDates();
  const words = (value: DateChange['before'], field: string): string => {
    if (value === null) return '—';
    if (field === 'state') return t(`contractDates.state.${value}` as TextKey);
    return isPlainDate(value) ? dates.short(value) : String(value);
  };
  return (
    <dl>
      {changes.map(({ field, before, after }) => {
        const word = WORDS[field];
        return word ? (
          <div key={field} style={{ display: 'contents' }}>
            <dt>{t(word)}</dt>
            <dd>
              {words(before, field)} → {words(after, field)}
            </dd>
          </div>
        ) : null;
      })}
    </dl>
  );
}

import { useLayoutEffect, useMemo, useRef } from 'react';
import { createExplainer } from '../../../../shared/contract-dates/explain.ts';
import { reasonsOf } from '../../../../shared/contracts/timeline-reasons.ts';
import type { LaneItem } from '../../../../shared/contracts/timeline.ts';
import { formatMoney } from '../../../../shared/money/money.ts';
import { i18n } from '../../../app/i18n.ts';
import { Badge } from '../../../ui/index.ts';
import { itemDates, itemFacts, itemState, itemTitle, stateWord, type Words } from './item-text.ts';
import type { LaneLine } from './model.ts';
import { badgeTone } from '../state-badge.tsx';
import styles from './card.module.css';

const GAP = 8;
/** Steps of a derivation that are shown; the record has them all. */
const MOST_REASONS = 8;

/** Facts and derivation of what is pointed at or under the keyboard; placed beside `anchor`. */
export function TimelineCard({
  id,
  line,
  item,
  words,
  anchor,
  onPointerEnter,
  onPointerLeave,
}: {
  readonly id: string;
  readonly line: LaneLine;
  /** null: the contract as a whole. */
  readonly item: LaneItem | null;
  readonly words: Words;
  readonly anchor: () => DOMRect | null;
  readonly onPointerEnter: () => void;
  readonly onPointerLeave: () => void;
}) {
  const { t, language, dates } = words;
  const card = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = card.current;
    const at = anchor();
    if (!element || !at) return;
    const { width, height } = element.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    const under = at.bottom + GAP;
    const top = under + height > document.documentElement.clientHeight - GAP ? at.top - GAP - height : under;
    element.style.left = `${Math.max(GAP, Math.min(at.left, room - width - GAP))}px`;
    element.style.top = `${Math.max(GAP, top)}px`;
    element.style.visibility = 'visible';
  });
  const { lane, view } = line.whole();
  const explained = useMemo(() => {
    // oxlint-disable-next-line typescript/unbound-method -- i18next binds it
    const explainer = createExplainer(language, i18n.t);
    if (lane.problem) return [explainer.problem(lane.problem)];
    return item ? reasonsOf(view, item, lane.items).map((reason) => explainer.reason(reason)) : [];
  }, [language, lane, view, item]);
  const { contract, deadline, atRisk, finalEnd } = lane;
  const facts = item
    ? itemFacts(words, item)
    : [
        ...(deadline ? [t('timeline.actDay', { day: dates.exact(deadline.actBy) })] : []),
        ...(finalEnd ? [`${t('timeline.item.end')}: ${dates.exact(finalEnd)}`] : []),
        ...(atRisk ? [t('timeline.value', { sum: formatMoney(atRisk, language) })] : []),
      ];
  const state = item ? itemState(words, item) : stateWord(t, lane.state);
  return (
    <div
      ref={card}
      id={id}
      role="tooltip"
      className={styles.card}
      onPointerEnter={onPointerEnter}
      onPointerLeave={onPointerLeave}
    >
      <div className={styles.head}>
        <span className={styles.title}>
          {item ? itemTitle(words, item) : contract.title || contract.number || t('contracts.untitled')}
        </span>
        {state && <Badge tone={badgeTone(item ? item.tone : lane.tone)}>{state}</Badge>}
      </div>
      {item && <div className={styles.dates}>{itemDates(words, item)}</div>}
      {facts.length > 0 && (
        <ul className={styles.facts}>
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      {explained.length > 0 && (
        <>
          {!lane.problem && <div className={styles.why}>{t('timeline.why')}</div>}
          <ol className={styles.reasons}>
            {explained.slice(0, MOST_REASONS).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ol>
        </>
      )}
      {item && (
        <div className={styles.foot}>
          {[contract.title || contract.number, contract.organisationName].filter(Boolean).join(' · ')}
        </div>
      )}
    </div>
  );
}

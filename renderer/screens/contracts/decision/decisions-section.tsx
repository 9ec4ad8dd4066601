import { Ban, CircleQuestionMark, RefreshCw, LogOut, Plus, X } from 'lucide-react';
import { DECISION_KINDS, type DecisionKind } from '../../../../shared/contract-dates/terms.ts';
import { type ContractWording, ordered } from '../../../../shared/contracts/wording.ts';
import { setField } from '../../../app/commit.ts';
import { useDates } from '../../../app/dates.ts';
import { useT } from '../../../app/i18n.ts';
import { Button, IconButton, Tooltip } from '../../../ui/index.ts';
import { Section } from '../../profile/parts.tsx';
import profile from '../../profile/profile.module.css';
import styles from './decision.module.css';

export const DECIDE = 'KeyD';
const ICONS = { terminate: Ban, renew: RefreshCw, terminateEarly: LogOut } as const satisfies Record<
  DecisionKind,
  unknown
>;

/** The decisions that were recorded, newest first; each can be taken away, and that can be undone. */
export function DecisionsSection({
  id,
  wording,
  onDecide,
}: {
  readonly id: string;
  readonly wording: ContractWording;
  /** Undefined when nothing can be decided now. */
  readonly onDecide: (() => void) | undefined;
}) {
  const t = useT();
  const dates = useDates();
  const decisions = ordered(wording.decisions, ({ date }) => date).reverse();
  if (decisions.length === 0 && !onDecide) return null;
  return (
    <Section
      title={t('contracts.decision.title')}
      count={decisions.length}
      actions={
        onDecide && (
          <Tooltip text={t('contracts.decision.record')} shortcut={DECIDE}>
            <Button variant="quiet" size="small" icon={<Plus size={14} aria-hidden />} onPress={onDecide}>
              {t('contracts.decision.record')}
            </Button>
          </Tooltip>
        )
      }
    >
      {decisions.length === 0 && <p className={profile.empty}>{t('contracts.decision.none')}</p>}
      <ul>
        {decisions.map(([key, { kind, date, author, reason }]) => {
          // Another version of the app may know further kinds.
          const isKnown = DECISION_KINDS.includes(kind);
          const Icon = isKnown ? ICONS[kind] : CircleQuestionMark;
          const name = t(isKnown ? `contracts.decision.kinds.${kind}` : 'contracts.decision.unknownKind');
          return (
            <li key={key} className={styles.one}>
              <Icon size={14} aria-hidden />
              <div>
                <span className={styles.what}>{name}</span>
                <p className={styles.about}>
                  {t('contracts.decision.by', {
                    date: dates.short(date),
                    author: author?.trim() || t('contracts.decision.noAuthor'),
                  })}
                </p>
                <p className={styles.reason}>{reason?.trim() || t('contracts.decision.noReason')}</p>
              </div>
              <IconButton
                icon={<X size={14} aria-hidden />}
                label={t('contracts.decision.remove', { kind: name, date: dates.short(date) })}
                size="small"
                className={styles.remove!}
                onPress={() =>
                  void setField('contract', id, `decisions/${key}`, null, {
                    toast: t('contracts.decision.removed', { kind: name }),
                  })
                }
              />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

import { Diamond, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Resolved } from '../../../../shared/contract-dates/obligations.ts';
import type { ContractMilestone } from '../../../../shared/model/records.ts';
import { useToday } from '../../../app/clock.ts';
import { useDates } from '../../../app/dates.ts';
import { useT } from '../../../app/i18n.ts';
import { Badge, Button, classNames } from '../../../ui/index.ts';
import { Section } from '../../profile/parts.tsx';
import profile from '../../profile/profile.module.css';
import { editElement, inOrder, setElement } from './changes.ts';
import { MilestoneForm } from './milestone-form.tsx';
import {
  Editable,
  eventName,
  LineMenu,
  milestoneOfProblem,
  problemWords,
  type SectionProps,
  useExplainer,
  useMilestones,
} from './parts.tsx';
import styles from './sections.module.css';

const SET = 'milestones';

function Slip({ days }: { readonly days: number }) {
  const t = useT();
  if (days === 0) return null;
  return (
    <Badge tone={days > 0 ? 'attention' : 'ok'}>
      {t(days > 0 ? 'contractSections.milestones.later' : 'contractSections.milestones.earlier', {
        count: Math.abs(days),
      })}
    </Badge>
  );
}

/** How the milestone's day is given: counted from an event, or known by a month or a year. */
function useSource({ on, relative }: ContractMilestone, data: SectionProps['data']): string {
  const t = useT();
  const dates = useDates();
  const explainer = useExplainer();
  if (relative)
    return t(relative.direction === 'after' ? 'contractSections.afterEvent' : 'contractSections.beforeEvent', {
      period: explainer.period(relative.period),
      event: eventName(t, data, relative.to),
    });
  return on && on.length < 10 ? dates.partial(on) : '';
}

function MilestoneLine({
  id,
  itemKey,
  milestone,
  point,
  data,
  readOnly,
  onEdit,
}: Pick<SectionProps, 'id' | 'data' | 'readOnly'> & {
  readonly itemKey: string;
  readonly milestone: ContractMilestone;
  /** Undefined while the days cannot be computed. */
  readonly point: Resolved | undefined;
  readonly onEdit: () => void;
}) {
  const t = useT();
  const dates = useDates();
  const today = useToday();
  const source = useSource(milestone, data);
  const { title, happened } = milestone;
  const late = happened === undefined && point !== undefined && point.due < today;
  const reach = (): void =>
    void setElement(
      id,
      SET,
      itemKey,
      { ...milestone, happened: today },
      {
        toast: t('contractSections.milestones.happenedToast', { name: title }),
      },
    );
  return (
    <li
      className={profile.line}
      onKeyDown={(event) => {
        if (readOnly || happened !== undefined || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        reach();
      }}
    >
      <Diamond size={14} aria-hidden className={classNames(styles.diamond, happened !== undefined && styles.reached)} />
      <div className={profile.lineMain}>
        <Editable
          readOnly={readOnly}
          label={t('contractSections.milestones.name')}
          value={title}
          onCommit={(text) => {
            if (text) editElement(id, SET, itemKey, { title: text });
          }}
        />
        {source && <span className={profile.lineSub}>{source}</span>}
      </div>
      {point && <Slip days={point.slipDays} />}
      {point?.provisional && (
        <span title={t('contractSections.provisionalHint')}>
          <Badge tone="attention">{t('contractSections.provisional')}</Badge>
        </span>
      )}
      <span
        className={classNames(profile.lineEnd, late && profile.overdue)}
        title={dates.exact(happened ?? point?.due)}
      >
        {happened
          ? t('contractSections.milestones.happenedOn', { date: dates.near(happened) })
          : point
            ? late
              ? t('contractSections.milestones.overdue', { when: dates.near(point.due) })
              : dates.near(point.due)
            : t('contractSections.notYet')}
      </span>
      {!readOnly && (
        <LineMenu
          name={title}
          entries={[
            { id: 'edit', label: t('contractSections.edit'), run: onEdit },
            ...(happened === undefined
              ? [
                  {
                    id: 'reach',
                    label: t('contractSections.milestones.markHappened', { name: dates.short(today) }),
                    run: reach,
                  },
                ]
              : [
                  {
                    id: 'unreach',
                    label: t('contractSections.obligations.reopen'),
                    run: () => editElement(id, SET, itemKey, { happened: undefined }),
                  },
                ]),
            {
              id: 'remove',
              label: t('common.remove'),
              isDanger: true,
              startsGroup: true,
              run: () =>
                void setElement(id, SET, itemKey, null, { toast: t('contractSections.removed', { name: title }) }),
            },
          ]}
        />
      )}
    </li>
  );
}

/** Milestones by their day, with how far each has slipped. */
export function MilestonesSection({ id, data, readOnly, scope }: SectionProps) {
  const t = useT();
  const explainer = useExplainer();
  const resolved = useMilestones(scope);
  const [asked, setAsked] = useState<'add' | readonly [string, ContractMilestone] | null>(null);
  const points = new Map(resolved?.ok ? resolved.value.map((point) => [point.id, point]) : []);
  const at = (key: string): string => data.milestones?.[key]?.happened ?? points.get(key)?.due ?? '9999';
  // The order in which they were entered decides between equal days.
  const items = inOrder(data.milestones).toSorted(([a], [b]) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0));
  const wrong = scope && resolved && !resolved.ok ? milestoneOfProblem(scope, resolved.error) : undefined;
  return (
    <Section
      title={t('contractSections.milestones.title')}
      count={items.length}
      actions={
        !readOnly && (
          <Button variant="quiet" size="small" icon={<Plus size={14} aria-hidden />} onPress={() => setAsked('add')}>
            {t('contractSections.milestones.add')}
          </Button>
        )
      }
    >
      {resolved && !resolved.ok && (
        <p className={styles.notice}>
          {[wrong && data.milestones?.[wrong]?.title, problemWords(explainer, t, data, resolved.error)]
            .filter(Boolean)
            .join(': ')}
        </p>
      )}
      {items.length === 0 && <p className={profile.empty}>{t('contractSections.milestones.none')}</p>}
      <ul>
        {items.map(([key, milestone]) => (
          <MilestoneLine
            key={key}
            id={id}
            itemKey={key}
            milestone={milestone}
            point={points.get(key)}
            data={data}
            readOnly={readOnly}
            onEdit={() => setAsked([key, milestone])}
          />
        ))}
      </ul>
      {asked && (
        <MilestoneForm
          contract={id}
          data={data}
          scope={scope}
          onClose={() => setAsked(null)}
          {...(asked === 'add' ? {} : { milestone: asked })}
        />
      )}
    </Section>
  );
}

import { CalendarX2, CircleCheck, Clock3, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Deadline } from '../../../shared/contracts/deadlines.ts';
import type { ContractHead } from '../../../shared/contracts/outlook.ts';
import type { PlainDate } from '../../../shared/model/records.ts';
import { formatMoney } from '../../../shared/money/money.ts';
import { useDates } from '../../app/dates.ts';
import { useLanguage, useT } from '../../app/i18n.ts';
import { classNames } from '../../ui/index.ts';
import styles from './contract.module.css';

type Tone = 'plain' | 'ok' | 'attention' | 'risk';
/** Green is for a decision with an author, a day and a reason, and for nothing else. */
const TONES: Readonly<Record<Deadline['state'], Tone>> = {
  ahead: 'plain',
  open: 'plain',
  due: 'attention',
  missed: 'risk',
  decided: 'ok',
};

function Fact({
  label,
  value,
  more,
  tone = 'plain',
  title,
}: {
  readonly label: string;
  readonly value: ReactNode;
  readonly more?: string | undefined;
  readonly tone?: Tone;
  readonly title?: string;
}) {
  return (
    <div className={styles.fact}>
      <dt className={styles.factLabel}>{label}</dt>
      <dd className={classNames(styles.factValue, tone !== 'plain' && styles[tone])} title={title}>
        {value}
        {more && <span className={styles.factMore}>{more}</span>}
      </dd>
    </div>
  );
}

/** The deadline line: the day to act on, the safe day, the day by the wording. */
function DeadlineFacts({ deadline, distant }: { readonly deadline: Deadline; readonly distant: boolean }) {
  const t = useT();
  const dates = useDates();
  const { actBy, safe, legal, kind, state } = deadline;
  const tone = TONES[state];
  // A day far from today is only a day; from the distance of another day «in 3 days» would mislead.
  const near = (date: PlainDate): string | undefined => {
    if (distant) return undefined;
    const words = dates.near(date);
    return words === dates.short(date) || /\d{1,2}\u00a0/u.test(words) ? undefined : words;
  };
  if (kind === 'end') {
    return <Fact label={t('contracts.head.ends')} value={dates.short(legal)} more={near(legal)} tone={tone} />;
  }
  return (
    <>
      <Fact
        label={t(state === 'decided' ? 'contracts.head.decidedBy' : 'contracts.head.actBy')}
        value={dates.short(actBy)}
        more={near(actBy)}
        tone={tone}
        title={t('contracts.head.actByHint')}
      />
      <Fact
        label={t('contracts.head.safe')}
        value={dates.short(safe)}
        more={safe === actBy ? undefined : near(safe)}
        title={t('contracts.head.safeHint')}
      />
      <Fact
        label={t('contracts.head.legal')}
        value={dates.short(legal)}
        more={legal === safe ? undefined : near(legal)}
        title={t('contracts.head.legalHint')}
      />
    </>
  );
}

/** The first thing seen of a contract: which term runs, by when to act, what is at risk, what happens next. */
export function HeadFacts({ head, distant }: { readonly head: ContractHead; readonly distant: boolean }) {
  const t = useT();
  const language = useLanguage();
  const dates = useDates();
  const { term, deadline, next, atRisk, outlook, missing, provisional } = head;
  const params = Object.fromEntries(
    Object.entries(outlook.params).map(([name, date]) => [name, dates.short(date)] as const),
  );
  const Icon = deadline?.state === 'missed' ? TriangleAlert : deadline?.state === 'decided' ? CircleCheck : Clock3;
  const tone =
    deadline && (deadline.state === 'missed' || deadline.state === 'decided') ? TONES[deadline.state] : 'plain';
  return (
    <>
      <dl className={styles.facts}>
        <Fact
          label={t('contracts.head.termNumber', { number: term.number })}
          value={
            term.end === null
              ? t('contracts.head.spanOpen', { start: dates.short(term.start) })
              : t('contracts.head.span', { start: dates.short(term.start), end: dates.short(term.end) })
          }
        />
        {deadline && <DeadlineFacts deadline={deadline} distant={distant} />}
      </dl>
      <div className={styles.lines}>
        <p className={classNames(styles.outlook, tone !== 'plain' && styles[tone])}>
          <Icon size={14} aria-hidden />
          <span>
            {t(`contracts.outlook.${outlook.key}`, params)}
            {next && ` ${t('contracts.head.nextDeadline', { date: dates.short(next.actBy) })}`}
          </span>
        </p>
        {atRisk && (
          <p className={styles.outlook}>
            <Info size={14} aria-hidden />
            <span>{t('contracts.head.atRisk', { value: formatMoney(atRisk, language) })}</span>
          </p>
        )}
        {provisional && (
          <p className={classNames(styles.outlook, styles.attention)}>
            <CalendarX2 size={14} aria-hidden />
            <span>
              {missing.length > 0
                ? t('contracts.head.provisional', { missing: missing.join(', ') })
                : t('contracts.head.provisionalPlain')}
            </span>
          </p>
        )}
      </div>
    </>
  );
}

import { ChevronRight, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Fulfilment } from '../../../../shared/model/records.ts';
import { useT } from '../../../app/i18n.ts';
import { useAction } from '../../../app/shortcuts.ts';
import { type PromiseDay, usePromiseDays, usePromises, useRecord } from '../../../db/index.ts';
import { Button, classNames } from '../../../ui/index.ts';
import { Section } from '../../profile/parts.tsx';
import profile from '../../profile/profile.module.css';
import { FulfilmentDialog, OccurrencesDialog } from './fulfilment.tsx';
import { ObligationForm } from './obligation-form.tsx';
import { type ObligationAction, ObligationLine } from './obligation-line.tsx';
import { problemWords, type SectionProps, useExplainer } from './parts.tsx';
import styles from './sections.module.css';

interface Asked {
  readonly action: ObligationAction | 'add';
  readonly promise?: string;
}
const STATES: Readonly<Partial<Record<Asked['action'], Fulfilment['state']>>> = { keep: 'done', drop: 'dropped' };

/** The form over the whole record: rows leave out the penalty. */
function EditObligation({
  promise,
  contract,
  data,
  scope,
  onClose,
}: Pick<SectionProps, 'data' | 'scope'> & {
  readonly promise: string;
  readonly contract: string;
  readonly onClose: () => void;
}) {
  const { value: record } = useRecord('promise', promise);
  if (!record) return null;
  return (
    <ObligationForm
      contract={contract}
      data={data}
      scope={scope}
      promise={{ id: promise, data: record.data }}
      onClose={onClose}
    />
  );
}

/** What either side owes under the contract: overdue first, kept ones folded. */
export function ObligationsSection({ id, data, readOnly, view, scope }: SectionProps) {
  const t = useT();
  const explainer = useExplainer();
  const rows = usePromiseDays(usePromises(id));
  const [asked, setAsked] = useState<Asked | null>(null);
  const [unfolded, setUnfolded] = useState(false);
  const [open, closed] = useMemo(() => {
    const all = rows ?? [];
    return [
      all.filter(({ promise }) => promise.status === 'open'),
      all.filter(({ promise }) => promise.status !== 'open'),
    ];
  }, [rows]);
  const add = (): void => setAsked({ action: 'add' });
  useAction(
    { id: 'new-obligation', label: 'contractSections.obligations.addTitle', group: 'create', run: add },
    !readOnly,
  );
  const close = (): void => setAsked(null);
  const of = rows?.find(({ promise }) => promise.id === asked?.promise);
  const state = asked ? STATES[asked.action] : undefined;
  const line = (due: PromiseDay) => (
    <ObligationLine
      key={due.promise.id}
      due={due}
      data={data}
      readOnly={readOnly}
      onAction={(action) => setAsked({ action, promise: due.promise.id })}
    />
  );
  const needsDates = open.some(({ promise }) => promise.rule?.kind === 'relative');
  return (
    <Section
      title={t('contractSections.obligations.title')}
      count={open.length}
      actions={
        !readOnly && (
          <Button variant="quiet" size="small" icon={<Plus size={14} aria-hidden />} onPress={add}>
            {t('contractSections.obligations.add')}
          </Button>
        )
      }
    >
      {view && !view.ok && needsDates && (
        <p className={styles.notice}>
          {t('contractSections.datesUnknown', { problem: problemWords(explainer, t, data, view.problem) })}
        </p>
      )}
      {rows?.length === 0 && <p className={profile.empty}>{t('contractSections.obligations.none')}</p>}
      <ul>{open.map(line)}</ul>
      {closed.length > 0 && (
        <>
          <button type="button" className={styles.fold} aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
            <ChevronRight size={14} aria-hidden className={classNames(styles.chevron, unfolded && styles.unfolded)} />
            {t('contractSections.obligations.folded', { count: closed.length })}
          </button>
          {unfolded && <ul>{closed.map(line)}</ul>}
        </>
      )}
      {asked?.action === 'add' && <ObligationForm contract={id} data={data} scope={scope} onClose={close} />}
      {asked?.action === 'edit' && asked.promise && (
        <EditObligation promise={asked.promise} contract={id} data={data} scope={scope} onClose={close} />
      )}
      {asked?.action === 'days' && of && (
        <OccurrencesDialog promise={of.promise} scope={of.scope} readOnly={readOnly} onClose={close} />
      )}
      {state && of && (
        <FulfilmentDialog promise={of.promise} scope={of.scope} day={of.day} state={state} onClose={close} />
      )}
    </Section>
  );
}

import { Gavel, TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { createExplainer } from '../../../shared/contract-dates/explain.ts';
import type { DecisionKind } from '../../../shared/contract-dates/terms.ts';
import { decisionKinds } from '../../../shared/contracts/decide.ts';
import { headOf } from '../../../shared/contracts/outlook.ts';
import { createContractViews } from '../../../shared/contracts/view.ts';
import { fieldOfProblem } from '../../../shared/contracts/wording.ts';
import { setField } from '../../app/commit.ts';
import { useToday } from '../../app/clock.ts';
import { errorText, i18n, useLanguage, useT } from '../../app/i18n.ts';
import { openOrganisation } from '../../app/navigation.ts';
import { useSession } from '../../app/session.ts';
import { useAction } from '../../app/shortcuts.ts';
import { type TypedRecord, useContract, usePacks, useRecord } from '../../db/index.ts';
import { Button, EmptyState, InlineEdit, Tooltip } from '../../ui/index.ts';
import { useContractDocuments } from '../documents/contract-documents.tsx';
import { AttachmentsSection } from '../profile/attachments-section.tsx';
import { Conflicts } from '../profile/conflicts.tsx';
import { fieldWord } from '../profile/field-words.ts';
import { RecordLink } from '../profile/parts.tsx';
import styles from '../profile/profile.module.css';
import { RecordMenu } from '../profile/record-menu.tsx';
import { AmendmentsSection } from './amendments/amendments-section.tsx';
import { AsOfBanner, AsOfControl } from './as-of.tsx';
import { type AsOf, contextAt } from './contract-at.ts';
import { ContractDetails } from './contract-details.tsx';
import { HeadFacts } from './contract-head.tsx';
import own from './contract.module.css';
import { DecisionDialog } from './decision/decision-dialog.tsx';
import { DECIDE, DecisionsSection } from './decision/decisions-section.tsx';
import { takeDeciding, useDeciding } from './deciding.ts';
import { keepDraft, useContractDrafts } from './drafts.ts';
import { ContractSections } from './sections/index.tsx';
import { StateBadge } from './state-badge.tsx';
import { problemText } from './terms/problem-text.ts';
import { draftOf, likelyProfile } from './terms/terms-draft.ts';
import { TermsForm } from './terms/terms-form.tsx';
import { EDIT_TERMS, TermsSection } from './terms/terms-section.tsx';
import { ContractTimeline } from './timeline/index.tsx';
import { Why } from './why.tsx';

const TYPE = 'contract';

/** A contract: with whom, in what state, by when to act and why; its terms, decisions and amendments. */
export function ContractProfile({ id }: { readonly id: string }) {
  const t = useT();
  const { value: record, error } = useRecord(TYPE, id);
  const packs = usePacks();
  if (error) return <EmptyState title={errorText(error)} />;
  if (record === undefined || packs === undefined) return null;
  if (record === null || record.deleted) return <EmptyState title={t('profile.gone')} />;
  return <Contract id={id} record={record} packs={packs} />;
}

function Contract({
  id,
  record,
  packs,
}: {
  readonly id: string;
  readonly record: TypedRecord<'contract'>;
  readonly packs: NonNullable<ReturnType<typeof usePacks>>;
}) {
  const t = useT();
  const language = useLanguage();
  const today = useToday();
  const row = useContract(id);
  const documents = useContractDocuments(id);
  const userName = useSession((state) => state.settings.userName);
  const { terms: edit, decision: draft } = useContractDrafts(id);
  const [asOf, setAsOf] = useState<AsOf | null>(null);
  const [choosing, setChoosing] = useState(false);
  const [deciding, setDeciding] = useState(false);
  const [views] = useState(createContractViews);
  const { data } = record;
  const context = useMemo(() => contextAt(today, packs, asOf), [today, packs, asOf]);
  const view = views(data, context);
  const kinds = useMemo(
    (): readonly DecisionKind[] => (asOf ? [] : decisionKinds(data, view, context)),
    [asOf, data, view, context],
  );
  const organisationName = row?.organisationName ?? '';
  const contract = {
    id,
    title: data.title ?? '',
    number: data.number ?? '',
    ...(data.organisation ? { organisation: data.organisation } : {}),
    organisationName,
    owner: data.owner ?? '',
    wording: data,
  };
  const head = view.ok ? headOf(contract, view, context.today) : null;
  const explainer = useMemo(() => createExplainer(language, i18n.t), [language]);

  const editTerms = (): void => {
    if (asOf || edit) return;
    const base = draftOf(data);
    const blank = data.start === undefined && data.profile === undefined;
    keepDraft(id, 'terms', { base, draft: blank ? { ...base, profile: likelyProfile(language) } : base });
  };
  const decide = (): void => {
    if (kinds.length === 0) return;
    if (!draft) {
      const only = kinds.length === 1 ? (kinds[0] ?? null) : null;
      keepDraft(id, 'decision', { kind: only, date: today, author: userName, reason: '' });
    }
    setDeciding(true);
  };
  const asked = useDeciding((state) => state.contract === id);
  const canDecide = kinds.length > 0;
  useEffect(() => {
    if (asked && canDecide && takeDeciding(id)) decide();
    // oxlint-disable-next-line react/exhaustive-deps -- asked for once; what it does belongs to the moment
  }, [asked, canDecide, id]);
  useAction(
    { id: 'contract-decide', label: 'contracts.decision.record', group: 'record', shortcut: DECIDE, run: decide },
    kinds.length > 0,
  );
  useAction(
    { id: 'contract-terms', label: 'contractTerms.edit', group: 'record', shortcut: EDIT_TERMS, run: editTerms },
    !asOf && !edit,
  );
  useAction({
    id: 'contract-as-of',
    label: 'contracts.asOf.title',
    group: 'record',
    run: () => requestAnimationFrame(() => setChoosing(true)),
  });
  const trouble =
    !view.ok && data.start !== undefined
      ? t('contracts.head.trouble', {
          field: fieldWord(fieldOfProblem(data, view.problem)),
          text: problemText(view.problem, explainer, t),
        })
      : null;
  return (
    <div className={styles.page}>
      <article className={styles.inner} aria-label={data.title ?? data.number ?? ''}>
        {asOf && <AsOfBanner asOf={asOf} onBack={() => setAsOf(null)} />}
        <div className={styles.head}>
          <div className={styles.headMain}>
            <h1 className={styles.name}>
              <InlineEdit
                isMain
                label={t('contracts.name')}
                value={data.title ?? ''}
                placeholder={t('contracts.untitled')}
                onCommit={(text) => void setField(TYPE, id, 'title', text || null)}
              />
            </h1>
            <div className={styles.sub}>
              {data.organisation && (
                <RecordLink isMain onOpen={() => openOrganisation(data.organisation!)}>
                  {organisationName}
                </RecordLink>
              )}
              {data.number && data.organisation && <span className={styles.dot}>·</span>}
              {data.number && <span>{t('contracts.numberIs', { number: data.number })}</span>}
              {head && <StateBadge state={head.state} decided={view.ok && view.dates.decided} />}
            </div>
          </div>
          <div className={styles.actions}>
            {kinds.length > 0 && (
              <Tooltip text={t('contracts.decision.record')} shortcut={DECIDE}>
                <Button icon={<Gavel size={14} aria-hidden />} onPress={decide}>
                  {t('contracts.decision.button')}
                </Button>
              </Tooltip>
            )}
            <RecordMenu id={id} entries={documents} />
          </div>
        </div>
        <Conflicts conflicts={record.conflicts} />
        {head && <HeadFacts head={head} distant={asOf !== null} />}
        {trouble && (
          <p className={own.trouble}>
            <TriangleAlert size={14} aria-hidden />
            {trouble}
          </p>
        )}
        {view.ok && (
          <div className={own.headEnd}>
            <Why because={view.dates.because} heading={[contract.title, contract.number].filter(Boolean).join(', ')} />
            <AsOfControl asOf={asOf} onChange={setAsOf} isOpen={choosing} onOpenChange={setChoosing} />
          </div>
        )}
        {edit && !asOf && (
          <div className={own.wideSection}>
            <TermsForm
              id={id}
              record={data}
              wording={data}
              edit={edit}
              context={context}
              onClosed={() => document.querySelector<HTMLElement>('main [data-more-menu]')?.focus()}
            />
          </div>
        )}
        {!edit && <ContractTimeline id={id} />}
        <div className={styles.columns}>
          <div className={styles.column}>
            {(!edit || asOf) && <TermsSection record={data} view={view} onEdit={asOf ? undefined : editTerms} />}
            <DecisionsSection id={id} wording={data} onDecide={kinds.length > 0 ? decide : undefined} />
            <AmendmentsSection id={id} wording={data} view={view} context={context} readOnly={asOf !== null} />
            <ContractSections id={id} record={record} readOnly={asOf !== null} />
          </div>
          <div className={styles.column}>
            <ContractDetails id={id} data={data} />
            <AttachmentsSection type={TYPE} id={id} attachments={data.attachments} />
          </div>
        </div>
      </article>
      {deciding && draft && kinds.length > 0 && (
        <DecisionDialog
          id={id}
          wording={data}
          context={context}
          kinds={kinds}
          draft={draft}
          onClose={() => setDeciding(false)}
        />
      )}
    </div>
  );
}

import { GitMerge } from 'lucide-react';
import { useMemo, useRef } from 'react';
import type { Difference, Differences as View } from '../../../shared/sync/differences.ts';
import { errorText, type TextKey, useLanguage, useT } from '../../app/i18n.ts';
import { openRecord } from '../../app/navigation.ts';
import { Badge, Button, EmptyState, PaneHeader } from '../../ui/index.ts';
import { RecordLink } from '../profile/parts.tsx';
import { type Choice, decide, sideOf } from './decide.ts';
import styles from './differences.module.css';
import { DifferenceList } from './record-differences.tsx';
import { useDifferences, useWords } from './use-differences.ts';

const TYPES: Readonly<Record<string, TextKey>> = {
  organisation: 'bin.organisation',
  person: 'bin.person',
  meeting: 'bin.meeting',
  promise: 'bin.promise',
  contract: 'bin.contract',
  affiliation: 'bin.affiliation',
};
const WITH_PAGE: ReadonlySet<string> = new Set(['organisation', 'person', 'meeting', 'contract']);
const NOTHING: View = { items: [], names: {} };

/** The record's name, its kind, and both sides at once. */
function RecordHead({ difference, all }: { readonly difference: Difference; readonly all: readonly Difference[] }) {
  const t = useT();
  const title = difference.title || t('differences.untitled');
  const take = (choices: readonly Choice[]): void =>
    void decide(choices, t('differences.decidedMany', { count: choices.length }));
  const sides = [sideOf(all, true), sideOf(all, false)] as const;
  return (
    <div className={styles.head}>
      <h3 className={styles.title}>
        {WITH_PAGE.has(difference.type) ? (
          <RecordLink isMain onOpen={() => void openRecord(difference.type, difference.record)}>
            {title}
          </RecordLink>
        ) : (
          title
        )}
      </h3>
      <Badge>{t(TYPES[difference.type] ?? 'bin.other')}</Badge>
      <span className={styles.gap} />
      {all.length > 1 && (
        <>
          <Button size="small" variant="quiet" onPress={() => take(sides[0])} isDisabled={sides[0].length < all.length}>
            {t('differences.allMine')}
          </Button>
          <Button size="small" variant="quiet" onPress={() => take(sides[1])} isDisabled={sides[1].length < all.length}>
            {t('differences.allTheirs')}
          </Button>
        </>
      )}
    </div>
  );
}

/** Every difference: those that wait for a person first, then those that a rule settled. */
export function Differences() {
  const t = useT();
  const language = useLanguage();
  const { value, error } = useDifferences();
  const { items, names } = value ?? NOTHING;
  const words = useWords(names);
  const [open, settled] = useMemo(() => [items.filter((one) => one.open), items.filter((one) => !one.open)], [items]);
  const page = useRef<HTMLDivElement>(null);
  const toPage = (): void => page.current?.focus({ preventScroll: true });
  // Dates, amounts, bank details and visibility are never among them: those wait, each for its own decision.
  const leaveAll = (): void =>
    void decide(
      settled.map((difference) => ({ difference, value: difference.shown })),
      t('differences.decidedMany', { count: settled.length }),
    );
  const head = (group: readonly Difference[]) => (difference: Difference) => (
    <RecordHead difference={difference} all={group.filter(({ record }) => record === difference.record)} />
  );
  return (
    <>
      <PaneHeader
        title={t('differences.title')}
        count={open.length > 0 ? open.length.toLocaleString(language) : undefined}
      />
      <div ref={page} className={styles.page} tabIndex={-1}>
        {error && <EmptyState title={errorText(error)} />}
        {value && items.length === 0 && (
          <EmptyState title={t('differences.empty')} icon={<GitMerge size={20} aria-hidden />}>
            {t('differences.emptyText')}
          </EmptyState>
        )}
        {items.length > 0 && <p className={styles.lead}>{t('differences.lead')}</p>}
        {open.length > 0 && (
          <section aria-label={t('differences.waiting')}>
            <h2 className={styles.section}>{t('differences.waiting')}</h2>
            <DifferenceList
              items={open}
              words={words}
              label={t('differences.waiting')}
              before={head(open)}
              takesFocus
              onGone={toPage}
            />
          </section>
        )}
        {settled.length > 0 && (
          <section aria-label={t('differences.settled')}>
            <div className={styles.sectionHead}>
              <h2 className={styles.section}>{t('differences.settled')}</h2>
              {settled.length > 1 && (
                <Button size="small" variant="quiet" onPress={leaveAll}>
                  {t('differences.leaveAll', { count: settled.length })}
                </Button>
              )}
            </div>
            <p className={styles.note}>{t('differences.settledLead')}</p>
            <DifferenceList
              items={settled}
              words={words}
              label={t('differences.settled')}
              before={head(settled)}
              takesFocus={open.length === 0}
              onGone={toPage}
            />
          </section>
        )}
      </div>
    </>
  );
}

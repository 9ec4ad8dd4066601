import { createExplainer } from '../../../../shared/contract-dates/explain.ts';
import type { ContractView } from '../../../../shared/contracts/view.ts';
import { useDates } from '../../../app/dates.ts';
import { i18n, useLanguage, useT } from '../../../app/i18n.ts';
import { StateBadge } from '../state-badge.tsx';
import styles from './terms.module.css';

/** Terms after the current one that are worth showing while one types. */
const SHOWN = 3;

/** What the terms as they stand in the form lead to: state, term, deadline, what follows, and why. */
export function TermsPreview({ view }: { readonly view: ContractView | null }) {
  const t = useT();
  const language = useLanguage();
  const dates = useDates();
  const explainer = createExplainer(language, i18n.t);
  if (!view?.ok) {
    return (
      <section className={styles.preview} aria-label={t('contractTerms.preview')}>
        <h2 className={styles.previewTitle}>{t('contractTerms.preview')}</h2>
        <p className={styles.hint}>{t('contractTerms.previewNone')}</p>
      </section>
    );
  }
  const { state, term, finalEnd, nextTerms, possibleNext, earliestExit, because } = view.dates;
  const span = (start: string, end: string | null): string =>
    end === null
      ? t('contracts.head.spanOpen', { start: dates.short(start) })
      : t('contracts.head.span', { start: dates.short(start), end: dates.short(end) });
  const following = (nextTerms.length > 0 ? nextTerms : possibleNext ? [possibleNext] : []).slice(0, SHOWN);
  return (
    <section className={styles.preview} aria-label={t('contractTerms.preview')} aria-live="polite">
      <h2 className={styles.previewTitle}>{t('contractTerms.preview')}</h2>
      <dl className={styles.previewFacts}>
        <dt>{t('contracts.status')}</dt>
        <dd>
          <StateBadge state={state} decided={view.dates.decided} />
        </dd>
        <dt>{t('contracts.head.term')}</dt>
        <dd>{span(term.start, finalEnd ?? term.end)}</dd>
        {term.notice && (
          <>
            <dt>{t('contracts.head.actBy')}</dt>
            <dd>{dates.short(term.notice.sendBy)}</dd>
            <dt>{t('contracts.head.safe')}</dt>
            <dd>{dates.short(term.notice.safe)}</dd>
            <dt>{t('contracts.head.legal')}</dt>
            <dd>{dates.short(term.notice.legal)}</dd>
          </>
        )}
        {earliestExit !== null && (
          <>
            <dt>{t('contracts.head.exit')}</dt>
            <dd>{dates.short(earliestExit)}</dd>
          </>
        )}
        {following.length > 0 && (
          <>
            <dt>{t(nextTerms.length > 0 ? 'contractTerms.next' : 'contracts.head.possible')}</dt>
            <dd>
              {following.map((next) => (
                <div key={next.start}>{span(next.start, next.end)}</div>
              ))}
            </dd>
          </>
        )}
      </dl>
      <div>
        <p className={styles.hint}>{t('contractTerms.derivation')}</p>
        <ol className={styles.steps}>
          {because.map((reason, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps are an order, not things
            <li key={index}>{explainer.reason(reason)}</li>
          ))}
        </ol>
      </div>
    </section>
  );
}

/** What journeys of contracts do again and again. */
import type { Locator } from '@playwright/test';
import { beginsWith, goTo, type Journey, settled } from '../../build/driver/journey.ts';
import { addMonthsClamped } from '../../shared/dates/plain-date.ts';
import { todayHere } from './support.ts';

export const TODAY = todayHere();
/** As people write it in Russian: 15.01.2026. */
export const ru = (date: string): string => `${date.slice(8)}.${date.slice(5, 7)}.${date.slice(0, 4)}`;
/** The tenth of the month so many months from now: a day that every month has. */
export const tenth = (months: number): string => `${addMonthsClamped(TODAY, months).slice(0, 8)}10`;

/** Puts a contract into the vault as a screen would, and opens it. */
export async function openContract(journey: Journey, title: string, fields: Record<string, unknown>): Promise<void> {
  const { page } = journey;
  await page.evaluate(
    async ([name, values]) => {
      const { rapport } = window as unknown as {
        rapport: Record<string, (input: unknown) => Promise<{ ok: boolean }>>;
      };
      const result = await rapport['vault:commit']?.({
        kind: 'edit',
        changes: [
          {
            type: 'contract',
            record: crypto.randomUUID(),
            field: '$new',
            value: { title: name, status: 'active', ...values },
          },
        ],
      });
      if (!result?.ok) throw new Error('the contract was not saved');
    },
    [title, fields] as const,
  );
  await goTo(journey, 'contracts');
  await page.getByRole('grid').getByText(title, { exact: true }).first().click();
  await page.getByRole('heading', { level: 1, name: beginsWith(journey.t('contracts.name')) }).waitFor();
  await page.getByRole('article', { name: title }).waitFor();
  await settled(page);
}

export const form = ({ page, t }: Journey): Locator =>
  page.getByRole('region', { name: t('contractTerms.title'), exact: true });
export const preview = ({ page, t }: Journey): Locator =>
  page.getByRole('region', { name: t('contractTerms.preview') });
export const day = ({ page, t }: Journey, key: string): Locator =>
  page.getByRole('textbox', { name: t(key), exact: true });
export const count = ({ page, t }: Journey, key: string): Locator =>
  page.getByRole('textbox', { name: `${t(key)}: ${t('contractTerms.count')}`, exact: true });
/** What stands under a label of the head. */
export const fact = ({ page }: Journey, label: string): Locator =>
  page.getByRole('article').locator('dl > div').filter({ hasText: label }).locator('dd').first();

/** A two-page client summary in the running application, from the click to the file on the disk, printer warm. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerDialogs, launchApp } from '../../build/driver/launch.ts';
import type { RapportApi } from '../../shared/ipc/api.ts';
import { median, quantile, type Result } from './harness.ts';

const RUNS = 9;

export async function summaryPdf(): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-'));
  const running = await launchApp();
  try {
    const files = Array.from({ length: RUNS + 1 }, (_, n) => join(folder, `summary-${n}.pdf`));
    await answerDialogs(running.app, files);
    const times = await running.page.evaluate(async (runs) => {
      const { rapport } = globalThis as unknown as { rapport: RapportApi };
      const value = async <T>(
        call: Promise<{ ok: true; value: T } | { ok: false; error: { code: string } }>,
      ): Promise<T> => {
        const result = await call;
        if (!result.ok) throw new Error(result.error.code);
        return result.value;
      };
      await value(rapport['vault:create']({ passphrase: 'bench passphrase', recovery: false }));
      const meeting = 'bench-meeting';
      const decisions = Object.fromEntries(
        Array.from({ length: 14 }, (_, n) => [
          `decisions/d${n}`,
          {
            text: `Стороны согласовали пункт ${n + 1} графика поставок и порядок приёмки на объекте заказчика`,
            order: n,
            visibility: 'client',
          },
        ]),
      );
      const promises = Array.from({ length: 16 }, (_, n) => ({
        type: 'promise',
        record: `bench-promise-${n}`,
        field: '$new',
        value: {
          text: `Направить уточнённую спецификацию № ${n + 1} и подтвердить сроки`,
          side: n % 2 ? 'ours' : 'theirs',
          owner: { name: 'Иванов Иван Петрович' },
          meeting,
          due: `2026-12-${String(n + 1).padStart(2, '0')}`,
          visibility: 'client',
          status: 'open',
        },
      }));
      await value(
        rapport['vault:commit']({
          kind: 'edit',
          changes: [
            {
              type: 'meeting',
              record: meeting,
              field: '$new',
              value: {
                title: 'Квартальная встреча',
                start: '2026-11-20T14:00',
                end: '2026-11-20T15:30',
                timeZone: 'Europe/Moscow',
                place: 'Москва',
                language: 'ru',
                'attendees/a': { name: 'Иванов Иван Петрович', side: 'ours', presence: 'present', order: 0 },
                'attendees/b': { name: 'Петрова Анна Сергеевна', side: 'theirs', presence: 'present', order: 1 },
                ...decisions,
              },
            },
            ...promises,
          ],
        }),
      );
      const taken: number[] = [];
      for (let run = 0; run <= runs; run += 1) {
        const start = performance.now();
        await value(rapport['summary:save']({ meeting, language: 'ru', layout: 'standard' }));
        if (run > 0) taken.push(performance.now() - start);
      }
      return taken;
    }, RUNS);
    const [first = ''] = files;
    const pages = Number(/^Pages:\s+(\d+)/m.exec(execFileSync('pdfinfo', [first], { encoding: 'utf8' }))?.[1] ?? 0);
    const p50 = median(times);
    return {
      name: 'Meeting summary PDF',
      what: `A ${pages}-page summary with 14 decisions and 16 action items: compose, print in the hidden window, write atomically; ${RUNS} runs after one warm-up.`,
      figures: [
        { name: 'p50', value: p50, unit: 'ms' },
        { name: 'p95', value: quantile(times, 0.95), unit: 'ms' },
        { name: 'size', value: statSync(first).size / 1000, unit: 'kB' },
      ],
      target: 'two pages ≤ 1.5 s warm',
      reached: p50 <= 1500 && pages >= 2,
    };
  } finally {
    await running.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { contractDates } from '../../../shared/contract-dates/compute.ts';
import { readTerms } from '../../../shared/contract-dates/read-terms.ts';
import { generator, randomTerms, type RandomTerms } from './oracle/random-terms.ts';

const SEED = 20_260_211;
const BLOCKS = 120;
const SIZE = 1000;

/** The platform's Temporal, in a process of its own because it is behind a flag. */
function oracle(...extra: number[]): string[] {
  const script = fileURLToPath(new URL('./oracle/temporal.mjs', import.meta.url));
  const args = [
    '--harmony-temporal',
    '--disable-warning=ExperimentalWarning',
    script,
    ...[SEED, BLOCKS, SIZE, ...extra].map(String),
  ];
  return execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
    .trimEnd()
    .split('\n');
}

function answer(given: RandomTerms): string {
  const terms = readTerms({ ...given, renewal: 'tacit', today: given.start, nextCount: 4 }, given.start);
  if (!terms.ok) throw new Error(`${terms.error.field}: ${terms.error.code}`);
  const dates = contractDates(terms.value);
  if (!dates.ok) {
    if (dates.error.code === 'noticeLongerThanTerm') return 'refused';
    throw new Error(`${dates.error.field}: ${dates.error.code}`);
  }
  const { term, nextTerms } = dates.value;
  const listed = [term, ...nextTerms].map(({ start, end, notice }) => `${start} ${end} ${notice?.legal}`);
  return `${listed.join(' | ')} | ${term.notice?.safe} ${term.notice?.sendBy}`;
}

describe('an independent implementation', () => {
  it(`agrees on ${(BLOCKS * SIZE).toLocaleString('en')} random terms: ends, renewals, notices, safe and send-by days`, () => {
    const random = generator(SEED);
    const theirs = oracle();
    expect(theirs).toHaveLength(BLOCKS);
    let answered = 0;
    for (const [block, hash] of theirs.entries()) {
      const given = Array.from({ length: SIZE }, () => randomTerms(random));
      const ours = given.map(answer);
      answered += ours.filter((line) => line !== 'refused').length;
      if (createHash('sha256').update(ours.join('\n')).digest('hex') === hash) continue;
      // Show the first term on which the two differ.
      const shown = oracle(block).slice(block, block + SIZE);
      const wrong = ours.findIndex((line, index) => line !== shown[index]);
      expect({ terms: given[wrong], dates: ours[wrong] }).toEqual({ terms: given[wrong], dates: shown[wrong] });
    }
    // A refusal is agreed on too, but it must not be what most terms are.
    expect(answered).toBeGreaterThan((BLOCKS * SIZE) / 2);
  });
});

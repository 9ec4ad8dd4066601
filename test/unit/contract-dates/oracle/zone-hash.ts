// Prints a hash of the engine's answers, the machine's zone and its offset. Run under several TZ values by zones.test.ts.
import { createHash } from 'node:crypto';
import { runContractDates } from '../../../../electron/cli/contract-dates.ts';
import { generator, randomTerms } from './random-terms.ts';

const random = generator(7);
const hash = createHash('sha256');
for (let index = 0; index < 1000; index += 1) {
  const terms = {
    ...randomTerms(random),
    renewal: ['tacit', 'none', 'express', 'evergreen'][index % 4],
    profile: ['plain', 'rf', 'eu'][index % 3],
    calendar: index % 2 ? 'RU' : 'none',
    today: '2026-02-11',
  };
  for (const language of ['ru', 'en'] as const)
    hash.update(runContractDates(JSON.stringify(terms), { language }).stdout);
}
// Winter and summer offsets prove that the zone was really another one.
const offsets = [new Date(2026, 0, 1), new Date(2026, 6, 1)].map((date) => date.getTimezoneOffset());
process.stdout.write(JSON.stringify({ hash: hash.digest('hex'), offsets }));

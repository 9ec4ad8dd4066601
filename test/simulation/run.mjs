// Plays seeds: node test/simulation/run.mjs --seeds 1000000 --from 1 [--verbose]. A failure prints its seed; --seeds 1 replays it.
import { parseArgs } from 'node:util';
import { playSeed } from './scenario.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    verbose: { type: 'boolean', default: false },
  },
});
const count = Number(values.seeds);
const from = Number(values.from);
const started = performance.now();
let acknowledged = 0;
let failed = 0;
for (let seed = from; seed < from + count; seed += 1) {
  const outcome = await playSeed({ seed });
  acknowledged += outcome.acknowledged;
  if (values.verbose) for (const line of outcome.events) console.log(line);
  if (outcome.problems.length > 0) {
    failed += 1;
    console.log(`seed ${seed}: ${outcome.problems.slice(0, 5).join('; ')}`);
  }
  if ((seed - from + 1) % 1000 === 0)
    console.log(`${seed - from + 1} seeds, ${failed} failed, ${acknowledged} acknowledged edits`);
}
const seconds = (performance.now() - started) / 1000;
console.log(
  `${count} seeds from ${from}: ${failed} failed, ${acknowledged} acknowledged edits, ${seconds.toFixed(1)} s`,
);
process.exitCode = failed > 0 ? 1 : 0;

// Plays seeds: node test/simulation/run.mjs --seeds 1000000 --from 1 [--steps 300] [--verbose]. A failure prints its seed;
// --seeds 1 with the same steps replays it. Without steps each seed chooses 20 to 70.
import { parseArgs } from 'node:util';
import { playSeed } from './scenario.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});
const count = Number(values.seeds);
const from = Number(values.from);
const steps = values.steps === undefined ? {} : { steps: Number(values.steps) };
const started = performance.now();
let acknowledged = 0;
let failed = 0;
for (let seed = from; seed < from + count; seed += 1) {
  const outcome = await playSeed({ seed, ...steps });
  acknowledged += outcome.acknowledged;
  if (values.verbose) for (const line of outcome.events) console.log(line);
  if (outcome.problems.length > 0) {
    failed += 1;
    console.log(`seed ${seed}: ${outcome.problems.slice(0, 5).join('; ')}`);
  }
  if ((seed - from + 1) % 500 === 0)
    console.log(`${seed - from + 1} seeds, ${failed} failed, ${acknowledged} acknowledged edits`);
}
const seconds = (performance.now() - started) / 1000;
console.log(
  `${count} seeds from ${from}: ${failed} failed, ${acknowledged} acknowledged edits, ${seconds.toFixed(1)} s`,
);
process.exitCode = failed > 0 ? 1 : 0;

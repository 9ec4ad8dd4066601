// Trials with real processes: node test/nemesis/run.mjs --trials 10 --devices 5 --seconds 100 [--from 1] [--verbose].
import { parseArgs } from 'node:util';
import { trial } from './trial.ts';

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '1' },
    from: { type: 'string', default: '1' },
    devices: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '30' },
    pause: { type: 'string', default: '60' },
    verbose: { type: 'boolean', default: false },
  },
});
const [trials, from, devices, seconds, pause] = ['trials', 'from', 'devices', 'seconds', 'pause'].map((name) =>
  Number(values[name]),
);
let failed = 0;
const recoveries = [];
for (let seed = from; seed < from + trials; seed += 1) {
  const log = values.verbose ? (line) => console.log(`  ${line}`) : undefined;
  const { problems, acknowledged, looks, deeds, recovery } = await trial({ seed, devices, seconds, pause, log });
  recoveries.push(recovery);
  if (problems.length > 0) failed += 1;
  console.log(
    `trial ${seed}: ${acknowledged} acknowledged, ${looks} looks, ${deeds.length} deeds, everywhere after ${(recovery / 1000).toFixed(1)} s${problems.length > 0 ? `, FAILED: ${problems.slice(0, 5).join('; ')}` : ''}`,
  );
}
recoveries.sort((a, b) => a - b);
const middle = recoveries[Math.floor(recoveries.length / 2)] ?? 0;
console.log(
  `${trials} trials: ${failed} failed; everywhere after ${(middle / 1000).toFixed(1)} s (median), ${((recoveries.at(-1) ?? 0) / 1000).toFixed(1)} s (longest)`,
);
process.exitCode = failed > 0 ? 1 : 0;
